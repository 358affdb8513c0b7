/* SPDX-License-Identifier: Apache-2.0 */
#include "screen/icon.h"
#include "screen/screens.h"

static const char *part_name(enum screen_part part) {
    static const char *const names[SCREEN_PARTS] = {[SCREEN_PART_CAMERA] = tr("Camera"),
                                                    [SCREEN_PART_LISTS] = tr("Trust list"),
                                                    [SCREEN_PART_CLOCK] = tr("Clock"),
                                                    [SCREEN_PART_STORAGE] = tr("Storage"),
                                                    [SCREEN_PART_DISPLAY] = tr("Display")};
    return names[part];
}

/* What a part's result means: before it is known it is being looked at. */
static const char *part_state(enum verdict_result result) {
    switch (result) {
    case RESULT_PASSED:
        return tr("ready");
    case RESULT_FAILED:
        return tr("does not work");
    case RESULT_NOT_APPLICABLE:
        return tr("not needed");
    default:
        return tr("being checked");
    }
}

static void part_row(struct page *page, struct box row, enum screen_part part) {
    static const int sizes[] = {24, 20, 0}, tall[] = {40, 34, 0};
    enum verdict_result result = page->view->parts[part];
    int side = page->upright ? 64 : 38;
    struct box icon = page_take_start(&row, side);
    icon = (struct box){icon.x, icon.y + (icon.h - side) / 2, side, side};
    icon_result(page, icon, result);
    (void)page_take_start(&row, 18);
    struct page_type type = {page->upright ? tall : sizes, true, PAGE_INK, PAGE_START, true, 1};
    page_write(page, page_take_start(&row, row.w / 2), type, page_say(page, part_name(part)));
    type.bold = false;
    page_write(page, row, type, page_say(page, part_state(result)));
}

void screens_boot(struct page *page) {
    static const int sizes[] = {44, 36, 30, 0}, tall[] = {70, 60, 50, 0};
    struct box rest = page_inset(page->body, page->upright ? 40 : 32, page->upright ? 40 : 12);
    struct page_type type = {page->upright ? tall : sizes, true, PAGE_INK, PAGE_START, true, 1};
    page_write(page, page_take_top(&rest, page->upright ? 120 : 70), type, page_say(page, tr("Starting…")));
    int height = page->upright ? 104 : rest.h / SCREEN_PARTS;
    for (unsigned i = 0; i < SCREEN_PARTS; i++) {
        part_row(page, page_take_top(&rest, height), (enum screen_part)i);
    }
    page_end(page, NULL, 0);
}
