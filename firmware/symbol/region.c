/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/region.h"

#include "symbol/order.h"

#include <stdlib.h>

enum { CALM = 0, BUSY, TAKEN };

/* The strongest fiftieth of the blocks says how busy a code would be here; a third of that is busy. */
#define STRONGEST_PART 50
#define BUSY_PERCENT   35
/* A mean step of 4 grey levels over two pixels, 128 steps a block: below is noise. */
#define BUSY_LEAST (128 * 4)
/* So much above the calmest fifth is no noise; and where that trembles by more than a mean step of 24, it is a code that
 * fills the picture. */
#define CALM_PART     5
#define NOISE_PERCENT 150
#define NOISE_MOST    (128 * 24)
#define BIN           32
#define BINS          1024
/* Blocks of the smallest region, and its shortest side. */
#define AREA_LEAST 9
#define SIDE_LEAST 3
/* Regions worth less than a part of the best one are its surroundings. */
#define WORTH_PART 5

/* Connected blocks: bounds in blocks, inclusive. */
struct component {
    int area;
    int left, top, right, bottom;
    double worth;
};

/* Steps of two pixels along and down, from every second line of the block. */
static uint16_t business(const struct view *view, int column, int row) {
    int right = order_smaller((column + 1) * REGION_BLOCK_PX, view->width_px - 2);
    int bottom = order_smaller((row + 1) * REGION_BLOCK_PX, view->height_px - 2);
    int along = 0;
    int down = 0;
    for (int y = row * REGION_BLOCK_PX; y < bottom; y += 2) {
        const uint8_t *line = view->pixels + (ptrdiff_t)y * view->stride_px;
        const uint8_t *below = line + 2 * (ptrdiff_t)view->stride_px;
        for (int x = column * REGION_BLOCK_PX; x < right; x++) {
            along += abs(line[x] - line[x + 2]);
            down += abs(line[x] - below[x]);
        }
    }
    return (uint16_t)order_smaller(along, down);
}

/* What is busy: a part of the strongest blocks, above the tremble of the calmest ones where that is noise. */
static int busy_level(const struct region_blocks *blocks) {
    int histogram[BINS] = {0};
    int count = blocks->rows * blocks->columns;
    for (int i = 0; i < count; i++) {
        histogram[order_smaller(blocks->busy[i] / BIN, BINS - 1)]++;
    }
    int bin = BINS - 1;
    for (int above = histogram[bin]; bin > 0 && above <= count / STRONGEST_PART + 4;
         above += histogram[bin]) {
        bin--;
    }
    int calm = 0;
    for (int below = histogram[0]; calm < BINS - 1 && below * CALM_PART < count; below += histogram[calm]) {
        calm++;
    }
    int noise = calm * BIN <= NOISE_MOST ? calm * BIN * NOISE_PERCENT / 100 : 0;
    return order_greater(order_greater(bin * BIN * BUSY_PERCENT / 100, BUSY_LEAST), noise);
}

/* A calm block between three busy ones is a hole in a code. */
static void close_holes(struct region_blocks *blocks) {
    int columns = blocks->columns;
    for (int row = 1; row < blocks->rows - 1; row++) {
        for (int column = 1; column < columns - 1; column++) {
            int i = row * columns + column;
            const uint8_t *s = &blocks->state[i];
            if (*s == CALM &&
                (s[-1] == BUSY) + (s[1] == BUSY) + (s[-columns] == BUSY) + (s[columns] == BUSY) >= 3) {
                blocks->state[i] = BUSY;
            }
        }
    }
}

static void mark(struct region_blocks *blocks, const struct view *view) {
    blocks->columns = (view->width_px - 2 + REGION_BLOCK_PX - 1) / REGION_BLOCK_PX;
    blocks->rows = (view->height_px - 2 + REGION_BLOCK_PX - 1) / REGION_BLOCK_PX;
    effort_spend(view->effort, (uint64_t)view->width_px * (uint64_t)view->height_px / 2);
    for (int row = 0; row < blocks->rows; row++) {
        for (int column = 0; column < blocks->columns; column++) {
            blocks->busy[row * blocks->columns + column] = business(view, column, row);
        }
    }
    int level = busy_level(blocks);
    for (int i = 0; i < blocks->rows * blocks->columns; i++) {
        blocks->state[i] = blocks->busy[i] >= level ? BUSY : CALM;
    }
    close_holes(blocks);
}

