/* reader_result: what a frame that comes back from the lookout means, on the main thread. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KIOSK_READER_RESULT_H
#define KIOSK_READER_RESULT_H

#include "kiosk/reader.h"

/*
 * Note one frame's result and say to face what is to be said of it. Results come as they are done: where a newer
 * frame has shown a code already, an older one only keeps in view what it shows and is new to nobody.
 *
 * ERR_NO_MEMORY  as the thread met it: time for a fresh process
 * ERR_MESSAGE_SEND
 */
MUST_USE enum err reader_result_note(struct reader *reader, const struct lookout_result *result);

/* Note a frame that no thread got, and why: damaged in the camera, or too large. ERR_MESSAGE_SEND. */
MUST_USE enum err reader_result_drop(struct reader *reader, enum err why);

#endif
