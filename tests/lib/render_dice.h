/* render_dice: numbers that look thrown and depend on a seed alone, the same on every machine. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_RENDER_DICE_H
#define TESTS_LIB_RENDER_DICE_H

#include <stdbool.h>
#include <stdint.h>

/* SplitMix64 (Steele, Lea, Flood 2014). All zero is a good start. */
struct render_dice {
    uint64_t state;
};

/* Dice of their own for one purpose: no two (seed, stream) share their numbers. */
struct render_dice render_dice_of(uint64_t seed, uint64_t stream);

/* 64 even bits. */
uint64_t render_dice_next(struct render_dice *dice);

/* An even number from `from` up to `to`, which it does not reach. */
double render_dice_between(struct render_dice *dice, double from, double to);

/* 0 to count - 1; count is at least 1. */
unsigned render_dice_below(struct render_dice *dice, unsigned count);

/* True so often, 0 to 1. */
bool render_dice_chance(struct render_dice *dice, double often);

/* Nearly normal, mean 0 and deviation 1, no further out than 3.5: four even numbers added. */
double render_dice_normal(struct render_dice *dice);

#endif
