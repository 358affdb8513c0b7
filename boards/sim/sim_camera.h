/* sim_camera: credkiosk-simcam as a board's supervised child, asked for a new pipe each time the camera is
 * opened. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BOARDS_SIM_SIM_CAMERA_H
#define BOARDS_SIM_SIM_CAMERA_H

#include <sys/types.h>

#include "boards/board.h"

/* The child; texts are owned. All zero is none. */
struct sim_camera {
    char *program, *play, *data;
    char size[32], rate[16];
    bool loop;
    pid_t child;
    int control; /* -1 or, where child is 0, unused */
};

/*
 * Start it and wait until the script's first frame is near.
 *
 * ERR_SCRIPT          it ended: `why` says why (a line of the script, a file)
 * ERR_CAMERA_REFUSED  the program cannot be started, or does not answer
 * ERR_NO_MEMORY
 */
MUST_USE enum err sim_camera_start(struct sim_camera *camera, const struct board_wish *wish,
                                   const struct profile *profile, struct profile_complaint *why);

/* A pipe through which frames will come, close-on-exec; a child that died is started anew. ERR_CAMERA_GONE
 * (unplugged), and as above. */
MUST_USE enum err sim_camera_open(struct sim_camera *camera, int *descriptor);

/* End it and release what is owned; takes one that is all zero. */
void sim_camera_stop(struct sim_camera *camera);

#endif
