/* SPDX-License-Identifier: Apache-2.0 */
/* bitstream_bench: time from a sampled code's modules to its bytes, sound, damaged to the limit and beyond help, beside
 * zbar on a perfect drawing. */
#include <stdio.h>
#include <stdlib.h>

#include "symbol/decoding.h"
#include "symbol/scanner.h"
#include "symbol/version.h"
#include "tests/lib/bench.h"
#include "tests/lib/symbol_writer.h"

#define ROUNDS  31
#define VERSION 25
#define SIZE    (17 + 4 * VERSION)

/* One code, and what reads it. */
struct setting {
    struct bitstream bitstream;
    struct segments segments;
    struct scanner *scanner;
    enum err expected;
    uint8_t modules[SAMPLING_MODULES];
    float margins[SAMPLING_MODULES];
    uint8_t pixels[CANONICAL_SIDE_MAX * CANONICAL_SIDE_MAX];
};

static void expect(bool good, const char *what) {
    if (!good) {
        fprintf(stderr, "bitstream_bench: %s\n", what);
        exit(1);
    }
}

static void read_modules(void *ctx) {
    struct setting *s = ctx;
    expect(bitstream_read(&s->bitstream, s->modules, s->margins, SIZE, &s->segments) == s->expected,
           "the code is read otherwise");
}

static void check_drawing(void *ctx) {
    struct setting *s = ctx;
    enum decoding_opinion opinion = DECODING_UNREAD;
    struct span bytes = span_of_bytes(s->segments.bytes, s->segments.len);
    expect(scanner_check(s->scanner, s->pixels, CANONICAL_SIDE(SIZE, 1), bytes, &opinion) == ERR_OK &&
               opinion == DECODING_AGREES,
           "zbar does not agree");
}

/* A code of version 25-M: 1,000 bytes. */
static void make(struct setting *s) {
    struct symbol_bits bits = {0};
    symbol_bits_put(&bits, 4, 4);
    symbol_bits_put(&bits, 990, 16);
    for (unsigned i = 0; i < 990; i++) {
        symbol_bits_put(&bits, i * i % 251, 8);
    }
    symbol_writer_make(&bits, VERSION, FORMAT_M, 3, s->modules);
    for (int i = 0; i < SIZE * SIZE; i++) {
        s->margins[i] = (float)(i % 97);
    }
    s->expected = ERR_OK;
    read_modules(s);
}

/* Change so many codewords of each block. */
static void damage(struct setting *s, int errors) {
    struct blocks blocks = blocks_of(VERSION, FORMAT_M);
    make(s);
    for (int k = 0; k < blocks.count * errors; k++) {
        s->bitstream.codewords[blocks_place(&blocks, k % blocks.count, k / blocks.count)] ^= 0x55;
    }
    codewords_write(&s->bitstream.way, s->bitstream.codewords, 3, s->modules);
}

int main(void) {
    struct setting *s = calloc(1, sizeof *s);
    expect(s != NULL && scanner_start(&s->scanner) == ERR_OK, "no memory");
    make(s);
    canonical_draw(s->modules, SIZE, 1, s->pixels);
    bench_report("modules to bytes, version 25-M, sound", bench_median_us(read_modules, s, ROUNDS), "us",
                 "zbar on a drawing", bench_median_us(check_drawing, s, ROUNDS));
    damage(s, 14);
    bench_report("modules to bytes, version 25-M, 14 errors a block",
                 bench_median_us(read_modules, s, ROUNDS), "us", NULL, 0);
    damage(s, 40);
    s->expected = ERR_SYMBOL_CODEWORDS;
    bench_report("modules to bytes, version 25-M, beyond help", bench_median_us(read_modules, s, ROUNDS),
                 "us", NULL, 0);
    scanner_stop(s->scanner);
    free(s);
    return 0;
}
