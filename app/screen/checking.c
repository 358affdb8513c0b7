/* SPDX-License-Identifier: Apache-2.0 */
#include "screen/icon.h"
#include "screen/screens.h"

/* Dots in rows; beyond this many parts the count alone is shown. */
#define DOTS_MAX 36
#define DOTS_ROW 6

/* A dot for each part of a code in several pictures: full when it was seen. */
static int part_dots(struct page *page, struct box box) {
    unsigned total = page->view->parts_total, seen = page->view->parts_seen;
    int most = page->upright ? 60 : 44, pitch = box.w / DOTS_ROW < most ? box.w / DOTS_ROW : most,
        radius = pitch * 3 / 8, lines = 0;
    box.x += page->upright ? (box.w - DOTS_ROW * pitch) / 2 : 0;
    for (unsigned i = 0; total <= DOTS_MAX && i < total; i++) {
        int x = box.x + (int)(i % DOTS_ROW) * pitch + radius,
            y = box.y + (int)(i / DOTS_ROW) * pitch + radius;
        lines = (int)(i / DOTS_ROW) + 1;
        page_circle(page, x, y, radius, PAGE_ACCENT);
        if (i >= seen) {
            page_circle(page, x, y, radius - 3, PAGE_GROUND);
        }
    }
    return lines * pitch;
}

/* "3 of 7 parts" */
static void part_count(struct page *page, struct box box) {
    static const int sizes[] = {26, 22, 20, 0}, tall[] = {44, 38, 32, 0};
    struct words seen = {0}, total = {0}, words = {0};
    words_put_number(&seen, page->view->parts_seen);
    words_put_number(&total, page->view->parts_total);
    const struct span args[] = {words_span(&seen), words_span(&total)};
    words_fill(&words, page_say(page, tr("Part %1 of %2. Keep showing the code.")), args, 2);
    page_write(page, box,
               (struct page_type){page->upright ? tall : sizes, false, PAGE_INK,
                                  page->upright ? PAGE_MIDDLE : PAGE_START, false, 3},
               words_span(&words));
}

void screens_checking(struct page *page) {
    static const int sizes[] = {44, 40, 36, 32, 28, 0}, tall[] = {70, 64, 56, 48, 0};
    struct box rest, place = screens_picture(page, &rest);
    page_fill(page, place, PAGE_NO_PHOTO, 0);
    page_preview(page, place);
    struct box head = page_take_top(&rest, rest.h * 40 / 100);
    page_write(page, head,
               (struct page_type){page->upright ? tall : sizes, true, PAGE_INK,
                                  page->upright ? PAGE_MIDDLE : PAGE_START, true, 2},
               page_say(page, tr("Checking…")));
    if (page->view->parts_total > 1) {
        (void)page_take_top(&rest, part_dots(page, rest) + 8);
        part_count(page, rest);
    } else {
        int side = rest.h < rest.w ? rest.h * 8 / 10 : rest.w * 8 / 10;
        struct box ring = {page->upright ? rest.x + (rest.w - side) / 2 : rest.x, rest.y, side, side};
        icon_busy(page, ring, page->view->beat, PAGE_ACCENT);
    }
    page_end(page, NULL, 0);
}
