/* base58: the Bitcoin alphabet that did:key and Multibase 'z' use. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CODEC_BASE58_H
#define CODEC_BASE58_H

#include "base/err.h"
#include "base/room.h"
#include "base/span.h"

/* Longest text that is read: a multicodec RSA key of 4,096 bits takes 745 characters; work is quadratic. */
#define BASE58_CHARS_MAX 800u

/*
 * Decode base58btc text and append the bytes to out; BASE58_CHARS_MAX free bytes always suffice.
 *
 * ERR_BASE58_CHARACTER  a character outside the alphabet
 * ERR_NO_ROOM           longer than BASE58_CHARS_MAX, or out is too small
 */
MUST_USE enum err base58_decode(struct span text, struct room *out);

/* Encode bytes and append the characters. ERR_NO_ROOM: over BASE58_CHARS_MAX bytes, or out is too small. */
MUST_USE enum err base58_encode(struct span bytes, struct room *out);

#endif
