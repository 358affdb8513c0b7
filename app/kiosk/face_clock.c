/* SPDX-License-Identifier: Apache-2.0 */
/* face_clock: what face knows of the time: a floor that is kept, and the machine's clocks and staff above it. */
#include "kiosk/build_time.h"
#include "kiosk/face.h"

static void keep_floor(struct face *face) {
    int64_t boot_s = face->evidence.reading.boot_s;
    if (floor_keep(&face->floor, &face->board.store, face->board.clock.boot_id, boot_s) != ERR_OK) {
        journal_write(&face->journal, &face->service.now, "floor", "not kept");
    }
}

/* What has passed in any case. A simulated clock may stand before the build. */
static int64_t least(const struct face *face) {
    struct board_scene scene = {0};
    return board_scene(&face->board, &scene) ? FLOOR_RELEASE_S : build_time_s;
}

void face_raise_floor(struct face *face, int64_t time_s) {
    if (floor_raise(&face->floor, time_s, face->evidence.reading.boot_s)) {
        keep_floor(face);
    }
}

/* The lists in use were made: that time has passed. Under a newer root they are where the floor begins anew. */
static void follow_lists(struct face *face) {
    const struct judge *judge = &face->judge;
    if (!judge->trust.present) {
        return;
    }
    int64_t least_s = least(face), issued_s = judge->trust.issued_s;
    int64_t begin_s = issued_s > least_s ? issued_s : least_s;
    if (floor_follow(&face->floor, judge->root, begin_s, face->evidence.reading.boot_s)) {
        journal_write(&face->journal, &face->service.now, "floor", "root=%llu",
                      (unsigned long long)judge->root);
        keep_floor(face);
    }
    face_raise_floor(face, issued_s);
    face_raise_floor(face, judge->trust.confirmed_s);
}

/* Take in what the clocks say. */
static void hear(struct face *face, const struct clock_reading *reading) {
    enum interval_source before = face->service.now.source;
    interval_hear(&face->evidence, floor_at(&face->floor, reading->boot_s), reading);
    face->service.now = interval_of(&face->evidence);
    if (face->service.now.source != before) {
        journal_write(&face->journal, &face->service.now, "clock", "source=%s",
                      interval_source_code(face->service.now.source));
    }
}

void face_read_clock(struct face *face) {
    struct clock_reading reading = {0};
    face->board.clock.read(face->board.clock.ctx, &reading);
    face->evidence.reading.boot_s = reading.boot_s;
    follow_lists(face);
    hear(face, &reading);
    if (floor_is_due(&face->floor, reading.boot_s)) {
        keep_floor(face);
    }
}

void face_start_clock(struct face *face) {
    struct clock_reading reading = {0};
    face->board.clock.read(face->board.clock.ctx, &reading);
    floor_open(&face->board.store, face->board.clock.boot_id, reading.boot_s, least(face), &face->floor);
    hear(face, &reading);
}

void face_end_clock(struct face *face) {
    if (face->floor.time_s != 0 && face->board.store.ctx != NULL) {
        keep_floor(face);
    }
}

enum err face_say_time(struct face *face, int64_t time_s) {
    TRY(interval_say(&face->evidence, time_s));
    face->service.now = interval_of(&face->evidence);
    journal_write(&face->journal, &face->service.now, "clock", "staff=%lld source=%s", (long long)time_s,
                  interval_source_code(face->service.now.source));
    return ERR_OK;
}
