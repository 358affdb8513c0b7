/* alignment: where the modules of a code lie that is bent or seen through a lens, by its alignment patterns. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_ALIGNMENT_H
#define SYMBOL_ALIGNMENT_H

#include "symbol/geometry.h"
#include "symbol/mesh.h"

/* Lines of alignment patterns along each axis, at most (version 35 and later). */
#define ALIGNMENT_LINES 7

/* How far modules lie from where the plane says, known at the crossings of the lines and bilinear between. */
struct warp {
    struct homography place;
    int lines;                                          /* 0 or 2 to 7; with 2 the plane is all there is */
    int line[ALIGNMENT_LINES];                          /* module in the middle of each */
    struct point off[ALIGNMENT_LINES][ALIGNMENT_LINES]; /* modules, by row (v) and column (u) */
    int found;                                          /* patterns that were seen */
};

/* Modules in the middle of each line of patterns (ISO/IEC 18004, annex E). Returns how many; 0 for version 1. */
int alignment_lines(int version, int line[ALIGNMENT_LINES]);

/* A pattern stands where two lines cross, but not on the finders. */
bool alignment_stands(int lines, int column, int row);

/*
 * Find a code's alignment patterns, from the finders outwards, each where its neighbours say; fit the plane to
 * them as well, and keep what is left as a field.
 *
 * view      in the code's polarity
 * geometry  its plane is fitted anew
 */
void alignment_find(const struct view *view, struct geometry *geometry, struct warp *out);

/* Place in the picture, px, of module coordinates. */
struct point alignment_place(const struct warp *warp, double u, double v);

/* Lay a mesh over a code of `size` modules a side. */
void alignment_mesh(const struct warp *warp, int size, struct mesh *out);

#endif
