/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <math.h>
#include <stdlib.h>

#include "symbol/region.h"
#include "symbol/rescale.h"
#include "symbol/threshold.h"
#include "tests/lib/render_dice.h"
#include "tests/lib/scene.h"

static struct region_blocks blocks;

/* A code on a large even ground, its corner at (left, top). */
static void place(struct grey *ground, const struct grey *qr, uint32_t left, uint32_t top) {
    for (uint32_t y = 0; y < qr->height_px; y++) {
        memcpy(ground->pixels + (size_t)(top + y) * ground->width_px + left,
               qr->pixels + (size_t)y * qr->width_px, qr->width_px);
    }
}

static void finds_the_largest_code_first(void **state) {
    (void)state;
    struct grey ground = scene_blank(1280, 720);
    struct grey small = scene_qr(span_of_text("small, but long enough to have some modules"), 3);
    struct grey large = scene_qr(span_of_text("large, and as long as the other one, or about"), 7);
    struct box regions[REGION_MAX];
    place(&ground, &small, 900, 100);
    place(&ground, &large, 200, 300);
    struct view view = view_of(&ground);
    assert_true(region_find(&blocks, &view, regions) >= 1);
    int right = regions[0].left + regions[0].width;
    int bottom = regions[0].top + regions[0].height;
    assert_in_range(regions[0].left, 150, 228);
    assert_in_range(regions[0].top, 250, 328);
    assert_in_range(right, 200 + (int)large.width_px - 28, 200 + (int)large.width_px + 60);
    assert_in_range(bottom, 300 + (int)large.height_px - 28, 300 + (int)large.height_px + 60);
    free(small.pixels);
    free(large.pixels);
    free(ground.pixels);
}

static void finds_none_where_nothing_is(void **state) {
    (void)state;
    struct box regions[REGION_MAX];
    const uint32_t sizes[][2] = {{2, 2}, {15, 400}, {16, 16}, {17, 4000}, {640, 480}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct grey blank = scene_blank(sizes[i][0], sizes[i][1]);
        struct view view = view_of(&blank);
        assert_int_equal(region_find(&blocks, &view, regions), 0);
        free(blank.pixels);
    }
}

static void add_noise(struct grey *picture, double deviation) {
    struct render_dice dice = render_dice_of(7, 7);
    for (uint32_t i = 0; i < picture->width_px * picture->height_px; i++) {
        double value = picture->pixels[i] / 2 + 50 + deviation * render_dice_normal(&dice);
        picture->pixels[i] = (uint8_t)lrint(fmin(fmax(value, 0), 255));
    }
}

/* Noise is as busy everywhere; a code in it is busier. */
static void tells_codes_from_noise(void **state) {
    (void)state;
    struct box regions[REGION_MAX];
    struct grey ground = scene_blank(1280, 720);
    struct grey qr = scene_qr(span_of_text("a code that stands in the dark of a hall"), 4);
    add_noise(&ground, 12);
    struct view view = view_of(&ground);
    assert_int_equal(region_find(&blocks, &view, regions), 0);
    memset(ground.pixels, 255, (size_t)ground.width_px * ground.height_px);
    place(&ground, &qr, 300, 200);
    add_noise(&ground, 12);
    assert_int_equal(region_find(&blocks, &view, regions), 1);
    assert_in_range(regions[0].left, 230, 316);
    assert_in_range(regions[0].left + regions[0].width, 284 + (int)qr.width_px, 300 + (int)qr.width_px + 60);
    free(qr.pixels);
    free(ground.pixels);
}

static void levels_are_means_of_the_neighbourhood(void **state) {
    (void)state;
    static struct threshold threshold;
    struct grey picture = scene_blank(200, 100);
    for (uint32_t i = 0; i < 200 * 100; i++) {
        picture.pixels[i] = i % 200 < 100 ? 40 : 200;
    }
    struct view view = view_of(&picture);
    threshold_map(&threshold, &view);
    assert_true(threshold_at(&threshold, &view, (struct point){10, 50}) == 40);
    assert_true(threshold_at(&threshold, &view, (struct point){190, 99}) == 200);
    double middle = threshold_at(&threshold, &view, (struct point){100, 50});
    assert_true(middle > 100 && middle < 140);
    view.inverted = true;
    assert_true(threshold_at(&threshold, &view, (struct point){10, 50}) == 215);
    free(picture.pixels);
}

static void rescales(void **state) {
    (void)state;
    uint8_t pixels[6 * 4], half[3 * 2], soft[6 * 4], spare[3 * 24], large[4 * 24];
    for (int i = 0; i < 24; i++) {
        pixels[i] = (uint8_t)(i % 6 * 20);
    }
    struct view view = {pixels, 6, 4, 6, false, NULL};
    struct view halved = rescale_half(&view, half);
    assert_int_equal(halved.width_px, 3);
    assert_int_equal(halved.height_px, 2);
    assert_int_equal(half[4], 50);
    rescale_blurred(&view, soft);
    assert_int_equal(soft[8], 40);
    struct view doubled = rescale_double(&view, spare, large);
    assert_int_equal(doubled.width_px, 12);
    assert_int_equal(doubled.height_px, 8);
    for (int x = 4; x < 8; x++) {
        assert_in_range(large[3 * 12 + x], x * 10 - 6, x * 10 - 4);
    }
}

static void looks_between_pixels(void **state) {
    (void)state;
    const uint8_t pixels[] = {0, 100, 50, 150};
    struct view view = {pixels, 2, 2, 2, false, NULL};
    assert_true(view_at(&view, (struct point){0.5, 0.5}) == 0);
    assert_true(view_at(&view, (struct point){1, 1}) == 75);
    assert_true(view_at(&view, (struct point){-7, -7}) == 0);
    assert_true(view_at(&view, (struct point){0.0 / 0.0, 1.0 / 0.0}) >= 0);
    view.inverted = true;
    assert_true(view_at(&view, (struct point){1, 1}) == 180);
    assert_false(view_holds(&view, (struct point){2, 1}));
    assert_false(view_holds(&view, (struct point){0.0 / 0.0, 1}));
}

/* Any length is covered from end to end, by parts that are no longer than asked and share enough. */
static void parts_cover_a_view(void **state) {
    (void)state;
    for (int width = 1; width < 700; width += 3) {
        struct view view = {.width_px = width, .height_px = 250};
        int count = region_parts(&view, 100, 30);
        int columns = count / 4; /* 250 are covered by starts of 0, 50, 100 and 150 */
        assert_int_equal(count % 4, 0);
        for (int i = 0; i < count; i++) {
            struct box box = region_part(&view, 100, 30, i);
            struct box next = region_part(&view, 100, 30, i + (i % columns < columns - 1));
            assert_int_equal(box.width, width < 100 ? width : 100);
            assert_int_equal(box.top, i / columns * 50);
            assert_true(i % columns > 0 || box.left == 0);
            assert_true(i % columns < columns - 1 || box.left + box.width == width);
            assert_true(box.left + box.width - next.left >= 30 || box.width < 30);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_largest_code_first),
        cmocka_unit_test(finds_none_where_nothing_is),
        cmocka_unit_test(tells_codes_from_noise),
        cmocka_unit_test(levels_are_means_of_the_neighbourhood),
        cmocka_unit_test(rescales),
        cmocka_unit_test(looks_between_pixels),
        cmocka_unit_test(parts_cover_a_view),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
