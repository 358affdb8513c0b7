/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/drift.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Search around the expected place: two steps to either side, then one half step; modules. In the second round all
 * neighbours are known, and half of that is enough. */
#define STEP  0.2
#define SIDES 2
/* How much a tile's contrast must gain to move a module away from its neighbours. */
#define STIFFNESS 0.25

/* Modules that are looked at for one tile. */
#define TILE_MODULES ((DRIFT_TILE_MODULES + 1) * (DRIFT_TILE_MODULES + 1))

/* One tile while it is moved: the picture around it, where a module's step is the same everywhere. */
struct tile {
    const struct view *view;
    struct point at;   /* px, of its middle as the warp has it */
    struct point u, v; /* px of one module */
    int reach;         /* modules from the middle */
};

struct mesh {
    const struct view *view;
    const struct warp *warp;
    struct drift *drift;
    bool known[DRIFT_TILES][DRIFT_TILES];
};

static int greater(int a, int b) {
    return a > b ? a : b;
}

static int smaller(int a, int b) {
    return a < b ? a : b;
}

/* The module whose middle is nearest to a tile's middle; every module of the tile is a whole number from it. */
static double middle_of(const struct drift *drift, int tile) {
    return floor((tile + 0.5) * drift->tile_modules) + 0.5;
}

static struct tile tile_of(const struct mesh *mesh, int column, int row) {
    double u = middle_of(mesh->drift, column);
    double v = middle_of(mesh->drift, row);
    struct tile tile = {.view = mesh->view, .at = alignment_place(mesh->warp, u, v)};
    struct point right = alignment_place(mesh->warp, u + 1, v);
    struct point below = alignment_place(mesh->warp, u, v + 1);
    tile.u = (struct point){right.x - tile.at.x, right.y - tile.at.y};
    tile.v = (struct point){below.x - tile.at.x, below.y - tile.at.y};
    tile.reach = DRIFT_TILE_MODULES / 2;
    return tile;
}

/* Mean difference of the tile's modules from their mean, grey levels, when it has moved. */
static double contrast(const struct tile *tile, struct point off) {
    double values[TILE_MODULES];
    int count = 0;
    double sum = 0;
    for (int y = -tile->reach; y <= tile->reach; y++) {
        for (int x = -tile->reach; x <= tile->reach; x++) {
            struct point at = {tile->at.x + (x + off.x) * tile->u.x + (y + off.y) * tile->v.x,
                               tile->at.y + (x + off.x) * tile->u.y + (y + off.y) * tile->v.y};
            values[count] = view_at(tile->view, at);
            sum += values[count++];
        }
    }
    double differ = 0;
    for (int i = 0; i < count; i++) {
        differ += fabs(values[i] - sum / count);
    }
    return differ / count;
}

/* The best place within `sides` steps of the expected one. */
static struct point search(const struct tile *tile, struct point expected, struct point from, double step,
                           int sides) {
    double best = -1e9;
    double here = contrast(tile, expected);
    uint64_t looks = 1 + (uint64_t)(2 * sides + 1) * (uint64_t)(2 * sides + 1);
    effort_spend(tile->view->effort, looks * TILE_MODULES * EFFORT_SAMPLE);
    struct point found = from;
    for (int y = -sides; y <= sides; y++) {
        for (int x = -sides; x <= sides; x++) {
            struct point at = {from.x + x * step, from.y + y * step};
            double dx = at.x - expected.x;
            double dy = at.y - expected.y;
            double score = contrast(tile, at) - STIFFNESS * here * (dx * dx + dy * dy);
            if (score > best) {
                best = score;
                found = at;
            }
        }
    }
    return found;
}

/* Mean of what is known around a tile; nothing moves where nothing is known. */
static struct point expected_off(const struct mesh *mesh, int column, int row) {
    struct point sum = {0, 0};
    int count = 0;
    int last = mesh->drift->tiles - 1;
    for (int r = greater(row - 1, 0); r <= smaller(row + 1, last); r++) {
        for (int c = greater(column - 1, 0); c <= smaller(column + 1, last); c++) {
            if (mesh->known[r][c]) {
                sum.x += mesh->drift->off[r][c].x;
                sum.y += mesh->drift->off[r][c].y;
                count++;
            }
        }
    }
    return count > 0 ? (struct point){sum.x / count, sum.y / count} : sum;
}

static void move(struct mesh *mesh, int column, int row, double step) {
    struct tile tile = tile_of(mesh, column, row);
    struct point expected = expected_off(mesh, column, row);
    struct point rough = search(&tile, expected, expected, step, SIDES);
    mesh->drift->off[row][column] = search(&tile, expected, rough, step / 2, 1);
    mesh->known[row][column] = true;
}

/* Tiles from the nearest finder, which stand in three corners. */
static int distance(int tiles, int column, int row) {
    int last = tiles - 1;
    int origin = greater(column, row);
    int u = greater(last - column, row);
    int v = greater(column, last - row);
    return smaller(origin, smaller(u, v));
}

void drift_find(const struct view *view, const struct warp *warp, int size, struct drift *out) {
    struct mesh mesh = {.view = view, .warp = warp, .drift = out};
    memset(out, 0, sizeof *out);
    out->tiles = smaller(size / DRIFT_TILE_MODULES + 1, DRIFT_TILES);
    out->tile_modules = (double)size / out->tiles;
    for (int round = 0; round < 2; round++) {
        for (int away = 0; away < out->tiles; away++) {
            for (int k = 0; k < out->tiles * out->tiles; k++) {
                int column = k % out->tiles;
                int row = k / out->tiles;
                if (distance(out->tiles, column, row) == away) {
                    move(&mesh, column, row, round == 0 ? STEP : STEP / 2);
                }
            }
        }
    }
}

/* The tiles whose middles a module lies between: index of the lower one, and how far towards the next. */
static double between(const struct drift *drift, double module, int *lower) {
    int tile = (int)view_clamp(module / drift->tile_modules - 0.5, 0, drift->tiles - 2);
    double from = middle_of(drift, tile);
    *lower = tile;
    return view_clamp((module - from) / (middle_of(drift, tile + 1) - from), 0, 1);
}

struct point drift_apply(const struct drift *drift, double u, double v) {
    if (drift->tiles < 2) {
        return (struct point){u, v};
    }
    int row, column;
    double x = between(drift, u, &column);
    double y = between(drift, v, &row);
    const struct point *a = &drift->off[row][column];
    const struct point *b = &drift->off[row + 1][column];
    return (struct point){u + (1 - y) * ((1 - x) * a[0].x + x * a[1].x) + y * ((1 - x) * b[0].x + x * b[1].x),
                          v + (1 - y) * ((1 - x) * a[0].y + x * a[1].y) +
                              y * ((1 - x) * b[0].y + x * b[1].y)};
}
