/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <math.h>

#include "symbol/homography.h"

#define SIZE 57

/* A camera's view of a tilted code. */
static struct point seen(double u, double v) {
    double depth = 1 + 0.004 * u - 0.002 * v;
    return (struct point){(300 + 6 * u + 0.7 * v) / depth, (200 - 0.9 * u + 5 * v) / depth};
}

static int constrain(struct constraint *out, double u, double v, bool from_end) {
    out[0] = (struct constraint){.at = seen(u, v), .module = u, .weight = 1};
    out[1] = (struct constraint){.at = seen(u, v), .module = from_end ? v - SIZE : v, .weight = 1};
    out[1].along_v = true;
    out[1].from_end = from_end;
    return 2;
}

static void finds_the_plane_of_known_corners(void **state) {
    (void)state;
    struct constraint constraints[8];
    struct homography h;
    double rms;
    int count = 0;
    for (int i = 0; i < 4; i++) {
        count += constrain(constraints + count, i % 2 * SIZE, i / 2 * SIZE, i / 2 == 1);
    }
    assert_true(homography_fit(constraints, count, SIZE, (struct point){400, 300}, 300, &h, &rms));
    assert_true(rms < 1e-6);
    for (int i = 0; i <= SIZE; i += 3) {
        struct point expected = seen(i, SIZE - i / 2.0);
        struct point at = homography_place(&h, i, SIZE - i / 2.0);
        struct point back = homography_module(&h, expected);
        assert_true(hypot(at.x - expected.x, at.y - expected.y) < 1e-5);
        assert_true(hypot(back.x - i, back.y - SIZE + i / 2.0) < 1e-6);
    }
}

static void says_how_far_a_constraint_is_missed(void **state) {
    (void)state;
    struct constraint constraints[10];
    struct homography h;
    double rms;
    int count = 0;
    for (int i = 0; i < 4; i++) {
        count += constrain(constraints + count, i % 2 * SIZE, i / 2 * SIZE, false);
    }
    assert_true(homography_fit(constraints, count, SIZE, (struct point){400, 300}, 300, &h, &rms));
    struct constraint wrong = {.at = seen(20, 20), .module = 18.5, .weight = 1};
    assert_true(fabs(homography_miss(&h, &wrong, SIZE) - 1.5) < 1e-6);
}

static void refuses_what_determines_no_plane(void **state) {
    (void)state;
    struct constraint constraints[16];
    struct homography h = {.scale_px = 7};
    double rms;
    int count = 0;
    for (int i = 0; i < 8; i++) {
        count += constrain(constraints + count, i, 2 * i, false);
    }
    assert_false(homography_fit(constraints, count, SIZE, (struct point){300, 200}, 300, &h, &rms));
    assert_false(homography_fit(constraints, 0, SIZE, (struct point){300, 200}, 300, &h, &rms));
    assert_true(h.scale_px == 7);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_plane_of_known_corners),
        cmocka_unit_test(says_how_far_a_constraint_is_missed),
        cmocka_unit_test(refuses_what_determines_no_plane),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
