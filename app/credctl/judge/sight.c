/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/judge/sight.h"

#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "boards/pipe_frame.h"
#include "kiosk/child.h"
#include "kiosk/messages.h"

#define PROGRAM          "credkiosk-reader"
#define INSTALLED_FOLDER "/usr/libexec/credkiosk"

/* The folder of this program where the reader lies beside it, else the installed one. */
static void find_reader(char folder[PATH_MAX]) {
    char path[PATH_MAX];
    ssize_t len = readlink("/proc/self/exe", path, sizeof path - sizeof "/" PROGRAM);
    path[len > 0 ? len : 0] = 0;
    char *slash = strrchr(path, '/');
    bool beside = false;
    if (slash != NULL) {
        memcpy(slash, "/" PROGRAM, sizeof "/" PROGRAM);
        beside = access(path, X_OK) == 0;
        *slash = 0;
    }
    snprintf(folder, PATH_MAX, "%s", beside ? path : INSTALLED_FOLDER);
}

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
    uint8_t bytes[256];
    struct room body = room_over(bytes, sizeof bytes);
    struct message_camera orders = {.kind = CAMERA_PIPE, .flags = READER_EVERY_FRAME | READER_THOROUGH};
    int camera = -1;
    TRY(messages_put_camera(&orders, &body));
    TRY(camera_of(frame, &camera));
    enum err err = messages_send(child->socket, MESSAGE_READER_START, room_span(&body), &camera, 1);
    close(camera);
    return err == ERR_MESSAGE_SEND ? ERR_SIGHT_SILENT : err;
}

/* The next message, within the time; the body points into the buffer. */
static enum err next_message(const struct child *child, struct room *buffer, struct message *out) {
    struct pollfd poller = {.fd = child->socket, .events = POLLIN};
    if (poll(&poller, 1, SIGHT_ANSWER_MS) <= 0) {
        return ERR_SIGHT_SILENT;
    }
    return messages_receive(child->socket, MESSAGES_FROM_READER, buffer, out);
}

static enum err take_symbol(const struct message *message, enum sight_kind *kind, struct room *payload) {
    struct message_symbol symbol = {0};
    if (messages_get_symbol(message->body, &symbol) != ERR_OK) {
        return ERR_SIGHT_SILENT;
    }
    *kind = message->type == MESSAGE_SYMBOL ? SIGHT_ONE : SIGHT_TWO_CODES;
    return message->type == MESSAGE_SYMBOL ? room_put(payload, symbol.payload) : ERR_OK;
}

/* Show the picture when the reader is ready, and listen until its camera, this one frame, is over. */
static enum err converse(const struct child *child, const struct frame *frame, struct room *buffer,
                         enum sight_kind *kind, struct room *payload) {
    struct message message = {0};
    if (next_message(child, buffer, &message) != ERR_OK || message.type != MESSAGE_READY) {
        return ERR_SIGHT_START;
    }
    TRY(show(child, frame));
    while (message.type != MESSAGE_CAMERA_LOST) {
        if (next_message(child, buffer, &message) != ERR_OK) {
            return ERR_SIGHT_SILENT;
        }
        if (message.type == MESSAGE_SYMBOL || message.type == MESSAGE_TWO_CODES) {
            TRY(take_symbol(&message, kind, payload));
        }
    }
    return ERR_OK;
}

static enum err start(struct child *out) {
    char folder[PATH_MAX];
    find_reader(folder);
    return child_start(folder, PROGRAM, out) == ERR_OK ? ERR_OK : ERR_SIGHT_START;
}

enum err sight_read(const struct frame *frame, enum sight_kind *kind, struct room *payload) {
    struct child child = {0};
    enum sight_kind seen = SIGHT_NOTHING;
    uint8_t *bytes = malloc(MESSAGES_SMALL_ROOM);
    struct room buffer = room_over(bytes, MESSAGES_SMALL_ROOM);
    enum err err = bytes == NULL ? ERR_NO_MEMORY : start(&child);
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
