/* SPDX-License-Identifier: Apache-2.0 */
/* What a listed issuer may sign, and yet nobody should rely on: by its statements and by its text. */
#include "tests/lib/check.h"
#include "tests/lib/world_fixture.h"
#include "tests/lib/sealed.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/lib/forge.h"

#define UNTIL   "\"validUntil\":\"2027-01-01T00:00:00Z\""
#define ISSUER  "\"issuer\":{\"id\":\"https://issuer.example\""
#define SUBJECT "\"credentialSubject\":{\"id\":\"did:example:ada\""
#define STATUS  "\"credentialStatus\":{\"id\":\"https://issuer.example/status/1#9\""

/* No honest tool signs such statements. */
#define UNSIGNABLE                                                                                           \
    { REASON_NONE, ERR_OK }

struct outcome {
    enum verdict_reason reason;
    enum err cause;
};

static const struct odd {
    const char *name, *from, *to;
    struct outcome stated, as_text;
} odds[] = {
    {"an end twice",
     UNTIL,
     "\"validUntil\":[\"2027-01-01T00:00:00Z\",\"2020-01-01T00:00:00Z\"]",
     {REASON_MALFORMED, ERR_CREDENTIAL_TWICE},
     {REASON_MALFORMED, ERR_CREDENTIAL_DATE}},
    {"an end without a zone",
     UNTIL,
     "\"validUntil\":\"2027-01-01T00:00:00\"",
     {REASON_MALFORMED, ERR_CREDENTIAL_DATE},
     {REASON_MALFORMED, ERR_CREDENTIAL_DATE}},
    {"an end in another zone, which has come",
     UNTIL,
     "\"validUntil\":\"2026-08-30T10:39:59+14:00\"",
     {REASON_EXPIRED, ERR_OK},
     {REASON_EXPIRED, ERR_OK}},
    {"an end that is a day and no moment",
     UNTIL,
     "\"validUntil\":\"2027-01-01\"",
     {REASON_MALFORMED, ERR_CREDENTIAL_DATE},
     {REASON_MALFORMED, ERR_CREDENTIAL_DATE}},
    {"an end that is nothing",
     UNTIL,
     "\"validUntil\":\"\"",
     {REASON_MALFORMED, ERR_CREDENTIAL_DATE},
     {REASON_MALFORMED, ERR_CREDENTIAL_DATE}},
    {"a nameless issuer",
     ISSUER,
     "\"issuer\":{\"id\":\"_:b0\"",
     {REASON_MALFORMED, ERR_CREDENTIAL_ISSUER},
     {REASON_UNKNOWN_ISSUER, ERR_OK}},
    {"an empty issuer",
     ISSUER,
     "\"issuer\":{\"id\":\"\"",
     UNSIGNABLE,
     {REASON_MALFORMED, ERR_CREDENTIAL_ISSUER}},
    {"a relative issuer",
     ISSUER,
     "\"issuer\":{\"id\":\"issuer.example\"",
     UNSIGNABLE,
     {REASON_UNKNOWN_ISSUER, ERR_OK}},
    {"a status without an address",
     STATUS ",\"type\":\"BitstringStatusListEntry\"",
     "\"credentialStatus\":{\"type\":[\"BitstringStatusListEntry\",\"StatusList2021Entry\"]",
     UNSIGNABLE,
     {REASON_STATUS_UNKNOWN, ERR_OK}},
    {"a status by another purpose",
     "\"statusPurpose\":\"revocation\"",
     "\"statusPurpose\":\"message\"",
     {REASON_STATUS_UNKNOWN, ERR_OK},
     {REASON_STATUS_UNKNOWN, ERR_OK}},
    {"a status of two purposes",
     "\"statusPurpose\":\"revocation\"",
     "\"statusPurpose\":[\"message\",\"revocation\"]",
     {REASON_MALFORMED, ERR_CREDENTIAL_TWICE},
     {REASON_STATUS_UNKNOWN, ERR_OK}},
    {"a status of another size",
     "\"statusListIndex\":\"9\"",
     "\"statusListIndex\":\"9\",\"statusSize\":2",
     {REASON_STATUS_UNKNOWN, ERR_OK},
     {REASON_STATUS_UNKNOWN, ERR_OK}},
    {"a status list as a credential",
     "\"OpenBadgeCredential\"]",
     "\"BitstringStatusListCredential\"]",
     {REASON_NOT_A_CREDENTIAL, ERR_CREDENTIAL_LIST},
     {REASON_NOT_A_CREDENTIAL, ERR_CREDENTIAL_LIST}},
    {"an end by the name of the other version, under a vocabulary for everything",
     "\"],\"id\":\"urn:uuid:ada-1\"",
     "\",\"https://www.w3.org/ns/credentials/undefined-terms/"
     "v2\"],\"expirationDate\":\"2026-02-01T00:00:00Z\",\"id\":\"urn:uuid:ada-1\"",
     {REASON_MALFORMED, ERR_CREDENTIAL_DATE},
     {REASON_MALFORMED, ERR_CREDENTIAL_DATE}},
    {"a subject that is only a name",
     SUBJECT,
     "\"evidence\":{\"id\":\"did:example:ada\"",
     UNSIGNABLE,
     {REASON_MALFORMED, ERR_CREDENTIAL_SUBJECT}},
};

/* Signed by who may sign it, with this in it. */
static bool judged(const struct odd *odd, const struct sealed_way *way, struct outcome want) {
    struct verdict verdict = {0};
    char *text = forge_replaced(sealed_badge, odd->from, odd->to);
    char *sealed = sealed_by(&world, way, text);
    world_verify(&world, span_of_text(sealed), &verdict);
    bool right = verdict.reason == want.reason && verdict.cause == want.cause;
    if (!right) {
        fprintf(stderr, "%s, %s: %s by %s\n", odd->name, way->name, verdict_reason_code(verdict.reason),
                err_name(verdict.cause));
    }
    free(sealed);
    free(text);
    return right;
}

static void what_is_odd_is_not_valid_for_being_signed(void **state) {
    (void)state;
    unsigned wrong = 0;
    for (size_t i = 0; i < sizeof odds / sizeof *odds; i++) {
        if (odds[i].stated.reason != REASON_NONE) {
            wrong += judged(&odds[i], &sealed_ways[0], odds[i].stated) ? 0 : 1;
        }
        wrong += judged(&odds[i], &sealed_ways[5], odds[i].as_text) ? 0 : 1;
    }
    assert_int_equal(wrong, 0);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_odd_is_not_valid_for_being_signed),
    };
    return cmocka_run_group_tests_name("sealed, odd", tests, world_set_up, world_tear_down);
}
