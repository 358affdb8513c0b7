/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/judge/watch.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/limits.h"
#include "boards/pipe_frame.h"
#include "credctl/judge/viewer.h"

/* Room for one message, then for the payloads of one picture. */
#define MEMORY_BYTES (MESSAGES_SMALL_ROOM + SYMBOL_MAX * LIMIT_JOINED_BYTES)

static struct room message_room(const struct watch *watch) {
    return room_over(watch->memory, MESSAGES_SMALL_ROOM);
}

/* A camera that is a socket: a reader that no longer reads makes a write fail instead of waiting forever. */
static enum err open_camera(struct watch *watch, bool alone) {
    int ends[2];
    struct timeval patience = {VIEWER_ANSWER_MS / 1000, 0};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        return ERR_NO_MEMORY;
    }
    watch->camera = ends[0];
    watch->open = true;
    uint32_t flags = READER_EVERY_FRAME | READER_EACH_CODE | (alone ? READER_PERSIST : 0);
    enum err err = setsockopt(ends[0], SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience) == 0
                       ? viewer_watch(&watch->child, ends[1], flags)
                       : ERR_NO_MEMORY;
    close(ends[1]);
    return err;
}

enum err watch_start(bool alone, struct watch *out) {
    struct watch watch = {.memory = malloc(MEMORY_BYTES)};
    if (watch.memory == NULL) {
        return ERR_NO_MEMORY;
    }
    struct room buffer = message_room(&watch);
    enum err err = viewer_start(&buffer, &watch.child);
    if (err == ERR_OK) {
        err = open_camera(&watch, alone);
    }
    if (err != ERR_OK) {
        watch_stop(&watch);
        return err;
    }
    *out = watch;
    return ERR_OK;
}

static enum err take_symbol(const struct message *message, struct room *bytes, struct watch_picture *out) {
    struct message_symbol symbol = {0};
    if (out->count == SYMBOL_MAX || messages_get_symbol(message->body, &symbol) != ERR_OK) {
        return ERR_SIGHT_SILENT;
    }
    out->payloads[out->count++] = span_of_bytes(bytes->ptr + bytes->len, symbol.payload.len);
    return room_put(bytes, symbol.payload);
}

/* Totals with one frame more end what is said of a picture; others are signs of life. */
static enum err take_stats(struct watch *watch, const struct message *message, struct watch_picture *out,
                           bool *done) {
    struct message_stats stats = {0};
    if (messages_get_stats(message->body, &stats) != ERR_OK || stats.frames > watch->frames + 1) {
        return ERR_SIGHT_SILENT;
    }
    *done = stats.frames > watch->frames;
    bool dropped = stats.dropped > watch->dropped;
    watch->frames = stats.frames;
    watch->dropped = stats.dropped;
    out->cpu_us = stats.cpu_us;
    out->fault = dropped ? stats.fault : ERR_OK;
    out->sees = stats.sees;
    memcpy(out->pass, stats.pass, sizeof out->pass);
    return dropped && stats.fault == ERR_OK ? ERR_SIGHT_SILENT : ERR_OK;
}

static enum err listen_to_it(struct watch *watch, struct watch_picture *out) {
    struct room buffer = message_room(watch);
    struct room bytes = room_over(watch->memory + MESSAGES_SMALL_ROOM, SYMBOL_MAX * LIMIT_JOINED_BYTES);
    for (bool done = false; !done;) {
        struct message message = {0};
        TRY(viewer_hear(&watch->child, &buffer, &message));
        if (message.type == MESSAGE_SYMBOL) {
            TRY(take_symbol(&message, &bytes, out));
        } else if (message.type == MESSAGE_READER_STATS) {
            TRY(take_stats(watch, &message, out, &done));
        } else {
            return ERR_SIGHT_SILENT;
        }
    }
    return ERR_OK;
}

enum err watch_show(struct watch *watch, const struct frame *frame, struct watch_picture *out) {
    struct watch_picture seen = {0};
    enum err err = pipe_frame_write(watch->camera, frame);
    if (err != ERR_OK && err != ERR_CAMERA_FRAME) {
        return ERR_SIGHT_SILENT;
    }
    if (err == ERR_OK) {
        TRY(listen_to_it(watch, &seen));
    } else {
        seen.fault = ERR_FRAME_TOO_LARGE; /* it was not sent */
    }
    *out = seen;
    return ERR_OK;
}

void watch_stop(struct watch *watch) {
    if (watch->open) {
        close(watch->camera);
    }
    (void)child_end(&watch->child);
    free(watch->memory);
    *watch = (struct watch){0};
}
