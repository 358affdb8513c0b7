/* reader_scene: a locked reader with a pipe for a camera, shown pictures one after the other, for tests. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_READER_SCENE_H
#define TESTS_LIB_READER_SCENE_H

#include "frame/frame.h"
#include "tests/lib/reader_rig.h"

struct reader_scene {
    struct reader_rig reader;
    int camera; /* where frames are written */
};

/* Give it a camera; the end of the one before is the caller's to close. 0, or -1 without a pipe. */
int reader_scene_plug(struct reader_scene *scene, enum message_type type, uint32_t flags);

/* Set-up of a test: a reader whose orders have these flags; one scene at a time. */
int reader_scene_start(void **state, uint32_t flags);

/* Tear-down: it must still be there, and leave in peace. */
int reader_scene_stop(void **state);

/* A picture as a frame, which points into it. */
struct frame reader_scene_frame(const struct grey *picture);

/* Show a picture; the second frees it. */
void reader_scene_show(struct reader_scene *scene, const struct grey *picture);
void reader_scene_show_and_free(struct reader_scene *scene, struct grey picture);

/* The next news is this code. */
void reader_scene_expect(struct reader_scene *scene, struct span expected);

/* Whatever was shown before did not kill it: it reads a code of this text. */
void reader_scene_reads_on(struct reader_scene *scene, const char *text);

#endif
