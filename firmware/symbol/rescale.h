/* rescale: smaller, softer and larger versions of a picture, for codes that are read in none other. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_RESCALE_H
#define SYMBOL_RESCALE_H

#include "symbol/view.h"

/* Each writes lines of `width_px` pixels without gaps into `pixels`, which has room for them and does not overlap
 * the view, and returns a view of it. */

/* Half the sides, each pixel the mean of four. */
struct view rescale_half(const struct view *view, uint8_t *pixels);

/* The same size, blurred by 3 x 3 binomial weights. The view is at least 3 x 3. */
struct view rescale_blurred(const struct view *view, uint8_t *pixels);

/*
 * Twice the sides: sharpened by half of what differs from the mean of 3 x 3, then cubic interpolation (Catmull
 * and Rom) at quarter pixels.
 *
 * spare  room for three times the view's pixels, for steps on the way
 */
struct view rescale_double(const struct view *view, uint8_t *spare, uint8_t *pixels);

/*
 * Each pixel becomes `times` x `times` of its brightness, and a frame is drawn around, of the brightness that the
 * picture's corners have not: a drawing without its quiet zone gets one.
 *
 * frame_px  width of the frame, of the larger picture
 * pixels    room for (times * width + 2 * frame_px) x (times * height + 2 * frame_px)
 */
struct view rescale_framed(const struct view *view, int times, int frame_px, uint8_t *pixels);

#endif
