/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include "base/datetime.h"

static void reads_what_rfc_3339_allows(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int64_t time_s;
    } cases[] = {
        {"1970-01-01T00:00:00Z", 0},
        {"2000-02-29T12:00:00Z", 951825600},
        {"2026-09-01T10:00:00Z", 1788256800},
        {"2026-09-01T13:00:00+03:00", 1788256800},
        {"2026-09-01T05:30:00-04:30", 1788256800},
        {"2026-09-01t10:00:00z", 1788256800},
        {"2026-09-01T10:00:00.999999Z", 1788256800},
        {"2016-12-31T23:59:60Z", 1483228799},
        {"1969-12-31T23:59:59Z", -1},
        {"2038-01-19T03:14:08Z", 2147483648},
        {"9999-12-31T23:59:59Z", 253402300799},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t time_s = 0;
        assert_ok(datetime_parse(span_of_text(cases[i].text), &time_s));
        assert_int_equal(time_s, cases[i].time_s);
    }
}

static void refuses_what_it_does_not(void **state) {
    (void)state;
    static const char *const cases[] = {
        "",
        "2026-09-01",
        "2026-09-01T10:00:00",
        "2026-09-01T10:00Z",
        "2026-9-01T10:00:00Z",
        "2026-02-29T10:00:00Z",
        "2100-02-29T10:00:00Z",
        "2026-13-01T10:00:00Z",
        "2026-00-10T10:00:00Z",
        "2026-04-31T10:00:00Z",
        "2026-09-01T24:00:00Z",
        "2026-09-01T10:60:00Z",
        "2026-09-01T10:00:61Z",
        "2026-09-01T10:00:00.Z",
        "2026-09-01T10:00:00+0300",
        "2026-09-01T10:00:00+24:00",
        "2026-09-01 10:00:00Z",
        "2026-09-01T10:00:00Z ",
        "+026-09-01T10:00:00Z",
        "1899-12-31T23:59:59Z",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t time_s = 77;
        assert_err(datetime_parse(span_of_text(cases[i]), &time_s), ERR_DATETIME);
        assert_int_equal(time_s, 77);
    }
}

static void writes_and_reads_the_same_moment(void **state) {
    (void)state;
    for (int64_t time_s = -2208988800; time_s < 253402300799; time_s += 86400LL * 97 + 12345) {
        char text[DATETIME_TEXT_SIZE];
        int64_t again_s = 0;
        datetime_text(time_s, text);
        assert_ok(datetime_parse(span_of_text(text), &again_s));
        assert_int_equal(again_s, time_s);
    }
}

static void keeps_years_within_the_calendar(void **state) {
    (void)state;
    assert_int_equal(datetime_of(INT64_MAX).year, DATETIME_YEAR_MAX);
    assert_int_equal(datetime_of(INT64_MIN).year, DATETIME_YEAR_MIN);
}

static void knows_moments_of_every_year_of_four_digits(void **state) {
    static const struct {
        int64_t time_s;
        struct datetime when;
    } cases[] = {
        {0, {1970, 1, 1, 0, 0, 0}},
        {-1, {1969, 12, 31, 23, 59, 59}},
        {951782400, {2000, 2, 29, 0, 0, 0}},
        {-62167219200, {0, 1, 1, 0, 0, 0}},
        {-62162121600, {0, 2, 29, 0, 0, 0}},
        {-30610224000, {1000, 1, 1, 0, 0, 0}},
        {253402300799, {9999, 12, 31, 23, 59, 59}},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct datetime got = {0};
        assert_true(datetime_civil(cases[i].time_s, &got));
        assert_memory_equal(&got, &cases[i].when, sizeof got);
        assert_int_equal(datetime_seconds(cases[i].when), cases[i].time_s);
    }
    struct datetime before = {.year = 7};
    assert_false(datetime_civil(-62167219201, &before));
    assert_false(datetime_civil(253402300800, &before));
    assert_false(datetime_civil(INT64_MIN, &before));
    assert_int_equal(before.year, 7);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_rfc_3339_allows),
        cmocka_unit_test(refuses_what_it_does_not),
        cmocka_unit_test(writes_and_reads_the_same_moment),
        cmocka_unit_test(keeps_years_within_the_calendar),
        cmocka_unit_test(knows_moments_of_every_year_of_four_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
