/* SPDX-License-Identifier: Apache-2.0 */
#include "screen/draw.h"

int draw_line_px(int size_px) {
    return (size_px * 138 + 99) / 100;
}

void draw_begin(struct draw_list *list, int width_px, int height_px) {
    list->width_px = width_px;
    list->height_px = height_px;
    list->op_count = 0;
    list->text_len = 0;
    list->full = false;
}

/* A zeroed operation at the end of the list; NULL when there is no place. */
static struct draw_op *append(struct draw_list *list, enum draw_kind kind, struct box box) {
    if (list->op_count >= DRAW_OPS_MAX) {
        list->full = true;
        return NULL;
    }
    struct draw_op *op = &list->ops[list->op_count++];
    *op = (struct draw_op){.kind = kind, .box = box};
    return op;
}

void draw_fill(struct draw_list *list, struct box box, uint32_t colour, int radius_px) {
    struct draw_op *op = append(list, DRAW_FILL, box);
    if (op != NULL) {
        op->colour = colour;
        op->radius_px = radius_px;
    }
}

void draw_circle(struct draw_list *list, int centre_x, int centre_y, int radius_px, uint32_t colour) {
    struct box box = {centre_x - radius_px, centre_y - radius_px, 2 * radius_px, 2 * radius_px};
    draw_fill(list, box, colour, radius_px);
}

/* The smallest box around the points. */
static struct box around(const struct draw_point *points, int count) {
    int left = points[0].x, right = left, top = points[0].y, bottom = top;
    for (int i = 1; i < count; i++) {
        left = points[i].x < left ? points[i].x : left;
        right = points[i].x > right ? points[i].x : right;
        top = points[i].y < top ? points[i].y : top;
        bottom = points[i].y > bottom ? points[i].y : bottom;
    }
    return (struct box){left, top, right - left, bottom - top};
}

void draw_polygon(struct draw_list *list, const struct draw_point *points, int count, uint32_t colour) {
    if (count < 3 || count > DRAW_POINTS_MAX) {
        list->full = true;
        return;
    }
    struct draw_op *op = append(list, DRAW_POLYGON, around(points, count));
    if (op != NULL) {
        op->colour = colour;
        op->point_count = count;
        memcpy(op->points, points, (size_t)count * sizeof *points);
    }
}

void draw_preview(struct draw_list *list, struct box box) {
    (void)append(list, DRAW_PREVIEW, box);
}

void draw_touch(struct draw_list *list, struct box box, enum action action) {
    struct draw_op *op = append(list, DRAW_TOUCH, box);
    if (op != NULL) {
        op->action = action;
    }
}

void draw_text(struct draw_list *list, struct box box, struct draw_style style, struct span text) {
    if (text.len == 0) {
        return;
    }
    if (text.len > DRAW_TEXT_BYTES - list->text_len) {
        list->full = true;
        return;
    }
    struct draw_op *op = append(list, DRAW_TEXT, box);
    if (op == NULL) {
        return;
    }
    op->colour = style.colour;
    op->size_px = style.size_px;
    op->bold = style.bold;
    op->align = style.align;
    op->direction = style.direction;
    op->text_at = list->text_len;
    op->text_len = (uint32_t)text.len;
    memcpy(list->text + list->text_len, text.ptr, text.len);
    list->text_len += (uint32_t)text.len;
}

struct span draw_text_of(const struct draw_list *list, const struct draw_op *op) {
    if (op->text_at > DRAW_TEXT_BYTES || op->text_len > DRAW_TEXT_BYTES - op->text_at) {
        return (struct span){0};
    }
    return span_of_bytes(list->text + op->text_at, op->text_len);
}

enum action draw_hit(const struct draw_list *list, int x, int y) {
    for (int i = list->op_count; i > 0; i--) {
        const struct draw_op *op = &list->ops[i - 1];
        if (op->kind == DRAW_TOUCH && x >= op->box.x && x < op->box.x + op->box.w && y >= op->box.y &&
            y < op->box.y + op->box.h) {
            return op->action;
        }
    }
    return ACTION_NONE;
}

bool draw_find(const struct draw_list *list, enum action action, struct box *out) {
    for (int i = list->op_count; i > 0; i--) {
        const struct draw_op *op = &list->ops[i - 1];
        struct box box = op->box;
        if (op->kind == DRAW_TOUCH && op->action == action &&
            draw_hit(list, box.x + box.w / 2, box.y + box.h / 2) == action) {
            *out = box;
            return true;
        }
    }
    return false;
}

bool draw_equal(const struct draw_list *a, const struct draw_list *b) {
    if (a->width_px != b->width_px || a->height_px != b->height_px || a->op_count != b->op_count ||
        a->text_len != b->text_len || memcmp(a->text, b->text, a->text_len) != 0) {
        return false;
    }
    for (int i = 0; i < a->op_count; i++) {
        const struct draw_op *p = &a->ops[i], *q = &b->ops[i];
        if (p->kind != q->kind || memcmp(&p->box, &q->box, sizeof p->box) != 0 || p->colour != q->colour ||
            p->radius_px != q->radius_px || p->text_at != q->text_at || p->text_len != q->text_len ||
            p->size_px != q->size_px || p->bold != q->bold || p->align != q->align ||
            p->direction != q->direction || p->point_count != q->point_count || p->action != q->action ||
            memcmp(p->points, q->points, sizeof p->points) != 0) {
            return false;
        }
    }
    return true;
}
