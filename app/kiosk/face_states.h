/* face_states: states of the table that live in files of their own, and what they share. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KIOSK_FACE_STATES_H
#define KIOSK_FACE_STATES_H

#include "kiosk/face.h"

/* The staff's screens leave when nobody has touched them for so long. */
#define FACE_STAFF_MS 60000

/* The staff's: PIN, tiles, trust list, import, clock. */
extern const struct face_state face_pin_state;
extern const struct face_state face_admin_state;
extern const struct face_state face_trust_state;
extern const struct face_state face_import_state;
extern const struct face_state face_clock_state;
/* The result of a freshness token. */
extern const struct face_state face_token_state;

/* A verifier has answered that a freshness token was shown: an installer takes it in, or its refusal is shown. */
void face_take_token(struct face *face);

/* Tell the stick's reading what became of its token; an answer for which nobody waits is dropped. Not while one that was shown is on
 * its way. */
void face_hear_stick_token(struct face *face);

/* Show what the installer made of it, once it has answered. */
void face_await_token(struct face *face);

/* A code that comes into view while a result stays waits for its turn. */
void face_wait_code(struct face *face, const struct sight_news *news);

/* Judge the code that waits, if there is one: true then. */
bool face_check_waiting(struct face *face);

/* Away with the result, back to scanning. */
void face_leave_result(struct face *face);

/* Somebody touched the lock: ask for the PIN. What a visitor showed must be gone from the view. */
void face_ask_pin(struct face *face);

/* From any of the staff's screens back to scanning, in the first language; what was typed is forgotten. */
void face_leave_staff(struct face *face);

/* A turn of a staff's screen: true, and it was left, when nobody has touched it for FACE_STAFF_MS. */
bool face_staff_left(struct face *face);

/* What is touched on every staff's screen behind the PIN: back to the tiles, leave, languages. */
void face_staff_touch(struct face *face, enum action action);

/* A language button. Anything else does nothing. */
void face_touch_language(struct face *face, enum action action);

/* What the staff's screens show of the kiosk's own state, at present. */
void face_fill_desk(struct face *face);
/* Of that, what somebody brought on a stick. */
void face_fill_import(struct face *face);

#endif
