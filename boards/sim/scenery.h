/* scenery: a picture as a webcam would send it: centred on a grey scene of the camera's size, as JPEG. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BOARDS_SIM_SCENERY_H
#define BOARDS_SIM_SCENERY_H

#include <stdbool.h>

#include "base/err.h"
#include "frame/frame.h"

/* Brightness of an empty scene. */
#define SCENERY_GREY 176
/* JPEG quality; webcams use about this. */
#define SCENERY_QUALITY 85

/* Memory for one scene; all zero before the first. */
struct scenery {
    uint32_t width_px, height_px; /* of the camera; the caller's choice */
    bool raw;                     /* grey frames rather than JPEG */
    uint8_t *pixels;
    uint8_t *chroma;
    void *jpeg; /* libjpeg-turbo's */
    uint8_t *encoded;
    unsigned long encoded_size;
};

/*
 * Put a grey picture on the scenery, enlarged by a whole number or shrunk so that it fits, and encode it.
 *
 * picture  NULL: an empty scene
 * out      its bytes belong to the scenery and hold until the next call
 *
 * ERR_NO_MEMORY
 * ERR_FRAME_SHAPE      the scenery has no width or height
 * ERR_FRAME_TOO_LARGE  the scenery is beyond LIMIT_FRAME_SIDE_PX
 */
MUST_USE enum err scenery_show(struct scenery *scenery, const struct grey *picture, struct frame *out);

/* Release its memory. */
void scenery_close(struct scenery *scenery);

#endif
