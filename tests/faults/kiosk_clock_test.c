/* SPDX-License-Identifier: Apache-2.0 */
/* kiosk_clock_test: the real programs on board sim, whose script breaks the clocks. */
#include "tests/lib/check.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "kiosk/floor.h"
#include "tests/lib/rig.h"

#define SOON_MS 30000
#define HOURS   "empty 60\nclock pass 7200\n"
#define BADGE   "frame good.jpg for 1200 ms\nempty 60\n"

static void assert_answer(struct rig *rig, const char *script, const char *row) {
    char table[2048];
    rig_put_script(rig, script);
    (void)rig_tour(rig, table, sizeof table);
    if (strstr(table, row) == NULL) {
        fail_msg("\"%s\" is not in\n%s", row, table);
    }
}

static void each_clock_counts_as_far_as_it_can_be_relied_on(void **state) {
    struct rig *rig = *state;
    assert_answer(rig, "clock unset\nclock rtc 2026-08-30\nempty 10\nscene battery\n" BADGE,
                  "battery\tvalid\tok\t");
    assert_answer(rig,
                  "clock unset\nclock rtc 2026-08-30\nclock rtc stopped\nempty 10\nscene stopped\n" BADGE,
                  "stopped\tvalid_note\tstatus_stale\t");
    assert_answer(rig, "clock 1970-01-01\nclock rtc 2026-08-28\nempty 10\nscene below\n" BADGE,
                  "below\tvalid_note\tstatus_stale\t");
    assert_answer(rig, "clock 2026-08-30\nclock rtc 2026-08-31\nempty 10\nscene both\n" BADGE,
                  "both\tvalid_note\tstatus_stale\t");
    assert_true(rig_count(rig, "clock source=disagree") > 0);
}

static void a_clock_that_jumps_is_not_followed(void **state) {
    struct rig *rig = *state;
    assert_answer(rig, "clock 2026-08-30\nempty 60\nclock 2028-08-30\nempty 60\nscene forward\n" BADGE,
                  "forward\tvalid_note\t");
    assert_answer(rig, "clock 2026-08-30\nempty 60\nclock 1970-01-01\nempty 60\nscene epoch\n" BADGE,
                  "epoch\tvalid\tok\t");
}

/* What a floor of the data folder says without any uptime. */
static int64_t kept_floor(const struct rig *rig) {
    char path[PATH_MAX];
    struct store_port store = {0};
    struct floor floor = {0};
    testpack_path(&rig->pack, "data", path);
    int folder = open(path, O_RDONLY | O_DIRECTORY);
    assert_ok(store_open(folder, &store));
    floor_open(&store, 0, 0, 0, &floor);
    store_close(&store);
    close(folder);
    return floor_at(&floor, 0);
}

static void the_floor_grows_with_the_uptime_and_outlives_a_kill(void **state) {
    struct rig *rig = *state;
    rig_put_script(rig, "clock unset\n" HOURS HOURS HOURS HOURS HOURS "empty 6000\n");
    rig_run(rig);
    assert_true(rig_wait(rig, "floor root=1", 1, SOON_MS));
    for (int i = 0; i < 600 && kept_floor(rig) < TESTPACK_IAT_S + 7200; i++) {
        usleep(50000);
    }
    assert_in_range(kept_floor(rig), TESTPACK_IAT_S + 7200, TESTPACK_IAT_S + 5 * 7200 + 120);
    assert_int_equal(rig_end(rig), 0);
    /* a battery clock that reads less than that is ill, though it lies above the list's own date */
    assert_answer(rig, "clock unset\nclock rtc 2026-08-29T11:40:00Z\nempty 10\nscene late\n" BADGE,
                  "late\tvalid_note\tstatus_stale\t");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_clock_counts_as_far_as_it_can_be_relied_on, rig_with_badge,
                                        rig_done),
        cmocka_unit_test_setup_teardown(a_clock_that_jumps_is_not_followed, rig_with_badge, rig_done),
        cmocka_unit_test_setup_teardown(the_floor_grows_with_the_uptime_and_outlives_a_kill, rig_with_badge,
                                        rig_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
