/* SPDX-License-Identifier: Apache-2.0 */
#include "base/interval.h"

/* What one clock says: the present lies between. All zero: it says nothing. */
struct claim {
    bool counts;
    int64_t lo_s, hi_s;
};

static int64_t least(int64_t a, int64_t b) {
    return a < b ? a : b;
}

static int64_t most(int64_t a, int64_t b) {
    return a > b ? a : b;
}

/* Every other time is in range too then, and no sum of them overflows. */
static bool is_time(int64_t time_s) {
    return time_s >= 0 && time_s <= INTERVAL_LAST_S;
}

static struct claim around(int64_t time_s, int64_t off_s) {
    return (struct claim){true, time_s - off_s, time_s + off_s};
}

/* A time of this boot with the uptime since; `off_s` is what it was off then. */
static struct claim advanced(const struct interval_anchor *anchor, int64_t boot_s, int64_t off_s) {
    bool ticks = anchor->set && anchor->boot_s >= 0 && is_time(boot_s);
    int64_t elapsed_s = ticks && boot_s > anchor->boot_s ? boot_s - anchor->boot_s : 0;
    if (!ticks) {
        return (struct claim){0};
    }
    return around(anchor->time_s + elapsed_s, off_s + elapsed_s / INTERVAL_UPTIME_PART + (elapsed_s > 0));
}

static bool overlap(const struct claim *a, const struct claim *b) {
    return a->lo_s <= b->hi_s && b->lo_s <= a->hi_s;
}

/* A clock that is where its uptime leads is believed as it reads; one that has jumped may be right before or after. */
static struct claim with_past(struct claim reads, struct claim before) {
    if (!before.counts || overlap(&reads, &before)) {
        return reads;
    }
    return (struct claim){true, least(reads.lo_s, before.lo_s), most(reads.hi_s, before.hi_s)};
}

static bool system_counts(const struct interval_evidence *evidence) {
    const struct clock_reading *reading = &evidence->reading;
    return reading->system_synchronised && is_time(reading->system_s) &&
           reading->system_s >= evidence->floor_s;
}

static bool rtc_counts(const struct interval_evidence *evidence) {
    const struct clock_reading *reading = &evidence->reading;
    return reading->rtc_healthy && is_time(reading->rtc_s) && reading->rtc_s >= evidence->floor_s;
}

/* Once synchronised it stays a bound of this boot, whatever the clock does afterwards. */
static struct claim ask_system(const struct interval_evidence *evidence) {
    const struct clock_reading *reading = &evidence->reading;
    struct claim before = advanced(&evidence->system, reading->boot_s, 0);
    return system_counts(evidence) ? with_past(around(reading->system_s, 0), before) : before;
}

static struct claim ask_rtc(const struct interval_evidence *evidence) {
    const struct clock_reading *reading = &evidence->reading;
    if (!rtc_counts(evidence)) {
        return (struct claim){0};
    }
    return with_past(around(reading->rtc_s, INTERVAL_RTC_DRIFT_S),
                     advanced(&evidence->rtc, reading->boot_s, INTERVAL_RTC_DRIFT_S));
}

static struct claim ask_staff(const struct interval_evidence *evidence) {
    return advanced(&evidence->staff, evidence->reading.boot_s, INTERVAL_STAFF_S);
}

/* Narrow the interval by one clock; false: it allows no moment that the others allow. */
static bool narrow(struct interval *now, const struct claim *claim, enum interval_source source) {
    if (!claim->counts) {
        return true;
    }
    now->lo_s = most(now->lo_s, claim->lo_s);
    now->source = claim->hi_s < now->hi_s ? source : now->source;
    now->hi_s = least(now->hi_s, claim->hi_s);
    return now->lo_s <= now->hi_s;
}

static void keep(struct interval_anchor *anchor, bool counts, int64_t time_s, int64_t boot_s) {
    if (counts && !anchor->set) {
        *anchor = (struct interval_anchor){true, time_s, boot_s};
    }
}

