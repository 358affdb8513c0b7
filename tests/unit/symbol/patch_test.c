/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <math.h>
#include <stdlib.h>

#include "symbol/patch.h"
#include "tests/lib/plate.h"
#include "tests/lib/scene.h"

#define WIDTH  640
#define HEIGHT 480

static struct cells cells;

/* A code of version 16 (81 modules) around a place. */
static struct grey code_at(double x_px, double y_px, double module_px, double blur_px) {
    static struct render_code code;
    plate_code(16, &code);
    struct plate plate = {.code = &code, .module_px = module_px, .middle = {x_px, y_px}, .blur_px = blur_px};
    return plate_draw(&plate, WIDTH, HEIGHT);
}

static struct patch patch_of(struct grey picture, int cell_px) {
    struct patch out;
    struct view view = view_of(&picture);
    (void)patch_find(&cells, &view, cell_px, &out);
    free(picture.pixels);
    return out;
}

static void a_code_is_found_where_it_is_and_measures_like_one(void **state) {
    (void)state;
    struct patch patch = patch_of(code_at(300, 220, 3, 0.6), 8);
    assert_in_range(patch.box.left, 300 - 122 - 24, 300 - 122 + 24);
    assert_in_range(patch.box.left + patch.box.width, 300 + 122 - 24, 300 + 122 + 24);
    assert_in_range(patch.box.top, 220 - 122 - 24, 220 - 122 + 24);
    assert_in_range(patch.box.top + patch.box.height, 220 + 122 - 24, 220 + 122 + 24);
    assert_true(patch.fill > 0.8 && patch.pairs > 300);
    assert_true(fabs(patch.along - 0.5) < 0.1 && fabs(patch.down - 0.5) < 0.1);
    assert_in_range(patch.median, 110, 150);
    assert_in_range(patch.lighter, 228, 231);
    assert_in_range(patch.light, 220, 231);
    assert_int_equal(patch.borders, 0);
    assert_true(patch.clipped == 0);
}

static void blur_makes_steps_flat_and_levels_middling(void **state) {
    (void)state;
    struct patch sharp = patch_of(code_at(320, 240, 4, 0.6), 8), soft = patch_of(code_at(320, 240, 4, 5), 8);
    assert_true(sharp.steep > 0.8 && sharp.middling < 0.2);
    assert_true(soft.steep < 0.3 && soft.middling > 0.25);
    assert_true(sharp.steepest >= sharp.steep && soft.steepest >= soft.steep);
}

static void modules_as_small_as_pixels_are_fine(void **state) {
    (void)state;
    assert_true(patch_of(code_at(320, 240, 0.9, 0.3), 4).fineness > 0.6);
    assert_true(patch_of(code_at(320, 240, 4, 0.6), 8).fineness < 0.35);
}

static void each_border_that_cuts_a_code_is_named(void **state) {
    (void)state;
    static const struct {
        double x_px, y_px;
        unsigned borders;
    } cases[] = {{0, 240, PATCH_LEFT},        {WIDTH, 240, PATCH_RIGHT},      {320, 0, PATCH_TOP},
                 {320, HEIGHT, PATCH_BOTTOM}, {0, 0, PATCH_LEFT | PATCH_TOP}, {131, 240, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(patch_of(code_at(cases[i].x_px, cases[i].y_px, 3, 0.5), 8).borders,
                         cases[i].borders);
    }
}

/* White paper around a code is as bright as a lamp in it, but has no texture on three sides. */
static void a_lamp_is_told_from_white_paper(void **state) {
    (void)state;
    struct grey picture = code_at(320, 240, 4, 0.5);
    for (size_t i = 0; i < WIDTH * HEIGHT; i++) {
        picture.pixels[i] = picture.pixels[i] > 200 ? 255 : picture.pixels[i];
    }
    struct grey with_lamp = {malloc(WIDTH * HEIGHT), WIDTH, HEIGHT};
    memcpy(with_lamp.pixels, picture.pixels, WIDTH * HEIGHT);
    for (int y = 170; y < 310; y++) {
        memset(with_lamp.pixels + (size_t)y * WIDTH + 250, 255, 140);
    }
    assert_true(patch_of(picture, 8).clipped < 0.02);
    assert_true(patch_of(with_lamp, 8).clipped > 0.08);
}

static void bars_change_in_one_direction_only(void **state) {
    (void)state;
    struct grey picture = code_at(320, 240, 4, 0.5);
    for (size_t y = 80; y < 400; y++) {
        memcpy(picture.pixels + y * WIDTH, picture.pixels + (80 + (y - 80) / 80 * 80 + 3) * WIDTH, WIDTH);
    }
    struct patch patch = patch_of(picture, 8);
    assert_true(patch.pairs == 0 || patch.along > 2 * patch.down);
}

static void what_is_flat_or_too_small_has_no_patch(void **state) {
    (void)state;
    static const uint32_t sizes[][2] = {{WIDTH, HEIGHT}, {31, 31}, {1, 1}, {2000, 24}, {4096, 4096}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        assert_int_equal(patch_of(scene_blank(sizes[i][0], sizes[i][1]), 8).box.width, 0);
        assert_int_equal(patch_of(scene_blank(sizes[i][0], sizes[i][1]), 4).box.width, 0);
    }
}

static void a_cell_is_the_mean_of_its_lines(void **state) {
    (void)state;
    struct grey picture = scene_blank(64, 64);
    for (size_t i = 0; i < (size_t)64 * 64; i++) {
        picture.pixels[i] = (uint8_t)(i % 64 / 8 * 20 + i / 64 / 8);
    }
    struct view view = view_of(&picture);
    assert_true(cells_cut(&cells, &view, 8));
    assert_int_equal(cells.columns, 8);
    assert_int_equal(cells.tile_columns, 2);
    for (int i = 0; i < 64; i++) {
        assert_int_equal(cells.mean[i], i % 8 * 20 + i / 8);
    }
    free(picture.pixels);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_code_is_found_where_it_is_and_measures_like_one),
        cmocka_unit_test(blur_makes_steps_flat_and_levels_middling),
        cmocka_unit_test(modules_as_small_as_pixels_are_fine),
        cmocka_unit_test(each_border_that_cuts_a_code_is_named),
        cmocka_unit_test(a_lamp_is_told_from_white_paper),
        cmocka_unit_test(bars_change_in_one_direction_only),
        cmocka_unit_test(what_is_flat_or_too_small_has_no_patch),
        cmocka_unit_test(a_cell_is_the_mean_of_its_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
