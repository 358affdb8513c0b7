/* SPDX-License-Identifier: Apache-2.0 */
#include "screen/desk_keypad.h"
#include "screen/icon.h"
#include "screen/screens.h"

/* A row of dots, one for each digit that was typed, in a field as a form has them. */
static void dots(struct page *page, struct box box, unsigned typed) {
    int count = typed > SCREEN_PIN_DIGITS ? (int)SCREEN_PIN_DIGITS : (int)typed;
    int step = box.w / ((int)SCREEN_PIN_DIGITS + 1), most = box.h * 5 / 6;
    step = step < most ? step : most;
    page_frame(page, box, PAGE_QUIET, PAGE_CARD, 2, 8);
    for (int i = 0; i < count; i++) {
        page_circle(page, box.x + step * (i + 1), box.y + box.h / 2, step * 30 / 100, PAGE_INK);
    }
}

/* What stands in the way, in words that need no colour. */
static struct span complaint(const struct page *page, struct words *words) {
    const struct screen_pin *pin = &page->view->desk.pin;
    if (pin->missing) {
        return page_say(page,
                        tr("This kiosk has no PIN. Whoever set it up can give it one: credctl kiosk pin"));
    }
    if (pin->wait_s > 0) {
        struct words seconds = {0};
        words_put_number(&seconds, pin->wait_s);
        const struct span args[] = {words_span(&seconds)};
        words_fill(words, page_say(page, tr("Wrong too often. Wait %1 s, then try again.")), args, 1);
        return words_span(words);
    }
    return pin->wrong ? page_say(page, tr("That is not the PIN. Try again.")) : (struct span){0};
}

static void complain(struct page *page, struct box box) {
    static const int sizes[] = {24, 22, 20, 18, 16, 0}, tall[] = {38, 34, 30, 26, 0};
    struct words words = {0};
    struct span text = complaint(page, &words);
    if (text.len == 0) {
        return;
    }
    int side = page->upright ? 64 : 40;
    struct box icon = page_take_start(&box, side);
    icon = (struct box){icon.x, icon.y + (icon.h - side) / 2, side, side};
    (void)page_take_start(&box, 12);
    icon_result(page, icon, RESULT_FAILED);
    page_write(page, box,
               (struct page_type){page->upright ? tall : sizes, true, PAGE_INK, PAGE_START, true, 4}, text);
}

void screens_pin(struct page *page) {
    static const int sizes[] = {44, 40, 36, 32, 28, 0}, tall[] = {70, 64, 56, 48, 0};
    static const int small[] = {22, 20, 18, 16, 0}, small_tall[] = {38, 34, 30, 0};
    const struct screen_pin *pin = &page->view->desk.pin;
    const struct page_button buttons[] = {{.label = page_say(page, tr("Back")), .action = ACTION_LEAVE}};
    struct box rest, place = desk_keypad_place(page, &rest);
    struct page_type head = {page->upright ? tall : sizes, true, PAGE_INK, PAGE_START, true, 1};
    struct page_type text = {page->upright ? small_tall : small, false, PAGE_QUIET, PAGE_START, true, 2};
    page_write(page, page_take_top(&rest, page->upright ? 100 : 64), head, page_say(page, tr("For staff")));
    page_write(page, page_take_top(&rest, page->upright ? 100 : 68), text,
               page_say(page, tr("Type the PIN, then touch the tick.")));
    dots(page, page_inset(page_take_top(&rest, page->upright ? 110 : 72), 0, 6), pin->typed);
    complain(page, rest);
    desk_keypad_draw(page, place, !pin->missing && pin->wait_s == 0);
    page_end(page, buttons, 1);
}
