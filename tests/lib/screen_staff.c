/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/screen_staff.h"

#include "tests/lib/screen_cases.h"
#include "tests/lib/screen_several.h"

#define DAY 86400

static void a_trust(struct screen_view *view) {
    view->kind = SCREEN_TRUST;
    view->desk.trust.root = 3;
    memcpy(view->desk.trust.signer, "4f1c0a9e", 8);
}

static void an_import(struct screen_view *view, enum screen_import_step step) {
    view->kind = SCREEN_IMPORT;
    view->desk.import.step = step;
    view->desk.import.candidate = (struct screen_pack){.seq = 213,
                                                       .root = 3,
                                                       .issued_s = SCREEN_CASES_NOON_S,
                                                       .next_update_s = SCREEN_CASES_NOON_S + 14 * DAY,
                                                       .expires_s = SCREEN_CASES_NOON_S + 60 * DAY,
                                                       .compared = true,
                                                       .issuers = 1234,
                                                       .added = 12,
                                                       .removed = 3,
                                                       .changed = 1};
}

static void ended(struct screen_view *view) {
    view->trust.next_update_s = SCREEN_CASES_NOON_S - 50 * DAY;
    view->trust.expires_s = SCREEN_CASES_NOON_S - DAY;
    view->trust.status_in_force = 0;
}

static void hostile(struct screen_view *view) {
    memset(&view->desk, 0xFF, sizeof view->desk);
    view->desk.import.step = SCREEN_IMPORT_FOUND;
    view->desk.import.candidate.compared = true;
    view->desk.import.safe_to_remove = false;
    view->desk.pin.missing = false;
    view->desk.pin.wrong = true;
    view->desk.clock.rtc = view->desk.clock.rtc_ill = true;
    view->desk.trust.token = true;
    memset(view->desk.trust.signer, 'W', SCREEN_KEY_CHARACTERS);
    view->desk.trust.signer[SCREEN_KEY_CHARACTERS] = '\0';
    view->trust.seq = UINT64_MAX;
    view->trust.status_lists = view->trust.status_in_force = UINT32_MAX;
}

void screen_staff_pin(struct screen_view *view) {
    view->kind = SCREEN_PIN;
}

void screen_staff_pin_typed(struct screen_view *view) {
    view->kind = SCREEN_PIN;
    view->desk.pin.typed = 5;
    view->pressed = (enum action)(ACTION_DIGIT + 5);
}

void screen_staff_pin_longest(struct screen_view *view) {
    view->kind = SCREEN_PIN;
    view->desk.pin.typed = SCREEN_PIN_DIGITS;
    view->pressed = ACTION_ENTER;
}

void screen_staff_pin_wrong(struct screen_view *view) {
    view->kind = SCREEN_PIN;
    view->desk.pin.wrong = true;
}

void screen_staff_pin_wait(struct screen_view *view) {
    view->kind = SCREEN_PIN;
    view->desk.pin.wrong = true;
    view->desk.pin.wait_s = 15;
}

void screen_staff_pin_missing(struct screen_view *view) {
    view->kind = SCREEN_PIN;
    view->desk.pin.missing = true;
}

void screen_staff_admin(struct screen_view *view) {
    view->kind = SCREEN_ADMIN;
}

void screen_staff_admin_stick(struct screen_view *view) {
    view->kind = SCREEN_ADMIN;
    view->desk.import.step = SCREEN_IMPORT_READING;
    view->pressed = ACTION_TILE_IMPORT;
    view->now = (struct interval){0};
}

void screen_staff_admin_no_list(struct screen_view *view) {
    view->kind = SCREEN_ADMIN;
    view->trust = (struct shown_trust){0};
}

void screen_staff_trust(struct screen_view *view) {
    a_trust(view);
}

void screen_staff_trust_token(struct screen_view *view) {
    a_trust(view);
    view->desk.trust.token = true;
    view->desk.trust.token_issued_s = SCREEN_CASES_NOON_S;
    view->desk.trust.token_revocations = 2;
}

