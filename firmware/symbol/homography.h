/* homography: a plane in space as a camera sees it: modules to pixels and back. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_HOMOGRAPHY_H
#define SYMBOL_HOMOGRAPHY_H

#include "symbol/view.h"

/*
 * Module coordinates (u, v): u to the right and v down a code that stands upright; (0, 0) is the outer corner of
 * its upper left finder, (size, size) the corner without a finder, (u + 0.5, v + 0.5) the middle of a module.
 */
struct homography {
    struct point origin; /* px, where the normalised picture begins */
    double scale_px;
    double to_picture[9]; /* rows of the 3 x 3 matrix, modules to normalised picture */
    double to_modules[9];
};

/* A place whose module coordinate is known along one axis. */
struct constraint {
    struct point at; /* px */
    bool along_v;    /* the coordinate is v, not u */
    bool from_end;   /* it is counted from the far side: the size is added */
    double module;
    double weight;
};

/*
 * The homography that meets the constraints best, by least squares.
 *
 * origin, scale_px  about the middle and the size of the code, for sound numbers
 * size              modules a side
 * rms               set to the root of the mean squared error, modules
 *
 * Returns false where the constraints do not determine one.
 */
bool homography_fit(const struct constraint *constraints, int count, int size, struct point origin,
                    double scale_px, struct homography *out, double *rms);

/* Place in the picture, px, of module coordinates. */
struct point homography_place(const struct homography *homography, double u, double v);

/* Module coordinates (x is u, y is v) of a place in the picture, px. */
struct point homography_module(const struct homography *homography, struct point at);

/* How far a constraint is missed, modules. */
double homography_miss(const struct homography *homography, const struct constraint *constraint, int size);

#endif
