/* draw: a picture as a list of drawing operations, in the order in which they cover each other. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCREEN_DRAW_H
#define SCREEN_DRAW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/room.h"
#include "base/span.h"
#include "screen/action.h"

/* The fullest screen (details in Arabic) takes about 120 operations and 3 KB of text. */
#define DRAW_OPS_MAX    512
#define DRAW_POINTS_MAX 16
#define DRAW_TEXT_BYTES 32768

/* Whole pixels from the top left corner; the right and lower edges lie outside. */
struct box {
    int x, y, w, h;
};

enum draw_kind {
    DRAW_FILL = 0, /* box, colour, radius_px of the corners (0: square) */
    DRAW_POLYGON,  /* points, colour: filled, convex or not, closed by itself */
    DRAW_TEXT,     /* one line of text inside box */
    DRAW_PREVIEW,  /* the camera's picture, scaled to cover box, cut at its edges */
    DRAW_TOUCH,    /* nothing to see: touching box asks for action */
    DRAW_KINDS
};

/* Where a line stands in its box: sides of the screen, not of the language. */
enum draw_align { DRAW_LEFT = 0, DRAW_CENTRE, DRAW_RIGHT };

/* Base direction of a line; the automatic ones follow the first strong letter, and lacking one, the named
 * side. */
enum draw_direction { DRAW_LTR = 0, DRAW_RTL, DRAW_AUTO_LTR, DRAW_AUTO_RTL };

struct draw_point {
    int16_t x, y;
};

struct draw_op {
    enum draw_kind kind;
    struct box box;
    uint32_t colour; /* 0xRRGGBB, always opaque */
    int radius_px;
    /* DRAW_TEXT: bytes of the list's text; size_px is the em of Noto Sans; the base line lies 1.069 em below
     * the box's top */
    uint32_t text_at, text_len;
    int size_px;
    bool bold;
    enum draw_align align;
    enum draw_direction direction;
    /* DRAW_POLYGON */
    int point_count;
    struct draw_point points[DRAW_POINTS_MAX];
    /* DRAW_TOUCH */
    enum action action;
};

/* A whole picture of width x height. All zero is an empty picture of no size. Large: keep it off small
 * stacks. */
struct draw_list {
    int width_px, height_px;
    int op_count;
    bool full; /* something did not fit and is missing */
    struct draw_op ops[DRAW_OPS_MAX];
    uint32_t text_len;
    char text[DRAW_TEXT_BYTES];
};

/* How wide text becomes: painted fonts, or fixed widths in tests of the layout. */
struct draw_measure {
    void *ctx;
    /* Width in pixels of one line of UTF-8 at `size_px`; 0 for none. */
    int (*width_px)(void *ctx, struct span text, int size_px, bool bold);
};

/* Height of a line's box: the em of size_px with what rises above and hangs below it. */
int draw_line_px(int size_px);

/* An empty picture. */
void draw_begin(struct draw_list *list, int width_px, int height_px);

/* Append one operation. What does not fit sets list->full and is left out. */
void draw_fill(struct draw_list *list, struct box box, uint32_t colour, int radius_px);
void draw_circle(struct draw_list *list, int centre_x, int centre_y, int radius_px, uint32_t colour);
void draw_polygon(struct draw_list *list, const struct draw_point *points, int count, uint32_t colour);
void draw_preview(struct draw_list *list, struct box box);
void draw_touch(struct draw_list *list, struct box box, enum action action);

/* How one line of text looks. */
struct draw_style {
    int size_px;
    bool bold;
    uint32_t colour;
    enum draw_align align;
    enum draw_direction direction;
};
/* Append one line of text; the text is copied, nothing is cut: whoever lays it out has measured it. */
void draw_text(struct draw_list *list, struct box box, struct draw_style style, struct span text);

/* The text of a DRAW_TEXT operation; points into the list. */
struct span draw_text_of(const struct draw_list *list, const struct draw_op *op);

/* What touching (x, y) asks for: the last target drawn there, or ACTION_NONE. */
enum action draw_hit(const struct draw_list *list, int x, int y);
/* Where the last target for an action lies that can be hit in its middle; false: there is none. */
bool draw_find(const struct draw_list *list, enum action action, struct box *out);

/* Both show the same. */
bool draw_equal(const struct draw_list *a, const struct draw_list *b);

#endif
