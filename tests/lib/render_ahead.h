/* render_ahead: frames rendered by another process while this one measures the last. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_RENDER_AHEAD_H
#define TESTS_LIB_RENDER_AHEAD_H

#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

#include "tests/lib/render.h"

/* Gives the spec of each frame by its place in the order. */
typedef struct render_spec render_ahead_choice(void *ctx, unsigned place);

/* A frame that arrived; memory belongs to the stream and holds until the next. */
struct render_ahead_frame {
    struct render_spec spec;
    struct span payload, jpeg;
};

/* Frames as they come. */
struct render_ahead {
    pid_t renderer;
    FILE *from;
    unsigned place, count;
    render_ahead_choice *choice;
    void *ctx;
    uint8_t *memory;
};

/* Begin to render `count` frames. render_ahead_close it. */
void render_ahead_open(render_ahead_choice *choice, void *ctx, unsigned count, struct render_ahead *out);

/* Wait for the next; false: that was all. */
bool render_ahead_next(struct render_ahead *ahead, struct render_ahead_frame *out);

/* End the renderer. */
void render_ahead_close(struct render_ahead *ahead);

#endif
