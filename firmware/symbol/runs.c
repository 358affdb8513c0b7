/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/runs.h"

#include <math.h>
#include <string.h>

/* Longer runs than the largest core count as so long. */
#define LENGTH_MOST 250
/* Runs of a finder, and pixels or runs that are looked at together. */
#define RUNS      5
#define WORD      8
#define TWELVE_PX ((int)(12 * RUNS_MODULE_MOST_PX))

void runs_begin(struct runs_line *line) {
    line->level_row = 0;
}

/* Levels serve a block; the lines of one row of blocks share them. */
static void spread_levels(struct runs_line *line, const struct threshold *threshold, int row, int width_px) {
    const uint8_t *levels = &threshold->levels[row * threshold->columns];
    if (line->level_row == row + 1) {
        return;
    }
    line->level_row = row + 1;
    for (int column = 0; column * THRESHOLD_BLOCK_PX < width_px; column++) {
        int rest = width_px - column * THRESHOLD_BLOCK_PX;
        memset(line->levels + column * THRESHOLD_BLOCK_PX, levels[column],
               (size_t)(rest < THRESHOLD_BLOCK_PX ? rest : THRESHOLD_BLOCK_PX));
    }
}

static bool is_blank(const uint8_t word[WORD]) {
    uint64_t all;
    memcpy(&all, word, sizeof all);
    return all == 0;
}

/* Note the first pixel of each run. Most words of most pictures are of one run. */
static int note_changes(struct runs_line *line, int width_px) {
    uint8_t *changed = line->may;
    int count = 0;
    changed[0] = 0;
    for (int x = 1; x < width_px; x++) {
        changed[x] = line->dark[x] ^ line->dark[x - 1];
    }
    memset(changed + width_px, 0, WORD);
    for (int x = 0; x < width_px; x += WORD) {
        if (is_blank(changed + x)) {
            continue;
        }
        int last = x + WORD < width_px ? x + WORD : width_px;
        for (int i = x; i < last; i++) {
            line->changes[count] = (uint16_t)i;
            count += changed[i];
        }
    }
    return count;
}

/*
 * A first look in whole pixels, which most runs fail: the core is the longest, neighbouring runs, from edge to edge of
 * the same kind, are 2 and 4 modules long, with room for edges that are half a pixel off.
 */
static void judge_lengths(struct runs_line *line) {
    const int16_t *run = line->lengths;
    int last = line->count - RUNS - 1;
    for (int i = 0; i <= last; i++) {
        int16_t a = run[i], b = run[i + 1], c = run[i + 2], d = run[i + 3], e = run[i + 4];
        int16_t twelve = (int16_t)(a + e + 2 * (b + c + d));
        int16_t slack = (int16_t)(((5 * twelve) >> 3) + 14);
        int16_t left = (int16_t)(12 * (a + b) - 2 * twelve);
        int16_t right = (int16_t)(12 * (d + e) - 2 * twelve);
        int16_t before = (int16_t)(24 * (b + c) - 8 * twelve);
        int16_t after = (int16_t)(24 * (c + d) - 8 * twelve);
        int16_t wide = (int16_t)(3 * slack);
        line->may[i] = (c >= a) & (c >= b) & (c >= d) & (c >= e) & (twelve >= 14) & (twelve <= TWELVE_PX) &
                       (left <= slack) & (left >= -slack) & (right <= slack) & (right >= -slack) &
                       (before <= wide) & (before >= -wide) & (after <= wide) & (after >= -wide);
    }
    memset(line->may + (last < 0 ? 0 : last + 1), 0, WORD);
}

void runs_split(struct runs_line *line, const struct view *view, const struct threshold *threshold, int y) {
    int width_px = view->width_px;
    line->pixels = view->pixels + (ptrdiff_t)y * view->stride_px;
    spread_levels(line, threshold, y / THRESHOLD_BLOCK_PX, width_px);
    const uint8_t *pixels = line->pixels;
    for (int x = 0; x < width_px; x++) {
        line->dark[x] = pixels[x] < line->levels[x];
    }
    line->count = note_changes(line, width_px);
    for (int i = 0; i + 1 < line->count; i++) {
        int length = line->changes[i + 1] - line->changes[i];
        line->lengths[i] = (int16_t)(length < LENGTH_MOST ? length : LENGTH_MOST);
    }
    judge_lengths(line);
}

/* Where the line crosses the level between pixels x - 1 and x. */
static double border(const struct runs_line *line, int x) {
    double before = line->pixels[x - 1];
    double step = line->pixels[x] - before;
    double part = step != 0 ? (line->levels[x] - before) / step : 0.5;
    return x - 0.5 + view_clamp(part, 0, 1);
}

/* The same ratios between pixels. */
static bool are_runs(const struct runs_line *line, const uint16_t *at, struct runs *out) {
    double run[RUNS];
    for (int i = 0; i <= RUNS; i++) {
        out->border[i] = border(line, at[i]);
    }
    for (int i = 0; i < RUNS; i++) {
        run[i] = out->border[i + 1] - out->border[i];
    }
    double m = (run[0] + 2 * run[1] + 2 * run[2] + 2 * run[3] + run[4]) / 12;
    double slack = 0.6 * m + 0.35;
    out->module_px = m;
    out->inverted = line->dark[at[2]] == 0;
    return m >= RUNS_MODULE_LEAST_PX && m <= RUNS_MODULE_MOST_PX && fabs(run[0] + run[1] - 2 * m) <= slack &&
           fabs(run[3] + run[4] - 2 * m) <= slack && fabs(run[1] + run[2] - 4 * m) <= 1.5 * slack &&
           fabs(run[2] + run[3] - 4 * m) <= 1.5 * slack;
}

bool runs_next(const struct runs_line *line, int *from, struct runs *out) {
    int i = *from;
    while (i + RUNS < line->count) {
        if (i % WORD == 0 && is_blank(line->may + i)) {
            i += WORD;
            continue;
        }
        if (line->may[i] != 0 && are_runs(line, &line->changes[i], out)) {
            *from = i + 1;
            return true;
        }
        i++;
    }
    return false;
}
