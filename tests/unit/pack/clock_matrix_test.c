/* SPDX-License-Identifier: Apache-2.0 */
/* clock_matrix_test: every fault of a clock against every question about a date (trust.md section 3). */
#include "tests/lib/check.h"

#include "base/datetime.h"
#include "kiosk/floor.h"
#include "pack/pack.h"
#include "policy/policy.h"

#define DAY   86400LL
#define YEAR  (365 * DAY)
#define FLOOR 1787961600LL /* 2026-08-29T00:00:00Z: when the list was made */
#define NOW   (FLOOR + 5 * DAY)
#define OPEN  INTERVAL_UNBOUNDED
#define STEPS 3u

/* One look at the clocks, at an uptime; 0: there is no such clock, or nobody said anything. */
struct step {
    int64_t boot_s;
    int64_t system_s; /* synchronised */
    int64_t rtc_s;    /* healthy */
    int64_t staff_s;
    int64_t floor_s; /* 0: FLOOR */
    int64_t ill_rtc_s;
};

/* What the questions are answered with then. The list is due after 14 days and over after 60. */
struct fault {
    const char *name;
    struct step steps[STEPS];
    enum interval_source source;
    int64_t lo_s, hi_s;
    enum pack_band band;
    enum policy_dates past, present,
        coming;                /* ended yesterday; a month around the list; begins in ten years */
    enum err today, soon, far; /* a pack of the floor's day, of 20 days later, of two years later */
};

#define EXPIRED POLICY_DATES_EXPIRED
#define INFORCE POLICY_DATES_IN_FORCE
#define NOT_YET POLICY_DATES_NOT_YET_VALID
#define UNKNOWN POLICY_DATES_UNKNOWN
/* What no clock at all answers. */
#define NOTHING                                                                                              \
    INTERVAL_NO_CLOCK, FLOOR, OPEN, PACK_CLOCK_UNKNOWN, EXPIRED, UNKNOWN, UNKNOWN, ERR_OK, ERR_OK,           \
        ERR_PACK_FAR_AHEAD
/* What a right clock answers within these bounds. */
#define RIGHT(source, lo, hi)                                                                                \
    source, lo, hi, PACK_FRESH, EXPIRED, INFORCE, NOT_YET, ERR_OK, ERR_PACK_FUTURE, ERR_PACK_FUTURE

