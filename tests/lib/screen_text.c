/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/screen_text.h"

static const char *const aligns[] = {"left", "centre", "right"};
static const char *const directions[] = {"ltr", "rtl", "auto-ltr", "auto-rtl"};

static void write_op(FILE *to, const struct draw_list *list, const struct draw_op *op) {
    struct span text = draw_text_of(list, op);
    (void)fprintf(to, "%d,%d %dx%d ", op->box.x, op->box.y, op->box.w, op->box.h);
    switch (op->kind) {
    case DRAW_FILL:
        (void)fprintf(to, "fill %06x round %d\n", op->colour, op->radius_px);
        break;
    case DRAW_POLYGON:
        (void)fprintf(to, "polygon %06x", op->colour);
        for (int i = 0; i < op->point_count; i++) {
            (void)fprintf(to, " %d,%d", op->points[i].x, op->points[i].y);
        }
        (void)fprintf(to, "\n");
        break;
    case DRAW_TEXT:
        (void)fprintf(to, "text %06x %dpx %s%s %s \"%.*s\"\n", op->colour, op->size_px,
                      op->bold ? "bold " : "", aligns[op->align], directions[op->direction], (int)text.len,
                      (const char *)text.ptr);
        break;
    case DRAW_PREVIEW:
        (void)fprintf(to, "preview\n");
        break;
    default:
        (void)fprintf(to, "touch %d\n", (int)op->action);
        break;
    }
}

bool screen_text_says(const struct draw_list *list, const char *text) {
    for (int i = 0; i < list->op_count; i++) {
        struct span said = draw_text_of(list, &list->ops[i]);
        if (list->ops[i].kind == DRAW_TEXT && memmem(said.ptr, said.len, text, strlen(text)) != NULL) {
            return true;
        }
    }
    return false;
}

void screen_text_write(FILE *to, const struct draw_list *list) {
    (void)fprintf(to, "%dx%d\n", list->width_px, list->height_px);
    for (int i = 0; i < list->op_count; i++) {
        write_op(to, list, &list->ops[i]);
    }
}
