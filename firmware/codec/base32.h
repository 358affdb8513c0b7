/* base32: text of capitals and digits, back to bytes (RFC 4648 section 6), without padding. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CODEC_BASE32_H
#define CODEC_BASE32_H

#include "base/err.h"
#include "base/room.h"
#include "base/span.h"

/* Bytes that `chars` characters hold, and characters that `bytes` bytes take. */
#define BASE32_ROOM(chars)  ((chars) / 8 * 5 + (chars) % 8 * 5 / 8)
#define BASE32_CHARS(bytes) ((bytes) / 5 * 8 + ((bytes) % 5 * 8 + 4) / 5)

/*
 * Decode and append the bytes to out. Strict: capitals alone, no padding, no white space, and the unused bits of the
 * last character are zero (RFC 4648 section 3.5).
 *
 * text  borrowed for the call
 * out   the caller's; BASE32_ROOM(text.len) free bytes suffice
 *
 * ERR_BASE32_CHARACTER  a character outside the alphabet
 * ERR_BASE32_LENGTH     a length that no bytes give, or bits left over
 * ERR_NO_ROOM           out is too small
 */
MUST_USE enum err base32_decode(struct span text, struct room *out);

/* Encode and append the characters. ERR_NO_ROOM: fewer than BASE32_CHARS(bytes.len) are free. */
MUST_USE enum err base32_encode(struct span bytes, struct room *out);

#endif
