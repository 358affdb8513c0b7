/* SPDX-License-Identifier: Apache-2.0 */
/* face_staff: the staff's screens: the PIN before them, the tiles, the trust list. */
#include "kiosk/face_states.h"

#include "codec/base64url.h"

static void forget_typed(struct face *face) {
    explicit_bzero(face->pin_digits, sizeof face->pin_digits);
    face->view.desk.pin = (struct screen_pin){0};
    face->view.desk.clock = (struct screen_clock){0};
    face->far_s = 0;
}

void face_ask_pin(struct face *face) {
    forget_typed(face);
    face_enter(face, SCREEN_PIN);
}

void face_leave_staff(struct face *face) {
    if (face->view.kind != SCREEN_PIN) {
        journal_write(&face->journal, &face->service.now, "staff", "left");
    }
    forget_typed(face);
    face_speak(face, (enum language)face->config.language);
    face_enter(face, SCREEN_SCAN);
}

bool face_staff_left(struct face *face) {
    bool left = face->service.now_ms - face->touched_ms > FACE_STAFF_MS;
    if (left) {
        face_leave_staff(face);
    }
    return left;
}

static void staff_turn(struct face *face) {
    (void)face_staff_left(face);
}

void face_staff_touch(struct face *face, enum action action) {
    if (action == ACTION_LEAVE) {
        face_leave_staff(face);
    } else if (action == ACTION_BACK) {
        forget_typed(face);
        face_enter(face, SCREEN_ADMIN);
    } else {
        face_touch_language(face, action);
    }
}

/* ---- PIN */

static void try_pin(struct face *face) {
    struct screen_pin *pin = &face->view.desk.pin;
    struct span digits = span_of_bytes(face->pin_digits, pin->typed);
    enum pin_answer answer =
        pin_guard_try(&face->pin_guard, &face->board.store, &face->config.pin, digits, face->service.now_ms);
    forget_typed(face);
    if (answer == PIN_RIGHT) {
        journal_write(&face->journal, &face->service.now, "staff", "in");
        face_enter(face, SCREEN_ADMIN);
    } else if (answer == PIN_WRONG) {
        pin->wrong = true;
        journal_write(&face->journal, &face->service.now, "staff", "wrong=%u wait_s=%u",
                      face->pin_guard.wrong, pin_guard_wait_s(&face->pin_guard, face->service.now_ms));
    }
}

static void type_pin(struct face *face, char digit) {
    struct screen_pin *pin = &face->view.desk.pin;
    bool takes = face->config.pin.set && pin_guard_wait_s(&face->pin_guard, face->service.now_ms) == 0;
    if (takes && pin->typed < SCREEN_PIN_DIGITS) {
        face->pin_digits[pin->typed++] = digit;
        pin->wrong = false;
    }
}

static void pin_touch(struct face *face, enum action action) {
    struct screen_pin *pin = &face->view.desk.pin;
    if (action >= ACTION_DIGIT && action <= ACTION_DIGIT_LAST) {
        type_pin(face, (char)('0' + (action - ACTION_DIGIT)));
    } else if (action == ACTION_ERASE && pin->typed > 0) {
        face->pin_digits[--pin->typed] = '\0';
    } else if (action == ACTION_ENTER && pin->typed > 0) {
        try_pin(face);
    } else if (action == ACTION_LEAVE || action == ACTION_BACK) {
        face_leave_staff(face);
    } else {
        face_touch_language(face, action);
    }
}

/* ---- tiles, trust list */

static void admin_touch(struct face *face, enum action action) {
    if (action == ACTION_TILE_TRUST) {
        face_enter(face, SCREEN_TRUST);
    } else if (action == ACTION_TILE_IMPORT) {
        face_enter(face, SCREEN_IMPORT);
    } else if (action == ACTION_TILE_CLOCK) {
        face_enter(face, SCREEN_CLOCK);
    } else {
        face_staff_touch(face, action);
    }
}

static void fill_trust(const struct face *face, struct screen_trust *trust) {
    const struct judge *judge = &face->judge;
    struct room signer = room_over(trust->signer, SCREEN_KEY_CHARACTERS);
    trust->root = judge->trust.present ? judge->root : 0;
    memset(trust->signer, 0, sizeof trust->signer);
    bool signed_by = trust->root != 0 &&
                     base64url_encode(span_of_bytes(judge->signer, sizeof judge->signer), &signer) == ERR_OK;
    trust->signer[signed_by ? signer.len : 0] = '\0';
    trust->token = judge->trust.confirmed_s != 0;
    trust->token_issued_s = judge->trust.confirmed_s;
    trust->token_revocations = judge->trust.revoked_since;
    trust->err = face->lists.known && face->lists.err != ERR_OK ? face->lists.err : judge->lists_err;
}

static void fill_clock(const struct face *face, struct screen_clock *clock) {
    const struct clock_reading *reading = &face->evidence.reading;
    bool goes = reading->rtc_healthy && reading->rtc_s >= face->evidence.floor_s;
    clock->rtc = reading->rtc_present && goes;
    clock->rtc_ill = reading->rtc_present && !goes;
}

void face_fill_desk(struct face *face) {
    struct screen_desk *desk = &face->view.desk;
    desk->pin.missing = !face->config.pin.set;
    desk->pin.wait_s = pin_guard_wait_s(&face->pin_guard, face->service.now_ms);
    fill_trust(face, &desk->trust);
    fill_clock(face, &desk->clock);
    face_fill_import(face);
}

const struct face_state face_pin_state = {staff_turn, NULL, pin_touch};
const struct face_state face_admin_state = {staff_turn, NULL, admin_touch};
const struct face_state face_trust_state = {staff_turn, NULL, face_staff_touch};