/* What the floor has overtaken is known to be wrong. */
static void drop_passed(struct interval_anchor *anchor, int64_t floor_s, int64_t boot_s, int64_t off_s) {
    struct claim claim = advanced(anchor, boot_s, off_s);
    if (claim.counts && claim.hi_s < floor_s) {
        *anchor = (struct interval_anchor){0};
    }
}

void interval_hear(struct interval_evidence *evidence, int64_t floor_s, const struct clock_reading *reading) {
    int64_t boot_s = reading->boot_s;
    evidence->floor_s = floor_s;
    evidence->reading = *reading;
    drop_passed(&evidence->system, floor_s, boot_s, 0);
    drop_passed(&evidence->rtc, floor_s, boot_s, INTERVAL_RTC_DRIFT_S);
    drop_passed(&evidence->staff, floor_s, boot_s, INTERVAL_STAFF_S);
    keep(&evidence->system, system_counts(evidence), reading->system_s, boot_s);
    keep(&evidence->rtc, rtc_counts(evidence), reading->rtc_s, boot_s);
}

enum err interval_say(struct interval_evidence *evidence, int64_t time_s) {
    if (!is_time(time_s)) {
        return ERR_CLOCK_RANGE;
    }
    if (time_s < evidence->floor_s) {
        return ERR_CLOCK_PASSED;
    }
    evidence->staff = (struct interval_anchor){true, time_s, evidence->reading.boot_s};
    return ERR_OK;
}

/* The latest iat that may be believed. */
static int64_t horizon(const struct interval_evidence *evidence) {
    if (evidence->staff.set) {
        return INTERVAL_UNBOUNDED;
    }
    return is_time(evidence->floor_s) ? evidence->floor_s + INTERVAL_FAR_S : 0;
}

struct interval interval_of(const struct interval_evidence *evidence) {
    struct interval unknown = {evidence->floor_s, INTERVAL_UNBOUNDED, INTERVAL_NO_CLOCK, horizon(evidence)};
    struct interval now = unknown;
    struct claim system = ask_system(evidence), rtc = ask_rtc(evidence), staff = ask_staff(evidence);
    bool agree = narrow(&now, &system, INTERVAL_SYSTEM) && narrow(&now, &rtc, INTERVAL_RTC) &&
                 narrow(&now, &staff, INTERVAL_STAFF);
    if (!agree) {
        now = unknown;
        now.source = INTERVAL_DISAGREE;
    }
    return now;
}

struct interval interval_from_clock(int64_t floor_s, const struct clock_reading *reading) {
    struct interval_evidence evidence = {0};
    interval_hear(&evidence, floor_s, reading);
    return interval_of(&evidence);
}

const char *interval_source_code(enum interval_source source) {
    static const char *const codes[INTERVAL_SOURCES] = {
        [INTERVAL_NO_CLOCK] = "none", [INTERVAL_RTC] = "rtc",     [INTERVAL_SYSTEM] = "system",
        [INTERVAL_STATED] = "stated", [INTERVAL_STAFF] = "staff", [INTERVAL_DISAGREE] = "disagree",
    };
    return (unsigned)source < INTERVAL_SOURCES ? codes[source] : codes[INTERVAL_NO_CLOCK];
}

struct interval interval_at(int64_t time_s) {
    return (struct interval){time_s, time_s, INTERVAL_STATED, INTERVAL_UNBOUNDED};
}

enum answer interval_is_past(const struct interval *now, int64_t time_s) {
    if (time_s < now->lo_s) {
        return ANSWER_YES;
    }
    return now->hi_s < time_s ? ANSWER_NO : ANSWER_UNKNOWN;
}

enum answer interval_has_come(const struct interval *now, int64_t time_s) {
    if (time_s <= now->lo_s) {
        return ANSWER_YES;
    }
    return time_s > now->hi_s ? ANSWER_NO : ANSWER_UNKNOWN;
}

bool interval_is_far(const struct interval *now, int64_t signed_s) {
    if (now->horizon_s != 0) {
        return signed_s > now->horizon_s;
    }
    return now->lo_s <= INTERVAL_LAST_S && signed_s > now->lo_s + INTERVAL_FAR_S;
}
