/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include "screen/screen.h"
#include "tests/lib/screen_cases.h"
#include "tests/lib/screen_text.h"

static struct draw_list list;
static struct screen_view view;

static bool says(const char *text) {
    return screen_text_says(&list, text);
}

static void draw_case(const char *name) {
    screen_case_draw(name, NULL, &view, &list);
}

/* An age only where the clock bounds it, and then the greatest it can be. */
static void tells_when_the_holder_signed(void **state) {
    (void)state;
    static const struct {
        int64_t lo_s, hi_s, signed_s;
        enum interval_source source;
        const char *expected;
    } cases[] = {
        {1000000, 1000000, 1000000, INTERVAL_SYSTEM, "by its holder just now."},
        {1000000, 1000000, 1000000 - 120, INTERVAL_SYSTEM, "by its holder just now."},
        {1000000, 1000000, 1000000 - 121, INTERVAL_SYSTEM, "within the last 3 minutes."},
        {1000000, 1000600, 1000000, INTERVAL_RTC, "within the last 10 minutes."},
        {1000000, 1000000, 1000000 - 3600, INTERVAL_SYSTEM, "within the last 60 minutes."},
        {1000000, 1000000, 1000000 - 3601, INTERVAL_SYSTEM, "on 12 January 1970 at 14:46."},
        {1000000, 1000000, INT64_MIN, INTERVAL_SYSTEM, "Signed by its holder on"},
        {1000000, 1000000, 1000001, INTERVAL_SYSTEM, "when is not known."},
        {1000000, 1000000, INT64_MAX, INTERVAL_SYSTEM, "when is not known."},
        {1000000, INTERVAL_UNBOUNDED, 1000000, INTERVAL_NO_CLOCK, "when is not known."},
        {1000000, INTERVAL_UNBOUNDED, 999000, INTERVAL_RTC, "when is not known."},
        {0, 0, 0, INTERVAL_NO_CLOCK, "when is not known."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        draw_case("valid-presented");
        struct verdict *verdict = &view.verdicts.list[0];
        verdict->now = (struct interval){cases[i].lo_s, cases[i].hi_s, cases[i].source, 0};
        verdict->checks[CHECK_HOLDER].as_of_s = cases[i].signed_s;
        screen_draw(&view, &screen_case_measure, &list, NULL);
        assert_true(says(cases[i].expected));
        view.kind = SCREEN_DETAILS;
        screen_draw(&view, &screen_case_measure, &list, NULL);
        assert_int_equal(says("just now"), strstr(cases[i].expected, "just now") != NULL);
        assert_int_equal(says("minutes"), strstr(cases[i].expected, "minutes") != NULL);
        assert_true(says("Its holder signed what was shown."));
    }
}

static void says_nothing_of_a_holder_who_has_not_signed(void **state) {
    (void)state;
    static const enum verdict_result results[] = {RESULT_UNKNOWN, RESULT_FAILED, RESULT_NOT_APPLICABLE};
    for (size_t i = 0; i < 3; i++) {
        draw_case("valid-presented");
        view.verdicts.list[0].checks[CHECK_HOLDER].result = results[i];
        screen_draw(&view, &screen_case_measure, &list, NULL);
        assert_false(says("by its holder"));
    }
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_when_the_holder_signed),
        cmocka_unit_test(says_nothing_of_a_holder_who_has_not_signed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
