/* compressed: base45 around zlib, as PixelPass writes (RFC 9285, RFC 1950). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PAYLOAD_COMPRESSED_H
#define PAYLOAD_COMPRESSED_H

#include "payload/payload.h"

/* The text begins as base45 of a zlib stream does. */
bool compressed_recognised(struct span text);

/*
 * Take the compression off.
 *
 * text   at most LIMIT_PAYLOAD_BYTES
 * arena  receives the bytes
 *
 * ERR_BASE45_*, ERR_INFLATE_DATA
 * ERR_INFLATE_TOO_LARGE  more than LIMIT_INFLATED_BYTES
 * ERR_NO_ROOM
 */
MUST_USE enum err compressed_open(struct span text, struct arena *arena, struct span *out);

#endif
