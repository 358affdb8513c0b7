/* SPDX-License-Identifier: Apache-2.0 */
#include "codec/inflate.h"

#include <limits.h>
#define ZLIB_CONST
#include <zlib.h>

int inflate_window_bits(enum inflate_format format) {
    switch (format) {
    case INFLATE_GZIP:
        return 15 + 16;
    case INFLATE_RAW:
        return -15;
    default:
        return 15;
    }
}

/* Fill the output with what the stream holds, and tell a stream that ends there from one that goes on. */
static enum err fill(z_stream *stream) {
    int status = inflate(stream, Z_FINISH);
    if (status == Z_BUF_ERROR && stream->avail_out == 0) {
        uint8_t probe = 0;
        stream->next_out = &probe;
        stream->avail_out = 1;
        status = inflate(stream, Z_FINISH);
        if (stream->avail_out == 0) {
            return ERR_INFLATE_TOO_LARGE;
        }
    }
    if (status == Z_MEM_ERROR) {
        return ERR_NO_MEMORY;
    }
    return status == Z_STREAM_END && stream->avail_in == 0 ? ERR_OK : ERR_INFLATE_DATA;
}

enum err inflate_bytes(enum inflate_format format, struct span compressed, struct room *out) {
    size_t space = out->cap - out->len;
    uint8_t nothing = 0;
    z_stream stream = {0};
    if (compressed.len == 0) {
        return ERR_INFLATE_DATA;
    }
    if (compressed.len > UINT_MAX) {
        return ERR_INFLATE_TOO_LARGE;
    }
    stream.next_in = compressed.ptr;
    stream.avail_in = (uInt)compressed.len;
    stream.next_out = space == 0 ? &nothing : out->ptr + out->len;
    stream.avail_out = space > UINT_MAX ? UINT_MAX : (uInt)space;
    if (inflateInit2(&stream, inflate_window_bits(format)) != Z_OK) {
        return ERR_NO_MEMORY;
    }
    enum err err = fill(&stream);
    if (err == ERR_OK) {
        out->len += stream.total_out;
    }
    (void)inflateEnd(&stream);
    return err;
}
