/* guidance: what keeps a code from being read, for whoever holds it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_GUIDANCE_H
#define SYMBOL_GUIDANCE_H

#include "symbol/patch.h"

/* What a picture shows. Zero is that nothing can be said. */
enum guidance {
    GUIDANCE_NOTHING = 0, /* no code, or one that no advice helps */
    GUIDANCE_READ,
    GUIDANCE_FAR,        /* its modules are too small for the camera */
    GUIDANCE_NEAR,       /* it is larger than the picture */
    GUIDANCE_BLURRED,    /* out of focus, or moved */
    GUIDANCE_DARK,       /* too little light on it, or from it */
    GUIDANCE_GLARE,      /* a lamp is mirrored in it */
    GUIDANCE_PARTLY_OUT, /* it lies across the picture's border */
    GUIDANCE_COUNT
};

/*
 * What to say of a picture that no code was read from. Its cost is that of looking at an eighth of the pixels.
 *
 * Texture alone decides, not finders, as they are what is missing when a code is blurred, far away or partly out: a
 * code is a part of the picture that is as busy along as down, half dark and half light, with paper or a dark screen
 * around it. Text is mostly paper, rooms and faces are calm between their edges. So the one thing it cannot know is
 * whether noise that looks like a code is one; it says nothing of any that is sharp and whole.
 *
 * cells    working memory
 * view     the whole picture, of any size
 * busiest  its best region (symbol/region.h), px; without any width where there is none
 */
enum guidance guidance_of(struct cells *cells, const struct view *view, struct box busiest);

/* "too far": in English, small letters, for reports; NULL outside the enum. Static. */
const char *guidance_name(enum guidance guidance);

#endif
