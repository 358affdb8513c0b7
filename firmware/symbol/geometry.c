/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/geometry.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Edges needed for a homography to be trusted, of 168. */
#define EDGES_LEAST      40
#define EDGES_KEPT_LEAST 36
/* Versions tried to either side of the rough one, and how far a written one may be from it. */
#define VERSIONS_BESIDE 4
#define WRITTEN_BESIDE  5
/* Root mean square of the edges' misses, modules: for reading version bits, for a written version, for a guess. */
#define RMS_TO_READ    2.5
#define RMS_OF_WRITTEN 2.0
#define RMS_OF_GUESS   1.6
/* Timing pattern that a written version needs, what a guess needs, and what a miss of one module takes off. */
#define TIMING_OF_WRITTEN 0.45
#define TIMING_LEAST      0.70
#define TIMING_FOR_RMS    0.03
/* Data that look like finders have fewer edges in the right places, and what lies between alternates by chance. */
#define TIMING_HOPELESS  0.65
#define EDGES_OF_FINDERS 138
/* An edge that is missed by more is another pattern's, modules. */
#define EDGE_MISS_MOST 0.6

static struct point unit(struct point from, struct point to) {
    double length = hypot(to.x - from.x, to.y - from.y);
    return (struct point){(to.x - from.x) / length, (to.y - from.y) / length};
}

static bool fit(const struct view *view, const struct geometry *g, int size, struct homography *out,
                double *rms) {
    effort_spend(view->effort, (uint64_t)g->edge_count * EFFORT_FIT);
    return homography_fit(g->edges, g->edge_count, size, g->origin, g->scale_px, out, rms);
}

/* Take a size into account: keep it where its timing pattern is the best so far. Returns whether it fits at all. */
static bool consider(const struct view *view, struct geometry *g, int version, bool written) {
    struct homography place;
    double rms;
    int size = version_size(version);
    if (!fit(view, g, size, &place, &rms) || rms > (written ? RMS_OF_WRITTEN : RMS_OF_GUESS)) {
        return false;
    }
    double timing = version_timing(view, &place, size);
    if (written) {
        timing = timing >= TIMING_OF_WRITTEN ? fmax(timing, TIMING_LEAST) : 0;
    } else {
        timing -= TIMING_FOR_RMS * rms;
    }
    if (timing > g->timing) {
        g->timing = timing;
        g->size = size;
        g->place = place;
    }
    return timing > 0;
}

static int written_version(const struct view *view, const struct geometry *g, int rough) {
    struct homography place;
    double rms;
    const double levels[2] = {g->corners[CORNER_U].level, g->corners[CORNER_V].level};
    int from = rough < VERSION_WRITTEN ? VERSION_WRITTEN : rough;
    int size = version_size(from);
    if (rough < VERSION_WRITTEN - 2 || !fit(view, g, size, &place, &rms) || rms > RMS_TO_READ) {
        return 0;
    }
    int version = version_written(view, &place, size, levels);
    return abs(version - rough) <= WRITTEN_BESIDE ? version : 0;
}

/* What the code says of itself, else what its timing pattern says; what an earlier round found better stays. */
static void choose_size(const struct view *view, struct geometry *g, int rough) {
    g->timing = 0;
    int written = written_version(view, g, rough);
    if (written != 0) {
        consider(view, g, written, true);
    }
    bool is_written = g->timing > 0;
    for (int version = rough - VERSIONS_BESIDE; !is_written && version <= rough + VERSIONS_BESIDE;
         version++) {
        if (effort_is_left(view->effort) && version >= 1 && version <= VERSION_MAX) {
            consider(view, g, version, false);
        }
    }
}

/* The axes at each finder: first those between the finders, later the homography's. */
static void trace(const struct view *view, struct geometry *g, bool by_homography) {
    double far = g->size - 3.5;
    const struct point middles[CORNERS] = {{3.5, 3.5}, {far, 3.5}, {3.5, far}};
    const struct finder *f = g->corners;
    struct point u = unit(f[CORNER_ORIGIN].centre, f[CORNER_U].centre);
    struct point v = unit(f[CORNER_ORIGIN].centre, f[CORNER_V].centre);
    g->edge_count = 0;
    for (int i = 0; i < CORNERS; i++) {
        if (by_homography) {
            struct point m = middles[i];
            u = unit(homography_place(&g->place, m.x - 2, m.y), homography_place(&g->place, m.x + 2, m.y));
            v = unit(homography_place(&g->place, m.x, m.y - 2), homography_place(&g->place, m.x, m.y + 2));
        }
        g->edge_count += outline_trace(view, &f[i], i, u, v, g->edges + g->edge_count);
    }
}

static void drop_outliers(struct geometry *g) {
    struct constraint kept[GEOMETRY_EDGES];
    int count = 0;
    for (int i = 0; i < g->edge_count; i++) {
        if (fabs(homography_miss(&g->place, &g->edges[i], g->size)) < EDGE_MISS_MOST) {
            kept[count++] = g->edges[i];
        }
    }
    if (count >= EDGES_KEPT_LEAST) {
        memcpy(g->edges, kept, (size_t)count * sizeof *kept);
        g->edge_count = count;
        geometry_refit(g, NULL, 0);
    }
}

static int version_near(double size) {
    int version = (int)lrint((size - 17) / 4);
    return version < 1 ? 1 : version > VERSION_MAX ? VERSION_MAX : version;
}

static void begin(const struct finders *finders, const struct triple *triple, struct geometry *g) {
    *g = (struct geometry){0};
    for (int i = 0; i < CORNERS; i++) {
        g->corners[i] = finders->found[triple->finder[i]];
    }
    struct point o = g->corners[CORNER_ORIGIN].centre;
    struct point u = g->corners[CORNER_U].centre;
    struct point v = g->corners[CORNER_V].centre;
    g->origin = (struct point){(u.x + v.x) / 2, (u.y + v.y) / 2};
    g->scale_px = (hypot(u.x - o.x, u.y - o.y) + hypot(v.x - o.x, v.y - o.y)) / 2;
}

bool geometry_solve(const struct view *view, const struct finders *finders, const struct triple *triple,
                    struct geometry *out) {
    begin(finders, triple, out);
    for (int round = 0; round < 2; round++) {
        trace(view, out, round > 0);
        if (out->edge_count < EDGES_LEAST) {
            return false;
        }
        choose_size(view, out, version_near(round > 0 ? out->size : triple->size));
        if (out->timing < TIMING_HOPELESS && out->edge_count < EDGES_OF_FINDERS) {
            return false;
        }
    }
    if (out->timing < TIMING_LEAST) {
        return false;
    }
    drop_outliers(out);
    return true;
}

void geometry_refit(struct geometry *geometry, const struct constraint *further, int count) {
    struct constraint all[GEOMETRY_EDGES * 2];
    int room = GEOMETRY_EDGES * 2 - geometry->edge_count;
    int added = count < room ? count : room;
    double rms;
    memcpy(all, geometry->edges, (size_t)geometry->edge_count * sizeof *all);
    if (added > 0) {
        memcpy(all + geometry->edge_count, further, (size_t)added * sizeof *all);
    }
    struct homography place;
    if (homography_fit(all, geometry->edge_count + added, geometry->size, geometry->origin,
                       geometry->scale_px, &place, &rms)) {
        geometry->place = place;
    }
}
