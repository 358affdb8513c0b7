/* bitmap: QR codes as a PNG picture of black and white pixels, with its size in print. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_PICTURE_BITMAP_H
#define CREDCTL_PICTURE_BITMAP_H

#include "base/err.h"
#include "base/room.h"
#include "credctl/picture/matrix.h"

/* Light modules around a code (ISO/IEC 18004 section 5.3.8). */
#define BITMAP_QUIET_MODULES 4u

/* Longest side of a picture. */
#define BITMAP_SIDE_MAX 8192u

/* How codes lie in the picture. */
struct bitmap_layout {
    unsigned module_px; /* at least 1 */
    unsigned dpi;       /* print resolution that the picture states */
    unsigned width_px;  /* the least size; codes are centred in it */
    unsigned height_px;
};

/* Sides of the picture that the codes make beside one another. */
void bitmap_size(const struct matrix *const *codes, size_t count, const struct bitmap_layout *layout,
                 unsigned *width_px, unsigned *height_px);

/* Append the picture as PNG of one bit a pixel. ERR_QR_TOO_LARGE (a side above BITMAP_SIDE_MAX), ERR_NO_ROOM,
 * ERR_NO_MEMORY. */
MUST_USE enum err bitmap_png(const struct matrix *const *codes, size_t count,
                             const struct bitmap_layout *layout, struct room *out);

#endif
