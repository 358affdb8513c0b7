/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/render_condition.h"

#include <math.h>

/* Degrees to radians. */
#define DEGREES (M_PI / 180)

static double between(struct render_dice *dice, double from, double to) {
    return render_dice_between(dice, from, to);
}

static void clean(struct render_dice *dice, struct render_spec *spec, double n) {
    (void)n;
    spec->tilt = between(dice, 0, 8) * DEGREES;
}

void render_condition_typical(struct render_dice *dice, struct render_spec *spec, double n) {
    (void)n;
    spec->tilt = between(dice, 0, 25) * DEGREES;
    spec->defocus_px = between(dice, 0, 0.3) * spec->module_px;
    spec->motion_px = between(dice, 0, 0.45) * spec->module_px;
    spec->gradient = between(dice, 0, 0.4);
    spec->moire = between(dice, 0, 0.12);
    spec->band = between(dice, 0, 0.2);
    spec->shot_noise = between(dice, 0.015, 0.04);
    spec->quality = 45 + (int)render_dice_below(dice, 46);
}

static void small(struct render_dice *dice, struct render_spec *spec, double n) {
    (void)dice;
    (void)spec;
    (void)n;
}

static void tilt(struct render_dice *dice, struct render_spec *spec, double n) {
    (void)n;
    spec->tilt = between(dice, 25, 40) * DEGREES;
}

static void turned(struct render_dice *dice, struct render_spec *spec, double n) {
    (void)n;
    spec->turn = between(dice, 0, 360) * DEGREES;
    spec->barrel = between(dice, -0.06, 0.06);
}

static void defocus(struct render_dice *dice, struct render_spec *spec, double n) {
    (void)n;
    spec->defocus_px = between(dice, 0.3, 0.75) * spec->module_px;
}

static void motion(struct render_dice *dice, struct render_spec *spec, double n) {
    (void)n;
    spec->motion_px = between(dice, 0.5, 1.3) * spec->module_px;
}

static void low_light(struct render_dice *dice, struct render_spec *spec, double n) {
    (void)n;
    spec->exposure = between(dice, 0.03, 0.15);
    spec->shot_noise = between(dice, 0.02, 0.05);
    spec->read_noise = between(dice, 0.003, 0.012);
}

static void glare(struct render_dice *dice, struct render_spec *spec, double n) {
    double side = n * spec->module_px;
    spec->gradient = between(dice, 0.3, 0.8);
    for (unsigned i = 0; i <= render_dice_below(dice, 2); i++) {
        bool hard = render_dice_chance(dice, 0.5);
        spec->glares[i] = (struct render_glare){
            .x_px = spec->width_px / 2.0 + spec->x_px + between(dice, -0.5, 0.5) * side,
            .y_px = spec->height_px / 2.0 + spec->y_px + between(dice, -0.5, 0.5) * side,
            .radius_px = side * (hard ? between(dice, 0.05, 0.14) : between(dice, 0.2, 0.6)),
            .flatness = between(dice, 0.3, 1),
            .turn = between(dice, 0, M_PI),
            .light = between(dice, 0.15, 0.6),
            .hard = hard,
        };
    }
}

static void shadow(struct render_dice *dice, struct render_spec *spec, double n) {
    (void)n;
    spec->gradient = between(dice, 0.3, 0.9);
    spec->shadow = between(dice, 0.4, 0.75);
    spec->shadow_x = between(dice, 0.35, 0.65);
    spec->shadow_turn = between(dice, 0, M_PI);
    spec->shadow_px = between(dice, 2, 60);
}

static void screen(struct render_dice *dice, struct render_spec *spec, double n) {
    (void)n;
    spec->phone = true;
    spec->moire = between(dice, 0.1, 0.4);
    spec->band = between(dice, 0.1, 0.6);
    spec->exposure = between(dice, 0.15, 0.9);
}

