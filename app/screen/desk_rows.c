/* SPDX-License-Identifier: Apache-2.0 */
#include "screen/desk_rows.h"

#include "screen/icon.h"

#define ROW_MOST      44
#define ROW_TALL_MOST 84

static void row(struct page *page, struct box box, const struct desk_row *row) {
    static const int labels[] = {20, 18, 17, 16, 15, 14, 0}, labels_tall[] = {30, 28, 26, 24, 0};
    static const int values[] = {22, 20, 19, 18, 17, 16, 15, 14, 13, 0},
                     values_tall[] = {34, 32, 30, 28, 26, 24, 0};
    struct box label = page_take_start(&box, box.w * (page->upright ? 40 : 36) / 100);
    label.w -= 12;
    page_write(
        page, label,
        (struct page_type){page->upright ? labels_tall : labels, false, PAGE_QUIET, PAGE_START, true, 2},
        page_say(page, row->label));
    page_write(page, box,
               (struct page_type){page->upright ? values_tall : values, true, PAGE_INK, PAGE_START, true, 2},
               words_span(&row->value));
}

void desk_rows_draw(struct page *page, struct box box, const struct desk_row *rows, int count) {
    int most = page->upright ? ROW_TALL_MOST : ROW_MOST, height = count > 0 ? box.h / count : 0;
    height = height < most ? height : most;
    for (int i = 0; i < count; i++) {
        row(page, page_take_top(&box, height - 2), &rows[i]);
        page_fill(page, page_take_top(&box, 2), PAGE_LINE, 0);
    }
}

void desk_rows_put_moment(const struct screen_view *view, struct words *words, int64_t time_s) {
    words_put_date(words, view->catalogue, time_s, view->utc_offset_s);
    words_put(words, span_of_text(" "));
    words_put_clock(words, time_s, view->utc_offset_s);
}

void desk_rows_result(struct page *page, struct box box, enum verdict_result result, struct span text) {
    static const int sizes[] = {30, 28, 26, 24, 22, 20, 18, 16, 0}, tall[] = {46, 42, 38, 34, 30, 28, 0};
    int side = page->upright ? 72 : 48;
    side = side < box.h ? side : box.h;
    struct box icon = page_take_start(&box, side);
    icon = (struct box){icon.x, icon.y + (icon.h - side) / 2, side, side};
    (void)page_take_start(&box, page->upright ? 20 : 14);
    icon_result(page, icon, result);
    page_write(page, box,
               (struct page_type){page->upright ? tall : sizes, true, PAGE_INK, PAGE_START, true, 4}, text);
}
