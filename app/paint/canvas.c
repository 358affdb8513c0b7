/* SPDX-License-Identifier: Apache-2.0 */
#include "paint/canvas.h"

#include <math.h>
#include <stdlib.h>

/* Lines and columns per pixel when the edge of a polygon is softened. */
#define FINE 4

enum err canvas_open(int width_px, int height_px, struct canvas *out) {
    if (width_px <= 0 || height_px <= 0) {
        return ERR_NO_MEMORY;
    }
    uint32_t *pixels = calloc((size_t)width_px * (size_t)height_px, sizeof *pixels);
    if (pixels == NULL) {
        return ERR_NO_MEMORY;
    }
    *out = (struct canvas){width_px, height_px, pixels};
    return ERR_OK;
}

void canvas_close(struct canvas *canvas) {
    free(canvas->pixels);
    *canvas = (struct canvas){0};
}

static int smaller(int a, int b) {
    return a < b ? a : b;
}

static int larger(int a, int b) {
    return a > b ? a : b;
}

static uint32_t blend_channel(uint32_t below, uint32_t above, uint32_t cover) {
    return (below * (255 - cover) + above * cover + 127) / 255;
}

/* One pixel, `cover` of 255 of it. */
static void blend(uint32_t *pixel, uint32_t colour, uint32_t cover) {
    uint32_t below = *pixel, out = 0;
    for (unsigned shift = 0; shift < 24; shift += 8) {
        out |= blend_channel(below >> shift & 0xFF, colour >> shift & 0xFF, cover) << shift;
    }
    *pixel = out | blend_channel(below >> 24, 255, cover) << 24;
}

/* How much of the pixel at (x, y) of a box of w x h lies inside its round corners, of 255. */
static uint32_t corner_cover(int x, int y, int w, int h, int radius_px) {
    double centre_x = x < radius_px ? radius_px : x >= w - radius_px ? w - radius_px : x + 0.5;
    double centre_y = y < radius_px ? radius_px : y >= h - radius_px ? h - radius_px : y + 0.5;
    double inside = radius_px + 0.5 - hypot(x + 0.5 - centre_x, y + 0.5 - centre_y);
    return inside <= 0 ? 0 : inside >= 1 ? 255 : (uint32_t)(inside * 255);
}

typedef void pixel_work(uint32_t *pixel, uint32_t colour, uint32_t cover);

/* Do `work` on every pixel of the box, with what it covers of it. */
static void each_pixel(struct canvas *canvas, struct box box, int radius_px, uint32_t colour,
                       pixel_work *work) {
    int radius = larger(0, smaller(radius_px, smaller(box.w, box.h) / 2));
    for (int y = larger(box.y, 0); y < smaller(box.y + box.h, canvas->height_px); y++) {
        uint32_t *row = canvas->pixels + (size_t)y * (size_t)canvas->width_px;
        bool round = y - box.y < radius || y - box.y >= box.h - radius;
        for (int x = larger(box.x, 0); x < smaller(box.x + box.w, canvas->width_px); x++) {
            bool corner = round && (x - box.x < radius || x - box.x >= box.w - radius);
            uint32_t cover = corner ? corner_cover(x - box.x, y - box.y, box.w, box.h, radius) : 255;
            if (cover == 255) {
                row[x] = colour;
            } else if (cover > 0) {
                work(&row[x], colour, cover);
            }
        }
    }
}

void canvas_fill(struct canvas *canvas, struct box box, int radius_px, uint32_t colour) {
    each_pixel(canvas, box, radius_px, colour | 0xFF000000u, blend);
}

/* The colour stays, so that a soft edge keeps its own; only what is seen through grows. */
static void thin(uint32_t *pixel, uint32_t colour, uint32_t cover) {
    (void)colour;
    uint32_t left = blend_channel(*pixel >> 24, 0, cover);
    *pixel = (*pixel & 0xFFFFFF) | left << 24;
}

void canvas_punch(struct canvas *canvas, struct box box, int radius_px) {
    each_pixel(canvas, box, radius_px, 0, thin);
}

/* How often the outline winds around a point given in pixels. */
static int winding(const struct draw_point *points, int count, double x, double y) {
    int turns = 0;
    for (int i = 0; i < count; i++) {
        const struct draw_point *a = &points[i], *b = &points[(i + 1) % count];
        if ((a->y <= y) == (b->y <= y)) {
            continue;
        }
        double at = a->x + (y - a->y) * (b->x - a->x) / (double)(b->y - a->y);
        if (at > x) {
            turns += a->y <= y ? 1 : -1;
        }
    }
    return turns;
}

static uint32_t polygon_cover(const struct draw_point *points, int count, int x, int y) {
    uint32_t hits = 0;
    for (int i = 0; i < FINE * FINE; i++) {
        double fine_x = x + (i % FINE + 0.5) / FINE, fine_y = y + (i / FINE + 0.5) / FINE;
        hits += winding(points, count, fine_x, fine_y) != 0;
    }
    return hits * 255 / (FINE * FINE);
}

void canvas_polygon(struct canvas *canvas, const struct draw_point *points, int count, uint32_t colour) {
    int left = canvas->width_px, right = 0, top = canvas->height_px, bottom = 0;
    for (int i = 0; i < count; i++) {
        left = smaller(left, points[i].x);
        right = larger(right, points[i].x);
        top = smaller(top, points[i].y);
        bottom = larger(bottom, points[i].y);
    }
    for (int y = larger(top, 0); y < smaller(bottom, canvas->height_px); y++) {
        uint32_t *row = canvas->pixels + (size_t)y * (size_t)canvas->width_px;
        for (int x = larger(left, 0); x < smaller(right, canvas->width_px); x++) {
            uint32_t cover = polygon_cover(points, count, x, y);
            if (cover > 0) {
                blend(&row[x], colour, cover);
            }
        }
    }
}

void canvas_stencil(struct canvas *canvas, const struct canvas_stencil *stencil, int x, int y,
                    struct box clip, uint32_t colour) {
    int left = larger(larger(x, clip.x), 0), top = larger(larger(y, clip.y), 0);
    int right = smaller(smaller(x + stencil->width_px, clip.x + clip.w), canvas->width_px);
    int bottom = smaller(smaller(y + stencil->height_px, clip.y + clip.h), canvas->height_px);
    for (int row = top; row < bottom; row++) {
        const uint8_t *cover = stencil->cover + (size_t)(row - y) * (size_t)stencil->width_px;
        uint32_t *pixels = canvas->pixels + (size_t)row * (size_t)canvas->width_px;
        for (int column = left; column < right; column++) {
            if (cover[column - x] > 0) {
                blend(&pixels[column], colour, cover[column - x]);
            }
        }
    }
}
