/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/patch.h"

#include "symbol/order.h"

#include <math.h>
#include <stdlib.h>

#include "symbol/histogram.h"

/* Cells around a pair whose mean it is compared with: 5 x 5. */
#define AROUND 2
/* Of more tiles, not every cell is compared. */
#define TILES_ALL 300
/* Pixels that are looked at one by one, at most. */
#define SAMPLES_MAX 12000
/* A patch goes on beyond a border where so many of its cells lie on it, and at least this part of its side, and two of
 * three of them differ from what is around it by a third of what the patch does. */
#define BORDER_PART   4
#define BORDER_LEAST  6
#define BORDER_DIFFER 3
/* Grey levels of a lamp, after a camera's JPEG. */
#define CLIPPED 246
/* So far apart, pixels of small modules differ by chance. */
#define APART_PX 8

/* Sums over the cells of a patch and around it. */
struct tally {
    struct histogram inside, around;
    int pairs, turns_along, turns_down;
};

static bool is_best(const struct cells *cells, int column, int row) {
    return cells_state(cells, column, row) == CELLS_BEST;
}

static bool is_beside(const struct cells *cells, int column, int row) {
    return is_best(cells, column - CELLS_TILE, row) || is_best(cells, column + CELLS_TILE, row) ||
           is_best(cells, column, row - CELLS_TILE) || is_best(cells, column, row + CELLS_TILE);
}

/* All that is compared lies in the patch. */
static bool is_within(const struct cells *cells, int column, int row) {
    return is_best(cells, column - AROUND, row - AROUND) &&
           is_best(cells, column + AROUND + 1, row + AROUND + 1) &&
           is_best(cells, column + AROUND + 1, row - AROUND) &&
           is_best(cells, column - AROUND, row + AROUND + 1);
}

static void compare(const struct cells *cells, int column, int row, struct tally *tally) {
    const int size = (2 * AROUND + 1) * (2 * AROUND + 1);
    const uint8_t *cell = &cells->mean[row * cells->columns + column];
    int sum = 0;
    for (int y = -AROUND; y <= AROUND; y++) {
        for (int x = -AROUND; x <= AROUND; x++) {
            sum += cell[y * cells->columns + x];
        }
    }
    bool light = size * cell[0] > sum;
    tally->pairs++;
    tally->turns_along += light != (size * cell[1] > sum);
    tally->turns_down += light != (size * cell[cells->columns] > sum);
}

static void count_cells(const struct cells *cells, const struct cells_part *part, struct tally *tally) {
    int every = 1 + part->area / TILES_ALL;
    for (int row = (part->top - 1) * CELLS_TILE; row < (part->bottom + 2) * CELLS_TILE; row++) {
        for (int column = (part->left - 1) * CELLS_TILE; column < (part->right + 2) * CELLS_TILE; column++) {
            if (row < 0 || column < 0 || row >= cells->rows || column >= cells->columns) {
                continue;
            }
            uint8_t level = cells->mean[row * cells->columns + column];
            if (!is_best(cells, column, row)) {
                if (is_beside(cells, column, row)) {
                    histogram_add(&tally->around, level);
                }
                continue;
            }
            histogram_add(&tally->inside, level);
            if ((row + column) % every == 0 && is_within(cells, column, row)) {
                compare(cells, column, row, tally);
            }
        }
    }
}

static double skew_of(const struct histogram *histogram) {
    double mean = 0, square = 0, cube = 0;
    for (int level = 0; level < HISTOGRAM_LEVELS; level++) {
        mean += (double)histogram->of[level] * level / histogram->count;
    }
    for (int level = 0; level < HISTOGRAM_LEVELS; level++) {
        double off = level - mean, part = (double)histogram->of[level] / histogram->count;
        square += part * off * off;
        cube += part * off * off * off;
    }
    return square > 0 ? cube / pow(square, 1.5) : 0;
}

/* Cells on one border that belong to the patch and differ from what is around it: a code beside the border has its
 * quiet zone there. */
static bool lies_on(const struct cells *cells, const struct cells_part *part, unsigned border, int around,
                    int median) {
    bool upright = (border & (PATCH_LEFT | PATCH_RIGHT)) != 0;
    bool first = (border & (PATCH_LEFT | PATCH_TOP)) != 0;
    int last = upright ? cells->tile_columns - 1 : cells->tile_rows - 1;
    int from = upright ? part->top : part->left, to = upright ? part->bottom : part->right;
    int count = 0, differ = 0;
    for (int i = from * CELLS_TILE; i < (to + 1) * CELLS_TILE; i++) {
        int line = first ? 0 : last * CELLS_TILE;
        if (is_best(cells, upright ? line : i, upright ? i : line)) {
            line = first ? 0 : (upright ? cells->columns : cells->rows) - 1;
            int cell = cells->mean[upright ? i * cells->columns + line : line * cells->columns + i];
            differ += abs(cell - around) * BORDER_DIFFER > abs(median - around);
            count++;
        }
    }
    return count >= BORDER_LEAST && count * BORDER_PART >= (to - from + 1) * CELLS_TILE &&
           differ * 3 >= count * 2;
}

