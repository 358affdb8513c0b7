/* base45: text of QR alphanumeric characters, back to bytes (RFC 9285). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CODEC_BASE45_H
#define CODEC_BASE45_H

#include "base/err.h"
#include "base/room.h"
#include "base/span.h"

/* Bytes that always suffice to decode `chars` characters. */
#define BASE45_ROOM(chars) ((chars) / 3 * 2 + 1)

/*
 * Decode base45 text and append the bytes to out (RFC 9285 section 4).
 *
 * text  characters of the alphabet, upper case, no terminator; borrowed for the call
 * out   the caller's; BASE45_ROOM(text.len) free bytes always suffice
 *
 * ERR_BASE45_LENGTH     one character is left over
 * ERR_BASE45_CHARACTER  a character outside the alphabet
 * ERR_BASE45_RANGE      a group above FFFF (three characters) or FF (two)
 * ERR_NO_ROOM           out is too small
 */
MUST_USE enum err base45_decode(struct span text, struct room *out);

/* Characters that `bytes` bytes take. */
#define BASE45_CHARS(bytes) ((bytes) / 2 * 3 + (bytes) % 2 * 2)

/* Encode bytes and append the characters. ERR_NO_ROOM: fewer than BASE45_CHARS(bytes.len) are free. */
MUST_USE enum err base45_encode(struct span bytes, struct room *out);

#endif
