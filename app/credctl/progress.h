/* progress: how far a long work is, on a terminal; and a key that ends it without leaving half a file. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_PROGRESS_H
#define CREDCTL_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

/* A work of which a line tells, where standard error is a terminal. All zero tells nothing. */
struct progress {
    bool shows;
    const char *what; /* "building"; borrowed */
    int64_t shown_ms; /* when the line was drawn last */
};

/* Begin to tell of a work, or go on to the next part of it. */
void progress_begin(struct progress *progress, const char *what);

/*
 * Tell how far it is; draws ten times a second at most.
 *
 * ctx   the struct progress
 * done  as many of `of`; where `of` is 0, nobody knows how many there will be
 *
 * ERR_INTERRUPTED  Ctrl-C was pressed, or the process asked to end, while file_draft_open made these signals wait: the caller gives
 *                  its work up, and dropping the draft ends the process
 */
MUST_USE enum err progress_step(void *ctx, uint64_t done, uint64_t of);

/* Take the line away, before another is written and at the end. */
void progress_clear(struct progress *progress);

/* From now on SIGINT, SIGTERM and SIGHUP end the process with a word and status 128 + signal, unless they are ignored already. */
void progress_end_by_signals(void);

#endif
