/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "symbol/symbol.h"
#include "symbol/unblur.h"
#include "tests/lib/plate.h"
#include "tests/lib/scene.h"

static struct blur_memory memory;
static struct unblur unblur;
static struct fourier fourier;

/* A wave of so many cycles a side, in both directions. */
static void draw_wave(int side, int across, int down) {
    memset(&fourier, 0, sizeof fourier);
    for (int i = 0; i < side * side; i++) {
        double turns = (double)(across * (i % side) + down * (i / side)) / side;
        fourier.real[i] = (float)cos(2 * M_PI * turns);
    }
}

static void a_wave_is_one_place_and_its_opposite(void **state) {
    (void)state;
    for (int side = 8; side <= FOURIER_SIDE_MAX; side *= 2) {
        draw_wave(side, 3, 1);
        fourier_forward(&fourier, side);
        int opposite = (side - 1) * side + side - 3;
        for (int i = 0; i < side * side; i++) {
            double want = i == side + 3 || i == opposite ? side * side / 2 : 0;
            assert_true(fabs(hypot((double)fourier.real[i], (double)fourier.imaginary[i]) - want) <
                        1e-3 * side);
        }
        assert_true(fabs(fourier_cycles(side - 3, side) + 3.0 / side) < 1e-12);
    }
}

static void back_again_is_what_was(void **state) {
    (void)state;
    for (int i = 0; i < FOURIER_MAX; i++) {
        fourier.real[i] = (float)(i * 37 % 101);
        fourier.imaginary[i] = (float)(i * 11 % 53);
    }
    fourier_forward(&fourier, FOURIER_SIDE_MAX);
    fourier_back(&fourier, FOURIER_SIDE_MAX);
    for (int i = 0; i < FOURIER_MAX; i++) {
        assert_true(fabs((double)fourier.real[i] - i * 37 % 101) < 0.01);
        assert_true(fabs((double)fourier.imaginary[i] - i * 11 % 53) < 0.01);
    }
}

#define STEPS_MAX 400

/* Where the light of one place goes, px from it. */
static int steps_of(const struct blur *blur, struct point steps[STEPS_MAX]) {
    int count = 0;
    for (int k = 0; k < 33 * 33 && count < STEPS_MAX; k++) {
        struct point disc = {k % 33 - 16, k / 33 - 16};
        double along = (k - 33 * 33 / 2) * 0.25;
        if (blur->kind == BLUR_DISC && hypot(disc.x, disc.y) <= blur->reach_px) {
            steps[count++] = disc;
        } else if (blur->kind == BLUR_STREAK && fabs(along) <= blur->reach_px / 2) {
            steps[count++] = (struct point){along * cos(blur->angle), along * sin(blur->angle)};
        }
    }
    return count;
}

/* Blur a picture as a lens or a hand would. */
static struct grey spread(const struct grey *from, const struct blur *blur) {
    struct grey out = scene_blank(from->width_px, from->height_px);
    struct view view = view_of(from);
    struct point steps[STEPS_MAX];
    int count = steps_of(blur, steps);
    for (uint32_t i = 0; i < from->width_px * from->height_px; i++) {
        double sum = 0;
        for (int k = 0; k < count; k++) {
            sum += view_at(&view, (struct point){i % from->width_px + 0.5 + steps[k].x,
                                                 (double)(i / from->width_px) + 0.5 + steps[k].y});
        }
        out.pixels[i] = (uint8_t)(sum / count + 0.5);
    }
    return out;
}

static struct grey draw(const struct render_code *code, double module_px) {
    struct plate plate = plate_of(code, module_px);
    plate.turn_degrees = 8;
    return plate_draw(&plate, plate_side(&plate), plate_side(&plate));
}

static const struct blur BLURS[] = {
    {.kind = BLUR_DISC, .reach_px = 3.2},
    {.kind = BLUR_DISC, .reach_px = 4.3},
    {.kind = BLUR_DISC, .reach_px = 5.5},
    {.kind = BLUR_STREAK, .reach_px = 7, .angle = 0},
    {.kind = BLUR_STREAK, .reach_px = 7, .angle = M_PI * 2 / 3},
    {.kind = BLUR_STREAK, .reach_px = 9, .angle = M_PI / 4},
};
#define BLUR_COUNT (sizeof BLURS / sizeof *BLURS)

