/* deflate: bytes to the smallest zlib or gzip stream (RFC 1950, RFC 1952). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CODEC_DEFLATE_H
#define CODEC_DEFLATE_H

#include "base/err.h"
#include "base/room.h"
#include "base/span.h"
#include "codec/inflate.h"

/* Deflate bytes at the best compression and append the stream to out. ERR_NO_ROOM: it does not fit.
 * ERR_NO_MEMORY. */
MUST_USE enum err deflate_bytes(enum inflate_format format, struct span bytes, struct room *out);

#endif
