/* corner: a finder's own axes: where the modules of one corner of a code lie, whatever the rest of the paper does. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_CORNER_H
#define SYMBOL_CORNER_H

#include "symbol/outline.h"
#include "symbol/tangent.h"

/*
 * Fit a finder's axes to its own edges, by least squares. They hold for about ten modules around.
 *
 * view    in the finder's polarity
 * which   CORNER_ORIGIN, CORNER_U or CORNER_V
 * u, v    about where the axes point, unit length; 30 degrees off is near enough
 * out     at the finder's middle
 *
 * Returns false where too few edges are seen.
 */
bool corner_fit(const struct view *view, const struct finder *finder, int which, struct point u,
                struct point v, struct tangent *out);

#endif
