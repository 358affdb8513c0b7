/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/render_sets.h"

#include <math.h>

#include "tests/lib/render_condition.h"
#include "tests/lib/render_lens.h"

#define DEGREES (M_PI / 180)
/* Pixels that a code keeps from the frame's edges. */
#define EDGE_PX 4.0

static double between(struct render_dice *dice, double from, double to) {
    return render_dice_between(dice, from, to);
}

const char *render_sets_name(enum render_set set) {
    static const char *const names[RENDER_SETS] = {"kiosk", "hard", "negative"};
    return names[set];
}

unsigned render_sets_conditions(enum render_set set) {
    unsigned count = 0;
    (void)render_condition_list(set, &count);
    return count;
}

static double side_of(const struct render_spec *spec) {
    return 17 + 4 * spec->version;
}

/* Version, level, contents and what it is printed or shown on. */
static void choose_panel(struct render_dice *dice, struct render_spec *spec) {
    static const char levels[] = {'L', 'L', 'L', 'M', 'M', 'Q', 'H'};
    static const uint8_t quiet[] = {4, 4, 4, 3, 2};
    spec->level = levels[render_dice_below(dice, sizeof levels)];
    spec->payload = (enum render_payload)render_dice_below(dice, RENDER_PAYLOAD_KINDS);
    spec->phone = render_dice_chance(dice, 0.55);
    spec->quiet_modules = quiet[render_dice_below(dice, sizeof quiet)];
    spec->ink_gain_texels = spec->phone ? 0 : (int)render_dice_below(dice, 3) - 1;
}

static void choose_pose(struct render_dice *dice, struct render_spec *spec) {
    spec->tilt = between(dice, 0, 12) * DEGREES;
    spec->tilt_axis = between(dice, 0, 2 * M_PI);
    spec->turn = (render_dice_chance(dice, 0.75) ? between(dice, -15, 15) : between(dice, 0, 360)) * DEGREES;
    spec->x_px = between(dice, -0.12, 0.12) * spec->width_px;
    spec->y_px = between(dice, -0.1, 0.1) * spec->height_px;
}

static void choose_camera(struct render_dice *dice, struct render_spec *spec) {
    static const double denoise_px[] = {0, 0, 0.4, 0.55}, strength[] = {0, 0.3, 0.6, 1.0};
    spec->lens_px = between(dice, 0.35, 0.6);
    spec->motion_turn = between(dice, 0, M_PI);
    spec->gradient = between(dice, 0, 0.25);
    spec->gradient_turn = between(dice, 0, 2 * M_PI);
    spec->band_px = between(dice, 40, 400);
    spec->band_phase = between(dice, 0, 2 * M_PI);
    spec->grid_modules = 3 + render_dice_below(dice, 8);
    spec->exposure = between(dice, 0.75, 1.1);
    spec->shot_noise = between(dice, 0.01, 0.025);
    spec->read_noise = between(dice, 0.002, 0.006);
    spec->denoise_px = denoise_px[render_dice_below(dice, 4)];
    spec->sharpen = strength[render_dice_below(dice, 4)];
    spec->quality = 55 + (int)render_dice_below(dice, 36);
}

/* Paper reflects a room's light, a screen shines. */
static void choose_light(struct render_dice *dice, struct render_spec *spec) {
    spec->black = spec->phone ? between(dice, 0.005, 0.06) : between(dice, 0.03, 0.08);
    spec->white = spec->phone ? between(dice, 0.55, 1.0) : between(dice, 0.5, 0.8);
    spec->ink_gain_texels = spec->phone ? 0 : spec->ink_gain_texels;
}

static bool inside(const struct render_spec *spec) {
    struct render_lens lens = render_lens_of(spec);
    double half = side_of(spec) / 2 + 1;
    for (int i = 0; i < 4; i++) {
        struct render_point at =
            render_lens_pixel(&lens, i % 2 == 0 ? -half : half, i / 2 == 0 ? -half : half);
        if (at.x < EDGE_PX || at.y < EDGE_PX || at.x > spec->width_px - EDGE_PX ||
            at.y > spec->height_px - EDGE_PX) {
            return false;
        }
    }
    return true;
}

/* Move it towards the middle and then away from the camera until the whole code is in the picture. */
static void fit(struct render_spec *spec) {
    for (int i = 0; i < 60 && !inside(spec); i++) {
        spec->x_px *= 0.8;
        spec->y_px *= 0.8;
        if (fabs(spec->x_px) < 20 && fabs(spec->y_px) < 20) {
            spec->module_px *= 0.96;
            spec->defocus_px *= 0.96;
            spec->motion_px *= 0.96;
        }
    }
}

