/* view: a rectangle of a grey picture, looked at from between its pixels. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_VIEW_H
#define SYMBOL_VIEW_H

#include "frame/frame.h"
#include "symbol/effort.h"

/* Borrowed pixels. A coordinate of (0.5, 0.5) px is the middle of the first pixel; y grows downwards. */
struct view {
    const uint8_t *pixels;
    int width_px;
    int height_px;
    int stride_px;         /* from one line to the next */
    bool inverted;         /* what is light reads as dark, so that all codes are dark on light */
    struct effort *effort; /* who looks at it spends from this, see symbol/effort.h; NULL: not counted */
};

/* A place in a picture (pixels), or a direction. */
struct point {
    double x;
    double y;
};

/* A rectangle of whole pixels. */
struct box {
    int left;
    int top;
    int width;
    int height;
};

static inline bool box_holds(const struct box *box, int x, int y) {
    return x >= box->left && y >= box->top && x < box->left + box->width && y < box->top + box->height;
}

/* The whole picture; its sides are at most LIMIT_FRAME_SIDE_PX. */
static inline struct view view_of(const struct grey *picture) {
    return (struct view){picture->pixels,
                         (int)picture->width_px,
                         (int)picture->height_px,
                         (int)picture->width_px,
                         false,
                         NULL};
}

/* A part of a view; the box must lie within it. Its coordinates begin at the box's corner. */
static inline struct view view_part(const struct view *view, struct box box) {
    struct view part = *view;
    part.pixels += (ptrdiff_t)box.top * view->stride_px + box.left;
    part.width_px = box.width;
    part.height_px = box.height;
    return part;
}

static inline bool view_holds(const struct view *view, struct point at) {
    return at.x >= 0 && at.y >= 0 && at.x < view->width_px && at.y < view->height_px;
}

/* Into the range; what is not a number becomes `low`. */
static inline double view_clamp(double value, double low, double high) {
    return value > low ? value < high ? value : high : low;
}

/* Brightness at a place, 0 dark to 255 light, bilinear between pixel middles; outside, that of the border.
 * The view is at least 2 px wide and high. */
static inline double view_at(const struct view *view, struct point at) {
    double x = view_clamp(at.x - 0.5, 0, view->width_px - 1.001);
    double y = view_clamp(at.y - 0.5, 0, view->height_px - 1.001);
    int column = (int)x;
    int row = (int)y;
    const uint8_t *p = view->pixels + (ptrdiff_t)row * view->stride_px + column;
    const uint8_t *q = p + view->stride_px;
    double upper = p[0] + (x - column) * (p[1] - p[0]);
    double lower = q[0] + (x - column) * (q[1] - q[0]);
    double value = upper + (y - row) * (lower - upper);
    return view->inverted ? 255 - value : value;
}

#endif
