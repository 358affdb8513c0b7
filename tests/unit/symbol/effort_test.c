/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdlib.h>

#include "base/limits.h"
#include "symbol/passes.h"
#include "tests/lib/render_dice.h"
#include "tests/lib/scene.h"

/* What the step that overdraws an account may cost, at most: a search for finders, of so much a pixel, or one code of
 * version 40 that is laid, sampled and tried once. */
#define OVERDRAFT_OF_PIXEL 4u
#define OVERDRAFT_OF_CODE  16000000u

static struct passes *passes;
static struct scanner *scanner;

static int start(void **state) {
    (void)state;
    return passes_start(&passes) == ERR_OK && scanner_start(&scanner) == ERR_OK ? 0 : -1;
}

static int stop(void **state) {
    (void)state;
    passes_stop(passes);
    scanner_stop(scanner);
    return 0;
}

static struct grey drawn(uint32_t width_px, uint32_t height_px, uint8_t draw(uint32_t x, uint32_t y)) {
    struct grey out = scene_blank(width_px, height_px);
    for (size_t i = 0; i < (size_t)width_px * height_px; i++) {
        out.pixels[i] = draw((uint32_t)(i % width_px), (uint32_t)(i / width_px));
    }
    return out;
}

static uint8_t grain(uint32_t x, uint32_t y) {
    struct render_dice dice = render_dice_of(x, y);
    return (uint8_t)render_dice_next(&dice);
}

static uint8_t coarse(uint32_t x, uint32_t y) {
    return grain(x / 3, y / 3) < 128 ? 0 : 255;
}

static uint8_t gradient(uint32_t x, uint32_t y) {
    return (uint8_t)(x * 3 ^ y);
}

static uint8_t checkers(uint32_t x, uint32_t y) {
    return (x / 2 + y / 2) % 2 == 0 ? 0 : 255;
}

static uint8_t ring_of(uint32_t x, uint32_t y, uint32_t module_px) {
    int across = abs((int)(x / module_px % 9) - 4), down = abs((int)(y / module_px % 9) - 4);
    int ring = across > down ? across : down;
    return ring <= 1 || ring == 3 ? 10 : 240;
}

static uint8_t fine_wall(uint32_t x, uint32_t y) {
    return ring_of(x, y, 2);
}

static uint8_t wall(uint32_t x, uint32_t y) {
    return ring_of(x, y, 5);
}

/* Dark and light in 1:1:3:1:1, over and over, without any border across. */
static uint8_t stripes(uint32_t x, uint32_t y) {
    (void)y;
    return ring_of(x, 4 * 3, 3);
}

/* Finders far enough apart to be codes, with data between. */
static uint8_t crowd(uint32_t x, uint32_t y) {
    return x % 120 < 27 && y % 120 < 27 ? ring_of(x % 120, y % 120, 3) : coarse(x, y);
}

static void expect_bounded(struct grey picture, bool every) {
    static struct harvest harvest;
    enum pass won;
    struct view view = view_of(&picture);
    assert_ok(passes_read(passes, scanner, &view, every, &harvest, &won));
    const struct effort *effort = passes_effort(passes);
    assert_int_equal(effort->most, every ? PASSES_EFFORT_THOROUGH : PASSES_EFFORT_FRAME);
    uint64_t pixels = (uint64_t)picture.width_px * picture.height_px;
    if (effort->spent > effort->most + OVERDRAFT_OF_PIXEL * pixels + OVERDRAFT_OF_CODE) {
        fail_msg("%u x %u cost %llu units", picture.width_px, picture.height_px,
                 (unsigned long long)effort->spent);
    }
    assert_true(picture.width_px < 16 || effort->spent >= picture.width_px * picture.height_px / 2);
    free(picture.pixels);
}

static void spends_no_more_than_it_may(void **state) {
    (void)state;
    uint8_t (*const draws[])(uint32_t, uint32_t) = {grain,     coarse, gradient, checkers,
                                                    fine_wall, wall,   stripes,  crowd};
    for (size_t i = 0; i < sizeof draws / sizeof *draws; i++) {
        expect_bounded(drawn(1280, 720, draws[i]), false);
        expect_bounded(drawn(1280, 720, draws[i]), true);
        expect_bounded(drawn(1920, 1080, draws[i]), false);
        expect_bounded(drawn(1, 1, draws[i]), true);
        expect_bounded(drawn(40, 2000, draws[i]), true);
    }
    expect_bounded(drawn(LIMIT_FRAME_SIDE_PX, LIMIT_FRAME_SIDE_PX, wall), true);
    expect_bounded(drawn(LIMIT_FRAME_SIDE_PX, LIMIT_FRAME_SIDE_PX, coarse), false);
}

static void counts_what_is_left(void **state) {
    (void)state;
    struct effort effort = {.most = 100};
    effort_spend(&effort, 60);
    assert_true(effort_is_left(&effort) && effort_affords(&effort, 40));
    assert_false(effort_affords(&effort, 41));
    effort_spend(&effort, 60);
    assert_int_equal(effort.spent, 120);
    assert_false(effort_is_left(&effort) || effort_affords(&effort, 0));
}

static void takes_nothing_from_no_account(void **state) {
    (void)state;
    struct effort empty = {0};
    effort_spend(NULL, 1);
    assert_true(effort_is_left(NULL) && effort_affords(NULL, UINT64_MAX));
    assert_false(effort_is_left(&empty));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spends_no_more_than_it_may),
        cmocka_unit_test(counts_what_is_left),
        cmocka_unit_test(takes_nothing_from_no_account),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
