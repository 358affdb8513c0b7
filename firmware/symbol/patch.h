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

/* All zero: there is no patch. Grey levels are 0 dark to 255 light. */
struct patch {
    struct box box;   /* px of the view */
    double fill;      /* textured part of the box */
    unsigned borders; /* PATCH_... that a good part of it lies on */
    /* of its cells */
    int pairs;          /* neighbours that were compared; few say nothing */
    double along, down; /* parts of them that change sides of their mean: 0.5 by chance, 0 where it is calm */
    double skew;        /* below zero where few cells are much darker, as in text; near zero in a code */
    int median;
    /* of the cells around it */
    int lighter; /* a tenth of them are lighter */
    int darker;  /* a quarter of them are no lighter */
    /* of its pixels */
    int light;       /* a twentieth of them are lighter */
    double steep;    /* steps of two pixels that a twentieth are above, parts of the contrast: in the way */
    double steepest; /* that is blurred most, and in the other */
    double middling; /* part of them in the middle third of the contrast */
    double fineness; /* steps of one pixel, parts of those of eight: near one for modules of one pixel */
    double clipped;  /* part of the box that is as bright as can be, with texture on three sides: a lamp */
    double washed;   /* the same in one corner of the box, less that in another: a lamp there */
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
