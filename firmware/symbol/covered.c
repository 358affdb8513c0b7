/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/covered.h"

#include <math.h>
#include <stdlib.h>

/* Finders of one code have modules of similar size. */
#define MODULE_RATIO_MOST 1.5
/* Modules between the middles of versions 1 and 40, and what perspective may do to that. */
#define APART_LEAST 12
#define APART_MOST  190
/* Perspective moves the third finder by up to this part of the code's side, and a bit. */
#define REACH_PART    0.08
#define REACH_MODULES 2.0
/* The place is sought in steps of so many modules, then in halves and quarters of that. */
#define STEP 0.75
/* Light less dark modules of the best place, as a part of the contrast of the two: chance reaches a third. */
#define LIKE_PART 0.45
/* Modules of a finder and the light line around, from the middle to each side. */
#define RING 4

/* A pair of finders, and the code's side as they have it. */
struct pair {
    const struct finder *a, *b;
    int first, second;   /* indices */
    bool across;         /* across from each other, else beside */
    double apart;        /* modules between the middles, along an axis of the code */
    struct point along;  /* px of so many modules: from a to b, */
    struct point beside; /* and at a right angle, clockwise */
    struct point u, v;   /* px of one module along the code's axes, in any turn */
};

/* A place for the third finder, and what it makes of the others. */
struct place {
    struct point middle; /* px */
    int role[CORNERS];   /* 0 is a, 1 is b, 2 the third */
    double likeness;     /* grey levels */
};

static struct point plus(struct point a, struct point b, double times) {
    return (struct point){a.x + times * b.x, a.y + times * b.y};
}

static double module_along(const struct view *view, const struct pair *pair, struct point step) {
    double growth;
    double a = finder_module(view, pair->a, step, &growth);
    double b = finder_module(view, pair->b, step, &growth);
    return a > 0 && b > 0 ? sqrt(a * b) : 0;
}

/* A square is longer along its diagonals: where the other finder stands along one, they are across from each other. */
static bool measure(const struct view *view, struct pair *pair) {
    struct point d = plus(pair->b->centre, pair->a->centre, -1);
    double length = hypot(d.x, d.y);
    struct point step = {d.x / length, d.y / length};
    struct point turned = {-step.y, step.x};
    struct point between = {(step.x + turned.x) * M_SQRT1_2, (step.y + turned.y) * M_SQRT1_2};
    double along = module_along(view, pair, step);
    double beside = module_along(view, pair, turned);
    double diagonal = module_along(view, pair, between);
    if (along <= 0 || beside <= 0 || diagonal <= 0) {
        return false;
    }
    pair->across = along > diagonal;
    pair->apart = length / along;
    pair->along = d;
    pair->beside = plus((struct point){0, 0}, turned, beside * pair->apart);
    pair->u = plus((struct point){0, 0}, step, along);
    pair->v = plus((struct point){0, 0}, turned, beside);
    if (pair->across) {
        struct point u = pair->u;
        struct point v = pair->v;
        pair->u = (struct point){(u.x + v.x) / 2, (u.y + v.y) / 2};
        pair->v = (struct point){(v.x - u.x) / 2, (v.y - u.y) / 2};
    }
    return pair->apart >= APART_LEAST && pair->apart <= APART_MOST;
}

/* Where the third may be: two or four places. Clockwise from u to v. */
static int list_places(const struct pair *pair, struct place out[4]) {
    struct point a = pair->a->centre;
    struct point b = pair->b->centre;
    struct point w = pair->beside;
    if (pair->across) {
        struct point middle = plus(a, pair->along, 0.5);
        out[0] = (struct place){plus(middle, w, 0.5), {2, 0, 1}, 0};
        out[1] = (struct place){plus(middle, w, -0.5), {2, 1, 0}, 0};
        return 2;
    }
    out[0] = (struct place){plus(a, w, 1), {0, 1, 2}, 0};
    out[1] = (struct place){plus(a, w, -1), {0, 2, 1}, 0};
    out[2] = (struct place){plus(b, w, 1), {1, 2, 0}, 0};
    out[3] = (struct place){plus(b, w, -1), {1, 0, 2}, 0};
    return 4;
}

