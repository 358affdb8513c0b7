/* SPDX-License-Identifier: Apache-2.0 */
#include "boards/pipe_frame.h"

#include <errno.h>
#include <stdbool.h>
#include <unistd.h>

#include "base/limits.h"

#define MAGIC 0x31464B43u /* "CKF1" */

static void put_u32(uint8_t *out, uint32_t value) {
    for (unsigned i = 0; i < 4; i++) {
        out[i] = (uint8_t)(value >> (8 * i));
    }
}

static uint32_t get_u32(const uint8_t *in) {
    return (uint32_t)in[0] | (uint32_t)in[1] << 8 | (uint32_t)in[2] << 16 | (uint32_t)in[3] << 24;
}

void pipe_frame_put(const struct frame *frame, uint8_t out[PIPE_FRAME_HEADER_BYTES]) {
    put_u32(out, MAGIC);
    put_u32(out + 4, (uint32_t)frame->format);
    put_u32(out + 8, frame->width_px);
    put_u32(out + 12, frame->height_px);
    put_u32(out + 16, frame->stride_bytes);
    put_u32(out + 20, (uint32_t)frame->bytes.len);
    put_u32(out + 24, (uint32_t)((uint64_t)frame->captured_us & UINT32_MAX));
    put_u32(out + 28, (uint32_t)((uint64_t)frame->captured_us >> 32));
}

/* Lines and stride make exactly the length; all factors are small enough to multiply. */
static bool lines_fit(const struct frame *frame, uint32_t step) {
    if (frame->width_px == 0 || frame->width_px > LIMIT_FRAME_SIDE_PX || frame->height_px == 0 ||
        frame->height_px > LIMIT_FRAME_SIDE_PX || frame->stride_bytes > LIMIT_FRAME_BYTES) {
        return false;
    }
    return frame->stride_bytes >= frame->width_px * step &&
           (uint64_t)frame->stride_bytes * frame->height_px == frame->bytes.len;
}

/* The frame is one that may be sent. A JPEG says its own size, so that the fields are zero. */
static bool shape_fits(const struct frame *frame) {
    if (frame->bytes.len == 0 || frame->bytes.len > LIMIT_FRAME_BYTES) {
        return false;
    }
    switch (frame->format) {
    case FRAME_MJPEG:
        return frame->width_px == 0 && frame->height_px == 0 && frame->stride_bytes == 0;
    case FRAME_YUYV:
        return lines_fit(frame, 2);
    case FRAME_GREY:
        return lines_fit(frame, 1);
    case FRAME_NONE:
        break;
    }
    return false;
}

enum err pipe_frame_get(const uint8_t header[PIPE_FRAME_HEADER_BYTES], struct frame *out) {
    uint32_t format = get_u32(header + 4);
    if (get_u32(header) != MAGIC || format > FRAME_GREY) {
        return ERR_CAMERA_FRAME;
    }
    uint64_t captured_us = get_u32(header + 24) | (uint64_t)get_u32(header + 28) << 32;
    struct frame frame = {
        .format = (enum frame_format)format,
        .width_px = get_u32(header + 8),
        .height_px = get_u32(header + 12),
        .stride_bytes = get_u32(header + 16),
        .bytes = {NULL, get_u32(header + 20)},
        .captured_us = captured_us > INT64_MAX ? 0 : (int64_t)captured_us,
    };
    if (!shape_fits(&frame)) {
        return ERR_CAMERA_FRAME;
    }
    *out = frame;
    return ERR_OK;
}

static enum err write_all(int descriptor, struct span bytes) {
    while (bytes.len > 0) {
        ssize_t written = write(descriptor, bytes.ptr, bytes.len);
        if (written < 0 && errno != EINTR) {
            return ERR_CAMERA_GONE;
        }
        if (written > 0) {
            bytes = span_slice(bytes, (size_t)written, bytes.len);
        }
    }
    return ERR_OK;
}

enum err pipe_frame_write(int descriptor, const struct frame *frame) {
    uint8_t header[PIPE_FRAME_HEADER_BYTES];
    if (!shape_fits(frame)) {
        return ERR_CAMERA_FRAME;
    }
    pipe_frame_put(frame, header);
    TRY(write_all(descriptor, span_of_bytes(header, sizeof header)));
    return write_all(descriptor, frame->bytes);
}
