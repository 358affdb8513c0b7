/* SPDX-License-Identifier: Apache-2.0 */
#include "screen/band.h"

#include "screen/clock_words.h"
#include "screen/icon.h"
#include "screen/icon_desk.h"

#define HEIGHT      34
#define HEIGHT_TALL 72

enum band_age band_age_of(const struct screen_view *view) {
    if (!view->trust.present) {
        return BAND_FRESH;
    }
    if (interval_has_come(&view->now, view->trust.expires_s) == ANSWER_YES) {
        return BAND_ENDED;
    }
    return interval_has_come(&view->now, view->trust.next_update_s) == ANSWER_NO ? BAND_FRESH : BAND_DUE;
}

/* How a band looks; each has a sign of its own shape. */
struct look {
    uint32_t ground, ink;
    const char *text;
    void (*icon)(struct page *page, struct box box, uint32_t ink, uint32_t ground);
};

static void draw(struct page *page, const struct look *look) {
    static const int sizes[] = {20, 18, 17, 16, 15, 14, 13, 12, 0}, tall[] = {32, 30, 28, 26, 24, 22, 20, 0};
    struct box box = page_take_top(&page->body, page->upright ? HEIGHT_TALL : HEIGHT);
    int side = box.h * 70 / 100;
    page_fill(page, box, look->ground, 0);
    box = page_inset(box, page->upright ? 20 : 14, 2);
    struct box icon = page_take_start(&box, side);
    look->icon(page, (struct box){icon.x, icon.y + (icon.h - side) / 2, side, side}, look->ink, look->ground);
    (void)page_take_start(&box, 12);
    page_write(page, box,
               (struct page_type){page->upright ? tall : sizes, true, look->ink, PAGE_START, true,
                                  page->upright ? 2 : 1},
               page_say(page, look->text));
}

void band_draw(struct page *page) {
    const struct screen_view *view = page->view;
    struct look due = {PAGE_AMBER, PAGE_BLACK, tr("The trust list is due for an update. Call staff."),
                       icon_warning};
    struct look ended = {PAGE_RED, PAGE_WHITE,
                         tr("This list has ended. Nothing can be relied on until it is updated."), icon_stop};
    struct look lost = {PAGE_AMBER, PAGE_BLACK,
                        tr("Late revocations were lost here: install a newer trust list. Call staff."),
                        icon_warning};
    struct look stick = {PAGE_CARD, PAGE_INK, tr("A stick was found. Staff: touch the lock."),
                         icon_desk_stick};
    enum band_age age = band_age_of(view);
    if (age == BAND_DUE && !clock_words_is_set(&view->now)) {
        due.text = tr("The clock is not set: nobody knows how old the trust list is. Call staff.");
    }
    if (age != BAND_FRESH) {
        draw(page, age == BAND_ENDED ? &ended : &due);
    }
    if (view->trust.revocations_lost) {
        draw(page, &lost);
    }
    if (view->kind == SCREEN_SCAN && view->stick) {
        draw(page, &stick);
    }
}
