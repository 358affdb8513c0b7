/* settle: a mesh that is about right, pulled by the modules to where they are. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_SETTLE_H
#define SYMBOL_SETTLE_H

#include "symbol/mesh.h"

/* Rounds that are enough for a mesh that is about right. */
#define SETTLE_ROUNDS  8
#define SETTLE_MODULES (VERSION_SIZE_MAX * VERSION_SIZE_MAX)

/* How far modules would have the nodes along one axis, modules, and how much they have to say. */
struct settle_push {
    double by[MESH_CELLS + 1][MESH_CELLS + 1];
    double steps[MESH_CELLS + 1][MESH_CELLS + 1]; /* sum of squares between neighbours, grey levels */
    double weight[MESH_CELLS + 1][MESH_CELLS + 1];
};

/* Working memory, about 0.4 MB. */
struct settle {
    float middle[SETTLE_MODULES]; /* grey level of each module, */
    float right[SETTLE_MODULES];  /* of its border with the next one, */
    float below[SETTLE_MODULES];  /* and of that with the one below */
    struct settle_push push[2];   /* along u, along v */
    double shift[2][MESH_CELLS + 1][MESH_CELLS + 1];
    struct mesh before;
};

/*
 * Let the modules pull the mesh: where a dark one borders on a light one, the picture on their border is halfway
 * between them; when it is not, the mesh is off by about as much (a timing error detector as receivers have, Gardner
 * 1986, here along both axes). Mends errors of less than half a module.
 *
 * view    in the code's polarity
 * rounds  at most; fewer are made where nothing moves any more
 *
 * Returns how well it fits: the sum of squared steps between neighbouring modules around a node, grey levels; the
 * more, the nearer are they sampled to their middles. Where the modules made it fit worse, the mesh is as before.
 */
double settle_mesh(const struct view *view, struct settle *memory, struct mesh *mesh, int rounds);

#endif
