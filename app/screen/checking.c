/* SPDX-License-Identifier: Apache-2.0 */
#include "screen/icon.h"
#include "screen/screens.h"

/* "3 of 7 parts" */
static void part_count(struct page *page, struct box box) {
    static const int sizes[] = {26, 22, 20, 0}, tall[] = {44, 38, 32, 0};
    struct words words = {0};
    struct span text = screens_parts_count(page, tr("Part %1 of %2. Keep showing the code."), &words);
    page_write(page, box,
               (struct page_type){page->upright ? tall : sizes, false, PAGE_INK,
                                  page->upright ? PAGE_MIDDLE : PAGE_START, false, 3},
               text);
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
        (void)page_take_top(&rest, screens_parts(page, rest) + 8);
        part_count(page, rest);
    } else {
        int side = rest.h < rest.w ? rest.h * 8 / 10 : rest.w * 8 / 10;
        struct box ring = {page->upright ? rest.x + (rest.w - side) / 2 : rest.x, rest.y, side, side};
        icon_busy(page, ring, page->view->beat, PAGE_ACCENT);
    }
    page_end(page, NULL, 0);
}
