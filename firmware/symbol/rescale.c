/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/rescale.h"

#include <string.h>

/* Weights of four pixels around a place a quarter from the second one, of 128. */
static const int CUBIC[4] = {-9, 111, 29, -3};

/* How often doubling looks at each pixel: sharpened once, widened twice, heightened four times. */
#define DOUBLE_TIMES 14

static struct view sized(const struct view *view, uint8_t *pixels, int width_px, int height_px) {
    return (struct view){pixels, width_px, height_px, width_px, view->inverted, view->effort};
}

static void spend(const struct view *view, unsigned times) {
    effort_spend(view->effort, (uint64_t)view->width_px * (uint64_t)view->height_px * times);
}

static uint8_t to_byte(int value) {
    return (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
}

static int clamp(int value, int high) {
    return value < 0 ? 0 : value > high ? high : value;
}

static const uint8_t *line_of(const struct view *view, int y) {
    return view->pixels + (ptrdiff_t)clamp(y, view->height_px - 1) * view->stride_px;
}

struct view rescale_half(const struct view *view, uint8_t *pixels) {
    struct view out = sized(view, pixels, view->width_px / 2, view->height_px / 2);
    spend(view, 1);
    for (int y = 0; y < out.height_px; y++) {
        const uint8_t *a = line_of(view, 2 * y);
        const uint8_t *b = line_of(view, 2 * y + 1);
        uint8_t *to = pixels + (ptrdiff_t)y * out.width_px;
        for (int x = 0; x < out.width_px; x++) {
            to[x] = (uint8_t)((a[2 * x] + a[2 * x + 1] + b[2 * x] + b[2 * x + 1] + 2) / 4);
        }
    }
    return out;
}

struct view rescale_blurred(const struct view *view, uint8_t *pixels) {
    struct view out = sized(view, pixels, view->width_px, view->height_px);
    spend(view, 2);
    int last = out.width_px - 1;
    for (int y = 0; y < out.height_px; y++) {
        const uint8_t *a = line_of(view, y - 1), *b = line_of(view, y), *c = line_of(view, y + 1);
        uint8_t *to = pixels + (ptrdiff_t)y * out.width_px;
        to[0] = b[0];
        to[last] = b[last];
        for (int x = 1; x < last; x++) {
            int sum = a[x - 1] + 2 * a[x] + a[x + 1] + 2 * (b[x - 1] + 2 * b[x] + b[x + 1]) + c[x - 1] +
                      2 * c[x] + c[x + 1];
            to[x] = (uint8_t)((sum + 8) / 16);
        }
    }
    return out;
}

static uint8_t cubic(int a, int b, int c, int d) {
    return to_byte((CUBIC[0] * a + CUBIC[1] * b + CUBIC[2] * c + CUBIC[3] * d + 64) >> 7);
}

/* One line twice as wide: each pixel becomes the places a quarter before and after its middle. */
static void widen(const uint8_t *from, int width, uint8_t *to) {
    for (int x = 0; x < width; x++) {
        int before = from[clamp(x - 1, width - 1)], after = from[clamp(x + 1, width - 1)];
        int second = from[clamp(x - 2, width - 1)], fourth = from[clamp(x + 2, width - 1)];
        to[2 * x] = cubic(after, from[x], before, second);
        to[2 * x + 1] = cubic(before, from[x], after, fourth);
    }
}

/* Add half of what differs from the mean of 3 x 3; the border stays. */
static struct view sharpened(const struct view *view, uint8_t *pixels) {
    int last = view->width_px - 1;
    for (int y = 0; y < view->height_px; y++) {
        const uint8_t *a = line_of(view, y - 1), *b = line_of(view, y), *c = line_of(view, y + 1);
        uint8_t *to = pixels + (ptrdiff_t)y * view->width_px;
        to[0] = b[0];
        to[last] = b[last];
        for (int x = 1; x < last; x++) {
            int sum = a[x - 1] + a[x] + a[x + 1] + b[x - 1] + b[x] + b[x + 1] + c[x - 1] + c[x] + c[x + 1];
            to[x] = to_byte(b[x] + (9 * b[x] - sum) / 18);
        }
    }
    return sized(view, pixels, view->width_px, view->height_px);
}

/* Twice as high: each line becomes the places a quarter above and below its middle. */
static struct view heighten(const struct view *view, uint8_t *pixels) {
    int width = view->width_px;
    for (int y = 0; y < view->height_px; y++) {
        const uint8_t *second = line_of(view, y - 2), *before = line_of(view, y - 1), *at = line_of(view, y);
        const uint8_t *after = line_of(view, y + 1), *fourth = line_of(view, y + 2);
        uint8_t *upper = pixels + (ptrdiff_t)2 * y * width;
        uint8_t *lower = upper + width;
        for (int x = 0; x < width; x++) {
            upper[x] = cubic(after[x], at[x], before[x], second[x]);
            lower[x] = cubic(before[x], at[x], after[x], fourth[x]);
        }
    }
    return sized(view, pixels, width, 2 * view->height_px);
}

struct view rescale_double(const struct view *view, uint8_t *spare, uint8_t *pixels) {
    spend(view, DOUBLE_TIMES);
    struct view sharp = sharpened(view, spare);
    uint8_t *room = spare + (ptrdiff_t)view->width_px * view->height_px;
    for (int y = 0; y < view->height_px; y++) {
        widen(line_of(&sharp, y), view->width_px, room + (ptrdiff_t)2 * y * view->width_px);
    }
    struct view wide = sized(view, room, 2 * view->width_px, view->height_px);
    return heighten(&wide, pixels);
}

/* Of the four corners of a code without a quiet zone, three are the borders of finders. */
static uint8_t frame_level(const struct view *view) {
    const uint8_t *top = line_of(view, 0), *bottom = line_of(view, view->height_px - 1);
    int right = view->width_px - 1;
    int dark = (top[0] < 128) + (top[right] < 128) + (bottom[0] < 128) + (bottom[right] < 128);
    return dark > 2 ? 255 : 0;
}

struct view rescale_framed(const struct view *view, int times, int frame_px, uint8_t *pixels) {
    int width = times * view->width_px;
    struct view out = sized(view, pixels, width + 2 * frame_px, times * view->height_px + 2 * frame_px);
    uint8_t level = frame_level(view);
    spend(view, (unsigned)(times * times));
    memset(pixels, level, (size_t)out.width_px * (size_t)out.height_px);
    for (int y = 0; y < times * view->height_px; y++) {
        const uint8_t *from = line_of(view, y / times);
        uint8_t *to = pixels + (ptrdiff_t)(frame_px + y) * out.width_px + frame_px;
        for (int x = 0; x < width; x++) {
            to[x] = from[x / times];
        }
    }
    return out;
}
