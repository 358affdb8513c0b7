/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include "pack/pack.h"

/* Issued at 100, to be renewed at 200, over at 300. */
static const struct pack_info info = {.iat_s = 100, .next_update_s = 200, .expires_s = 300};
#define FOREVER INTERVAL_UNBOUNDED

static void every_place_of_the_clock_has_its_band(void **state) {
    (void)state;
    static const struct {
        int64_t lo_s, hi_s;
        enum pack_band band;
    } cases[] = {
        {100, 100, PACK_FRESH},
        {0, 199, PACK_FRESH},
        {199, 199, PACK_FRESH},
        {150, 200, PACK_STALE},
        {200, 200, PACK_STALE},
        {150, 299, PACK_STALE},
        {150, 1000, PACK_STALE},
        {299, 299, PACK_STALE},
        {299, 300, PACK_STALE},
        {300, 300, PACK_EXPIRED},
        {300, FOREVER, PACK_EXPIRED},
        {5000, 6000, PACK_EXPIRED},
        {100, FOREVER, PACK_CLOCK_UNKNOWN},
        {199, FOREVER, PACK_CLOCK_UNKNOWN},
        {200, FOREVER, PACK_STALE},
        {299, FOREVER, PACK_STALE},
        {0, 0, PACK_CLOCK_UNKNOWN},
        {0, 99, PACK_CLOCK_UNKNOWN},
        {150, 120, PACK_CLOCK_UNKNOWN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct interval now = {cases[i].lo_s, cases[i].hi_s, INTERVAL_SYSTEM, 0};
        assert_int_equal(pack_band(&info, &now), cases[i].band);
    }
}

/* Fresh is said for a clock with an upper end alone, below next_update, whatever the numbers. */
static void fresh_is_never_said_by_an_unbounded_clock(void **state) {
    (void)state;
    for (int64_t lo_s = 0; lo_s < 400; lo_s++) {
        struct interval now = {lo_s, FOREVER, INTERVAL_NO_CLOCK, 0};
        assert_int_not_equal(pack_band(&info, &now), PACK_FRESH);
        for (int64_t hi_s = lo_s; hi_s < 400; hi_s += 7) {
            now.hi_s = hi_s;
            if (pack_band(&info, &now) == PACK_FRESH) {
                assert_true(hi_s < 200 && hi_s >= 100);
            }
        }
    }
}

static void what_may_be_taken_in(void **state) {
    (void)state;
    const int64_t year_s = 366LL * 86400;
    static const struct pack_info late = {
        .iat_s = 366LL * 86400 + 1000, .next_update_s = INT64_MAX, .expires_s = INT64_MAX};
    struct interval now = {100, 100, INTERVAL_SYSTEM, 0};
    assert_ok(pack_admit(&info, &now));
    now = (struct interval){0, 99, INTERVAL_SYSTEM, 0};
    assert_err(pack_admit(&info, &now), ERR_PACK_FUTURE);
    now = (struct interval){300, FOREVER, INTERVAL_NO_CLOCK, 0};
    assert_err(pack_admit(&info, &now), ERR_PACK_EXPIRED);
    now = (struct interval){299, FOREVER, INTERVAL_NO_CLOCK, 0};
    assert_ok(pack_admit(&info, &now));
    now = (struct interval){1000, FOREVER, INTERVAL_NO_CLOCK, 0};
    assert_ok(pack_admit(&late, &now));
    now = (struct interval){999, FOREVER, INTERVAL_NO_CLOCK, 0};
    assert_err(pack_admit(&late, &now), ERR_PACK_FAR_AHEAD);
    now = (struct interval){0, year_s + 1000, INTERVAL_STAFF, FOREVER};
    assert_ok(pack_admit(&late, &now));
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_place_of_the_clock_has_its_band),
        cmocka_unit_test(fresh_is_never_said_by_an_unbounded_clock),
        cmocka_unit_test(what_may_be_taken_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
