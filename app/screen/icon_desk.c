/* SPDX-License-Identifier: Apache-2.0 */
#include "screen/icon_desk.h"

/* A part of the box, in hundredths. */
static struct box part(struct box box, int x, int y, int w, int h) {
    return (struct box){box.x + box.w * x / 100, box.y + box.h * y / 100, box.w * w / 100, box.h * h / 100};
}

static void shape(struct page *page, struct box box, const int (*points)[2], int count, uint32_t colour) {
    int placed[DRAW_POINTS_MAX][2];
    for (int i = 0; i < count; i++) {
        placed[i][0] = box.x + box.w * points[i][0] / 100;
        placed[i][1] = box.y + box.h * points[i][1] / 100;
    }
    page_polygon(page, placed, count, colour);
}

void icon_desk_lock(struct page *page, struct box box, uint32_t ink, uint32_t ground) {
    page_fill(page, part(box, 24, 4, 52, 70), ink, box.w * 26 / 100);
    page_fill(page, part(box, 37, 17, 26, 50), ground, box.w * 13 / 100);
    page_fill(page, part(box, 12, 44, 76, 52), ink, box.w * 8 / 100);
    page_circle(page, box.x + box.w / 2, box.y + box.h * 65 / 100, box.w * 9 / 100, ground);
    page_fill(page, part(box, 46, 65, 8, 19), ground, 0);
}

void icon_desk_list(struct page *page, struct box box, uint32_t ink, uint32_t ground) {
    page_fill(page, part(box, 14, 2, 72, 96), ink, box.w * 8 / 100);
    page_fill(page, part(box, 22, 10, 56, 80), ground, box.w * 3 / 100);
    for (int i = 0; i < 3; i++) {
        page_fill(page, part(box, 30, 20 + 15 * i, 40, 7), ink, 0);
    }
    page_circle(page, box.x + box.w * 60 / 100, box.y + box.h * 75 / 100, box.w * 10 / 100, ink);
}

void icon_desk_stick(struct page *page, struct box box, uint32_t ink, uint32_t ground) {
    page_fill(page, part(box, 32, 2, 36, 34), ink, 0);
    page_fill(page, part(box, 38, 8, 24, 24), ground, 0);
    page_fill(page, part(box, 41, 13, 7, 9), ink, 0);
    page_fill(page, part(box, 52, 13, 7, 9), ink, 0);
    page_fill(page, part(box, 20, 32, 60, 66), ink, box.w * 10 / 100);
    page_fill(page, part(box, 46, 52, 8, 28), ground, 0);
}

void icon_desk_clock(struct page *page, struct box box, uint32_t ink, uint32_t ground) {
    static const int hours[4][2] = {{24, 36}, {28, 30}, {53, 47}, {49, 53}};
    static const int minutes[4][2] = {{78, 27}, {82, 33}, {52, 55}, {48, 49}};
    struct page plain = *page;
    plain.rtl = false;
    box.x = page->rtl ? page->width - box.x - box.w : box.x;
    page_fill(&plain, box, ink, box.w / 2);
    page_fill(&plain, page_inset(box, box.w * 9 / 100, box.h * 9 / 100), ground, box.w / 2);
    shape(&plain, box, hours, 4, ink);
    shape(&plain, box, minutes, 4, ink);
    page_circle(&plain, box.x + box.w / 2, box.y + box.h / 2, box.w * 6 / 100, ink);
}

void icon_desk_erase(struct page *page, struct box box, uint32_t ink, uint32_t ground) {
    static const int outline[5][2] = {{0, 50}, {30, 14}, {100, 14}, {100, 86}, {30, 86}};
    static const int cross[12][2] = {{46, 40}, {53, 33}, {62, 43}, {71, 33}, {78, 40}, {69, 50},
                                     {78, 60}, {71, 67}, {62, 57}, {53, 67}, {46, 60}, {55, 50}};
    shape(page, box, outline, 5, ink);
    shape(page, box, cross, 12, ground);
}
