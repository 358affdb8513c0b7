/* SPDX-License-Identifier: Apache-2.0 */
/* The room behind the panel. */
#include <math.h>

#include "tests/lib/render_canvas.h"

/* Pixels of the frame to one of the small drawing. */
#define SCALE 4

static void fill(struct render_canvas *small, int left, int top, int width, int height, float light) {
    for (int y = top < 0 ? 0 : top; y < top + height && y < small->height; y++) {
        for (int x = left < 0 ? 0 : left; x < left + width && x < small->width; x++) {
            small->light[(size_t)y * (size_t)small->width + (size_t)x] = light;
        }
    }
}

static void fill_ellipse(struct render_canvas *small, double x0, double y0, double rx, double ry,
                         float light) {
    for (double dy = -ry; dy <= ry; dy++) {
        double half = rx * sqrt(1 - dy * dy / (ry * ry));
        fill(small, (int)(x0 - half), (int)(y0 + dy), (int)(2 * half), 1, light);
    }
}

static void draw_thing(struct render_canvas *small, struct render_dice *dice) {
    double x = render_dice_between(dice, 0, small->width);
    double y = render_dice_between(dice, 0, small->height);
    double width = render_dice_between(dice, 5, small->width / 3.0);
    double height = render_dice_between(dice, 5, small->height / 2.0);
    float light = (float)render_dice_between(dice, 0.01, 0.8);
    if (render_dice_chance(dice, 0.6)) {
        fill(small, (int)x, (int)y, (int)width, (int)height, light);
    } else {
        fill_ellipse(small, x, y, width / 2, height / 2, light);
    }
}

/* Blinds, shelves, a striped shirt. */
static void draw_stripes(struct render_canvas *small, struct render_dice *dice) {
    int left = (int)render_dice_below(dice, (unsigned)small->width);
    int top = (int)render_dice_below(dice, (unsigned)small->height);
    int pitch = 1 + (int)render_dice_below(dice, 8);
    bool upright = render_dice_chance(dice, 0.5);
    float light = (float)render_dice_between(dice, 0.02, 0.6);
    for (int i = 0; i < small->width / 3; i += 2 * pitch) {
        fill(small, left + (upright ? i : 0), top + (upright ? 0 : i), upright ? pitch : small->width / 3,
             upright ? small->height / 3 : pitch, light);
    }
}

/* Light falls off along a slope. */
static void shade(struct render_canvas *small, struct render_dice *dice) {
    double turn = render_dice_between(dice, 0, 2 * M_PI);
    double depth = render_dice_between(dice, 0, 0.6);
    for (int y = 0; y < small->height; y++) {
        for (int x = 0; x < small->width; x++) {
            double at = (x * cos(turn) + y * sin(turn)) / small->width;
            float *light = &small->light[(size_t)y * (size_t)small->width + (size_t)x];
            *light *= (float)fmax(0.2, 1 + depth * at);
        }
    }
}

static float enlarged(const struct render_canvas *small, int x, int y) {
    int column = x / SCALE, row = y / SCALE;
    int right = column + 1 < small->width ? column + 1 : column;
    int below = row + 1 < small->height ? row + 1 : row;
    double fx = (double)(x % SCALE) / SCALE, fy = (double)(y % SCALE) / SCALE;
    const float *upper = small->light + (size_t)row * (size_t)small->width;
    const float *lower = small->light + (size_t)below * (size_t)small->width;
    double top = upper[column] + fx * (upper[right] - upper[column]);
    double bottom = lower[column] + fx * (lower[right] - lower[column]);
    return (float)(top + fy * (bottom - top));
}

struct render_canvas render_canvas_backdrop(const struct render_spec *spec) {
    struct render_dice dice = render_dice_of(spec->seed, 3);
    struct render_canvas out = render_canvas_of((int)spec->width_px, (int)spec->height_px);
    struct render_canvas small = render_canvas_of(out.width / SCALE, out.height / SCALE);
    fill(&small, 0, 0, small.width, small.height, (float)render_dice_between(&dice, 0.03, 0.5));
    for (unsigned i = 3 + render_dice_below(&dice, 14); i > 0; i--) {
        draw_thing(&small, &dice);
    }
    for (unsigned i = render_dice_below(&dice, 3); i > 0; i--) {
        draw_stripes(&small, &dice);
    }
    shade(&small, &dice);
    render_canvas_soften(&small, 1, (struct render_box){0, 0, small.width, small.height});
    for (int y = 0; y < out.height; y++) {
        for (int x = 0; x < out.width; x++) {
            out.light[(size_t)y * (size_t)out.width + (size_t)x] = enlarged(&small, x, y);
        }
    }
    render_canvas_close(&small);
    return out;
}
