/* link: from the simulated camera to who watches it: a pipe, and a socket over which a board asks for new
 * ones. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BOARDS_SIM_LINK_H
#define BOARDS_SIM_LINK_H

#include <stdbool.h>

#include "base/err.h"
#include "frame/frame.h"

/* What is said over the control socket (SOCK_SEQPACKET), first byte of a packet. */
enum link_word {
    LINK_OPEN = 'o',  /* board to simcam, with the writing end of a pipe */
    LINK_YES = 'y',   /* simcam to board: frames will come through it */
    LINK_NO = 'n',    /* unplugged */
    LINK_READY = 'r', /* simcam to board: what the script says before its first frame is done */
    LINK_ERROR = 'e'  /* simcam to board, with text: it ends */
};
/* Bytes of a packet. */
#define LINK_PACKET_MAX 400u

/* simcam's end. */
struct link {
    int control; /* -1: none, frames go to `output` until nobody reads */
    int output;  /* -1: nobody has asked */
    bool unplugged;
    bool said_ready;
};

/* Wait until somebody asks for frames; unplugged, at once. ERR_CAMERA_GONE: nobody ever will. */
MUST_USE enum err link_watched(struct link *link);

/* Send a frame, waiting until somebody asks for frames. Unplugged, or frames no one can read: it is lost.
 * ERR_CAMERA_GONE: whoever watches is gone for good. */
MUST_USE enum err link_send(struct link *link, const struct frame *frame);

/* Wait until CLOCK_MONOTONIC reaches until_us, and serve the board meanwhile. ERR_CAMERA_GONE as above. */
MUST_USE enum err link_wait(struct link *link, int64_t until_us);

/* Pull the plug, put it back. */
void link_unplug(struct link *link);
void link_plug(struct link *link);

/* Tell the board why it ends, as text. */
void link_complain(const struct link *link, const char *text);

/* CLOCK_MONOTONIC in microseconds. */
int64_t link_now_us(void);

#endif
