/* run: a line of text cut into pieces of one direction, script and typeface, in the order of the screen. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PAINT_RUN_H
#define PAINT_RUN_H

#include <stdbool.h>

#include "base/span.h"
#include "screen/draw.h"

/* Characters and pieces of one line; what lies beyond is not drawn. No line of a screen is half as long. */
#define RUN_CHARS_MAX 640
#define RUN_COUNT_MAX 160
#define RUN_TEXT_MAX  (RUN_CHARS_MAX * 4 + RUN_COUNT_MAX)
/* Shown for a character that no typeface has. */
#define RUN_MISSING 0x25A1u

/* Which typeface has which character; typefaces are numbered by preference. */
struct run_faces {
    void *ctx;
    int count;
    bool (*provides)(void *ctx, int face, uint32_t code);
};

struct run {
    uint32_t at; /* of the line's text, a string with a terminator */
    int face;
    bool rtl;
    char script[5]; /* ISO 15924, "Arab" */
};

struct run_line {
    int count;
    struct run runs[RUN_COUNT_MAX]; /* from left to right */
    uint32_t text_len;
    char text[RUN_TEXT_MAX];
};

/*
 * Cut a line by the Unicode Bidirectional Algorithm (UAX 9, rules P2 to L2; brackets by N0), then by script
 * and typeface. Marks stay with the letter they stand on: a mark that its letter's typeface lacks is left
 * out.
 *
 * text  UTF-8; bytes that are none become RUN_MISSING
 */
void run_split(struct span text, enum draw_direction direction, const struct run_faces *faces,
               struct run_line *out);

#endif
