/* SPDX-License-Identifier: Apache-2.0 */
#include "boards/sim/player.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "boards/picture.h"
#include "boards/sim/sim_stick.h"

/* The frame of a picture as the camera would send it: a JPEG as it is, the rest on the scenery. */
static enum err frame_of(struct player *player, const struct picture *picture, struct frame *out) {
    if (picture->frame.format == FRAME_MJPEG) {
        *out = picture->frame;
        return ERR_OK;
    }
    struct grey grey = {picture->memory, picture->frame.width_px, picture->frame.height_px};
    return scenery_show(&player->scenery, &grey, out);
}

/* The path of a step's file or folder; false when it is too long. */
static bool place(const struct player *player, const struct script_step *step, char path[PATH_MAX]) {
    bool absolute = span_starts_with(step->text, "/");
    int len = snprintf(path, PATH_MAX, "%s%s%.*s", absolute ? "" : player->folder, absolute ? "" : "/",
                       (int)step->text.len, (const char *)step->text.ptr);
    return len >= 0 && len < PATH_MAX;
}

static enum err load(const struct player *player, const struct script_step *step, struct picture *out) {
    char path[PATH_MAX];
    return place(player, step, path) ? picture_from_file(path, out) : ERR_FILE_READ;
}

enum err player_check(struct player *player, const struct script_step *step) {
    if (step->kind != SCRIPT_FRAME) {
        return ERR_OK;
    }
    struct picture picture = {0};
    struct frame frame;
    TRY(load(player, step, &picture));
    enum err err = frame_of(player, &picture, &frame);
    picture_close(&picture);
    return err;
}

static void publish(struct player *player) {
    if (player->state != NULL) {
        sim_state_set_scene(player->state, &player->scene);
    }
}

/* Wait for the next beat of the camera. One who is late by far starts to count anew. */
static enum err beat(struct player *player) {
    int64_t period_us = 1000000 / (player->rate_fps > 0 ? player->rate_fps : 1);
    int64_t now_us = link_now_us();
    if (player->next_us < now_us - 4 * period_us) {
        player->next_us = now_us;
    }
    enum err err = link_wait(&player->link, player->next_us);
    player->next_us += period_us;
    return err;
}

/* Send one frame so many times, or so long. */
static enum err repeat(struct player *player, struct frame frame, uint32_t amount, bool in_ms, bool shows) {
    int64_t end_us = link_now_us() + (int64_t)amount * 1000;
    uint32_t sent = 0;
    while (in_ms ? sent == 0 || link_now_us() < end_us : sent < amount) {
        TRY(beat(player));
        TRY(link_watched(&player->link));
        frame.captured_us = link_now_us();
        if (shows && !player->link.unplugged && player->scene.first_frame_us == 0) {
            player->scene.first_frame_us = frame.captured_us;
            publish(player);
        }
        TRY(link_send(&player->link, &frame));
        sent++;
    }
    return ERR_OK;
}

/* Keep a picture's bytes for `cut` and `flip`. */
static enum err remember(struct player *player, struct span bytes) {
    uint8_t *copy = malloc(bytes.len + 1);
    if (copy == NULL) {
        return ERR_NO_MEMORY;
    }
    memcpy(copy, bytes.ptr, bytes.len);
    free(player->last);
    player->last = copy;
    player->last_len = bytes.len;
    return ERR_OK;
}

static enum err show_picture(struct player *player, const struct picture *picture, uint32_t amount,
                             bool in_ms) {
    struct frame frame = {0};
    TRY(frame_of(player, picture, &frame));
    TRY(remember(player, frame.format == FRAME_MJPEG ? frame.bytes : (struct span){0}));
    return repeat(player, frame, amount, in_ms, true);
}

static enum err show_file(struct player *player, const struct script_step *step) {
    struct picture picture = {0};
    TRY(load(player, step, &picture));
    enum err err = show_picture(player, &picture, step->amount, step->in_ms);
    picture_close(&picture);
    return err;
}

enum err player_show(struct player *player, struct span bytes, uint32_t amount) {
    struct picture picture = {0};
    TRY(picture_from_bytes(bytes, &picture));
    enum err err = show_picture(player, &picture, amount, false);
    picture_close(&picture);
    return err;
}

/* The last picture, cut or with one bit changed; nothing where there was none. */
static enum err show_damaged(struct player *player, const struct script_step *step) {
    size_t value = (size_t)step->value;
    if (player->last_len == 0) {
        return ERR_OK;
    }
    struct frame frame = {.format = FRAME_MJPEG, .bytes = span_of_bytes(player->last, player->last_len)};
    if (step->kind == SCRIPT_CUT) {
        frame.bytes = span_slice(frame.bytes, 0, value);
        return repeat(player, frame, step->amount, step->in_ms, true);
    }
    size_t bit = value % (player->last_len * 8);
    uint8_t mask = (uint8_t)(0x80u >> bit % 8);
    player->last[bit / 8] ^= mask;
    enum err err = repeat(player, frame, step->amount, step->in_ms, true);
    player->last[bit / 8] ^= mask;
    return err;
}

