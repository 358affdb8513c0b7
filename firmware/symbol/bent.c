/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/bent.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "symbol/alignment.h"
#include "symbol/corner.h"
#include "symbol/pattern.h"

/* Search around the expected place of a pattern, modules: near what is known, more for each module away, at most. */
#define REACH_LEAST 1.0
#define REACH_PART  0.05
#define REACH_MOST  3.2
/* One of so many patterns must be seen. */
#define SEEN_PART 3
/* Timing pattern that a guessed version needs, and versions tried to either side of the rough one. */
#define TIMING_LEAST    0.8
#define VERSIONS_BESIDE 2
/* A written version is no further from the rough one; where both copies differ, so few bits of it are wrong. */
#define WRITTEN_BESIDE 4
#define ERRORS_ALONE   2
/* Bits of the version, and where they begin: modules from the finder's middle. */
#define VERSION_BITS  18
#define VERSION_FAR   (-7)
#define VERSION_NEAR  (-3)
#define FINDER_MIDDLE 3.5
/* Two finders beside each other are no further off the line than by this part of their distance. */
#define ASIDE_PART 0.35

struct sheet {
    const struct view *view;
    bool seen[CORNERS]; /* else its finder is hidden */
    struct finder finders[CORNERS];
    struct tangent corners[CORNERS];
    double contrast; /* of the palest finder */
    struct bent *memory;
};

static struct point unit(struct point from, struct point to) {
    double length = hypot(to.x - from.x, to.y - from.y);
    return (struct point){(to.x - from.x) / length, (to.y - from.y) / length};
}

/* u, v: about where the code's axes point, unit length. */
static bool fit_corners(struct sheet *sheet, struct point u, struct point v) {
    sheet->contrast = 255;
    for (int i = 0; i < CORNERS; i++) {
        if (sheet->seen[i]) {
            sheet->contrast = fmin(sheet->contrast, sheet->finders[i].contrast);
            if (!corner_fit(sheet->view, &sheet->finders[i], i, u, v, &sheet->corners[i])) {
                return false;
            }
        }
    }
    return true;
}

/* Four places of each finder. */
static void begin_surface(const struct sheet *sheet, int version) {
    struct surface *surface = &sheet->memory->surface;
    *surface = (struct surface){.size = version_size(version)};
    for (int i = 0; i < CORNERS; i++) {
        if (!sheet->seen[i]) {
            continue;
        }
        double u = i == CORNER_U ? surface->size - FINDER_MIDDLE : FINDER_MIDDLE;
        double v = i == CORNER_V ? surface->size - FINDER_MIDDLE : FINDER_MIDDLE;
        for (int k = 0; k < 4; k++) {
            double x = k % 2 == 0 ? -FINDER_MIDDLE : FINDER_MIDDLE;
            double y = k / 2 == 0 ? -FINDER_MIDDLE : FINDER_MIDDLE;
            surface_add(surface, (struct point){u + x, v + y}, tangent_place(&sheet->corners[i], x, y));
        }
    }
}

/* The block beside the finder at the end of u (ISO/IEC 18004, figure 28), or of v. */
static int read_block(const struct sheet *sheet, int which, int *errors) {
    uint32_t bits = 0;
    *errors = VERSION_BITS;
    for (int i = 0; sheet->seen[which] && i < VERSION_BITS; i++) {
        double far = i % 3 + VERSION_FAR;
        double near = i / 3 + VERSION_NEAR;
        struct point at = which == CORNER_V ? tangent_place(&sheet->corners[which], near, far)
                                            : tangent_place(&sheet->corners[which], far, near);
        bits |= (uint32_t)(view_at(sheet->view, at) < sheet->finders[which].level) << i;
    }
    return sheet->seen[which] ? version_nearest(bits, errors) : 0;
}

