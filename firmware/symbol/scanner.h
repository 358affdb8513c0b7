/* scanner: zbar, a second reader of codes that were read and drawn anew. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_SCANNER_H
#define SYMBOL_SCANNER_H

#include "symbol/decoding.h"

/* Opaque; one a thread. */
struct scanner;

/* Make a scanner; it opens all that zbar would open later. ERR_NO_MEMORY */
MUST_USE enum err scanner_start(struct scanner **out);

/*
 * Be the second reader of a drawn code; see decoding_check.
 *
 * ERR_NO_MEMORY
 */
MUST_USE enum err scanner_check(struct scanner *scanner, const uint8_t *pixels, uint32_t side_px,
                                struct span bytes, enum decoding_opinion *out);

/* Release a scanner; NULL is fine. */
void scanner_stop(struct scanner *scanner);

#endif
