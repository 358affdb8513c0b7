/* scanner: zbar, which reads the bytes of QR codes. */
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

/*
 * Read the codes of a picture, dark on light, and add those payloads that are new.
 *
 * pixels    width_px x height_px, without gaps
 * inverted  look for light codes on dark as well, where there is no dark one
 * found     set to how many codes were seen, known or not, passed over or not
 *
 * ERR_NO_MEMORY
 */
MUST_USE enum err scanner_read(struct scanner *scanner, const uint8_t *pixels, uint32_t width_px,
                               uint32_t height_px, bool inverted, struct harvest *harvest, size_t *found);

/* Release a scanner; NULL is fine. */
void scanner_stop(struct scanner *scanner);

#endif
