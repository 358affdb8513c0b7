/* passes: how often, and in which versions, one picture is looked at. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_PASSES_H
#define SYMBOL_PASSES_H

#include "symbol/lock.h"
#include "symbol/scanner.h"
#include "symbol/view.h"

/* Ways to look at a picture. The first is for every picture, the next two for all that it does not read, as they
 * cost little; of the others one takes its turn, unless all are asked for. The last is only made when all are. */
enum pass {
    PASS_REGIONS = 0, /* the busiest regions as they are */
    PASS_HALF,        /* the whole picture at half size: near codes, noise, moire of screens */
    PASS_QUARTER,     /* the whole picture at a quarter: codes that fill it */
    PASS_DOUBLE,      /* the best region at double size, sharpened: small modules */
    PASS_UNBLURRED,   /* the best region with its blur undone: out of focus, moved */
    PASS_BLURRED,     /* the best region, softened: dust, dithering; noise, where it is for every picture */
    PASS_WHOLE,       /* the whole picture as it is: codes away from what is busiest */
    PASS_DRAWING, /* the whole picture enlarged and framed: drawings of one pixel a module, or without a quiet zone */
    PASS_COUNT
};

/*
 * What a picture may cost, units of symbol/effort.h. As a camera's frame: that a kiosk keeps up with its camera
 * whatever is held before it. Where it is thorough, one picture may take a moment. It is overdrawn at most by one
 * step: a code of version 40 sampled and drawn once, or a search for finders without any, of the largest picture.
 */
#define PASSES_EFFORT_FRAME    40000000u
#define PASSES_EFFORT_THOROUGH 200000000u

/* Working memory and turns. Opaque; one a thread. About 13 MB, of which small pictures use little. */
struct passes;

/* ERR_NO_MEMORY */
MUST_USE enum err passes_start(struct passes **out);

/*
 * Read the codes of a picture.
 *
 * every  make one pass after the other until one finds something, and PASS_WHOLE in any case; otherwise the first
 *        three and, where they find nothing, one of the others: the next in turn, or, two times of three, the one that
 *        found a code or a sample of one in one of the last pictures; each time in one of the busiest regions
 * out    set to what was found
 * won    set to the first pass that found something, or PASS_COUNT
 *
 * ERR_NO_MEMORY
 */
MUST_USE enum err passes_read(struct passes *passes, struct scanner *scanner, const struct view *view,
                              bool every, struct harvest *out, enum pass *won);

/* Begin the turns so that `count` looks at one picture after the other, by the readers of index 0 to count - 1 in
 * turn, make as many different passes as there are. Index below count. */
void passes_stagger(struct passes *passes, unsigned index, unsigned count);

/* What the last picture cost, and what it might have. */
const struct effort *passes_effort(const struct passes *passes);

/* Add what pictures show to what those of `with` have shown, under a lock of the caller's; see symbol_share. */
void passes_share(struct passes *passes, struct passes *with, const struct lock *lock);

/* Forget what pictures before have shown. */
void passes_forget(struct passes *passes);

/* The best region of the last picture, px; without any width where there is none. */
struct box passes_busiest(const struct passes *passes);

/* Its name in English, small letters, for reports: "regions". Static. */
const char *passes_name(enum pass pass);

/* Release them; NULL is fine. */
void passes_stop(struct passes *passes);

#endif
