/* interval: what is known of the present time, lo <= now <= hi, and date questions with three answers. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_INTERVAL_H
#define BASE_INTERVAL_H

#include <stdbool.h>
#include <stdint.h>

/* `hi_s` when nothing bounds the present from above. */
#define INTERVAL_UNBOUNDED INT64_MAX

/* What an unsynchronised RTC may be off: at 20 ppm it drifts 1.7 s a day, so half a year's drift. */
#define INTERVAL_RTC_DRIFT_S 300

/* Zero is "unknown", so that a forgotten answer is never a pass. */
enum answer { ANSWER_UNKNOWN = 0, ANSWER_NO, ANSWER_YES };

/* Which clock gave `hi_s`. */
enum interval_source {
    INTERVAL_NO_CLOCK = 0,
    INTERVAL_RTC,
    INTERVAL_SYSTEM,
    INTERVAL_STATED,
    INTERVAL_SOURCES
};

/* Seconds since 1970 UTC. All zero says that the present is 1970: every list then comes from the future, and
 * is refused. */
struct interval {
    int64_t lo_s;
    int64_t hi_s;
    enum interval_source source;
};

/* What the machine's clocks say at one moment. A time counts only where its flag says so. */
struct clock_reading {
    bool system_synchronised; /* STA_UNSYNC is clear (adjtimex) */
    int64_t system_s;
    bool rtc_healthy; /* present, oscillator-stop flag clear */
    int64_t rtc_s;
};

/*
 * The interval that a floor and the clocks allow.
 *
 * floor_s  a time known to have passed (build time, the accepted pack's iat), seconds since 1970 UTC
 * A clock that reads below the floor is ill and is not used. With no clock, hi_s is INTERVAL_UNBOUNDED.
 */
struct interval interval_from_clock(int64_t floor_s, const struct clock_reading *reading);

/* An interval of one moment that a person states (credctl --at). */
struct interval interval_at(int64_t time_s);

/* Has `time_s` passed? YES when time_s < lo, NO when hi < time_s, else unknown. */
enum answer interval_is_past(const struct interval *now, int64_t time_s);

/* Has `time_s` come? YES when time_s <= lo, NO when time_s > hi, else unknown. */
enum answer interval_has_come(const struct interval *now, int64_t time_s);

#endif
