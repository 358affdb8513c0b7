/* picture: a canvas to a PNG file. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PAINT_PICTURE_H
#define PAINT_PICTURE_H

#include "paint/canvas.h"

/* Write an opaque RGB picture beside `path` and rename it. ERR_FILE_WRITE, ERR_NO_MEMORY */
MUST_USE enum err picture_write(const struct canvas *canvas, const char *path);

#endif
