/* text: text into lines that fit: direction, clusters, wrapping, the ellipsis. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCREEN_TEXT_H
#define SCREEN_TEXT_H

#include "screen/draw.h"

/* Lines of one block of text. */
#define TEXT_LINES_MAX 12
/* Bytes of one line with an ellipsis. */
#define TEXT_LINE_BYTES 512

/* A line as it is drawn; text that was cut ends in U+2026. */
struct text_line {
    size_t len;
    char bytes[TEXT_LINE_BYTES];
};

struct text_lines {
    int count;
    bool cut;    /* the last line ends in an ellipsis */
    bool broken; /* a word goes on in the next line */
    struct text_line lines[TEXT_LINES_MAX];
};

/* The direction of the first strong letter (UAX 9, P2 and P3, by blocks); lacking one, `otherwise`. */
enum draw_direction text_direction(struct span text, enum draw_direction otherwise);

/* The end of the cluster that begins at `at`: a character with the marks and joiners on it. */
size_t text_cluster_end(struct span text, size_t at);

/*
 * Break text into at most `max_lines` lines no wider than width_px: at spaces, inside words that are wider
 * than a line, never inside a cluster. What is left over is cut and an ellipsis takes its place.
 */
void text_wrap(const struct draw_measure *measure, struct span text, int size_px, bool bold, int width_px,
               int max_lines, struct text_lines *out);

#endif
