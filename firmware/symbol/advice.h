/* advice: what to say over the pictures of a camera, so that nobody reads a word that flickers. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_ADVICE_H
#define SYMBOL_ADVICE_H

#include <stdint.h>

#include "symbol/guidance.h"

/* Pictures of this long decide, most of them; fewer than these decide nothing. Half of it, and a face that draws soon
 * after, is less than half a second. */
#define ADVICE_WINDOW_MS 400
#define ADVICE_FRAMES    2u
/* Pictures remembered: those of a window at 60 a second, and some. */
#define ADVICE_MEMORY 32u
/* What was said stays for so long at least, unless a code is read. */
#define ADVICE_LEAST_MS 700
/* For so long after a code was read there is nothing to be said. */
#define ADVICE_READ_MS 1200
/* What was said for so long helped nobody: it may be a poster. It is not said again before it was away. */
#define ADVICE_MOST_MS 20000

/* All zero has seen and says nothing. */
struct advice {
    unsigned count;
    struct {
        int64_t at_ms;
        enum guidance seen;
    } frames[ADVICE_MEMORY]; /* the newest is at (count - 1) % ADVICE_MEMORY */
    enum guidance said;
    int64_t said_ms;     /* since when */
    enum guidance stale; /* said in vain, until it is no longer seen */
};

/*
 * Take note of what one picture shows.
 *
 * now_ms  when it was taken; a picture older than the last one is passed over, unless by more than ADVICE_MOST_MS: a
 *         clock that was set back begins anew
 *
 * Returns what to say: GUIDANCE_READ at once and for ADVICE_READ_MS, other words once most pictures of a window say
 * so, the commonest of them, and until few do.
 */
enum guidance advice_note(struct advice *advice, enum guidance seen, int64_t now_ms);

#endif
