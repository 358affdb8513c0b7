/* interval: what is known of the present time, lo <= now <= hi, and date questions with three answers. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_INTERVAL_H
#define BASE_INTERVAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

/* `hi_s` when nothing bounds the present from above. */
#define INTERVAL_UNBOUNDED INT64_MAX
/* 9999-12-31T23:59:59Z: a clock that reads more, or less than 1970, is ill. */
#define INTERVAL_LAST_S 253402300799LL

/* What an unsynchronised RTC may be off: at 20 ppm it drifts 1.7 s a day, so half a year's drift. */
#define INTERVAL_RTC_DRIFT_S 300
/* What a person's watch may be off. */
#define INTERVAL_STAFF_S 300
/* CLOCK_BOOTTIME runs wrong by at most one second in so many: 500 ppm of steering and a poor quartz. */
#define INTERVAL_UPTIME_PART 1000
/* A list signed more than this above the floor needs a person who says the time. */
#define INTERVAL_FAR_S (366LL * 86400)

/* Zero is "unknown", so that a forgotten answer is never a pass. */
enum answer { ANSWER_UNKNOWN = 0, ANSWER_NO, ANSWER_YES };

/* Which clock gave `hi_s`, or why none did. */
enum interval_source {
    INTERVAL_NO_CLOCK = 0,
    INTERVAL_RTC,
    INTERVAL_SYSTEM,
    INTERVAL_STATED,   /* credctl --at */
    INTERVAL_STAFF,    /* somebody set it behind the PIN, in this boot */
    INTERVAL_DISAGREE, /* clocks contradict each other: none is believed */
    INTERVAL_SOURCES
};

/* Seconds since 1970 UTC. All zero says that the present is 1970: every list then comes from the future, and
 * is refused. */
struct interval {
    int64_t lo_s;
    int64_t hi_s;
    enum interval_source source;
    int64_t horizon_s; /* what was signed later than this is too far ahead; 0: INTERVAL_FAR_S above lo_s */
};

/* What the machine's clocks say at one moment. A time counts only where its flag says so. */
struct clock_reading {
    bool system_synchronised; /* STA_UNSYNC is clear (adjtimex) */
    int64_t system_s;
    bool rtc_present; /* it could be read; whether rightly says the next */
    bool rtc_healthy; /* present, oscillator-stop flag clear */
    int64_t rtc_s;
    int64_t boot_s; /* CLOCK_BOOTTIME: seconds of this boot, sleep included */
};

/* A time that was right at one moment of this boot. */
struct interval_anchor {
    bool set;
    int64_t time_s, boot_s;
};

/* All that an interval follows from. Zero: nothing is known. Kept in memory alone: nothing of it but the floor outlives
 * the boot. */
struct interval_evidence {
    int64_t floor_s; /* a time that has passed for certain */
    struct clock_reading reading;
    struct interval_anchor system; /* when the system clock was first met synchronised */
    struct interval_anchor rtc;    /* when the battery clock was first met healthy */
    struct interval_anchor staff;  /* what somebody behind the PIN said last */
};

/*
 * Take in a floor and a reading of the clocks (trust.md section 3).
 *
 * floor_s  the latest of build time, accepted lists' and tokens' iat, and the stored floor with the uptime since; it
 *          never comes from a clock or a person
 */
void interval_hear(struct interval_evidence *evidence, int64_t floor_s, const struct clock_reading *reading);

/*
 * Somebody behind the PIN says the time. It takes the place of what was said before.
 *
 * ERR_CLOCK_PASSED  that time is below the floor; nothing changes
 * ERR_CLOCK_RANGE   outside the years 1970 to 9999; nothing changes
 */
MUST_USE enum err interval_say(struct interval_evidence *evidence, int64_t time_s);

/*
 * The interval that all this allows.
 *
 * Each clock in order says from when to when the present can be: the system clock, while synchronised, its second, and
 * afterwards that second with the uptime since; the battery clock and staff their time with what each may be off. A clock
 * below the floor is ill and says nothing. A clock that has jumped against CLOCK_BOOTTIME may be right before or after
 * the jump: it says both, and all between. The present lies where all of them and the floor allow it; where they allow
 * no moment, no clock is believed: lo is the floor, hi INTERVAL_UNBOUNDED, the source INTERVAL_DISAGREE, until the
 * clocks agree.
 */
struct interval interval_of(const struct interval_evidence *evidence);

/* The interval of a floor and one reading, without anything known before. */
struct interval interval_from_clock(int64_t floor_s, const struct clock_reading *reading);

/* "none", "rtc", "system", "stated", "staff", "disagree": for journals and JSON; "none" outside the enum. Static. */
const char *interval_source_code(enum interval_source source);

/* An interval of one moment that a person states (credctl --at). */
struct interval interval_at(int64_t time_s);

/* Has `time_s` passed? YES when time_s < lo, NO when hi < time_s, else unknown. */
enum answer interval_is_past(const struct interval *now, int64_t time_s);

/* Has `time_s` come? YES when time_s <= lo, NO when time_s > hi, else unknown. */
enum answer interval_has_come(const struct interval *now, int64_t time_s);

/* Was something signed further ahead than may be believed without a person who says the time: above the horizon? */
bool interval_is_far(const struct interval *now, int64_t signed_s);

#endif
