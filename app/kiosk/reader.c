/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/reader.h"

#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "kiosk/reader_report.h"

static int64_t now_us(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static int64_t cpu_us(void) {
    struct timespec used;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return (int64_t)used.tv_sec * 1000000 + used.tv_nsec / 1000;
}

static bool has_camera(const struct reader *reader) {
    return reader->camera.next != NULL;
}

static void close_camera(struct reader *reader) {
    if (has_camera(reader)) {
        reader->camera.stop(reader->camera.ctx);
    }
    reader->camera = (struct camera_port){0};
}

/* Only what the message may name goes to face: the rest is a camera that cannot be used. */
static enum err lose_camera(struct reader *reader, enum err cause) {
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
    reader->last_frame_ms = now_us() / 1000;
    return err == ERR_OK || err == ERR_NO_MEMORY ? err : lose_camera(reader, err);
}

/* A start brings a preview, where one is wanted; a camera alone keeps the one there is. */
static enum err take_preview(struct reader *reader, const struct message_camera *orders,
                             const struct message *message) {
    preview_close(&reader->preview);
    if (message->descriptor_count < 2) {
        return orders->preview_width_px == 0 ? ERR_OK : ERR_PREVIEW;
    }
    return preview_attach(message->descriptors[1], orders->preview_width_px, orders->preview_height_px,
                          &reader->preview);
}

static enum err obey(struct reader *reader, struct message *message) {
    struct message_camera orders = {0};
    enum err err = messages_get_camera(message->body, &orders);
    if (err == ERR_OK && message->type == MESSAGE_READER_START) {
        err = take_preview(reader, &orders, message);
        memset(&reader->sighting, 0, sizeof reader->sighting);
        memset(&reader->joining, 0, sizeof reader->joining);
        symbol_forget(reader->symbols);
    }
    if (err != ERR_OK) {
        messages_drop(message);
        return err;
    }
    orders.wish.every_frame = (orders.flags & READER_EVERY_FRAME) != 0;
    reader->orders = orders;
    int camera = message->descriptors[0];
    message->descriptors[0] = message->descriptors[message->descriptor_count - 1];
    message->descriptor_count--;
    messages_drop(message);
    return open_camera(reader, camera);
}

/* Take one message, where one waits within timeout_ms. */
static enum err listen_to_face(struct reader *reader, int timeout_ms) {
    struct pollfd poller = {.fd = reader->socket, .events = POLLIN};
    if (poll(&poller, 1, timeout_ms) <= 0) {
        return ERR_OK;
    }
    struct room buffer = room_over(reader->incoming, sizeof reader->incoming);
    struct message message = {0};
    enum err err = messages_receive(reader->socket, MESSAGES_TO_READER, &buffer, &message);
    if (err != ERR_OK) {
        return err == ERR_MESSAGE_NONE ? ERR_OK : err;
    }
    return obey(reader, &message);
}

/* Say each code of one picture, new or not. */
static enum err report_each(struct reader *reader, const struct symbols *symbols, int64_t captured_us) {
    reader->stats.codes = (uint32_t)symbols->count;
    for (size_t i = 0; i < symbols->count; i++) {
        TRY(reader_report_symbol(reader, MESSAGE_SYMBOL, symbols->payloads[i], captured_us));
    }
    return ERR_OK;
}

/* Put parts of a message together, and say which of them are here. */
static void join_parts(struct reader *reader, struct symbols *symbols) {
    joining_note(&reader->joining, symbols, now_us() / 1000);
    reader->stats.parts_seen = reader->joining.seen;
    reader->stats.parts_total = reader->joining.total;
}

/* Say what one picture holds. */
static enum err report_picture(struct reader *reader, const struct symbols *symbols, int64_t captured_us) {
    int64_t now_ms = now_us() / 1000;
    struct span payload;
    enum sighting_kind kind = sighting_note(&reader->sighting, symbols, now_ms, &payload);
    bool every = (reader->orders.flags & READER_EVERY_FRAME) != 0;
    bool again = every || kind != reader->last_kind || now_ms - reader->last_two_ms >= READER_STATS_MS;
    reader->last_kind = kind;
    reader->stats.codes = (uint32_t)symbols->count;
    if (kind == SIGHTING_NEW || (kind == SIGHTING_SAME && every)) {
        return reader_report_symbol(reader, MESSAGE_SYMBOL, payload, captured_us);
    }
    if (kind == SIGHTING_TWO_CODES && again) {
        reader->last_two_ms = now_ms;
        return reader_report_symbol(reader, MESSAGE_TWO_CODES, (struct span){0}, captured_us);
    }
    return ERR_OK;
}

static enum err read_picture(struct reader *reader, const struct frame *frame) {
    struct grey picture = {0};
    struct symbols symbols = {0};
    bool thorough = (reader->orders.flags & READER_THOROUGH) != 0;
    enum err err = decode_frame(&reader->decoder, frame, &picture);
    if (err != ERR_OK) {
        reader->stats.dropped++;
        return err == ERR_NO_MEMORY ? err : ERR_OK;
    }
    preview_write(&reader->preview, &picture);
    reader->stats.width_px = picture.width_px;
    reader->stats.height_px = picture.height_px;
    TRY(symbol_read(reader->symbols, &picture, thorough, &symbols));
    if (symbols.count == 0 && symbols.part_count == 0 && (reader->orders.flags & READER_PERSIST) != 0) {
        TRY(symbol_read(reader->symbols, &picture, true, &symbols));
    }
    join_parts(reader, &symbols);
    snprintf(reader->stats.pass, sizeof reader->stats.pass, "%s", symbols.pass == NULL ? "" : symbols.pass);
    int64_t captured_us = frame->captured_us > 0 ? frame->captured_us : now_us();
    return (reader->orders.flags & READER_EACH_CODE) != 0 ? report_each(reader, &symbols, captured_us)
                                                          : report_picture(reader, &symbols, captured_us);
}

/* One frame, or nothing for a little while. */
static enum err read_frame(struct reader *reader) {
    struct frame frame = {0};
    enum err err = reader->camera.next(reader->camera.ctx, READER_STATS_MS, &frame);
    int64_t now_ms = now_us() / 1000;
    if (err == ERR_CAMERA_TIMEOUT && now_ms - reader->last_frame_ms < READER_STALL_MS) {
        return ERR_OK;
    }
    if (err != ERR_OK && err != ERR_CAMERA_FRAME) {
        return err == ERR_NO_MEMORY ? err : lose_camera(reader, err);
    }
    reader->last_frame_ms = now_ms;
    reader->stats.frames++;
    reader->stats.codes = 0;
    reader->stats.pass[0] = 0;
    if (err == ERR_CAMERA_FRAME) {
        reader->stats.dropped++;
        return ERR_OK;
    }
    int64_t before_us = cpu_us();
    TRY(read_picture(reader, &frame));
    reader->stats.cpu_us = (uint32_t)(cpu_us() - before_us);
    return (reader->orders.flags & READER_EVERY_FRAME) != 0 ? reader_report_stats(reader) : ERR_OK;
}

static enum err serve_once(struct reader *reader) {
    TRY(listen_to_face(reader, has_camera(reader) ? 0 : READER_STATS_MS));
    if (has_camera(reader)) {
        TRY(read_frame(reader));
    }
    int64_t now_ms = now_us() / 1000;
    if (now_ms - reader->last_stats_ms < READER_STATS_MS) {
        return ERR_OK;
    }
    reader->last_stats_ms = now_ms;
    return reader_report_stats(reader);
}

enum err reader_serve(struct reader *reader) {
    enum err err = ERR_OK;
    while (err == ERR_OK) {
        err = serve_once(reader);
    }
    close_camera(reader);
    preview_close(&reader->preview);
    decode_close(&reader->decoder);
    return err == ERR_MESSAGE_CLOSED || err == ERR_MESSAGE_SEND ? ERR_OK : err;
}
