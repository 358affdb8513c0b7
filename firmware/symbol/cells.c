/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/cells.h"

#include "symbol/order.h"

#include <stdlib.h>
#include <string.h>

#include "symbol/histogram.h"

/* Lines of a cell that are summed. */
#define LINES     4
#define PART_BITS 16
/* Every second byte of a word. */
#define LANES 0x00FF00FF00FF00FFu
/* The busiest fiftieth of the tiles says how busy a code would be here; a third of that is busy. */
#define BUSIEST_PERMILLE 980
#define BUSY_PERCENT     35
/* Steps of fewer grey levels are noise. */
#define BUSY_LEAST 5
/* A code's mean is no more than so much of the lightest cell within two tiles; text's is more. */
#define DARKER_PERCENT 88
#define NEARBY         2
/* Tiles of the smallest part. */
#define AREA_LEAST 6
#define SIDE_LEAST 2

/* Eight bytes, or four, as sums of two in four lanes of 16 bits. */
static inline uint64_t sum_in_lanes(const uint8_t *p, size_t bytes) {
    uint64_t word = 0;
    memcpy(&word, p, bytes);
    return (word & LANES) + (word >> 8 & LANES);
}

/* Of a cell's lines: of 64 px these are 32 words, whose sums no lane overflows. */
static inline uint32_t sum_of_cell(const uint8_t *p, ptrdiff_t step, int side) {
    uint64_t lanes = 0;
    for (int line = 0; line < LINES; line++, p += step) {
        if (side == 4) {
            lanes += sum_in_lanes(p, 4);
        } else {
            for (int x = 0; x < side; x += 8) {
                lanes += sum_in_lanes(p + x, 8);
            }
        }
    }
    lanes = (lanes & 0x0000FFFF0000FFFFu) + (lanes >> 16 & 0x0000FFFF0000FFFFu);
    return (uint32_t)lanes + (uint32_t)(lanes >> 32);
}

static void cut_row(struct cells *cells, const struct view *view, int row) {
    int side = cells->cell_px;
    const uint8_t *first = view->pixels + (ptrdiff_t)row * side * view->stride_px;
    ptrdiff_t step = (ptrdiff_t)(side / LINES) * view->stride_px;
    uint8_t *mean = &cells->mean[row * cells->columns];
    uint32_t part = (1u << PART_BITS) / (uint32_t)(LINES * side) + 1; /* a division a cell is slow */
    for (int column = 0; column < cells->columns; column++) {
        const uint8_t *p = first + column * side;
        uint32_t sum = side == 8 ? sum_of_cell(p, step, 8) : sum_of_cell(p, step, side); /* most are of 8 */
        mean[column] = (uint8_t)(sum * part >> PART_BITS);
    }
}

static void measure_tile(struct cells *cells, int tile_column, int tile_row) {
    int along = 0, down = 0, sum = 0, least = UINT8_MAX, most = 0;
    for (int i = 0; i < CELLS_TILE * CELLS_TILE; i++) {
        int row = tile_row * CELLS_TILE + i / CELLS_TILE;
        int column = tile_column * CELLS_TILE + i % CELLS_TILE;
        const uint8_t *cell = &cells->mean[row * cells->columns + column];
        along += abs(cell[0] - cell[1]);
        down += abs(cell[0] - cell[cells->columns]);
        sum += *cell;
        least = order_smaller(least, *cell);
        most = order_greater(most, *cell);
    }
    int tile = tile_row * cells->tile_columns + tile_column;
    cells->tiles[tile].mean = (uint8_t)(sum / (CELLS_TILE * CELLS_TILE));
    cells->tiles[tile].least = (uint8_t)least;
    cells->tiles[tile].most = (uint8_t)most;
    cells->tiles[tile].busy = (uint8_t)(order_smaller(along, down) / (CELLS_TILE * CELLS_TILE));
}

bool cells_cut(struct cells *cells, const struct view *view, int cell_px) {
    int columns = view->width_px / cell_px, rows = view->height_px / cell_px;
    cells->cell_px = cell_px;
    cells->columns = cells->rows = cells->tile_columns = cells->tile_rows = 0;
    if (columns > CELLS_MAX || rows > CELLS_MAX || columns <= CELLS_TILE || rows <= CELLS_TILE) {
        return false;
    }
    cells->columns = columns;
    cells->rows = rows;
    cells->tile_columns = (columns - 1) / CELLS_TILE;
    cells->tile_rows = (rows - 1) / CELLS_TILE;
    for (int row = 0; row < cells->rows; row++) {
        cut_row(cells, view, row);
    }
    for (int i = 0; i < cells->tile_columns * cells->tile_rows; i++) {
        measure_tile(cells, i % cells->tile_columns, i / cells->tile_columns);
    }
    return true;
}

