/* SPDX-License-Identifier: Apache-2.0 */
/* Revoked credentials: their status entries written again so that the same was signed, or left out where a part may be
 * shown. */
#include "tests/lib/check.h"
#include "tests/lib/sealed.h"
#include "tests/lib/sealed_presented.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/lib/forge.h"

#define EDDSA_RDFC (&sealed_ways[SEALED_EDDSA_RDFC])
#define EDDSA_JCS  (&sealed_ways[SEALED_EDDSA_JCS])

static struct world world;

static int set_up(void **state) {
    (void)state;
    world_start(&world, false);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    world_stop(&world);
    return 0;
}

/* A badge with this entry in a list of its issuer, in which 7 is set. */
static char *badge_with_status(const char *index) {
    char member[100];
    snprintf(member, sizeof member, "\"statusListIndex\":%s,\"statusSize\":1", index);
    return forge_replaced(sealed_badge, "\"statusListIndex\":\"9\"", member);
}

static char *revoked_badge(const struct sealed_way *way) {
    char *text = badge_with_status("7");
    char *sealed = sealed_by(&world, way, text);
    free(text);
    return sealed;
}

static void expect_revoked(const char *text) {
    struct verdict verdict = {0};
    world_verify(&world, span_of_text(text), &verdict);
    if (verdict.reason != REASON_REVOKED) {
        fail_msg("%s by %s: %s", verdict_reason_code(verdict.reason), err_name(verdict.cause), text);
    }
}

static void stays_revoked(const struct sealed_way *way, const char *from, const char *to) {
    char *text = revoked_badge(way);
    char *again = forge_replaced(text, from, to);
    expect_revoked(text);
    expect_revoked(again);
    free(again);
    free(text);
}

static void a_number_in_another_form_is_the_same_number(void **state) {
    (void)state;
    static const struct sealed_way *const ways[] = {EDDSA_JCS, EDDSA_RDFC};
    static const char *const sevens[] = {"7.0", "0.7e1", "700E-2"};
    for (size_t w = 0; w < sizeof ways / sizeof *ways; w++) {
        for (size_t i = 0; i < sizeof sevens / sizeof *sevens; i++) {
            char to[64];
            snprintf(to, sizeof to, "\"statusListIndex\":%s", sevens[i]);
            stays_revoked(ways[w], "\"statusListIndex\":7", to);
        }
        stays_revoked(ways[w], "\"statusSize\":1", "\"statusSize\":1.0");
    }
}

/* A part of a badge that a list revokes, signed statement by statement, with one of its members left out. */
static void expect_part(const char *left_out, enum verdict_reason reason, enum verdict_sentence dates,
                        enum verdict_sentence status) {
    struct verdict verdict = {0};
    char *text = badge_with_status("9");
    json_t *whole = json_loads(text, 0, NULL), *part = json_deep_copy(whole);
    json_object_del(part, left_out);
    char *shown = json_dumps(sealed_presented_part(&world, whole, part), JSON_COMPACT);
    world_verify(&world, span_of_text(shown), &verdict);
    if (verdict.reason != reason || verdict.checks[CHECK_DATES].sentence != dates ||
        verdict.checks[CHECK_STATUS].sentence != status) {
        fail_msg("without %s: %s by %s", left_out, verdict_reason_code(verdict.reason),
                 err_name(verdict.cause));
    }
    free(shown);
    free(text);
    json_decref(part);
    json_decref(whole);
}

/* Whoever shows a part chooses it: what is not there may have been left out. */
static void what_a_part_does_not_show_is_not_known(void **state) {
    (void)state;
    expect_part("description", REASON_OK, SENTENCE_DATES_IN_FORCE, SENTENCE_STATUS_GOOD);
    expect_part("credentialStatus", REASON_STATUS_UNKNOWN, SENTENCE_DATES_IN_FORCE,
                SENTENCE_STATUS_NOT_COVERED);
    expect_part("validUntil", REASON_DATES_UNSHOWN, SENTENCE_DATES_UNSHOWN, SENTENCE_STATUS_GOOD);
    expect_part("validFrom", REASON_DATES_UNSHOWN, SENTENCE_DATES_UNSHOWN, SENTENCE_STATUS_GOOD);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_in_another_form_is_the_same_number),
        cmocka_unit_test(what_a_part_does_not_show_is_not_known),
    };
    return cmocka_run_group_tests_name("sealed, revoked", tests, set_up, tear_down);
}