/* Light rings less dark ones and the core, grey levels. */
static double likeness(const struct view *view, const struct pair *pair, struct point middle) {
    double light = 0;
    double dark = 0;
    int lights = 0;
    for (int y = -RING; y <= RING; y++) {
        for (int x = -RING; x <= RING; x++) {
            int ring = abs(x) > abs(y) ? abs(x) : abs(y);
            double value = view_at(view, plus(plus(middle, pair->u, x), pair->v, y));
            bool is_light = ring == 2 || ring == RING;
            lights += is_light;
            light += is_light ? value : 0;
            dark += is_light ? 0 : value;
        }
    }
    return light / lights - dark / ((2 * RING + 1) * (2 * RING + 1) - lights);
}

/* The best of a square of places around. */
static void search(const struct view *view, const struct pair *pair, int sides, double step,
                   struct place *place) {
    struct place best = *place;
    effort_spend(view->effort, (uint64_t)((2 * sides + 1) * (2 * sides + 1)) * 81 * EFFORT_SAMPLE);
    for (int y = -sides; y <= sides; y++) {
        for (int x = -sides; x <= sides; x++) {
            struct point middle = plus(plus(place->middle, pair->u, x * step), pair->v, y * step);
            double now = view_holds(view, middle) ? likeness(view, pair, middle) : -256;
            if (now > best.likeness) {
                best.likeness = now;
                best.middle = middle;
            }
        }
    }
    *place = best;
}

static int insert(struct triple out[COVERED_TRIPLES], int count, struct triple triple) {
    for (int i = 0; i < count; i++) {
        if (triple.badness < out[i].badness) {
            struct triple worse = out[i];
            out[i] = triple;
            triple = worse;
        }
    }
    if (count < COVERED_TRIPLES) {
        out[count++] = triple;
    }
    return count;
}

/* Add the third finder, and the triple that it makes. */
static int keep(const struct pair *pair, const struct place *place, struct finders *finders,
                struct triple out[COVERED_TRIPLES], int count) {
    const int index[3] = {pair->first, pair->second, finders->count};
    struct finder third = *pair->a;
    struct triple triple = {.size = pair->apart + 7, .badness = -place->likeness};
    third.centre = place->middle;
    third.module_px = sqrt(pair->a->module_px * pair->b->module_px);
    third.level = (pair->a->level + pair->b->level) / 2;
    third.contrast = fmin(pair->a->contrast, pair->b->contrast);
    third.votes = 0;
    finders->found[finders->count++] = third;
    for (int i = 0; i < CORNERS; i++) {
        triple.finder[i] = index[place->role[i]];
    }
    return insert(out, count, triple);
}

static int try_pair(const struct view *view, const struct pair *pair, struct finders *finders,
                    struct triple out[COVERED_TRIPLES], int count) {
    struct place places[4];
    double least = LIKE_PART * fmin(pair->a->contrast, pair->b->contrast);
    int listed = list_places(pair, places);
    int sides = (int)ceil((REACH_MODULES + REACH_PART * pair->apart) / STEP);
    for (int i = 0; i < listed && finders->count < FINDERS_MAX && effort_is_left(view->effort); i++) {
        places[i].likeness = -256;
        if (view_holds(view, places[i].middle)) {
            search(view, pair, sides, STEP, &places[i]);
            search(view, pair, 1, STEP / 2, &places[i]);
            search(view, pair, 1, STEP / 4, &places[i]);
        }
        if (places[i].likeness >= least) {
            count = keep(pair, &places[i], finders, out, count);
        }
    }
    return count;
}

static bool are_alike(const struct finder *a, const struct finder *b) {
    double ratio = a->module_px / b->module_px;
    return a->inverted == b->inverted && !a->taken && !b->taken && ratio <= MODULE_RATIO_MOST &&
           ratio >= 1 / MODULE_RATIO_MOST;
}

int covered_triples(const struct view *view, struct finders *finders, struct triple out[COVERED_TRIPLES]) {
    int considered = finders->count < COVERED_FINDERS ? finders->count : COVERED_FINDERS;
    int pairs = 0;
    int count = 0;
    for (int b = 1; b < considered; b++) {
        for (int a = 0; a < b && pairs < COVERED_PAIRS; a++) {
            struct pair pair = {.a = &finders->found[a], .b = &finders->found[b], .first = a, .second = b};
            struct view polar = *view;
            polar.inverted = pair.a->inverted;
            if (are_alike(pair.a, pair.b) && measure(&polar, &pair)) {
                pairs++;
                count = try_pair(&polar, &pair, finders, out, count);
            }
        }
    }
    return count;
}
