/* decode: a camera's bytes (MJPEG, YUYV, grey) to a grey picture; JPEG goes straight to luminance. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FRAME_DECODE_H
#define FRAME_DECODE_H

#include "base/err.h"
#include "frame/frame.h"

/* A decoder with its memory, which is kept from frame to frame; who takes `pixels` away for good leaves others from
 * malloc, and their size, or none. All zero is one that has not decoded yet. */
struct decoder {
    void *jpeg; /* libjpeg-turbo's */
    uint8_t *pixels;
    size_t size;
};

/*
 * Decode one frame. Sizes are checked before anything is decoded; bytes beyond a picture are ignored.
 *
 * out  its pixels belong to the decoder and hold until the next call
 *
 * ERR_FRAME_FORMAT     the frame's format is none of the three
 * ERR_FRAME_TOO_LARGE  a side above LIMIT_FRAME_SIDE_PX, or more than LIMIT_FRAME_BYTES
 * ERR_FRAME_SHAPE      no width or height, lines shorter than the width, or fewer bytes than lines
 * ERR_FRAME_JPEG       the JPEG is damaged or cut, or one that no camera sends
 * ERR_NO_MEMORY
 */
MUST_USE enum err decode_frame(struct decoder *decoder, const struct frame *frame, struct grey *out);

/* Release its memory; it is all zero then. Takes one that is all zero. */
void decode_close(struct decoder *decoder);

#endif
