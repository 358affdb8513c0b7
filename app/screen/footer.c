/* SPDX-License-Identifier: Apache-2.0 */
#include "screen/footer.h"

#include "screen/band.h"
#include "screen/clock_words.h"

static struct span say(const struct screen_view *view, const char *english) {
    return catalogue_text(view->catalogue, english);
}

/* "Trust list #212, issued 12 Aug, good until 26 Aug" */
static void list_words(const struct screen_view *view, struct words *words) {
    const struct shown_trust *trust = &view->trust;
    struct words seq = {0}, issued = {0}, until = {0};
    words_put_number(&seq, trust->seq);
    words_put_day(&issued, view->catalogue, trust->issued_s, view->utc_offset_s);
    words_put_day(&until, view->catalogue, trust->next_update_s, view->utc_offset_s);
    const struct span args[] = {words_span(&seq), words_span(&issued), words_span(&until)};
    words_fill(words, say(view, tr("Trust list #%1, issued %2, good until %3")), args, 3);
    if (trust->unsigned_source) {
        words_put(words, say(view, tr(" (from an unsigned source)")));
    }
}

/* "; revocation data 11 Aug 22:00 (38 of 41 lists)": of the oldest one, and how many are still in force */
static void status_words(const struct screen_view *view, struct words *words) {
    const struct shown_trust *trust = &view->trust;
    if (trust->status_lists == 0) {
        words_put(words, say(view, tr("; no revocation data")));
        return;
    }
    struct words day = {0}, clock = {0}, in_force = {0}, all = {0};
    words_put_day(&day, view->catalogue, trust->status_as_of_s, view->utc_offset_s);
    words_put_clock(&clock, trust->status_as_of_s, view->utc_offset_s);
    words_put_number(&in_force, trust->status_in_force);
    words_put_number(&all, trust->status_lists);
    const struct span args[] = {words_span(&day), words_span(&clock), words_span(&in_force),
                                words_span(&all)};
    words_fill(words,
               catalogue_plural(view->catalogue,
                                tr_plural("; revocation data %1 %2 (%3 of %4 list)",
                                          "; revocation data %1 %2 (%3 of %4 lists)"),
                                trust->status_lists),
               args, 4);
}

void footer_words(const struct screen_view *view, struct words *words) {
    if (view->trust.present) {
        list_words(view, words);
        status_words(view, words);
    } else {
        words_put(words, say(view, tr("No trust list is installed")));
    }
    const struct span args[] = {say(view, clock_words_state(&view->now))};
    words_fill(words, say(view, tr("; clock: %1")), args, 1);
    enum band_age age = band_age_of(view);
    if (age != BAND_FRESH) {
        words_put(words, age == BAND_ENDED ? say(view, tr(". The list has ended!"))
                                           : say(view, tr(". The list is due for an update!")));
    }
}