static void dark_mode(struct render_dice *dice, struct render_spec *spec, double n) {
    (void)n;
    spec->phone = true;
    spec->inverted = true;
    spec->ink_gain_texels = 0;
    spec->quiet_modules = 4;
    spec->moire = between(dice, 0, 0.12);
    spec->tilt = between(dice, 0, 20) * DEGREES;
}

/* Part of a code's area that may be covered and still be read: error correction spreads over the area. */
static double bearable(const struct render_spec *spec) {
    switch (spec->level) {
    case 'L':
        return 0.035;
    case 'M':
        return 0.075;
    case 'Q':
        return 0.125;
    default:
        return 0.15;
    }
}

static void covered(struct render_dice *dice, struct render_spec *spec, double n) {
    (void)n;
    spec->covered = between(dice, 0.2, 0.85) * bearable(spec);
    spec->covered_inside = render_dice_chance(dice, 0.5);
}

static void scratched(struct render_dice *dice, struct render_spec *spec, double n) {
    (void)n;
    spec->phone = true;
    spec->level = spec->level == 'L' ? 'M' : spec->level;
    spec->scratches = 1 + render_dice_below(dice, 4);
}

static void busy(struct render_dice *dice, struct render_spec *spec, double n) {
    (void)n;
    spec->busy = true;
    spec->quiet_modules = 1 + render_dice_below(dice, 3);
}

static void jpeg(struct render_dice *dice, struct render_spec *spec, double n) {
    (void)n;
    spec->quality = 25 + (int)render_dice_below(dice, 16);
}

static void ink(struct render_dice *dice, struct render_spec *spec, double n) {
    (void)n;
    spec->phone = false;
    spec->ink_gain_texels = render_dice_chance(dice, 0.5) ? 2 : -2;
}

/* The whole code bends by so many radians, to or from the camera. */
static void bend(struct render_dice *dice, struct render_spec *spec, double n, double radians) {
    spec->phone = false;
    spec->moire = 0;
    spec->bend = RENDER_CYLINDER;
    spec->bend_turn = between(dice, 0, M_PI);
    spec->bend_radius_modules = n / radians * (render_dice_chance(dice, 0.5) ? 1 : -1);
}

static void bent(struct render_dice *dice, struct render_spec *spec, double n) {
    bend(dice, spec, n, between(dice, 0.1, 0.5));
}

static const struct render_condition kiosk[] = {
    {"typical", render_condition_typical, 2.2, 5},
    {"clean", clean, 3, 6},
    {"small", small, 1.5, 2.5},
    {"tilt", tilt, 2.5, 5},
    {"typical", render_condition_typical, 2.2, 5},
    {"defocus", defocus, 2.5, 6},
    {"motion", motion, 2.5, 6},
    {"low light", low_light, 2.5, 5},
    {"glare", glare, 2.5, 5},
    {"screen", screen, 2.4, 5},
    {"typical", render_condition_typical, 2.2, 5},
    {"dark mode", dark_mode, 2.4, 5},
    {"covered", covered, 2.5, 5},
    {"jpeg", jpeg, 2.2, 4},
    {"turned", turned, 2.2, 5},
    {"shadow", shadow, 2.5, 5},
    {"scratched", scratched, 2.5, 5},
    {"busy", busy, 2.2, 5},
    {"ink", ink, 2.4, 5},
    {"bent", bent, 2.5, 5},
};

static void hard_defocus(struct render_dice *dice, struct render_spec *spec, double n) {
    render_condition_typical(dice, spec, n);
    spec->defocus_px = between(dice, 0.75, 1.15) * spec->module_px;
}

static void hard_motion(struct render_dice *dice, struct render_spec *spec, double n) {
    render_condition_typical(dice, spec, n);
    spec->motion_px = between(dice, 1.3, 2.0) * spec->module_px;
}

