/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/triples.h"

#include <math.h>

/* Perspective makes near finders larger, and sides and the angle differ; from 75 degrees to the side by so much. */
#define MODULE_RATIO_MOST 3.0
#define SIDE_RATIO_MOST   4.5
#define COSINE_MOST       0.88
/* Modules counted along both sides differ by no more than this part. */
#define SIZE_DIFFER_MOST 0.3
/* Versions 1 to 40 have 21 to 177 modules (ISO/IEC 18004, 6.1); some tolerance. */
#define SIZE_LEAST 18
#define SIZE_MOST  200

/* Of codes beside each other, the corners of one are nearer than those of several: what a module of the side counts. */
#define SIZE_WEIGHT 0.0005

struct side {
    struct point step; /* unit */
    double length_px;
};

static struct side side_between(const struct finder *a, const struct finder *b) {
    struct point d = {b->centre.x - a->centre.x, b->centre.y - a->centre.y};
    double length = hypot(d.x, d.y);
    return (struct side){{d.x / length, d.y / length}, length};
}

/* Modules along a side: the distance of the centres is 7 less. 0 where the finders' rings are not met. */
static double modules_along(const struct view *view, const struct finder *a, const struct finder *b,
                            const struct side *side) {
    double growth;
    double first = finder_module(view, a, side->step, &growth);
    double last = finder_module(view, b, side->step, &growth);
    return first > 0 && last > 0 ? side->length_px / sqrt(first * last) + 7 : 0;
}

static double ratio(double a, double b) {
    return a > b ? a / b : b / a;
}

static double least(double a, double b, double c) {
    double lesser = a < b ? a : b;
    return lesser < c ? lesser : c;
}

/* What is known of all pairs of finders that are combined. */
struct pairs {
    struct side side[TRIPLES_FINDERS][TRIPLES_FINDERS];
    double modules[TRIPLES_FINDERS][TRIPLES_FINDERS]; /* 0 where not counted yet, below where they are none */
};

static void begin(struct pairs *pairs, const struct finder *f, int count) {
    for (int a = 0; a < count; a++) {
        for (int b = 0; b < count; b++) {
            pairs->modules[a][b] = 0;
            if (a != b) {
                pairs->side[a][b] = side_between(&f[a], &f[b]);
            }
        }
    }
}

/* Right angle and module sizes, which cost no look at the picture. */
static bool may_fit(const struct pairs *pairs, const struct finder *f, struct triple *triple) {
    const struct finder *o = &f[triple->finder[CORNER_ORIGIN]];
    const struct finder *u = &f[triple->finder[CORNER_U]];
    const struct finder *v = &f[triple->finder[CORNER_V]];
    const struct side *right = &pairs->side[triple->finder[CORNER_ORIGIN]][triple->finder[CORNER_U]];
    const struct side *down = &pairs->side[triple->finder[CORNER_ORIGIN]][triple->finder[CORNER_V]];
    double cosine = right->step.x * down->step.x + right->step.y * down->step.y;
    double turn = right->step.x * down->step.y - right->step.y * down->step.x;
    double small = least(o->module_px, u->module_px, v->module_px);
    double large = -least(-o->module_px, -u->module_px, -v->module_px);
    triple->badness =
        fabs(cosine) / 2 + (large / small - 1) / 2 - 0.02 * least(8, o->votes, least(u->votes, v->votes, 8));
    return turn > 0 && right->length_px >= 10 * o->module_px && down->length_px >= 10 * o->module_px &&
           large <= MODULE_RATIO_MOST * small && fabs(cosine) <= COSINE_MOST &&
           ratio(right->length_px, down->length_px) <= SIDE_RATIO_MOST;
}

/* The same either way. */
static double modules_between(const struct view *view, const struct finders *finders, int a, int b,
                              struct pairs *pairs) {
    double *known = &pairs->modules[a < b ? a : b][a < b ? b : a];
    if (*known == 0) {
        const struct finder *f = finders->found;
        struct view polar = *view;
        polar.inverted = f[a].inverted;
        double modules = modules_along(&polar, &f[a], &f[b], &pairs->side[a][b]);
        *known = modules > 0 ? modules : -1;
    }
    return *known;
}

static bool measure(const struct view *view, const struct finders *finders, struct pairs *pairs,
                    struct triple *triple) {
    const int *corner = triple->finder;
    double across = modules_between(view, finders, corner[CORNER_ORIGIN], corner[CORNER_U], pairs);
    double along = modules_between(view, finders, corner[CORNER_ORIGIN], corner[CORNER_V], pairs);
    if (fmin(across, along) < SIZE_LEAST || fmax(across, along) > SIZE_MOST) {
        return false;
    }
    double differ = 2 * fabs(across - along) / (across + along);
    triple->size = (across + along) / 2;
    triple->badness += 2 * differ + SIZE_WEIGHT * triple->size;
    return differ <= SIZE_DIFFER_MOST;
}

/* Keep the best, in order. */
static int insert(struct triple out[TRIPLES_MAX], int count, struct triple triple) {
    for (int i = 0; i < count; i++) {
        if (triple.badness < out[i].badness) {
            struct triple worse = out[i];
            out[i] = triple;
            triple = worse;
        }
    }
    if (count < TRIPLES_MAX) {
        out[count++] = triple;
    }
    return count;
}

static bool is_new(const struct finders *finders, const struct triple *triple) {
    const struct finder *f = finders->found;
    int latest = finders->rounds - 1;
    return f[triple->finder[0]].round == latest || f[triple->finder[1]].round == latest ||
           f[triple->finder[2]].round == latest;
}

/* Different ones of one polarity, not all of them known since before. */
static bool may_be_triple(const struct finders *finders, const struct triple *triple) {
    const struct finder *f = finders->found;
    int o = triple->finder[CORNER_ORIGIN], u = triple->finder[CORNER_U], v = triple->finder[CORNER_V];
    return o != u && o != v && u != v && f[u].inverted == f[o].inverted && f[v].inverted == f[o].inverted &&
           is_new(finders, triple);
}

int triples_rank(const struct view *view, const struct finders *finders, struct triple out[TRIPLES_MAX]) {
    int considered = finders->count < TRIPLES_FINDERS ? finders->count : TRIPLES_FINDERS;
    int count = 0;
    struct pairs pairs;
    begin(&pairs, finders->found, considered);
    for (int i = 0; i < considered * considered * considered && effort_is_left(view->effort); i++) {
        struct triple triple = {
            .finder = {i / considered / considered, i / considered % considered, i % considered}};
        if (may_be_triple(finders, &triple) && may_fit(&pairs, finders->found, &triple) &&
            measure(view, finders, &pairs, &triple)) {
            count = insert(out, count, triple);
        }
    }
    return count;
}
