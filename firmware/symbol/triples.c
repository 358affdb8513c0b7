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
/* Triples whose modules are counted in the picture; many finders in a row make more that look right. */
#define MEASURES_MAX 1000

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
    return fmin(a, fmin(b, c));
}

/* Right angle and module sizes, which cost no look at the picture. */
static bool may_fit(const struct finder *o, const struct finder *u, const struct finder *v, double *badness) {
    struct side right = side_between(o, u);
    struct side down = side_between(o, v);
    double cosine = right.step.x * down.step.x + right.step.y * down.step.y;
    double turn = right.step.x * down.step.y - right.step.y * down.step.x;
    double small = least(o->module_px, u->module_px, v->module_px);
    double large = fmax(o->module_px, fmax(u->module_px, v->module_px));
    *badness =
        fabs(cosine) / 2 + (large / small - 1) / 2 - 0.02 * least(8, o->votes, fmin(u->votes, v->votes));
    return turn > 0 && right.length_px >= 10 * o->module_px && down.length_px >= 10 * o->module_px &&
           large <= MODULE_RATIO_MOST * small && fabs(cosine) <= COSINE_MOST &&
           ratio(right.length_px, down.length_px) <= SIDE_RATIO_MOST;
}

static bool measure(const struct view *view, const struct finder *o, const struct finder *u,
                    const struct finder *v, struct triple *triple) {
    struct side right = side_between(o, u);
    struct side down = side_between(o, v);
    struct view polar = *view;
    polar.inverted = o->inverted;
    double across = modules_along(&polar, o, u, &right);
    double along = modules_along(&polar, o, v, &down);
    if (fmin(across, along) < SIZE_LEAST || fmax(across, along) > SIZE_MOST) {
        return false;
    }
    double differ = 2 * fabs(across - along) / (across + along);
    triple->size = (across + along) / 2;
    triple->badness += 2 * differ;
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

int triples_rank(const struct view *view, const struct finders *finders, struct triple out[TRIPLES_MAX]) {
    const struct finder *f = finders->found;
    int considered = finders->count < TRIPLES_FINDERS ? finders->count : TRIPLES_FINDERS;
    int count = 0;
    int measures = 0;
    for (int o = 0; o < considered; o++) {
        for (int u = 0; u < considered; u++) {
            for (int v = 0; v < considered; v++) {
                struct triple triple = {.finder = {o, u, v}};
                if (o != u && o != v && u != v && is_new(finders, &triple) &&
                    f[u].inverted == f[o].inverted && f[v].inverted == f[o].inverted &&
                    may_fit(&f[o], &f[u], &f[v], &triple.badness) && measures++ < MEASURES_MAX &&
                    effort_is_left(view->effort) && measure(view, &f[o], &f[u], &f[v], &triple)) {
                    count = insert(out, count, triple);
                }
            }
        }
    }
    return count;
}
