/* screen_staff: views of the staff's screens, and of what the lists' age puts on the others. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_SCREEN_STAFF_H
#define TESTS_LIB_SCREEN_STAFF_H

#include "screen/screen.h"

/* The staff's screens. */
void screen_staff_pin(struct screen_view *view);
void screen_staff_pin_typed(struct screen_view *view);
void screen_staff_pin_longest(struct screen_view *view);
void screen_staff_pin_wrong(struct screen_view *view);
void screen_staff_pin_wait(struct screen_view *view);
void screen_staff_pin_missing(struct screen_view *view);
void screen_staff_admin(struct screen_view *view);
void screen_staff_admin_stick(struct screen_view *view);
void screen_staff_admin_no_list(struct screen_view *view);
void screen_staff_trust(struct screen_view *view);
void screen_staff_trust_token(struct screen_view *view);
void screen_staff_trust_due(struct screen_view *view);
void screen_staff_trust_ended(struct screen_view *view);
void screen_staff_trust_none(struct screen_view *view);
void screen_staff_trust_no_status(struct screen_view *view);
void screen_staff_import_no_stick(struct screen_view *view);
void screen_staff_import_reading(struct screen_view *view);
void screen_staff_import_found(struct screen_view *view);
void screen_staff_import_found_first(struct screen_view *view);
void screen_staff_import_installing(struct screen_view *view);
void screen_staff_import_done(struct screen_view *view);
void screen_staff_import_unchanged(struct screen_view *view);
void screen_staff_import_refused(struct screen_view *view);
void screen_staff_import_forked(struct screen_view *view);
void screen_staff_import_token(struct screen_view *view);
void screen_staff_import_token_refused(struct screen_view *view);
void screen_staff_token_accepted(struct screen_view *view);
void screen_staff_token_with_revocations(struct screen_view *view);
void screen_staff_token_refused(struct screen_view *view);
void screen_staff_clock(struct screen_view *view);
void screen_staff_clock_typed(struct screen_view *view);
void screen_staff_clock_refused(struct screen_view *view);
void screen_staff_clock_by_staff(struct screen_view *view);

/* Bands on scan and result screens. */
void screen_staff_scan_stick(struct screen_view *view);
void screen_staff_scan_due_stick(struct screen_view *view);
void screen_staff_scan_ended(struct screen_view *view);
void screen_staff_scan_ended_stick(struct screen_view *view);
void screen_staff_scan_clock_unknown(struct screen_view *view);
void screen_staff_scan_clocks_disagree(struct screen_view *view);
void screen_staff_valid_list_due(struct screen_view *view);
void screen_staff_cannot_check_list_ended(struct screen_view *view);
void screen_staff_several_list_ended(struct screen_view *view);
void screen_staff_several_list_due(struct screen_view *view);

/* Numbers and texts that nobody would send. */
void screen_staff_hostile_trust(struct screen_view *view);
void screen_staff_hostile_import(struct screen_view *view);
void screen_staff_hostile_refused(struct screen_view *view);
void screen_staff_hostile_clock(struct screen_view *view);
void screen_staff_hostile_pin(struct screen_view *view);

/* All of them, for the table of cases. */
#define SCREEN_STAFF_CASES                                                                                   \
    {"pin", screen_staff_pin}, {"pin-typed", screen_staff_pin_typed},                                        \
        {"pin-longest", screen_staff_pin_longest}, {"pin-wrong", screen_staff_pin_wrong},                    \
        {"pin-wait", screen_staff_pin_wait}, {"pin-missing", screen_staff_pin_missing},                      \
        {"admin", screen_staff_admin}, {"admin-stick", screen_staff_admin_stick},                            \
        {"admin-no-list", screen_staff_admin_no_list}, {"trust", screen_staff_trust},                        \
        {"trust-token", screen_staff_trust_token}, {"trust-due", screen_staff_trust_due},                    \
        {"trust-ended", screen_staff_trust_ended}, {"trust-none", screen_staff_trust_none},                  \
        {"trust-no-status", screen_staff_trust_no_status},                                                   \
        {"import-no-stick", screen_staff_import_no_stick}, {"import-reading", screen_staff_import_reading},  \
        {"import-found", screen_staff_import_found},                                                         \
        {"import-found-first", screen_staff_import_found_first},                                             \
        {"import-installing", screen_staff_import_installing}, {"import-done", screen_staff_import_done},    \
        {"import-unchanged", screen_staff_import_unchanged},                                                 \
        {"import-refused", screen_staff_import_refused}, {"import-forked", screen_staff_import_forked},      \
        {"import-token", screen_staff_import_token},                                                         \
        {"import-token-refused", screen_staff_import_token_refused},                                         \
        {"token-accepted", screen_staff_token_accepted},                                                     \
        {"token-with-revocations", screen_staff_token_with_revocations},                                     \
        {"token-refused", screen_staff_token_refused}, {"clock", screen_staff_clock},                        \
        {"clock-typed", screen_staff_clock_typed}, {"clock-refused", screen_staff_clock_refused},            \
        {"clock-by-staff", screen_staff_clock_by_staff}, {"scan-stick", screen_staff_scan_stick},            \
        {"scan-due-stick", screen_staff_scan_due_stick}, {"scan-ended", screen_staff_scan_ended},            \
        {"scan-ended-stick", screen_staff_scan_ended_stick},                                                 \
        {"scan-clock-unknown", screen_staff_scan_clock_unknown},                                             \
        {"scan-clocks-disagree", screen_staff_scan_clocks_disagree},                                         \
        {"valid-list-due", screen_staff_valid_list_due},                                                     \
        {"cannot-check-list-ended", screen_staff_cannot_check_list_ended},                                   \
        {"several-list-ended", screen_staff_several_list_ended},                                             \
        {"several-list-due", screen_staff_several_list_due}, {"hostile-trust", screen_staff_hostile_trust},  \
        {"hostile-import", screen_staff_hostile_import}, {"hostile-refused", screen_staff_hostile_refused},  \
        {"hostile-clock", screen_staff_hostile_clock}, {                                                     \
        "hostile-pin", screen_staff_hostile_pin                                                              \
    }

#endif
