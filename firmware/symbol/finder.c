/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/finder.h"

#include <math.h>

/* A ray looks at the picture every so many pixels. */
#define RAY_STEP_PX 0.7
/* or, where it looks for large runs, every so many parts of how far it goes, which is eight modules or more. */
#define RAY_STEP_PART 0.016
/* Fewer grey levels between dark and light are noise. */
#define CONTRAST_LEAST 5
/* Of eight rays at odd angles so many must cross the rings. */
#define RAYS       8
#define RAYS_LEAST 6
/* Mean distance of a square's border from its middle along those rays: 3.5 modules of the ring's outer edge. */
#define RAY_MODULES 3.75

static const struct point UP = {0, -1}, DOWN = {0, 1}, LEFT = {-1, 0}, RIGHT = {1, 0};

/* A line through a finder: the edges to either side of where it started. */
struct crossing {
    double back[3];
    double forth[3];
};

static struct point along(struct point from, struct point step, double distance) {
    return (struct point){from.x + step.x * distance, from.y + step.y * distance};
}

int finder_ray(const struct view *view, struct point from, struct point step, double level, double reach_px,
               double edges[3]) {
    double before = view_at(view, from) - level;
    bool dark = true;
    int found = 0;
    effort_spend(view->effort, EFFORT_SAMPLE);
    if (before >= 0) {
        return 0;
    }
    double ahead = fmax(RAY_STEP_PX, RAY_STEP_PART * reach_px);
    double distance = ahead;
    for (; distance <= reach_px && found < 3; distance += ahead) {
        struct point at = along(from, step, distance);
        if (!view_holds(view, at)) {
            break;
        }
        double now = view_at(view, at) - level;
        if ((now < 0) != dark) {
            edges[found++] = distance - ahead + ahead * before / (before - now);
            dark = !dark;
        }
        before = now;
    }
    effort_spend(view->effort, (uint64_t)(distance / ahead * EFFORT_SAMPLE));
    return found;
}

static bool cross(const struct view *view, struct point centre, struct point step, double level,
                  double reach_px, struct crossing *out) {
    struct point opposite = {-step.x, -step.y};
    return finder_ray(view, centre, opposite, level, reach_px, out->back) == 3 &&
           finder_ray(view, centre, step, level, reach_px, out->forth) == 3;
}

/* Rings are 5 and 7 modules wide. */
static double module_of(const struct crossing *c) {
    return (c->back[1] + c->back[2] + c->forth[1] + c->forth[2]) / 12;
}

/* The sums of neighbouring runs, from rising edge to rising edge, do not change with the spread of ink: core and
 * light ring are 4 modules, light and dark ring 2. */
static bool has_ratios(const struct crossing *c) {
    double core = c->back[0] + c->forth[0];
    double back_four = core + c->back[1] - c->back[0];
    double forth_four = core + c->forth[1] - c->forth[0];
    double back_two = c->back[2] - c->back[0];
    double forth_two = c->forth[2] - c->forth[0];
    double module = (back_four + forth_four + back_two + forth_two) / 12;
    double slack = 0.55 * module + 0.35;
    return module >= 0.9 && core >= module && fabs(back_four - 4 * module) <= 1.6 * slack &&
           fabs(forth_four - 4 * module) <= 1.6 * slack && fabs(back_two - 2 * module) <= slack &&
           fabs(forth_two - 2 * module) <= slack;
}

double finder_module(const struct view *view, const struct finder *finder, struct point step,
                     double *growth) {
    struct crossing c;
    *growth = 0;
    if (!cross(view, finder->centre, step, finder->level, finder->module_px * (FINDER_REACH + 1), &c)) {
        return 0;
    }
    double module = module_of(&c);
    double ring = (c.back[2] - c.back[1] + c.forth[2] - c.forth[1]) / 2;
    *growth = view_clamp((ring / module - 1) / 2, -0.45, 0.45);
    return module;
}

/* Move to the middle of the core along one axis, where the runs fit. Returns the module size, or 0. */
static double centre_along(const struct view *view, struct point *centre, struct point step, double level,
                           double reach_px) {
    struct crossing c;
    if (!cross(view, *centre, step, level, reach_px, &c) || !has_ratios(&c)) {
        return 0;
    }
    *centre = along(*centre, step, (c.forth[0] - c.back[0]) / 2);
    return module_of(&c);
}

/* The pattern's own dark and light: its core, and the middles of both rings in four directions. */
static bool own_level(const struct view *view, struct finder *finder, double reach_px) {
    const struct point steps[4] = {UP, DOWN, LEFT, RIGHT};
    double core = view_at(view, finder->centre);
    double light = 0;
    double dark = 0;
    for (int i = 0; i < 4; i++) {
        double edges[3];
        if (finder_ray(view, finder->centre, steps[i], finder->level, reach_px, edges) < 3) {
            return false;
        }
        core += view_at(view, along(finder->centre, steps[i], finder->module_px / 2));
        light += view_at(view, along(finder->centre, steps[i], (edges[0] + edges[1]) / 2)) / 4;
        dark += view_at(view, along(finder->centre, steps[i], (edges[1] + edges[2]) / 2)) / 4;
    }
    dark = (dark + core / 5) / 2;
    finder->level = (dark + light) / 2;
    finder->contrast = light - dark;
    return finder->contrast >= CONTRAST_LEAST;
}

/* Rays between the axes cross the rings as well. They say how large it is whichever way it is turned, and, where all
 * of them cross, where its middle is: off it, they would be longer on one side. */
static bool is_round(const struct view *view, struct finder *finder, double reach_px) {
    int crossed = 0;
    double sum = 0;
    struct point lean = {0, 0};
    for (int i = 0; i < RAYS; i++) {
        double angle = (i + 0.5) * 2 * M_PI / RAYS;
        struct point step = {cos(angle), sin(angle)};
        double e[3];
        if (finder_ray(view, finder->centre, step, finder->level, reach_px, e) == 3 && e[1] > e[0] * 1.15 &&
            e[1] < e[0] * 5 && e[2] > e[1] * 1.08 && e[2] < e[1] * 2.1) {
            crossed++;
            sum += e[2];
            lean = along(lean, step, (e[1] + e[2]) / RAYS);
        }
    }
    if (crossed < RAYS_LEAST) {
        return false;
    }
    finder->module_px = sum / crossed / RAY_MODULES;
    if (crossed == RAYS) {
        finder->centre = along(finder->centre, lean, 1);
    }
    return true;
}

bool finder_confirm(const struct view *view, const struct threshold *threshold, struct point near,
                    double module_px, struct finder *out) {
    struct finder finder = {.centre = near, .module_px = module_px, .inverted = view->inverted, .votes = 1};
    finder.level = threshold_at(threshold, view, near);
    double reach_px = module_px * 2 * FINDER_REACH + 3;
    for (int round = 0; round < 2; round++) {
        double down = centre_along(view, &finder.centre, DOWN, finder.level, reach_px);
        if (down <= 0 || down < finder.module_px * 0.2 || down > finder.module_px * 5) {
            return false;
        }
        double across = centre_along(view, &finder.centre, RIGHT, finder.level, reach_px);
        if (across <= 0) {
            return false;
        }
        finder.module_px = (down + across) / 2;
        reach_px = fmax(down, across) * FINDER_REACH + 3;
        if (round == 0 && !own_level(view, &finder, reach_px)) {
            return false;
        }
    }
    if (!is_round(view, &finder, reach_px * 1.5)) {
        return false;
    }
    *out = finder;
    return true;
}
