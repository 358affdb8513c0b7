/* desk_rows: what is known, as rows of a label and a value. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCREEN_DESK_ROWS_H
#define SCREEN_DESK_ROWS_H

#include "screen/page.h"

/* One row. */
struct desk_row {
    const char *label; /* English, to be translated */
    struct words value;
};

/* Write them one below the other, as high as the box allows, at most as high as is comfortable. */
void desk_rows_draw(struct page *page, struct box box, const struct desk_row *rows, int count);

/* Append "12 August 2026 22:00" to a row's value. */
void desk_rows_put_moment(const struct screen_view *view, struct words *words, int64_t time_s);

/* A sign and a sentence beside it, as high as the box. */
void desk_rows_result(struct page *page, struct box box, enum verdict_result result, struct span text);

#endif
