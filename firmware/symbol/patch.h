/* patch: the part of a picture that has a code's texture, measured: whether or not any module is told from the next. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_PATCH_H
#define SYMBOL_PATCH_H

#include "symbol/cells.h"

/* Sides of a picture that a patch reaches. */
#define PATCH_LEFT   1u
#define PATCH_RIGHT  2u
#define PATCH_TOP    4u
#define PATCH_BOTTOM 8u

/* All zero: there is no patch. */
struct patch {
    struct box box;   /* px of the view */
    double fill;      /* textured part of the box */
    unsigned borders; /* PATCH_... that a good part of it lies on */
    int pairs;        /* neighbouring cells that were compared; few say nothing */
    double along,
        down;    /* parts of them that lie on different sides of the mean around them; 0.5 for chance */
    double skew; /* of the cells: below zero where few are dark, as in text; near zero in a code */
    int median;  /* grey level of the cells */
    int lighter, darker; /* grey levels that a quarter of the cells around it are above, and below */
    int light;           /* grey level that a twentieth of its pixels are above */
    double steep,
        steepest;    /* steps of two pixels that a twentieth are above, in parts of what lies between light
                               and dark; across the way it is blurred most, and along the other */
    double middling; /* part of its pixels in the middle third of what lies between dark and light */
    double
        fineness; /* mean step of one pixel, of that of eight: near one where modules are no larger than pixels */
    double clipped; /* part of the box that is as bright as can be, with texture on three sides */
};

/*
 * Cut a view into cells and measure its most code-like part.
 *
 * cell_px  modules should be no larger, and the code ten times as large
 *
 * Returns false where there is none; then `out` is all zero.
 */
bool patch_find(struct cells *cells, const struct view *view, int cell_px, struct patch *out);

#endif
