/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/regrow.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Steps outwards, each by so many cells, as nodes within a window of twice as many and one say. */
#define STEPS  8
#define NEXT   2
#define WINDOW 3
/* Rounds of settling after each step, and by what part of all nodes it must go on to be worth another. */
#define ROUNDS       4
#define GROWTH_LEAST 0.01
/* How sure a node is that lies right (see settle.c), against what so many parts of all nodes are at least. */
#define SURE_PART   0.8
#define BEST_PART   0.3
#define SURE_LEVELS 100
/* A mesh with no more than this part of its nodes in doubt is as good as it gets; with so few right ones, lost. */
#define DOUBT_LEAST 0.02
#define RIGHT_LEAST 0.1

#define NODES (MESH_CELLS + 1)

struct trust {
    double sure; /* as a node must be */
    int count;
    bool node[NODES][NODES];
};

static double sureness(const struct settle *settled, int row, int column) {
    const struct settle_push *u = &settled->push[0], *v = &settled->push[1];
    return fmin(u->weight[row][column] / u->steps[row][column],
                v->weight[row][column] / v->steps[row][column]);
}

/* Trust the sure nodes beside trusted ones, in a line there and back. Returns whether there were any new. */
static bool spread(const struct mesh *mesh, const struct settle *settled, struct trust *trust) {
    int last = mesh->cells;
    int before = trust->count;
    for (int pass = 0; pass < 2; pass++) {
        for (int k = 0; k < (last + 1) * (last + 1); k++) {
            int at = pass == 0 ? k : (last + 1) * (last + 1) - 1 - k;
            int row = at / (last + 1), column = at % (last + 1);
            bool beside = (row > 0 && trust->node[row - 1][column]) ||
                          (row < last && trust->node[row + 1][column]) ||
                          (column > 0 && trust->node[row][column - 1]) ||
                          (column < last && trust->node[row][column + 1]);
            if (beside && !trust->node[row][column] && sureness(settled, row, column) >= trust->sure) {
                trust->node[row][column] = true;
                trust->count++;
            }
        }
    }
    return trust->count > before;
}

static double sure_as_right(const struct mesh *mesh, const struct settle *settled) {
    int nodes = (mesh->cells + 1) * (mesh->cells + 1);
    int counts[SURE_LEVELS + 1] = {0};
    int level = SURE_LEVELS;
    for (int k = 0; k < nodes; k++) {
        double sure = sureness(settled, k / (mesh->cells + 1), k % (mesh->cells + 1));
        counts[(int)(view_clamp(sure, 0, 1) * SURE_LEVELS)]++;
    }
    for (int above = counts[level]; above < BEST_PART * nodes; above += counts[level]) {
        level--;
    }
    return SURE_PART * level / SURE_LEVELS;
}

/* What is connected with the three finders. */
static void trust_from_finders(const struct mesh *mesh, const struct settle *settled, struct trust *trust) {
    int last = mesh->cells;
    memset(trust, 0, sizeof *trust);
    trust->sure = sure_as_right(mesh, settled);
    trust->node[0][0] = trust->node[0][last] = trust->node[last][0] = true;
    trust->count = 3;
    while (spread(mesh, settled, trust)) {
    }
}

/* The trusted nodes around one; whether any is next to it. */
static bool look_around(const struct mesh *mesh, const struct trust *trust, int row, int column,
                        struct surface *near) {
    bool is_next = false;
    *near = (struct surface){.size = mesh->size};
    for (int r = row - WINDOW; r <= row + WINDOW; r++) {
        for (int c = column - WINDOW; c <= column + WINDOW; c++) {
            if (r >= 0 && c >= 0 && r <= mesh->cells && c <= mesh->cells && trust->node[r][c]) {
                struct point module = {c * mesh->cell_modules, r * mesh->cell_modules};
                surface_add(near, module, mesh->node[r][c]);
                is_next = is_next || (abs(r - row) <= NEXT && abs(c - column) <= NEXT);
            }
        }
    }
    return is_next;
}

/* Lay the nodes next to trusted ones as those say. */
static void lay_next(const struct view *view, const struct trust *trust, const struct mesh *before,
                     struct mesh *mesh) {
    for (int row = 0; row <= mesh->cells; row++) {
        for (int column = 0; column <= mesh->cells; column++) {
            struct surface near;
            struct tangent tangent;
            struct point module = {column * mesh->cell_modules, row * mesh->cell_modules};
            if (!trust->node[row][column] && look_around(before, trust, row, column, &near) &&
                surface_at(view, &near, module, &tangent)) {
                mesh->node[row][column] = tangent.at;
            }
        }
    }
}

bool regrow_mesh(const struct view *view, struct settle *settled, struct mesh *mesh) {
    struct trust trust;
    int nodes = (mesh->cells + 1) * (mesh->cells + 1);
    bool grown = false;
    trust_from_finders(mesh, settled, &trust);
    for (int step = 0; step < STEPS && effort_is_left(view->effort); step++) {
        int before = trust.count;
        if (nodes - trust.count <= DOUBT_LEAST * nodes || trust.count < RIGHT_LEAST * nodes) {
            return grown;
        }
        settled->before = *mesh;
        lay_next(view, &trust, &settled->before, mesh);
        settle_mesh(view, settled, mesh, ROUNDS);
        grown = true;
        trust_from_finders(mesh, settled, &trust);
        if (trust.count < before + GROWTH_LEAST * nodes) {
            return true;
        }
    }
    return grown;
}