static int lightest_nearby(const struct cells *cells, int column, int row) {
    int most = 0;
    for (int r = order_greater(row - NEARBY, 0); r <= order_smaller(row + NEARBY, cells->tile_rows - 1);
         r++) {
        for (int c = order_greater(column - NEARBY, 0);
             c <= order_smaller(column + NEARBY, cells->tile_columns - 1); c++) {
            most = order_greater(most, cells->tiles[r * cells->tile_columns + c].most);
        }
    }
    return most;
}

static void mark(struct cells *cells) {
    struct histogram busy = {0};
    int count = cells->tile_columns * cells->tile_rows;
    for (int i = 0; i < count; i++) {
        histogram_add(&busy, cells->tiles[i].busy);
    }
    int level = order_greater(histogram_level(&busy, BUSIEST_PERMILLE) * BUSY_PERCENT / 100, BUSY_LEAST);
    for (int i = 0; i < count; i++) {
        bool textured =
            cells->tiles[i].busy >= level &&
            cells->tiles[i].mean * 100 <=
                DARKER_PERCENT * lightest_nearby(cells, i % cells->tile_columns, i / cells->tile_columns);
        cells->state[i] = textured ? CELLS_BUSY : CELLS_CALM;
    }
}

/* A calm tile between three busy ones is a hole in a code. */
static void close_holes(struct cells *cells) {
    int columns = cells->tile_columns;
    for (int row = 1; row < cells->tile_rows - 1; row++) {
        for (int column = 1; column < columns - 1; column++) {
            uint8_t *s = &cells->state[row * columns + column];
            if (*s == CELLS_CALM && (s[-1] == CELLS_BUSY) + (s[1] == CELLS_BUSY) +
                                            (s[-columns] == CELLS_BUSY) + (s[columns] == CELLS_BUSY) >=
                                        3) {
                *s = CELLS_BUSY;
            }
        }
    }
}

static void include(struct cells_part *part, int column, int row) {
    part->area++;
    part->left = order_smaller(part->left, column);
    part->top = order_smaller(part->top, row);
    part->right = order_greater(part->right, column);
    part->bottom = order_greater(part->bottom, row);
}

/* Turn all tiles of one state that are joined with this one into another. Each is put on the stack once. */
static struct cells_part flood(struct cells *cells, int start, enum cells_state from, enum cells_state to) {
    static const int steps[4][2] = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}};
    struct cells_part part = {0, cells->tile_columns, cells->tile_rows, 0, 0, 0};
    int depth = 0;
    cells->stack[depth++] = start;
    cells->state[start] = (uint8_t)to;
    while (depth > 0) {
        int at = cells->stack[--depth];
        int column = at % cells->tile_columns;
        int row = at / cells->tile_columns;
        include(&part, column, row);
        for (int i = 0; i < 4; i++) {
            int c = column + steps[i][0];
            int r = row + steps[i][1];
            int next = r * cells->tile_columns + c;
            if (c >= 0 && r >= 0 && c < cells->tile_columns && r < cells->tile_rows &&
                cells->state[next] == from) {
                cells->state[next] = (uint8_t)to;
                cells->stack[depth++] = next;
            }
        }
    }
    int width = part.right - part.left + 1;
    int height = part.bottom - part.top + 1;
    bool small = part.area < AREA_LEAST || width < SIDE_LEAST || height < SIDE_LEAST;
    part.worth = small ? 0 : part.area * (double)order_smaller(width, height) / order_greater(width, height);
    return part;
}

bool cells_find(struct cells *cells, struct cells_part *out) {
    struct cells_part best = {0};
    int start = -1;
    mark(cells);
    close_holes(cells);
    for (int i = 0; i < cells->tile_columns * cells->tile_rows; i++) {
        if (cells->state[i] == CELLS_BUSY) {
            struct cells_part part = flood(cells, i, CELLS_BUSY, CELLS_TAKEN);
            start = part.worth > best.worth ? i : start;
            best = part.worth > best.worth ? part : best;
        }
    }
    if (start < 0) {
        return false;
    }
    (void)flood(cells, start, CELLS_TAKEN, CELLS_BEST);
    *out = best;
    return true;
}
