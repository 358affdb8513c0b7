/* SPDX-License-Identifier: Apache-2.0 */
/* holder: when the holder signed what was shown, in words. An age is told only where the clock bounds it, and then the
 * greatest that it can be: the time of signing is the signer's own word. */
#include "screen/screens.h"

#define MINUTE 60
/* What is called "just now", and up to what minutes are counted. */
#define JUST_NOW_S 120
#define MINUTES_S  (60 * MINUTE)

/* How the time of signing stands to the present. */
enum age { AGE_UNKNOWN = 0, AGE_JUST_NOW, AGE_MINUTES, AGE_OLDER };

/* Nothing is told of a time that has not come, nor where nothing says how late it is. */
static enum age age_of(const struct verdict *verdict, unsigned *minutes) {
    const struct verdict_check *check = &verdict->checks[CHECK_HOLDER];
    int64_t age_s = 0;
    bool bounded = verdict->now.source != INTERVAL_NO_CLOCK && verdict->now.hi_s != INTERVAL_UNBOUNDED;
    if (!check->has_as_of || !bounded || check->as_of_s > verdict->now.hi_s) {
        return AGE_UNKNOWN;
    }
    if (__builtin_sub_overflow(verdict->now.hi_s, check->as_of_s, &age_s) || age_s > MINUTES_S) {
        return AGE_OLDER;
    }
    *minutes = (unsigned)((age_s + MINUTE - 1) / MINUTE);
    return age_s <= JUST_NOW_S ? AGE_JUST_NOW : AGE_MINUTES;
}

/* What a kind of age is called, with %1 and %2 for numbers. */
static struct span pattern_of(const struct page *page, enum age age, unsigned minutes) {
    switch (age) {
    case AGE_JUST_NOW:
        return page_say(page, tr("Presented by its holder just now."));
    case AGE_MINUTES:
        return catalogue_plural(page->view->catalogue,
                                tr_plural("Presented by its holder within the last %1 minute.",
                                          "Presented by its holder within the last %1 minutes."),
                                minutes);
    case AGE_OLDER:
        return page_say(page, tr("Signed by its holder on %1 at %2."));
    case AGE_UNKNOWN:
        break;
    }
    return page_say(page, tr("Signed by its holder; when is not known."));
}

/* The same in short, behind a result. */
static struct span short_pattern_of(const struct page *page, enum age age, unsigned minutes) {
    switch (age) {
    case AGE_JUST_NOW:
        return page_say(page, tr("just now"));
    case AGE_MINUTES:
        return catalogue_plural(page->view->catalogue,
                                tr_plural("in the last %1 minute", "in the last %1 minutes"), minutes);
    case AGE_OLDER:
        return page_say(page, tr("%1, %2"));
    case AGE_UNKNOWN:
        break;
    }
    return (struct span){0};
}

static void fill(const struct page *page, enum age age, unsigned minutes, struct span pattern,
                 struct words *words) {
    const struct screen_view *view = page->view;
    struct words first = {0}, second = {0};
    if (age == AGE_MINUTES) {
        words_put_number(&first, minutes);
    } else if (age == AGE_OLDER) {
        int64_t signed_s = screen_verdict(view)->checks[CHECK_HOLDER].as_of_s;
        words_put_date(&first, view->catalogue, signed_s, view->utc_offset_s);
        words_put_clock(&second, signed_s, view->utc_offset_s);
    }
    const struct span args[] = {words_span(&first), words_span(&second)};
    words_fill(words, pattern, args, 2);
}

struct span screens_holder(const struct page *page, struct words *words) {
    const struct verdict *verdict = screen_verdict(page->view);
    unsigned minutes = 0;
    enum age age = age_of(verdict, &minutes);
    if (verdict->checks[CHECK_HOLDER].result == RESULT_PASSED) {
        fill(page, age, minutes, pattern_of(page, age, minutes), words);
    }
    return words_span(words);
}

struct span screens_holder_age(const struct page *page, struct words *words) {
    unsigned minutes = 0;
    enum age age = age_of(screen_verdict(page->view), &minutes);
    fill(page, age, minutes, short_pattern_of(page, age, minutes), words);
    return words_span(words);
}
