/* passes: how often, and in which versions, one picture is looked at. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_PASSES_H
#define SYMBOL_PASSES_H

#include "symbol/scanner.h"
#include "symbol/view.h"

/* Ways to look at a picture. The first is for every picture, and the second for all that it does not read, as it
 * costs next to nothing; of the others one takes its turn, unless all are asked for. */
enum pass {
    PASS_REGIONS = 0, /* the busiest regions as they are */
    PASS_QUARTER,     /* the whole picture at a quarter: codes that fill it */
    PASS_HALF,        /* the whole picture at half size: near codes, moire of screens */
    PASS_DOUBLE,      /* the best region at double size, sharpened: small modules */
    PASS_BLURRED,     /* the best region, softened: noise, dust, dithering */
    PASS_WHOLE,       /* the whole picture as it is: codes away from what is busiest */
    PASS_ZBAR,        /* the best region by zbar's own search */
    PASS_COUNT
};

/* Working memory and turns. Opaque; one a thread. About 13 MB, of which small pictures use little. */
struct passes;

/* ERR_NO_MEMORY */
MUST_USE enum err passes_start(struct passes **out);

/*
 * Read the codes of a picture.
 *
 * every  make one pass after the other until one finds something, and PASS_WHOLE in any case; otherwise the first
 *        two and, where they find nothing, one of the others in turn
 * out    set to what was found
 *
 * ERR_NO_MEMORY
 */
MUST_USE enum err passes_read(struct passes *passes, struct scanner *scanner, const struct view *view,
                              bool every, struct harvest *out);

/* Release them; NULL is fine. */
void passes_stop(struct passes *passes);

#endif
