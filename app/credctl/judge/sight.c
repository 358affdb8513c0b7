/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/judge/sight.h"

#include <stdbool.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "boards/pipe_frame.h"
#include "credctl/judge/viewer.h"

/* A file in memory that reads like a camera's pipe holding this one frame. */
static enum err camera_of(const struct frame *frame, int *out) {
    int descriptor = memfd_create("picture", MFD_CLOEXEC);
    if (descriptor < 0) {
        return ERR_NO_MEMORY;
    }
    enum err err = pipe_frame_write(descriptor, frame);
    if (err == ERR_OK && lseek(descriptor, 0, SEEK_SET) != 0) {
        err = ERR_NO_MEMORY;
    }
    if (err != ERR_OK) {
        close(descriptor);
        return err;
    }
    *out = descriptor;
    return ERR_OK;
}

static enum err show(const struct child *child, const struct frame *frame) {
    int camera = -1;
    TRY(camera_of(frame, &camera));
    enum err err = viewer_watch(child, camera, READER_EVERY_FRAME | READER_THOROUGH);
    close(camera);
    return err;
}

static enum err take_symbol(const struct message *message, enum sight_kind *kind, struct room *payload) {
    struct message_symbol symbol = {0};
    if (messages_get_symbol(message->body, &symbol) != ERR_OK) {
        return ERR_SIGHT_SILENT;
    }
    *kind = message->type == MESSAGE_SYMBOL ? SIGHT_ONE : SIGHT_TWO_CODES;
    return message->type == MESSAGE_SYMBOL ? room_put(payload, symbol.payload) : ERR_OK;
}

/* Show the picture, and listen until its camera, this one frame, is over. */
static enum err converse(const struct child *child, const struct frame *frame, struct room *buffer,
                         enum sight_kind *kind, struct room *payload) {
    struct message message = {0};
    TRY(show(child, frame));
    while (message.type != MESSAGE_CAMERA_LOST) {
        TRY(viewer_hear(child, buffer, &message));
        if (message.type == MESSAGE_SYMBOL || message.type == MESSAGE_TWO_CODES) {
            TRY(take_symbol(&message, kind, payload));
        }
    }
    return ERR_OK;
}

enum err sight_read(const struct frame *frame, enum sight_kind *kind, struct room *payload) {
    struct child child = {0};
    enum sight_kind seen = SIGHT_NOTHING;
    uint8_t *bytes = malloc(MESSAGES_SMALL_ROOM);
    struct room buffer = room_over(bytes, MESSAGES_SMALL_ROOM);
    enum err err = bytes == NULL ? ERR_NO_MEMORY : viewer_start(&buffer, &child);
    if (err == ERR_OK) {
        err = converse(&child, frame, &buffer, &seen, payload);
        (void)child_end(&child);
    }
    free(bytes);
    if (err == ERR_OK) {
        *kind = seen;
    }
    return err;
}
