/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/alignment.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "symbol/pattern.h"

#define LAST (ALIGNMENT_LINES - 1)
/* Weight of a pattern against one edge of a finder: it stands for 16 edges. */
#define WEIGHT      6.0
#define WEIGHT_ONLY 20.0

enum { UNKNOWN = 0, GUESSED, FINDER, SEEN };

/* The crossings while they are searched. */
struct crossings {
    const struct view *view;
    struct geometry *geometry;
    struct warp *warp;
    double contrast;
    uint8_t state[ALIGNMENT_LINES][ALIGNMENT_LINES];
    struct point place[ALIGNMENT_LINES][ALIGNMENT_LINES]; /* px, where SEEN */
};

int alignment_lines(int version, int line[ALIGNMENT_LINES]) {
    if (version < 2) {
        return 0;
    }
    int lines = version / 7 + 2;
    int gaps = lines - 1;
    int step = version == 32 ? 26 : (version * 4 + lines * 2 + 1) / (gaps * 2) * 2;
    line[0] = 6;
    for (int i = gaps, at = version_size(version) - 7; i >= 1; i--, at -= step) {
        line[i] = at;
    }
    return lines;
}

bool alignment_stands(int lines, int column, int row) {
    int last = lines - 1;
    return !(column == 0 && row == 0) && !(column == 0 && row == last) && !(column == last && row == 0);
}

static struct tangent tangent_of(const struct homography *place, struct point middle) {
    struct tangent near = {.at = homography_place(place, middle.x, middle.y)};
    struct point right = homography_place(place, middle.x + 1, middle.y);
    struct point below = homography_place(place, middle.x, middle.y + 1);
    near.u = (struct point){right.x - near.at.x, right.y - near.at.y};
    near.v = (struct point){below.x - near.at.x, below.y - near.at.y};
    return near;
}

/* Search a square of `reach` modules around the expected module. Returns whether a pattern is there. */
static bool search(const struct crossings *c, struct point expected, double reach, struct point *found) {
    struct tangent near = tangent_of(&c->geometry->place, expected);
    struct point off;
    double score = pattern_search(c->view, &near, reach, &off);
    *found = (struct point){expected.x + off.x, expected.y + off.y};
    return score > PATTERN_SEEN_PART * c->contrast;
}

/* At the border the field fades towards the finder at its end, and goes on as it went. */
static struct point along_border(struct point last, struct point before, int left, bool has_before) {
    double fade = 1 - 1.0 / left;
    struct point p = {last.x * fade, last.y * fade};
    if (has_before) {
        p.x = (p.x + 2 * last.x - before.x) / 2;
        p.y = (p.y + 2 * last.y - before.y) / 2;
    }
    return p;
}

/* What the neighbours that were searched before say. */
static struct point expected_off(const struct warp *w, int column, int row) {
    if (column > 0 && row > 0) {
        struct point a = w->off[row][column - 1], b = w->off[row - 1][column],
                     c = w->off[row - 1][column - 1];
        return (struct point){a.x + b.x - c.x, a.y + b.y - c.y};
    }
    if (column > 0) {
        return along_border(w->off[row][column - 1], w->off[row][column > 1 ? column - 2 : 0],
                            w->lines - column, column > 1);
    }
    return along_border(w->off[row - 1][column], w->off[row > 1 ? row - 2 : 0][column], w->lines - row,
                        row > 1);
}

static void try_crossing(struct crossings *c, int column, int row, double reach) {
    struct warp *w = c->warp;
    struct point nominal = {w->line[column] + 0.5, w->line[row] + 0.5};
    struct point off = expected_off(w, column, row);
    struct point found;
    w->off[row][column] = off;
    c->state[row][column] = UNKNOWN;
    if (search(c, (struct point){nominal.x + off.x, nominal.y + off.y}, reach, &found)) {
        w->off[row][column] = (struct point){found.x - nominal.x, found.y - nominal.y};
        c->place[row][column] = homography_place(&c->geometry->place, found.x, found.y);
        c->state[row][column] = SEEN;
        w->found++;
    }
}

/* All crossings in the order of their distance from the upper left. */
static void grow(struct crossings *c, int round) {
    int last = c->warp->lines - 1;
    memset(c->warp->off, 0, sizeof c->warp->off);
    c->warp->found = 0;
    for (int sum = 1; sum <= 2 * last; sum++) {
        for (int row = 0; row <= last; row++) {
            int column = sum - row;
            if (column >= 0 && column <= last && alignment_stands(c->warp->lines, column, row)) {
                bool edge = (column == 1 && row == 1) || column == last || row == last;
                try_crossing(c, column, row, round > 0 ? 1.0 : edge ? 2.4 : 1.8);
            }
        }
    }
}

static void refit(struct crossings *c, double weight) {
    struct constraint further[2 * ALIGNMENT_LINES * ALIGNMENT_LINES];
    int count = 0;
    for (int row = 0; row < c->warp->lines; row++) {
        for (int column = 0; column < c->warp->lines; column++) {
            if (c->state[row][column] == SEEN) {
                struct constraint u = {.at = c->place[row][column], .weight = weight};
                struct constraint v = u;
                u.module = c->warp->line[column] + 0.5;
                v.module = c->warp->line[row] + 0.5;
                v.along_v = true;
                further[count++] = u;
                further[count++] = v;
            }
        }
    }
    effort_spend(c->view->effort, (uint64_t)(c->geometry->edge_count + count) * EFFORT_FIT);
    geometry_refit(c->geometry, further, count);
}

