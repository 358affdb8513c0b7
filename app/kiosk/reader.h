/* reader: pictures to the bytes of their codes. Decides nothing; what it says is what anyone could print. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KIOSK_READER_H
#define KIOSK_READER_H

#include <pthread.h>

#include "base/err.h"
#include "kiosk/lookout.h"
#include "kiosk/messages.h"
#include "kiosk/preview.h"
#include "symbol/advice.h"
#include "symbol/joining.h"
#include "symbol/sighting.h"
#include "symbol/symbol.h"

/*
 * The main thread talks with face, takes the camera's frames and says what they hold; the threads of a lookout
 * decode them and look for codes. What was found in the frames comes back to reader_result.h, on the main thread.
 *
 * With READER_EVERY_FRAME the camera is not asked for a frame while one is in work, and the first looker takes them
 * all: each is answered, in order, and the same frames get the same answers.
 */

/* A camera from which nothing came for so long has stalled. */
#define READER_STALL_MS 2000
/* How often face hears from the reader at least: well below LIMIT_CHILD_ANSWER_MS. */
#define READER_STATS_MS 200

/* A reader. All zero but for the socket is one that waits for reader_open. */
struct reader {
    int socket; /* to face */
    struct symbol_reader *symbols[LOOKOUT_LOOKERS_MAX];
    unsigned lookers;
    pthread_mutex_t sharing; /* of what the lookers share */
    struct lookout *lookout;
    struct message_camera orders;
    struct camera_port camera; /* no functions: none open */
    struct preview preview;
    struct joining joining;
    struct sighting sighting;
    struct advice advice;
    enum sighting_kind last_kind;
    uint64_t newest_with_codes; /* number of that frame, among those that came back */
    struct message_stats stats;
    int64_t last_frame_ms, last_stats_ms, last_two_ms;
    uint8_t incoming[MESSAGES_SMALL_ROOM];
};

/* Open what libraries open on first use: before the process locks itself in. lookers: 1 to LOOKOUT_LOOKERS_MAX.
 * ERR_NO_MEMORY. */
MUST_USE enum err reader_open(struct reader *reader, unsigned lookers);

/* Start its threads: after Landlock, which holds for those alone that begin later, and before seccomp, which allows
 * none to begin. ERR_NO_MEMORY. */
MUST_USE enum err reader_start(struct reader *reader);

/*
 * Serve face until it closes the socket: take cameras, read their frames, say what they hold. A camera that
 * goes away is said, and another waited for.
 *
 * ERR_OK  face closed the socket, or no longer listens
 * ERR_MESSAGE_SHAPE, ERR_MESSAGE_DESCRIPTOR  of the messages
 * ERR_PREVIEW        the preview memory is not as announced
 * ERR_LOOKOUT_STUCK  a thread has not come back from a camera's picture for LIMIT_PICTURE_MS: end the process
 *                    without reader_close, which would wait for it
 * ERR_NO_MEMORY      time for a fresh process
 */
MUST_USE enum err reader_serve(struct reader *reader);

/* Join its threads and release all; takes one that is all zero. A process that ends needs none of this. */
void reader_close(struct reader *reader);

#endif