static const struct fault faults[] = {
    {"no clock", {{.boot_s = 10}}, NOTHING},
    {"a synchronised system clock", {{.boot_s = 10, .system_s = NOW}}, RIGHT(INTERVAL_SYSTEM, NOW, NOW)},
    {"it begins at the epoch", {{.boot_s = 10, .system_s = 1}}, NOTHING},
    {"it reads less than nothing", {{.boot_s = 10, .system_s = -5}}, NOTHING},
    {"it reads a second below the floor", {{.boot_s = 10, .system_s = FLOOR - 1}}, NOTHING},
    {"it reads the floor", {{.boot_s = 10, .system_s = FLOOR}}, RIGHT(INTERVAL_SYSTEM, FLOOR, FLOOR)},
    {"it reads the year 10000", {{.boot_s = 10, .system_s = INTERVAL_LAST_S + 1}}, NOTHING},
    {"it loses its synchronisation: the uptime goes on",
     {{.boot_s = 10, .system_s = NOW}, {.boot_s = 10 + 7200}},
     RIGHT(INTERVAL_SYSTEM, NOW + 7200 - 8, NOW + 7200 + 8)},
    {"it jumps back: before or after may be right",
     {{.boot_s = 10, .system_s = NOW}, {.boot_s = 110, .system_s = NOW - DAY}},
     RIGHT(INTERVAL_SYSTEM, NOW - DAY, NOW + 101)},
    {"it jumps back below the floor: before",
     {{.boot_s = 10, .system_s = NOW}, {.boot_s = 110, .system_s = FLOOR - 1}},
     RIGHT(INTERVAL_SYSTEM, NOW + 99, NOW + 101)},
    {"it jumps a year forward",
     {{.boot_s = 10, .system_s = NOW}, {.boot_s = 110, .system_s = NOW + YEAR}},
     INTERVAL_SYSTEM,
     NOW + 99,
     NOW + YEAR,
     PACK_STALE,
     EXPIRED,
     UNKNOWN,
     NOT_YET,
     ERR_OK,
     ERR_OK,
     ERR_PACK_FUTURE},
    {"it jumps forward and comes back",
     {{.boot_s = 10, .system_s = NOW},
      {.boot_s = 110, .system_s = NOW + YEAR},
      {.boot_s = 210, .system_s = NOW + 200}},
     RIGHT(INTERVAL_SYSTEM, NOW + 200, NOW + 200)},
    {"it first reads a year too much, without anybody who knows",
     {{.boot_s = 10, .system_s = NOW + YEAR}},
     INTERVAL_SYSTEM,
     NOW + YEAR,
     NOW + YEAR,
     PACK_EXPIRED,
     EXPIRED,
     EXPIRED,
     NOT_YET,
     ERR_OK,
     ERR_OK,
     ERR_PACK_FUTURE},
    {"a healthy battery clock", {{.boot_s = 10, .rtc_s = NOW}}, RIGHT(INTERVAL_RTC, NOW - 300, NOW + 300)},
    {"it lies just above the floor",
     {{.boot_s = 10, .rtc_s = FLOOR + 1}},
     RIGHT(INTERVAL_RTC, FLOOR, FLOOR + 301)},
    {"it lies below the floor", {{.boot_s = 10, .rtc_s = FLOOR - 1}}, NOTHING},
    {"its oscillator has stopped", {{.boot_s = 10, .ill_rtc_s = NOW}}, NOTHING},
    {"its oscillator stops later",
     {{.boot_s = 10, .rtc_s = NOW}, {.boot_s = 20, .ill_rtc_s = NOW + 10}},
     NOTHING},
    {"it is pulled out", {{.boot_s = 10, .rtc_s = NOW}, {.boot_s = 20}}, NOTHING},
    {"it jumps back an hour",
     {{.boot_s = 10, .rtc_s = NOW}, {.boot_s = 110, .rtc_s = NOW - 3600}},
     RIGHT(INTERVAL_RTC, NOW - 3900, NOW + 401)},
    {"it is two years ahead: a list that fits it needs a person",
     {{.boot_s = 10, .rtc_s = FLOOR + 2 * YEAR + 60 * DAY}},
     INTERVAL_RTC,
     FLOOR + 2 * YEAR + 60 * DAY - 300,
     FLOOR + 2 * YEAR + 60 * DAY + 300,
     PACK_EXPIRED,
     EXPIRED,
     EXPIRED,
     NOT_YET,
     ERR_OK,
     ERR_OK,
     ERR_PACK_FAR_AHEAD},
    {"it is two years ahead and staff says so too",
     {{.boot_s = 10, .rtc_s = FLOOR + 2 * YEAR + 60 * DAY, .staff_s = FLOOR + 2 * YEAR + 60 * DAY}},
     INTERVAL_RTC,
     FLOOR + 2 * YEAR + 60 * DAY - 300,
     FLOOR + 2 * YEAR + 60 * DAY + 300,
     PACK_EXPIRED,
     EXPIRED,
     EXPIRED,
     NOT_YET,
     ERR_OK,
     ERR_OK,
     ERR_OK},
    {"staff says the time", {{.boot_s = 10, .staff_s = NOW}}, RIGHT(INTERVAL_STAFF, NOW - 300, NOW + 300)},
    {"and the uptime goes on",
     {{.boot_s = 10, .staff_s = NOW}, {.boot_s = 10 + DAY}},
     RIGHT(INTERVAL_STAFF, NOW + DAY - 300 - 87, NOW + DAY + 300 + 87)},
    {"staff mistypes an earlier year", {{.boot_s = 10, .staff_s = NOW - YEAR}}, NOTHING},
    {"staff mistypes an earlier year after the right one",
     {{.boot_s = 10, .staff_s = NOW}, {.boot_s = 10, .staff_s = NOW - YEAR}},
     RIGHT(INTERVAL_STAFF, NOW - 300, NOW + 300)},
    {"staff mistypes a later year: the lists are over, nothing is green",
     {{.boot_s = 10, .staff_s = NOW + 10 * YEAR}},
     INTERVAL_STAFF,
     NOW + 10 * YEAR - 300,
     NOW + 10 * YEAR + 300,
     PACK_EXPIRED,
     EXPIRED,
     EXPIRED,
     INFORCE,
     ERR_OK,
     ERR_OK,
     ERR_OK},
    {"and says the right one: the floor was not poisoned",
     {{.boot_s = 10, .staff_s = NOW + 10 * YEAR}, {.boot_s = 10, .staff_s = NOW}},
     RIGHT(INTERVAL_STAFF, NOW - 300, NOW + 300)},
    {"staff mistypes a year and the battery clock knows better: none is believed",
     {{.boot_s = 10, .rtc_s = NOW, .staff_s = NOW + YEAR}},
     INTERVAL_DISAGREE,
     FLOOR,
     OPEN,
     PACK_CLOCK_UNKNOWN,
     EXPIRED,
     UNKNOWN,
     UNKNOWN,
     ERR_OK,
     ERR_OK,
     ERR_OK},
    {"system and battery clock contradict each other",
     {{.boot_s = 10, .system_s = NOW, .rtc_s = NOW + 301}},
     INTERVAL_DISAGREE,
     FLOOR,
     OPEN,
     PACK_CLOCK_UNKNOWN,
     EXPIRED,
     UNKNOWN,
     UNKNOWN,
     ERR_OK,
     ERR_OK,
     ERR_PACK_FAR_AHEAD},
    {"and agree again",
     {{.boot_s = 10, .system_s = NOW, .rtc_s = NOW + 3600},
      {.boot_s = 20, .system_s = NOW + 10, .rtc_s = NOW + 10}},
     RIGHT(INTERVAL_SYSTEM, NOW + 10, NOW + 10)},
    {"all three agree: the narrowest counts",
     {{.boot_s = 10, .system_s = NOW, .rtc_s = NOW + 299, .staff_s = NOW - 200}},
     RIGHT(INTERVAL_SYSTEM, NOW, NOW)},
    {"staff and battery clock narrow each other",
     {{.boot_s = 10, .rtc_s = NOW + 400, .staff_s = NOW}},
     RIGHT(INTERVAL_STAFF, NOW + 100, NOW + 300)},
    {"a token raises the floor above the battery clock",
     {{.boot_s = 10, .rtc_s = FLOOR + DAY},
      {.boot_s = 20, .rtc_s = FLOOR + DAY + 10, .floor_s = FLOOR + 3 * DAY}},
     INTERVAL_NO_CLOCK,
     FLOOR + 3 * DAY,
     OPEN,
     PACK_CLOCK_UNKNOWN,
     EXPIRED,
     UNKNOWN,
     UNKNOWN,
     ERR_OK,
     ERR_OK,
     ERR_PACK_FAR_AHEAD},
    {"a token raises the floor above what staff said: that was wrong",
     {{.boot_s = 10, .staff_s = FLOOR + DAY}, {.boot_s = 20, .floor_s = FLOOR + 3 * DAY}},
     INTERVAL_NO_CLOCK,
     FLOOR + 3 * DAY,
     OPEN,
     PACK_CLOCK_UNKNOWN,
     EXPIRED,
     UNKNOWN,
     UNKNOWN,
     ERR_OK,
     ERR_OK,
     ERR_PACK_FAR_AHEAD},
    {"a token raises the floor within what staff said",
     {{.boot_s = 10, .staff_s = NOW}, {.boot_s = 10, .floor_s = NOW + 120}},
     RIGHT(INTERVAL_STAFF, NOW + 120, NOW + 300)},
    {"the floor alone passes the list's dates",
     {{.boot_s = 10, .floor_s = FLOOR + 60 * DAY}},
     INTERVAL_NO_CLOCK,
     FLOOR + 60 * DAY,
     OPEN,
     PACK_EXPIRED,
     EXPIRED,
     EXPIRED,
     UNKNOWN,
     ERR_OK,
     ERR_OK,
     ERR_PACK_FAR_AHEAD},
    {"the uptime goes back",
     {{.boot_s = 100, .staff_s = NOW}, {.boot_s = 10}},
     RIGHT(INTERVAL_STAFF, NOW - 300, NOW + 300)},
    {"the uptime is no uptime",
     {{.boot_s = 10, .staff_s = NOW}, {.boot_s = -1}},
     INTERVAL_NO_CLOCK,
     FLOOR,
     OPEN,
     PACK_CLOCK_UNKNOWN,
     EXPIRED,
     UNKNOWN,
     UNKNOWN,
     ERR_OK,
     ERR_OK,
     ERR_OK},
};

