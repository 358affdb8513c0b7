/* SPDX-License-Identifier: Apache-2.0 */
#include "codec/deflate.h"

#include <limits.h>
#define ZLIB_CONST
#include <zlib.h>

/* All of the stream went to the output. zlib says so only with a byte to spare, which is lent here. */
static bool finish(z_stream *stream) {
    uint8_t spare = 0;
    int status = deflate(stream, Z_FINISH);
    if (status == Z_OK && stream->avail_out == 0) {
        stream->next_out = &spare;
        stream->avail_out = 1;
        status = deflate(stream, Z_FINISH);
        return status == Z_STREAM_END && stream->avail_out == 1;
    }
    return status == Z_STREAM_END;
}

enum err deflate_bytes(enum inflate_format format, struct span bytes, struct room *out) {
    size_t space = out->cap - out->len;
    z_stream stream = {0};
    if (space == 0 || bytes.len > UINT_MAX) {
        return ERR_NO_ROOM;
    }
    uint8_t nothing = 0;
    stream.next_in = bytes.len == 0 ? &nothing : bytes.ptr;
    stream.avail_in = (uInt)bytes.len;
    stream.next_out = out->ptr + out->len;
    stream.avail_out = space > UINT_MAX ? UINT_MAX : (uInt)space;
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, inflate_window_bits(format), MAX_MEM_LEVEL,
                     Z_DEFAULT_STRATEGY) != Z_OK) {
        return ERR_NO_MEMORY;
    }
    bool whole = finish(&stream);
    if (whole) {
        out->len += stream.total_out;
    }
    (void)deflateEnd(&stream);
    return whole ? ERR_OK : ERR_NO_ROOM;
}
