/* page: the frame that all screens share: scale, mirroring, colours, top bar, buttons, footer, and writing on
 * it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCREEN_PAGE_H
#define SCREEN_PAGE_H

#include "screen/screen.h"
#include "screen/words.h"

/* Colours; contrast of text on its ground is measured by tests/screens. */
#define PAGE_GROUND   0xF3F5F7u
#define PAGE_CARD     0xFFFFFFu
#define PAGE_INK      0x14191Eu
#define PAGE_QUIET    0x4A545Eu
#define PAGE_LINE     0xC3CAD1u
#define PAGE_TOP      0x1C2630u
#define PAGE_ACCENT   0x174F8Cu
#define PAGE_PRESSED  0x0E2F54u
#define PAGE_WHITE    0xFFFFFFu
#define PAGE_BLACK    0x000000u
#define PAGE_DEMO     0xFFB81Cu
#define PAGE_GREEN    0x0B6B3Au
#define PAGE_AMBER    0xF2B100u
#define PAGE_RED      0xA3121Fu
#define PAGE_GREY     0x44494Fu
#define PAGE_NO_PHOTO 0x20272Eu

/* Buttons of one screen. */
#define PAGE_BUTTONS_MAX 4

/*
 * A screen while it is laid out. Places are in units of the layout: one pixel on 800x480 or, upright, on
 * 720x1280, counted from the side where reading begins; a page mirrors and scales them when it draws.
 */
struct page {
    const struct screen_view *view;
    const struct draw_measure *measure;
    struct draw_list *list;
    bool upright, rtl;
    int scale_num, scale_den; /* pixels = units * num / den */
    int width, height;        /* in units */
    int touch;                /* side of a touch target */
    int touch_least;          /* where several stand in a row: 9 mm */
    struct box top, body, bar, footer;
};

/* Start the page of a view: ground, frame and DEMO mark; body is left free. */
struct page page_begin(const struct screen_view *view, const struct draw_measure *measure,
                       struct draw_list *list);

/* A button of the action bar. */
struct page_button {
    struct span label;
    enum action action;
    bool main;                 /* what most people will want */
    bool selected;             /* as the language in use */
    bool arrow_on, arrow_back; /* an arrow in place of a label */
};
/* Buttons at the end of the action bar, and the footer in what is left; to be called once, last. */
void page_end(struct page *page, const struct page_button *buttons, int count);

/* Which side a block of text leans to. */
enum page_side { PAGE_START = 0, PAGE_MIDDLE, PAGE_END };

/* How a block of text looks. */
struct page_type {
    const int *sizes; /* units, falling; a zero ends them: the first that fits is taken */
    bool bold;
    uint32_t colour;
    enum page_side side;
    bool middle;   /* in the middle of its box's height; else at its top */
    int max_lines; /* 0: as many as the box holds */
};

/* Write text into a box, wrapped, cut with an ellipsis when even the last size is too large; gives the height
 * used in units. */
int page_write(struct page *page, struct box box, struct page_type type, struct span text);
/* The same for somebody's words, in any language: their first letter gives the direction, not the page. */
int page_write_foreign(struct page *page, struct box box, struct page_type type, struct span text);
/* The height page_write would use; nothing is drawn. */
int page_height_of(struct page *page, int width, struct page_type type, struct span text);
/* The size, in pixels, that page_write would take in a box. */
int page_size_of(struct page *page, struct box box, struct page_type type, struct span text);
/* The width of one line, in units. */
int page_width_of(struct page *page, int size, bool bold, struct span text);

/* One of the screen's own sentences in its language. */
struct span page_say(const struct page *page, const char *english);

void page_fill(struct page *page, struct box box, uint32_t colour, int radius);
/* A box with a border of `border` units. */
void page_frame(struct page *page, struct box box, uint32_t border_colour, uint32_t colour, int border,
                int radius);
void page_circle(struct page *page, int x, int y, int radius, uint32_t colour);
/* A polygon of (x, y) pairs; pointing things turn round with the page. */
void page_polygon(struct page *page, const int (*points)[2], int count, uint32_t colour);
void page_preview(struct page *page, struct box box);
void page_touch(struct page *page, struct box box, enum action action);

/* A box cut off another from its start, from its top; the rest stays in *from. */
struct box page_take_start(struct box *from, int width);
struct box page_take_end(struct box *from, int width);
struct box page_take_top(struct box *from, int height);
struct box page_take_bottom(struct box *from, int height);
/* The box made smaller on all sides. */
struct box page_inset(struct box box, int by_x, int by_y);

#endif
