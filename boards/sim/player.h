/* player: carries out a script: sends frames at the camera's rate and lets faults happen. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BOARDS_SIM_PLAYER_H
#define BOARDS_SIM_PLAYER_H

#include "boards/sim/scenery.h"
#include "boards/sim/link.h"
#include "boards/sim/script.h"
#include "boards/sim/sim_state.h"

/* A player. The caller fills scenery size, link, rate, folder and state, and keeps what they point to. */
struct player {
    struct link link;
    struct scenery scenery;
    uint32_t rate_fps;
    const char *folder;      /* files of a script are relative to it */
    const char *data;        /* the data folder, for sticks; NULL: there is none */
    struct sim_state *state; /* NULL: nobody asks for scene, clock and disk */
    struct board_scene scene;
    int64_t next_us; /* when the next frame is due */
    uint8_t *last;   /* the last picture's bytes, as sent, owned */
    size_t last_len;
};

/* Check that a step's file can be shown. Errors as of picture_from_file and scenery_show. */
MUST_USE enum err player_check(struct player *player, const struct script_step *step);

/* Do one step. ERR_CAMERA_GONE: nobody watches any more; else as player_check. */
MUST_USE enum err player_step(struct player *player, const struct script_step *step);

/* Show one picture's bytes for `amount` frames: of an MJPEG file, or of a picture that is no script's. Errors
 * as above. */
MUST_USE enum err player_show(struct player *player, struct span bytes, uint32_t amount);

/* Say that the script is over. */
void player_end(struct player *player);

/* Release what it made; the caller's things stay. */
void player_close(struct player *player);

#endif
