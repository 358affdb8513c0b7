/* SPDX-License-Identifier: Apache-2.0 */
#include "screen/footer.h"
#include "screen/page.h"

#define GAP  10
#define SIDE 8

/* An arrow towards the end of the page, or its start. */
static void arrow(struct page *page, struct box box, bool on, uint32_t colour) {
    int x = box.x + box.w / 2, y = box.y + box.h / 2, r = box.h / 4, turn = on ? 1 : -1;
    const int points[][2] = {{x - turn * r / 2, y - r}, {x + turn * r / 2, y},
                             {x - turn * r / 2, y + r}, {x - turn * r, y + r * 2 / 3},
                             {x - turn * r / 4, y},     {x - turn * r, y - r * 2 / 3}};
    page_polygon(page, points, 6, colour);
}

static void draw_button(struct page *page, struct box box, const struct page_button *button) {
    static const int sizes[] = {24, 22, 20, 18, 16, 0}, tall[] = {38, 34, 30, 28, 24, 0};
    bool dark = button->main || button->selected;
    bool down = button->action == page->view->pressed;
    uint32_t ground = down ? PAGE_PRESSED : dark ? PAGE_ACCENT : PAGE_CARD;
    uint32_t ink = down || dark ? PAGE_WHITE : PAGE_INK;
    page_frame(page, box, down || dark ? ground : PAGE_QUIET, ground, 2, 10);
    if (button->arrow_on || button->arrow_back) {
        arrow(page, box, button->arrow_on, ink);
    } else {
        struct page_type type = {page->upright ? tall : sizes, true, ink, PAGE_MIDDLE, true, 1};
        page_write(page, page_inset(box, 8, 2), type, button->label);
    }
    if (button->selected) {
        int line = page->upright ? 5 : 3;
        page_fill(page, (struct box){box.x + box.w / 4, box.y + box.h - 5 * line / 2 - 4, box.w / 2, line},
                  ink, 1);
    }
    page_touch(page, box, button->action);
}

/* Wide enough for the label, in steps so that neighbours look alike. */
static int button_width(struct page *page, const struct page_button *button) {
    if (button->arrow_on || button->arrow_back) {
        return page->touch + page->touch / 4;
    }
    int width = page_width_of(page, page->upright ? 34 : 22, true, button->label) + (page->upright ? 56 : 36);
    int least = page->touch * 7 / 4;
    return width < least ? least : width;
}

/* Across the whole bar when upright, else at its end; *rest is what the footer gets. */
static void draw_buttons(struct page *page, const struct page_button *buttons, int count, struct box *rest) {
    struct box row = {rest->x, rest->y + (rest->h - page->touch) / 2, rest->w, page->touch};
    if (page->upright && count > 0) {
        int width = (row.w - (count - 1) * GAP * 2) / count;
        for (int i = 0; i < count; i++) {
            draw_button(page, page_take_start(&row, width), &buttons[i]);
            (void)page_take_start(&row, GAP * 2);
        }
        return;
    }
    for (int i = count; i > 0; i--) {
        int width = button_width(page, &buttons[i - 1]);
        draw_button(page, page_take_end(&row, width), &buttons[i - 1]);
        (void)page_take_end(&row, GAP);
    }
    rest->w = row.w;
}

void page_end(struct page *page, const struct page_button *buttons, int count) {
    static const int sizes[] = {16, 15, 14, 13, 12, 11, 0}, tall[] = {24, 22, 20, 18, 0};
    struct box bar = page_inset(page->bar, page->upright ? 20 : SIDE, 0);
    struct words words = {0};
    footer_words(page->view, &words);
    draw_buttons(page, buttons, count, &bar);
    struct box footer = page->upright ? page_inset(page->footer, 20, 6) : page_inset(bar, 6, 2);
    page_write(page, footer,
               (struct page_type){page->upright ? tall : sizes, false, PAGE_QUIET, PAGE_START, true, 0},
               words_span(&words));
}
