/* symbol_writer: codes made bit by bit, also such as no honest writer makes. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_SYMBOL_WRITER_H
#define TESTS_LIB_SYMBOL_WRITER_H

#include "base/span.h"
#include "symbol/bitstream.h"

/* Bits so far. All zero is none. */
struct symbol_bits {
    size_t count;
    uint8_t bytes[4096];
};

/* Append the lowest `width` bits of a value, the highest first. */
void symbol_bits_put(struct symbol_bits *bits, unsigned value, int width);

/* Append a segment of bytes with the count of versions 1 to 9. */
void symbol_bits_put_bytes(struct symbol_bits *bits, struct span bytes);

/* Append a structured append header. */
void symbol_bits_put_part(struct symbol_bits *bits, unsigned index, unsigned total, unsigned parity);

/* Whole bytes so far, the last one filled up with zeros. */
struct span symbol_bits_span(const struct symbol_bits *bits);

/* Make a code of these bits, padded as usual; too many are cut off. `modules` takes size x size. */
void symbol_writer_make(const struct symbol_bits *bits, int version, enum format_level level, int mask,
                        uint8_t *modules);

/* The check codewords of `len` data codewords, by long division. */
void symbol_writer_check(const uint8_t *data, int len, int check, uint8_t *out);

#endif
