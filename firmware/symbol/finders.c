/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/finders.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "symbol/noise.h"

/* Two finds within so many modules are the same pattern. */
#define SAME_MODULES 1.8
/* A finder has at least this contrast, in times of what noise_of() says; what noise looks like has less. */
#define NOISE_TIMES 2.2
/* Units that a line costs beyond its pixels, for each change from dark to light; and a place tried downwards. */
#define EFFORT_CHANGE 3
#define EFFORT_DOWN   40

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

static double middle_of(const struct runs *runs) {
    return (runs->border[2] + runs->border[3]) / 2;
}

/* The guess that lines before have made of the same pattern. Those of other columns are near enough to be sought where
 * runs are large. */
static struct finders_guess *guessed(struct finders *finders, const struct runs *runs, int y, int step_px) {
    double reach = runs->module_px * SAME_MODULES;
    int first = (int)view_clamp((middle_of(runs) - reach) / FINDERS_COLUMN_PX, 0, FINDERS_COLUMNS - 1);
    int last = (int)view_clamp((middle_of(runs) + reach) / FINDERS_COLUMN_PX, 0, FINDERS_COLUMNS - 1);
    for (int column = first; column <= last; column++) {
        for (int i = finders->columns[column]; i != 0; i = finders->guesses[i - 1].older) {
            struct finders_guess *guess = &finders->guesses[i - 1];
            if (y - guess->last.y > RUNS_MODULE_MOST_PX * SAME_MODULES) {
                break;
            }
            if (guess->inverted == runs->inverted && fabs(guess->last.x - middle_of(runs)) < reach &&
                y - guess->last.y <= reach + step_px && runs->module_px < 2 * guess->module_px &&
                guess->module_px < 2 * runs->module_px) {
                return guess;
            }
        }
    }
    return NULL;
}

/* How dark a pixel is, in a view that makes finders dark. */
static int pixel(const struct view *view, double x, double y) {
    int value = view->pixels[(ptrdiff_t)y * view->stride_px + (ptrdiff_t)x];
    return view->inverted ? 255 - value : value;
}

/* Distances in whole pixels of the first three changes above (-1) or below (1) a place in a core. */
static bool down_edges(const struct view *view, int x, int y, int way, int level, int reach, int edges[3]) {
    int found = 0;
    bool dark = true;
    for (int k = 0; k <= reach && found < 3 && y + k * way >= 0 && y + k * way < view->height_px; k++) {
        if ((pixel(view, x, y + k * way) < level) != dark) {
            edges[found++] = k;
            dark = !dark;
        }
    }
    return found == 3;
}

/* Light less dark, at the middles of the runs along the line and of those across it. */
static double contrast_of(const struct view *view, const struct runs *runs, int y, int up[3], int down[3]) {
    const double *b = runs->border;
    double x = (b[2] + b[3]) / 2;
    double light = pixel(view, (b[1] + b[2]) / 2, y) + pixel(view, (b[3] + b[4]) / 2, y) +
                   pixel(view, x, y - (up[0] + up[1] - 1) / 2) +
                   pixel(view, x, y + (down[0] + down[1] - 1) / 2);
    double ring = pixel(view, (b[0] + b[1]) / 2, y) + pixel(view, (b[4] + b[5]) / 2, y) +
                  pixel(view, x, y - (up[1] + up[2] - 1) / 2) +
                  pixel(view, x, y + (down[1] + down[2] - 1) / 2);
    double core = pixel(view, x, y) + pixel(view, (b[2] + x) / 2, y) + pixel(view, (b[3] + x) / 2, y);
    return light / 4 - (ring / 4 + core / 3) / 2;
}

/* Runs down through the same place, in whole pixels: whether a closer look is worth its time. */
static bool crosses_down(const struct view *view, const struct runs *runs, int y, double level,
                         double *contrast) {
    int x = (int)((runs->border[2] + runs->border[3]) / 2);
    int reach = (int)(runs->module_px * 2 * FINDER_REACH) + 3;
    int up[3];
    int down[3];
    if (!down_edges(view, x, y, -1, (int)ceil(level), reach, up) ||
        !down_edges(view, x, y, 1, (int)ceil(level), reach, down)) {
        return false;
    }
    *contrast = contrast_of(view, runs, y, up, down);
    double module = (up[2] + down[2] - 1) / 7.0;
    double slack = 0.62 * module + 1.1;
    return up[0] + down[0] > 1 && module >= 0.21 * runs->module_px && module <= 4.8 * runs->module_px &&
           fabs(up[2] - up[0] - 2 * module) <= slack && fabs(down[2] - down[0] - 2 * module) <= slack;
}