static enum err show_empty(struct player *player, const struct script_step *step) {
    struct frame frame = {0};
    TRY(scenery_show(&player->scenery, NULL, &frame));
    return repeat(player, frame, step->amount, step->in_ms, false);
}

static void begin_scene(struct player *player, struct span name) {
    struct board_scene scene = {.number = player->scene.number + 1};
    size_t len = name.len < sizeof scene.name - 1 ? name.len : sizeof scene.name - 1;
    memcpy(scene.name, name.ptr, len);
    player->scene = scene;
    publish(player);
}

static void set_clock(struct sim_state *state, const struct script_step *step) {
    switch (step->kind) {
    case SCRIPT_CLOCK_SET:
        sim_state_set_clock(state, step->value);
        break;
    case SCRIPT_CLOCK_BACK:
        sim_state_clock_back(state, step->value);
        break;
    case SCRIPT_CLOCK_PASS:
        sim_state_pass(state, step->value);
        break;
    case SCRIPT_RTC_SET:
        sim_state_set_rtc(state, SIM_RTC_HEALTHY, step->value);
        break;
    case SCRIPT_RTC_STOPPED:
        sim_state_stop_rtc(state);
        break;
    case SCRIPT_RTC_NONE:
        sim_state_set_rtc(state, SIM_RTC_NONE, 0);
        break;
    default:
        sim_state_unset_clock(state);
        break;
    }
}

static void set_disk(struct sim_state *state, const struct script_step *step) {
    sim_state_set_disk(state, step->kind == SCRIPT_STORE_FULL   ? SIM_DISK_FULL
                              : step->kind == SCRIPT_STORE_TORN ? SIM_DISK_TORN
                                                                : SIM_DISK_FINE);
}

static enum err move_stick(const struct player *player, const struct script_step *step) {
    char path[PATH_MAX];
    if (player->data == NULL || step->kind == SCRIPT_UNPLUG_STICK) {
        return player->data == NULL ? ERR_OK : sim_stick_unplug(player->data);
    }
    return place(player, step, path) ? sim_stick_plug(player->data, path, step->value) : ERR_FILE_READ;
}

/* A name as it is; digits one after another, as a finger does. */
static void touch(struct sim_state *state, const struct script_step *step) {
    uint64_t number = 0;
    if (!span_decimal(step->text, BOARD_TOUCH_SIZE, &number)) {
        sim_state_touch(state, step->text);
        return;
    }
    for (size_t i = 0; i < step->text.len; i++) {
        sim_state_touch(state, span_slice(step->text, i, 1));
    }
}

/* What goes to the simulated clock, disk and screen; nothing where nobody asks. */
static void set_state(const struct player *player, const struct script_step *step,
                      void (*set)(struct sim_state *state, const struct script_step *step)) {
    if (player->state != NULL) {
        set(player->state, step);
    }
}

enum err player_step(struct player *player, const struct script_step *step) {
    switch (step->kind) {
    case SCRIPT_FRAME:
        return show_file(player, step);
    case SCRIPT_CUT:
    case SCRIPT_FLIP:
        return show_damaged(player, step);
    case SCRIPT_EMPTY:
        return show_empty(player, step);
    case SCRIPT_TIMEOUT:
        return link_wait(&player->link, link_now_us() + step->value * 1000);
    case SCRIPT_SCENE:
        begin_scene(player, step->text);
        break;
    case SCRIPT_UNPLUG:
        link_unplug(&player->link);
        break;
    case SCRIPT_PLUG:
        link_plug(&player->link);
        break;
    case SCRIPT_STICK:
    case SCRIPT_UNPLUG_STICK:
        return move_stick(player, step);
    case SCRIPT_CLOCK_SET:
    case SCRIPT_CLOCK_BACK:
    case SCRIPT_CLOCK_UNSET:
    case SCRIPT_CLOCK_PASS:
    case SCRIPT_RTC_SET:
    case SCRIPT_RTC_STOPPED:
    case SCRIPT_RTC_NONE:
        set_state(player, step, set_clock);
        break;
    case SCRIPT_STORE_FULL:
    case SCRIPT_STORE_TORN:
    case SCRIPT_STORE_FINE:
        set_state(player, step, set_disk);
        break;
    case SCRIPT_TOUCH:
        set_state(player, step, touch);
        break;
    case SCRIPT_NONE:
        break;
    }
    return ERR_OK;
}

void player_end(struct player *player) {
    player->scene.ended = true;
    publish(player);
}

void player_close(struct player *player) {
    scenery_close(&player->scenery);
    free(player->last);
    player->last = NULL;
    player->last_len = 0;
}
