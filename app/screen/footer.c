/* SPDX-License-Identifier: Apache-2.0 */
#include "screen/footer.h"

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

/* "; revocation data 11 Aug 22:00 (41 lists)" */
static void status_words(const struct screen_view *view, struct words *words) {
    const struct shown_trust *trust = &view->trust;
    if (trust->status_lists == 0) {
        words_put(words, say(view, tr("; no revocation data")));
        return;
    }
    struct words day = {0}, clock = {0}, count = {0};
    words_put_day(&day, view->catalogue, trust->status_as_of_s, view->utc_offset_s);
    words_put_clock(&clock, trust->status_as_of_s, view->utc_offset_s);
    words_put_number(&count, trust->status_lists);
    const struct span args[] = {words_span(&day), words_span(&clock), words_span(&count)};
    words_fill(
        words,
        catalogue_plural(view->catalogue,
                         tr_plural("; revocation data %1 %2 (%3 list)", "; revocation data %1 %2 (%3 lists)"),
                         trust->status_lists),
        args, 3);
}

static struct span clock_words(const struct screen_view *view) {
    if (view->now.source == INTERVAL_DISAGREE) {
        return say(view, tr("; clock: its sources disagree"));
    }
    bool checked = view->now.source != INTERVAL_NO_CLOCK && view->now.hi_s != INTERVAL_UNBOUNDED;
    return checked ? say(view, tr("; clock: checked")) : say(view, tr("; clock: not set"));
}

void footer_words(const struct screen_view *view, struct words *words) {
    if (view->trust.present) {
        list_words(view, words);
        status_words(view, words);
    } else {
        words_put(words, say(view, tr("No trust list is installed")));
    }
    words_put(words, clock_words(view));
    if (view->trust.present && interval_has_come(&view->now, view->trust.next_update_s) != ANSWER_NO) {
        words_put(words, say(view, tr(". The list is due for an update!")));
    }
}
