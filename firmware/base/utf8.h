/* utf8: code points of UTF-8 text (RFC 3629), one after the other. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/span.h"

/* What utf8_next gives for a byte that begins no valid sequence. */
#define UTF8_INVALID 0xFFFFFFFFu

/*
 * The code point at byte *at of text, and *at moved behind it.
 *
 * Overlong forms, surrogates, values above U+10FFFF and cut sequences give UTF8_INVALID and move *at by one
 * byte. *at must be below text.len.
 */
uint32_t utf8_next(struct span text, size_t *at);

/* All of the text is valid UTF-8. The empty text is. */
bool utf8_valid(struct span text);

/* Bytes that `code` takes, written to out (at most 4); 0 for a surrogate or a value above U+10FFFF. */
size_t utf8_encode(uint32_t code, uint8_t out[4]);

/*
 * Below, equal to or above 0 as `a` stands before, with or behind `b` by their UTF-16 code units, as ECMAScript sorts;
 * both are valid.
 */
int utf8_order_utf16(struct span a, struct span b);

#endif