static void take(struct interval_evidence *evidence, const struct step *step) {
    struct clock_reading reading = {
        .system_synchronised = step->system_s != 0,
        .system_s = step->system_s,
        .rtc_present = step->rtc_s != 0 || step->ill_rtc_s != 0,
        .rtc_healthy = step->rtc_s != 0,
        .rtc_s = step->rtc_s + step->ill_rtc_s,
        .boot_s = step->boot_s,
    };
    interval_hear(evidence, step->floor_s != 0 ? step->floor_s : FLOOR, &reading);
    if (step->staff_s != 0) {
        enum err expected = step->staff_s < FLOOR ? ERR_CLOCK_PASSED : ERR_OK;
        assert_err(interval_say(evidence, step->staff_s), expected);
    }
}

static struct interval interval_after(const struct fault *fault) {
    struct interval_evidence evidence = {0};
    for (size_t i = 0; i < STEPS && fault->steps[i].boot_s != 0; i++) {
        take(&evidence, &fault->steps[i]);
    }
    return interval_of(&evidence);
}

static enum policy_dates dates(int64_t from_s, int64_t until_s, const struct interval *now) {
    struct claimed_credential claimed = {.valid_from = {.present = true, .time_s = from_s},
                                         .valid_until = {.present = true, .time_s = until_s}};
    return policy_dates_of(&claimed, now);
}

