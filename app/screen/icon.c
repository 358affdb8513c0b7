/* SPDX-License-Identifier: Apache-2.0 */
#include "screen/icon.h"

/* A point of a unit square of 100. */
struct at {
    int x, y;
};

/* A polygon given in hundredths of the box. */
static void shape(struct page *page, struct box box, const struct at *points, int count, uint32_t colour) {
    int placed[DRAW_POINTS_MAX][2];
    for (int i = 0; i < count; i++) {
        placed[i][0] = box.x + box.w * points[i].x / 100;
        placed[i][1] = box.y + box.h * points[i].y / 100;
    }
    page_polygon(page, placed, count, colour);
}

static void disc(struct page *page, struct box box, uint32_t colour) {
    page_fill(page, box, colour, box.w / 2);
}

static void octagon(struct page *page, struct box box, uint32_t colour) {
    static const struct at points[] = {{29, 0},   {71, 0},   {100, 29}, {100, 71},
                                       {71, 100}, {29, 100}, {0, 71},   {0, 29}};
    shape(page, box, points, 8, colour);
}

static void diamond(struct page *page, struct box box, uint32_t colour) {
    static const struct at points[] = {{50, 0}, {100, 50}, {50, 100}, {0, 50}};
    shape(page, box, points, 4, colour);
}

static void triangle(struct page *page, struct box box, uint32_t colour) {
    static const struct at points[] = {{50, 2}, {54, 5}, {99, 88}, {99, 93}, {95, 96},
                                       {5, 96}, {1, 93}, {1, 88},  {46, 5}};
    shape(page, box, points, 9, colour);
}

/* The tick looks the same in every language. */
void icon_tick(struct page *page, struct box box, uint32_t colour) {
    static const struct at points[] = {{22, 53}, {31, 44}, {43, 57}, {69, 29}, {78, 38}, {43, 74}};
    static const struct at mirrored[] = {{78, 53}, {69, 44}, {57, 57}, {31, 29}, {22, 38}, {57, 74}};
    shape(page, box, page->rtl ? mirrored : points, 6, colour);
}

static void cross(struct page *page, struct box box, uint32_t colour) {
    static const struct at points[] = {{28, 37}, {37, 28}, {50, 41}, {63, 28}, {72, 37}, {59, 50},
                                       {72, 63}, {63, 72}, {50, 59}, {37, 72}, {28, 63}, {41, 50}};
    shape(page, box, points, 12, colour);
}

/* A mark of punctuation as a letter, so that each language has its own. */
static void mark(struct page *page, struct box box, const char *english, uint32_t colour) {
    const int sizes[] = {box.h * 55 / 100, 0};
    page_write(page, box, (struct page_type){sizes, true, colour, PAGE_MIDDLE, true, 1},
               page_say(page, english));
}

static void bang(struct page *page, struct box box, uint32_t colour) {
    static const struct at points[] = {{43, 33}, {57, 33}, {54, 65}, {46, 65}};
    shape(page, box, points, 4, colour);
    page_circle(page, box.x + box.w / 2, box.y + box.h * 77 / 100, box.w * 7 / 100, colour);
}

void icon_warning(struct page *page, struct box box, uint32_t ink, uint32_t ground) {
    triangle(page, box, ink);
    bang(page, box, ground);
}

void icon_stop(struct page *page, struct box box, uint32_t ink, uint32_t ground) {
    octagon(page, box, ink);
    cross(page, box, ground);
}

void icon_verdict(struct page *page, struct box box, enum verdict_class class, uint32_t ink,
                  uint32_t ground) {
    switch (class) {
    case VERDICT_VALID:
        disc(page, box, ink);
        icon_tick(page, box, ground);
        break;
    case VERDICT_VALID_NOTE:
        icon_warning(page, box, ink, ground);
        break;
    case VERDICT_NOT_VALID:
        icon_stop(page, box, ink, ground);
        break;
    default:
        diamond(page, box, ink);
        mark(page, box, tr("?"), ground);
        break;
    }
}

void icon_result(struct page *page, struct box box, enum verdict_result result) {
    switch (result) {
    case RESULT_PASSED:
        disc(page, box, PAGE_GREEN);
        icon_tick(page, box, PAGE_WHITE);
        break;
    case RESULT_FAILED:
        octagon(page, box, PAGE_RED);
        cross(page, box, PAGE_WHITE);
        break;
    case RESULT_NOT_APPLICABLE:
        disc(page, box, PAGE_QUIET);
        disc(page, page_inset(box, box.w / 12, box.h / 12), PAGE_CARD);
        page_fill(page, page_inset(box, box.w * 28 / 100, box.h * 44 / 100), PAGE_QUIET, 1);
        break;
    default:
        diamond(page, box, PAGE_GREY);
        mark(page, box, tr("?"), PAGE_WHITE);
        break;
    }
}

void icon_person(struct page *page, struct box box, uint32_t ink) {
    static const struct at body[] = {{8, 96},  {8, 84},  {12, 70}, {21, 60}, {34, 56},
                                     {66, 56}, {79, 60}, {88, 70}, {92, 84}, {92, 96}};
    page_circle(page, box.x + box.w / 2, box.y + box.h * 27 / 100, box.w * 23 / 100, ink);
    shape(page, box, body, 10, ink);
}

void icon_next(struct page *page, struct box box, uint32_t ink) {
    static const struct at points[] = {{8, 41}, {56, 41}, {56, 20}, {94, 50}, {56, 80}, {56, 59}, {8, 59}};
    shape(page, box, points, 7, ink);
}

