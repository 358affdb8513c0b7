/* SPDX-License-Identifier: Apache-2.0 */
#include "base/interval.h"

struct interval interval_from_clock(int64_t floor_s, const struct clock_reading *reading) {
    struct interval out = {floor_s, INTERVAL_UNBOUNDED, INTERVAL_NO_CLOCK};
    if (reading->system_synchronised && reading->system_s >= floor_s) {
        return (struct interval){reading->system_s, reading->system_s, INTERVAL_SYSTEM};
    }
    if (reading->rtc_healthy && reading->rtc_s >= floor_s) {
        int64_t lo_s = reading->rtc_s - INTERVAL_RTC_DRIFT_S;
        out.lo_s = lo_s > floor_s ? lo_s : floor_s;
        out.hi_s = reading->rtc_s + INTERVAL_RTC_DRIFT_S;
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
