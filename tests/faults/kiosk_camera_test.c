/* SPDX-License-Identifier: Apache-2.0 */
/* kiosk_camera_test: the real programs on board sim, and a camera that fails them. */
#include "tests/lib/check.h"

#include "tests/lib/rig.h"

/* Generous: the machine may be busy; what is promised within a second is measured apart. */
#define SOON_MS 20000
/* A badge that comes and goes. */
#define COMES_AND_GOES "scene good\nframe good.jpg for 600 ms\nempty 50\n"

static void a_camera_that_was_unplugged_comes_back(void **state) {
    struct rig *rig = *state;
    rig_put_script(rig, RIG_CLOCK "empty 20\nunplug\ntimeout 500\nplug\n" COMES_AND_GOES);
    rig_run(rig);
    assert_true(rig_wait(rig, "camera lost=ERR_CAMERA_GONE", 1, SOON_MS));
    assert_true(rig_wait(rig, "camera found", 2, SOON_MS));
    assert_true(rig_wait(rig, "verdict class=valid", 1, SOON_MS));
    assert_int_equal(rig_end(rig), 0);
}

static void a_camera_that_was_never_there_is_not_called_unplugged(void **state) {
    struct rig *rig = *state;
    rig_put_script(rig, RIG_CLOCK "unplug\ntimeout 12000\nplug\nempty 60\n" COMES_AND_GOES);
    rig_run(rig);
    assert_true(rig_wait(rig, "out_of_order problem=ERR_CAMERA_NONE", 1, SOON_MS));
    assert_true(rig_wait(rig, "verdict class=valid", 1, SOON_MS));
    assert_int_equal(rig_count(rig, "ERR_CAMERA_GONE"), 0);
    assert_int_equal(rig_end(rig), 0);
}

static void cut_pictures_are_passed_over(void **state) {
    struct rig *rig = *state;
    rig_put_script(rig, RIG_CLOCK
                   "empty 10\nframe good.jpg\nframe cut 900 for 20 frames\nframe cut 3 for 20 frames\n"
                   "flip 4000 for 20 frames\n" COMES_AND_GOES);
    rig_run(rig);
    assert_true(rig_wait(rig, "verdict class=valid", 1, SOON_MS));
    assert_int_equal(rig_count(rig, "process=reader"), 0);
    assert_int_equal(rig_end(rig), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_camera_that_was_unplugged_comes_back, rig_with_badge, rig_done),
        cmocka_unit_test_setup_teardown(a_camera_that_was_never_there_is_not_called_unplugged, rig_with_badge,
                                        rig_done),
        cmocka_unit_test_setup_teardown(cut_pictures_are_passed_over, rig_with_badge, rig_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
