/* base64url: base64 with the URL alphabet and no padding (RFC 4648 section 5). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CODEC_BASE64URL_H
#define CODEC_BASE64URL_H

#include "base/err.h"
#include "base/room.h"
#include "base/span.h"

/* Bytes that always suffice to decode `chars` characters, and characters that `bytes` bytes take. */
#define BASE64URL_ROOM(chars)  ((chars) / 4 * 3 + 3)
#define BASE64URL_CHARS(bytes) (((bytes)*4 + 2) / 3)

/*
 * Decode and append to out. Strict: no padding, no white space, and the unused bits of the last character
 * are zero.
 *
 * ERR_BASE64URL  a character outside the alphabet, an impossible length, or unused bits set
 * ERR_NO_ROOM    out is too small
 */
MUST_USE enum err base64url_decode(struct span text, struct room *out);

/* Encode and append the characters, without terminator. ERR_NO_ROOM. */
MUST_USE enum err base64url_encode(struct span bytes, struct room *out);

#endif
