/* viewer: the reader's locked process as credctl starts it and hears it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_JUDGE_VIEWER_H
#define CREDCTL_JUDGE_VIEWER_H

#include "base/err.h"
#include "kiosk/child.h"
#include "kiosk/messages.h"

/* An answer that takes longer will not come; a loaded machine under a sanitizer needs a few seconds. */
#define VIEWER_ANSWER_MS 20000

/*
 * Start credkiosk-reader (beside this program, else in /usr/libexec/credkiosk) and wait until it is ready.
 *
 * buffer  MESSAGES_SMALL_ROOM of the caller's, overwritten
 * out     child_end it
 *
 * ERR_SIGHT_START  there is no reader, or it does not start
 */
MUST_USE enum err viewer_start(struct room *buffer, struct child *out);

/*
 * Give it a camera whose frames come as boards/pipe_frame.h says; the descriptor stays open here.
 *
 * flags  READER_...
 *
 * ERR_SIGHT_SILENT  it is gone
 */
MUST_USE enum err viewer_watch(const struct child *child, int camera, uint32_t flags);

/* Its next message; the body points into the buffer. ERR_SIGHT_SILENT: none came, or no good one. */
MUST_USE enum err viewer_hear(const struct child *child, struct room *buffer, struct message *out);

#endif
