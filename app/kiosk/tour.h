/* tour: once through the demo without anybody there: which scene got which verdict, and a picture of each
 * screen. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KIOSK_TOUR_H
#define KIOSK_TOUR_H

#include <stdbool.h>

#include "base/err.h"
#include "boards/board.h"
#include "paint/paint.h"
#include "screen/screen.h"

/* Scenes and pictures of one tour; a longer script's last ones are left out. */
#define TOUR_SCENES_MAX   64u
#define TOUR_ANSWERS_MAX  256u
#define TOUR_PICTURES_MAX 48u
#define TOUR_HINTS_MAX    64u

/* One scene of the script. */
struct tour_scene {
    char name[BOARD_SCENE_SIZE];
    int64_t first_frame_us; /* CLOCK_MONOTONIC */
};

/* What was answered to a picture. */
struct tour_answer {
    int64_t captured_us;        /* of the picture, the same clock */
    int64_t elapsed_us;         /* from the picture to the verdict */
    enum verdict_reason reason; /* REASON_TWO_CODES: asked to show one, no verdict */
};

/* What was said to whoever held a code that was not read. */
struct tour_hint {
    int64_t shown_us; /* on the same clock */
    enum screen_hint hint;
};

/* A moment to be drawn when all is over. */
struct tour_picture {
    struct screen_view view;
    struct paint_picture picture; /* the camera's then; its luma owned, NULL for none */
};

/* All zero, without a folder: no tour. */
struct tour {
    const char *folder;
    uint32_t scene_count, answer_count, picture_count, hint_count;
    struct tour_scene scenes[TOUR_SCENES_MAX];
    struct tour_answer answers[TOUR_ANSWERS_MAX];
    struct tour_hint hints[TOUR_HINTS_MAX];
    struct tour_picture *pictures[TOUR_PICTURES_MAX];
};

/* Note the scene that the camera shows; once a turn. */
void tour_scene(struct tour *tour, const struct board_scene *scene);

/* Note an answer; the first to a picture of a scene is the scene's. */
void tour_note(struct tour *tour, const struct tour_answer *answer);

/* Note what the scan screen says now; where a scene gets no answer, its first hint stands in the table. */
void tour_hint(struct tour *tour, enum screen_hint hint, int64_t shown_us);

/* Keep what is shown, the first time that it is: one picture a state, and one a reason. One with nothing but an
 * empty scene in it makes way for a later one. */
void tour_keep(struct tour *tour, const struct screen_view *view, const struct paint_picture *picture);

/* Keep the scan screen with each hint that a tour without clumsy hands has not met, over a picture that was met. */
void tour_keep_hints(struct tour *tour);

/*
 * Draw what was kept in every language, write FOLDER/tour.tsv and print the table.
 *
 * out  whether every scene got an answer
 *
 * ERR_FILE_WRITE, ERR_PAINT_DRAW
 */
MUST_USE enum err tour_finish(const struct tour *tour, struct paint *paint,
                              const struct catalogue catalogues[LANGUAGE_COUNT], bool *out);

void tour_close(struct tour *tour);

#endif
