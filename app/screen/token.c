/* SPDX-License-Identifier: Apache-2.0 */
/* token: what became of a freshness code: until when the lists are confirmed, or why it was refused. */
#include "screen/icon.h"
#include "screen/screens.h"

/* Not the green of a valid credential: nobody may take the one for the other. */
static void band(struct page *page, struct box box, bool accepted) {
    static const int sizes[] = {54, 48, 44, 40, 36, 32, 28, 0}, tall[] = {80, 72, 64, 56, 48, 44, 40, 0};
    uint32_t ground = accepted ? PAGE_ACCENT : PAGE_GREY;
    int side = box.h * 64 / 100, gap = (box.h - side) / 2;
    struct box icon = {box.x + gap + 4, box.y + gap, side, side};
    page_fill(page, box, ground, 0);
    if (accepted) {
        icon_tick(page, icon, PAGE_WHITE);
    } else {
        icon_verdict(page, icon, VERDICT_CANNOT_CHECK, PAGE_WHITE, ground);
    }
    (void)page_take_start(&box, side + 2 * gap + 14);
    box.w -= 14;
    page_write(page, box,
               (struct page_type){page->upright ? tall : sizes, true, PAGE_WHITE, PAGE_START, true, 2},
               page_say(page, accepted ? tr("LISTS CONFIRMED") : tr("CODE NOT ACCEPTED")));
}

static struct span dated(const struct page *page, const char *pattern, int64_t time_s, struct words *words) {
    struct words date = {0};
    words_put_date(&date, page->view->catalogue, time_s, page->view->utc_offset_s);
    const struct span args[] = {words_span(&date)};
    words_fill(words, page_say(page, pattern), args, 1);
    return words_span(words);
}

static struct span counted(const struct page *page, uint32_t count, struct words *words) {
    struct words number = {0};
    words_put_number(&number, count);
    const struct span args[] = {words_span(&number)};
    words_fill(words,
               catalogue_plural(page->view->catalogue,
                                tr_plural("%1 revocation was added since the list was made.",
                                          "%1 revocations were added since the list was made."),
                                count),
               args, 1);
    return words_span(words);
}

static void accepted(struct page *page, struct box rest, struct page_type head, struct page_type text) {
    const struct screen_confirmation *token = &page->view->token;
    struct words until = {0}, issued = {0}, revoked = {0};
    page_write(page, page_take_top(&rest, rest.h * 40 / 100), head,
               dated(page, tr("The lists are confirmed until %1."), token->until_s, &until));
    page_write(page, page_take_top(&rest, rest.h / 2), text,
               dated(page, tr("This code was made on %1."), token->issued_s, &issued));
    if (token->revoked > 0) {
        page_write(page, rest, text, counted(page, token->revoked, &revoked));
    }
}

static void refused(struct page *page, struct box rest, struct page_type head, struct page_type text) {
    const struct screen_confirmation *token = &page->view->token;
    const struct span args[] = {span_of_text(err_name(token->err))};
    struct words code = {0};
    page_write(page, page_take_top(&rest, rest.h * 55 / 100), head, page_say(page, err_sentence(token->err)));
    page_write(page, page_take_top(&rest, rest.h * 55 / 100), text,
               page_say(page, tr("The lists stay as they were.")));
    words_fill(&code, page_say(page, tr("Code: %1")), args, 1);
    text.colour = PAGE_QUIET;
    page_write(page, rest, text, words_span(&code));
}

void screens_token(struct page *page) {
    static const int sizes[] = {34, 30, 26, 22, 20, 18, 0}, tall[] = {54, 48, 42, 36, 32, 0};
    static const int small[] = {24, 22, 20, 18, 16, 0}, small_tall[] = {40, 36, 32, 28, 0};
    bool good = page->view->token.err == ERR_OK;
    band(page, page_take_top(&page->body, page->upright ? 210 : 120), good);
    struct box rest = page_inset(page->body, page->upright ? 32 : 20, page->upright ? 24 : 10);
    struct page_type head = {page->upright ? tall : sizes, true, PAGE_INK, PAGE_START, false, 3};
    struct page_type text = {page->upright ? small_tall : small, false, PAGE_INK, PAGE_START, false, 2};
    (good ? accepted : refused)(page, rest, head, text);
    const struct page_button done = {
        .label = page_say(page, tr("Done")), .action = ACTION_DONE, .main = true};
    page_end(page, &done, 1);
}