/* What the code says of itself, or 0. */
static int written_version(const struct sheet *sheet, int rough) {
    int errors[2];
    int u = read_block(sheet, CORNER_U, &errors[0]);
    int v = read_block(sheet, CORNER_V, &errors[1]);
    int version = errors[0] <= errors[1] ? u : v;
    bool sure = u == v || errors[0] <= ERRORS_ALONE || errors[1] <= ERRORS_ALONE;
    return version != 0 && sure && abs(version - rough) <= WRITTEN_BESIDE ? version : 0;
}

/* How well the timing patterns between finders that are seen alternate along the paper: see version_timing. */
static double timing(const struct sheet *sheet, int size) {
    int good = 0;
    int all = 0;
    for (int axis = 0; axis < 2; axis++) {
        double before = 0;
        bool between = sheet->seen[CORNER_ORIGIN] && sheet->seen[axis == 0 ? CORNER_U : CORNER_V];
        for (int i = 7; between && i < size - 7; i++) {
            struct point module = axis == 0 ? (struct point){i + 0.5, 6.5} : (struct point){6.5, i + 0.5};
            struct tangent near;
            if (!surface_at(sheet->view, &sheet->memory->surface, module, &near)) {
                return 0;
            }
            double value = view_at(sheet->view, near.at);
            good += i > 7 && (i % 2 == 0 ? value < before : value > before);
            all += i > 7;
            before = value;
        }
    }
    return all > 0 ? (double)good / all : 0;
}

/* The version whose timing patterns are the best, or 0. */
static int timed_version(const struct sheet *sheet, int rough) {
    double best = TIMING_LEAST;
    int found = 0;
    for (int version = rough - VERSIONS_BESIDE; version <= rough + VERSIONS_BESIDE; version++) {
        if (version >= 1 && version <= VERSION_MAX && effort_is_left(sheet->view->effort)) {
            begin_surface(sheet, version);
            double now = timing(sheet, version_size(version));
            if (now > best) {
                best = now;
                found = version;
            }
        }
    }
    return found;
}

/* From the nearest anchor, modules. */
static double away_from_known(const struct surface *surface, struct point module) {
    double least = VERSION_SIZE_MAX;
    for (int i = 0; i < surface->count; i++) {
        struct point m = surface->anchors[i].module;
        least = fmin(least, hypot(m.x - module.x, m.y - module.y));
    }
    return least;
}

/* Returns whether a pattern is there. */
static bool search(const struct sheet *sheet, struct point module) {
    struct surface *surface = &sheet->memory->surface;
    struct tangent near;
    struct point off;
    double reach = fmin(REACH_LEAST + REACH_PART * away_from_known(surface, module), REACH_MOST);
    if (!surface_at(sheet->view, surface, module, &near) ||
        pattern_search(sheet->view, &near, reach, &off) <= PATTERN_SEEN_PART * sheet->contrast) {
        return false;
    }
    surface_add(surface, module, tangent_place(&near, off.x, off.y));
    return true;
}

/* Of the patterns not yet searched, the one that is nearest to anything known; -1 for none. */
static int nearest(const struct surface *surface, const int line[ALIGNMENT_LINES], int lines,
                   const bool *searched) {
    double least = 2 * VERSION_SIZE_MAX;
    int found = -1;
    for (int k = 0; k < lines * lines; k++) {
        if (!searched[k] && alignment_stands(lines, k % lines, k / lines)) {
            double away =
                away_from_known(surface, (struct point){line[k % lines] + 0.5, line[k / lines] + 0.5});
            if (away < least) {
                least = away;
                found = k;
            }
        }
    }
    return found;
}

/* All patterns, each where those before it say. Returns whether enough were seen. */
static bool find_patterns(const struct sheet *sheet) {
    struct bent *m = sheet->memory;
    int line[ALIGNMENT_LINES];
    bool searched[ALIGNMENT_LINES * ALIGNMENT_LINES] = {false};
    int lines = alignment_lines((m->surface.size - 17) / 4, line);
    m->patterns = lines > 0 ? lines * lines - 3 : 0;
    m->seen = 0;
    for (int n = 0; n < m->patterns && effort_is_left(sheet->view->effort); n++) {
        int k = nearest(&m->surface, line, lines, searched);
        searched[k] = true;
        m->seen += search(sheet, (struct point){line[k % lines] + 0.5, line[k / lines] + 0.5});
    }
    return m->seen * SEEN_PART >= m->patterns;
}

