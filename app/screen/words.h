/* words: sentences with numbers, dates and times put into them, in the language of the screen. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCREEN_WORDS_H
#define SCREEN_WORDS_H

#include "screen/catalogue.h"

/* Marks an English sentence that assets/lang has to translate; tests/lint/translations.sh looks for it. */
#define tr(text)             (text)
#define tr_plural(one, many) (one), (many)

#define WORDS_BYTES 1024

/* A sentence being made; what does not fit is left out. */
struct words {
    size_t len;
    char bytes[WORDS_BYTES];
};

static inline struct span words_span(const struct words *words) {
    return (struct span){(const uint8_t *)words->bytes, words->len};
}

/* Append text as it is. */
void words_put(struct words *words, struct span text);
void words_put_number(struct words *words, uint64_t number);

/* Append a pattern with %1 to %9 replaced by args[0] to args[8]; a number without its arg is left out. */
void words_fill(struct words *words, struct span pattern, const struct span *args, size_t count);

/* Append "12 Aug", "12 August 2026" or "22:00" of a moment, local time being UTC plus utc_offset_s. */
void words_put_day(struct words *words, const struct catalogue *catalogue, int64_t time_s,
                   int32_t utc_offset_s);
void words_put_date(struct words *words, const struct catalogue *catalogue, int64_t time_s,
                    int32_t utc_offset_s);
void words_put_clock(struct words *words, int64_t time_s, int32_t utc_offset_s);

#endif
