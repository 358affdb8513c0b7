/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/screen_several.h"

#include "tests/lib/screen_cases.h"

#define DAY 86400

/* The holder's signature over what was shown, so many seconds ago. */
void screen_several_present(struct screen_view *view, int64_t ago_s) {
    for (uint32_t i = 0; i < view->verdicts.count; i++) {
        struct verdict *verdict = &view->verdicts.list[i];
        verdict->now = (struct interval){SCREEN_CASES_NOON_S, SCREEN_CASES_NOON_S + 20, INTERVAL_SYSTEM, 0};
        verdict->checks[CHECK_HOLDER] =
            (struct verdict_check){RESULT_PASSED, SENTENCE_HOLDER_SIGNED, true, SCREEN_CASES_NOON_S - ago_s};
    }
}

void screen_several_presented(struct screen_view *view) {
    screen_cases_result(view, REASON_OK, true);
    screen_several_present(view, 30);
}

void screen_several_presented_lately(struct screen_view *view) {
    screen_cases_result(view, REASON_OK, true);
    screen_several_present(view, 21 * 60);
}

void screen_several_presented_long_ago(struct screen_view *view) {
    screen_cases_result(view, REASON_OK, true);
    screen_several_present(view, 40 * DAY);
}

/* The signer's clock is ahead of the kiosk's: no age is told. */
void screen_several_presented_in_future(struct screen_view *view) {
    screen_cases_result(view, REASON_OK, true);
    screen_several_present(view, -3600);
}

/* A presentation of credentials for these reasons, the last of them REASON_NONE; `shown` is an index. */
static void several(struct screen_view *view, const enum verdict_reason *reasons, uint32_t shown) {
    static const char *const names[] = {"PIONEER: first year of service", "First aid, basic course",
                                        "Fire warden"};
    screen_cases_result(view, reasons[0], true);
    view->credential = shown;
    for (uint32_t i = 0; i < LIMIT_PRESENTED && reasons[i] != REASON_NONE; i++) {
        struct verdict *verdict = &view->verdicts.list[i];
        *verdict = view->verdicts.list[0];
        verdict->reason = reasons[i];
        shown_set(&verdict->credential.achievement, span_of_text(names[i % 3]));
        view->verdicts.count = i + 1;
    }
}

static const enum verdict_reason one_is_bad[] = {REASON_OK, REASON_REVOKED, REASON_STATUS_UNKNOWN,
                                                 REASON_NONE};

void screen_several_not_valid(struct screen_view *view) {
    several(view, one_is_bad, 1);
}

void screen_several_chosen(struct screen_view *view) {
    several(view, one_is_bad, 0);
    view->paused = true;
}

void screen_several_valid(struct screen_view *view) {
    static const enum verdict_reason reasons[] = {REASON_OK, REASON_OK, REASON_NONE};
    several(view, reasons, 0);
    screen_several_present(view, 30);
}

void screen_several_noted(struct screen_view *view) {
    static const enum verdict_reason reasons[] = {REASON_OK, REASON_LIST_STALE, REASON_SEEN_BEFORE, REASON_OK,
                                                  REASON_NONE};
    several(view, reasons, 1);
    screen_several_present(view, 40 * DAY);
    view->trust.demo = true;
    view->pressed = (enum action)(ACTION_CREDENTIAL + 3);
}

void screen_several_unknown(struct screen_view *view) {
    static const enum verdict_reason reasons[] = {REASON_OK, REASON_UNKNOWN_ISSUER, REASON_WRONG_EVENT,
                                                  REASON_UNSUPPORTED, REASON_NONE};
    several(view, reasons, 1);
    view->verdicts.list[1].credential = (struct shown_credential){0};
}

void screen_several_elsewhere(struct screen_view *view) {
    static const enum verdict_reason reasons[] = {REASON_WRONG_EVENT, REASON_OK, REASON_WRONG_EVENT,
                                                  REASON_NONE};
    several(view, reasons, 0);
}

static const enum verdict_reason eight_reasons[LIMIT_PRESENTED + 1] = {
    REASON_OK,  REASON_EXPIRED, REASON_UNKNOWN_ISSUER, REASON_HOLDER_UNNAMED,
    REASON_OK,  REASON_ALTERED, REASON_WRONG_EVENT,    REASON_OK,
    REASON_NONE};

void screen_several_eight(struct screen_view *view) {
    several(view, eight_reasons, 5);
}

void screen_several_details_several(struct screen_view *view) {
    several(view, one_is_bad, 1);
    screen_several_present(view, 21 * 60);
    view->kind = SCREEN_DETAILS;
}
