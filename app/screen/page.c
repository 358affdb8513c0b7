/* SPDX-License-Identifier: Apache-2.0 */
#include "screen/page.h"

#include "screen/text.h"
#include "screen/top_bar.h"

/* Units of 800x480 and of 720x1280 upright; millimetres of the displays they were drawn for. */
#define WIDE_W     800
#define WIDE_H     480
#define WIDE_MM    154
#define UPRIGHT_W  720
#define UPRIGHT_H  1280
#define UPRIGHT_MM 88
/* A screen a hundred times as long as wide is no screen; its far end stays empty. */
#define UNITS_MAX      16384
#define TOUCH_MM       12
#define TOUCH_MM_LEAST 9
#define TOUCH_WIDE     62
#define TOUCH_TALL     98
#define TOUCH_GROWTH   3 / 2

static int pixels(const struct page *page, int units) {
    int64_t scaled = (int64_t)units * page->scale_num;
    return (int)((scaled + (scaled < 0 ? -page->scale_den : page->scale_den) / 2) / page->scale_den);
}

static int units(const struct page *page, int px) {
    return (int)(((int64_t)px * page->scale_den + page->scale_num - 1) / page->scale_num);
}

/* Edges are scaled, not sizes, so that neighbours stay neighbours. */
static struct box placed(const struct page *page, struct box box) {
    int x = page->rtl ? page->width - box.x - box.w : box.x;
    int left = pixels(page, x), top = pixels(page, box.y);
    return (struct box){left, top, pixels(page, x + box.w) - left, pixels(page, box.y + box.h) - top};
}

static int units_of_mm(const struct page *page, int wanted_mm) {
    int width_mm = page->view->width_mm;
    int mm = width_mm > 0 ? width_mm : page->upright ? UPRIGHT_MM : WIDE_MM;
    return (wanted_mm * page->width + mm - 1) / mm;
}

/* The side of a touch target: 12 mm where the display's size asks for more than the layout's own. */
static int touch_units(const struct page *page) {
    int own = page->upright ? TOUCH_TALL : TOUCH_WIDE;
    int wanted = units_of_mm(page, TOUCH_MM), most = own * TOUCH_GROWTH;
    return wanted < own ? own : wanted > most ? most : wanted;
}

/* One unit more than 9 mm, for the rounding to pixels. */
static int touch_least_units(const struct page *page) {
    int wanted = units_of_mm(page, TOUCH_MM_LEAST) + 1;
    return wanted < page->touch ? wanted : page->touch;
}

static int bounded_units(int px, const struct page *page) {
    int64_t all = (int64_t)px * page->scale_den / page->scale_num;
    return all < UNITS_MAX ? (int)all : UNITS_MAX;
}

static void set_scale(struct page *page) {
    int w = page->view->width_px > 0 ? page->view->width_px : WIDE_W;
    int h = page->view->height_px > 0 ? page->view->height_px : WIDE_H;
    page->upright = h > w;
    int own_w = page->upright ? UPRIGHT_W : WIDE_W, own_h = page->upright ? UPRIGHT_H : WIDE_H;
    bool by_width = (int64_t)w * own_h <= (int64_t)h * own_w;
    page->scale_num = by_width ? w : h;
    page->scale_den = by_width ? own_w : own_h;
    page->width = bounded_units(w, page);
    page->height = bounded_units(h, page);
}

static void set_boxes(struct page *page) {
    struct box rest = {0, 0, page->width, page->height};
    page->top = page_take_top(&rest, page->upright ? 72 : 40);
    if (page->upright) {
        page->footer = page_take_bottom(&rest, 100);
        page->bar = page_take_bottom(&rest, page->touch + 36);
    } else {
        page->bar = page_take_bottom(&rest, page->touch + 8);
        page->footer = page->bar;
    }
    page->body = rest;
}

struct box page_take_start(struct box *from, int width) {
    struct box taken = {from->x, from->y, width, from->h};
    from->x += width;
    from->w -= width;
    return taken;
}

struct box page_take_end(struct box *from, int width) {
    from->w -= width;
    return (struct box){from->x + from->w, from->y, width, from->h};
}

struct box page_take_top(struct box *from, int height) {
    struct box taken = {from->x, from->y, from->w, height};
    from->y += height;
    from->h -= height;
    return taken;
}

struct box page_take_bottom(struct box *from, int height) {
    from->h -= height;
    return (struct box){from->x, from->y + from->h, from->w, height};
}

struct box page_inset(struct box box, int by_x, int by_y) {
    return (struct box){box.x + by_x, box.y + by_y, box.w - 2 * by_x, box.h - 2 * by_y};
}

struct span page_say(const struct page *page, const char *english) {
    return catalogue_text(page->view->catalogue, english);
}

void page_fill(struct page *page, struct box box, uint32_t colour, int radius) {
    draw_fill(page->list, placed(page, box), colour, pixels(page, radius));
}