void screen_staff_trust_due(struct screen_view *view) {
    a_trust(view);
    view->trust.next_update_s = SCREEN_CASES_NOON_S - DAY;
    view->trust.status_in_force = 38;
}

void screen_staff_trust_ended(struct screen_view *view) {
    a_trust(view);
    ended(view);
}

void screen_staff_trust_none(struct screen_view *view) {
    view->kind = SCREEN_TRUST;
    view->trust = (struct shown_trust){0};
    view->desk.trust.err = ERR_INSTALL_SLOTS;
}

void screen_staff_trust_no_status(struct screen_view *view) {
    a_trust(view);
    view->trust.status_lists = 0;
}

void screen_staff_import_no_stick(struct screen_view *view) {
    an_import(view, SCREEN_IMPORT_NO_STICK);
}

void screen_staff_import_reading(struct screen_view *view) {
    an_import(view, SCREEN_IMPORT_READING);
}

void screen_staff_import_found(struct screen_view *view) {
    an_import(view, SCREEN_IMPORT_FOUND);
    view->desk.import.safe_to_remove = true;
}

void screen_staff_import_found_first(struct screen_view *view) {
    an_import(view, SCREEN_IMPORT_FOUND);
    view->desk.import.candidate.compared = false;
    view->desk.import.safe_to_remove = true;
    view->desk.import.token = SCREEN_TOKEN_TAKEN;
}

void screen_staff_import_installing(struct screen_view *view) {
    an_import(view, SCREEN_IMPORT_INSTALLING);
    view->desk.import.safe_to_remove = true;
}

void screen_staff_import_done(struct screen_view *view) {
    an_import(view, SCREEN_IMPORT_DONE);
    view->desk.import.safe_to_remove = true;
    view->desk.import.token = SCREEN_TOKEN_TAKEN;
}

void screen_staff_import_unchanged(struct screen_view *view) {
    an_import(view, SCREEN_IMPORT_UNCHANGED);
    view->desk.import.safe_to_remove = true;
}

void screen_staff_import_refused(struct screen_view *view) {
    an_import(view, SCREEN_IMPORT_REFUSED);
    view->desk.import.err = ERR_INSTALL_ROLLBACK;
    view->desk.import.safe_to_remove = true;
    view->desk.import.token = SCREEN_TOKEN_REFUSED;
    view->desk.import.token_err = ERR_PACK_FUTURE;
}

void screen_staff_import_forked(struct screen_view *view) {
    an_import(view, SCREEN_IMPORT_REFUSED);
    view->desk.import.err = ERR_INSTALL_FORKED;
    view->desk.import.safe_to_remove = true;
}

void screen_staff_import_token(struct screen_view *view) {
    an_import(view, SCREEN_IMPORT_TOKEN);
    view->desk.import.safe_to_remove = true;
    view->desk.import.token = SCREEN_TOKEN_TAKEN;
}

void screen_staff_import_token_refused(struct screen_view *view) {
    screen_staff_import_token(view);
    view->desk.import.token = SCREEN_TOKEN_REFUSED;
    view->desk.import.token_err = ERR_FRESH_REPLAYED;
}

void screen_staff_token_accepted(struct screen_view *view) {
    view->kind = SCREEN_TOKEN;
    view->token.issued_s = SCREEN_CASES_NOON_S - 3600;
    view->token.until_s = SCREEN_CASES_NOON_S + 14 * 86400;
}

void screen_staff_token_with_revocations(struct screen_view *view) {
    screen_staff_token_accepted(view);
    view->token.revoked = 192;
}

void screen_staff_token_refused(struct screen_view *view) {
    view->kind = SCREEN_TOKEN;
    view->token.err = ERR_FRESH_FAR_AHEAD;
}

void screen_staff_clock(struct screen_view *view) {
    view->kind = SCREEN_CLOCK;
    view->desk.clock.rtc = true;
}

void screen_staff_clock_typed(struct screen_view *view) {
    view->kind = SCREEN_CLOCK;
    memcpy(view->desk.clock.digits, "202608121", 9);
    view->desk.clock.rtc_ill = true;
}

