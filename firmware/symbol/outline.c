/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/outline.h"

#include <math.h>

/* The picture is looked at every so many pixels along a ray. */
#define STEP_PX 0.4
/* or of a large finder every so many modules: its edges are as straight between. */
#define STEP_MODULES 0.12
/* Light outside the ring differs from the ring by at least this part of the finder's contrast. */
#define CONTRAST_PART 0.3
/* Level within this part of the contrast of dark or light would tremble: halfway is taken instead. */
#define LEVEL_PART 0.08
/* Points to either side of the middle, half a module apart: of the ring's edge and of the core's. */
#define RING_POINTS 4
#define CORE_POINTS 2

/* The picture is looked at about so often for each point. */
#define SAMPLES_A_POINT 12

/* One side of the finder, seen from its middle. */
struct side {
    struct point out;  /* unit */
    double module_px;  /* outwards */
    double step_px;    /* along a ray */
    double edge_shift; /* by ink, modules */
};

static struct point along(struct point from, struct point step, double distance) {
    return (struct point){from.x + step.x * distance, from.y + step.y * distance};
}

/* First rise through the level between two distances. Returns px, or 0. */
static double rise(const struct view *view, struct point from, const struct side *side, double level,
                   double near_px, double far_px) {
    double before = view_at(view, along(from, side->out, near_px)) - level;
    if (!(before < 0)) {
        return 0;
    }
    for (double at = near_px + side->step_px; at < far_px; at += side->step_px) {
        double now = view_at(view, along(from, side->out, at)) - level;
        if (now >= 0) {
            return at - side->step_px + side->step_px * before / (before - now);
        }
        before = now;
    }
    return 0;
}

/* The outer edge: from the darkest point of the ring outwards. */
static double ring_edge(const struct view *view, const struct finder *finder, struct point from,
                        const struct side *side) {
    double dark = 256;
    double light = -1;
    double dark_at = 0;
    for (double at = 2.4 * side->module_px; at <= 3.5 * side->module_px; at += side->step_px) {
        double value = view_at(view, along(from, side->out, at));
        if (value < dark) {
            dark = value;
            dark_at = at;
        }
    }
    for (double at = 3.6 * side->module_px; at <= 4.6 * side->module_px; at += side->step_px) {
        light = fmax(light, view_at(view, along(from, side->out, at)));
    }
    if (light - dark <= CONTRAST_PART * finder->contrast) {
        return 0;
    }
    double level = finder->level;
    double margin = LEVEL_PART * finder->contrast;
    if (dark > level - margin || light < level + margin) {
        level = (dark + light) / 2;
    }
    return rise(view, from, side, level, dark_at, 4.8 * side->module_px);
}

static double core_edge(const struct view *view, const struct finder *finder, struct point from,
                        const struct side *side) {
    return rise(view, from, side, finder->level, 0.6 * side->module_px, 2.3 * side->module_px);
}

static struct side side_of(const struct view *view, const struct finder *finder, struct point step) {
    struct side side = {.out = step};
    side.module_px = finder_module(view, finder, step, &side.edge_shift);
    if (side.module_px <= 0) {
        side.module_px = finder->module_px;
    }
    side.step_px = fmax(STEP_PX, STEP_MODULES * side.module_px);
    return side;
}

/* Points of one side. `ahead` is 1 where it faces the growing coordinate, else -1. */
static int trace_side(const struct view *view, const struct finder *finder, const struct side *side,
                      struct point beside, double beside_px, int ahead, struct constraint base,
                      struct constraint *out) {
    int count = 0;
    for (int k = -RING_POINTS; k <= RING_POINTS; k++) {
        struct point from = along(finder->centre, beside, k * beside_px / 2);
        double ring = ring_edge(view, finder, from, side);
        if (ring > 0) {
            out[count] = base;
            out[count].at = along(from, side->out, ring);
            out[count++].module += ahead * (3.5 + side->edge_shift);
        }
        double core = k >= -CORE_POINTS && k <= CORE_POINTS ? core_edge(view, finder, from, side) : 0;
        if (core > 0) {
            out[count] = base;
            out[count].at = along(from, side->out, core);
            out[count++].module += ahead * (1.5 + side->edge_shift);
        }
    }
    return count;
}

int outline_trace(const struct view *view, const struct finder *finder, int corner, struct point u_step,
                  struct point v_step, struct constraint *out) {
    int count = 0;
    effort_spend(view->effort, OUTLINE_MAX * SAMPLES_A_POINT * EFFORT_SAMPLE);
    struct side u = side_of(view, finder, u_step);
    struct side v = side_of(view, finder, v_step);
    bool u_end = corner == CORNER_U;
    bool v_end = corner == CORNER_V;
    struct constraint base[2] = {
        {.from_end = u_end, .module = u_end ? -3.5 : 3.5, .weight = 1},
        {.along_v = true, .from_end = v_end, .module = v_end ? -3.5 : 3.5, .weight = 1},
    };
    for (int ahead = 1; ahead >= -1; ahead -= 2) {
        count += trace_side(view, finder, &u, v_step, v.module_px, ahead, base[0], out + count);
        count += trace_side(view, finder, &v, u_step, u.module_px, ahead, base[1], out + count);
        u.out = (struct point){-u.out.x, -u.out.y};
        v.out = (struct point){-v.out.x, -v.out.y};
    }
    return count;
}
