/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/symbol_writer.h"

#include "symbol/canonical.h"
#include "symbol/version.h"

void symbol_bits_put(struct symbol_bits *bits, unsigned value, int width) {
    for (int i = width - 1; i >= 0 && bits->count < 8 * sizeof bits->bytes; i--, bits->count++) {
        bits->bytes[bits->count / 8] |= (uint8_t)((value >> i & 1) << (7 - bits->count % 8));
    }
}

void symbol_bits_put_bytes(struct symbol_bits *bits, struct span bytes) {
    symbol_bits_put(bits, 4, 4);
    symbol_bits_put(bits, (unsigned)bytes.len, 8);
    for (size_t i = 0; i < bytes.len; i++) {
        symbol_bits_put(bits, bytes.ptr[i], 8);
    }
}

void symbol_bits_put_part(struct symbol_bits *bits, unsigned index, unsigned total, unsigned parity) {
    symbol_bits_put(bits, 3, 4);
    symbol_bits_put(bits, index, 4);
    symbol_bits_put(bits, total - 1, 4);
    symbol_bits_put(bits, parity, 8);
}

struct span symbol_bits_span(const struct symbol_bits *bits) {
    return span_of_bytes(bits->bytes, (bits->count + 7) / 8);
}

/* Bit by bit, unlike the tables of what is tested. */
static uint8_t multiply(unsigned a, unsigned b) {
    unsigned product = 0;
    for (int i = 7; i >= 0; i--) {
        product = product << 1 ^ (product >> 7) * 0x11D;
        product ^= (b >> i & 1) * a;
    }
    return (uint8_t)product;
}

void symbol_writer_check(const uint8_t *data, int len, int check, uint8_t *out) {
    uint8_t generator[REED_SOLOMON_CHECK_MAX + 1] = {1};
    unsigned root = 1;
    for (int degree = 0; degree < check; degree++, root = multiply(root, 2)) {
        for (int i = degree + 1; i > 0; i--) {
            generator[i] ^= multiply(generator[i - 1], root);
        }
    }
    memset(out, 0, (size_t)check);
    for (int at = 0; at < len; at++) {
        uint8_t factor = data[at] ^ out[0];
        memmove(out, out + 1, (size_t)check - 1);
        out[check - 1] = 0;
        for (int i = 0; i < check; i++) {
            out[i] ^= multiply(generator[i + 1], factor);
        }
    }
}

static void pad(const struct symbol_bits *bits, int total, uint8_t *data) {
    struct span span = symbol_bits_span(bits);
    int used = (int)span.len + (bits->count % 8 > 4 || bits->count % 8 == 0); /* a terminator of four bits */
    for (int i = 0; i < total; i++) {
        data[i] = i < (int)span.len ? span.ptr[i] : i < used ? 0 : (i - used) % 2 == 0 ? 0xEC : 0x11;
    }
}

void symbol_writer_make(const struct symbol_bits *bits, int version, enum format_level level, int mask,
                        uint8_t *modules) {
    static struct bitstream made;
    uint8_t data[BLOCKS_TOTAL_MAX], check[REED_SOLOMON_CHECK_MAX];
    struct blocks blocks = blocks_of(version, level);
    const uint8_t *next = data;
    pad(bits, blocks_data_total(&blocks), data);
    codewords_lead(&made.way, version_size(version));
    for (int block = 0; block < blocks.count; block++) {
        int len = blocks_data(&blocks, block);
        symbol_writer_check(next, len, blocks.check, check);
        for (int i = 0; i < len + blocks.check; i++) {
            made.codewords[blocks_place(&blocks, block, i)] = i < len ? next[i] : check[i - len];
        }
        next += len;
    }
    made.format = (struct format){level, mask};
    bitstream_draw(&made, modules);
}
