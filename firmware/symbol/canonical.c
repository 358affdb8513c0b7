/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/canonical.h"

#include <stdlib.h>
#include <string.h>

/* Modules to either side whose mean is the threshold. */
#define WINDOW 7
/* Format information: generator x^10 + x^8 + x^5 + x^4 + x^2 + x + 1, and its mask. */
#define FORMAT_GENERATOR  0x537u
#define FORMAT_CHECK_BITS 10
#define FORMAT_MASK       0x5412u
#define FORMAT_BITS       15

static int greater(int a, int b) {
    return a > b ? a : b;
}

static int smaller(int a, int b) {
    return a < b ? a : b;
}

static void sharpen_all(const float *from, int size, float amount, float *to) {
    for (int row = 0; row < size; row++) {
        const float *line = from + row * size;
        const float *above = from + greater(row - 1, 0) * size;
        const float *below = from + smaller(row + 1, size - 1) * size;
        for (int i = 0; i < size; i++) {
            float mean = (line[greater(i - 1, 0)] + line[smaller(i + 1, size - 1)] + above[i] + below[i]) / 4;
            to[row * size + i] = line[i] + amount * (line[i] - mean);
        }
    }
}

static void sum_up(struct canonical *memory, int size) {
    float *sums = memory->sums;
    int stride = size + 1;
    memset(sums, 0, (size_t)stride * sizeof *sums);
    for (int row = 0; row < size; row++) {
        float sum = 0;
        sums[(row + 1) * stride] = 0;
        for (int i = 0; i < size; i++) {
            sum += memory->sharp[row * size + i];
            sums[(row + 1) * stride + i + 1] = sums[row * stride + i + 1] + sum;
        }
    }
}

static void compare(const struct canonical *memory, int size, uint8_t *out, float *margins) {
    int stride = size + 1;
    for (int row = 0; row < size; row++) {
        int top = greater(row - WINDOW, 0);
        int bottom = smaller(row + WINDOW + 1, size);
        const float *upper = memory->sums + top * stride;
        const float *lower = memory->sums + bottom * stride;
        for (int i = 0; i < size; i++) {
            int left = greater(i - WINDOW, 0);
            int right = smaller(i + WINDOW + 1, size);
            float sum = lower[right] - lower[left] - upper[right] + upper[left];
            float above = memory->sharp[row * size + i] - sum / (float)((right - left) * (bottom - top));
            out[row * size + i] = above < 0;
            margins[row * size + i] = above < 0 ? -above : above;
        }
    }
}

/* A finder and the light line around it (ISO/IEC 18004, 6.3.3 and 6.3.4). */
static void paint_finder(uint8_t *modules, int size, int left, int top) {
    for (int row = greater(top - 1, 0); row <= smaller(top + 7, size - 1); row++) {
        for (int column = greater(left - 1, 0); column <= smaller(left + 7, size - 1); column++) {
            int ring = greater(abs(row - top - 3), abs(column - left - 3));
            modules[row * size + column] = ring <= 1 || ring == 3;
        }
    }
}

static void paint_alignment(uint8_t *modules, int size) {
    int line[ALIGNMENT_LINES];
    int lines = alignment_lines((size - 17) / 4, line);
    for (int k = 0; k < lines * lines; k++) {
        int column = line[k % lines];
        int row = line[k / lines];
        if (!alignment_stands(lines, k % lines, k / lines)) {
            continue;
        }
        for (int i = 0; i < 25; i++) {
            int x = i % 5 - 2;
            int y = i / 5 - 2;
            modules[(row + y) * size + column + x] = greater(abs(x), abs(y)) != 1;
        }
    }
}

static void paint_fixed(uint8_t *modules, int size) {
    for (int i = 8; i < size - 8; i++) {
        modules[6 * size + i] = modules[i * size + 6] = i % 2 == 0;
    }
    paint_finder(modules, size, 0, 0);
    paint_finder(modules, size, size - 7, 0);
    paint_finder(modules, size, 0, size - 7);
    paint_alignment(modules, size);
}

void canonical_modules(struct canonical *memory, const float *brightness, int size, double sharpen,
                       uint8_t *out, float *margins) {
    sharpen_all(brightness, size, (float)sharpen, memory->sharp);
    sum_up(memory, size);
    compare(memory, size, out, margins);
    paint_fixed(out, size);
}

static uint32_t format_word(uint32_t data) {
    uint32_t rest = data;
    for (int i = 0; i < FORMAT_CHECK_BITS; i++) {
        rest = (rest << 1) ^ ((rest >> (FORMAT_CHECK_BITS - 1)) * FORMAT_GENERATOR);
    }
    return (data << FORMAT_CHECK_BITS | rest) ^ FORMAT_MASK;
}

static int nearest_format(uint32_t word) {
    int least = FORMAT_BITS;
    for (uint32_t data = 0; data < 32; data++) {
        least = smaller(least, __builtin_popcount(word ^ format_word(data)));
    }
    return least;
}

/* Bit `i` of the format information, the lowest first, around the upper left finder or beside the other two. */
static bool format_bit(const uint8_t *modules, int size, bool mirrored, int copy, int i) {
    static const uint8_t near[FORMAT_BITS] = {0, 1, 2, 3, 4, 5, 7, 8, 8, 8, 8, 8, 8, 8, 8};
    static const uint8_t across[FORMAT_BITS] = {8, 8, 8, 8, 8, 8, 8, 8, 7, 5, 4, 3, 2, 1, 0};
    int row = near[i];
    int column = across[i];
    if (copy == 1) {
        row = i < 8 ? 8 : size - 15 + i;
        column = i < 8 ? size - 1 - i : 8;
    }
    return modules[mirrored ? column * size + row : row * size + column] != 0;
}

int canonical_format_errors(const uint8_t *modules, int size, bool mirrored) {
    int least = FORMAT_BITS;
    for (int copy = 0; copy < 2; copy++) {
        uint32_t word = 0;
        for (int i = 0; i < FORMAT_BITS; i++) {
            word |= (uint32_t)format_bit(modules, size, mirrored, copy, i) << i;
        }
        least = smaller(least, nearest_format(word));
    }
    return least;
}

void canonical_mirror(uint8_t *modules, float *margins, int size) {
    for (int row = 0; row < size; row++) {
        for (int column = 0; column < row; column++) {
            uint8_t module = modules[row * size + column];
            modules[row * size + column] = modules[column * size + row];
            modules[column * size + row] = module;
            float margin = margins[row * size + column];
            margins[row * size + column] = margins[column * size + row];
            margins[column * size + row] = margin;
        }
    }
}

void canonical_draw(const uint8_t *modules, int size, uint8_t *pixels) {
    size_t side = (size_t)CANONICAL_SIDE(size);
    memset(pixels, 255, side * side);
    for (int row = 0; row < size; row++) {
        uint8_t *line = pixels + (size_t)(row + CANONICAL_QUIET) * CANONICAL_MODULE_PX * side;
        for (int column = 0; column < size; column++) {
            int at = (column + CANONICAL_QUIET) * CANONICAL_MODULE_PX;
            memset(line + at, modules[row * size + column] ? 0 : 255, CANONICAL_MODULE_PX);
        }
        for (int copy = 1; copy < CANONICAL_MODULE_PX; copy++) {
            memcpy(line + (size_t)copy * side, line, side);
        }
    }
}
