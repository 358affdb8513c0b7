/* reel: whatever can be played: a picture, a folder of them, an MJPEG file or a script, as steps. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BOARDS_SIM_REEL_H
#define BOARDS_SIM_REEL_H

#include <dirent.h>

#include "base/err.h"
#include "boards/sim/script.h"

/* Bytes of a script or an MJPEG file. */
#define REEL_SCRIPT_MAX (1024u * 1024u)
#define REEL_MJPEG_MAX  (512u * 1024u * 1024u)

/* What is played; owned. An MJPEG file has `mjpeg` and one step, its scene. */
struct reel {
    struct script_step *steps;
    size_t count;
    char folder[4096]; /* of the files */
    struct span mjpeg; /* concatenated JPEGs, or empty */
    uint8_t *memory;   /* of mjpeg or script */
    struct dirent **entries;
    int entry_count;
};

/*
 * Open what stands at a path.
 *
 * hold  frames for which each picture of a folder, or a single one, is shown
 *
 * ERR_SCRIPT     `why` says the line; ERR_FILE_READ; ERR_NO_MEMORY
 */
MUST_USE enum err reel_open(const char *path, uint32_t hold, struct reel *out, struct script_complaint *why);

/* The JPEG of an MJPEG file that begins at *at, which moves behind it; empty at the end. */
struct span reel_next_jpeg(struct span mjpeg, size_t *at);

/* Release it; takes one that is all zero. */
void reel_close(struct reel *reel);

#endif
