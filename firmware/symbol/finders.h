/* finders: all finder patterns of a picture, dark on light and light on dark in one search. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_FINDERS_H
#define SYMBOL_FINDERS_H

#include "symbol/finder.h"

/* Patterns kept of one picture; a code has three. */
#define FINDERS_MAX 96
/* Places looked at closely in one picture; a picture of noise has more that resemble a finder on one line. */
#define FINDERS_LOOKS_MAX 6000

/* Working memory: one line of the picture, and what was found. */
struct finders {
    int count;
    int looks;
    struct finder found[FINDERS_MAX];
    /* of the line that is searched: */
    uint8_t levels[LIMIT_FRAME_SIDE_PX];
    int change_count;
    int changes[LIMIT_FRAME_SIDE_PX]; /* first pixels of runs, from the second run on */
};

/*
 * Search every `step_px`th line of a view for runs of 1:1:3:1:1 (ISO/IEC 18004, reference decoding algorithm)
 * and confirm them across. The ones that most lines crossed come first.
 *
 * threshold  the map of this very view
 */
void finders_find(struct finders *finders, const struct view *view, const struct threshold *threshold,
                  int step_px);

#endif
