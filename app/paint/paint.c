/* SPDX-License-Identifier: Apache-2.0 */
#include "paint/paint.h"

#include <SDL.h>
#include <SDL_ttf.h>
#include <stdlib.h>

#include "paint/canvas.h"
#include "paint/display.h"
#include "paint/line.h"
#include "paint/picture.h"
#include "paint/typeface.h"

struct paint {
    struct display display;
    struct typefaces faces;
    struct line_memory lines;
    struct canvas canvas;
    struct draw_measure measure;
    struct draw_list shown;
    bool shown_picture; /* the canvas has a hole for the preview */
    uint32_t serial;
    struct box preview;
    bool anything, stale;
};

static int measure_line(void *ctx, struct span text, int size_px, bool bold) {
    struct paint *paint = ctx;
    return line_width(&paint->lines, (struct line_key){text, size_px, bold, DRAW_AUTO_LTR});
}

static enum err open_parts(const struct paint_settings *settings, struct paint *paint) {
    TRY(display_open(settings, &paint->display));
    if (TTF_Init() != 0) {
        return ERR_PAINT_WINDOW;
    }
    TRY(typeface_open_all(settings->font_list, &paint->faces));
    return canvas_open(paint->display.width_px, paint->display.height_px, &paint->canvas);
}

enum err paint_open(const struct paint_settings *settings, struct paint **out) {
    struct paint *paint = calloc(1, sizeof *paint);
    if (paint == NULL) {
        return ERR_NO_MEMORY;
    }
    paint->lines.faces = &paint->faces;
    paint->measure = (struct draw_measure){paint, measure_line};
    enum err err = open_parts(settings, paint);
    if (err != ERR_OK) {
        paint_close(paint);
        return err;
    }
    *out = paint;
    return ERR_OK;
}

void paint_close(struct paint *paint) {
    if (paint == NULL) {
        return;
    }
    line_memory_close(&paint->lines);
    typeface_close_all(&paint->faces);
    canvas_close(&paint->canvas);
    if (TTF_WasInit()) {
        TTF_Quit();
    }
    display_close(&paint->display);
    free(paint);
}

const char *paint_driver(const struct paint *paint) {
    const char *driver = paint->display.started ? SDL_GetCurrentVideoDriver() : NULL;
    return driver == NULL ? "" : driver;
}

void paint_size(const struct paint *paint, int *width_px, int *height_px) {
    *width_px = paint->display.width_px;
    *height_px = paint->display.height_px;
}

const struct draw_measure *paint_measure(const struct paint *paint) {
    return &paint->measure;
}

/* Where a line of `width` begins in its box; a line that is too wide keeps its beginning. */
static int line_start(const struct draw_op *op, int width) {
    switch (op->align) {
    case DRAW_CENTRE:
        return op->box.x + (op->box.w - width) / 2;
    case DRAW_RIGHT:
        return op->box.x + op->box.w - width;
    default:
        return op->box.x;
    }
}

static void paint_text(struct paint *paint, const struct draw_op *op, struct span text) {
    struct line_key key = {text, op->size_px, op->bold, op->direction};
    const struct line_entry *line = line_stencil(&paint->lines, key);
    if (line == NULL) {
        return;
    }
    /* Marks may stand a little outside the line, but never in its neighbours. */
    int slack = op->size_px / 8, base = op->box.y + op->size_px * 1069 / 1000;
    struct box clip = {op->box.x - 2, op->box.y - slack, op->box.w + 4, op->box.h + 2 * slack};
    canvas_stencil(&paint->canvas, &line->stencil, line_start(op, line->width_px), base - line->base_px, clip,
                   op->colour);
}

static void paint_op(struct paint *paint, const struct draw_op *op, bool picture) {
    switch (op->kind) {
    case DRAW_FILL:
        canvas_fill(&paint->canvas, op->box, op->radius_px, op->colour);
        break;
    case DRAW_POLYGON:
        canvas_polygon(&paint->canvas, op->points, op->point_count, op->colour);
        break;
    case DRAW_TEXT:
        paint_text(paint, op, draw_text_of(&paint->shown, op));
        break;
    case DRAW_PREVIEW:
        if (picture) {
            canvas_punch(&paint->canvas, op->box, op->radius_px);
            paint->preview = op->box;
        }
        break;
    default:
        break;
    }
}

static enum err repaint(struct paint *paint, const struct draw_list *list, bool picture) {
    struct box whole = {0, 0, paint->canvas.width_px, paint->canvas.height_px};
    paint->shown = *list;
    paint->shown_picture = picture;
    paint->preview = (struct box){0};
    canvas_fill(&paint->canvas, whole, 0, 0);
    for (int i = 0; i < list->op_count; i++) {
        paint_op(paint, &paint->shown.ops[i], picture);
    }
    return display_set_canvas(&paint->display, &paint->canvas);
}

enum err paint_show(struct paint *paint, const struct draw_list *list, const struct paint_picture *picture) {
    bool there = picture != NULL && picture->luma != NULL;
    bool new_list = !paint->anything || there != paint->shown_picture || !draw_equal(&paint->shown, list);
    if (new_list) {
        paint->stale = true; /* until it is shown */
        TRY(repaint(paint, list, there));
    }
    bool new_picture = there && paint->preview.w > 0 && (new_list || picture->serial != paint->serial);
    if (new_picture) {
        TRY(display_set_preview(&paint->display, picture));
        paint->serial = picture->serial;
    }
    if (!new_picture && !paint->stale) {
        return ERR_OK;
    }
    paint->anything = true;
    paint->stale = false;
    return display_present(&paint->display, paint->preview);
}

bool paint_poll(struct paint *paint, struct paint_event *out) {
    return display_poll(&paint->display, out, &paint->stale);
}

enum err paint_save(struct paint *paint, const char *path) {
    struct canvas picture = {0};
    if (!paint->anything) {
        return ERR_PAINT_DRAW;
    }
    TRY(display_read(&paint->display, paint->preview, &picture));
    enum err err = picture_write(&picture, path);
    canvas_close(&picture);
    return err;
}
