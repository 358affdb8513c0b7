/* pipe_frame: the header before each frame that a supervised child writes to a pipe. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BOARDS_PIPE_FRAME_H
#define BOARDS_PIPE_FRAME_H

#include "base/err.h"
#include "frame/frame.h"

/* "CKF1", format, width, height, stride, length, each four bytes, little-endian, and eight of captured_us. */
#define PIPE_FRAME_HEADER_BYTES 32u

/* Write the header of a frame, whose bytes follow it. */
void pipe_frame_put(const struct frame *frame, uint8_t out[PIPE_FRAME_HEADER_BYTES]);

/*
 * Read a header. out->bytes has no pointer yet, only the length that follows.
 *
 * ERR_CAMERA_FRAME  wrong magic or format, a side above LIMIT_FRAME_SIDE_PX, lines shorter than the width,
 *                   or a length that is 0, above LIMIT_FRAME_BYTES, or not what lines and stride make; a JPEG
 * with a size beside its own
 */
MUST_USE enum err pipe_frame_get(const uint8_t header[PIPE_FRAME_HEADER_BYTES], struct frame *out);

/*
 * Write header and bytes to a pipe, waiting where it is full (a blocking descriptor).
 *
 * ERR_CAMERA_GONE   nobody reads (SIGPIPE must be ignored)
 * ERR_CAMERA_FRAME  the frame is one that pipe_frame_get would refuse; nothing was written
 */
MUST_USE enum err pipe_frame_write(int descriptor, const struct frame *frame);

#endif
