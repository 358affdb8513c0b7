/* outline: where the edges of a finder pattern lie, as constraints on the code's geometry. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_OUTLINE_H
#define SYMBOL_OUTLINE_H

#include "symbol/finder.h"
#include "symbol/homography.h"
#include "symbol/triples.h"

/* Four sides of nine points on the outer edge and five on the core's. */
#define OUTLINE_MAX (4 * (9 + 5))

/*
 * Trace the outer edge of the dark ring and the edge of the core (3.5 and 1.5 modules from the middle) at points
 * half a module apart.
 *
 * view           in the finder's polarity
 * corner         CORNER_ORIGIN, CORNER_U or CORNER_V: where in the code the finder stands
 * u_step, v_step the code's axes there, unit length, px
 * out            OUTLINE_MAX places
 *
 * Returns how many were set.
 */
int outline_trace(const struct view *view, const struct finder *finder, int corner, struct point u_step,
                  struct point v_step, struct constraint *out);

#endif
