/* effort: what one picture may cost, counted in work and never in time: the same picture costs the same anywhere. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_EFFORT_H
#define SYMBOL_EFFORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Weights, in units. A unit is a pixel looked at as one of a line, and takes about a nanosecond on one core of a PC
 * of 2020; a Raspberry Pi 4 takes three. They need not be exact, but no step may cost much more than it says.
 */
#define EFFORT_SAMPLE    8    /* brightness between pixels, at a place that is known */
#define EFFORT_PLACE     16   /* module coordinates to a place in the picture, and its brightness */
#define EFFORT_MODULE    12   /* one module sharpened, compared and painted */
#define EFFORT_EVIDENCE  24   /* one module weighed, compared with what is known of three codes, and added */
#define EFFORT_EQUALISED 25   /* one module that a learnt filter is applied to */
#define EFFORT_FIT       120  /* one constraint of a homography that is fitted */
#define EFFORT_DRAWN     45   /* a pixel of a drawing that is decoded */
#define EFFORT_BLOCK     4000 /* one block of codewords that is tried to correct */
#define EFFORT_UNBLURRED 40   /* a pixel of a picture whose blur is undone */

/* What was spent of how much. All zero is an account with nothing on it. */
struct effort {
    uint64_t spent; /* units */
    uint64_t most;  /* units */
};

/* Spend some; on no account (NULL) nothing is counted. The account may be overdrawn by what was begun. */
static inline void effort_spend(struct effort *effort, uint64_t units) {
    if (effort != NULL) {
        effort->spent += units;
    }
}

/* Whether a step of so many units fits into what is left: for the steps that cost milliseconds. */
static inline bool effort_affords(const struct effort *effort, uint64_t units) {
    return effort == NULL || (effort->spent < effort->most && units <= effort->most - effort->spent);
}

/* Whether there is any left: asked before each step that can be left out. Always, where nothing is counted. */
static inline bool effort_is_left(const struct effort *effort) {
    return effort == NULL || effort->spent < effort->most;
}

#endif
