/* reader: pictures to the bytes of their codes. Decides nothing; what it says is what anyone could print. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KIOSK_READER_H
#define KIOSK_READER_H

#include "base/err.h"
#include "kiosk/messages.h"
#include "kiosk/preview.h"
#include "frame/decode.h"
#include "symbol/joining.h"
#include "symbol/sighting.h"
#include "symbol/symbol.h"

/* A camera from which nothing came for so long has stalled. */
#define READER_STALL_MS 2000
/* How often face hears from the reader at least: well below LIMIT_CHILD_ANSWER_MS. */
#define READER_STATS_MS 200

/* A reader. All zero but for socket and symbols is one that waits for its first message. */
struct reader {
    int socket;                    /* to face */
    struct symbol_reader *symbols; /* the caller's */
    struct message_camera orders;
    struct camera_port camera; /* no functions: none open */
    struct preview preview;
    struct decoder decoder;
    struct joining joining;
    struct sighting sighting;
    enum sighting_kind last_kind;
    struct message_stats stats;
    int64_t last_frame_ms, last_stats_ms, last_two_ms;
    uint8_t incoming[MESSAGES_SMALL_ROOM];
};

/*
 * Serve face until it closes the socket: take cameras, read their frames, say what they hold. A camera that
 * goes away is said, and another waited for.
 *
 * ERR_OK  face closed the socket, or no longer listens
 * ERR_MESSAGE_SHAPE, ERR_MESSAGE_DESCRIPTOR  of the messages
 * ERR_PREVIEW    the preview memory is not as announced
 * ERR_NO_MEMORY  time for a fresh process
 */
MUST_USE enum err reader_serve(struct reader *reader);

#endif
