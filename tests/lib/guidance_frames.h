/* guidance_frames: rendered frames of which is known what should be said to whoever holds the code. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_GUIDANCE_FRAMES_H
#define TESTS_LIB_GUIDANCE_FRAMES_H

#include "symbol/guidance.h"
#include "tests/lib/render_spec.h"

/* A kind of frame. */
struct guidance_frames {
    const char *name;
    enum guidance expected;
    enum guidance also; /* no mistake either */
    /* Turns a usual frame into one of the kind. side_modules: of the code */
    void (*make)(struct render_dice *dice, struct render_spec *spec, double side_modules);
};

extern const struct guidance_frames guidance_frames[];
extern const unsigned guidance_frames_count;

/* The spec of a frame; numbers go around versions and sizes of the picture. */
struct render_spec guidance_frames_spec(const struct guidance_frames *kind, uint64_t seed, unsigned number);

#endif
