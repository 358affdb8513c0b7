/* canvas: a picture in memory, with edges softened, and holes through which the camera's picture is seen. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PAINT_CANVAS_H
#define PAINT_CANVAS_H

#include "base/err.h"
#include "screen/draw.h"

/* 0xAARRGGBB, rows without gaps. */
struct canvas {
    int width_px, height_px;
    uint32_t *pixels;
};

/* How much of each pixel text covers: 0 none, 255 all; row after row. */
struct canvas_stencil {
    int width_px, height_px;
    uint8_t *cover;
};

/* ERR_NO_MEMORY */
MUST_USE enum err canvas_open(int width_px, int height_px, struct canvas *out);
void canvas_close(struct canvas *canvas);

/* A box with round corners; what lies outside the canvas is cut off. */
void canvas_fill(struct canvas *canvas, struct box box, int radius_px, uint32_t colour);

/* The inside of a polygon, by the winding number. */
void canvas_polygon(struct canvas *canvas, const struct draw_point *points, int count, uint32_t colour);

/* Colour through a stencil whose top left corner is at (x, y); only inside `clip`. */
void canvas_stencil(struct canvas *canvas, const struct canvas_stencil *stencil, int x, int y,
                    struct box clip, uint32_t colour);

/* Make a box transparent, round corners and all. */
void canvas_punch(struct canvas *canvas, struct box box, int radius_px);

#endif
