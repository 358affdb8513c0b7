/* SPDX-License-Identifier: Apache-2.0 */
/* face_import: what somebody brought on a stick, behind the PIN: looked into, confirmed, installed. */
#include "kiosk/face_states.h"

/* Something goes on by itself: nobody is away who waits for it. */
static bool is_at_work(enum brought_step step) {
    return step == BROUGHT_READING || step == BROUGHT_WAITING || step == BROUGHT_LOOKING ||
           step == BROUGHT_INSTALLING;
}

/* What was said to the end is not said again. */
static void leave(struct face *face) {
    if (brought_is_over(&face->brought)) {
        brought_dismiss(&face->brought, &face->service);
    }
}

void face_hear_stick_token(struct face *face) {
    enum err err = ERR_OK;
    if (installed_token_answered(&face->lists, &err) && face->brought.token_waits) {
        brought_token_answered(&face->brought, &face->service, err);
    }
}

/* A code of the stick goes the way of one that is shown to the camera: to an installer, which checks it. */
static void hand_token(struct face *face) {
    uint8_t bytes[LIMIT_FRESH_BYTES];
    struct room token = room_over(bytes, sizeof bytes);
    face_hear_stick_token(face);
    bool idle = face->lists.token.order == INSTALLED_NOTHING;
    if (idle && brought_token(&face->brought, &face->service, &token)) {
        (void)!installed_take_token(&face->lists, room_span(&token));
    }
}

static void import_turn(struct face *face) {
    hand_token(face);
    if (is_at_work(face->brought.step)) {
        face->touched_ms = face->service.now_ms;
    } else if (face_staff_left(face)) {
        leave(face);
    }
}

static void import_touch(struct face *face, enum action action) {
    if (action == ACTION_CONFIRM) {
        brought_confirm(&face->brought, &face->service);
    } else if (action == ACTION_CANCEL) {
        brought_dismiss(&face->brought, &face->service);
        face_enter(face, SCREEN_ADMIN);
    } else {
        face_staff_touch(face, action);
        if (face->view.kind != SCREEN_IMPORT) {
            leave(face);
        }
    }
}

static enum screen_import_step step_of(enum brought_step step) {
    static const enum screen_import_step steps[] = {
        [BROUGHT_NOTHING] = SCREEN_IMPORT_NO_STICK, [BROUGHT_READING] = SCREEN_IMPORT_READING,
        [BROUGHT_WAITING] = SCREEN_IMPORT_READING,  [BROUGHT_LOOKING] = SCREEN_IMPORT_READING,
        [BROUGHT_FOUND] = SCREEN_IMPORT_FOUND,      [BROUGHT_INSTALLING] = SCREEN_IMPORT_INSTALLING,
        [BROUGHT_DONE] = SCREEN_IMPORT_DONE,        [BROUGHT_UNCHANGED] = SCREEN_IMPORT_UNCHANGED,
        [BROUGHT_REFUSED] = SCREEN_IMPORT_REFUSED,  [BROUGHT_TOKENS] = SCREEN_IMPORT_TOKEN};
    return steps[step];
}

void face_fill_import(struct face *face) {
    const struct brought *brought = &face->brought;
    const struct install_inspect *pack = &brought->pack;
    enum brought_step step = brought->step;
    struct screen_import *import = &face->view.desk.import;
    import->step = step_of(step);
    import->err = brought->err;
    import->token = brought->taken > 0     ? SCREEN_TOKEN_TAKEN
                    : brought->refused > 0 ? SCREEN_TOKEN_REFUSED
                                           : SCREEN_TOKEN_NONE;
    import->token_err = brought->token_err;
    import->safe_to_remove = step != BROUGHT_NOTHING && step != BROUGHT_READING;
    import->candidate = (struct screen_pack){
        .seq = pack->seq,
        .root = pack->root,
        .issued_s = pack->issued_s,
        .next_update_s = pack->next_update_s,
        .expires_s = pack->expires_s,
        .compared = pack->compared,
        .issuers = pack->issuers,
        .added = pack->added,
        .removed = pack->removed,
        .changed = pack->changed,
    };
    face->view.stick = step == BROUGHT_WAITING || step == BROUGHT_LOOKING || step == BROUGHT_FOUND;
}

const struct face_state face_import_state = {import_turn, NULL, import_touch};
