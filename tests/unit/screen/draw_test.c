/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include "screen/draw.h"

static struct draw_list list, other;

static void the_last_target_drawn_is_hit(void **state) {
    (void)state;
    draw_begin(&list, 100, 100);
    draw_touch(&list, (struct box){0, 0, 50, 50}, ACTION_PAUSE);
    draw_touch(&list, (struct box){40, 40, 20, 20}, ACTION_DONE);
    assert_int_equal(draw_hit(&list, 0, 0), ACTION_PAUSE);
    assert_int_equal(draw_hit(&list, 49, 49), ACTION_DONE);
    assert_int_equal(draw_hit(&list, 60, 40), ACTION_NONE);
    assert_int_equal(draw_hit(&list, -1, 5), ACTION_NONE);
    assert_int_equal(draw_hit(&list, 49, 39), ACTION_PAUSE);
}

static void says_when_it_is_full(void **state) {
    (void)state;
    draw_begin(&list, 10, 10);
    for (int i = 0; i < DRAW_OPS_MAX; i++) {
        draw_fill(&list, (struct box){0, 0, 1, 1}, 0, 0);
    }
    assert_false(list.full);
    draw_fill(&list, (struct box){0, 0, 1, 1}, 0, 0);
    assert_true(list.full);
    assert_int_equal(list.op_count, DRAW_OPS_MAX);
}

static void text_is_copied_and_bounded(void **state) {
    (void)state;
    static char much[DRAW_TEXT_BYTES];
    struct draw_style style = {.size_px = 10};
    char text[] = "abc";
    memset(much, 'x', sizeof much);
    draw_begin(&list, 10, 10);
    draw_text(&list, (struct box){0, 0, 9, 9}, style, span_of_text(text));
    text[0] = 'z';
    assert_span_text(draw_text_of(&list, &list.ops[0]), "abc");
    draw_text(&list, (struct box){0}, style, (struct span){0});
    assert_int_equal(list.op_count, 1);
    draw_text(&list, (struct box){0}, style, span_of_bytes(much, sizeof much));
    assert_true(list.full);
    assert_int_equal(list.op_count, 1);
    list.ops[0].text_len = UINT32_MAX;
    assert_int_equal(draw_text_of(&list, &list.ops[0]).len, 0);
}

static void polygons_have_three_points_or_more(void **state) {
    (void)state;
    static const struct draw_point points[DRAW_POINTS_MAX + 1] = {{5, 7}, {9, 2}, {1, 3}};
    draw_begin(&list, 10, 10);
    draw_polygon(&list, points, 3, 0);
    assert_false(list.full);
    assert_int_equal(list.ops[0].box.x, 1);
    assert_int_equal(list.ops[0].box.y, 2);
    assert_int_equal(list.ops[0].box.w, 8);
    draw_polygon(&list, points, 2, 0);
    assert_true(list.full);
    list.full = false;
    draw_polygon(&list, points, DRAW_POINTS_MAX + 1, 0);
    assert_true(list.full);
}

static void any_difference_makes_lists_unequal(void **state) {
    (void)state;
    struct draw_style style = {.size_px = 10};
    draw_begin(&list, 10, 10);
    draw_circle(&list, 5, 5, 2, 0xFF0000);
    draw_text(&list, (struct box){0, 0, 9, 9}, style, span_of_text("a"));
    draw_preview(&list, (struct box){0, 0, 4, 4});
    other = list;
    assert_true(draw_equal(&list, &other));
    other.text[0] = 'b';
    assert_false(draw_equal(&list, &other));
    other = list;
    other.ops[0].colour ^= 1;
    assert_false(draw_equal(&list, &other));
    other = list;
    other.ops[1].direction = DRAW_RTL;
    assert_false(draw_equal(&list, &other));
    other = list;
    other.op_count--;
    assert_false(draw_equal(&list, &other));
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_target_drawn_is_hit),
        cmocka_unit_test(says_when_it_is_full),
        cmocka_unit_test(text_is_copied_and_bounded),
        cmocka_unit_test(polygons_have_three_points_or_more),
        cmocka_unit_test(any_difference_makes_lists_unequal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