/* The size and version of a number, and all that is usual. */
static struct render_spec usual(struct render_dice *dice, uint64_t seed, unsigned number) {
    static const uint8_t versions[] = {10, 40, 15, 30, 20, 35, 25};
    bool large = number / 7 % 2 == 1;
    struct render_spec spec = {
        .seed = seed,
        .noise_seed = seed,
        .version = versions[number % 7],
        .width_px = large ? 1920 : 1280,
        .height_px = large ? 1080 : 720,
    };
    choose_panel(dice, &spec);
    choose_pose(dice, &spec);
    choose_camera(dice, &spec);
    return spec;
}

struct render_spec render_sets_frame(enum render_set set, uint64_t seed, unsigned number) {
    unsigned count = 0;
    const struct render_condition *conditions = render_condition_list(set, &count);
    const struct render_condition *condition = &conditions[number % count];
    struct render_dice dice = render_dice_of(seed, (uint64_t)set << 32 | number);
    /* each round begins with another version */
    struct render_spec spec = usual(&dice, render_dice_next(&dice), number / count + number % count * 3);
    spec.module_px = between(&dice, condition->module_from, condition->module_to);
    condition->make(&dice, &spec, side_of(&spec));
    spec.condition = condition->name;
    spec.decoy = set == RENDER_NEGATIVE ? (enum render_decoy)(RENDER_BLANK + number % count) : RENDER_CODE;
    choose_light(&dice, &spec);
    fit(&spec);
    return spec;
}

/* Comes nearer and calms down after two thirds of the time. */
static void approach(struct render_spec *spec, double at, double phase) {
    double left = pow(1 - fmin(1, at / 0.7), 3);
    double way = spec->height_px * 0.3 * left;
    spec->module_px *= 0.55 + 0.45 * (1 - left);
    spec->x_px += way * cos(phase) + 1.5 * sin(27 * at + phase);
    spec->y_px += way * sin(phase) + 1.5 * sin(33 * at + phase);
    spec->turn += 0.2 * left * sin(phase);
    /* three times the way left, over 0.7 of 30 frames, seen for a third of a frame */
    spec->motion_px = 0.6 + 0.35 * 3 * way / 21;
    spec->motion_turn = phase;
    spec->defocus_px = spec->module_px * (0.1 + 0.6 * left);
}

/* A hand that trembles: sharp only where it turns around. */
static void shake(struct render_spec *spec, double at, double phase) {
    double wide = 6 * spec->module_px;
    spec->x_px += wide * sin(21 * at + phase);
    spec->y_px += wide * 0.7 * sin(29 * at + 2 * phase);
    double dx = wide * cos(21 * at + phase) * 21 / 30, dy = wide * 0.7 * cos(29 * at + 2 * phase) * 29 / 30;
    spec->motion_px = 0.35 * hypot(dx, dy);
    spec->motion_turn = atan2(dy, dx);
    spec->tilt += 0.08 * sin(17 * at + phase);
}

/* A lens that hunts for focus. */
static void breathe(struct render_spec *spec, double at, double phase) {
    spec->defocus_px = spec->module_px * (1.6 * (1 - at) * fabs(cos(8 * at + 0.3 * sin(phase))) + 0.15);
    spec->module_px *= 1 + 0.02 * cos(8 * at);
}

struct render_spec render_sets_step(uint64_t seed, unsigned number, unsigned step) {
    static const struct {
        const char *name;
        void (*move)(struct render_spec *spec, double at, double phase);
    } kinds[] = {{"approach", approach}, {"shake", shake}, {"focus", breathe}};
    struct render_dice dice = render_dice_of(seed, (uint64_t)RENDER_SETS << 32 | number);
    struct render_spec spec = usual(&dice, render_dice_next(&dice), number + number / 7);
    double phase = between(&dice, 0, 2 * M_PI);
    spec.module_px = between(&dice, 2.2, 4.5);
    render_condition_typical(&dice, &spec, side_of(&spec));
    spec.inverted = number % 8 == 7;
    spec.phone = spec.phone || spec.inverted;
    spec.quiet_modules = 4;
    choose_light(&dice, &spec);
    fit(&spec);
    spec.condition = kinds[number % 3].name;
    kinds[number % 3].move(&spec, step / (RENDER_SEQUENCE_FRAMES - 1.0), phase);
    spec.noise_seed = spec.seed + step;
    return spec;
}
