/* render_sets: the rendered frames of the benchmark, as specs: set, seed and number say all. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_RENDER_SETS_H
#define TESTS_LIB_RENDER_SETS_H

#include "tests/lib/render_spec.h"

enum render_set {
    RENDER_KIOSK = 0, /* what people do at a kiosk */
    RENDER_HARD,      /* what they should not do */
    RENDER_NEGATIVE,  /* no code at all */
    RENDER_SETS
};

/* Frames of one sequence. */
#define RENDER_SEQUENCE_FRAMES 30u

/* How a set is called, and how many conditions it has. */
const char *render_sets_name(enum render_set set);
unsigned render_sets_conditions(enum render_set set);

/*
 * The frame of a number. Numbers go around the conditions, and more slowly around versions and sizes, so that
 * any count of frames from zero on is spread over all of them.
 */
struct render_spec render_sets_frame(enum render_set set, uint64_t seed, unsigned number);

/*
 * A frame of a sequence in which one code is brought before the camera: approaching, shaking or while the
 * lens looks for focus, in turn by number. step: 0 to RENDER_SEQUENCE_FRAMES - 1. Frames of one sequence
 * share a stage, that of step 0.
 */
struct render_spec render_sets_step(uint64_t seed, unsigned number, unsigned step);

#endif
