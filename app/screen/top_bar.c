/* SPDX-License-Identifier: Apache-2.0 */
#include "screen/top_bar.h"

#include "screen/icon_desk.h"

/* The time of day at the end of the top bar, or that nobody knows it. */
static void clock_mark(struct page *page, struct box box) {
    static const int sizes[] = {20, 18, 16, 14, 0}, tall[] = {34, 30, 26, 22, 19, 0};
    const struct screen_view *view = page->view;
    struct words words = {0};
    if (view->now.source == INTERVAL_NO_CLOCK || view->now.source == INTERVAL_DISAGREE) {
        words_put(&words, page_say(page, tr("clock not set")));
    } else {
        words_put_clock(&words, view->now.lo_s, view->utc_offset_s);
    }
    page_write(page, page_inset(box, 0, 4),
               (struct page_type){page->upright ? tall : sizes, true, PAGE_WHITE, PAGE_END, true, 2},
               words_span(&words));
}

/* DEMO, and what it means, in the middle of the top bar. */
static void demo_mark(struct page *page, struct box box) {
    static const int sizes[] = {18, 16, 14, 13, 0}, tall[] = {30, 26, 22, 20, 18, 0};
    struct page_type type = {page->upright ? tall : sizes, true, PAGE_BLACK, PAGE_MIDDLE, true, 1};
    page_fill(page, box, PAGE_DEMO, box.h / 2);
    page_write(page, page_inset(box, 12, 0), type, page_say(page, tr("DEMO: nothing here is real")));
}

/* The lock at the end of the bar; its target reaches below the bar, where no other may lie. */
static void lock(struct page *page, struct box *rest) {
    struct box box = top_bar_lock(page);
    if (box.w == 0) {
        return;
    }
    int side = page->top.h * 64 / 100;
    bool down = page->view->pressed == ACTION_STAFF;
    (void)page_take_end(rest, page->width - box.x - (page->upright ? 20 : 14));
    uint32_t ground = down ? PAGE_ACCENT : PAGE_TOP;
    page_fill(page, (struct box){box.x, page->top.y, box.w, page->top.h}, ground, 0);
    icon_desk_lock(
        page, (struct box){box.x + (box.w - side) / 2, page->top.y + (page->top.h - side) / 2, side, side},
        PAGE_WHITE, ground);
    page_touch(page, box, ACTION_STAFF);
}

struct box top_bar_lock(const struct page *page) {
    enum screen_kind kind = page->view->kind;
    if (kind != SCREEN_SCAN && kind != SCREEN_VERDICT && kind != SCREEN_OUT_OF_ORDER) {
        return (struct box){0};
    }
    int high = page->touch > page->top.h ? page->touch : page->top.h;
    return (struct box){page->width - page->touch, page->top.y, page->touch, high};
}

void top_bar_draw(struct page *page) {
    static const int sizes[] = {20, 18, 16, 0}, tall[] = {34, 30, 26, 24, 22, 0};
    const struct shown *title = &page->view->title;
    struct box rest = page_inset(page->top, page->upright ? 20 : 14, 0);
    struct page_type type = {page->upright ? tall : sizes, true, PAGE_WHITE, PAGE_START, true, 1};
    page_fill(page, page->top, PAGE_TOP, 0);
    lock(page, &rest);
    clock_mark(page, page_take_end(&rest, page->width / 5));
    if (page->view->trust.demo) {
        struct box box = page_take_end(&rest, page->width * (page->upright ? 47 : 40) / 100);
        demo_mark(page, page_inset(box, 0, page->upright ? 12 : 6));
    }
    page_write_foreign(page, rest, type,
                       title->len > 0 ? span_of_bytes(title->bytes, title->len) : span_of_text("Credkiosk"));
}
