/* blur: how a lens out of focus, or a hand that moved, spread each place of a picture: told from the picture alone. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_BLUR_H
#define SYMBOL_BLUR_H

#include "symbol/fourier.h"
#include "symbol/view.h"

/* The square that waves are measured in, pixels a side; smaller pictures tell nothing. */
#define BLUR_SIDE 128
/* Waves that are looked at: of 0.03 to 0.36 cycles a pixel, half of all directions; the others say the same. */
#define BLUR_WAVES 3400
/* Terms of the smooth curve that a sharp picture's waves follow. */
#define BLUR_TERMS 4

enum blur_kind {
    BLUR_DISC,   /* out of focus: a disc */
    BLUR_STREAK, /* moved: a line */
    BLUR_KINDS
};

struct blur {
    enum blur_kind kind;
    double reach_px; /* radius of the disc, or length of the line */
    double angle;    /* of the line, radians from the x axis towards y */
    double sure;     /* correlation with what the picture's waves lack: 0 nothing, 1 all of it */
};

/* One wave. */
struct blur_wave {
    float x, y;     /* cycles a pixel */
    float distance; /* of both */
    float strength; /* logarithm, less the smooth curve; squares sum up to one */
    float term[BLUR_TERMS];
};

/* Working memory, a megabyte. */
struct blur_memory {
    struct fourier fourier;
    float power[BLUR_SIDE * BLUR_SIDE];
    int count;
    struct blur_wave waves[BLUR_WAVES];
};

/*
 * The likeliest blur of either kind. A disc or a line leaves out certain waves altogether, of a code as of any
 * other picture with much detail (Gennery 1973); so the strengths of a picture's waves, less a smooth curve of
 * their length, are compared with those that each blur would leave.
 *
 * out  by kind; `sure` is 0 where the view is too small
 */
void blur_estimate(struct blur_memory *memory, const struct view *view, struct blur out[BLUR_KINDS]);

/* The one to undo, or NULL where the picture shows neither: a blur that is there is far surer than chance. */
const struct blur *blur_choose(const struct blur estimates[BLUR_KINDS]);

/* What a blur leaves of a wave: 1 all, 0 nothing, below zero turned round. */
double blur_leaves(const struct blur *blur, double x_cycles, double y_cycles);

#endif