static void include(struct component *component, int column, int row) {
    component->area++;
    component->left = order_smaller(component->left, column);
    component->right = order_greater(component->right, column);
    component->top = order_smaller(component->top, row);
    component->bottom = order_greater(component->bottom, row);
}

/* Take all busy blocks that touch this one, corners too. Each block is put on the stack once. */
static struct component flood(struct region_blocks *blocks, int start) {
    struct component component = {0, blocks->columns, blocks->rows, 0, 0, 0};
    int depth = 0;
    blocks->stack[depth++] = start;
    blocks->state[start] = TAKEN;
    while (depth > 0) {
        int at = blocks->stack[--depth];
        int column = at % blocks->columns;
        int row = at / blocks->columns;
        include(&component, column, row);
        for (int r = order_greater(row - 1, 0); r <= order_smaller(row + 1, blocks->rows - 1); r++) {
            for (int c = order_greater(column - 1, 0); c <= order_smaller(column + 1, blocks->columns - 1);
                 c++) {
                if (blocks->state[r * blocks->columns + c] == BUSY) {
                    blocks->state[r * blocks->columns + c] = TAKEN;
                    blocks->stack[depth++] = r * blocks->columns + c;
                }
            }
        }
    }
    int width = component.right - component.left + 1;
    int height = component.bottom - component.top + 1;
    bool small = component.area < AREA_LEAST || width < SIDE_LEAST || height < SIDE_LEAST;
    component.worth =
        small ? 0 : component.area * (double)order_smaller(width, height) / order_greater(width, height);
    return component;
}

static void rank(struct component best[REGION_MAX], struct component component) {
    for (int i = 0; i < REGION_MAX; i++) {
        if (component.worth > best[i].worth) {
            struct component lesser = best[i];
            best[i] = component;
            component = lesser;
        }
    }
}

static struct box with_margin(const struct component *component, const struct view *view) {
    int across = (component->right - component->left + 1) * REGION_BLOCK_PX;
    int down = (component->bottom - component->top + 1) * REGION_BLOCK_PX;
    int x_margin = REGION_BLOCK_PX * 3 / 2 + across / 20;
    int y_margin = REGION_BLOCK_PX * 3 / 2 + down / 20;
    int left = order_greater(component->left * REGION_BLOCK_PX - x_margin, 0);
    int top = order_greater(component->top * REGION_BLOCK_PX - y_margin, 0);
    int right = order_smaller((component->right + 1) * REGION_BLOCK_PX + x_margin, view->width_px);
    int bottom = order_smaller((component->bottom + 1) * REGION_BLOCK_PX + y_margin, view->height_px);
    return (struct box){left, top, right - left, bottom - top};
}

int region_find(struct region_blocks *blocks, const struct view *view, struct box regions[REGION_MAX]) {
    struct component best[REGION_MAX] = {0};
    if (view->width_px < REGION_BLOCK_PX || view->height_px < REGION_BLOCK_PX) {
        return 0;
    }
    mark(blocks, view);
    for (int i = 0; i < blocks->rows * blocks->columns; i++) {
        if (blocks->state[i] == BUSY) {
            rank(best, flood(blocks, i));
        }
    }
    int count = 0;
    while (count < REGION_MAX && best[count].worth > 0 && best[count].worth * WORTH_PART >= best[0].worth) {
        regions[count] = with_margin(&best[count], view);
        count++;
    }
    return count;
}

static int parts_of(int length, int most, int shared) {
    return length <= most ? 1 : 1 + (length - shared - 1) / (most - shared);
}

/* Evenly, from one end to the other. */
static int start_of(int length, int most, int parts, int part) {
    return parts == 1 ? 0 : (length - most) * part / (parts - 1);
}

int region_parts(const struct view *view, int most_px, int shared_px) {
    return parts_of(view->width_px, most_px, shared_px) * parts_of(view->height_px, most_px, shared_px);
}

struct box region_part(const struct view *view, int most_px, int shared_px, int part) {
    int columns = parts_of(view->width_px, most_px, shared_px);
    int rows = parts_of(view->height_px, most_px, shared_px);
    return (struct box){start_of(view->width_px, most_px, columns, part % columns),
                        start_of(view->height_px, most_px, rows, part / columns),
                        order_smaller(view->width_px, most_px), order_smaller(view->height_px, most_px)};
}
