/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include "verdict/findings.h"

#define SPAN(text) ((struct span){(const uint8_t *)(text), sizeof(text) - 1})

static void assert_shown(const struct shown *shown, const char *text) {
    assert_span_text(span_of_bytes(shown->bytes, shown->len), text);
}

static void names_the_format_and_what_signed_it(void **state) {
    (void)state;
    static const struct {
        struct claimed_credential facts;
        enum crypto_alg alg;
        const char *suite, *expected;
    } cases[] = {
        {{.profile = CREDENTIAL_OB3_JWT, .badge = true}, CRYPTO_ES256, "JWT", "Open Badges 3.0 (JWT, ES256)"},
        {{.profile = CREDENTIAL_VC_JOSE, .version = CREDENTIAL_VCDM_2},
         CRYPTO_EDDSA,
         NULL,
         "W3C Verifiable Credential 2.0 (VC-JOSE, EdDSA)"},
        {{.profile = CREDENTIAL_DATA_INTEGRITY, .badge = true},
         CRYPTO_EDDSA,
         "eddsa-rdfc-2022",
         "Open Badges 3.0 (Data Integrity, eddsa-rdfc-2022)"},
        {{.profile = CREDENTIAL_DATA_INTEGRITY, .version = CREDENTIAL_VCDM_1},
         CRYPTO_EDDSA,
         "Ed25519Signature2020",
         "W3C Verifiable Credential 1.1 (Data Integrity, Ed25519Signature2020)"},
    };
    static const struct pack_issuer issuer = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct verified_credential verified = {&cases[i].facts, &issuer, cases[i].alg, cases[i].suite};
        struct shown_credential shown = {0};
        findings_show(&verified, &shown);
        assert_true(shown.present);
        assert_shown(&shown.format, cases[i].expected);
    }
}

static void shows_a_type_by_the_last_part_of_its_address(void **state) {
    (void)state;
    static const struct {
        struct span type;
        const char *expected;
    } cases[] = {
        {SPAN("https://www.w3.org/ns/credentials/examples#AlumniCredential"), "AlumniCredential"},
        {SPAN("https://vocabulary.example/types/Diploma"), "Diploma"},
        {SPAN("urn:example:Diploma"), "Diploma"},
        {SPAN("https://vocabulary.example/types/"), "https://vocabulary.example/types/"},
        {SPAN("AlumniCredential"), "AlumniCredential"},
        {SPAN("Alumni/Credential"), "Alumni/Credential"},
    };
    static const struct pack_issuer issuer = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct claimed_credential facts = {.type_count = 2,
                                           .types = {SPAN("VerifiableCredential"), cases[i].type}};
        struct verified_credential verified = {&facts, &issuer, CRYPTO_EDDSA, NULL};
        struct shown_credential shown = {0};
        findings_show(&verified, &shown);
        assert_shown(&shown.achievement, cases[i].expected);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_the_format_and_what_signed_it),
        cmocka_unit_test(shows_a_type_by_the_last_part_of_its_address),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