/* Add a line to a guess, or begin one where the runs go down as well. */
static void note(struct finders *finders, const struct view *view, const struct threshold *threshold,
                 const struct runs *runs, int y, int step_px) {
    struct finders_guess *guess = guessed(finders, runs, y, step_px);
    if (guess != NULL) {
        guess->lines++;
        guess->last = (struct point){middle_of(runs), y + 0.5};
        guess->module_px += (runs->module_px - guess->module_px) / guess->lines;
        return;
    }
    struct view polar = *view;
    polar.inverted = runs->inverted;
    struct point at = {middle_of(runs), y + 0.5};
    double level = threshold_at(threshold, &polar, at);
    int share = (y * FINDERS_BANDS / view->height_px + 1) * (FINDERS_GUESSES_MAX / FINDERS_BANDS);
    double contrast = 0;
    effort_spend(view->effort, EFFORT_DOWN);
    if (finders->guess_count < share && crosses_down(&polar, runs, y, level, &contrast) &&
        contrast >= finders->contrast_least) {
        int *column = &finders->columns[(int)at.x / FINDERS_COLUMN_PX];
        finders->guesses[finders->guess_count++] =
            (struct finders_guess){at, at, runs->module_px, contrast, 1, *column, runs->inverted};
        *column = finders->guess_count;
    }
}

static void search_line(struct finders *finders, const struct view *view, const struct threshold *threshold,
                        int y, int step_px) {
    struct runs runs;
    int from = 0;
    runs_split(&finders->line, view, threshold, y);
    effort_spend(view->effort, (uint64_t)(view->width_px + EFFORT_CHANGE * finders->line.count));
    while (runs_next(&finders->line, &from, &runs)) {
        note(finders, view, threshold, &runs, y, step_px);
    }
}

/* How clearly it stands out on how many lines; among equals the higher one, so that the order is always the same. */
static int by_worth(const void *a, const void *b) {
    const struct finders_guess *first = a;
    const struct finders_guess *second = b;
    double a_worth = first->lines * first->contrast, b_worth = second->lines * second->contrast;
    if (a_worth != b_worth) {
        return (a_worth < b_worth) - (a_worth > b_worth);
    }
    struct point p = first->first, q = second->first;
    return p.y != q.y ? (p.y > q.y) - (p.y < q.y) : (p.x > q.x) - (p.x < q.x);
}

static int by_votes(const void *a, const void *b) {
    return ((const struct finder *)b)->votes - ((const struct finder *)a)->votes;
}

/* Where a line crossed it: `part` of the way from the first to the last. */
static struct point between(const struct finders_guess *guess, double part) {
    return (struct point){guess->first.x + part * (guess->last.x - guess->first.x),
                          guess->first.y + part * (guess->last.y - guess->first.y)};
}

/* From its middle, then from each of its lines. */
static bool confirm(struct finders *finders, const struct view *view, const struct threshold *threshold,
                    const struct finders_guess *guess, struct finder *out) {
    struct view polar = *view;
    polar.inverted = guess->inverted;
    bool is_one = false;
    for (int i = 0; !is_one && i <= guess->lines && finders->looks < FINDERS_LOOKS_MAX; i++) {
        double part = i == 0 ? 0.5 : (i - 1) / (guess->lines - 1.0);
        finders->looks++;
        is_one = finder_confirm(&polar, threshold, between(guess, part), guess->module_px, out);
        i += guess->lines == 1;
    }
    return is_one;
}

static void look(struct finders *finders, const struct view *view, const struct threshold *threshold,
                 const struct finders_guess *guess) {
    struct finder finder;
    struct finder *seen = known(finders, between(guess, 0.5), guess->inverted);
    if (seen == NULL) {
        if (!confirm(finders, view, threshold, guess, &finder)) {
            return;
        }
        seen = known(finders, finder.centre, guess->inverted);
    }
    if (seen != NULL) {
        seen->votes += guess->lines;
    } else {
        finder.votes = guess->lines;
        finder.round = finders->rounds;
        finders->found[finders->count++] = finder;
    }
}

void finders_guess(struct finders *finders, const struct view *view, const struct threshold *threshold,
                   int step_px) {
    finders->count = 0;
    finders->looks = 0;
    finders->rounds = 0;
    finders->guessed = 0;
    finders->guess_count = 0;
    memset(finders->columns, 0, sizeof finders->columns);
    finders->contrast_least = NOISE_TIMES * noise_of(view);
    runs_begin(&finders->line);
    for (int y = step_px; y < view->height_px - 1; y += step_px) {
        search_line(finders, view, threshold, y, step_px);
    }
    qsort(finders->guesses, (size_t)finders->guess_count, sizeof *finders->guesses, by_worth);
}

bool finders_confirm(struct finders *finders, const struct view *view, const struct threshold *threshold,
                     int looks) {
    int before = finders->count;
    int most = looks < FINDERS_LOOKS_MAX - finders->looks ? finders->looks + looks : FINDERS_LOOKS_MAX;
    while (finders->guessed < finders->guess_count && finders->looks < most && finders->count < FINDERS_MAX &&
           effort_is_left(view->effort)) {
        look(finders, view, threshold, &finders->guesses[finders->guessed++]);
    }
    finders->rounds++;
    qsort(finders->found, (size_t)finders->count, sizeof *finders->found, by_votes);
    return finders->count > before;
}
