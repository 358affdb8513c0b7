/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/render_canvas.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Pixels of a kernel's longest side, and steps into which a pixel is divided to make one. */
#define KERNEL_MAX   41
#define KERNEL_STEPS 8
#define REACH_MAX    (KERNEL_MAX / 2)

struct kernel {
    int reach;
    float weights[KERNEL_MAX][KERNEL_MAX];
};

struct render_canvas render_canvas_of(int width, int height) {
    return (struct render_canvas){calloc((size_t)width * (size_t)height, sizeof(float)), width, height};
}

struct render_canvas render_canvas_copy(const struct render_canvas *from) {
    struct render_canvas copy = render_canvas_of(from->width, from->height);
    memcpy(copy.light, from->light, (size_t)from->width * (size_t)from->height * sizeof(float));
    return copy;
}

static int within(int value, int count) {
    return value < 0 ? 0 : value >= count ? count - 1 : value;
}

/* out[x] += weight * in[x + shift] along one line of a box; beyond the canvas its edge goes on. */
static void add_line(const struct render_canvas *in, float *out, int y, int shift, float weight,
                     struct render_box box) {
    const float *line = in->light + (size_t)within(y, in->height) * (size_t)in->width;
    int first = box.left + shift < 0 ? -shift : box.left;
    int last = box.right + shift > in->width ? in->width - shift : box.right;
    for (int x = box.left; x < first; x++) {
        out[x] += weight * line[0];
    }
    for (int x = first; x < last; x++) {
        out[x] += weight * line[x + shift];
    }
    for (int x = last > first ? last : first; x < box.right; x++) {
        out[x] += weight * line[in->width - 1];
    }
}

static void convolve(struct render_canvas *canvas, const struct kernel *kernel, struct render_box box) {
    struct render_canvas in = render_canvas_copy(canvas);
    for (int y = box.top; y < box.bottom; y++) {
        float *out = canvas->light + (size_t)y * (size_t)canvas->width;
        memset(out + box.left, 0, (size_t)(box.right - box.left) * sizeof *out);
        for (int dy = -kernel->reach; dy <= kernel->reach; dy++) {
            for (int dx = -kernel->reach; dx <= kernel->reach; dx++) {
                float weight = kernel->weights[dy + kernel->reach][dx + kernel->reach];
                if (weight > 0) {
                    add_line(&in, out, y + dy, dx, weight, box);
                }
            }
        }
    }
    render_canvas_close(&in);
}

static void deposit(struct kernel *kernel, double x, double y) {
    int column = (int)floor(x + 0.5) + kernel->reach;
    int row = (int)floor(y + 0.5) + kernel->reach;
    if (column >= 0 && column <= 2 * kernel->reach && row >= 0 && row <= 2 * kernel->reach) {
        kernel->weights[row][column] += 1;
    }
}

static void normalise(struct kernel *kernel) {
    float sum = 0;
    for (int i = 0; i < KERNEL_MAX * KERNEL_MAX; i++) {
        sum += kernel->weights[i / KERNEL_MAX][i % KERNEL_MAX];
    }
    for (int i = 0; i < KERNEL_MAX * KERNEL_MAX; i++) {
        kernel->weights[i / KERNEL_MAX][i % KERNEL_MAX] /= sum;
    }
}

static int reach_of(double radius) {
    int reach = (int)ceil(radius + 0.5);
    return reach > REACH_MAX ? REACH_MAX : reach;
}

/* The disk of confusion of a lens that is out of focus. */
static void defocus(struct render_canvas *canvas, double radius, struct render_box box) {
    struct kernel kernel = {.reach = reach_of(radius)};
    double step = 1.0 / KERNEL_STEPS;
    for (double y = -radius + step / 2; y < radius; y += step) {
        for (double x = -radius + step / 2; x < radius; x += step) {
            if (x * x + y * y <= radius * radius) {
                deposit(&kernel, x, y);
            }
        }
    }
    normalise(&kernel);
    convolve(canvas, &kernel, box);
}

/* A straight move while the shutter is open. */
static void move(struct render_canvas *canvas, double length, double turn, struct render_box box) {
    struct kernel kernel = {.reach = reach_of(length / 2)};
    int steps = (int)(length * KERNEL_STEPS) + 1;
    for (int i = 0; i <= steps; i++) {
        double at = length * ((double)i / steps - 0.5);
        for (int across = -KERNEL_STEPS / 2; across < KERNEL_STEPS / 2; across++) {
            double beside = (across + 0.5) / KERNEL_STEPS;
            deposit(&kernel, at * cos(turn) - beside * sin(turn), at * sin(turn) + beside * cos(turn));
        }
    }
    normalise(&kernel);
    convolve(canvas, &kernel, box);
}

void render_canvas_soften(struct render_canvas *canvas, double deviation_px, struct render_box box) {
    int reach = reach_of(3 * deviation_px);
    struct kernel across = {.reach = reach};
    struct kernel down = {.reach = reach};
    for (int i = -reach; i <= reach; i++) {
        float weight = (float)exp(-i * i / (2 * deviation_px * deviation_px));
        across.weights[reach][i + reach] = weight;
        down.weights[i + reach][reach] = weight;
    }
    normalise(&across);
    normalise(&down);
    convolve(canvas, &across, box);
    convolve(canvas, &down, box);
}

void render_canvas_blur(struct render_canvas *canvas, const struct render_spec *spec, struct render_box box) {
    if (spec->lens_px > 0.1) {
        render_canvas_soften(canvas, spec->lens_px, box);
    }
    if (spec->defocus_px > 0.3) {
        defocus(canvas, spec->defocus_px, box);
    }
    if (spec->motion_px > 0.3) {
        move(canvas, spec->motion_px, spec->motion_turn, box);
    }
}

void render_canvas_close(struct render_canvas *canvas) {
    free(canvas->light);
    *canvas = (struct render_canvas){0};
}