static unsigned borders_of(const struct cells *cells, const struct cells_part *part, int around, int median) {
    unsigned borders = 0;
    for (unsigned border = PATCH_LEFT; border <= PATCH_BOTTOM; border <<= 1) {
        borders |= lies_on(cells, part, border, around, median) ? border : 0;
    }
    return borders;
}

/* Whether the patch goes on from a tile in one direction. */
static bool meets(const struct cells *cells, const struct cells_part *part, int column, int row, int across,
                  int down) {
    while (column >= part->left && row >= part->top && column <= part->right && row <= part->bottom) {
        if (cells->state[row * cells->tile_columns + column] == CELLS_BEST) {
            return true;
        }
        column += across;
        row += down;
    }
    return false;
}

/* Tiles without a pixel that is less than as bright as can be, hidden among textured ones: with texture on three sides,
 * or in one corner of the box. Paper around a code that is turned shows in all four corners alike. */
static void measure_glare(const struct cells *cells, const struct cells_part *part, struct patch *out) {
    int size = (part->right - part->left + 1) * (part->bottom - part->top + 1);
    int inside = 0, corners[4] = {0};
    for (int row = part->top; row <= part->bottom; row++) {
        for (int column = part->left; column <= part->right; column++) {
            if (cells->tiles[row * cells->tile_columns + column].least < CLIPPED) {
                continue;
            }
            bool right = meets(cells, part, column, row, 1, 0), left = meets(cells, part, column, row, -1, 0);
            bool below = meets(cells, part, column, row, 0, 1),
                 above = meets(cells, part, column, row, 0, -1);
            inside += right + left + below + above >= 3;
            corners[(right ? 1 : 0) + (below ? 2 : 0)] += right != left && below != above;
        }
    }
    int most = 0, least = size;
    for (int i = 0; i < 4; i++) {
        most = corners[i] > most ? corners[i] : most;
        least = order_smaller(least, corners[i]);
    }
    out->clipped = (double)inside / size;
    out->washed = (double)(most - least) / size;
}

/* Steps between pixels, from as many lines as are allowed. */
static void measure_steps(const struct cells *cells, const struct view *view, struct patch *out) {
    struct histogram levels = {0}, along = {0}, down = {0};
    int right = order_smaller(out->box.left + out->box.width, view->width_px - APART_PX);
    int bottom = order_smaller(out->box.top + out->box.height, view->height_px - APART_PX);
    int64_t near = 0, far = 0;
    int step = 1 + (int)sqrt((double)out->box.width * out->box.height / SAMPLES_MAX);
    for (int y = out->box.top; y < bottom; y += step) {
        for (int x = out->box.left; x < right; x += step) {
            const uint8_t *p = view->pixels + (ptrdiff_t)y * view->stride_px + x;
            const ptrdiff_t line = view->stride_px;
            if (is_best(cells, x / cells->cell_px, y / cells->cell_px)) {
                histogram_add(&levels, *p);
                histogram_add(&along, (uint8_t)abs(p[0] - p[2]));
                near += abs(p[0] - p[1]) + abs(p[0] - p[line]);
                far += abs(p[0] - p[APART_PX]) + abs(p[0] - p[APART_PX * line]);
                histogram_add(&down, (uint8_t)abs(p[0] - p[2 * (ptrdiff_t)view->stride_px]));
            }
        }
    }
    out->light = histogram_level(&levels, 950);
    double range = fmax(1, out->light - histogram_level(&levels, 50));
    double one = histogram_level(&along, 950) / range, other = histogram_level(&down, 950) / range;
    int dark = histogram_level(&levels, 50);
    int middling = 0;
    for (int level = dark + (out->light - dark) / 3; level < out->light - (out->light - dark) / 3; level++) {
        middling += levels.of[level];
    }
    out->middling = levels.count > 0 ? (double)middling / levels.count : 0;
    out->steep = fmin(one, other);
    out->steepest = fmax(one, other);
    out->fineness = far > 0 ? (double)near / (double)far : 0;
}

bool patch_find(struct cells *cells, const struct view *view, int cell_px, struct patch *out) {
    struct cells_part part = {0};
    struct tally tally = {0};
    *out = (struct patch){0};
    if (!cells_cut(cells, view, cell_px) || !cells_find(cells, &part)) {
        return false;
    }
    int tile_px = CELLS_TILE * cell_px, width = part.right - part.left + 1,
        height = part.bottom - part.top + 1;
    count_cells(cells, &part, &tally);
    out->box = (struct box){part.left * tile_px, part.top * tile_px, width * tile_px, height * tile_px};
    out->fill = (double)part.area / (width * height);
    out->pairs = tally.pairs;
    out->along = tally.pairs > 0 ? (double)tally.turns_along / tally.pairs : 0;
    out->down = tally.pairs > 0 ? (double)tally.turns_down / tally.pairs : 0;
    out->skew = skew_of(&tally.inside);
    out->median = histogram_level(&tally.inside, 500);
    out->lighter = histogram_level(&tally.around, 900);
    out->darker = histogram_level(&tally.around, 250);
    out->borders = borders_of(cells, &part, out->lighter, out->median);
    measure_glare(cells, &part, out);
    measure_steps(cells, view, out);
    return true;
}
