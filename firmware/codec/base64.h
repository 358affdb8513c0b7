/* base64: base64 with the standard alphabet and padding (RFC 4648 section 4). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CODEC_BASE64_H
#define CODEC_BASE64_H

#include "base/err.h"
#include "base/room.h"
#include "base/span.h"

/* Bytes that always suffice to decode `chars` characters, and characters that `bytes` bytes take. */
#define BASE64_ROOM(chars)  ((chars) / 4 * 3)
#define BASE64_CHARS(bytes) (((bytes) + 2) / 3 * 4)

/*
 * Decode and append to out. Strict: padded, no white space, and the unused bits of the last character are zero.
 *
 * text  borrowed for the call
 *
 * ERR_BASE64   a character outside the alphabet, a length that is no multiple of four, or unused bits set
 * ERR_NO_ROOM  out is too small
 */
MUST_USE enum err base64_decode(struct span text, struct room *out);

/* Encode and append the characters, without terminator. ERR_NO_ROOM: fewer than BASE64_CHARS(bytes.len) are free. */
MUST_USE enum err base64_encode(struct span bytes, struct room *out);

#endif
