/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/plate.h"

#include <math.h>
#include <stdlib.h>

/* Places looked at along each side of a pixel. */
#define FINE  4
#define DARK  25
#define LIGHT 230
/* Pixels that blur reaches, at most. */
#define REACH_MOST 64

void plate_code(unsigned version, struct render_code *out) {
    struct render_dice dice = {.state = version};
    render_code_make(&dice, version, 'L', RENDER_PAYLOAD_RANDOM, out);
}

struct plate plate_of(const struct render_code *code, double module_px) {
    struct plate plate = {.code = code, .module_px = module_px};
    double middle = plate_side(&plate) / 2.0;
    plate.middle = (struct point){middle, middle};
    return plate;
}

uint32_t plate_side(const struct plate *plate) {
    return (uint32_t)ceil((plate->code->side + 8) * plate->module_px * 1.5);
}

struct point plate_module(const struct plate *plate, struct point at) {
    double side = plate->code->side;
    double x = (at.x - plate->middle.x) / plate->module_px / side;
    double y = (at.y - plate->middle.y) / plate->module_px / side;
    double bulge = 1 + plate->bulge * (x * x + y * y);
    double c = cos(plate->turn_degrees * M_PI / 180);
    double s = sin(plate->turn_degrees * M_PI / 180);
    double u = (c * x + s * y) * bulge;
    double v = (c * y - s * x) * bulge;
    double depth = 1 + plate->tilt_x * u + plate->tilt_y * v;
    u /= depth;
    v = v / depth + plate->ripple / side * sin(2 * M_PI * (u + 0.5)) + plate->bow / side * 4 * u * u;
    return (struct point){(plate->mirrored ? -u : u) * side + side / 2, v * side + side / 2};
}

static bool is_covered(const struct plate *plate, struct point m) {
    const struct box *c = &plate->cover;
    return m.x >= c->left && m.y >= c->top && m.x < c->left + c->width && m.y < c->top + c->height;
}

static bool is_dark(const struct plate *plate, struct point at) {
    struct point m = plate_module(plate, at);
    double side = plate->code->side;
    return m.x >= 0 && m.y >= 0 && m.x < side && m.y < side && !is_covered(plate, m) &&
           plate->code->dark[(int)m.y][(int)m.x] != 0;
}

static double coverage(const struct plate *plate, uint32_t x, uint32_t y) {
    int dark = 0;
    for (int k = 0; k < FINE * FINE; k++) {
        struct point at = {x + (k % FINE + 0.5) / FINE, y + (k / FINE + 0.5) / FINE};
        dark += is_dark(plate, at);
    }
    return dark / (double)(FINE * FINE);
}

/* Blur along one axis: `step` is from one pixel to the next. */
static void blur_line(double *line, size_t count, size_t step, double deviation, double *spare) {
    int reach = (int)fmin(ceil(3 * deviation), REACH_MOST);
    double kernel[2 * REACH_MOST + 1], weights = 0;
    for (int k = -reach; k <= reach; k++) {
        kernel[reach + k] = exp(-k * k / (2 * deviation * deviation));
        weights += kernel[reach + k];
    }
    for (size_t i = 0; i < count; i++) {
        double sum = 0;
        for (int k = -reach; k <= reach; k++) {
            ptrdiff_t at = (ptrdiff_t)i + k;
            at = at < 0 ? 0 : at >= (ptrdiff_t)count ? (ptrdiff_t)count - 1 : at;
            sum += kernel[reach + k] * line[(size_t)at * step];
        }
        spare[i] = sum / weights;
    }
    for (size_t i = 0; i < count; i++) {
        line[i * step] = spare[i];
    }
}

struct grey plate_draw(const struct plate *plate, uint32_t width_px, uint32_t height_px) {
    size_t pixels = (size_t)width_px * height_px;
    struct grey out = {malloc(pixels), width_px, height_px};
    double *light = malloc(pixels * sizeof *light);
    double *spare = malloc((width_px + height_px) * sizeof *spare);
    for (size_t i = 0; i < pixels; i++) {
        double dark = coverage(plate, (uint32_t)(i % width_px), (uint32_t)(i / width_px));
        light[i] = plate->inverted ? DARK + (LIGHT - DARK) * dark : LIGHT - (LIGHT - DARK) * dark;
    }
    for (uint32_t y = 0; plate->blur_px > 0 && y < height_px; y++) {
        blur_line(light + (size_t)y * width_px, width_px, 1, plate->blur_px, spare);
    }
    for (uint32_t x = 0; plate->blur_px > 0 && x < width_px; x++) {
        blur_line(light + x, height_px, width_px, plate->blur_px, spare);
    }
    for (size_t i = 0; i < pixels; i++) {
        out.pixels[i] = (uint8_t)lrint(light[i]);
    }
    free(light);
    free(spare);
    return out;
}
