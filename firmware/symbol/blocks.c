/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/blocks.h"

#include "symbol/alignment.h"
#include "symbol/version.h"

/* Codewords of error correction in each block, by level and version (ISO/IEC 18004, table 9). */
static const uint8_t check[FORMAT_LEVELS][VERSION_MAX] = {
    {7,  10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28,
     28, 28, 30, 30, 26, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30},
    {10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26,
     26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28},
    {13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30,
     28, 30, 30, 30, 30, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30},
    {17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28,
     30, 24, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30},
};

/* Blocks, by level and version (the same table). */
static const uint8_t count[FORMAT_LEVELS][VERSION_MAX] = {
    {1, 1, 1, 1,  1,  2,  2,  2,  2,  4,  4,  4,  4,  4,  6,  6,  6,  6,  7,  8,
     8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25},
    {1,  1,  1,  2,  2,  4,  4,  4,  5,  5,  5,  8,  9,  9,  10, 10, 11, 13, 14, 16,
     17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49},
    {1,  1,  2,  2,  4,  4,  6,  6,  8,  8,  8,  10, 12, 16, 12, 17, 16, 18, 21, 20,
     23, 23, 25, 27, 29, 34, 34, 35, 38, 40, 43, 45, 48, 51, 53, 56, 59, 62, 65, 68},
    {1,  1,  2,  4,  4,  4,  5,  6,  8,  8,  11, 11, 16, 16, 18, 16, 19, 21, 25, 25,
     25, 34, 30, 32, 35, 37, 40, 42, 45, 48, 51, 54, 57, 60, 63, 66, 70, 74, 77, 81},
};

/* Codewords kept to detect wrong corrections: none from version 4 on (the same table). */
static const uint8_t protection[FORMAT_LEVELS][3] = {{3, 2, 1}, {2, 0, 0}, {1, 0, 0}, {1, 0, 0}};

int blocks_total(int version) {
    int size = version_size(version);
    int line[ALIGNMENT_LINES];
    int lines = alignment_lines(version, line);
    int modules = size * size - 3 * 64 - 2 * (size - 16) - FORMAT_COPIES * FORMAT_BITS - 1;
    if (lines > 0) {
        int on_timing = 2 * (lines - 2);
        modules -= (lines * lines - 3) * 25 - on_timing * 5;
    }
    if (version >= VERSION_WRITTEN) {
        modules -= 2 * 18;
    }
    return modules / 8;
}

struct blocks blocks_of(int version, enum format_level level) {
    int total = blocks_total(version);
    struct blocks out = {.count = count[level][version - 1], .check = check[level][version - 1]};
    int data = total - out.count * out.check;
    out.short_data = data / out.count;
    out.short_count = out.count - data % out.count;
    out.protection = version <= 3 ? protection[level][version - 1] : 0;
    return out;
}

int blocks_data(const struct blocks *blocks, int block) {
    return blocks->short_data + (block >= blocks->short_count);
}

int blocks_data_total(const struct blocks *blocks) {
    return blocks->count * blocks->short_data + blocks->count - blocks->short_count;
}

int blocks_place(const struct blocks *blocks, int block, int i) {
    int data = blocks_data(blocks, block);
    if (i >= data) {
        return blocks_data_total(blocks) + (i - data) * blocks->count + block;
    }
    int before = i < blocks->short_data ? block : block - blocks->short_count;
    return i * blocks->count + before;
}
