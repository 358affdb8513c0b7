/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/unblur.h"

#include <math.h>

#define SIDE FOURIER_SIDE_MAX
/* Pixels at a square's border that the opposite border leaks into: they are left to the next square. */
#define BORDER 28
#define INNER  (SIDE - 2 * BORDER)
/* Noise against detail, squared strengths. */
#define NOISE 0.01
/* What the sharpest lens and the pixels themselves spread: standard deviation, px. */
#define LENS_PX 0.65

static void make_filter(const struct blur *blur, float *filter) {
    for (int y = 0; y <= SIDE / 2; y++) {
        for (int x = 0; x < SIDE; x++) {
            double u = fourier_cycles(x, SIDE);
            double v = fourier_cycles(y, SIDE);
            double lens = exp(-2 * M_PI * M_PI * LENS_PX * LENS_PX * (u * u + v * v));
            double left = lens * blur_leaves(blur, u, v);
            float value = (float)(left / (left * left + NOISE));
            filter[y * SIDE + x] = value;
            filter[(SIDE - y) % SIDE * SIDE + (SIDE - x) % SIDE] = value;
        }
    }
}

static int clamp(int value, int high) {
    return value < 0 ? 0 : value > high ? high : value;
}

/* A square of the picture, whose border goes on outside of it, less its mean. Returns the mean. */
static float take(const struct view *view, int left, int top, float *to) {
    float sum = 0;
    for (int y = 0; y < SIDE; y++) {
        const uint8_t *line = view->pixels + (ptrdiff_t)clamp(top + y, view->height_px - 1) * view->stride_px;
        for (int x = 0; x < SIDE; x++) {
            to[y * SIDE + x] = line[clamp(left + x, view->width_px - 1)];
            sum += to[y * SIDE + x];
        }
    }
    float mean = sum / (SIDE * SIDE);
    for (int i = 0; i < SIDE * SIDE; i++) {
        to[i] -= mean;
    }
    return mean;
}

static void put(const struct view *out, uint8_t *pixels, int left, int top, const float *from, float mean) {
    int right = left + INNER < out->width_px ? left + INNER : out->width_px;
    int bottom = top + INNER < out->height_px ? top + INNER : out->height_px;
    for (int y = top; y < bottom; y++) {
        const float *line = from + (y - top + BORDER) * SIDE + BORDER - left;
        for (int x = left; x < right; x++) {
            pixels[(ptrdiff_t)y * out->width_px + x] =
                (uint8_t)view_clamp((double)line[x] + (double)mean + 0.5, 0, 255);
        }
    }
}

/* Two squares at once, one as the real part and one as the imaginary part. */
static void filter_two(struct unblur *m, const struct view *view, const struct view *out, uint8_t *pixels,
                       int first, int columns) {
    int left[2];
    int top[2];
    float mean[2];
    float *parts[2] = {m->square.real, m->square.imaginary};
    for (int i = 0; i < 2; i++) {
        left[i] = (first + i) % columns * INNER;
        top[i] = (first + i) / columns * INNER;
        mean[i] = take(view, left[i] - BORDER, top[i] - BORDER, parts[i]);
    }
    fourier_forward(&m->square, SIDE);
    for (int i = 0; i < SIDE * SIDE; i++) {
        m->square.real[i] *= m->filter[i];
        m->square.imaginary[i] *= m->filter[i];
    }
    fourier_back(&m->square, SIDE);
    for (int i = 0; i < 2; i++) {
        put(out, pixels, left[i], top[i], parts[i], mean[i]);
    }
}

struct view unblur_view(struct unblur *memory, const struct view *view, const struct blur *blur,
                        uint8_t *pixels) {
    struct view out = *view;
    out.pixels = pixels;
    out.stride_px = view->width_px;
    int columns = (view->width_px + INNER - 1) / INNER;
    int rows = (view->height_px + INNER - 1) / INNER;
    effort_spend(view->effort, (uint64_t)view->width_px * (uint64_t)view->height_px * EFFORT_UNBLURRED);
    make_filter(blur, memory->filter);
    for (int i = 0; i < columns * rows; i += 2) {
        filter_two(memory, view, &out, pixels, i, columns);
    }
    return out;
}
