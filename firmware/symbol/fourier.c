/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/fourier.h"

#include <math.h>

static void swap(float *a, float *b) {
    float kept = *a;
    *a = *b;
    *b = kept;
}

static void swap_rows(struct fourier *f, int side, int a, int b) {
    for (int x = 0; x < side; x++) {
        swap(&f->real[a * side + x], &f->real[b * side + x]);
        swap(&f->imaginary[a * side + x], &f->imaginary[b * side + x]);
    }
}

/* Rows in the order of their numbers' bits read backwards. */
static void reverse_rows(struct fourier *f, int side) {
    for (int row = 1, back = 0; row < side; row++) {
        int bit = side / 2;
        for (; (back & bit) != 0; bit /= 2) {
            back ^= bit;
        }
        back |= bit;
        if (row < back) {
            swap_rows(f, side, row, back);
        }
    }
}

/* Two rows become their sum and their difference, the second one turned first. */
static void butterfly(struct fourier *f, int side, int upper, int lower, float cosine, float sine) {
    float *restrict ar = f->real + upper * side;
    float *restrict ai = f->imaginary + upper * side;
    float *restrict br = f->real + lower * side;
    float *restrict bi = f->imaginary + lower * side;
    for (int x = 0; x < side; x++) {
        float r = br[x] * cosine - bi[x] * sine;
        float i = br[x] * sine + bi[x] * cosine;
        br[x] = ar[x] - r;
        bi[x] = ai[x] - i;
        ar[x] += r;
        ai[x] += i;
    }
}

/* Every column transformed: whole rows at a time, which processors do many numbers at once. */
static void transform_columns(struct fourier *f, int side, double sign) {
    reverse_rows(f, side);
    for (int half = 1; half < side; half *= 2) {
        for (int k = 0; k < half; k++) {
            double angle = sign * M_PI * k / half;
            float cosine = (float)cos(angle);
            float sine = (float)sin(angle);
            for (int row = k; row < side; row += 2 * half) {
                butterfly(f, side, row, row + half, cosine, sine);
            }
        }
    }
}

static void transpose(struct fourier *f, int side) {
    for (int y = 0; y < side; y++) {
        for (int x = 0; x < y; x++) {
            swap(&f->real[y * side + x], &f->real[x * side + y]);
            swap(&f->imaginary[y * side + x], &f->imaginary[x * side + y]);
        }
    }
}

static void transform(struct fourier *f, int side, double sign) {
    for (int direction = 0; direction < 2; direction++) {
        transform_columns(f, side, sign);
        transpose(f, side);
    }
}

void fourier_forward(struct fourier *fourier, int side) {
    transform(fourier, side, -1);
}

void fourier_back(struct fourier *fourier, int side) {
    transform(fourier, side, 1);
    float part = 1.0f / (float)(side * side);
    for (int i = 0; i < side * side; i++) {
        fourier->real[i] *= part;
        fourier->imaginary[i] *= part;
    }
}
