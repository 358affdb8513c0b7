/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/sight.h"

#include <stdlib.h>
#include <unistd.h>

#define PROGRAM         "credkiosk-reader"
#define CAMERA_RETRY_MS 1000
/* A picture was taken this long ago at most, and not later than this turn of the loop takes. */
#define CAPTURED_PAST_US  10000000
#define CAPTURED_AHEAD_US 1000000
/* Messages taken in one turn: a reader that talks without end must not hold face up. */
#define MESSAGES_A_TURN 64

enum err sight_open(uint32_t width_px, uint32_t height_px, struct sight *out) {
    *out = (struct sight){.lost = ERR_CAMERA_TIMEOUT, .lost_ms = child_now_ms()};
    TRY(preview_create(width_px, height_px, &out->preview, &out->preview_descriptor));
    out->pixels = calloc(width_px, height_px);
    if (out->pixels == NULL) {
        preview_close(&out->preview);
        close(out->preview_descriptor);
        return ERR_NO_MEMORY;
    }
    return ERR_OK;
}

static void lose_camera(struct sight *sight, struct service *service, enum err cause) {
    if (sight->lost == ERR_OK) {
        sight->lost_ms = service->now_ms;
        journal_write(service->journal, &service->now, "camera", "lost=%s", err_name(cause));
    }
    sight->streaming = false;
    sight->lost = cause;
    sight->serial = 0;
}

static void lose_reader(struct sight *sight, struct service *service, const char *why) {
    enum err cause = service_end_child(service, &sight->reader, "reader", why);
    child_retry_failed(&sight->retry, service->now_ms, cause);
    sight->started = false;
    sight->streaming = false;
    sight->stats = (struct message_stats){0};
    sight->camera_ms = 0;
}

static void start_reader(struct sight *sight, struct service *service) {
    if (service->now_ms < sight->retry.next_ms) {
        return;
    }
    enum err err = service_start_child(service, PROGRAM, &sight->reader);
    if (err != ERR_OK) {
        journal_write(service->journal, &service->now, "child", "process=reader why=%s", err_name(err));
        child_retry_failed(&sight->retry, service->now_ms, err);
    }
}

/* kiosk.ini's wish before the board's. */
static struct camera_wish wish_of(const struct config *config, struct camera_wish board) {
    struct camera_wish wish = board;
    wish.width_px = config->camera_width_px > 0 ? (uint32_t)config->camera_width_px : wish.width_px;
    wish.height_px = config->camera_height_px > 0 ? (uint32_t)config->camera_height_px : wish.height_px;
    wish.rate_fps = config->camera_rate_fps > 0 ? (uint32_t)config->camera_rate_fps : wish.rate_fps;
    return wish;
}

static enum err send_camera(struct sight *sight, const struct service *service, enum camera_kind kind,
                            int camera, const struct camera_wish *wish) {
    bool first = !sight->started;
    struct message_camera say = {.kind = kind, .wish = wish_of(service->config, *wish)};
    say.preview_width_px = first ? sight->preview.width_px : 0;
    say.preview_height_px = first ? sight->preview.height_px : 0;
    uint8_t bytes[64];
    struct room body = room_over(bytes, sizeof bytes);
    TRY(messages_put_camera(&say, &body));
    int descriptors[2] = {camera, sight->preview_descriptor};
    return messages_send(sight->reader.socket, first ? MESSAGE_READER_START : MESSAGE_CAMERA,
                         room_span(&body), descriptors, first ? 2 : 1);
}

/* Open the camera and hand it to the reader; face keeps no descriptor of it. */
static void give_camera(struct sight *sight, struct service *service) {
    enum camera_kind kind = CAMERA_NONE;
    struct camera_wish wish = {0};
    int camera = -1;
    sight->camera_ms = service->now_ms + CAMERA_RETRY_MS;
    enum err err = board_open_camera(service->board, &kind, &camera, &wish);
    if (err != ERR_OK) {
        lose_camera(sight, service, err == ERR_CAMERA_GONE && !sight->found ? ERR_CAMERA_NONE : err);
        return;
    }
    sight->found = true;
    err = send_camera(sight, service, kind, camera, &wish);
    close(camera);
    if (err != ERR_OK) {
        lose_reader(sight, service, "deaf");
        return;
    }
    sight->started = true;
    sight->streaming = true;
    sight->reader.heard_ms = service->now_ms;
}

