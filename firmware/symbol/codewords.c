/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/codewords.h"

#include <string.h>

#include "symbol/alignment.h"

/* All masks repeat after so many rows and columns. */
#define MASK_PERIOD 12

/* The line of the vertical timing pattern, which the zigzag steps over. */
#define TIMING_COLUMN 6

/* Whether a mask changes the module there (ISO/IEC 18004, table 10). */
static bool mask_changes(int mask, int row, int column) {
    switch (mask) {
    case 0:
        return (row + column) % 2 == 0;
    case 1:
        return row % 2 == 0;
    case 2:
        return column % 3 == 0;
    case 3:
        return (row + column) % 3 == 0;
    case 4:
        return (row / 2 + column / 3) % 2 == 0;
    case 5:
        return row * column % 2 + row * column % 3 == 0;
    case 6:
        return (row * column % 2 + row * column % 3) % 2 == 0;
    default:
        return ((row + column) % 2 + row * column % 3) % 2 == 0;
    }
}

static void fix(struct codewords_way *way, int left, int top, int width, int height) {
    for (int row = top; row < top + height; row++) {
        memset(way->fixed + row * way->size + left, 1, (size_t)width);
    }
}

static void fix_alignment(struct codewords_way *way) {
    int line[ALIGNMENT_LINES];
    int lines = alignment_lines((way->size - 17) / 4, line);
    for (int k = 0; k < lines * lines; k++) {
        if (alignment_stands(lines, k % lines, k / lines)) {
            fix(way, line[k % lines] - 2, line[k / lines] - 2, 5, 5);
        }
    }
}

/* All that is no data: finders with what surrounds them, timing, alignment, format and version. */
static void fix_all(struct codewords_way *way) {
    int size = way->size;
    memset(way->fixed, 0, (size_t)(size * size));
    fix(way, 0, 0, 9, 9);
    fix(way, size - 8, 0, 8, 9);
    fix(way, 0, size - 8, 9, 8);
    fix(way, 0, TIMING_COLUMN, size, 1);
    fix(way, TIMING_COLUMN, 0, 1, size);
    fix_alignment(way);
    if (size >= version_size(VERSION_WRITTEN)) {
        fix(way, size - 11, 0, 3, 6);
        fix(way, 0, size - 11, 6, 3);
    }
}

static uint8_t phase_of(int place, int size) {
    return (uint8_t)(place / size % MASK_PERIOD * MASK_PERIOD + place % size % MASK_PERIOD);
}

/* Two columns at a time from the right, upwards and downwards in turn; in each row the right module first. */
void codewords_lead(struct codewords_way *way, int size) {
    if (way->size == size) {
        return;
    }
    way->size = size;
    way->count = blocks_total((size - 17) / 4);
    fix_all(way);
    int bits = 0;
    bool upwards = true;
    for (int right = size - 1; right > 0; right -= 2, upwards = !upwards) {
        right -= right == TIMING_COLUMN;
        for (int i = 0; i < 2 * size; i++) {
            int row = upwards ? size - 1 - i / 2 : i / 2;
            int place = row * size + right - i % 2;
            if (way->fixed[place] == 0 && bits < 8 * way->count) {
                way->place[bits] = (uint16_t)place;
                way->phase[bits++] = phase_of(place, size);
            }
        }
    }
}

/* What the mask changes, laid out for one period. */
static void lay_out(int mask, uint8_t out[MASK_PERIOD * MASK_PERIOD]) {
    for (int i = 0; i < MASK_PERIOD * MASK_PERIOD; i++) {
        out[i] = mask_changes(mask, i / MASK_PERIOD, i % MASK_PERIOD);
    }
}

void codewords_read(const struct codewords_way *way, const uint8_t *modules, int mask, uint8_t *out) {
    uint8_t layout[MASK_PERIOD * MASK_PERIOD];
    lay_out(mask, layout);
    for (int i = 0; i < way->count; i++) {
        unsigned codeword = 0;
        for (int bit = 8 * i; bit < 8 * (i + 1); bit++) {
            bool dark = modules[way->place[bit]] != 0;
            codeword = codeword << 1 | (unsigned)(dark ^ layout[way->phase[bit]]);
        }
        out[i] = (uint8_t)codeword;
    }
}

void codewords_margins(const struct codewords_way *way, const float *margins, float *out, uint8_t *weakest) {
    for (int i = 0; i < way->count; i++) {
        int least = 0;
        for (int bit = 1; bit < 8; bit++) {
            bool less = margins[way->place[8 * i + bit]] < margins[way->place[8 * i + least]];
            least = less ? bit : least;
        }
        out[i] = margins[way->place[8 * i + least]];
        weakest[i] = (uint8_t)(0x80u >> least);
    }
}

void codewords_write(const struct codewords_way *way, const uint8_t *codewords, int mask, uint8_t *modules) {
    uint8_t layout[MASK_PERIOD * MASK_PERIOD];
    lay_out(mask, layout);
    for (int place = 0; place < way->size * way->size; place++) {
        if (way->fixed[place] == 0) {
            modules[place] = layout[phase_of(place, way->size)];
        }
    }
    for (int i = 0; i < 8 * way->count; i++) {
        bool set = (codewords[i / 8] >> (7 - i % 8) & 1) != 0;
        modules[way->place[i]] ^= set;
    }
}
