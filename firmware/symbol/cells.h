/* cells: a picture as means of small squares, and which part of it has a code's texture. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_CELLS_H
#define SYMBOL_CELLS_H

#include "base/limits.h"
#include "symbol/view.h"

/* Cells a side, at most: pictures of LIMIT_FRAME_SIDE_PX in cells of 8 px. */
#define CELLS_MAX 512
/* Texture is judged over tiles of so many cells a side. */
#define CELLS_TILE      3
#define CELLS_TILES_MAX (CELLS_MAX / CELLS_TILE)

enum cells_state {
    CELLS_CALM = 0,
    CELLS_BUSY,  /* textured, in a part that is not looked at yet */
    CELLS_TAKEN, /* textured, in a part that is not the best */
    CELLS_BEST   /* of the best part */
};

/* Tiles that touch: how many, and their bounds in tiles, inclusive. All zero: none. */
struct cells_part {
    int area;
    int left, top, right, bottom;
    double worth; /* the larger and the more square, the more */
};

/* Working memory, about 0.5 MB. */
struct cells {
    int cell_px;
    int columns, rows;
    int tile_columns, tile_rows;
    uint8_t mean[CELLS_MAX * CELLS_MAX];
    struct {
        uint8_t mean, least, most; /* of its cells */
        uint8_t busy;              /* mean step from cell to cell, the lesser of along and down */
    } tiles[CELLS_TILES_MAX * CELLS_TILES_MAX];
    uint8_t state[CELLS_TILES_MAX * CELLS_TILES_MAX]; /* enum cells_state */
    int32_t stack[CELLS_TILES_MAX * CELLS_TILES_MAX];
};

/*
 * Cut a view into cells. Blur that hides modules leaves cells of several modules as they are.
 *
 * cell_px  4, or a multiple of 8 to 64; pixels that fill no cell at the right and the bottom are left out
 *
 * Returns false where the view has no room for a tile and one cell more, or for more than CELLS_MAX cells a side.
 */
bool cells_cut(struct cells *cells, const struct view *view, int cell_px);

/*
 * Find the largest and most square part that is textured both along and down and, on the mean, clearly darker than
 * the lightest nearby: a code is half dark, where text is mostly paper. Its tiles are CELLS_BEST after that.
 *
 * Returns false where there is none.
 */
bool cells_find(struct cells *cells, struct cells_part *out);

/* The state of the tile that a cell lies in; CELLS_CALM outside. */
static inline enum cells_state cells_state(const struct cells *cells, int column, int row) {
    int tile_column = column / CELLS_TILE;
    int tile_row = row / CELLS_TILE;
    bool inside = column >= 0 && row >= 0 && tile_column < cells->tile_columns && tile_row < cells->tile_rows;
    return inside ? (enum cells_state)cells->state[tile_row * cells->tile_columns + tile_column] : CELLS_CALM;
}

#endif
