/* fourier: what waves a square of a picture is made of. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_FOURIER_H
#define SYMBOL_FOURIER_H

/* The largest square, pixels a side. */
#define FOURIER_SIDE_MAX 256
#define FOURIER_MAX      (FOURIER_SIDE_MAX * FOURIER_SIDE_MAX)

/* Complex numbers, row after row without gaps. Half a megabyte. */
struct fourier {
    float real[FOURIER_MAX];
    float imaginary[FOURIER_MAX];
};

/*
 * The discrete Fourier transform in both directions, in place (Cooley and Tukey, by powers of two). Place (x, y)
 * then holds the wave of x / side and y / side cycles a pixel; places above half the side, those less one cycle.
 *
 * side  8, 16, 32, 64, 128 or 256
 */
void fourier_forward(struct fourier *fourier, int side);

/* Its inverse. */
void fourier_back(struct fourier *fourier, int side);

/* Cycles a pixel of a row or column. */
static inline double fourier_cycles(int index, int side) {
    return (double)(index < side / 2 ? index : index - side) / side;
}

#endif
