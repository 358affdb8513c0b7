/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/screen_cases.h"

#include "tests/lib/screen_several.h"
#include "tests/lib/screen_staff.h"

#define NOON_12_AUGUST SCREEN_CASES_NOON_S
#define DAY            86400

static void name(struct shown *out, const char *text) {
    shown_set(out, span_of_text(text));
}

/* `count` times the same text. */
static void repeated(struct shown *out, const char *text, size_t count) {
    char bytes[4096];
    size_t len = strlen(text), used = 0;
    for (size_t i = 0; i < count && used + len <= sizeof bytes; i++, used += len) {
        memcpy(bytes + used, text, len);
    }
    shown_set(out, span_of_bytes(bytes, used));
}

static void a_credential(struct shown_credential *c) {
    c->present = true;
    name(&c->issuer, "Riverside Makers' Guild");
    name(&c->issuer_id, "did:web:guild.example");
    name(&c->holder, "Maria Petrova-Lindqvist");
    name(&c->subject_id, "mailto:maria@guild.example");
    name(&c->achievement, "PIONEER: first year of service");
    name(&c->achievement_id, "https://guild.example/achievements/pioneer");
    name(&c->achievement_type, "Badge");
    name(&c->description, "Awarded to members who led a project of their own in their first year.");
    name(&c->criteria, "Lead one project from its idea to its last day, and write down what was learned.");
    name(&c->id, "urn:uuid:7a4b0f9e-3f6e-4c55-9d3c-0f6b6f9f9a11");
    name(&c->format, "Open Badges 3.0 (JWT, ES256)");
    c->awarded = (struct shown_date){true, NOON_12_AUGUST - 90 * DAY};
    c->valid_from = (struct shown_date){true, NOON_12_AUGUST - 90 * DAY};
    c->valid_until = (struct shown_date){true, NOON_12_AUGUST + 275 * DAY};
}

static void checks(struct verdict *verdict, enum verdict_result result) {
    static const enum verdict_sentence sentences[CHECK_COUNT] = {
        SENTENCE_SIGNATURE_RIGHT, SENTENCE_ISSUER_LISTED,   SENTENCE_DATES_IN_FORCE, SENTENCE_STATUS_GOOD,
        SENTENCE_EVENT_ADMITTED,  SENTENCE_FRESHNESS_FRESH, SENTENCE_HOLDER_NONE};
    for (unsigned i = 0; i < CHECK_COUNT; i++) {
        verdict->checks[i].result = result;
        verdict->checks[i].sentence = sentences[i];
    }
    verdict->checks[CHECK_HOLDER].result = RESULT_NOT_APPLICABLE;
    verdict->checks[CHECK_STATUS].has_as_of = true;
    verdict->checks[CHECK_STATUS].as_of_s = NOON_12_AUGUST - 14 * 3600;
}

void screen_cases_result(struct screen_view *view, enum verdict_reason reason, bool with_credential) {
    view->kind = SCREEN_VERDICT;
    view->verdicts.count = 1;
    view->verdicts.list[0].reason = reason;
    view->verdicts.list[0].trust = view->trust;
    view->timer = true;
    view->timer_left_permille = 640;
    checks(&view->verdicts.list[0], RESULT_PASSED);
    if (with_credential) {
        a_credential(&view->verdicts.list[0].credential);
    }
}

static void boot(struct screen_view *view) {
    view->kind = SCREEN_BOOT;
    view->parts[SCREEN_PART_CAMERA] = RESULT_PASSED;
    view->parts[SCREEN_PART_LISTS] = RESULT_PASSED;
    view->parts[SCREEN_PART_CLOCK] = RESULT_FAILED;
    view->parts[SCREEN_PART_STORAGE] = RESULT_NOT_APPLICABLE;
}

static void scan(struct screen_view *view) {
    view->kind = SCREEN_SCAN;
    view->preview = true;
}

static void scan_demo(struct screen_view *view) {
    scan(view);
    view->trust.demo = true;
    name(&view->title, "Spring job fair, north gate");
    view->pressed = (enum action)(ACTION_LANGUAGE + LANGUAGE_RUSSIAN);
}

