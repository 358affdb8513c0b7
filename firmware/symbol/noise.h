/* noise: how much the calmest parts of a picture tremble. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_NOISE_H
#define SYMBOL_NOISE_H

#include "symbol/view.h"

/*
 * Mean difference of pixels two apart, grey levels, in the calmest fifth of a view: 1.13 times the deviation of a
 * camera's noise where that fifth is blank. Where a code fills the view, at most half of the code's contrast, as no
 * more than half of its modules differ from their neighbours. From every eighth line.
 */
double noise_of(const struct view *view);

#endif
