/* SPDX-License-Identifier: Apache-2.0 */
#include "screen/clock_words.h"
#include "screen/desk_keypad.h"
#include "screen/desk_rows.h"
#include "screen/screens.h"

/* "2026-08-1_ __:__": what is typed, in its places; the same in every language. */
static struct span typed_words(const struct screen_clock *clock, struct words *words) {
    static const char places[] = "0123-45-67 89:AB";
    for (const char *place = places; *place != '\0'; place++) {
        const char *found = strchr("0123456789AB", *place);
        size_t index = found == NULL ? 0 : (size_t)(*place <= '9' ? *place - '0' : *place - 'A' + 10);
        bool separator = *place == '-' || *place == ':' || *place == ' ';
        bool typed = !separator && strnlen(clock->digits, SCREEN_CLOCK_DIGITS) > index;
        char character = separator ? *place : typed ? clock->digits[index] : '_';
        words_put(words, span_of_bytes(&character, 1));
    }
    return words_span(words);
}

/* The field never turns round: date and time are written as their standard has them. */
static void field(struct page *page, struct box box) {
    static const int sizes[] = {34, 30, 26, 22, 18, 0}, tall[] = {60, 54, 48, 40, 0};
    struct page plain = *page;
    struct words words = {0};
    plain.rtl = false;
    box.x = page->rtl ? page->width - box.x - box.w : box.x;
    page_frame(&plain, box, PAGE_QUIET, PAGE_CARD, 2, 8);
    page_write(&plain, page_inset(box, 8, 2),
               (struct page_type){page->upright ? tall : sizes, true, PAGE_INK, PAGE_MIDDLE, true, 1},
               typed_words(&page->view->desk.clock, &words));
}

static const char *battery(const struct screen_clock *clock) {
    return clock->rtc_ill ? tr("stands still or is wrong") : clock->rtc ? tr("goes") : tr("none");
}

static void state(struct page *page, struct box box) {
    const struct screen_view *view = page->view;
    struct desk_row rows[] = {
        {.label = tr("Clock")}, {.label = tr("Not before")}, {.label = tr("Battery clock")}};
    words_put(&rows[0].value, page_say(page, clock_words_state(&view->now)));
    desk_rows_put_moment(view, &rows[1].value, view->now.lo_s);
    words_put(&rows[2].value, page_say(page, battery(&view->desk.clock)));
    desk_rows_draw(page, box, rows, 3);
}

void screens_clock(struct page *page) {
    static const int sizes[] = {24, 22, 20, 18, 0}, tall[] = {40, 36, 32, 28, 24, 0};
    const struct page_button buttons[] = {{.label = page_say(page, tr("Back")), .action = ACTION_BACK}};
    const char *why = err_sentence(page->view->desk.clock.err);
    struct box rest, place = desk_keypad_place(page, &rest);
    state(page, page_take_top(&rest, rest.h * 38 / 100));
    (void)page_take_top(&rest, 6);
    page_write(page, page_take_top(&rest, rest.h * 35 / 100),
               (struct page_type){page->upright ? tall : sizes, true, PAGE_INK, PAGE_START, true, 2},
               page_say(page, tr("Type year, month, day, hour and minute, then touch the tick.")));
    field(page, page_take_top(&rest, rest.h * 44 / 100));
    (void)page_take_top(&rest, 6);
    if (page->view->desk.clock.err != ERR_OK && why != NULL) {
        desk_rows_result(page, rest, RESULT_FAILED, page_say(page, why));
    }
    desk_keypad_draw(page, place, true);
    page_end(page, buttons, 1);
}
