/* SPDX-License-Identifier: Apache-2.0 */
#include "base/datetime.h"

/* Days from 1970-01-01 to a date of the proleptic Gregorian calendar, by counting years from 1 March. */
static int64_t days_from_civil(int year, int month, int day) {
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t year_of_era = y - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

static bool leap_year(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int days_in_month(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && leap_year(year) ? 29 : days[month - 1];
}

/* `count` digits at *at, moved behind them; -1 when they are not digits. */
static int digits(struct span text, size_t *at, size_t count) {
    int value = 0;
    if (*at > text.len || count > text.len - *at) {
        return -1;
    }
    for (size_t i = 0; i < count; i++) {
        uint8_t c = text.ptr[*at + i];
        if (c < '0' || c > '9') {
            return -1;
        }
        value = value * 10 + (c - '0');
    }
    *at += count;
    return value;
}

static bool literal(struct span text, size_t *at, const char *choices) {
    if (*at >= text.len || text.ptr[*at] == 0 || strchr(choices, text.ptr[*at]) == NULL) {
        return false;
    }
    *at += 1;
    return true;
}

static bool date(struct span text, size_t *at, struct datetime *out) {
    out->year = digits(text, at, 4);
    bool shaped = literal(text, at, "-");
    out->month = digits(text, at, 2);
    shaped = shaped && literal(text, at, "-");
    out->day = digits(text, at, 2);
    return shaped && out->year >= DATETIME_YEAR_MIN && out->month >= 1 && out->month <= 12 && out->day >= 1 &&
           out->day <= days_in_month(out->year, out->month);
}

static bool time_of_day(struct span text, size_t *at, struct datetime *out) {
    out->hour = digits(text, at, 2);
    bool shaped = literal(text, at, ":");
    out->minute = digits(text, at, 2);
    shaped = shaped && literal(text, at, ":");
    out->second = digits(text, at, 2);
    if (!shaped || out->hour < 0 || out->hour > 23 || out->minute < 0 || out->minute > 59 ||
        out->second < 0 || out->second > 60) {
        return false;
    }
    out->second = out->second == 60 ? 59 : out->second;
    if (!literal(text, at, ".")) {
        return true;
    }
    size_t from = *at;
    while (*at < text.len && text.ptr[*at] >= '0' && text.ptr[*at] <= '9') {
        *at += 1;
    }
    return *at > from;
}

/* Seconds to take away for the zone at *at; false when there is none. */
static bool zone(struct span text, size_t *at, int64_t *offset_s) {
    *offset_s = 0;
    if (literal(text, at, "Zz")) {
        return true;
    }
    int sign = *at < text.len && text.ptr[*at] == '-' ? -1 : 1;
    if (!literal(text, at, "+-")) {
        return false;
    }
    int hours = digits(text, at, 2);
    bool shaped = literal(text, at, ":");
    int minutes = digits(text, at, 2);
    *offset_s = sign * ((int64_t)hours * 3600 + (int64_t)minutes * 60);
    return shaped && hours >= 0 && hours <= 23 && minutes >= 0 && minutes <= 59;
}

enum err datetime_parse(struct span text, int64_t *out_s) {
    struct datetime when = {0};
    int64_t offset_s = 0;
    size_t at = 0;
    if (!date(text, &at, &when) || !literal(text, &at, "Tt") || !time_of_day(text, &at, &when) ||
        !zone(text, &at, &offset_s) || at != text.len) {
        return ERR_DATETIME;
    }
    *out_s = datetime_seconds(when) - offset_s;
    return ERR_OK;
}

int64_t datetime_seconds(struct datetime when) {
    return days_from_civil(when.year, when.month, when.day) * 86400 + when.hour * 3600 + when.minute * 60 +
           when.second;
}

/* The date of a day counted from 1970-01-01, by eras of 400 years that begin on 1 March. */
static struct datetime civil_from_days(int64_t days) {
    int64_t from_march = days + 719468;
    int64_t era = (from_march >= 0 ? from_march : from_march - 146096) / 146097;
    int64_t day_of_era = from_march - era * 146097;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month = (5 * day_of_year + 2) / 153; /* 0 is March */
    return (struct datetime){.year = (int)(year_of_era + era * 400 + (month > 9 ? 1 : 0)),
                             .month = (int)(month > 9 ? month - 9 : month + 3),
                             .day = (int)(day_of_year - (153 * month + 2) / 5 + 1)};
}

bool datetime_civil(int64_t time_s, struct datetime *out) {
    if (time_s < days_from_civil(0, 1, 1) * 86400 ||
        time_s >= days_from_civil(DATETIME_YEAR_MAX + 1, 1, 1) * 86400) {
        return false;
    }
    int64_t days = (time_s >= 0 ? time_s : time_s - 86399) / 86400;
    int64_t second = time_s - days * 86400;
    *out = civil_from_days(days);
    out->hour = (int)(second / 3600);
    out->minute = (int)(second / 60 % 60);
    out->second = (int)(second % 60);
    return true;
}

struct datetime datetime_of(int64_t time_s) {
    int64_t first = days_from_civil(DATETIME_YEAR_MIN, 1, 1) * 86400;
    int64_t last = days_from_civil(DATETIME_YEAR_MAX, 12, 31) * 86400 + 86399;
    struct datetime out = {.year = DATETIME_YEAR_MIN, .month = 1, .day = 1};
    time_s = time_s < first ? first : time_s > last ? last : time_s;
    return datetime_civil(time_s, &out) ? out : (struct datetime){0};
}

static void put_digits(char *out, int value, int count) {
    for (int i = count - 1; i >= 0; i--) {
        out[i] = (char)('0' + value % 10);
        value /= 10;
    }
}

void datetime_text(int64_t time_s, char out[DATETIME_TEXT_SIZE]) {
    struct datetime when = datetime_of(time_s);
    memcpy(out, "0000-00-00T00:00:00Z", DATETIME_TEXT_SIZE);
    put_digits(out, when.year, 4);
    put_digits(out + 5, when.month, 2);
    put_digits(out + 8, when.day, 2);
    put_digits(out + 11, when.hour, 2);
    put_digits(out + 14, when.minute, 2);
    put_digits(out + 17, when.second, 2);
}
