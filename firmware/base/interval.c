/* SPDX-License-Identifier: Apache-2.0 */
#include "base/interval.h"

/* The earliest that an RTC leaves possible, never before the floor; rtc_s is not below it. */
static int64_t earlier(int64_t rtc_s, int64_t floor_s) {
    bool below =
        floor_s > INTERVAL_UNBOUNDED - INTERVAL_RTC_DRIFT_S || rtc_s < floor_s + INTERVAL_RTC_DRIFT_S;
    return below ? floor_s : rtc_s - INTERVAL_RTC_DRIFT_S;
}

struct interval interval_from_clock(int64_t floor_s, const struct clock_reading *reading) {
    struct interval out = {floor_s, INTERVAL_UNBOUNDED, INTERVAL_NO_CLOCK};
    if (reading->system_synchronised && reading->system_s >= floor_s) {
        return (struct interval){reading->system_s, reading->system_s, INTERVAL_SYSTEM};
    }
    if (reading->rtc_healthy && reading->rtc_s >= floor_s) {
        int64_t latest_s = INTERVAL_UNBOUNDED - INTERVAL_RTC_DRIFT_S;
        out.lo_s = earlier(reading->rtc_s, floor_s);
        out.hi_s = reading->rtc_s < latest_s ? reading->rtc_s + INTERVAL_RTC_DRIFT_S : INTERVAL_UNBOUNDED;
        out.source = INTERVAL_RTC;
    }
    return out;
}

struct interval interval_at(int64_t time_s) {
    return (struct interval){time_s, time_s, INTERVAL_STATED};
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