static void scan_parts(struct screen_view *view) {
    scan(view);
    view->parts_seen = 0x5; /* the first and the third */
    view->parts_total = 3;
}

/* The scan screen with one of its hints. */
#define SCAN_WITH(name, hinted)                                                                              \
    static void name(struct screen_view *view) {                                                             \
        scan(view);                                                                                          \
        view->hint = (hinted);                                                                               \
    }
SCAN_WITH(scan_one_code, SCREEN_HINT_ONE_CODE)
SCAN_WITH(scan_take_away, SCREEN_HINT_TAKE_AWAY)
SCAN_WITH(scan_too_far, SCREEN_HINT_FAR)
SCAN_WITH(scan_too_near, SCREEN_HINT_NEAR)
SCAN_WITH(scan_blurred, SCREEN_HINT_BLURRED)
SCAN_WITH(scan_too_dark, SCREEN_HINT_DARK)
SCAN_WITH(scan_glare, SCREEN_HINT_GLARE)
SCAN_WITH(scan_partly_out, SCREEN_HINT_PARTLY_OUT)

static void scan_no_camera(struct screen_view *view) {
    scan(view);
    view->hint = SCREEN_HINT_CAMERA;
    view->preview = false;
}

static void scan_never_a_camera(struct screen_view *view) {
    scan_no_camera(view);
    view->hint = SCREEN_HINT_NO_CAMERA;
}

static void scan_no_list(struct screen_view *view) {
    scan(view);
    view->trust = (struct shown_trust){0};
    view->now = (struct interval){0};
}

static void scan_old_list(struct screen_view *view) {
    scan(view);
    view->trust.next_update_s = NOON_12_AUGUST - DAY;
    view->trust.unsigned_source = true;
    view->trust.seq = 18446744073709551615u;
}

static void checking(struct screen_view *view) {
    view->kind = SCREEN_CHECKING;
    view->preview = true;
}

static void checking_parts(struct screen_view *view) {
    checking(view);
    view->parts_seen = 0x1B5; /* six of them, not in order */
    view->parts_total = 17;
}

static void valid(struct screen_view *view) {
    screen_cases_result(view, REASON_OK, true);
}

static void valid_paused_demo(struct screen_view *view) {
    screen_cases_result(view, REASON_OK, true);
    view->paused = true;
    view->trust.demo = true;
    view->pressed = ACTION_DONE;
}

static void valid_rtl_name(struct screen_view *view) {
    screen_cases_result(view, REASON_OK, true);
    name(&view->verdicts.list[0].credential.holder,
         "\u0641\u0627\u0637\u0645\u0629 (\u0627\u0644\u0632\u0647\u0631\u0627\u0621) 12");
    name(&view->verdicts.list[0].credential.achievement, "\u0634\u0627\u0631\u0629 PIONEER (2026)");
}

static void valid_note(struct screen_view *view) {
    screen_cases_result(view, REASON_STATUS_UNKNOWN, true);
}

static void valid_partly_shown(struct screen_view *view) {
    screen_cases_result(view, REASON_PARTLY_SHOWN, true);
    view->verdicts.list[0].credential.valid_until.present = false;
}

static void valid_holder_unnamed(struct screen_view *view) {
    screen_cases_result(view, REASON_HOLDER_UNNAMED, true);
    view->verdicts.list[0].credential.holder = (struct shown){0};
    view->verdicts.list[0].credential.valid_until.present = false;
}

static void not_valid_altered(struct screen_view *view) {
    screen_cases_result(view, REASON_ALTERED, true); /* what may not be shown is there, to be left out */
}

static void not_valid_revoked(struct screen_view *view) {
    screen_cases_result(view, REASON_REVOKED, true);
}

static void not_valid_expired(struct screen_view *view) {
    screen_cases_result(view, REASON_EXPIRED, true);
}

static void not_for_this_event(struct screen_view *view) {
    screen_cases_result(view, REASON_WRONG_EVENT, true);
}

static void cannot_check_issuer(struct screen_view *view) {
    screen_cases_result(view, REASON_UNKNOWN_ISSUER, false);
}

static void cannot_check_network(struct screen_view *view) {
    screen_cases_result(view, REASON_NEEDS_NETWORK, false);
}