/* What the plane misses at the patterns and at the finders' middles. */
static void measure_field(struct crossings *c) {
    int last = c->warp->lines - 1;
    double far = c->geometry->size - 3.5;
    const struct point middles[CORNERS] = {{3.5, 3.5}, {far, 3.5}, {3.5, far}};
    const int rows[CORNERS] = {0, 0, last};
    const int columns[CORNERS] = {0, last, 0};
    memset(c->warp->off, 0, sizeof c->warp->off);
    for (int row = 0; row <= last; row++) {
        for (int column = 0; column <= last; column++) {
            if (c->state[row][column] == SEEN) {
                struct point m = homography_module(&c->geometry->place, c->place[row][column]);
                c->warp->off[row][column] =
                    (struct point){m.x - c->warp->line[column] - 0.5, m.y - c->warp->line[row] - 0.5};
            }
        }
    }
    for (int i = 0; i < CORNERS; i++) {
        struct point m = homography_module(&c->geometry->place, c->geometry->corners[i].centre);
        c->warp->off[rows[i]][columns[i]] = (struct point){m.x - middles[i].x, m.y - middles[i].y};
        c->state[rows[i]][columns[i]] = FINDER;
    }
}

/* Mean of the known neighbours, for a crossing where no pattern was seen. Returns whether there are any. */
static bool mean_of_neighbours(const struct crossings *c, int column, int row, struct point *mean) {
    double x = 0, y = 0;
    int count = 0;
    for (int r = row - 1; r <= row + 1; r++) {
        for (int k = column - 1; k <= column + 1; k++) {
            if (r >= 0 && k >= 0 && r < c->warp->lines && k < c->warp->lines && c->state[r][k] != UNKNOWN) {
                x += c->warp->off[r][k].x;
                y += c->warp->off[r][k].y;
                count++;
            }
        }
    }
    *mean = count > 0 ? (struct point){x / count, y / count} : (struct point){0, 0};
    return count > 0;
}

/* One step outwards from what is known; the finders are known, so LAST steps reach everything. */
static void fill_field(struct crossings *c) {
    for (int round = 0; round < LAST; round++) {
        struct crossings before = *c;
        struct warp known = *c->warp;
        before.warp = &known;
        for (int row = 0; row < c->warp->lines; row++) {
            for (int column = 0; column < c->warp->lines; column++) {
                struct point mean;
                if (before.state[row][column] == UNKNOWN && mean_of_neighbours(&before, column, row, &mean)) {
                    c->warp->off[row][column] = mean;
                    c->state[row][column] = GUESSED;
                }
            }
        }
    }
}

/* Versions 2 to 6 have one pattern, opposite the origin; it says most about the perspective. */
static void find_only(struct crossings *c) {
    double nominal = c->warp->line[1] + 0.5;
    double reach = 1.5 + c->geometry->size * 0.035;
    struct point found;
    if (search(c, (struct point){nominal, nominal}, reach, &found)) {
        c->place[1][1] = homography_place(&c->geometry->place, found.x, found.y);
        c->state[1][1] = SEEN;
        c->warp->found = 1;
        refit(c, WEIGHT_ONLY);
    }
}

void alignment_find(const struct view *view, struct geometry *geometry, struct warp *out) {
    *out = (struct warp){0};
    out->lines = alignment_lines((geometry->size - 17) / 4, out->line);
    struct crossings c = {.view = view, .geometry = geometry, .warp = out};
    const struct finder *f = geometry->corners;
    c.contrast = fmin(f[CORNER_ORIGIN].contrast, fmin(f[CORNER_U].contrast, f[CORNER_V].contrast));
    if (out->lines == 2) {
        find_only(&c);
    } else if (out->lines > 2) {
        for (int round = 0; round < 2; round++) {
            grow(&c, round);
            refit(&c, WEIGHT);
        }
        measure_field(&c);
        fill_field(&c);
    }
    out->place = geometry->place;
}

/* The lines around a module coordinate: index of the lower one, and how far towards the next. */
static double between(const struct warp *warp, double module, int *lower) {
    int i = 0;
    while (i < warp->lines - 2 && module >= warp->line[i + 1] + 0.5) {
        i++;
    }
    *lower = i;
    return view_clamp((module - 0.5 - warp->line[i]) / (warp->line[i + 1] - warp->line[i]), -0.4, 1.4);
}

struct point alignment_place(const struct warp *warp, double u, double v) {
    if (warp->lines > 2) {
        int row, column;
        double x = between(warp, u, &column);
        double y = between(warp, v, &row);
        const struct point *a = &warp->off[row][column];
        const struct point *b = &warp->off[row + 1][column];
        u += (1 - y) * ((1 - x) * a[0].x + x * a[1].x) + y * ((1 - x) * b[0].x + x * b[1].x);
        v += (1 - y) * ((1 - x) * a[0].y + x * a[1].y) + y * ((1 - x) * b[0].y + x * b[1].y);
    }
    return homography_place(&warp->place, u, v);
}

void alignment_mesh(const struct warp *warp, int size, struct mesh *out) {
    mesh_begin(size, out);
    for (int row = 0; row <= out->cells; row++) {
        for (int column = 0; column <= out->cells; column++) {
            out->node[row][column] =
                alignment_place(warp, column * out->cell_modules, row * out->cell_modules);
        }
    }
}
