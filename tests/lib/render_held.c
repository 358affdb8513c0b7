/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/render_held.h"

#include <math.h>

#include "tests/lib/render_dice.h"

#define DEGREES (M_PI / 180)

/* Which of the hard conditions, by its place among them, and how much harder than one frame's. */
static const struct {
    unsigned condition;
    double light, blur, size, glare;
} kinds[RENDER_HELD_KINDS] = {
    {0, 1, 1, 0.95, 1}, {1, 1, 1, 1, 1}, {2, 1, 1.1, 1, 1}, {3, 0.8, 1, 1, 1}, {10, 1, 1, 1, 1.5},
};

/* A slow swing of its own speed and start; -1 to 1. */
static double swing(struct render_dice *dice, unsigned step) {
    double speed = render_dice_between(dice, 0.15, 0.6);
    double phase = render_dice_between(dice, 0, 2 * M_PI);
    return sin(speed * step + phase);
}

static void tremble(struct render_dice *dice, struct render_spec *spec, unsigned step) {
    double side_px = (17 + 4 * spec->version) * spec->module_px;
    double wide_px = fmax(4, side_px * (spec->glares[0].light > 0 ? 0.12 : 0.01));
    spec->x_px += wide_px * swing(dice, step) + 1.5 * swing(dice, 3 * step);
    spec->y_px += wide_px * swing(dice, step) + 1.5 * swing(dice, 3 * step);
    spec->turn += 1.2 * DEGREES * swing(dice, step);
    spec->tilt += 2.5 * DEGREES * swing(dice, step);
    spec->module_px *= 1 + 0.01 * swing(dice, step);
    spec->motion_px *= 0.8 + 0.2 * swing(dice, 2 * step);
    spec->motion_turn += M_PI * swing(dice, step);
    spec->defocus_px *= 0.95 + 0.05 * swing(dice, step);
    spec->band_phase += 2.1 * step;
}

struct render_spec render_held_step(uint64_t seed, unsigned number, unsigned step) {
    unsigned conditions = render_sets_conditions(RENDER_HARD);
    unsigned kind = number % RENDER_HELD_KINDS;
    unsigned frame = number / RENDER_HELD_KINDS * conditions + kinds[kind].condition;
    struct render_spec spec = render_sets_frame(RENDER_HARD, seed + 1000, frame);
    struct render_dice dice = render_dice_of(seed, 0x48656C64u << 8 | number);
    spec.exposure *= kinds[kind].light;
    spec.defocus_px *= kinds[kind].blur;
    spec.motion_px *= kinds[kind].blur;
    spec.module_px *= kinds[kind].size;
    spec.glares[0].radius_px *= kinds[kind].glare;
    tremble(&dice, &spec, step);
    spec.noise_seed = spec.seed + step;
    return spec;
}
