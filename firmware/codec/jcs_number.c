/* SPDX-License-Identifier: Apache-2.0 */
#include "codec/jcs.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* A number as 0.DIGITS times ten to the `point`. */
struct decimal {
    char digits[24];
    int count;
    int point;
};

/* Digits that any double survives being written with, and digits that survive being read into one. */
#define DIGITS_MAX  17
#define DIGITS_SURE DBL_DIG

/* The closest decimal of `count` digits to a positive number, by the C library, which rounds exactly. */
static struct decimal nearest(double number, int count) {
    char text[40];
    snprintf(text, sizeof text, "%.*e", count - 1, number);
    struct decimal decimal = {.count = count};
    decimal.digits[0] = text[0];
    memcpy(decimal.digits + 1, text + (count > 1 ? 2 : 1), (size_t)(count - 1));
    decimal.point = (int)strtol(strchr(text, 'e') + 1, NULL, 10) + 1;
    return decimal;
}

static bool reads_back(const struct decimal *decimal, double number) {
    char text[40];
    snprintf(text, sizeof text, "0.%.*se%d", decimal->count, decimal->digits, decimal->point);
    return strtod(text, NULL) == number;
}

/* The next decimal of as many digits. */
static struct decimal above(struct decimal decimal) {
    int i = decimal.count - 1;
    while (i >= 0 && decimal.digits[i] == '9') {
        decimal.digits[i--] = '0';
    }
    if (i >= 0) {
        decimal.digits[i]++;
        return decimal;
    }
    decimal.digits[0] = '1';
    decimal.point++;
    return decimal;
}

/*
 * The shortest that reads back. At a power of two the doubles above lie twice as far as those below, so that
 * the closest decimal may fail where the next one up does not.
 */
static struct decimal shortest(double number) {
    int exponent = 0;
    bool power_of_two = frexp(number, &exponent) == 0.5;
    for (int count = number < DBL_MIN ? 1 : DIGITS_SURE; count < DIGITS_MAX; count++) {
        struct decimal decimal = nearest(number, count);
        if (reads_back(&decimal, number)) {
            return decimal;
        }
        decimal = above(decimal);
        if (power_of_two && reads_back(&decimal, number)) {
            return decimal;
        }
    }
    return nearest(number, DIGITS_MAX);
}

/* ECMA-262 Number::toString, steps 6 to 10; n is the point, k the count of digits. */
static void layout(const struct decimal *d, const char *sign, char out[JCS_NUMBER_CHARS]) {
    int n = d->point;
    int k = d->count;
    if (n > 0 && n <= 21) {
        int whole = k < n ? k : n;
        snprintf(out, JCS_NUMBER_CHARS, "%s%.*s%.*s%s%.*s", sign, whole, d->digits, n - whole,
                 "000000000000000000000", k > n ? "." : "", k - whole, d->digits + whole);
    } else if (n > -6 && n <= 0) {
        snprintf(out, JCS_NUMBER_CHARS, "%s0.%.*s%.*s", sign, -n, "000000", k, d->digits);
    } else {
        snprintf(out, JCS_NUMBER_CHARS, "%s%c%s%.*se%c%d", sign, d->digits[0], k > 1 ? "." : "", k - 1,
                 d->digits + 1, n > 0 ? '+' : '-', abs(n - 1));
    }
}

void jcs_number(double number, char out[JCS_NUMBER_CHARS]) {
    if (number == trunc(number) && fabs(number) < 1e15) {
        snprintf(out, JCS_NUMBER_CHARS, "%lld", (long long)number);
        return;
    }
    struct decimal decimal = shortest(fabs(number));
    while (decimal.count > 1 && decimal.digits[decimal.count - 1] == '0') {
        decimal.count--;
    }
    layout(&decimal, number < 0 ? "-" : "", out);
}
