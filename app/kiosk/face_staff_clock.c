/* SPDX-License-Identifier: Apache-2.0 */
/* face_staff_clock: staff says the time, when no clock of the board can be relied on. */
#include <stdio.h>

#include "base/datetime.h"
#include "kiosk/face_states.h"

/* Twelve digits of local time. ERR_CLOCK_DATE: no such day or time, or not all are typed. */
static enum err read_typed(const struct face *face, int64_t *out_s) {
    const char *typed = face->view.desk.clock.digits;
    char text[DATETIME_TEXT_SIZE];
    int64_t local_s = 0;
    if (strnlen(typed, SCREEN_CLOCK_DIGITS + 1) != SCREEN_CLOCK_DIGITS) {
        return ERR_CLOCK_DATE;
    }
    snprintf(text, sizeof text, "%.4s-%.2s-%.2sT%.2s:%.2s:00Z", typed, typed + 4, typed + 6, typed + 8,
             typed + 10);
    if (datetime_parse(span_of_text(text), &local_s) != ERR_OK) {
        return ERR_CLOCK_DATE;
    }
    *out_s = local_s - face->config.utc_offset_min * 60ll;
    return ERR_OK;
}

/* More than a year above the floor is asked a second time: a year is mistyped more easily than a list is that old. */
static enum err say_typed(struct face *face) {
    int64_t time_s = 0;
    TRY(read_typed(face, &time_s));
    if (time_s > face->evidence.floor_s + INTERVAL_FAR_S && time_s != face->far_s) {
        face->far_s = time_s;
        return ERR_CLOCK_FAR;
    }
    return face_say_time(face, time_s);
}

static void take_typed(struct face *face) {
    struct screen_clock *clock = &face->view.desk.clock;
    clock->err = say_typed(face);
    if (clock->err == ERR_OK) {
        memset(clock->digits, 0, sizeof clock->digits);
        face->far_s = 0;
    } else {
        journal_write(&face->journal, &face->service.now, "clock", "refused=%s", err_name(clock->err));
    }
}

/* Another time than the one that was asked about. */
static void change(struct face *face, size_t at, char digit) {
    face->view.desk.clock.digits[at] = digit;
    face->view.desk.clock.err = ERR_OK;
    face->far_s = 0;
}

static void clock_touch(struct face *face, enum action action) {
    size_t typed = strnlen(face->view.desk.clock.digits, SCREEN_CLOCK_DIGITS);
    if (action >= ACTION_DIGIT && action <= ACTION_DIGIT_LAST) {
        if (typed < SCREEN_CLOCK_DIGITS) {
            change(face, typed, (char)('0' + (action - ACTION_DIGIT)));
        }
    } else if (action == ACTION_ERASE && typed > 0) {
        change(face, typed - 1, '\0');
    } else if (action == ACTION_ENTER && typed > 0) {
        take_typed(face);
    } else {
        face_staff_touch(face, action);
    }
}

static void clock_turn(struct face *face) {
    (void)face_staff_left(face);
}

const struct face_state face_clock_state = {clock_turn, NULL, clock_touch};
