/* cborfloat: numbers of 16 and 32 bits as double, and back where nothing is lost (RFC 8949 section 3.3). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CODEC_CBORFLOAT_H
#define CODEC_CBORFLOAT_H

#include <stddef.h>
#include <stdint.h>

/* The value of a float of `bytes` bytes: 2, 4 or 8 (IEEE 754 binary16, binary32, binary64). */
double cborfloat_value(uint64_t bits, size_t bytes);

/* The least number of bytes that holds it exactly, and its bits; every NaN is 7e00 in two. */
size_t cborfloat_shortest(double real, uint64_t *bits);

#endif
