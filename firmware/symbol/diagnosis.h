/* diagnosis: why no code was read from a picture, by the texture of what it shows. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_DIAGNOSIS_H
#define SYMBOL_DIAGNOSIS_H

#include "symbol/guidance.h"
#include "symbol/patch.h"

/*
 * What to say of a picture that no code was read from. Its cost is that of reading half of the pixels once.
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
enum guidance diagnosis_of(struct cells *cells, const struct view *view, struct box busiest);

#endif