/* From the finders' axes to a mesh. */
static bool lay(const struct sheet *sheet, double rough, struct mesh *out, double *fit) {
    int version = (int)lrint((rough - 17) / 4);
    int written = written_version(sheet, version);
    bool whole = sheet->seen[CORNER_ORIGIN] && sheet->seen[CORNER_U] && sheet->seen[CORNER_V];
    if (written == 0 && !whole && version > VERSION_WRITTEN) {
        return false; /* seen from the wrong end, the timing pattern is the same */
    }
    version = written != 0 ? written : timed_version(sheet, version);
    if (version == 0) {
        return false;
    }
    begin_surface(sheet, version);
    if (!find_patterns(sheet) || !mesh_lay(sheet->view, &sheet->memory->surface, out)) {
        return false;
    }
    *fit = settle_mesh(sheet->view, &sheet->memory->settle, out, SETTLE_ROUNDS);
    return true;
}

bool bent_find(const struct view *view, const struct finder corners[CORNERS], double rough,
               struct bent *memory, struct mesh *out, double *fit) {
    struct sheet sheet = {.view = view, .memory = memory, .seen = {true, true, true}};
    memcpy(sheet.finders, corners, sizeof sheet.finders);
    struct point origin = corners[CORNER_ORIGIN].centre;
    return fit_corners(&sheet, unit(origin, corners[CORNER_U].centre),
                       unit(origin, corners[CORNER_V].centre)) &&
           lay(&sheet, rough, out, fit);
}

static struct point turned(struct point p, double radians) {
    double c = cos(radians), s = sin(radians);
    return (struct point){c * p.x - s * p.y, s * p.x + c * p.y};
}

/* Modules between two finders along their code's side, by one's axes; 0 where they lie otherwise to each other. */
static double side_by(const struct tangent *axes, struct point way_px, int hidden) {
    double determinant = axes->u.x * axes->v.y - axes->u.y * axes->v.x;
    double u = (way_px.x * axes->v.y - way_px.y * axes->v.x) / determinant;
    double v = (way_px.y * axes->u.x - way_px.x * axes->u.y) / determinant;
    double side = hidden == CORNER_V ? u : hidden == CORNER_U ? v : (v - u) / 2;
    double off = hidden == CORNER_V ? v : hidden == CORNER_U ? u : (u + v) / 2;
    return fabs(off) <= ASIDE_PART * side ? side : 0;
}

bool bent_find_pair(const struct view *view, const struct finder *first, const struct finder *second,
                    int hidden, struct bent *memory, struct mesh *out, double *fit) {
    struct sheet sheet = {.view = view, .memory = memory, .seen = {true, true, true}};
    int a = hidden == CORNER_ORIGIN ? CORNER_U : CORNER_ORIGIN;
    int b = hidden == CORNER_V ? CORNER_U : CORNER_V;
    struct point way = unit(first->centre, second->centre);
    double turn_u = hidden == CORNER_V ? 0 : hidden == CORNER_U ? -M_PI / 2 : -3 * M_PI / 4;
    sheet.seen[hidden] = false;
    sheet.finders[a] = *first;
    sheet.finders[b] = *second;
    if (!fit_corners(&sheet, turned(way, turn_u), turned(way, turn_u + M_PI / 2))) {
        return false;
    }
    struct point way_px = {second->centre.x - first->centre.x, second->centre.y - first->centre.y};
    double side =
        sqrt(side_by(&sheet.corners[a], way_px, hidden) * side_by(&sheet.corners[b], way_px, hidden));
    return side > 0 && lay(&sheet, side + 2 * FINDER_MIDDLE, out, fit);
}
