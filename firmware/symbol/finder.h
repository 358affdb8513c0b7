/* finder: one finder pattern, from a guess to a fraction of a pixel. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_FINDER_H
#define SYMBOL_FINDER_H

#include "symbol/threshold.h"
#include "symbol/view.h"

/*
 * A finder pattern is dark 3 x 3 modules, a light ring and a dark ring, in ratios of 1:1:3:1:1 along every
 * line through its middle (ISO/IEC 18004, 6.3.3 and the reference decoding algorithm).
 */
struct finder {
    struct point centre; /* px */
    double module_px;
    double level;    /* between its dark and its light, in the view that fits its polarity */
    double contrast; /* light less dark, above zero */
    bool inverted;   /* light on dark */
    int votes;       /* lines of the picture that crossed it */
    int round;       /* of looking closely, in which it was found, from 0 */
    bool taken;      /* it stands in or beside a code that was read: it belongs to no other */
};

/* The finder reaches so many modules from its middle; a ray looks a little further. */
#define FINDER_REACH 8.0

/*
 * Walk from a dark place along a ray to the first three changes between dark and light.
 *
 * step      direction of unit length
 * reach_px  how far
 * edges     distances in px; for a finder's centre at 1.5, 2.5 and 3.5 modules
 *
 * Returns how many changes were found, 0 to 3; 0 where the start is light.
 */
int finder_ray(const struct view *view, struct point from, struct point step, double level, double reach_px,
               double edges[3]);

/*
 * Module size along a direction, from the light ring's and the dark ring's edges on both sides, where ink that
 * spread or screens that glow cancel out.
 *
 * growth  how far dark reaches beyond its modules on each edge, in modules; below zero where light spreads
 *
 * Returns px, or 0 where the rings are not found.
 */
double finder_module(const struct view *view, const struct finder *finder, struct point step, double *growth);

/*
 * Whether there is a finder pattern around a place, and where exactly. The level is first that of the
 * neighbourhood, then halfway between the dark and the light of the pattern itself.
 *
 * view       in the polarity that makes the finder dark on light
 * near       a place in its core
 * module_px  a guess, right within a factor of two
 * out        set when it is one; votes is 1
 */
bool finder_confirm(const struct view *view, const struct threshold *threshold, struct point near,
                    double module_px, struct finder *out);

#endif
