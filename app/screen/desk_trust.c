/* SPDX-License-Identifier: Apache-2.0 */
#include "screen/desk_rows.h"
#include "screen/screens.h"

#define ROWS 6

/* "#212, root 3, signed by key 4f1c0a9e" */
static void name_row(const struct page *page, struct words *words) {
    const struct screen_trust *desk = &page->view->desk.trust;
    struct words seq = {0}, root = {0};
    words_put_number(&seq, page->view->trust.seq);
    words_put_number(&root, desk->root);
    const struct span args[] = {words_span(&seq), words_span(&root), span_of_text(desk->signer)};
    words_fill(words, page_say(page, tr("#%1, root %2, signed by key %3")), args, 3);
}

/* "38 of 41 in force, the oldest of 11 Aug 22:00" */
static void status_row(const struct page *page, struct words *words) {
    const struct screen_view *view = page->view;
    struct words in_force = {0}, all = {0}, oldest = {0};
    if (view->trust.status_lists == 0) {
        words_put(words, page_say(page, tr("none: nobody can be found revoked")));
        return;
    }
    words_put_number(&in_force, view->trust.status_in_force);
    words_put_number(&all, view->trust.status_lists);
    words_put_day(&oldest, view->catalogue, view->trust.status_as_of_s, view->utc_offset_s);
    words_put(&oldest, span_of_text(" "));
    words_put_clock(&oldest, view->trust.status_as_of_s, view->utc_offset_s);
    const struct span args[] = {words_span(&in_force), words_span(&all), words_span(&oldest)};
    words_fill(words, page_say(page, tr("%1 of %2 in force, the oldest of %3")), args, 3);
}

/* "of 12 August 2026 10:00, with 2 revocations" */
static void token_row(const struct page *page, struct words *words) {
    const struct screen_trust *desk = &page->view->desk.trust;
    struct words made = {0}, count = {0};
    if (!desk->token) {
        words_put(words, page_say(page, tr("none")));
        return;
    }
    desk_rows_put_moment(page->view, &made, desk->token_issued_s);
    words_put_number(&count, desk->token_revocations);
    const struct span args[] = {words_span(&made), words_span(&count)};
    words_fill(words,
               catalogue_plural(page->view->catalogue,
                                tr_plural("of %1, with %2 revocation", "of %1, with %2 revocations"),
                                desk->token_revocations),
               args, 2);
}

static void rows(struct page *page, struct box box) {
    const struct shown_trust *trust = &page->view->trust;
    struct desk_row all[ROWS] = {{.label = tr("List")},         {.label = tr("Made on")},
                                 {.label = tr("Good until")},   {.label = tr("Ends on")},
                                 {.label = tr("Status lists")}, {.label = tr("Freshness code")}};
    name_row(page, &all[0].value);
    desk_rows_put_moment(page->view, &all[1].value, trust->issued_s);
    desk_rows_put_moment(page->view, &all[2].value, trust->next_update_s);
    desk_rows_put_moment(page->view, &all[3].value, trust->expires_s);
    status_row(page, &all[4].value);
    token_row(page, &all[5].value);
    desk_rows_draw(page, box, all, ROWS);
}

/* How it stands with the list, worst first. */
static enum verdict_result state(const struct page *page, const char **sentence) {
    const struct screen_view *view = page->view;
    const char *why = err_sentence(view->desk.trust.err);
    if (!view->trust.present || view->desk.trust.err != ERR_OK) {
        bool said = view->desk.trust.err != ERR_OK && why != NULL;
        *sentence = said ? why : tr("No trust list is installed");
        return RESULT_FAILED;
    }
    if (interval_has_come(&view->now, view->trust.expires_s) == ANSWER_YES) {
        *sentence = tr("This list has ended. Nothing can be relied on until it is updated.");
        return RESULT_FAILED;
    }
    bool fresh = interval_has_come(&view->now, view->trust.next_update_s) == ANSWER_NO;
    *sentence =
        fresh ? tr("This list is in use and fresh.") : tr("This list is in use, and due for an update.");
    return fresh ? RESULT_PASSED : RESULT_UNKNOWN;
}

void screens_trust(struct page *page) {
    const struct page_button buttons[] = {
        {.label = page_say(page, tr("Back")), .action = ACTION_BACK},
        {.label = page_say(page, tr("Update from a stick")), .action = ACTION_TILE_IMPORT, .main = true}};
    struct box rest = page_inset(page->body, page->upright ? 32 : 20, page->upright ? 24 : 8);
    const char *sentence = NULL;
    enum verdict_result result = state(page, &sentence);
    desk_rows_result(page, page_take_top(&rest, page->upright ? 150 : 72), result, page_say(page, sentence));
    (void)page_take_top(&rest, page->upright ? 16 : 6);
    if (page->view->trust.present) {
        rows(page, rest);
    }
    page_end(page, buttons, 2);
}
