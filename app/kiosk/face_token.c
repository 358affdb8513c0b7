/* SPDX-License-Identifier: Apache-2.0 */
/* face_token: a freshness token was shown: what becomes of it, and its result. */
#include "kiosk/face_states.h"

static void show(struct face *face, enum err err) {
    const struct judge_token *token = &face->judge.token;
    face->view.token = (struct screen_confirmation){.err = err};
    if (err == ERR_OK) {
        face->view.token.issued_s = token->iat_s;
        face->view.token.until_s = token->until_s;
        face->view.token.revoked = token->revoked;
    }
    face->token_waits = false;
    face->result_ms = face->service.now_ms;
    face->deadline_ms = face->service.now_ms + config_result_s(&face->config) * 1000ll;
    face_enter(face, SCREEN_TOKEN);
}

void face_take_token(struct face *face) {
    const struct judge_token *token = &face->judge.token;
    if (token->err != ERR_OK) {
        journal_write(&face->journal, &face->service.now, "token", "result=%s", err_name(token->err));
        show(face, token->err);
        return;
    }
    face->token_waits = true;
    face->token_handed = installed_take_token(&face->lists, span_of_bytes(token->text, token->len));
}

/* One of a stick that is on its way comes first, and the answer to it is not this one's. */
void face_await_token(struct face *face) {
    const struct judge_token *token = &face->judge.token;
    enum err err = ERR_OK;
    if (!face->token_handed) {
        face_hear_stick_token(face);
        face->token_handed = installed_take_token(&face->lists, span_of_bytes(token->text, token->len));
    } else if (installed_token_answered(&face->lists, &err)) {
        show(face, err);
    }
}

static void turn(struct face *face) {
    if (face->service.now_ms >= face->deadline_ms) {
        face_leave_result(face);
    } else if (face->service.now_ms - face->state_ms >= FACE_RESULT_LEAST_MS) {
        (void)face_check_waiting(face);
    }
}

static void touch(struct face *face, enum action action) {
    if (action == ACTION_DONE) {
        face_leave_result(face);
    } else if (action == ACTION_STAFF) {
        face_leave_result(face);
        face_ask_pin(face);
    } else {
        face_touch_language(face, action);
    }
}

const struct face_state face_token_state = {turn, face_wait_code, touch};
