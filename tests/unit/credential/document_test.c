/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdlib.h>

#include "codec/jsontext.h"
#include "credential/credential.h"
#include "tests/lib/forge.h"

#define BADGE                                                                                                \
    "{\"@context\":[\"https://www.w3.org/ns/credentials/v2\",\"https://purl.imsglobal.org/spec/ob/v3p0/"     \
    "context-3.0.3.json\"],\"id\":\"urn:uuid:1\",\"type\":[\"VerifiableCredential\","                        \
    "\"OpenBadgeCredential\"],\"issuer\":{\"id\":\"did:web:issuer.example\",\"type\":[\"Profile\"]},"        \
    "\"validFrom\":\"2026-01-01T00:00:00Z\",\"validUntil\":\"2027-01-01T00:00:00Z\","                        \
    "\"credentialSubject\":{\"id\":\"did:example:ada\",\"type\":[\"AchievementSubject\"],\"achievement\":{"  \
    "\"id\":\"https://issuer.example/a/1\",\"type\":[\"Achievement\"],\"name\":\"Pioneer\","                 \
    "\"criteria\":{\"narrative\":\"Go first\"}}},\"proof\":{\"type\":\"DataIntegrityProof\","                \
    "\"validUntil\":\"2099-01-01T00:00:00Z\"}}"

/* VCDM 1.1: other names of the dates. */
#define OLD                                                                                                  \
    "{\"@context\":[\"https://www.w3.org/2018/credentials/v1\"],\"type\":[\"VerifiableCredential\"],"        \
    "\"issuer\":\"did:web:issuer.example\",\"issuanceDate\":\"2026-01-01T00:00:00Z\","                       \
    "\"expirationDate\":\"2027-01-01T00:00:00Z\",\"credentialSubject\":{\"id\":\"did:example:ada\"}}"

static enum err read_text(const char *text, struct claimed_credential *out) {
    json_t *document = NULL;
    assert_ok(jsontext_parse(span_of_text(text), &document));
    enum err err = credential_read_document(document, out);
    json_decref(document);
    return err;
}

static void reads_a_document_as_it_stands(void **state) {
    (void)state;
    struct claimed_credential c = {0};
    assert_ok(read_text(BADGE, &c));
    assert_int_equal(c.profile, CREDENTIAL_DATA_INTEGRITY);
    assert_int_equal(c.version, CREDENTIAL_VCDM_2);
    assert_span_text(c.id, "urn:uuid:1");
    assert_span_text(c.issuer, "did:web:issuer.example");
    assert_span_text(c.subject_id, "did:example:ada");
    assert_span_text(c.achievement_name, "Pioneer");
    assert_int_equal(c.valid_from.time_s, 1767225600);
    assert_int_equal(c.valid_until.time_s, 1798761600);
    credential_close(&c);
    assert_null(c.document);
}

static void reads_the_older_data_model(void **state) {
    (void)state;
    struct claimed_credential c = {0};
    assert_ok(read_text(OLD, &c));
    assert_int_equal(c.version, CREDENTIAL_VCDM_1);
    assert_int_equal(c.valid_from.time_s, 1767225600);
    assert_int_equal(c.valid_until.time_s, 1798761600);
    assert_int_equal(c.id.len, 0);
    credential_close(&c);
}

static void takes_no_fact_from_the_proof(void **state) {
    (void)state;
    struct claimed_credential c = {0};
    char *text = forge_replaced(BADGE, "\"validUntil\":\"2027-01-01T00:00:00Z\",", "");
    assert_ok(read_text(text, &c));
    assert_false(c.valid_until.present);
    credential_close(&c);
    free(text);
}

static void reads_an_achievement_without_id(void **state) {
    (void)state;
    struct claimed_credential c = {0};
    char *text = forge_replaced(BADGE, "\"id\":\"https://issuer.example/a/1\",", "");
    assert_ok(read_text(text, &c));
    assert_int_equal(c.achievement_id.len, 0);
    credential_close(&c);
    free(text);
}

static void refuses_what_breaks_the_data_model(void **state) {
    (void)state;
    static const struct {
        const char *text, *from, *to;
        enum err expected;
    } cases[] = {
        {BADGE, "{\"@context\"", "{\"vc\":{},\"@context\"", ERR_CREDENTIAL_TWICE},
        {BADGE, "{\"@context\"", "{\"vp\":{},\"@context\"", ERR_FORMAT_PRESENTATION},
        {BADGE, "ns/credentials/v2", "ns/credentials/v3", ERR_CREDENTIAL_CONTEXT},
        {BADGE, "\"VerifiableCredential\"", "\"Credential\"", ERR_CREDENTIAL_TYPE},
        {BADGE, "\"VerifiableCredential\"", "\"VerifiablePresentation\"", ERR_FORMAT_PRESENTATION},
        {BADGE, "\"OpenBadgeCredential\"", "\"BitstringStatusListCredential\"", ERR_CREDENTIAL_LIST},
        {BADGE, "\"name\":\"Pioneer\",", "", ERR_CREDENTIAL_ACHIEVEMENT},
        {BADGE, "2027-01-01", "2025-01-01", ERR_CREDENTIAL_DATE_ORDER},
        {OLD, "issuanceDate", "validFrom", ERR_CREDENTIAL_DATE},
        {OLD, "issuanceDate", "issued", ERR_CREDENTIAL_DATE},
        {OLD, "\"issuer\":\"did:web:issuer.example\",", "", ERR_CREDENTIAL_ISSUER},
        {OLD, "{\"id\":\"did:example:ada\"}", "[{},{}]", ERR_CREDENTIAL_SUBJECTS},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct claimed_credential c = {0};
        char *text = forge_replaced(cases[i].text, cases[i].from, cases[i].to);
        assert_err(read_text(text, &c), cases[i].expected);
        assert_null(c.document);
        free(text);
    }
    struct claimed_credential c = {0};
    assert_err(read_text("[]", &c), ERR_CREDENTIAL_NONE);
    assert_err(read_text("{}", &c), ERR_CREDENTIAL_NONE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_a_document_as_it_stands),
        cmocka_unit_test(reads_the_older_data_model),
        cmocka_unit_test(takes_no_fact_from_the_proof),
        cmocka_unit_test(reads_an_achievement_without_id),
        cmocka_unit_test(refuses_what_breaks_the_data_model),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
