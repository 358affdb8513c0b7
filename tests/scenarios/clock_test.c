/* SPDX-License-Identifier: Apache-2.0 */
/* clock_test: what a visitor is told of a genuine badge when the kiosk's clocks are at fault. */
#include "tests/lib/check.h"

#include "tests/lib/scenario.h"

#define FLOOR TESTPACK_IAT_S
#define NOW   WORLD_NOW_S
#define DAY   TESTPACK_DAY_S
#define YEAR  (365 * TESTPACK_DAY_S)

/* Two looks at the clocks, 100 seconds apart; 0: there is no such clock. */
struct look {
    int64_t system_s, rtc_s, staff_s;
};

struct fault {
    const char *name;
    struct look looks[2];
    int64_t floor_s;                      /* 0: FLOOR */
    enum verdict_reason reason, required; /* as it is, and where kiosk.ini says that a clock is required */
    const char *checks;                   /* as in struct scenario */
    enum verdict_sentence dates;
};

#define GREEN   REASON_OK, REASON_OK, "PPPNNPN", SENTENCE_DATES_IN_FORCE
#define AMBER   REASON_DATES_UNKNOWN, REASON_CLOCK_REQUIRED, "PPUNNUN", SENTENCE_DATES_UNKNOWN
#define EXPIRED REASON_EXPIRED, REASON_EXPIRED, "PPFNNFN", SENTENCE_DATES_EXPIRED

static const struct fault faults[] = {
    {"a right clock", {{NOW, 0, 0}, {NOW + 100, 0, 0}}, 0, GREEN},
    {"no clock", {{0, 0, 0}, {0, 0, 0}}, 0, AMBER},
    {"the clock begins at the epoch", {{1, 0, 0}, {101, 0, 0}}, 0, AMBER},
    {"the clock reads less than nothing", {{-100, 0, 0}, {-1, 0, 0}}, 0, AMBER},
    {"the clock jumps back an hour", {{NOW, 0, 0}, {NOW - 3600, 0, 0}}, 0, GREEN},
    {"the clock jumps back to the epoch", {{NOW, 0, 0}, {1, 0, 0}}, 0, GREEN},
    {"the clock jumps a year forward",
     {{NOW, 0, 0}, {NOW + YEAR, 0, 0}},
     0,
     REASON_DATES_UNKNOWN,
     REASON_DATES_UNKNOWN,
     "PPUNNUN",
     SENTENCE_DATES_UNKNOWN},
    {"the clock was a year ahead from the beginning",
     {{NOW + YEAR, 0, 0}, {NOW + YEAR + 100, 0, 0}},
     0,
     EXPIRED},
    {"the battery clock is right", {{0, NOW, 0}, {0, NOW + 100, 0}}, 0, GREEN},
    {"the battery clock stops", {{0, NOW, 0}, {0, 0, 0}}, 0, AMBER},
    {"the battery clock lies below the floor", {{0, FLOOR - 1, 0}, {0, FLOOR - 1, 0}}, 0, AMBER},
    {"a token overtakes the battery clock", {{0, NOW, 0}, {0, NOW + 100, 0}}, NOW + DAY, AMBER},
    {"battery and system clock contradict each other",
     {{NOW, NOW + DAY, 0}, {NOW + 100, NOW + DAY + 100, 0}},
     0,
     AMBER},
    {"staff says the time", {{0, 0, NOW}, {0, 0, 0}}, 0, GREEN},
    {"staff mistypes an earlier year", {{0, 0, NOW - YEAR}, {0, 0, 0}}, 0, AMBER},
    {"staff mistypes a later year", {{0, 0, NOW + YEAR}, {0, 0, 0}}, 0, EXPIRED},
    {"staff mistypes a later year beside a battery clock",
     {{0, NOW, NOW + YEAR}, {0, NOW + 100, 0}},
     0,
     AMBER},
    {"staff corrects the year", {{0, 0, NOW + YEAR}, {0, 0, NOW}}, 0, GREEN},
    {"only the floor is past the end of the lists",
     {{0, 0, 0}, {0, 0, 0}},
     FLOOR + 61 * DAY,
     REASON_LIST_EXPIRED,
     REASON_LIST_EXPIRED,
     "PPUNNFN",
     SENTENCE_DATES_UNKNOWN},
};

static struct interval interval_after(const struct fault *fault) {
    struct interval_evidence evidence = {0};
    for (int i = 0; i < 2; i++) {
        const struct look *look = &fault->looks[i];
        struct clock_reading reading = {.system_synchronised = look->system_s != 0,
                                        .system_s = look->system_s,
                                        .rtc_present = look->rtc_s != 0,
                                        .rtc_healthy = look->rtc_s != 0,
                                        .rtc_s = look->rtc_s,
                                        .boot_s = 10 + i * 100};
        interval_hear(&evidence, i == 1 && fault->floor_s != 0 ? fault->floor_s : FLOOR, &reading);
        if (look->staff_s != 0) {
            assert_err(interval_say(&evidence, look->staff_s),
                       look->staff_s < FLOOR ? ERR_CLOCK_PASSED : ERR_OK);
        }
    }
    return interval_of(&evidence);
}

static void every_fault_of_the_clock_is_told_as_far_as_it_is_known(void **state) {
    struct world *world = *state;
    struct scenario_met met = {0};
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        struct interval now = interval_after(&faults[i]);
        for (int required = 0; required < 2; required++) {
            struct scenario row = {.name = faults[i].name,
                                   .lo_s = now.lo_s,
                                   .hi_s = now.hi_s,
                                   .clock_required = required == 1,
                                   .reason = required == 1 ? faults[i].required : faults[i].reason,
                                   .checks = faults[i].checks,
                                   .which = CHECK_DATES,
                                   .sentence = faults[i].dates};
            scenario_run(world, &row, 1, &met);
        }
    }
}

static int start(void **state) {
    static struct world world;
    world_start(&world, false);
    *state = &world;
    return 0;
}

static int stop(void **state) {
    world_stop(*state);
    return 0;
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_fault_of_the_clock_is_told_as_far_as_it_is_known, start, stop)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
