/* inflate: zlib, gzip and raw DEFLATE streams to bytes, within bounds (RFC 1950 to 1952). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CODEC_INFLATE_H
#define CODEC_INFLATE_H

#include "base/err.h"
#include "base/room.h"
#include "base/span.h"

enum inflate_format { INFLATE_ZLIB, INFLATE_GZIP, INFLATE_RAW };

/* What zlib calls windowBits: the largest window, and the wrapping. */
int inflate_window_bits(enum inflate_format format);

/*
 * Inflate one whole stream and append its bytes to out.
 *
 * ERR_INFLATE_DATA       damaged, cut short, a wrong checksum, or bytes behind the end
 * ERR_INFLATE_TOO_LARGE  it grows beyond the free bytes of out
 * ERR_NO_MEMORY
 */
MUST_USE enum err inflate_bytes(enum inflate_format format, struct span compressed, struct room *out);

#endif
