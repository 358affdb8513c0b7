/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include "paint/canvas.h"

static struct canvas canvas;

static int open_canvas(void **state) {
    (void)state;
    if (canvas_open(20, 10, &canvas) != ERR_OK) {
        return -1;
    }
    canvas_fill(&canvas, (struct box){0, 0, 20, 10}, 0, 0x000000);
    return 0;
}

static int close_canvas(void **state) {
    (void)state;
    canvas_close(&canvas);
    return 0;
}

static uint32_t at(int x, int y) {
    return canvas.pixels[y * canvas.width_px + x];
}

static void fills_are_cut_at_the_edges(void **state) {
    (void)state;
    canvas_fill(&canvas, (struct box){-5, -5, 10, 10}, 0, 0x112233);
    canvas_fill(&canvas, (struct box){18, 8, 1000, 1000}, 3, 0x445566);
    canvas_fill(&canvas, (struct box){5, 5, -3, 2}, 1, 0xFFFFFF);
    assert_int_equal(at(0, 0), 0xFF112233);
    assert_int_equal(at(4, 4), 0xFF112233);
    assert_int_equal(at(5, 5), 0xFF000000);
    assert_int_equal(at(19, 9), 0xFF000000 | (at(19, 9) & 0xFFFFFF));
}

static void corners_are_round_and_soft(void **state) {
    (void)state;
    canvas_fill(&canvas, (struct box){0, 0, 10, 10}, 5, 0xFFFFFF);
    assert_int_equal(at(0, 0), 0xFF000000);
    assert_int_equal(at(5, 5), 0xFFFFFFFF);
    assert_int_equal(at(4, 0), at(5, 0));
    assert_true((at(1, 1) & 0xFF) > 0 && (at(1, 1) & 0xFF) < 255);
}

static void polygons_are_filled_by_the_winding_number(void **state) {
    (void)state;
    static const struct draw_point square[] = {{2, 2}, {8, 2}, {8, 8}, {2, 8}};
    static const struct draw_point outside[] = {{-30, -30}, {-20, -30}, {-20, -20}};
    canvas_polygon(&canvas, square, 4, 0x00FF00);
    canvas_polygon(&canvas, outside, 3, 0xFF0000);
    canvas_polygon(&canvas, outside, 0, 0xFF0000);
    for (int y = 0; y < 10; y++) {
        for (int x = 0; x < 20; x++) {
            bool in = x >= 2 && x < 8 && y >= 2 && y < 8;
            assert_int_equal(at(x, y), in ? 0xFF00FF00 : 0xFF000000);
        }
    }
}

static void stencils_stay_inside_their_clip(void **state) {
    (void)state;
    uint8_t cover[16];
    memset(cover, 255, sizeof cover);
    cover[0] = 128;
    const struct canvas_stencil stencil = {4, 4, cover};
    canvas_stencil(&canvas, &stencil, 2, 2, (struct box){2, 2, 2, 2}, 0xFFFFFF);
    assert_int_equal(at(3, 3), 0xFFFFFFFF);
    assert_int_equal(at(4, 4), 0xFF000000);
    assert_int_equal(at(2, 2), 0xFF808080);
    canvas_stencil(&canvas, &stencil, -3, -3, (struct box){-100, -100, 500, 500}, 0xFFFFFF);
    canvas_stencil(&canvas, &stencil, 19, 9, (struct box){-100, -100, 500, 500}, 0xFFFFFF);
    assert_int_equal(at(0, 0), 0xFFFFFFFF);
    assert_int_equal(at(19, 9), 0xFF808080);
}

static void holes_are_seen_through(void **state) {
    (void)state;
    canvas_punch(&canvas, (struct box){0, 0, 10, 10}, 5);
    assert_int_equal(at(5, 5) >> 24, 0);
    assert_int_equal(at(0, 0) >> 24, 255);
    assert_true(at(1, 1) >> 24 > 0 && at(1, 1) >> 24 < 255);
    canvas_fill(&canvas, (struct box){4, 4, 2, 2}, 0, 0xFFFFFF);
    assert_int_equal(at(5, 5), 0xFFFFFFFF);
}

static void refuses_a_canvas_of_no_size(void **state) {
    (void)state;
    struct canvas none = {0};
    assert_err(canvas_open(0, 10, &none), ERR_NO_MEMORY);
    assert_err(canvas_open(10, -1, &none), ERR_NO_MEMORY);
    canvas_close(&none);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(fills_are_cut_at_the_edges, open_canvas, close_canvas),
        cmocka_unit_test_setup_teardown(corners_are_round_and_soft, open_canvas, close_canvas),
        cmocka_unit_test_setup_teardown(polygons_are_filled_by_the_winding_number, open_canvas, close_canvas),
        cmocka_unit_test_setup_teardown(stencils_stay_inside_their_clip, open_canvas, close_canvas),
        cmocka_unit_test_setup_teardown(holes_are_seen_through, open_canvas, close_canvas),
        cmocka_unit_test(refuses_a_canvas_of_no_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
