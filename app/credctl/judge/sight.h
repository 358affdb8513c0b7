/* sight: what the reader sees in a picture. It is parsed in the reader's locked process, never here. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_JUDGE_SIGHT_H
#define CREDCTL_JUDGE_SIGHT_H

#include "base/err.h"
#include "base/room.h"
#include "frame/frame.h"

/* What one picture holds. */
enum sight_kind { SIGHT_NOTHING = 0, SIGHT_ONE, SIGHT_TWO_CODES };

/*
 * Start credkiosk-reader (beside this program, else in /usr/libexec/credkiosk), show it one picture, and end
 * it.
 *
 * payload  for SIGHT_ONE: the code's bytes are appended; LIMIT_JOINED_BYTES suffice
 *
 * ERR_SIGHT_START   there is no reader, or it does not start
 * ERR_SIGHT_SILENT  it died over this picture, or did not answer in VIEWER_ANSWER_MS
 * ERR_NO_ROOM
 */
MUST_USE enum err sight_read(const struct frame *frame, enum sight_kind *kind, struct room *payload);

#endif
