/* SPDX-License-Identifier: Apache-2.0 */
#include "screen/desk_keypad.h"

#include "screen/icon.h"
#include "screen/icon_desk.h"

#define ROWS    4
#define COLUMNS 3
#define GAP     8
#define GAP_LOW 3

/* Where the body is so low that keys of 9 mm are all it holds, they stand closer together. */
static int gap_in(const struct page *page, int height) {
    return (height - (ROWS - 1) * GAP) / ROWS < page->touch_least ? GAP_LOW : GAP;
}

struct box desk_keypad_place(struct page *page, struct box *rest) {
    *rest = page_inset(page->body, page->upright ? 32 : 20, page->upright ? 24 : 8);
    if (page->upright) {
        int height = ROWS * page->touch * 5 / 4 + (ROWS - 1) * GAP, most = rest->h * 6 / 10;
        return page_take_bottom(rest, height < most ? height : most);
    }
    int width = COLUMNS * page->touch * 7 / 4 + (COLUMNS - 1) * GAP, most = rest->w * 48 / 100;
    struct box place = page_take_end(rest, width < most ? width : most);
    if (gap_in(page, place.h) < GAP) {
        place = (struct box){place.x, page->body.y + GAP_LOW, place.w, page->body.h - 2 * GAP_LOW};
    }
    (void)page_take_end(rest, 20);
    return place;
}

static void digit(struct page *page, struct box box, char character, uint32_t ink) {
    static const int sizes[] = {36, 30, 24, 0}, tall[] = {60, 50, 40, 0};
    page_write(page, box, (struct page_type){page->upright ? tall : sizes, true, ink, PAGE_MIDDLE, true, 1},
               span_of_bytes(&character, 1));
}

/* The sign of a key in the middle of it. */
static struct box sign(struct box box) {
    int side = (box.h < box.w ? box.h : box.w) * 55 / 100;
    return (struct box){box.x + (box.w - side) / 2, box.y + (box.h - side) / 2, side, side};
}

static void key(struct page *page, struct box box, int number, bool on) {
    static const enum action actions[ROWS * COLUMNS] = {ACTION_DIGIT + 1, ACTION_DIGIT + 2, ACTION_DIGIT + 3,
                                                        ACTION_DIGIT + 4, ACTION_DIGIT + 5, ACTION_DIGIT + 6,
                                                        ACTION_DIGIT + 7, ACTION_DIGIT + 8, ACTION_DIGIT + 9,
                                                        ACTION_ERASE,     ACTION_DIGIT,     ACTION_ENTER};
    enum action action = actions[number];
    bool down = on && action == page->view->pressed, main = on && action == ACTION_ENTER;
    uint32_t ground = down ? PAGE_PRESSED : main ? PAGE_ACCENT : on ? PAGE_CARD : PAGE_GROUND;
    uint32_t ink = down || main ? PAGE_WHITE : on ? PAGE_INK : PAGE_QUIET;
    page_frame(page, box, down || main ? ground : on ? PAGE_QUIET : PAGE_LINE, ground, 2, 10);
    if (action == ACTION_ERASE) {
        icon_desk_erase(page, sign(box), ink, ground);
    } else if (action == ACTION_ENTER) {
        icon_tick(page, sign(box), ink);
    } else {
        digit(page, box, (char)('0' + (action - ACTION_DIGIT)), ink);
    }
    if (on) {
        page_touch(page, box, action);
    }
}

/* Digits run from left to right in every language, so the keypad is the one thing that never turns round with its
 * page: it is drawn on a copy of the page that does not turn. */
void desk_keypad_draw(struct page *page, struct box box, bool on) {
    struct page plain = *page;
    plain.rtl = false;
    box.x = page->rtl ? page->width - box.x - box.w : box.x;
    int gap = gap_in(page, box.h);
    int width = (box.w - (COLUMNS - 1) * gap) / COLUMNS, height = (box.h - (ROWS - 1) * gap) / ROWS;
    for (int i = 0; i < ROWS * COLUMNS; i++) {
        struct box place = {box.x + i % COLUMNS * (width + gap), box.y + i / COLUMNS * (height + gap), width,
                            height};
        key(&plain, place, i, on);
    }
}
