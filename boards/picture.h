/* picture: a picture file (JPEG, PNG, PGM) as a frame. Never in the reader: libpng stays outside of it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BOARDS_PICTURE_H
#define BOARDS_PICTURE_H

#include "base/err.h"
#include "base/span.h"
#include "frame/frame.h"

/* A picture and its memory. All zero is none. */
struct picture {
    struct frame frame; /* FRAME_MJPEG (a JPEG as it is, not decoded) or FRAME_GREY; points into memory */
    uint8_t *memory;
};

/*
 * Take the contents of a file, told by its first bytes. PNG becomes grey over white; PGM is binary (P5), 8
 * bits.
 *
 * ERR_PICTURE_FORMAT     none of the three
 * ERR_PICTURE_DAMAGED    a PNG or PGM that is cut or broken
 * ERR_FRAME_TOO_LARGE    a side above LIMIT_FRAME_SIDE_PX, or more than LIMIT_FRAME_BYTES
 * ERR_NO_MEMORY
 */
MUST_USE enum err picture_from_bytes(struct span bytes, struct picture *out);

/* Read a file and do the same. ERR_FILE_READ, and as above. */
MUST_USE enum err picture_from_file(const char *path, struct picture *out);

/* Release its memory; takes one that is all zero. */
void picture_close(struct picture *picture);

#endif
