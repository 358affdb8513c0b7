/* passes: how often, and in which versions, one picture is looked at. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_PASSES_H
#define SYMBOL_PASSES_H

#include "symbol/scanner.h"
#include "symbol/view.h"

/* Ways to look at a picture. The first is for every picture; the others take turns on those that it does not
 * read, unless the picture is worth all of them. */
enum pass {
    PASS_REGIONS = 0, /* the busiest regions as they are */
    PASS_HALF,        /* the whole picture at half size: near codes, moire of screens */
    PASS_DOUBLE,      /* the best region at double size, sharpened: small modules */
    PASS_BLURRED,     /* the best region, softened: noise, dust, dithering */
    PASS_WHOLE,       /* the whole picture as it is: codes away from what is busiest */
    PASS_QUARTER,     /* the whole picture at a quarter */
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
 * every  make all passes, whatever the first ones find; otherwise PASS_REGIONS and, where it finds nothing, one of
 *        the others in turn
 * out    set to what was found
 *
 * ERR_NO_MEMORY
 */
MUST_USE enum err passes_read(struct passes *passes, struct scanner *scanner, const struct view *view,
                              bool every, struct harvest *out);

/* Release them; NULL is fine. */
void passes_stop(struct passes *passes);

#endif