static void hard_light(struct render_dice *dice, struct render_spec *spec, double n) {
    render_condition_typical(dice, spec, n);
    spec->exposure = between(dice, 0.02, 0.06);
    spec->shot_noise = between(dice, 0.03, 0.06);
    spec->read_noise = between(dice, 0.004, 0.012);
}

static void hard_tilt(struct render_dice *dice, struct render_spec *spec, double n) {
    render_condition_typical(dice, spec, n);
    spec->tilt = between(dice, 42, 56) * DEGREES;
    spec->barrel = between(dice, -0.12, 0.12);
}

static void hard_bend(struct render_dice *dice, struct render_spec *spec, double n) {
    render_condition_typical(dice, spec, n);
    bend(dice, spec, n, between(dice, 0.5, 1.3));
}

static void hard_curl(struct render_dice *dice, struct render_spec *spec, double n) {
    render_condition_typical(dice, spec, n);
    bend(dice, spec, n, between(dice, 0.9, 2.0));
    spec->bend = RENDER_CURL;
    spec->bend_turn = between(dice, 0, 2 * M_PI);
    spec->curl_from_modules = n * between(dice, -0.1, 0.3);
}

static void hard_wave(struct render_dice *dice, struct render_spec *spec, double n) {
    render_condition_typical(dice, spec, n);
    bend(dice, spec, n, 1);
    spec->bend = RENDER_WAVE;
    spec->curl_from_modules = n * between(dice, 0.4, 1.2);
    spec->bend_radius_modules = 1 / between(dice, 0.15, 0.45);
}

static void hard_screen(struct render_dice *dice, struct render_spec *spec, double n) {
    render_condition_typical(dice, spec, n);
    screen(dice, spec, n);
    spec->moire = between(dice, 0.4, 0.8);
    spec->band = between(dice, 0.5, 0.9);
}

static void hard_covered(struct render_dice *dice, struct render_spec *spec, double n) {
    render_condition_typical(dice, spec, n);
    spec->covered = between(dice, 1.0, 1.5) * bearable(spec);
    spec->covered_inside = render_dice_chance(dice, 0.5);
}

static void hard_glare(struct render_dice *dice, struct render_spec *spec, double n) {
    render_condition_typical(dice, spec, n);
    glare(dice, spec, n);
    spec->glares[0].light *= 4;
    spec->exposure = between(dice, 0.8, 1.2);
}

static const struct render_condition hard[] = {
    {"small", render_condition_typical, 1.15, 1.7},
    {"defocus", hard_defocus, 2.2, 5},
    {"motion", hard_motion, 2.2, 5},
    {"low light", hard_light, 2.2, 5},
    {"tilt", hard_tilt, 2.2, 5},
    {"bend", hard_bend, 2.2, 5},
    {"curl", hard_curl, 2.2, 5},
    {"wave", hard_wave, 2.2, 5},
    {"screen", hard_screen, 2.2, 5},
    {"covered", hard_covered, 2.2, 5},
    {"glare", hard_glare, 2.2, 5},
};

static const struct render_condition negative[] = {
    {"blank", render_condition_typical, 2, 5},
    {"text", render_condition_typical, 2, 5},
    {"noise", render_condition_typical, 2, 5},
    {"finders", render_condition_typical, 2, 5},
    {"barcodes", render_condition_typical, 2, 5},
    {"checkers", render_condition_typical, 2, 5},
    {"finders and noise", render_condition_typical, 2, 5},
};

const struct render_condition *render_condition_list(enum render_set set, unsigned *count) {
    static const struct {
        const struct render_condition *list;
        unsigned count;
    } lists[RENDER_SETS] = {
        [RENDER_KIOSK] = {kiosk, sizeof kiosk / sizeof *kiosk},
        [RENDER_HARD] = {hard, sizeof hard / sizeof *hard},
        [RENDER_NEGATIVE] = {negative, sizeof negative / sizeof *negative},
    };
    *count = lists[set].count;
    return lists[set].list;
}
