/* pattern: one alignment pattern, searched around the place where it should be. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_PATTERN_H
#define SYMBOL_PATTERN_H

#include "symbol/tangent.h"

/* A pattern counts when its light ring is lighter than its dark modules by this part of the finders' contrast. */
#define PATTERN_SEEN_PART 0.40

/*
 * Search a square for an alignment pattern (ISO/IEC 18004, 6.3.6): dark, 5 x 5 modules, with a light ring.
 *
 * view   in the code's polarity
 * near   around the place that is expected
 * reach  modules to either side
 * off    set to where it is most like one, modules from the expected place
 *
 * Returns how much lighter the ring is than what is dark, grey levels, at most 255.
 */
double pattern_search(const struct view *view, const struct tangent *near, double reach, struct point *off);

#endif
