/* sight: the camera, the reader child that looks through it, and the preview. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KIOSK_SIGHT_H
#define KIOSK_SIGHT_H

#include "kiosk/messages.h"
#include "kiosk/preview.h"
#include "kiosk/service.h"

/* All zero, before sight_open, sees nothing. */
struct sight {
    struct child reader;
    struct child_retry retry;
    bool started;      /* the reader has had READER_START */
    bool streaming;    /* it has a camera */
    bool found;        /* there was a camera once */
    enum err lost;     /* why there is no camera, or ERR_OK */
    int64_t lost_ms;   /* since when */
    int64_t camera_ms; /* when opening it is tried next */
    struct message_stats stats;
    struct preview preview;
    int preview_descriptor;
    uint8_t *pixels;                    /* the last picture, preview.width_px * height_px; owned */
    uint32_t serial;                    /* of that picture; 0: none */
    uint8_t bytes[MESSAGES_SMALL_ROOM]; /* the message that news point into */
};

/* What a turn brought. */
enum sight_kind { SIGHT_NOTHING = 0, SIGHT_CODE, SIGHT_TWO_CODES };
struct sight_news {
    enum sight_kind kind;
    struct span payload; /* of a code; until the next turn */
    int64_t captured_us; /* of its picture */
};

/* Make the preview's memory. ERR_PREVIEW, ERR_NO_MEMORY. */
MUST_USE enum err sight_open(uint32_t width_px, uint32_t height_px, struct sight *out);

/* One turn: keeps a reader and a camera, and takes what the reader says up to its first news. */
void sight_turn(struct sight *sight, struct service *service, struct sight_news *out);

/* Copy the newest picture; true where it is another. */
bool sight_picture(struct sight *sight);

/* End the reader, release all. */
void sight_close(struct sight *sight);

#endif