void page_frame(struct page *page, struct box box, uint32_t border_colour, uint32_t colour, int border,
                int radius) {
    page_fill(page, box, border_colour, radius);
    page_fill(page, page_inset(box, border, border), colour, radius - border);
}

void page_circle(struct page *page, int x, int y, int radius, uint32_t colour) {
    page_fill(page, (struct box){x - radius, y - radius, 2 * radius, 2 * radius}, colour, radius);
}

void page_polygon(struct page *page, const int (*points)[2], int count, uint32_t colour) {
    struct draw_point placed_points[DRAW_POINTS_MAX];
    for (int i = 0; i < count && i < DRAW_POINTS_MAX; i++) {
        int x = page->rtl ? page->width - points[i][0] : points[i][0];
        placed_points[i] = (struct draw_point){(int16_t)pixels(page, x), (int16_t)pixels(page, points[i][1])};
    }
    draw_polygon(page->list, placed_points, count, colour);
}

void page_preview(struct page *page, struct box box) {
    draw_preview(page->list, placed(page, box));
}

void page_touch(struct page *page, struct box box, enum action action) {
    draw_touch(page->list, placed(page, box), action);
}

static enum draw_align align_of(const struct page *page, enum page_side side) {
    if (side == PAGE_MIDDLE) {
        return DRAW_CENTRE;
    }
    return (side == PAGE_END) == page->rtl ? DRAW_LEFT : DRAW_RIGHT;
}

/* Lines that a box of so many pixels holds. */
static int lines_in(int height_px, int size_px, int max_lines) {
    int lines = height_px / draw_line_px(size_px);
    lines = lines < 1 ? 1 : lines;
    return max_lines > 0 && lines > max_lines ? max_lines : lines;
}

/* Break text by the first size that cuts neither it nor a word; gives that size in pixels. */
static int break_text(struct page *page, struct box px, struct page_type type, struct span text,
                      struct text_lines *lines) {
    int size_px = 1;
    for (const int *size = type.sizes; *size != 0; size++) {
        size_px = pixels(page, *size);
        size_px = size_px < 1 ? 1 : size_px;
        text_wrap(page->measure, text, size_px, type.bold, px.w, lines_in(px.h, size_px, type.max_lines),
                  lines);
        if (!lines->cut && !lines->broken && lines->count * draw_line_px(size_px) <= px.h) {
            break;
        }
    }
    return size_px;
}

static int write_lines(struct page *page, struct box box, struct page_type type, struct span text,
                       enum draw_direction direction) {
    struct text_lines lines = {0};
    struct box px = placed(page, box);
    int size_px = break_text(page, px, type, text, &lines), line_px = draw_line_px(size_px);
    struct draw_style style = {size_px, type.bold, type.colour, align_of(page, type.side), direction};
    int y = px.y + (type.middle ? (px.h - lines.count * line_px) / 2 : 0);
    for (int i = 0; i < lines.count; i++) {
        draw_text(page->list, (struct box){px.x, y + i * line_px, px.w, line_px}, style,
                  span_of_bytes(lines.lines[i].bytes, lines.lines[i].len));
    }
    return units(page, lines.count * line_px);
}

int page_write(struct page *page, struct box box, struct page_type type, struct span text) {
    return write_lines(page, box, type, text, page->rtl ? DRAW_RTL : DRAW_LTR);
}

int page_write_foreign(struct page *page, struct box box, struct page_type type, struct span text) {
    return write_lines(page, box, type, text, text_direction(text, page->rtl ? DRAW_RTL : DRAW_LTR));
}

int page_height_of(struct page *page, int width, struct page_type type, struct span text) {
    struct text_lines lines = {0};
    struct box px = placed(page, (struct box){0, 0, width, page->height});
    int size_px = break_text(page, px, type, text, &lines);
    return units(page, lines.count * draw_line_px(size_px));
}

int page_size_of(struct page *page, struct box box, struct page_type type, struct span text) {
    struct text_lines lines = {0};
    return break_text(page, placed(page, box), type, text, &lines);
}

int page_width_of(struct page *page, int size, bool bold, struct span text) {
    int width_px = page->measure->width_px(page->measure->ctx, text, pixels(page, size), bold);
    return units(page, width_px);
}

struct page page_begin(const struct screen_view *view, const struct draw_measure *measure,
                       struct draw_list *list) {
    struct page page = {.view = view, .measure = measure, .list = list};
    page.rtl = language_is_rtl(screen_language(view));
    set_scale(&page);
    page.touch = touch_units(&page);
    page.touch_least = touch_least_units(&page);
    set_boxes(&page);
    draw_begin(list, view->width_px > 0 ? view->width_px : WIDE_W,
               view->height_px > 0 ? view->height_px : WIDE_H);
    draw_fill(list, (struct box){0, 0, list->width_px, list->height_px}, PAGE_GROUND, 0);
    page.width = page.width > 0 ? page.width : WIDE_W;
    top_bar_draw(&page);
    return page;
}
