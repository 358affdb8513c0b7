/* SPDX-License-Identifier: Apache-2.0 */
/* face_clock: what face knows of the time: a floor that is kept, and the machine's clocks above it. */
#include "kiosk/build_time.h"
#include "kiosk/face.h"
#include "kiosk/floor.h"

void face_raise_floor(struct face *face, int64_t time_s) {
    if (time_s <= face->floor_s || time_s >= FLOOR_MOST_S) {
        return;
    }
    face->floor_s = time_s;
    if (floor_write(&face->board.store, time_s) != ERR_OK) {
        journal_write(&face->journal, &face->service.now, "floor", "not kept");
    }
}

void face_read_clock(struct face *face) {
    struct clock_reading reading = {0};
    face->board.clock.read(face->board.clock.ctx, &reading);
    face_raise_floor(face, face->judge.trust.present ? face->judge.trust.issued_s : 0);
    face->service.now = interval_from_clock(face->floor_s, &reading);
}

/* A simulated clock may stand before the build. */
void face_start_clock(struct face *face) {
    struct board_scene scene = {0};
    int64_t stored_s = floor_read(&face->board.store);
    bool built_later = !board_scene(&face->board, &scene) && stored_s < build_time_s;
    face->floor_s = built_later ? build_time_s : stored_s;
    face_read_clock(face);
}