static void no_verdict(struct screen_view *view) {
    screen_cases_result(view, REASON_NONE, false);
}

static void details(struct screen_view *view) {
    screen_cases_result(view, REASON_OK, true);
    view->kind = SCREEN_DETAILS;
    view->verdicts.list[0].checks[CHECK_ISSUER].result = RESULT_FAILED;
    view->verdicts.list[0].checks[CHECK_ISSUER].sentence = SENTENCE_ISSUER_OUT_OF_SCOPE;
    view->verdicts.list[0].checks[CHECK_DATES].result = RESULT_UNKNOWN;
    view->verdicts.list[0].checks[CHECK_DATES].sentence = SENTENCE_DATES_UNKNOWN;
    view->verdicts.list[0].checks[CHECK_EVENT].result = RESULT_NOT_APPLICABLE;
    view->verdicts.list[0].checks[CHECK_EVENT].sentence = SENTENCE_EVENT_NO_RULES;
}

static void details_page_2(struct screen_view *view) {
    details(view);
    view->page = 1;
}

static void details_last_page(struct screen_view *view) {
    details(view);
    view->verdicts.list[0].reason = REASON_STATUS_UNKNOWN;
    view->verdicts.list[0].notes = 0x3F;
    view->verdicts.list[0].cause = ERR_PACK_DAMAGED;
    view->page = 99;
}

static void out_of_order(struct screen_view *view) {
    view->kind = SCREEN_OUT_OF_ORDER;
    view->problem = ERR_CAMERA_GONE;
    name(&view->contact, "Duty desk, +44 20 7946 0000");
}

static void hostile(struct screen_view *view, const char *text, size_t count) {
    struct shown_credential *c = &view->verdicts.list[0].credential;
    repeated(&c->holder, text, count);
    repeated(&c->issuer, text, count);
    repeated(&c->achievement, text, count);
    repeated(&c->description, text, count);
    repeated(&c->id, text, count);
    repeated(&view->title, text, count);
    repeated(&view->contact, text, count);
}

static void hostile_wide(struct screen_view *view) {
    screen_cases_result(view, REASON_REVOKED, true);
    hostile(view, "W", 90);
}

static void hostile_long(struct screen_view *view) {
    screen_cases_result(view, REASON_OK, true);
    hostile(view, "Anna Maria of the very long names, ", 200);
}

static void hostile_several(struct screen_view *view) {
    screen_several_eight(view);
    screen_several_present(view, INT64_MIN / 2);
    view->credential = 1;
    hostile(view, "Anna Maria \u0645\u062D\u0645\u062F WW", 20);
    view->verdicts.list[1] = view->verdicts.list[0];
    view->verdicts.list[1].reason = REASON_LIST_STALE;
}

static void hostile_marks(struct screen_view *view) {
    screen_cases_result(view, REASON_OK, true);
    hostile(view, "Z\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307a\u0316\u0317\u0318\u0319", 20);
}

static void hostile_mixed(struct screen_view *view) {
    screen_cases_result(view, REASON_OK, true);
    hostile(view, "\u0645\u062D\u0645\u062F (abc) \u05D0\u05D1\u05D2 123 \u202E", 12);
}

static void hostile_details(struct screen_view *view) {
    screen_cases_result(view, REASON_OK, true);
    view->kind = SCREEN_DETAILS;
    view->page = 2;
    hostile(view, "W\u0645m", 80);
}

static void scan_revocations_lost(struct screen_view *view) {
    view->kind = SCREEN_SCAN;
    view->preview = true;
    view->trust.revocations_lost = true;
}

static void hostile_out_of_order(struct screen_view *view) {
    out_of_order(view);
    hostile(view, "WWWWW\u0300", 70);
}

static void hostile_numbers(struct screen_view *view) {
    screen_cases_result(view, (enum verdict_reason)999, true);
    view->verdicts.list[0].checks[0].result = (enum verdict_result)77;
    view->verdicts.list[0].checks[1].sentence = (enum verdict_sentence)999;
    view->verdicts.list[0].credential.awarded.time_s = INT64_MAX;
    view->verdicts.list[0].credential.valid_until.time_s = INT64_MIN;
    view->timer_left_permille = 60000;
    view->trust.issued_s = INT64_MIN;
    view->trust.next_update_s = INT64_MAX;
    view->trust.status_lists = UINT32_MAX;
    view->trust.status_in_force = UINT32_MAX;
    view->utc_offset_s = INT32_MAX;
}

