/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdlib.h>

#include "credential/presentation_token.h"
#include "tests/lib/forge.h"

/* VCDM 1.1: under `vp`, claims around it. */
#define OLD                                                                                                  \
    "{\"vp\":{\"@context\":[\"https://www.w3.org/2018/credentials/v1\"],"                                    \
    "\"type\":[\"VerifiablePresentation\"],\"verifiableCredential\":[\"eyJ.e30.AA\"]},"                      \
    "\"iss\":\"did:example:ada\",\"jti\":\"urn:uuid:9\",\"iat\":1767225600.5,\"nbf\":1767225600,"            \
    "\"exp\":1767229200,\"aud\":[\"did:example:gate\",\"x\"],\"nonce\":\"n1\"}"

/* VCDM 2.0 as VC-JOSE-COSE secures it: the payload is the presentation. */
#define NEW                                                                                                  \
    "{\"@context\":\"https://www.w3.org/ns/credentials/v2\",\"id\":\"urn:uuid:9\","                          \
    "\"type\":\"VerifiablePresentation\",\"holder\":\"did:example:ada\",\"iat\":1767225600,"                 \
    "\"verifiableCredential\":[{\"type\":\"EnvelopedVerifiableCredential\","                                 \
    "\"id\":\"data:application/vc+jwt,eyJ.x.y\"}]}"

#define JWT  CREDENTIAL_OB3_JWT
#define JOSE CREDENTIAL_VP_JOSE

static enum err read_text(const char *text, enum credential_profile profile, struct presentation_token *out) {
    return presentation_token_read(span_of_text(text), profile, out);
}

static void reads_what_stands_around_vp(void **state) {
    (void)state;
    struct presentation_token t = {0};
    assert_ok(read_text(OLD, JWT, &t));
    assert_int_equal(t.presentation.count, 1);
    assert_span_text(t.presentation.list[0].token, "eyJ.e30.AA");
    assert_span_text(t.presentation.id, "urn:uuid:9");
    assert_span_text(t.signer, "did:example:ada");
    assert_true(t.signed_at.present);
    assert_int_equal(t.signed_at.time_s, 1767225600);
    assert_int_equal(t.valid_from.time_s, 1767225600);
    assert_int_equal(t.valid_until.time_s, 1767229200);
    assert_span_text(t.audience, "did:example:gate");
    assert_span_text(t.nonce, "n1");
    presentation_token_close(&t);
    presentation_token_close(&t);
    assert_null(t.claims);
}

static void reads_a_payload_that_is_the_presentation(void **state) {
    (void)state;
    struct presentation_token t = {0};
    assert_ok(read_text(NEW, JOSE, &t));
    assert_span_text(t.presentation.list[0].token, "eyJ.x.y");
    assert_span_text(t.signer, "did:example:ada");
    assert_false(t.valid_until.present);
    assert_int_equal(t.audience.len, 0);
    presentation_token_close(&t);
}

static void counts_an_iat_that_is_no_number_as_absent(void **state) {
    (void)state;
    struct presentation_token t = {0};
    char *text = forge_replaced(NEW, "\"iat\":1767225600", "\"iat\":\"2026-01-01T00:00:00Z\"");
    assert_ok(read_text(text, JOSE, &t));
    assert_false(t.signed_at.present);
    presentation_token_close(&t);
    free(text);
}

static void is_read_where_credential_read_names_a_presentation(void **state) {
    (void)state;
    struct claimed_credential c = {0};
    assert_err(credential_read(span_of_text(OLD), JWT, &c), ERR_FORMAT_PRESENTATION);
    assert_err(credential_read(span_of_text(NEW), JOSE, &c), ERR_FORMAT_PRESENTATION);
    char *credential = forge_replaced(NEW, "VerifiablePresentation", "VerifiableCredential");
    assert_err(credential_read(span_of_text(credential), JOSE, &c), ERR_FORMAT_PRESENTATION);
    free(credential);
}

static void refuses_what_breaks_its_profile(void **state) {
    (void)state;
    static const struct {
        const char *text;
        enum credential_profile profile;
        const char *from, *to;
        enum err expected;
    } cases[] = {
        {OLD, JOSE, "{", "{", ERR_CREDENTIAL_CLAIM},
        {NEW, JOSE, "{", "{\"vp\":\"no\",", ERR_CREDENTIAL_CLAIM},
        {NEW, JOSE, "{", "{\"vc\":\"no\",", ERR_CREDENTIAL_CLAIM},
        {NEW, CREDENTIAL_VC_JOSE, "{", "{", ERR_CREDENTIAL_CLAIM},
        {NEW, CREDENTIAL_PROFILE_NONE, "{", "{", ERR_CREDENTIAL_CLAIM},
        {OLD, JWT, "{", "{\"vc\":{},", ERR_CREDENTIAL_TWICE},
        {OLD, JWT, "{", "{\"holder\":\"did:example:eve\",", ERR_CREDENTIAL_TWICE},
        {OLD, JWT, "{", "{\"verifiableCredential\":[],", ERR_CREDENTIAL_TWICE},
        {OLD, JWT, "2018/credentials/v1", "ns/credentials/v2", ERR_CREDENTIAL_CONTEXT},
        {NEW, JOSE, "ns/credentials/v2", "2018/credentials/v1", ERR_CREDENTIAL_CONTEXT},
        {OLD, JWT, "\"iss\":\"did:example:ada\"", "\"iss\":7", ERR_CREDENTIAL_CLAIM},
        {OLD, JWT, "\"exp\":1767229200", "\"exp\":\"soon\"", ERR_CREDENTIAL_CLAIM},
        {OLD, JWT, "\"nbf\":1767225600", "\"nbf\":1e300", ERR_CREDENTIAL_CLAIM},
        {OLD, JWT, "\"x\"]", "7]", ERR_CREDENTIAL_CLAIM},
        {OLD, JWT, "\"n1\"", "{}", ERR_CREDENTIAL_CLAIM},
        {NEW, JOSE, "{", "{\"iss\":\"did:example:eve\",", ERR_CREDENTIAL_CLAIM_DIFFERS},
        {NEW, JOSE, "{", "{\"jti\":\"urn:uuid:8\",", ERR_CREDENTIAL_CLAIM_DIFFERS},
        {NEW, JOSE, "VerifiablePresentation", "VerifiableCredential", ERR_CREDENTIAL_NONE},
        {OLD, JWT, "[\"eyJ.e30.AA\"]", "[]", ERR_PRESENTATION_EMPTY},
        {OLD, JWT, "\"vp\"", "\"vq\"", ERR_CREDENTIAL_NONE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct presentation_token t = {0};
        char *text = forge_replaced(cases[i].text, cases[i].from, cases[i].to);
        enum err err = read_text(text, cases[i].profile, &t);
        if (err != cases[i].expected) {
            fail_msg("%s -> %s: %s", cases[i].from, cases[i].to, err_name(err));
        }
        assert_null(t.claims);
        free(text);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_stands_around_vp),
        cmocka_unit_test(reads_a_payload_that_is_the_presentation),
        cmocka_unit_test(counts_an_iat_that_is_no_number_as_absent),
        cmocka_unit_test(is_read_where_credential_read_names_a_presentation),
        cmocka_unit_test(refuses_what_breaks_its_profile),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
