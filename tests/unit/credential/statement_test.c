/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/lib/forge.h"
#include "tests/lib/same_facts.h"
#include "tests/lib/stated.h"

static void reads_every_fact_of_a_badge(void **state) {
    (void)state;
    struct claimed_credential c = {0};
    assert_ok(stated_read(STATED_BADGE, &c));
    assert_int_equal(c.profile, CREDENTIAL_DATA_INTEGRITY);
    assert_int_equal(c.version, CREDENTIAL_VCDM_2);
    assert_true(c.badge);
    assert_span_text(c.id, "urn:c:1");
    assert_span_text(c.issuer, "did:web:issuer.example");
    assert_int_equal(c.type_count, 2);
    assert_span_text(c.types[0], "VerifiableCredential");
    assert_span_text(c.types[1], "OpenBadgeCredential");
    assert_span_text(c.name, "Badge of Ada");
    assert_span_text(c.subject_id, "did:example:ada");
    assert_span_text(c.holder_name, "Ada");
    assert_true(c.holder_hashed);
    assert_span_text(c.achievement_id, "urn:a:1");
    assert_span_text(c.achievement_name, "Pioneer");
    assert_span_text(c.achievement_type, "Badge");
    assert_span_text(c.description, "For pioneers");
    assert_span_text(c.criteria, "Go first");
    assert_int_equal(c.valid_from.time_s, 1767225600);
    assert_int_equal(c.valid_until.time_s, 1798761600);
    assert_int_equal(c.awarded.time_s, 1767175200);
    assert_int_equal(c.status_count, 1);
    assert_span_text(c.statuses[0].kind, "BitstringStatusListEntry");
    assert_span_text(c.statuses[0].purpose, "revocation");
    assert_span_text(c.statuses[0].address, "https://issuer.example/status/1");
    assert_true(c.statuses[0].has_index);
    assert_int_equal(c.statuses[0].index, 94567);
    assert_int_equal(c.statuses[0].bits, 2);
    credential_close(&c);
}