const struct screen_case screen_cases[] = {
    {"boot", boot},
    {"scan", scan},
    {"scan-demo", scan_demo},
    {"scan-one-code", scan_one_code},
    {"scan-too-far", scan_too_far},
    {"scan-too-near", scan_too_near},
    {"scan-blurred", scan_blurred},
    {"scan-too-dark", scan_too_dark},
    {"scan-glare", scan_glare},
    {"scan-partly-out", scan_partly_out},
    {"scan-parts", scan_parts},
    {"scan-take-away", scan_take_away},
    {"scan-no-camera", scan_no_camera},
    {"scan-never-a-camera", scan_never_a_camera},
    {"scan-no-list", scan_no_list},
    {"scan-old-list", scan_old_list},
    {"checking", checking},
    {"checking-parts", checking_parts},
    {"valid", valid},
    {"valid-paused-demo", valid_paused_demo},
    {"valid-rtl-name", valid_rtl_name},
    {"valid-note", valid_note},
    {"valid-partly-shown", valid_partly_shown},
    {"valid-holder-unnamed", valid_holder_unnamed},
    {"not-valid-altered", not_valid_altered},
    {"not-valid-revoked", not_valid_revoked},
    {"not-valid-expired", not_valid_expired},
    {"not-for-this-event", not_for_this_event},
    {"cannot-check-issuer", cannot_check_issuer},
    {"cannot-check-network", cannot_check_network},
    {"no-verdict", no_verdict},
    {"details", details},
    {"details-page-2", details_page_2},
    {"details-last-page", details_last_page},
    {"out-of-order", out_of_order},
    {"scan-revocations-lost", scan_revocations_lost},
    {"valid-presented", screen_several_presented},
    {"valid-presented-lately", screen_several_presented_lately},
    {"valid-presented-long-ago", screen_several_presented_long_ago},
    {"valid-presented-in-future", screen_several_presented_in_future},
    {"several-not-valid", screen_several_not_valid},
    {"several-chosen", screen_several_chosen},
    {"several-valid", screen_several_valid},
    {"several-noted", screen_several_noted},
    {"several-unknown", screen_several_unknown},
    {"several-elsewhere", screen_several_elsewhere},
    {"several-eight", screen_several_eight},
    {"details-several", screen_several_details_several},
    SCREEN_STAFF_CASES,
    {"hostile-several", hostile_several},
    {"hostile-wide", hostile_wide},
    {"hostile-long", hostile_long},
    {"hostile-marks", hostile_marks},
    {"hostile-mixed", hostile_mixed},
    {"hostile-details", hostile_details},
    {"hostile-out-of-order", hostile_out_of_order},
    {"hostile-numbers", hostile_numbers},
};
const size_t screen_case_count = sizeof screen_cases / sizeof *screen_cases;

void screen_case_view(const struct screen_case *which, const struct screen_size *size,
                      const struct catalogue *catalogue, struct screen_view *out) {
    *out = (struct screen_view){.catalogue = catalogue,
                                .width_px = size->width_px,
                                .height_px = size->height_px,
                                .width_mm = size->width_mm,
                                .height_mm = size->height_mm,
                                .utc_offset_s = 7200,
                                .beat = 5};
    out->trust = (struct shown_trust){.present = true,
                                      .seq = 212,
                                      .issued_s = NOON_12_AUGUST,
                                      .next_update_s = NOON_12_AUGUST + 14 * DAY,
                                      .expires_s = NOON_12_AUGUST + 60 * DAY,
                                      .status_lists = 41,
                                      .status_in_force = 38,
                                      .status_as_of_s = NOON_12_AUGUST - 16 * 3600};
    name(&out->trust.scheme, "guild.example/trust");
    out->now = (struct interval){NOON_12_AUGUST + 4000, NOON_12_AUGUST + 4600, INTERVAL_RTC, 0};
    which->fill(out);
}