void screen_staff_clock_refused(struct screen_view *view) {
    view->kind = SCREEN_CLOCK;
    view->now = (struct interval){SCREEN_CASES_NOON_S, INTERVAL_UNBOUNDED, INTERVAL_NO_CLOCK, 0};
    memcpy(view->desk.clock.digits, "197001010000", 12);
    view->desk.clock.err = ERR_CLOCK_PASSED;
}

void screen_staff_clock_by_staff(struct screen_view *view) {
    view->kind = SCREEN_CLOCK;
    view->now.source = INTERVAL_STAFF;
}

void screen_staff_scan_stick(struct screen_view *view) {
    view->kind = SCREEN_SCAN;
    view->preview = true;
    view->stick = true;
}

void screen_staff_scan_due_stick(struct screen_view *view) {
    view->kind = SCREEN_SCAN;
    view->preview = true;
    view->stick = true;
    view->trust.next_update_s = SCREEN_CASES_NOON_S - DAY;
    view->hint = SCREEN_HINT_FAR;
}

void screen_staff_scan_ended(struct screen_view *view) {
    view->kind = SCREEN_SCAN;
    view->preview = true;
    ended(view);
}

void screen_staff_scan_ended_stick(struct screen_view *view) {
    view->kind = SCREEN_SCAN;
    view->preview = true;
    ended(view);
    view->stick = true;
    view->pressed = ACTION_STAFF;
}

void screen_staff_scan_clock_unknown(struct screen_view *view) {
    view->kind = SCREEN_SCAN;
    view->preview = true;
    view->now = (struct interval){SCREEN_CASES_NOON_S, INTERVAL_UNBOUNDED, INTERVAL_NO_CLOCK, 0};
}

void screen_staff_scan_clocks_disagree(struct screen_view *view) {
    view->kind = SCREEN_SCAN;
    view->preview = true;
    view->now = (struct interval){SCREEN_CASES_NOON_S, INTERVAL_UNBOUNDED, INTERVAL_DISAGREE, 0};
}

void screen_staff_valid_list_due(struct screen_view *view) {
    screen_cases_result(view, REASON_LIST_STALE, true);
    view->trust.next_update_s = SCREEN_CASES_NOON_S - DAY;
}

void screen_staff_cannot_check_list_ended(struct screen_view *view) {
    screen_cases_result(view, REASON_LIST_EXPIRED, true);
    ended(view);
}

void screen_staff_several_list_ended(struct screen_view *view) {
    screen_several_eight(view);
    ended(view);
}

void screen_staff_several_list_due(struct screen_view *view) {
    screen_several_present(view, 5);
    screen_several_not_valid(view);
    view->trust.next_update_s = SCREEN_CASES_NOON_S - DAY;
}

void screen_staff_hostile_trust(struct screen_view *view) {
    a_trust(view);
    hostile(view);
    view->desk.trust.token = true;
}

void screen_staff_hostile_import(struct screen_view *view) {
    an_import(view, SCREEN_IMPORT_FOUND);
    hostile(view);
    view->desk.import.token = SCREEN_TOKEN_REFUSED;
}

void screen_staff_hostile_refused(struct screen_view *view) {
    an_import(view, SCREEN_IMPORT_REFUSED);
    hostile(view);
    view->desk.import.err = ERR_INSTALL_FORKED;
    view->desk.import.token = SCREEN_TOKEN_REFUSED;
}

void screen_staff_hostile_clock(struct screen_view *view) {
    view->kind = SCREEN_CLOCK;
    hostile(view);
    memset(view->desk.clock.digits, 'W', sizeof view->desk.clock.digits);
    view->now = (struct interval){INT64_MAX, INT64_MIN, (enum interval_source)99, 0};
}

void screen_staff_hostile_pin(struct screen_view *view) {
    view->kind = SCREEN_PIN;
    hostile(view);
    view->desk.pin.wrong = true;
}