static enum err admit(int64_t iat_s, const struct interval *now) {
    const struct pack_info info = {.iat_s = iat_s, .next_update_s = iat_s + 14 * DAY, .expires_s = INT64_MAX};
    return pack_admit(&info, now);
}

static void every_fault_has_its_answers(void **state) {
    (void)state;
    static const struct pack_info list = {
        .iat_s = FLOOR, .next_update_s = FLOOR + 14 * DAY, .expires_s = FLOOR + 60 * DAY};
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        const struct fault *fault = &faults[i];
        struct interval now = interval_after(fault);
        bool bounds = now.source == fault->source && now.lo_s == fault->lo_s && now.hi_s == fault->hi_s;
        bool credentials = dates(FLOOR - 9 * DAY, FLOOR - DAY, &now) == fault->past &&
                           dates(FLOOR - 30 * DAY, FLOOR + 30 * DAY, &now) == fault->present &&
                           dates(FLOOR + 10 * YEAR, FLOOR + 20 * YEAR, &now) == fault->coming;
        bool packs = admit(FLOOR, &now) == fault->today && admit(FLOOR + 20 * DAY, &now) == fault->soon &&
                     admit(FLOOR + 2 * YEAR, &now) == fault->far;
        if (!bounds || !credentials || !packs || pack_band(&list, &now) != fault->band) {
            fail_msg("%s: source %d, %lld to %lld after the floor, band %d; %s%s", fault->name,
                     (int)now.source, (long long)(now.lo_s - FLOOR),
                     (long long)(now.hi_s == OPEN ? -1 : now.hi_s - FLOOR), (int)pack_band(&list, &now),
                     credentials ? "" : "dates ", packs ? "" : "packs");
        }
    }
}

/* Whatever the clocks say: the floor holds, the bounds are in order, and without an upper one nothing is sure to last. */
static void no_fault_breaks_the_floor(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        struct interval now = interval_after(&faults[i]);
        assert_true(now.lo_s >= FLOOR && now.lo_s <= now.hi_s);
        assert_int_equal(interval_is_past(&now, FLOOR - 1), ANSWER_YES);
        if (now.hi_s == OPEN) {
            assert_int_equal(interval_is_past(&now, INTERVAL_LAST_S), ANSWER_UNKNOWN);
            assert_int_equal(interval_has_come(&now, INTERVAL_LAST_S), ANSWER_UNKNOWN);
        }
    }
}

static void a_token_shown_again_changes_nothing(void **state) {
    (void)state;
    struct floor floor = {.time_s = FLOOR, .boot_s = 10};
    assert_true(floor_raise(&floor, FLOOR + DAY, 10));
    assert_false(floor_raise(&floor, FLOOR + DAY, 20));
    assert_false(floor_raise(&floor, FLOOR, 20));
    assert_int_equal(floor_at(&floor, 20), FLOOR + DAY + 10);
}

