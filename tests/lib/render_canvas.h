/* render_canvas: linear light by pixel, and what optics do to it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_RENDER_CANVAS_H
#define TESTS_LIB_RENDER_CANVAS_H

#include <stddef.h>

#include "tests/lib/render_spec.h"

/* Linear light, 1 is what the sensor takes at most. All zero is none. */
struct render_canvas {
    float *light; /* width * height, owned */
    int width, height;
};

/* A part of a canvas, in pixels. */
struct render_box {
    int left, top, right, bottom; /* right and bottom lie outside */
};

/* Dark, of that size. */
struct render_canvas render_canvas_of(int width, int height);

/* What lies behind the panel, out of focus: shelves, stripes, lines of text; drawn small, then enlarged. */
struct render_canvas render_canvas_backdrop(const struct render_spec *spec);

/* The same canvas once more. */
struct render_canvas render_canvas_copy(const struct render_canvas *from);

/* Lens, defocus and motion blur within a box. */
void render_canvas_blur(struct render_canvas *canvas, const struct render_spec *spec, struct render_box box);

/* A normal blur of this deviation within a box. */
void render_canvas_soften(struct render_canvas *canvas, double deviation_px, struct render_box box);

/* Release its memory; takes one that is all zero. */
void render_canvas_close(struct render_canvas *canvas);

#endif
