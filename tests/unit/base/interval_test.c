/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include "base/interval.h"

#define FLOOR 1000000

static void takes_a_synchronised_system_clock(void **state) {
    (void)state;
    struct clock_reading reading = {
        .system_synchronised = true, .system_s = FLOOR + 5, .rtc_healthy = true, .rtc_s = FLOOR + 200};
    struct interval now = interval_from_clock(FLOOR, &reading);
    assert_int_equal(now.lo_s, FLOOR + 5);
    assert_int_equal(now.hi_s, FLOOR + 5);
    assert_int_equal(now.source, INTERVAL_SYSTEM);
}

static void takes_a_healthy_rtc_with_its_drift(void **state) {
    (void)state;
    struct clock_reading reading = {.system_s = FLOOR + 5, .rtc_healthy = true, .rtc_s = FLOOR + 9000};
    struct interval now = interval_from_clock(FLOOR, &reading);
    assert_int_equal(now.lo_s, FLOOR + 9000 - INTERVAL_RTC_DRIFT_S);
    assert_int_equal(now.hi_s, FLOOR + 9000 + INTERVAL_RTC_DRIFT_S);
    assert_int_equal(now.source, INTERVAL_RTC);
    reading.rtc_s = FLOOR + 1;
    now = interval_from_clock(FLOOR, &reading);
    assert_int_equal(now.lo_s, FLOOR);
    assert_int_equal(now.hi_s, FLOOR + 1 + INTERVAL_RTC_DRIFT_S);
}

static void knows_only_the_floor_without_a_clock(void **state) {
    (void)state;
    const struct clock_reading readings[] = {
        {0},
        {.system_s = FLOOR + 5, .rtc_s = FLOOR + 5},
        {.system_synchronised = true, .system_s = FLOOR - 1},
        {.rtc_healthy = true, .rtc_s = FLOOR - 1},
        {.system_synchronised = true, .system_s = 0, .rtc_healthy = true, .rtc_s = 0},
    };
    for (size_t i = 0; i < sizeof readings / sizeof *readings; i++) {
        struct interval now = interval_from_clock(FLOOR, &readings[i]);
        assert_int_equal(now.lo_s, FLOOR);
        assert_true(now.hi_s == INTERVAL_UNBOUNDED);
        assert_int_equal(now.source, INTERVAL_NO_CLOCK);
    }
}

static void falls_back_to_the_rtc_when_the_system_clock_is_ill(void **state) {
    (void)state;
    struct clock_reading reading = {
        .system_synchronised = true, .system_s = 0, .rtc_healthy = true, .rtc_s = FLOOR + 9000};
    assert_int_equal(interval_from_clock(FLOOR, &reading).source, INTERVAL_RTC);
}

static void survives_clocks_at_the_end_of_time(void **state) {
    (void)state;
    struct clock_reading reading = {.rtc_healthy = true, .rtc_s = INT64_MAX};
    struct interval now = interval_from_clock(FLOOR, &reading);
    assert_true(now.hi_s == INTERVAL_UNBOUNDED);
    assert_true(now.lo_s <= now.hi_s);
    reading.rtc_s = INT64_MIN;
    now = interval_from_clock(INT64_MIN, &reading);
    assert_true(now.lo_s == INT64_MIN && now.hi_s == INTERVAL_UNBOUNDED);
}

static void answers_in_three_ways(void **state) {
    (void)state;
    struct interval now = {100, 200, INTERVAL_RTC, 0};
    static const struct {
        int64_t time_s;
        enum answer past, come;
    } cases[] = {
        {99, ANSWER_YES, ANSWER_YES},          {100, ANSWER_UNKNOWN, ANSWER_YES},
        {101, ANSWER_UNKNOWN, ANSWER_UNKNOWN}, {200, ANSWER_UNKNOWN, ANSWER_UNKNOWN},
        {201, ANSWER_NO, ANSWER_NO},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(interval_is_past(&now, cases[i].time_s), cases[i].past);
        assert_int_equal(interval_has_come(&now, cases[i].time_s), cases[i].come);
    }
}

static void never_says_no_without_a_clock(void **state) {
    (void)state;
    struct interval now = {FLOOR, INTERVAL_UNBOUNDED, INTERVAL_NO_CLOCK, 0};
    assert_int_equal(interval_is_past(&now, INT64_MAX), ANSWER_UNKNOWN);
    assert_int_equal(interval_has_come(&now, INT64_MAX), ANSWER_UNKNOWN);
    assert_int_equal(interval_is_past(&now, FLOOR - 1), ANSWER_YES);
    assert_int_equal(interval_has_come(&now, FLOOR), ANSWER_YES);
}

static void takes_a_stated_moment(void **state) {
    (void)state;
    struct interval now = interval_at(150);
    assert_int_equal(now.source, INTERVAL_STATED);
    assert_int_equal(interval_is_past(&now, 149), ANSWER_YES);
    assert_int_equal(interval_has_come(&now, 150), ANSWER_YES);
    assert_int_equal(interval_has_come(&now, 151), ANSWER_NO);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_a_synchronised_system_clock),
        cmocka_unit_test(takes_a_healthy_rtc_with_its_drift),
        cmocka_unit_test(knows_only_the_floor_without_a_clock),
        cmocka_unit_test(falls_back_to_the_rtc_when_the_system_clock_is_ill),
        cmocka_unit_test(survives_clocks_at_the_end_of_time),
        cmocka_unit_test(answers_in_three_ways),
        cmocka_unit_test(never_says_no_without_a_clock),
        cmocka_unit_test(takes_a_stated_moment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
