/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <math.h>
#include <stdlib.h>

#include "symbol/finders.h"
#include "symbol/triples.h"
#include "tests/lib/plate.h"
#include "tests/lib/render_dice.h"
#include "tests/lib/scene.h"

/* Without the noise being measured, twice as many and more. */
#define GUESSES_OF_NOISE 300

static struct threshold threshold;
static struct finders finders;

static void find(const struct grey *picture) {
    struct view view = view_of(picture);
    threshold_map(&threshold, &view);
    finders_guess(&finders, &view, &threshold, 2);
    finders_confirm(&finders, &view, &threshold, FINDERS_LOOKS_MAX);
}

/* Distance in pixels of the nearest finder from where a module stands. */
static double nearest_px(const struct plate *plate, double u, double v) {
    double least = 1e9;
    for (int i = 0; i < finders.count; i++) {
        if (finders.found[i].inverted == plate->inverted) {
            struct point m = plate_module(plate, finders.found[i].centre);
            least = fmin(least, hypot(m.x - u, m.y - v) * plate->module_px);
        }
    }
    return least;
}

static void expect_finders(const struct plate *plate) {
    struct grey picture = plate_draw(plate, plate_side(plate), plate_side(plate));
    double far = plate->code->side - 3.5;
    find(&picture);
    double worst =
        fmax(nearest_px(plate, 3.5, 3.5), fmax(nearest_px(plate, far, 3.5), nearest_px(plate, 3.5, far)));
    if (worst > 0.2) {
        fail_msg("a finder is %.2f px off at %.0f degrees", worst, plate->turn_degrees);
    }
    free(picture.pixels);
}

static void finds_centres_to_a_fifth_of_a_pixel(void **state) {
    (void)state;
    struct render_code code;
    plate_code(10, &code);
    for (int degrees = 0; degrees < 360; degrees += 10) {
        struct plate plate = plate_of(&code, 3.7);
        plate.turn_degrees = degrees;
        plate.inverted = degrees % 20 == 0;
        expect_finders(&plate);
    }
}

static void finds_them_when_blurred(void **state) {
    (void)state;
    struct render_code code;
    plate_code(5, &code);
    struct plate plate = plate_of(&code, 4);
    plate.blur_px = 1.6;
    expect_finders(&plate);
}

static void ranks_the_three_of_a_code_first(void **state) {
    (void)state;
    struct render_code code;
    struct triple triples[TRIPLES_MAX];
    plate_code(20, &code);
    struct plate plate = plate_of(&code, 3);
    plate.turn_degrees = 130;
    struct grey picture = plate_draw(&plate, plate_side(&plate), plate_side(&plate));
    find(&picture);
    struct view view = view_of(&picture);
    assert_true(triples_rank(&view, &finders, triples) > 0);
    assert_true(fabs(triples[0].size - code.side) < 3);
    const double places[CORNERS][2] = {{3.5, 3.5}, {code.side - 3.5, 3.5}, {3.5, code.side - 3.5}};
    for (int i = 0; i < CORNERS; i++) {
        struct point m = plate_module(&plate, finders.found[triples[0].finder[i]].centre);
        assert_true(hypot(m.x - places[i][0], m.y - places[i][1]) < 0.5);
    }
    free(picture.pixels);
}

/* A wall of finders: 4096 / 24 squared would be 29,000. */
static void bounds_its_work_on_a_wall_of_finders(void **state) {
    (void)state;
    struct grey wall = scene_blank(LIMIT_FRAME_SIDE_PX, 1200);
    for (uint32_t i = 0; i < wall.width_px * wall.height_px; i++) {
        int x = abs((int)(i % wall.width_px % 27) / 3 - 4), y = abs((int)(i / wall.width_px % 27) / 3 - 4);
        int ring = x > y ? x : y;
        wall.pixels[i] = ring <= 1 || ring == 3 ? 20 : 235;
    }
    struct triple triples[TRIPLES_MAX];
    find(&wall);
    struct view view = view_of(&wall);
    assert_int_equal(finders.count, FINDERS_MAX);
    assert_true(finders.looks <= FINDERS_LOOKS_MAX);
    assert_true(triples_rank(&view, &finders, triples) <= TRIPLES_MAX);
    free(wall.pixels);
}

/* Looking goes on where it stopped; triples are those with a finder of the latest round. */
static void looks_in_rounds(void **state) {
    (void)state;
    struct render_code code;
    struct triple triples[TRIPLES_MAX];
    plate_code(20, &code);
    struct plate plate = plate_of(&code, 3);
    struct grey picture = plate_draw(&plate, plate_side(&plate), plate_side(&plate));
    struct view view = view_of(&picture);
    threshold_map(&threshold, &view);
    finders_guess(&finders, &view, &threshold, 2);
    assert_int_equal(finders.count, 0);
    assert_true(finders.guess_count > 3);
    while (finders.count == 0) {
        int before = finders.looks;
        finders_confirm(&finders, &view, &threshold, 1);
        assert_true(finders.looks > before);
    }
    assert_int_equal(triples_rank(&view, &finders, triples), 0);
    assert_true(finders_confirm(&finders, &view, &threshold, FINDERS_LOOKS_MAX));
    assert_true(finders.count >= 3);
    assert_true(triples_rank(&view, &finders, triples) > 0);
    assert_false(finders_confirm(&finders, &view, &threshold, FINDERS_LOOKS_MAX));
    assert_int_equal(triples_rank(&view, &finders, triples), 0);
    free(picture.pixels);
}

/* Noise makes runs of any ratios, but no contrast above its own. */
static void looks_past_noise(void **state) {
    (void)state;
    struct render_code code;
    plate_code(5, &code);
    struct plate plate = plate_of(&code, 4);
    struct grey picture = plate_draw(&plate, 400, 300);
    struct render_dice dice = render_dice_of(3, 3);
    for (uint32_t i = 0; i < picture.width_px * picture.height_px; i++) {
        double value = 60 + picture.pixels[i] * 0.4 + 10 * render_dice_normal(&dice);
        picture.pixels[i] = (uint8_t)lrint(value);
    }
    find(&picture);
    assert_true(finders.guess_count < GUESSES_OF_NOISE);
    double far = plate.code->side - 3.5;
    assert_true(nearest_px(&plate, 3.5, 3.5) < 1 && nearest_px(&plate, far, 3.5) < 1 &&
                nearest_px(&plate, 3.5, far) < 1);
    free(picture.pixels);
}

static void finds_none_in_gradients(void **state) {
    (void)state;
    struct grey picture = scene_blank(600, 400);
    for (uint32_t i = 0; i < 600 * 400; i++) {
        picture.pixels[i] = (uint8_t)(i % 600 * 255 / 600);
    }
    find(&picture);
    assert_int_equal(finders.count, 0);
    free(picture.pixels);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_centres_to_a_fifth_of_a_pixel),
        cmocka_unit_test(finds_them_when_blurred),
        cmocka_unit_test(ranks_the_three_of_a_code_first),
        cmocka_unit_test(bounds_its_work_on_a_wall_of_finders),
        cmocka_unit_test(looks_in_rounds),
        cmocka_unit_test(looks_past_noise),
        cmocka_unit_test(finds_none_in_gradients),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