/* A moment by the calendar, and dates around it as credentials write them. */
static void the_calendar_has_its_traps(void **state) {
    (void)state;
    static const struct {
        const char *now, *from, *until;
        enum policy_dates dates;
    } cases[] = {
        {"2028-02-29T12:00:00Z", "2028-02-29T00:00:00Z", "2028-02-29T23:59:59Z", INFORCE},
        {"2028-03-01T00:00:00Z", "2028-02-29T00:00:00Z", "2028-02-29T23:59:59Z", EXPIRED},
        {"2028-02-28T23:59:59Z", "2028-02-29T00:00:00Z", "2029-02-28T00:00:00Z", NOT_YET},
        {"2027-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "2026-12-31T23:59:60Z", EXPIRED},
        {"2026-12-31T23:59:58Z", "2026-01-01T00:00:00Z", "2026-12-31T23:59:60Z", INFORCE},
        {"2026-12-31T23:59:59Z", "2026-01-01T00:00:00Z", "2026-12-31T23:59:60Z",
         UNKNOWN}, /* that very second */
        {"2027-01-01T00:30:00Z", "2026-12-31T23:59:60-01:00", "2027-06-01T00:00:00+14:00", NOT_YET},
        {"2027-01-01T01:00:00Z", "2026-12-31T23:59:60-01:00", "2027-06-01T00:00:00+14:00", INFORCE},
        {"2038-01-19T03:14:07Z", "2026-01-01T00:00:00Z", "2038-01-19T03:14:08Z", INFORCE},
        {"2038-01-19T03:14:08Z", "2038-01-19T03:14:08Z", "2038-01-19T03:14:09Z", INFORCE},
        {"2038-01-19T03:14:10Z", "2026-01-01T00:00:00Z", "2038-01-19T03:14:09Z", EXPIRED},
        {"2106-02-07T06:28:17Z", "2026-01-01T00:00:00Z", "2106-02-07T06:28:16Z", EXPIRED},
        {"2026-09-01T00:00:00Z", "1900-01-01T00:00:00Z", "9999-12-31T23:59:59Z", INFORCE},
        {"9999-12-31T23:59:58Z", "1969-12-31T23:59:59Z", "9999-12-31T23:59:59Z", INFORCE},
        {"9999-12-31T23:59:59Z", "1969-12-31T23:59:59Z", "9999-12-31T23:59:59Z", UNKNOWN},
        {"2026-09-01T00:00:00Z", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z", NOT_YET},
        {"2026-09-01T00:00:00Z", "1900-01-01T00:00:00Z", "1969-12-31T23:59:59Z", EXPIRED},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t now_s = 0, from_s = 0, until_s = 0;
        assert_ok(datetime_parse(span_of_text(cases[i].now), &now_s));
        assert_ok(datetime_parse(span_of_text(cases[i].from), &from_s));
        assert_ok(datetime_parse(span_of_text(cases[i].until), &until_s));
        struct clock_reading reading = {.system_synchronised = true, .system_s = now_s};
        struct interval now = interval_from_clock(0, &reading);
        if (dates(from_s, until_s, &now) != cases[i].dates) {
            fail_msg("%s, from %s until %s: %d", cases[i].now, cases[i].from, cases[i].until,
                     (int)dates(from_s, until_s, &now));
        }
    }
}

static void staff_says_a_time_of_these_centuries(void **state) {
    (void)state;
    struct interval_evidence evidence = {.floor_s = INT64_MIN};
    static const int64_t refused[] = {-1, INT64_MIN, INTERVAL_LAST_S + 1, INT64_MAX};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        assert_err(interval_say(&evidence, refused[i]), ERR_CLOCK_RANGE);
        assert_false(evidence.staff.set);
    }
    evidence.floor_s = FLOOR;
    assert_err(interval_say(&evidence, FLOOR - 1), ERR_CLOCK_PASSED);
    assert_ok(interval_say(&evidence, FLOOR));
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_fault_has_its_answers),          cmocka_unit_test(no_fault_breaks_the_floor),
        cmocka_unit_test(a_token_shown_again_changes_nothing),  cmocka_unit_test(the_calendar_has_its_traps),
        cmocka_unit_test(staff_says_a_time_of_these_centuries),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
