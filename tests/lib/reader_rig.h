/* reader_rig: the reader as its own locked process, as face runs it, for tests. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_READER_RIG_H
#define TESTS_LIB_READER_RIG_H

#include <sys/types.h>

#include "kiosk/messages.h"

/* A running reader, and room for what it says. */
struct reader_rig {
    pid_t child;
    int socket;
    uint8_t incoming[MESSAGES_SMALL_ROOM];
};

/* Start $BIN/credkiosk-reader and wait until it says that it is locked in. */
void reader_rig_start(struct reader_rig *rig);

/* Give it a camera. type: MESSAGE_READER_START or MESSAGE_CAMERA; the descriptor stays open here. */
void reader_rig_camera(struct reader_rig *rig, enum message_type type, enum camera_kind kind, int camera,
                       uint32_t flags);

/* The next message but stats, which go to *stats where that is not NULL; MESSAGE_NONE after timeout_ms. */
struct message reader_rig_next(struct reader_rig *rig, int timeout_ms, struct message_stats *stats);

/* End it; its exit status as of waitpid. */
int reader_rig_stop(struct reader_rig *rig);

#endif