static void refuses_a_fact_that_is_said_twice(void **state) {
    (void)state;
    static const struct {
        const char *behind;
        enum err expected;
    } cases[] = {
        {"<urn:c:1> <" CRED "validUntil> \"2099-01-01T00:00:00Z\" .\n", ERR_CREDENTIAL_TWICE},
        {"<urn:c:1> <" CRED "validFrom> \"2020-01-01T00:00:00Z\" .\n", ERR_CREDENTIAL_TWICE},
        {"<urn:c:1> <" OB "awardedDate> \"2020-01-01T00:00:00Z\" .\n", ERR_CREDENTIAL_TWICE},
        {"<urn:c:1> <" CRED "issuer> <did:web:other.example> .\n", ERR_CREDENTIAL_TWICE},
        {"<urn:c:1> <" CRED "credentialSubject> <did:example:eve> .\n", ERR_CREDENTIAL_SUBJECTS},
        {"<urn:c:1> " NAME " \"Badge of Eve\" .\n", ERR_CREDENTIAL_TWICE},
        {"<urn:c:1> <http://schema.org/name> \"Badge of Eve\" .\n", ERR_CREDENTIAL_TWICE},
        {"<urn:c:1> <http://schema.org/name> \"Badge of Ada\" .\n", ERR_OK},
        {"<did:example:ada> " NAME " \"Eve\" .\n", ERR_CREDENTIAL_TWICE},
        {"<did:example:ada> <" OB "achievement> <urn:a:2> .\n", ERR_CREDENTIAL_TWICE},
        {"<did:example:ada> <" OB "Achievement> <urn:a:2> .\n", ERR_CREDENTIAL_TWICE},
        {"<urn:a:1> <" OB "Criteria> <urn:k:2> .\n", ERR_CREDENTIAL_TWICE},
        {"_:k <" OB "narrative> \"Sit down\" .\n", ERR_CREDENTIAL_TWICE},
        {"_:s <" LIST "statusListIndex> \"1\" .\n", ERR_CREDENTIAL_TWICE},
        {"_:s <" LIST "statusListCredential> <https://issuer.example/status/2> .\n", ERR_CREDENTIAL_TWICE},
        {"_:i <" OB "hashed> \"false\" .\n", ERR_CREDENTIAL_TWICE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        enum err err = stated_error("urn:c:1", "urn:c:1", cases[i].behind);
        if (err != cases[i].expected) {
            fail_msg("%s gives %s", cases[i].behind, err_name(err));
        }
    }
}

static void refuses_values_of_another_kind(void **state) {
    (void)state;
    static const struct {
        const char *from, *to;
        enum err expected;
    } cases[] = {
        {"<did:web:issuer.example>", "\"did:web:issuer.example\"", ERR_CREDENTIAL_ISSUER},
        {"<did:web:issuer.example>", "_:b", ERR_CREDENTIAL_ISSUER},
        {"\"2027-01-01T00:00:00Z\"^^<" XSD "dateTime>", "<urn:x:1>", ERR_CREDENTIAL_DATE},
        {"\"2027-01-01T00:00:00Z\"^^<" XSD "dateTime>", "_:b", ERR_CREDENTIAL_DATE},
        {"\"2027-01-01T00:00:00Z\"", "\"soon\"", ERR_CREDENTIAL_DATE},
        {"\"2027-01-01T00:00:00Z\"^^<" XSD "dateTime>", "\"2027-01-01T00:00:00Z\"", ERR_OK},
        {"\"2027-01-01T00:00:00Z\"", "\"2025-01-01T00:00:00Z\"", ERR_CREDENTIAL_DATE_ORDER},
        {"<did:example:ada>", "\"did:example:ada\"", ERR_CREDENTIAL_SUBJECT},
        {"Status> _:s", "Status> \"none\"", ERR_CREDENTIAL_STATUS},
        {"\"Badge of Ada\"", "<urn:n:1>", ERR_CREDENTIAL_TEXT},
        {"achievement> <urn:a:1>", "achievement> \"Pioneer\"", ERR_CREDENTIAL_ACHIEVEMENT},
        {"\"true\"", "\"perhaps\"", ERR_CREDENTIAL_IDENTITY},
        {"<" OB "OpenBadgeCredential>", "\"OpenBadgeCredential\"", ERR_CREDENTIAL_TYPE},
        {"<" OB "OpenBadgeCredential>", "_:t", ERR_CREDENTIAL_TYPE},
        {"<" CRED "VerifiableCredential>", "\"VerifiableCredential\"", ERR_CREDENTIAL_TYPE},
        {"<" CRED "VerifiableCredential>", "<" CRED "VerifiablePresentation>", ERR_CREDENTIAL_TYPE},
        {"<" OB "OpenBadgeCredential>", "<" LIST "BitstringStatusListCredential>", ERR_CREDENTIAL_LIST},
        {"<" OB "OpenBadgeCredential>", "<https://w3id.org/vc/status-list#StatusList2021Credential>",
         ERR_CREDENTIAL_LIST},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        enum err err = stated_error(cases[i].from, cases[i].to, "");
        if (err != cases[i].expected) {
            fail_msg("%s -> %s gives %s", cases[i].from, cases[i].to, err_name(err));
        }
    }
}

static void tells_the_version_by_its_dates(void **state) {
    (void)state;
    struct claimed_credential c = {0};
    char *issued = stated_changed(CRED "validFrom", CRED "issuanceDate", "");
    char *old = forge_replaced(issued, CRED "validUntil", CRED "expirationDate");
    assert_ok(stated_read(old, &c));
    assert_int_equal(c.version, CREDENTIAL_VCDM_1);
    assert_int_equal(c.valid_from.time_s, 1767225600);
    assert_int_equal(c.valid_until.time_s, 1798761600);
    credential_close(&c);
    assert_err(stated_read(issued, &c), ERR_CREDENTIAL_DATE);
    assert_err(stated_error(CRED "validUntil", CRED "expirationDate", ""), ERR_CREDENTIAL_DATE);
    assert_err(
        stated_error("urn:c:1", "urn:c:1", "<urn:c:1> <" CRED "issuanceDate> \"2026-01-01T00:00:00Z\" .\n"),
        ERR_CREDENTIAL_DATE);
    free(old);
    free(issued);
}

static void reads_nothing_of_named_graphs(void **state) {
    (void)state;
    struct claimed_credential c = {0};
    char *text = stated_changed("validUntil> \"2027-01-01T00:00:00Z\"^^<" XSD "dateTime>",
                                "validUntil> \"2027-01-01T00:00:00Z\"^^<" XSD "dateTime> <urn:g:1>", "");
    assert_ok(stated_read(text, &c));
    assert_false(c.valid_until.present);
    credential_close(&c);
    free(text);
    assert_err(stated_error(CRED "VerifiableCredential>", CRED "VerifiableCredential> <urn:g:1>", ""),
               ERR_CREDENTIAL_TYPE);
}

#define ENDORSEMENT                                                                                          \
    "<urn:e:1> " A " <" CRED "VerifiableCredential> .\n"                                                     \
    "<urn:e:1> <" CRED "validUntil> \"2099-01-01T00:00:00Z\" .\n"

static void tells_a_credential_from_those_inside(void **state) {
    (void)state;
    struct claimed_credential c = {0};
    char *text =
        stated_changed("urn:c:1", "urn:c:1", ENDORSEMENT "<urn:c:1> <" OB "endorsement> <urn:e:1> .\n");
    assert_ok(stated_read(text, &c));
    assert_span_text(c.id, "urn:c:1");
    assert_int_equal(c.valid_until.time_s, 1798761600);
    credential_close(&c);
    free(text);
    assert_err(stated_error("urn:c:1", "urn:c:1", ENDORSEMENT), ERR_CREDENTIAL_TWICE);
    assert_err(stated_error("urn:c:1", "urn:c:1",
                            ENDORSEMENT "<urn:c:1> <" OB "endorsement> <urn:e:1> .\n"
                                        "<urn:e:1> <" OB "endorsement> <urn:c:1> .\n"),
               ERR_CREDENTIAL_TWICE);
    assert_err(stated_error("urn:c:1", "urn:c:1", "<urn:c:1> <" OB "endorsement> <urn:c:1> .\n"), ERR_OK);
    assert_err(stated_error("urn:c:1", "urn:c:1",
                            ENDORSEMENT "<urn:c:1> <" OB "endorsement> <urn:e:1> .\n"
                                        "<urn:c:1> <" OB "endorsement> <urn:c:1> .\n"),
               ERR_OK);
    assert_err(stated_error("urn:c:1", "urn:c:1",
                            "<urn:e:1> " A " <" CRED "VerifiableCredential> <urn:g:1> .\n"
                            "<urn:e:1> <" OB "endorsement> <urn:c:1> <urn:g:1> .\n"),
               ERR_OK);
}

static void follows_no_circle(void **state) {
    (void)state;
    struct claimed_credential c = {0};
    char *text = stated_changed("achievement> <urn:a:1>", "achievement> <did:example:ada>", "");
    assert_ok(stated_read(text, &c));
    assert_span_text(c.achievement_id, "did:example:ada");
    assert_span_text(c.achievement_name, "Ada");
    credential_close(&c);
    free(text);
}

static void keeps_known_types_short_and_others_whole(void **state) {
    (void)state;
    struct claimed_credential c = {0};
    char *text = stated_changed("urn:c:1", "urn:c:1",
                                "<urn:c:1> " A " <https://z.example/Special> .\n"
                                "<urn:c:1> " A " <A:other> .\n"
                                "<urn:c:1> " A " <urn:x:VerifiableCredential> .\n");
    assert_ok(stated_read(text, &c));
    assert_int_equal(c.type_count, 5);
    assert_span_text(c.types[0], "VerifiableCredential");
    assert_span_text(c.types[1], "OpenBadgeCredential");
    assert_span_text(c.types[2], "A:other");
    assert_span_text(c.types[3], "https://z.example/Special");
    assert_span_text(c.types[4], "urn:x:VerifiableCredential");
    credential_close(&c);
    free(text);
}

#define MANY                                                                                                 \
    "<urn:c:1> <" CRED "credentialStatus> <urn:s:2> .\n"                                                     \
    "<urn:s:2> <" LIST "statusPurpose> \"suspension\" .\n"                                                   \
    "<urn:c:1> <" CRED "credentialStatus> _:t .\n"                                                           \
    "_:t <" LIST "statusPurpose> \"revocation\" .\n"                                                         \
    "<did:example:ada> <" OB "identifier> _:j .\n"                                                           \
    "_:j <" OB "hashed> \"false\" .\n"                                                                       \
    "_:j <" OB "identityHash> \"ada@mail.example\" .\n"                                                      \
    "<did:example:ada> <" OB "identifier> _:l .\n"                                                           \
    "_:l <" OB "hashed> \"false\" .\n"                                                                       \
    "_:l <" OB "identityHash> \"bda@mail.example\" .\n"                                                      \
    "<urn:a:1> " NAME " \"Pionier\"@de .\n"                                                                  \
    "<urn:a:1> " NAME " \"Pionero\"@es .\n"                                                                  \
    "<urn:c:1> " A " <https://z.example/Special> .\n"                                                        \
    "<urn:c:1> " A " <A:other> .\n"

static void says_the_same_whatever_the_order(void **state) {
    (void)state;
    struct claimed_credential a = {0};
    struct claimed_credential b = {0};
    assert_ok(stated_read_in(STATED_BADGE MANY, false, STATED_MEMORY, &a));
    assert_ok(stated_read_in(STATED_BADGE MANY, true, STATED_MEMORY, &b));
    assert_null(same_facts_difference(&a, &b));
    assert_int_equal(a.status_count, 3);
    assert_span_text(a.holder_identity, "ada@mail.example");
    assert_span_text(a.achievement_name, "Pioneer");
    for (size_t i = 0; i < a.type_count; i++) {
        assert_true(span_equal(a.types[i], b.types[i]));
    }
    credential_close(&a);
    credential_close(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_fact_of_a_badge),
        cmocka_unit_test(refuses_a_fact_that_is_said_twice),
        cmocka_unit_test(refuses_values_of_another_kind),
        cmocka_unit_test(tells_the_version_by_its_dates),
        cmocka_unit_test(reads_nothing_of_named_graphs),
        cmocka_unit_test(tells_a_credential_from_those_inside),
        cmocka_unit_test(follows_no_circle),
        cmocka_unit_test(keeps_known_types_short_and_others_whole),
        cmocka_unit_test(says_the_same_whatever_the_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