static void tells_blurs_from_the_picture_alone(void **state) {
    (void)state;
    struct render_code code;
    plate_code(10, &code);
    for (size_t i = 0; i < BLUR_COUNT; i++) {
        struct grey sharp = draw(&code, 4.6);
        struct grey soft = spread(&sharp, &BLURS[i]);
        struct view view = view_of(&soft);
        struct blur found[BLUR_KINDS];
        blur_estimate(&memory, &view, found);
        const struct blur *blur = blur_choose(found);
        if (blur == NULL || blur->kind != BLURS[i].kind) {
            fail_msg("blur %zu: disc %.2f, streak %.2f sure", i, found[BLUR_DISC].sure,
                     found[BLUR_STREAK].sure);
        } else if (fabs(blur->reach_px / BLURS[i].reach_px - 1) > 0.15 ||
                   (blur->kind == BLUR_STREAK && fabs(sin(blur->angle - BLURS[i].angle)) > 0.12)) {
            fail_msg("blur %zu is taken for %.2f px at %.2f", i, blur->reach_px, blur->angle);
        }
        free(soft.pixels);
        free(sharp.pixels);
    }
}

static struct grey noise(uint32_t width_px, uint32_t height_px) {
    struct grey out = scene_blank(width_px, height_px);
    uint32_t state = 1;
    for (size_t i = 0; i < (size_t)width_px * height_px; i++) {
        state = state * 1664525 + 1013904223;
        out.pixels[i] = (uint8_t)(state >> 24);
    }
    return out;
}

static void sees_no_blur_where_there_is_none(void **state) {
    (void)state;
    struct grey pictures[] = {scene_blank(300, 300), scene_blank(100, 300), scene_blank(300, 127),
                              noise(300, 300)};
    for (size_t i = 0; i < sizeof pictures / sizeof *pictures; i++) {
        struct view view = view_of(&pictures[i]);
        struct blur found[BLUR_KINDS];
        blur_estimate(&memory, &view, found);
        if (blur_choose(found) != NULL) {
            fail_msg("picture %zu: disc %.1f (%.2f), streak %.1f (%.2f)", i, found[BLUR_DISC].reach_px,
                     found[BLUR_DISC].sure, found[BLUR_STREAK].reach_px, found[BLUR_STREAK].sure);
        }
        free(pictures[i].pixels);
    }
}

static double difference(const struct grey *a, const struct grey *b) {
    double sum = 0;
    for (size_t i = 0; i < (size_t)a->width_px * a->height_px; i++) {
        sum += abs(a->pixels[i] - b->pixels[i]);
    }
    return sum / a->width_px / a->height_px;
}

/* A picture of several squares: what was undone is far nearer to what was. */
static void undoes_a_blur(void **state) {
    (void)state;
    struct render_code code;
    plate_code(15, &code);
    for (size_t i = 0; i < BLUR_COUNT; i++) {
        struct grey sharp = draw(&code, 4.6);
        struct grey soft = spread(&sharp, &BLURS[i]);
        struct grey clear = scene_blank(soft.width_px, soft.height_px);
        struct view view = view_of(&soft);
        view.effort = &(struct effort){0};
        struct view out = unblur_view(&unblur, &view, &BLURS[i], clear.pixels);
        assert_ptr_equal(out.pixels, clear.pixels);
        assert_int_equal(out.stride_px, clear.width_px);
        assert_true(view.effort->spent >= (uint64_t)view.width_px * (uint64_t)view.height_px);
        if (difference(&clear, &sharp) > 0.75 * difference(&soft, &sharp)) {
            fail_msg("blur %zu: %.1f grey levels from the truth, of %.1f before", i,
                     difference(&clear, &sharp), difference(&soft, &sharp));
        }
        free(clear.pixels);
        free(soft.pixels);
        free(sharp.pixels);
    }
}

static void reads_codes_out_of_focus_or_moved(void **state) {
    (void)state;
    struct symbol_reader *reader;
    struct render_code code;
    plate_code(10, &code);
    assert_ok(symbol_start(&reader));
    for (size_t i = 0; i < BLUR_COUNT; i++) {
        struct grey sharp = draw(&code, 4.6);
        struct grey soft = spread(&sharp, &BLURS[i]);
        struct symbols out;
        assert_ok(symbol_read(reader, &soft, true, &out));
        if (out.count != 1 || !span_equal(out.payloads[0], span_of_bytes(code.payload, code.payload_len))) {
            fail_msg("blur %zu is not read", i);
        }
        free(soft.pixels);
        free(sharp.pixels);
    }
    symbol_stop(reader);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_wave_is_one_place_and_its_opposite),
        cmocka_unit_test(back_again_is_what_was),
        cmocka_unit_test(tells_blurs_from_the_picture_alone),
        cmocka_unit_test(sees_no_blur_where_there_is_none),
        cmocka_unit_test(undoes_a_blur),
        cmocka_unit_test(reads_codes_out_of_focus_or_moved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
