/* SPDX-License-Identifier: Apache-2.0 */
#include "screen/words.h"

#include <stdio.h>

#include "base/datetime.h"

void words_put(struct words *words, struct span text) {
    if (text.len > 0 && text.len <= WORDS_BYTES - words->len) {
        memcpy(words->bytes + words->len, text.ptr, text.len);
        words->len += text.len;
    }
}

void words_put_number(struct words *words, uint64_t number) {
    char text[24];
    (void)snprintf(text, sizeof text, "%llu", (unsigned long long)number);
    words_put(words, span_of_text(text));
}

void words_fill(struct words *words, struct span pattern, const struct span *args, size_t count) {
    for (size_t at = 0; at < pattern.len;) {
        size_t percent = span_find(pattern, '%', at);
        words_put(words, span_slice(pattern, at, percent - at));
        if (percent + 1 >= pattern.len) {
            return;
        }
        size_t index = (size_t)pattern.ptr[percent + 1] - '1';
        if (index < count) {
            words_put(words, args[index]);
        }
        at = percent + 2;
    }
}

static const char *const short_months[] = {tr("Jan"), tr("Feb"), tr("Mar"), tr("Apr"), tr("May"), tr("Jun"),
                                           tr("Jul"), tr("Aug"), tr("Sep"), tr("Oct"), tr("Nov"), tr("Dec")};
static const char *const months[] = {tr("January"),   tr("February"), tr("March"),    tr("April"),
                                     tr("May"),       tr("June"),     tr("July"),     tr("August"),
                                     tr("September"), tr("October"),  tr("November"), tr("December")};

static struct datetime local(int64_t time_s, int32_t utc_offset_s) {
    int64_t sum = 0;
    return datetime_of(__builtin_add_overflow(time_s, utc_offset_s, &sum) ? time_s : sum);
}

static struct span number_in(char text[12], int number) {
    (void)snprintf(text, 12, "%d", number);
    return span_of_text(text);
}

void words_put_day(struct words *words, const struct catalogue *catalogue, int64_t time_s,
                   int32_t utc_offset_s) {
    struct datetime when = local(time_s, utc_offset_s);
    char day[12];
    const struct span args[] = {number_in(day, when.day),
                                catalogue_text(catalogue, short_months[(when.month - 1) % 12])};
    words_fill(words, catalogue_text(catalogue, tr("%1 %2")), args, 2);
}

void words_put_date(struct words *words, const struct catalogue *catalogue, int64_t time_s,
                    int32_t utc_offset_s) {
    struct datetime when = local(time_s, utc_offset_s);
    char day[12], year[12];
    const struct span args[] = {number_in(day, when.day),
                                catalogue_text(catalogue, months[(when.month - 1) % 12]),
                                number_in(year, when.year)};
    words_fill(words, catalogue_text(catalogue, tr("%1 %2 %3")), args, 3);
}

void words_put_clock(struct words *words, int64_t time_s, int32_t utc_offset_s) {
    struct datetime when = local(time_s, utc_offset_s);
    char text[24];
    (void)snprintf(text, sizeof text, "%02d:%02d", when.hour, when.minute);
    words_put(words, span_of_text(text));
}
