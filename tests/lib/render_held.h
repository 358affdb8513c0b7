/* render_held: a code that is held still under a hard condition, frame after frame: what one frame lacks, another may
 * show. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_RENDER_HELD_H
#define TESTS_LIB_RENDER_HELD_H

#include "tests/lib/render_sets.h"

/* Kinds of such sequences, in turn by number: small modules, defocus, motion, low light, glare. */
#define RENDER_HELD_KINDS 5u
/* Frames of one. */
#define RENDER_HELD_FRAMES 12u

/*
 * A frame of a sequence. The hand trembles by a few pixels and about a degree, so that modules fall on other pixels,
 * blur points elsewhere, glare lies on other modules and noise is new.
 *
 * step  0 to RENDER_HELD_FRAMES - 1; frames of one sequence share a stage, that of step 0
 */
struct render_spec render_held_step(uint64_t seed, unsigned number, unsigned step);

#endif
