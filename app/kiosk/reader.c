/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/reader.h"

#include <poll.h>
#include <stdbool.h>
#include <string.h>
#include <time.h>

#include "base/limits.h"
#include "kiosk/reader_report.h"
#include "kiosk/reader_result.h"

static int64_t now_us(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static int64_t now_ms(void) {
    return now_us() / 1000;
}

static bool has_camera(const struct reader *reader) {
    return reader->camera.next != NULL;
}

static bool takes_every_frame(const struct reader *reader) {
    return (reader->orders.flags & READER_EVERY_FRAME) != 0;
}

/* ---- the lookout */

/* On a thread of the lookout: touches nothing of the reader's but that looker's own. */
static enum err look(void *ctx, unsigned looker, const struct grey *picture, uint32_t flags,
                     struct symbols *out) {
    const struct reader *reader = ctx;
    struct symbol_reader *symbols = reader->symbols[looker];
    TRY(symbol_read(symbols, picture, (flags & READER_THOROUGH) != 0, out));
    bool persist = out->count == 0 && out->part_count == 0 && (flags & READER_PERSIST) != 0;
    return persist ? symbol_read(symbols, picture, true, out) : ERR_OK;
}

static enum err take_results(struct reader *reader) {
    struct lookout_result result;
    enum err err = ERR_OK;
    while (err == ERR_OK && lookout_take(reader->lookout, &result)) {
        err = reader_result_note(reader, &result);
        lookout_release(reader->lookout, &result);
        reader->last_frame_ms = takes_every_frame(reader) ? now_ms() : reader->last_frame_ms;
    }
    return err;
}

/* A thread that hangs would leave face without codes while all else goes on. Tools have their own patience. */
static enum err check_threads(const struct reader *reader) {
    bool stuck = lookout_longest_ms(reader->lookout) > LIMIT_PICTURE_MS;
    return stuck && !takes_every_frame(reader) ? ERR_LOOKOUT_STUCK : ERR_OK;
}

/* What is on its way is finished, and said. */
static enum err settle(struct reader *reader) {
    while (lookout_is_busy(reader->lookout)) {
        struct pollfd poller = {.fd = lookout_descriptor(reader->lookout), .events = POLLIN};
        (void)poll(&poller, 1, READER_STATS_MS);
        TRY(take_results(reader));
        TRY(check_threads(reader));
    }
    return ERR_OK;
}

/* ---- the camera */

static void close_camera(struct reader *reader) {
    if (has_camera(reader)) {
        reader->camera.stop(reader->camera.ctx);
    }
    reader->camera = (struct camera_port){0};
}

/* Only what the message may name goes to face: the rest is a camera that cannot be used. */
static enum err lose_camera(struct reader *reader, enum err cause) {
    TRY(settle(reader));
    close_camera(reader);
    bool named = cause == ERR_CAMERA_GONE || cause == ERR_CAMERA_TIMEOUT || cause == ERR_CAMERA_FORMAT;
    TRY(reader_report_stats(reader));
    return reader_report_lost(reader, named ? cause : ERR_CAMERA_REFUSED);
}

/* Take over a camera's descriptor and begin streaming. */
static enum err open_camera(struct reader *reader, int descriptor) {
    close_camera(reader);
    enum err err = camera_from_descriptor(reader->orders.kind, descriptor, &reader->camera);
    if (err == ERR_OK) {
        err = reader->camera.start(reader->camera.ctx, &reader->orders.wish);
    }
    reader->last_frame_ms = now_ms();
    return err == ERR_OK || err == ERR_NO_MEMORY ? err : lose_camera(reader, err);
}

/* Hand one frame over. Its number is the count of frames; without a time of its own it is of now. */
static enum err offer(struct reader *reader, const struct frame *frame) {
    struct lookout_frame what = {
        .frame = *frame,
        .number = reader->stats.frames,
        .captured_us = frame->captured_us > 0 ? frame->captured_us : now_us(),
        .flags = reader->orders.flags,
        .ordered = takes_every_frame(reader),
    };
    enum err err = lookout_offer(reader->lookout, &what);
    return err == ERR_FRAME_TOO_LARGE ? reader_result_drop(reader, err) : err;
}

/* What the camera has to tell: a frame, a part of one, or that it is gone. */
static enum err take_frame(struct reader *reader) {
    struct frame frame = {0};
    enum err err = reader->camera.next(reader->camera.ctx, 0, &frame);
    if (err == ERR_CAMERA_TIMEOUT) {
        return ERR_OK;
    }
    if (err != ERR_OK && err != ERR_CAMERA_FRAME) {
        return err == ERR_NO_MEMORY ? err : lose_camera(reader, err);
    }
    reader->last_frame_ms = now_ms();
    reader->stats.frames++;
    return err == ERR_OK ? offer(reader, &frame) : reader_result_drop(reader, err);
}

/* ---- face */

/* A start brings a preview, where one is wanted; a camera alone keeps the one there is. */
static enum err take_preview(struct reader *reader, const struct message_camera *orders,
                             const struct message *message) {
    lookout_show(reader->lookout, NULL);
    preview_close(&reader->preview);
    if (message->descriptor_count < 2) {
        return orders->preview_width_px == 0 ? ERR_OK : ERR_PREVIEW;
    }
    TRY(preview_attach(message->descriptors[1], orders->preview_width_px, orders->preview_height_px,
                       &reader->preview));
    lookout_show(reader->lookout, &reader->preview);
    return ERR_OK;
}

/* Another camera, another scene. Only while nothing is in work. */
static void forget_scene(struct reader *reader) {
    memset(&reader->sighting, 0, sizeof reader->sighting);
    memset(&reader->advice, 0, sizeof reader->advice);
    memset(&reader->joining, 0, sizeof reader->joining);
    for (unsigned i = 0; i < reader->lookers; i++) {
        symbol_forget(reader->symbols[i]);
    }
}

static enum err take_orders(struct reader *reader, const struct message *message,
                            struct message_camera *out) {
    TRY(messages_get_camera(message->body, out));
    TRY(settle(reader));
    if (message->type == MESSAGE_READER_START) {
        TRY(take_preview(reader, out, message));
        forget_scene(reader);
    }
    out->wish.every_frame = (out->flags & READER_EVERY_FRAME) != 0;
    return ERR_OK;
}

static enum err obey(struct reader *reader, struct message *message) {
    struct message_camera orders = {0};
    enum err err = take_orders(reader, message, &orders);
    if (err != ERR_OK) {
        messages_drop(message);
        return err;
    }
    reader->orders = orders;
    int camera = message->descriptors[0];
    message->descriptors[0] = message->descriptors[message->descriptor_count - 1];
    message->descriptor_count--;
    messages_drop(message);
    return open_camera(reader, camera);
}

static enum err listen_to_face(struct reader *reader) {
    struct room buffer = room_over(reader->incoming, sizeof reader->incoming);
    struct message message = {0};
    enum err err = messages_receive(reader->socket, MESSAGES_TO_READER, &buffer, &message);
    if (err != ERR_OK) {
        return err == ERR_MESSAGE_NONE ? ERR_OK : err;
    }
    return obey(reader, &message);
}

/* ---- the loop */

/* Where every frame is to be answered, one at a time is. */
static bool wants_frame(const struct reader *reader) {
    return has_camera(reader) && !(takes_every_frame(reader) && lookout_is_busy(reader->lookout));
}

/* A sign of life, but for tools between a frame and its answer: they would take it for the answer. */
static enum err report_now_and_then(struct reader *reader) {
    bool due = now_ms() - reader->last_stats_ms >= READER_STATS_MS;
    if (!due || (takes_every_frame(reader) && lookout_is_busy(reader->lookout))) {
        return ERR_OK;
    }
    reader->last_stats_ms = now_ms();
    return reader_report_stats(reader);
}

static enum err serve_once(struct reader *reader) {
    bool wanted = wants_frame(reader);
    struct pollfd pollers[] = {
        {.fd = reader->socket, .events = POLLIN},
        {.fd = lookout_descriptor(reader->lookout), .events = POLLIN},
        {.fd = wanted ? reader->camera.descriptor : -1, .events = POLLIN},
    };
    int ready = poll(pollers, sizeof pollers / sizeof *pollers, READER_STATS_MS);
    if (ready > 0 && pollers[1].revents != 0) {
        TRY(take_results(reader));
    }
    if (ready > 0 && pollers[2].revents != 0) {
        TRY(take_frame(reader));
    }
    if (wanted && has_camera(reader) && now_ms() - reader->last_frame_ms >= READER_STALL_MS) {
        TRY(lose_camera(reader, ERR_CAMERA_TIMEOUT));
    }
    if (ready > 0 && pollers[0].revents != 0) {
        TRY(listen_to_face(reader));
    }
    TRY(check_threads(reader));
    return report_now_and_then(reader);
}

enum err reader_serve(struct reader *reader) {
    enum err err = ERR_OK;
    while (err == ERR_OK) {
        err = serve_once(reader);
    }
    return err == ERR_MESSAGE_CLOSED || err == ERR_MESSAGE_SEND ? ERR_OK : err;
}

/* ---- beginning and end */

static void take_sharing(void *ctx) {
    pthread_mutex_lock(ctx);
}

static void leave_sharing(void *ctx) {
    pthread_mutex_unlock(ctx);
}

enum err reader_open(struct reader *reader, unsigned lookers) {
    const struct lock lock = {&reader->sharing, take_sharing, leave_sharing};
    reader->lookers = lookers;
    pthread_mutex_init(&reader->sharing, NULL);
    for (unsigned i = 0; i < lookers; i++) {
        TRY(symbol_start(&reader->symbols[i]));
        symbol_stagger(reader->symbols[i], i, lookers);
        symbol_share(reader->symbols[i], reader->symbols[0], &lock);
    }
    return ERR_OK;
}

enum err reader_start(struct reader *reader) {
    return lookout_start(reader->lookers, look, reader, &reader->lookout);
}

void reader_close(struct reader *reader) {
    close_camera(reader);
    lookout_stop(reader->lookout);
    preview_close(&reader->preview);
    for (unsigned i = 0; i < LOOKOUT_LOOKERS_MAX; i++) {
        symbol_stop(reader->symbols[i]);
    }
    int socket = reader->socket;
    memset(reader, 0, sizeof *reader);
    reader->socket = socket;
}
