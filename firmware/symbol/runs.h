/* runs: where a line of a picture goes dark and light as through the middle of a finder pattern. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_RUNS_H
#define SYMBOL_RUNS_H

#include "symbol/threshold.h"
#include "symbol/view.h"

/* Modules that are told from noise, and the largest finder: a fifth of a 720p frame. */
#define RUNS_MODULE_LEAST_PX 1.1
#define RUNS_MODULE_MOST_PX  26.0

/* Five runs in ratios of 1:1:3:1:1. */
struct runs {
    double border[6]; /* px along the line */
    double module_px;
    bool inverted; /* the core is light */
};

/* One line while it is searched; none has more changes than pixels. About 45 kB. */
struct runs_line {
    const uint8_t *pixels;
    int level_row;                            /* row of the map that `levels` is of, plus one; 0: none */
    uint8_t levels[LIMIT_FRAME_SIDE_PX];      /* of each pixel */
    uint8_t dark[LIMIT_FRAME_SIDE_PX + 8];    /* 1 or 0 */
    int count;                                /* changes between dark and light */
    uint16_t changes[LIMIT_FRAME_SIDE_PX];    /* first pixels of runs, from the second run on */
    int16_t lengths[LIMIT_FRAME_SIDE_PX + 8]; /* from each change to the next; long ones are cut */
    uint8_t may[LIMIT_FRAME_SIDE_PX + 8];     /* whether five runs from here may be a finder */
};

/* Begin with a view: lines of another one are forgotten. */
void runs_begin(struct runs_line *line);

/* Split line `y` of a view into runs. threshold: the map of this very view. */
void runs_split(struct runs_line *line, const struct view *view, const struct threshold *threshold, int y);

/*
 * The next runs of 1:1:3:1:1 of the line that was split (ISO/IEC 18004, reference decoding algorithm), of either
 * polarity, measured where the picture crosses the level, between pixels.
 *
 * from  0 for the first; where to go on is left in it
 *
 * Returns false where there are no more.
 */
bool runs_next(const struct runs_line *line, int *from, struct runs *out);

#endif
