/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/guidance_frames.h"

#include <math.h>

#include "tests/lib/render_sets.h"

/* The condition "clean" of the kiosk's frames, and how many there are. */
#define CLEAN      1u
#define CONDITIONS 20u

static double between(struct render_dice *dice, double from, double to) {
    return render_dice_between(dice, from, to);
}

static void easy(struct render_dice *dice, struct render_spec *spec, double n) {
    (void)dice;
    (void)spec;
    (void)n;
}

static void far_away(struct render_dice *dice, struct render_spec *spec, double n) {
    (void)n;
    spec->module_px = between(dice, 0.65, 1.0);
    spec->lens_px = 0.45;
}

/* Half as high again as the picture, or more. */
static void too_near(struct render_dice *dice, struct render_spec *spec, double n) {
    spec->module_px = between(dice, 1.15, 1.6) * spec->height_px / n;
    spec->x_px = between(dice, -0.05, 0.05) * spec->width_px;
    spec->y_px = between(dice, -0.05, 0.05) * spec->height_px;
    spec->defocus_px = between(dice, 0, 0.4) * spec->module_px;
    spec->turn = between(dice, -0.2, 0.2);
}

static void out_of_focus(struct render_dice *dice, struct render_spec *spec, double n) {
    (void)n;
    spec->module_px = fmin(spec->module_px, 5);
    spec->defocus_px = between(dice, 1.3, 2.2) * spec->module_px;
}

static void moved(struct render_dice *dice, struct render_spec *spec, double n) {
    (void)n;
    spec->module_px = fmin(spec->module_px, 5);
    spec->motion_px = between(dice, 3.0, 6.0) * spec->module_px;
}

static void dark(struct render_dice *dice, struct render_spec *spec, double n) {
    (void)n;
    spec->exposure = between(dice, 0.004, 0.012);
    spec->read_noise = between(dice, 0.003, 0.006);
    spec->shot_noise = 0.03;
}

/* A lamp in a screen, over a good part of the code. */
static void lamp(struct render_dice *dice, struct render_spec *spec, double n) {
    double side = n * spec->module_px;
    double away = between(dice, 0, 0.3) * side, turn = between(dice, 0, 2 * M_PI);
    spec->glares[0] = (struct render_glare){
        .x_px = spec->width_px / 2.0 + spec->x_px + away * cos(turn),
        .y_px = spec->height_px / 2.0 + spec->y_px + away * sin(turn),
        .radius_px = side * between(dice, 0.3, 0.45),
        .flatness = between(dice, 0.6, 1),
        .turn = between(dice, 0, M_PI),
        .light = between(dice, 2, 4),
        .hard = true,
    };
}

/* A quarter to a half of the code beyond the left, right, upper or lower border. */
static void partly_out(struct render_dice *dice, struct render_spec *spec, double n) {
    unsigned border = render_dice_below(dice, 4);
    double side, out = between(dice, 0.25, 0.5), way;
    spec->module_px = fmin(spec->module_px, 0.7 * spec->height_px / n);
    spec->turn = between(dice, -0.15, 0.15);
    side = n * spec->module_px;
    way = (border < 2 ? spec->width_px : spec->height_px) / 2.0 - (0.5 - out) * side;
    spec->x_px = border < 2 ? (border == 0 ? -way : way) : between(dice, -0.2, 0.2) * spec->width_px;
    spec->y_px = border >= 2 ? (border == 2 ? -way : way) : between(dice, -0.1, 0.1) * spec->height_px;
}

/* Nobody is there: the panel is far beside the picture. */
static void empty_room(struct render_dice *dice, struct render_spec *spec, double n) {
    (void)n;
    spec->decoy = RENDER_BLANK;
    spec->x_px = 20.0 * spec->width_px;
    spec->exposure = between(dice, 0.3, 1);
}

/* As a camera in an evening sees it, noise and all. */
static void empty_dim_room(struct render_dice *dice, struct render_spec *spec, double n) {
    empty_room(dice, spec, n);
    spec->exposure = between(dice, 0.06, 0.15);
    spec->read_noise = between(dice, 0.003, 0.012);
    spec->shot_noise = between(dice, 0.02, 0.06);
}

static void blank_sheet(struct render_dice *dice, struct render_spec *spec, double n) {
    (void)dice;
    (void)n;
    spec->decoy = RENDER_BLANK;
}

static void text(struct render_dice *dice, struct render_spec *spec, double n) {
    (void)n;
    spec->decoy = RENDER_TEXT;
    spec->module_px = between(dice, 1, 5);
}

static void blurred_text(struct render_dice *dice, struct render_spec *spec, double n) {
    text(dice, spec, n);
    spec->module_px = between(dice, 2, 5);
    spec->defocus_px = between(dice, 1.0, 2.2) * spec->module_px;
}

static void barcodes(struct render_dice *dice, struct render_spec *spec, double n) {
    (void)dice;
    (void)n;
    spec->decoy = RENDER_BARCODES;
}

static void checkers(struct render_dice *dice, struct render_spec *spec, double n) {
    (void)dice;
    (void)n;
    spec->decoy = RENDER_CHECKERS;
}

static void noise(struct render_dice *dice, struct render_spec *spec, double n) {
    (void)dice;
    (void)n;
    spec->decoy = RENDER_NOISE;
}

static void finders(struct render_dice *dice, struct render_spec *spec, double n) {
    (void)dice;
    (void)n;
    spec->decoy = RENDER_FINDERS;
}

const struct guidance_frames guidance_frames[] = {
    {"easy", GUIDANCE_READ, GUIDANCE_READ, easy},
    {"far", GUIDANCE_FAR, GUIDANCE_READ, far_away},
    {"near", GUIDANCE_NEAR, GUIDANCE_READ, too_near},
    {"out of focus", GUIDANCE_BLURRED, GUIDANCE_READ, out_of_focus},
    {"moved", GUIDANCE_BLURRED, GUIDANCE_READ, moved},
    {"dark", GUIDANCE_DARK, GUIDANCE_READ, dark},
    {"lamp", GUIDANCE_GLARE, GUIDANCE_READ, lamp},
    {"partly out", GUIDANCE_PARTLY_OUT, GUIDANCE_READ, partly_out},
    {"empty room", GUIDANCE_NOTHING, GUIDANCE_NOTHING, empty_room},
    {"dim room", GUIDANCE_NOTHING, GUIDANCE_NOTHING, empty_dim_room},
    {"blank sheet", GUIDANCE_NOTHING, GUIDANCE_NOTHING, blank_sheet},
    {"text", GUIDANCE_NOTHING, GUIDANCE_NOTHING, text},
    {"blurred text", GUIDANCE_NOTHING, GUIDANCE_NOTHING, blurred_text},
    {"barcodes", GUIDANCE_NOTHING, GUIDANCE_NOTHING, barcodes},
    {"checkers", GUIDANCE_NOTHING, GUIDANCE_NOTHING, checkers},
    {"noise", GUIDANCE_NOTHING, GUIDANCE_NOTHING, noise},
    {"finders", GUIDANCE_NOTHING, GUIDANCE_FAR, finders},
};
const unsigned guidance_frames_count = sizeof guidance_frames / sizeof *guidance_frames;

struct render_spec guidance_frames_spec(const struct guidance_frames *kind, uint64_t seed, unsigned number) {
    struct render_spec spec = render_sets_frame(RENDER_KIOSK, seed, CLEAN + CONDITIONS * number);
    struct render_dice dice = render_dice_of(seed, 0x6A1DE000u + number);
    spec.condition = kind->name;
    kind->make(&dice, &spec, 17 + 4 * spec.version);
    return spec;
}
