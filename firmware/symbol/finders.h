/* finders: all finder patterns of a picture, dark on light and light on dark in one search. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_FINDERS_H
#define SYMBOL_FINDERS_H

#include "symbol/finder.h"
#include "symbol/runs.h"

/* Patterns kept of one picture; a code has three. */
#define FINDERS_MAX 96
/* Places that resemble a finder on some lines, and of them those looked at closely, the likeliest first; noise and
 * walls of patterns have more. */
#define FINDERS_GUESSES_MAX 2048
#define FINDERS_LOOKS_MAX   500
/* Places are sought by columns of so many pixels, and kept from bands of so many lines, each its share. */
#define FINDERS_COLUMN_PX 16
#define FINDERS_COLUMNS   (LIMIT_FRAME_SIDE_PX / FINDERS_COLUMN_PX)
#define FINDERS_BANDS     16

/* A place that may be a finder. */
struct finders_guess {
    struct point first, last; /* px, middles of the runs of the lines that crossed it first and last */
    double module_px;
    double contrast; /* grey levels, on the first line */
    int lines;
    int older; /* guess of the same column before it, plus one; 0: none */
    bool inverted;
};

/* Working memory, and what was found. */
struct finders {
    int count;
    int looks;
    int rounds;            /* of looking closely */
    int guessed;           /* guesses that were looked at */
    double contrast_least; /* below is noise */
    struct finder found[FINDERS_MAX];
    int guess_count;
    struct finders_guess guesses[FINDERS_GUESSES_MAX];
    int columns[FINDERS_COLUMNS]; /* the newest guess of each, plus one */
    struct runs_line line;
};

/*
 * Search every `step_px`th line of a view for runs of 1:1:3:1:1 (ISO/IEC 18004, reference decoding algorithm): guesses,
 * those first that stand out most clearly on most lines. Nothing is found yet.
 *
 * threshold  the map of this very view
 */
void finders_guess(struct finders *finders, const struct view *view, const struct threshold *threshold,
                   int step_px);

/*
 * Look closely at the next guesses, as long as the view's account has something left. Found patterns are ordered by
 * the lines that crossed them.
 *
 * looks  so many, of FINDERS_LOOKS_MAX in all; a guess that was begun is finished
 *
 * Returns whether any was found.
 */
bool finders_confirm(struct finders *finders, const struct view *view, const struct threshold *threshold,
                     int looks);

#endif
