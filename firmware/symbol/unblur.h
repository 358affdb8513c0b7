/* unblur: a blurred picture as it would be in focus and at rest. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_UNBLUR_H
#define SYMBOL_UNBLUR_H

#include "symbol/blur.h"

/* Working memory, 0.8 MB. */
struct unblur {
    struct fourier square;
    float filter[FOURIER_MAX];
};

/*
 * Undo a blur: each wave is made as strong as it was, as far as it stands out of the noise (Wiener's filter).
 *
 * pixels  room for the view's pixels, lines without gaps; does not overlap the view
 *
 * Returns a view of `pixels`.
 */
struct view unblur_view(struct unblur *memory, const struct view *view, const struct blur *blur,
                        uint8_t *pixels);

#endif
