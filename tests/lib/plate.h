/* plate: a code on an even ground, seen from anywhere, drawn without noise: for tests that know every place. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_PLATE_H
#define TESTS_LIB_PLATE_H

#include "frame/frame.h"
#include "symbol/view.h"
#include "tests/lib/render_code.h"

/* How a code stands in a picture. */
struct plate {
    const struct render_code *code;
    double module_px;      /* in the middle of the code */
    struct point middle;   /* px, of the code */
    double turn_degrees;   /* clockwise */
    double tilt_x, tilt_y; /* perspective: how much nearer per side of the code, 0 to about 0.4 */
    double
        bulge; /* of a lens: places move by this part times the square of their distance from the middle, in
                             sides */
    double ripple; /* of creased paper: rows swing by so many modules, once along the code */
    double
        bow; /* of bent paper: columns move down by so many modules at both sides, by the square of the distance
                      from the middle */
    struct box cover; /* modules under something as light as the paper; none where it is 0 wide */
    bool inverted;    /* light on dark */
    bool mirrored;
    double blur_px; /* deviation of a normal blur */
};

/* Module coordinates of a place. */
struct point plate_module(const struct plate *plate, struct point at);

/* Draw it; the caller's to free(). */
struct grey plate_draw(const struct plate *plate, uint32_t width_px, uint32_t height_px);

/* A code of that version, level L, filled with bytes of a seed, that stands upright in the middle of a picture of
 * plate_side() pixels. */
struct plate plate_of(const struct render_code *code, double module_px);

/* Side of a square picture in which the code has room whichever way it is turned. */
uint32_t plate_side(const struct plate *plate);

/* A code of random bytes. */
void plate_code(unsigned version, struct render_code *out);

#endif
