/* board: how a machine reaches the world: a profile and its ports. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BOARDS_BOARD_H
#define BOARDS_BOARD_H

#include <stdbool.h>

#include "boards/camera.h"
#include "boards/clock.h"
#include "boards/profile.h"
#include "boards/store.h"

/* Name of a scene with its terminator. */
#define BOARD_SCENE_SIZE 64u
/* Name of what a script touches, with its terminator. */
#define BOARD_TOUCH_SIZE 16u

/* What is asked for. Texts are borrowed until board_open returns. */
struct board_wish {
    const char *name;     /* NULL: found by device tree */
    const char *profiles; /* folder of the .ini files */
    const char *data;     /* the data folder */
    const char *programs; /* folder of credkiosk-simcam; board sim alone */
    const char *play;     /* board sim: picture, folder, MJPEG file or script; NULL: an empty scene */
    bool loop;            /* board sim: play it again and again */
};

/* An open board. All zero is none. */
struct board {
    struct profile profile;
    struct clock_port clock;
    struct store_port store;
    struct board_state *state; /* the ports' */
};

/* What the simulated camera shows at present. */
struct board_scene {
    uint32_t number; /* from 1; 0 before the first */
    char name[BOARD_SCENE_SIZE];
    int64_t first_frame_us; /* CLOCK_MONOTONIC when its first frame with a picture was sent; 0: none yet */
    bool ended;             /* the script is over; an empty scene follows */
};

/*
 * Open a board: read its profile and make its clock and store.
 *
 * ERR_PROFILE     `why` names file, line and accepted values
 * ERR_STORE_READ, ERR_STORE_WRITE  the data folder cannot be opened, or written to
 * ERR_SCRIPT, ERR_CAMERA_REFUSED   board sim: `why` says what of the play cannot be shown
 * ERR_NO_MEMORY
 */
MUST_USE enum err board_open(const struct board_wish *wish, struct board *out, struct profile_complaint *why);

/*
 * Open the camera, to hand its descriptor to the reader; also after it was gone (try each second). An earlier
 * descriptor must be closed, here and in the reader: a device streams for one owner at a time.
 *
 * kind, descriptor  what the reader needs; the descriptor is the caller's, close-on-exec
 * wish              the size and rate of the profile, for the reader
 *
 * ERR_CAMERA_GONE     none is plugged in (sim: unplugged)
 * ERR_CAMERA_REFUSED  it is there and cannot be opened
 */
MUST_USE enum err board_open_camera(struct board *board, enum camera_kind *kind, int *descriptor,
                                    struct camera_wish *wish);

/* What the simulated camera shows; false on a real board. */
bool board_scene(const struct board *board, struct board_scene *out);

/*
 * What the script of board sim has touched.
 *
 * number  which touch, from 0
 * out     its name, with a terminator
 *
 * False: not yet so many, or so long ago that it is forgotten, or a real board.
 */
bool board_touch(const struct board *board, uint32_t number, char out[BOARD_TOUCH_SIZE]);

/* Process id of the board's camera child, for the sum of memory; 0 when there is none. */
int board_child(const struct board *board);

/* End the child, release the ports; takes one that is all zero. */
void board_close(struct board *board);

#endif
