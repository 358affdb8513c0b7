/* matrix: the dark and light modules of a QR code (ISO/IEC 18004), by libqrencode. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_PICTURE_MATRIX_H
#define CREDCTL_PICTURE_MATRIX_H

#include <stdbool.h>

#include "base/err.h"
#include "base/span.h"

/* Modules of one side of version 40. */
#define MATRIX_SIDE_MAX 177u

/* A code. All zero is none. */
struct matrix {
    unsigned version; /* 1 to 40 */
    unsigned side;    /* 17 + 4 * version modules */
    char level;       /* of error correction: L, M, Q or H */
    bool alphanumeric;
    uint8_t dark[MATRIX_SIDE_MAX][MATRIX_SIDE_MAX]; /* row, column; 1 is dark */
};

/*
 * Make the smallest code that holds the contents: in alphanumeric mode where every byte is of its alphabet,
 * else in byte mode.
 *
 * level  'L', 'M', 'Q' or 'H'
 *
 * ERR_QR_EMPTY, ERR_QR_TOO_LARGE (more than version 40 holds)
 * ERR_NO_MEMORY
 */
MUST_USE enum err matrix_make(struct span contents, char level, struct matrix *out);

#endif
