/* SPDX-License-Identifier: Apache-2.0 */
#include "screen/icon.h"
#include "screen/screens.h"

static void band(struct page *page, struct box band) {
    static const int sizes[] = {60, 54, 48, 44, 40, 36, 0}, tall[] = {88, 80, 72, 64, 56, 48, 0};
    int side = band.h * 72 / 100, gap = (band.h - side) / 2;
    page_fill(page, band, PAGE_GREY, 0);
    icon_warning(page, (struct box){band.x + gap + 4, band.y + gap, side, side}, PAGE_DEMO, PAGE_GREY);
    (void)page_take_start(&band, side + 2 * gap + 14);
    band.w -= 14;
    page_write(page, band,
               (struct page_type){page->upright ? tall : sizes, true, PAGE_WHITE, PAGE_START, true, 2},
               page_say(page, tr("OUT OF ORDER")));
}

void screens_out_of_order(struct page *page) {
    static const int sizes[] = {34, 30, 26, 22, 0}, tall[] = {54, 48, 42, 36, 0};
    static const int small[] = {26, 24, 22, 20, 0}, small_tall[] = {42, 38, 34, 30, 0};
    const struct screen_view *view = page->view;
    const char *sentence = err_sentence(view->problem), *name = err_name(view->problem);
    bool said = sentence != NULL && *sentence != 0;
    band(page, page_take_top(&page->body, page->upright ? 210 : 120));
    struct box rest = page_inset(page->body, page->upright ? 32 : 20, page->upright ? 24 : 8);
    struct page_type head = {page->upright ? tall : sizes, true, PAGE_INK, PAGE_START, true, 3};
    struct page_type text = {page->upright ? small_tall : small, false, PAGE_INK, PAGE_START, true, 2};
    page_write(page, page_take_top(&rest, rest.h * 38 / 100), head,
               page_say(page, said ? sentence : tr("Something in this kiosk does not work.")));
    page_write(page, page_take_top(&rest, rest.h * 50 / 100), text,
               page_say(page, tr("Nothing can be checked here. Please use another kiosk or ask staff.")));
    if (view->contact.len > 0) {
        const struct span args[] = {screens_text(&view->contact)};
        struct words words = {0};
        words_fill(&words, page_say(page, tr("Call: %1")), args, 1);
        page_write(page, page_take_top(&rest, rest.h * 60 / 100), text, words_span(&words));
    }
    const struct span args[] = {span_of_text(name != NULL ? name : "")};
    struct words code = {0};
    words_fill(&code, page_say(page, tr("Code: %1")), args, 1);
    text.colour = PAGE_QUIET;
    text.max_lines = 1;
    page_write(page, rest, text, words_span(&code));
    page_end(page, NULL, 0);
}
