/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/canonical.h"

#include <stdlib.h>
#include <string.h>

#include "symbol/alignment.h"

static void sharpen_all(const float *from, int size, float amount, float *to) {
    for (int row = 0; row < size; row++) {
        const float *line = from + row * size;
        const float *above = from + order_greater(row - 1, 0) * size;
        const float *below = from + order_smaller(row + 1, size - 1) * size;
        for (int i = 0; i < size; i++) {
            float mean =
                (line[order_greater(i - 1, 0)] + line[order_smaller(i + 1, size - 1)] + above[i] + below[i]) /
                4;
            to[row * size + i] = line[i] + amount * (line[i] - mean);
        }
    }
}

static void compare(const struct canonical *memory, int size, uint8_t *out, float *margins) {
    for (int k = 0; k < size * size; k++) {
        float above = memory->sharp[k] - neighbourhood_mean(&memory->around, size, k % size, k / size);
        out[k] = above < 0;
        margins[k] = above < 0 ? -above : above;
    }
}

/* A finder and the light line around it (ISO/IEC 18004, 6.3.3 and 6.3.4). */
static void paint_finder(uint8_t *modules, int size, int left, int top) {
    for (int row = order_greater(top - 1, 0); row <= order_smaller(top + 7, size - 1); row++) {
        for (int column = order_greater(left - 1, 0); column <= order_smaller(left + 7, size - 1); column++) {
            int ring = order_greater(abs(row - top - 3), abs(column - left - 3));
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
            modules[(row + y) * size + column + x] = order_greater(abs(x), abs(y)) != 1;
        }
    }
}

void canonical_paint(uint8_t *modules, int size) {
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
    neighbourhood_sum(&memory->around, memory->sharp, size);
    compare(memory, size, out, margins);
    canonical_paint(out, size);
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

void canonical_draw(const uint8_t *modules, int size, int module_px, uint8_t *pixels) {
    size_t side = (size_t)CANONICAL_SIDE(size, module_px);
    memset(pixels, 255, side * side);
    for (int row = 0; row < size; row++) {
        uint8_t *line = pixels + (size_t)((row + CANONICAL_QUIET) * module_px) * side;
        for (int column = 0; column < size; column++) {
            int at = (column + CANONICAL_QUIET) * module_px;
            memset(line + at, modules[row * size + column] ? 0 : 255, (size_t)module_px);
        }
        for (int copy = 1; copy < module_px; copy++) {
            memcpy(line + (size_t)copy * side, line, side);
        }
    }
}
