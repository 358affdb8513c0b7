/* SPDX-License-Identifier: Apache-2.0 */
#include "boards/board.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "boards/linux/linux_clock.h"
#include "boards/linux/v4l2_camera.h"
#include "boards/sim/sim_camera.h"
#include "boards/sim/sim_clock.h"

struct board_state {
    struct sim_state *sim; /* board sim alone */
    struct sim_camera camera;
};

static bool is_sim(const struct board *board) {
    return board->profile.camera == PROFILE_CAMERA_SIM;
}

/* Board sim: its state comes first, so that the store heeds it and the script can set the clock. */
static enum err open_sim(struct board *board, const struct board_wish *wish, int folder,
                         struct profile_complaint *why) {
    TRY(sim_state_create(folder, &board->state->sim));
    board->clock = sim_clock(board->state->sim);
    TRY(store_open(folder, &board->store));
    return sim_camera_start(&board->state->camera, wish, &board->profile, why);
}

/* A real board: what an earlier simulation left in the folder must not make its store fail. */
static enum err open_real(struct board *board, int folder) {
    unlinkat(folder, SIM_STATE_FILE, 0);
    board->clock = linux_clock(board->profile.rtc);
    return store_open(folder, &board->store);
}

static enum err open_ports(struct board *board, const struct board_wish *wish,
                           struct profile_complaint *why) {
    board->state = calloc(1, sizeof *board->state);
    if (board->state == NULL) {
        return ERR_NO_MEMORY;
    }
    int folder = open(wish->data, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) {
        return ERR_STORE_READ;
    }
    enum err err = is_sim(board) ? open_sim(board, wish, folder, why) : open_real(board, folder);
    close(folder);
    return err;
}

enum err board_open(const struct board_wish *wish, struct board *out, struct profile_complaint *why) {
    struct board board = {0};
    TRY(profile_find(wish->profiles, wish->name, &board.profile, why));
    why->text[0] = '\0';
    enum err err = open_ports(&board, wish, why);
    if (err != ERR_OK) {
        board_close(&board);
        return err;
    }
    *out = board;
    return ERR_OK;
}

enum err board_open_camera(struct board *board, enum camera_kind *kind, int *descriptor,
                           struct camera_wish *wish) {
    const struct profile *profile = &board->profile;
    if (is_sim(board)) {
        TRY(sim_camera_open(&board->state->camera, descriptor));
    } else {
        TRY(v4l2_camera_find(profile->camera_match, descriptor));
    }
    *kind = is_sim(board) ? CAMERA_PIPE : CAMERA_V4L2;
    *wish = (struct camera_wish){profile->camera_width_px, profile->camera_height_px,
                                 profile->camera_rate_fps, false};
    return ERR_OK;
}

bool board_scene(const struct board *board, struct board_scene *out) {
    if (board->state == NULL || board->state->sim == NULL) {
        return false;
    }
    sim_state_scene(board->state->sim, out);
    return true;
}

bool board_touch(const struct board *board, uint32_t number, char out[BOARD_TOUCH_SIZE]) {
    return board->state != NULL && board->state->sim != NULL &&
           sim_state_touched(board->state->sim, number, out);
}

int board_child(const struct board *board) {
    return board->state == NULL ? 0 : (int)board->state->camera.child;
}

void board_close(struct board *board) {
    if (board->state != NULL) {
        sim_camera_stop(&board->state->camera);
    }
    if (board->store.ctx != NULL) {
        store_close(&board->store);
    }
    if (board->state != NULL) {
        sim_state_close(board->state->sim);
    }
    free(board->state);
    *board = (struct board){0};
}
