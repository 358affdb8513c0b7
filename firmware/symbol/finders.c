/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/finders.h"

#include <math.h>
#include <stdlib.h>

/* Modules that are told from noise, and the largest finder: a fifth of a 720p frame. */
#define MODULE_LEAST_PX 1.1
#define MODULE_MOST_PX  26.0
/* Two finds within so many modules are the same pattern. */
#define SAME_MODULES 1.8

/* Five runs that may be a finder: their six borders. */
struct runs {
    double border[6]; /* px, between pixels */
    double module_px;
};

static void split_line(struct finders *finders, const struct view *view, const struct threshold *threshold,
                       int y) {
    const uint8_t *line = view->pixels + (ptrdiff_t)y * view->stride_px;
    const uint8_t *levels = &threshold->levels[y / THRESHOLD_BLOCK_PX * threshold->columns];
    for (int x = 0; x < view->width_px; x++) {
        finders->levels[x] = levels[x / THRESHOLD_BLOCK_PX];
    }
    int count = 0;
    bool dark = line[0] < finders->levels[0];
    for (int x = 1; x < view->width_px; x++) {
        bool now = line[x] < finders->levels[x];
        finders->changes[count] = x;
        count += now != dark;
        dark = now;
    }
    finders->change_count = count;
}

/* A first look in whole pixels, which most runs fail: `at` holds six borders. */
static bool may_be_runs(const int *at) {
    int a = at[1] - at[0], b = at[2] - at[1], c = at[3] - at[2], d = at[4] - at[3], e = at[5] - at[4];
    if (c < a || c < b || c < d || c < e) {
        return false;
    }
    int twelve = a + 2 * b + 2 * c + 2 * d + e;
    int slack = twelve * 6 / 10 + 14;
    return twelve >= 14 && twelve <= 12 * MODULE_MOST_PX && abs(12 * (a + b) - 2 * twelve) <= slack &&
           abs(12 * (d + e) - 2 * twelve) <= slack && 2 * abs(12 * (b + c) - 4 * twelve) <= 3 * slack &&
           2 * abs(12 * (c + d) - 4 * twelve) <= 3 * slack;
}

/* Where the line crosses the level between pixels x - 1 and x. */
static double border(const uint8_t *line, const uint8_t *levels, int x) {
    double before = line[x - 1];
    double step = line[x] - before;
    double part = step != 0 ? (levels[x] - before) / step : 0.5;
    return x - 0.5 + view_clamp(part, 0, 1);
}

static bool are_runs(const struct finders *finders, const uint8_t *line, const int *at, struct runs *out) {
    double run[5];
    for (int i = 0; i < 6; i++) {
        out->border[i] = border(line, finders->levels, at[i]);
    }
    for (int i = 0; i < 5; i++) {
        run[i] = out->border[i + 1] - out->border[i];
    }
    double m = (run[0] + 2 * run[1] + 2 * run[2] + 2 * run[3] + run[4]) / 12;
    double slack = 0.6 * m + 0.35;
    out->module_px = m;
    return m >= MODULE_LEAST_PX && m <= MODULE_MOST_PX && fabs(run[0] + run[1] - 2 * m) <= slack &&
           fabs(run[3] + run[4] - 2 * m) <= slack && fabs(run[1] + run[2] - 4 * m) <= 1.5 * slack &&
           fabs(run[2] + run[3] - 4 * m) <= 1.5 * slack;
}

static struct finder *known(struct finders *finders, struct point at, bool inverted) {
    for (int i = 0; i < finders->count; i++) {
        struct finder *finder = &finders->found[i];
        double reach = finder->module_px * SAME_MODULES;
        if (finder->inverted == inverted && fabs(finder->centre.x - at.x) < reach &&
            fabs(finder->centre.y - at.y) < reach) {
            return finder;
        }
    }
    return NULL;
}

/* Runs down through the same place, in whole pixels: whether a closer look is worth its time. */
static bool crosses_down(const struct view *view, int x, int y, double level, double module_px) {
    int reach = (int)(module_px * FINDER_REACH) + 3;
    int edges[2][3];
    for (int way = 0; way < 2; way++) {
        int step = way == 0 ? -1 : 1;
        int found = 0;
        bool dark = true;
        for (int k = 0; k <= reach && found < 3 && y + k * step >= 0 && y + k * step < view->height_px; k++) {
            double value = view->pixels[(ptrdiff_t)(y + k * step) * view->stride_px + x];
            if (((view->inverted ? 255 - value : value) < level) != dark) {
                edges[way][found++] = k;
                dark = !dark;
            }
        }
        if (found < 3) {
            return false;
        }
    }
    double module = (edges[0][2] + edges[1][2] - 1) / 7.0;
    double slack = 0.62 * module + 1.1;
    return edges[0][0] + edges[1][0] > 1 && module >= 0.42 * module_px && module <= 2.4 * module_px &&
           fabs(edges[0][2] - edges[0][0] - 2 * module) <= slack &&
           fabs(edges[1][2] - edges[1][0] - 2 * module) <= slack;
}

static void look(struct finders *finders, const struct view *upright, const struct threshold *threshold,
                 const struct runs *runs, int y, bool inverted) {
    struct view view = *upright;
    view.inverted = inverted;
    struct point near = {(runs->border[2] + runs->border[3]) / 2, y + 0.5};
    struct finder *seen = known(finders, near, inverted);
    if (seen != NULL) {
        seen->votes++;
        return;
    }
    double level = threshold_at(threshold, &view, near);
    if (!effort_is_left(view.effort) || finders->count == FINDERS_MAX ||
        finders->looks == FINDERS_LOOKS_MAX || !crosses_down(&view, (int)near.x, y, level, runs->module_px)) {
        return;
    }
    finders->looks++;
    struct finder finder;
    if (!finder_confirm(&view, threshold, near, runs->module_px, &finder)) {
        return;
    }
    seen = known(finders, finder.centre, inverted);
    if (seen != NULL) {
        seen->votes++;
    } else {
        finders->found[finders->count++] = finder;
    }
}

static void search_line(struct finders *finders, const struct view *view, const struct threshold *threshold,
                        int y) {
    const uint8_t *line = view->pixels + (ptrdiff_t)y * view->stride_px;
    split_line(finders, view, threshold, y);
    effort_spend(view->effort, (uint64_t)view->width_px * 2);
    for (int i = 0; i + 5 < finders->change_count; i++) {
        const int *at = &finders->changes[i];
        struct runs runs;
        if (may_be_runs(at) && are_runs(finders, line, at, &runs)) {
            bool dark = line[at[2]] < finders->levels[at[2]];
            look(finders, view, threshold, &runs, y, !dark);
        }
    }
}

static int by_votes(const void *a, const void *b) {
    return ((const struct finder *)b)->votes - ((const struct finder *)a)->votes;
}

void finders_find(struct finders *finders, const struct view *view, const struct threshold *threshold,
                  int step_px) {
    finders->count = 0;
    finders->looks = 0;
    for (int y = step_px; y < view->height_px - 1; y += step_px) {
        search_line(finders, view, threshold, y);
    }
    qsort(finders->found, (size_t)finders->count, sizeof *finders->found, by_votes);
}
