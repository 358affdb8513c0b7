/* mesh: where the modules of a code lie, as a net of known places; the same for flat and for bent paper. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_MESH_H
#define SYMBOL_MESH_H

#include "symbol/surface.h"

/* A cell is of at most so many modules a side, and a code has at most so many cells. */
#define MESH_CELL_MODULES 5
#define MESH_CELLS        ((VERSION_SIZE_MAX + MESH_CELL_MODULES - 1) / MESH_CELL_MODULES)

/* Between its nodes, (cells + 1) x (cells + 1), the paper is taken as flat. All zero is none. */
struct mesh {
    int size;  /* modules a side of the code */
    int cells; /* a side */
    double cell_modules;
    struct point node[MESH_CELLS + 1][MESH_CELLS + 1]; /* px, by row (v) and column (u) */
};

/* How many modules wide a cell is, and so where the nodes are, is decided by the size: set all but the places. */
void mesh_begin(int size, struct mesh *out);

/* Lay a mesh over a surface. Returns false where the surface is not determined. */
bool mesh_lay(const struct view *view, const struct surface *surface, struct mesh *out);

/* Place in the picture, px, of module coordinates; beyond the code as its outermost cells say. */
struct point mesh_place(const struct mesh *mesh, double u, double v);

/*
 * Places of the middles of a line of modules, and a module's way from there along both axes.
 *
 * row  0 to size - 1
 * out  `size` places, from left to right
 */
void mesh_line(const struct mesh *mesh, int row, struct tangent *out);

/* Whether a place in the picture, px, lies within the code's border, which is moved out by so many modules. */
bool mesh_holds(const struct mesh *mesh, struct point at, double beside);

/* Mean pixels of a module's side. */
double mesh_module_px(const struct mesh *mesh);

#endif
