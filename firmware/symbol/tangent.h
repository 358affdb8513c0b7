/* tangent: the paper near a place, taken as flat and as seen from afar: a module's step is the same everywhere. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_TANGENT_H
#define SYMBOL_TANGENT_H

#include "symbol/view.h"

struct tangent {
    struct point at;   /* px */
    struct point u, v; /* px of one module along each axis of the code */
};

/* Place in the picture, px, so many modules away. */
static inline struct point tangent_place(const struct tangent *tangent, double u, double v) {
    return (struct point){tangent->at.x + u * tangent->u.x + v * tangent->v.x,
                          tangent->at.y + u * tangent->u.y + v * tangent->v.y};
}

#endif
