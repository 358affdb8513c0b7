/* render_code: what the codes of rendered frames hold: random bytes and payloads as credentials have them. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_RENDER_CODE_H
#define TESTS_LIB_RENDER_CODE_H

#include <stdint.h>

#include "tests/lib/render_dice.h"

/* Modules of one side of version 40; bytes of its fullest code of digits. */
#define RENDER_CODE_SIDE_MAX  177u
#define RENDER_CODE_BYTES_MAX 7089u

enum render_payload {
    RENDER_PAYLOAD_RANDOM = 0, /* any bytes */
    RENDER_PAYLOAD_BASE45,     /* HC1: and base45 */
    RENDER_PAYLOAD_JWS,        /* a compact JWS */
    RENDER_PAYLOAD_DIGITS,     /* shc:/ and digits, two segments */
    RENDER_PAYLOAD_LINK,       /* an https link with a fragment */
    RENDER_PAYLOAD_JSON,       /* JSON with letters beyond ASCII */
    RENDER_PAYLOAD_KINDS
};

/* A code. All zero is none. */
struct render_code {
    unsigned version, side; /* side: modules */
    char level;
    uint8_t dark[RENDER_CODE_SIDE_MAX][RENDER_CODE_SIDE_MAX]; /* row, column; 1 is dark */
    unsigned payload_len;
    uint8_t payload[RENDER_CODE_BYTES_MAX]; /* exactly what a reader must give */
};

/*
 * Make a code of exactly this version, filled to between 80 and 100 %.
 *
 * version  1 to 40
 * level    'L', 'M', 'Q' or 'H'
 */
void render_code_make(struct render_dice *dice, unsigned version, char level, enum render_payload kind,
                      struct render_code *out);

#endif
