/* line: a line of text as a stencil, shaped by HarfBuzz; a bounded number of them is remembered. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PAINT_LINE_H
#define PAINT_LINE_H

#include "paint/canvas.h"
#include "paint/run.h"
#include "paint/typeface.h"

/* Lines remembered, in sets of four; a screen has about 40, and to measure a name for wrapping takes 30. */
#define LINE_SETS 256
#define LINE_WAYS 4
/* Bytes of stencils remembered: twelve times the fullest screen's. */
#define LINE_STENCIL_BYTES (6u * 1024u * 1024u)

/* What is asked for. */
struct line_key {
    struct span text;
    int size_px;
    bool bold;
    enum draw_direction direction;
};

struct line_entry {
    struct line_key key; /* text owned; NULL is an empty place */
    int width_px;        /* -1: not measured yet */
    struct canvas_stencil stencil;
    int base_px; /* from the stencil's top down to the base line */
    uint32_t used;
};

struct line_memory {
    struct typefaces *faces;
    uint32_t clock;
    size_t stencil_bytes;
    struct line_entry entries[LINE_SETS][LINE_WAYS];
    struct run_line runs; /* scratch */
};

void line_memory_close(struct line_memory *memory);

/* Width in pixels; 0 for what cannot be measured. */
int line_width(struct line_memory *memory, struct line_key key);

/* The stencil of a line, borrowed until the next call; NULL when it is empty or there is no memory. */
const struct line_entry *line_stencil(struct line_memory *memory, struct line_key key);

#endif
