/* SPDX-License-Identifier: Apache-2.0 */
#include "codec/cborfloat.h"

#include <math.h>
#include <string.h>

#define HALF_SIGN     0x8000u
#define HALF_NAN      0x7e00u
#define HALF_INFINITE 0x7c00u
/* Of binary16: the exponent of the smallest numbers, and of the largest. */
#define HALF_EXPONENT_LEAST (-24)
#define HALF_EXPONENT_MOST  15

static double half_value(uint32_t bits) {
    int exponent = (int)(bits >> 10 & 0x1F);
    int mantissa = (int)(bits & 0x3FF);
    double value = exponent == 0    ? ldexp(mantissa, HALF_EXPONENT_LEAST)
                   : exponent == 31 ? (mantissa == 0 ? (double)INFINITY : (double)NAN)
                                    : ldexp(mantissa + 1024, exponent - 25);
    return (bits & HALF_SIGN) != 0 ? -value : value;
}

static double single_value(uint32_t bits) {
    float value;
    memcpy(&value, &bits, sizeof value);
    return (double)value;
}

double cborfloat_value(uint64_t bits, size_t bytes) {
    double value;
    if (bytes == 2) {
        return half_value((uint32_t)bits);
    }
    if (bytes == 4) {
        return single_value((uint32_t)bits);
    }
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* The bits of a finite number that is not negative as binary16, where that is exact; else HALF_NAN. */
static uint32_t half_of(double size) {
    int exponent = 0;
    double steps = ldexp(size, -HALF_EXPONENT_LEAST);
    if (steps < 1024 && steps == floor(steps)) {
        return (uint32_t)steps;
    }
    double fraction = frexp(size, &exponent) * 2048;
    if (exponent - 1 > HALF_EXPONENT_MOST || exponent < -13 || fraction != floor(fraction)) {
        return HALF_NAN;
    }
    return (uint32_t)(exponent + 14) << 10 | ((uint32_t)fraction & 0x3FF);
}

size_t cborfloat_shortest(double real, uint64_t *bits) {
    uint32_t sign = signbit(real) ? HALF_SIGN : 0;
    uint32_t half = isnan(real) ? HALF_NAN : isinf(real) ? HALF_INFINITE : half_of(fabs(real));
    if (isnan(real) || half != HALF_NAN) {
        *bits = isnan(real) ? HALF_NAN : sign | half;
        return 2;
    }
    float single = (float)real;
    if ((double)single == real) {
        uint32_t word;
        memcpy(&word, &single, sizeof word);
        *bits = word;
        return 4;
    }
    memcpy(bits, &real, sizeof real);
    return 8;
}