/* The camera works when a frame came through it. */
static void note_stats(struct sight *sight, struct service *service, const struct message_stats *stats) {
    if (stats->frames > sight->stats.frames && sight->streaming) {
        if (sight->lost != ERR_OK) {
            journal_write(service->journal, &service->now, "camera", "found width=%u height=%u",
                          stats->width_px, stats->height_px);
        }
        sight->lost = ERR_OK;
        if (service->now_ms - sight->reader.started_ms > CHILD_WELL_MS) {
            child_retry_well(&sight->retry);
        }
    }
    sight->stats = *stats;
}

/* When a picture was taken, as far as a reader can be believed; else now. */
static int64_t believed_us(int64_t captured_us, const struct service *service) {
    int64_t now_us = service->now_ms * 1000;
    bool past = captured_us >= now_us - CAPTURED_PAST_US, reached = captured_us <= now_us + CAPTURED_AHEAD_US;
    return past && reached ? captured_us : now_us;
}

static enum err note_symbol(const struct service *service, const struct message *message,
                            struct sight_news *out) {
    struct message_symbol symbol = {0};
    TRY(messages_get_symbol(message->body, &symbol));
    bool code = message->type == MESSAGE_SYMBOL;
    if (code != (symbol.payload.len > 0)) {
        return ERR_MESSAGE_SHAPE;
    }
    *out = (struct sight_news){code ? SIGHT_CODE : SIGHT_TWO_CODES, symbol.payload,
                               believed_us(symbol.captured_us, service)};
    return ERR_OK;
}

static enum err note_ready(struct sight *sight, struct service *service, const struct message *message) {
    struct message_ready ready = {0};
    TRY(messages_get_ready(message->body, &ready));
    if (sight->reader.ready) {
        return ERR_MESSAGE_SHAPE;
    }
    sight->reader.ready = true;
    service_note_ready(service, ready.landlock_abi);
    return ERR_OK;
}

static enum err note_lost(struct sight *sight, struct service *service, const struct message *message) {
    struct message_lost lost = {ERR_OK};
    TRY(messages_get_lost(message->body, &lost));
    lose_camera(sight, service, lost.cause);
    return ERR_OK;
}

static enum err take(struct sight *sight, struct service *service, const struct message *message,
                     struct sight_news *out) {
    struct message_stats stats = {0};
    switch (message->type) {
    case MESSAGE_READY:
        return note_ready(sight, service, message);
    case MESSAGE_READER_STATS:
        TRY(messages_get_stats(message->body, &stats));
        note_stats(sight, service, &stats);
        return ERR_OK;
    case MESSAGE_CAMERA_LOST:
        return note_lost(sight, service, message);
    default:
        return note_symbol(service, message, out);
    }
}

/* What waits, up to the first news. */
static void hear(struct sight *sight, struct service *service, struct sight_news *out) {
    for (int i = 0; i < MESSAGES_A_TURN && sight->reader.open && out->kind == SIGHT_NOTHING; i++) {
        struct room buffer = room_over(sight->bytes, sizeof sight->bytes);
        struct message message = {0};
        enum err err = messages_receive(sight->reader.socket, MESSAGES_FROM_READER, &buffer, &message);
        if (err == ERR_MESSAGE_NONE) {
            return;
        }
        if (err == ERR_OK) {
            err = take(sight, service, &message, out);
        }
        if (err != ERR_OK) {
            lose_reader(sight, service, err == ERR_MESSAGE_CLOSED ? "died" : "spoke");
            return;
        }
        sight->reader.heard_ms = service->now_ms;
    }
}

void sight_turn(struct sight *sight, struct service *service, struct sight_news *out) {
    *out = (struct sight_news){0};
    if (!sight->reader.open) {
        start_reader(sight, service);
        return;
    }
    hear(sight, service, out);
    if (!sight->reader.open) {
        return;
    }
    bool owes_word = sight->streaming || !sight->reader.ready;
    const char *complaint =
        service_complaint(service, &sight->reader, owes_word ? LIMIT_CHILD_ANSWER_MS : INT64_MAX);
    if (complaint != NULL) {
        lose_reader(sight, service, complaint);
    } else if (sight->reader.ready && !sight->streaming && service->now_ms >= sight->camera_ms) {
        give_camera(sight, service);
    }
}

bool sight_picture(struct sight *sight) {
    if (!preview_read(&sight->preview, sight->pixels)) {
        return false;
    }
    sight->serial++;
    return true;
}

void sight_close(struct sight *sight) {
    (void)child_end(&sight->reader);
    if (sight->preview.base != NULL) {
        close(sight->preview_descriptor);
    }
    preview_close(&sight->preview);
    free(sight->pixels);
    *sight = (struct sight){0};
}