void icon_pause(struct page *page, struct box box, uint32_t ink) {
    page_fill(page, (struct box){box.x + box.w / 5, box.y, box.w / 4, box.h}, ink, 1);
    page_fill(page, (struct box){box.x + box.w * 11 / 20, box.y, box.w / 4, box.h}, ink, 1);
}

/* A finder pattern of a QR code, seven modules wide. */
static void finder(struct page *page, int x, int y, int module, uint32_t paper) {
    page_fill(page, (struct box){x, y, 7 * module, 7 * module}, PAGE_INK, 0);
    page_fill(page, (struct box){x + module, y + module, 5 * module, 5 * module}, paper, 0);
    page_fill(page, (struct box){x + 2 * module, y + 2 * module, 3 * module, 3 * module}, PAGE_INK, 0);
}

/* The look of a QR code of 17 modules; it holds nothing. */
static void code_picture(struct page *page, int x, int y, int module, uint32_t paper) {
    static const struct at dots[] = {{8, 0},   {8, 2},   {9, 3},   {8, 5},  {0, 8},   {2, 9},   {4, 8},
                                     {6, 9},   {8, 8},   {10, 9},  {12, 8}, {14, 8},  {16, 9},  {9, 11},
                                     {11, 10}, {13, 11}, {15, 11}, {9, 13}, {12, 13}, {14, 13}, {16, 13},
                                     {10, 15}, {12, 15}, {15, 15}, {9, 16}, {13, 16}};
    finder(page, x, y, module, paper);
    finder(page, x + 10 * module, y, module, paper);
    finder(page, x, y + 10 * module, module, paper);
    for (size_t i = 0; i < sizeof dots / sizeof *dots; i++) {
        page_fill(page, (struct box){x + dots[i].x * module, y + dots[i].y * module, module, module},
                  PAGE_INK, 0);
    }
}

void icon_lens(struct page *page, int x, int y, int radius) {
    page_circle(page, x, y, radius, PAGE_TOP);
    page_circle(page, x, y, radius * 3 / 4, PAGE_LINE);
    page_circle(page, x, y, radius * 3 / 5, PAGE_TOP);
    page_circle(page, x - radius / 5, y - radius / 5, radius / 6, PAGE_WHITE);
}

void icon_card(struct page *page, int x, int y, int module, uint32_t paper) {
    int side = ICON_CARD_MODULES * module;
    page_frame(page, (struct box){x, y, side, side}, PAGE_QUIET, paper, 2, 2 * module);
    code_picture(page, x + 3 * module, y + 3 * module, module, paper);
}

void icon_sun(struct page *page, int x, int y, int radius, unsigned step) {
    static const int way[8][2] = {{100, 0},  {71, 71},   {0, 100},  {-71, 71},
                                  {-100, 0}, {-71, -71}, {0, -100}, {71, -71}};
    int disc_radius = radius * 45 / 100, from = radius * 58 / 100,
        to = step % 2 == 0 ? radius : radius * 88 / 100, half = radius * 7 / 100 + 1;
    for (int i = 0; i < 8; i++) {
        int along_x = way[i][0], along_y = way[i][1], off_x = -along_y * half / 100,
            off_y = along_x * half / 100;
        const int ray[4][2] = {{x + along_x * from / 100 + off_x, y + along_y * from / 100 + off_y},
                               {x + along_x * to / 100 + off_x, y + along_y * to / 100 + off_y},
                               {x + along_x * to / 100 - off_x, y + along_y * to / 100 - off_y},
                               {x + along_x * from / 100 - off_x, y + along_y * from / 100 - off_y}};
        page_polygon(page, ray, 4, PAGE_INK);
    }
    page_circle(page, x, y, disc_radius, PAGE_INK);
    page_circle(page, x, y, disc_radius - disc_radius / 6 - 1, PAGE_AMBER);
}

void icon_turn(struct page *page, struct box box, uint32_t ink) {
    static const struct at arc[] = {{20, 75}, {10, 55}, {12, 33}, {28, 15}, {50, 8},  {70, 14},
                                    {60, 29}, {49, 25}, {36, 30}, {28, 41}, {27, 54}, {33, 66}};
    static const struct at head[] = {{62, 0}, {95, 32}, {50, 44}};
    shape(page, box, arc, 12, ink);
    shape(page, box, head, 3, ink);
}

void icon_show_code(struct page *page, struct box box, unsigned step) {
    static const int way[8] = {0, 1, 2, 3, 4, 4, 4, 2};
    int module = box.h / 24, side = ICON_CARD_MODULES * module;
    int radius = box.h / 5, travel = box.w - side - 2 * radius - 2 * module;
    icon_card(page, box.x + travel * way[step % 8] / 6, box.y + (box.h - side) / 2, module, PAGE_WHITE);
    icon_lens(page, box.x + box.w - radius, box.y + box.h / 2, radius);
}

void icon_busy(struct page *page, struct box box, unsigned step, uint32_t ink) {
    static const struct at ring[] = {{50, 10}, {78, 22}, {90, 50}, {78, 78},
                                     {50, 90}, {22, 78}, {10, 50}, {22, 22}};
    for (unsigned i = 0; i < 8; i++) {
        unsigned age = (step + 8 - i) % 8;
        int radius = box.w * (age == 0 ? 10 : age == 1 ? 8 : age == 2 ? 6 : 4) / 100;
        page_circle(page, box.x + box.w * ring[i].x / 100, box.y + box.h * ring[i].y / 100, radius, ink);
    }
}
