/* frame: one camera picture: bytes as they came, or grey. Data only; boards make frames, the reader takes
 * them. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FRAME_FRAME_H
#define FRAME_FRAME_H

#include "base/span.h"

/* How a camera's bytes are to be read. Zero is none. */
enum frame_format { FRAME_NONE = 0, FRAME_MJPEG, FRAME_YUYV, FRAME_GREY };

/* A picture as the camera gave it; bytes are borrowed until the next frame is asked for. */
struct frame {
    enum frame_format format;
    uint32_t width_px; /* of YUYV and GREY; a JPEG says its own size */
    uint32_t height_px;
    uint32_t stride_bytes; /* from one line to the next, YUYV and GREY */
    struct span bytes;
    int64_t captured_us; /* CLOCK_MONOTONIC when it was captured; 0 when unknown */
};

/* A grey picture, 8 bits a pixel, `width_px` bytes a line. All zero is no picture. */
struct grey {
    uint8_t *pixels; /* the owner is named where one is made */
    uint32_t width_px;
    uint32_t height_px;
};

#endif
