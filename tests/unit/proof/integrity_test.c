/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"
#include "tests/lib/integrity_case.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const enum proof_suite every[] = {PROOF_EDDSA_JCS_2022,  PROOF_ECDSA_JCS_2019, PROOF_EDDSA_RDFC_2022,
                                         PROOF_ECDSA_RDFC_2019, PROOF_ED25519_2020,   PROOF_ED25519_2018};

static void reads_what_was_signed_and_no_change_of_it(void **state) {
    (void)state;
    struct integrity_case c;
    integrity_case_open(&c);
    for (size_t i = 0; i < COUNT(every); i++) {
        json_t *document = integrity_case_signed(&c, every[i], INTEGRITY_CASE_CREDENTIAL, NULL);
        integrity_vector_resist(&c.v, proof_suite_code(every[i]), document);
        json_decref(document);
    }
    integrity_case_close(&c);
}

static void takes_p384_for_signatures_of_96_bytes(void **state) {
    (void)state;
    static const enum proof_suite suites[] = {PROOF_ECDSA_JCS_2019, PROOF_ECDSA_RDFC_2019};
    static struct integrity found;
    struct integrity_case c;
    integrity_case_open(&c);
    for (size_t i = 0; i < COUNT(suites); i++) {
        struct integrity_sign how = integrity_case_how(&c, suites[i], true);
        json_t *document = json_loads(INTEGRITY_CASE_CREDENTIAL, 0, NULL);
        integrity_sign(document, &how);
        assert_ok(integrity_vector_check(&c.v, document));
        assert_ok(integrity_vector_read(&c.v, document, &found));
        assert_int_equal(found.proofs[0].alg, CRYPTO_ES384);
        assert_int_equal(found.proofs[0].signed_bytes.len, 96);
        json_decref(document);
    }
    integrity_case_close(&c);
}

/* A key of P-256 named where a signature has the length of P-384's, and the other way. */
static void refuses_a_key_of_the_other_curve(void **state) {
    (void)state;
    static struct integrity found;
    struct integrity_case c;
    integrity_case_open(&c);
    for (int large = 0; large < 2; large++) {
        struct integrity_sign how = integrity_case_how(&c, PROOF_ECDSA_JCS_2019, large == 1);
        json_t *document = json_loads(INTEGRITY_CASE_CREDENTIAL, 0, NULL);
        integrity_sign(document, &how);
        assert_ok(integrity_vector_read(&c.v, document, &found));
        const struct proof *proof = &found.proofs[0];
        const struct crypto_key *other =
            signer_public(c.signers[large == 1 ? INTEGRITY_CASE_P256 : INTEGRITY_CASE_P384]);
        assert_err(crypto_verify(proof->alg, other, proof->signed_bytes, proof->signature), ERR_KEY_MISMATCH);
        json_decref(document);
    }
    integrity_case_close(&c);
}

static void hands_out_suite_method_and_dates(void **state) {
    (void)state;
    static struct integrity found;
    struct integrity_case c;
    integrity_case_open(&c);
    for (size_t i = 0; i < COUNT(every); i++) {
        json_t *document = integrity_case_signed(&c, every[i], INTEGRITY_CASE_CREDENTIAL,
                                                 "{\"created\":\"1970-01-01T00:00:10Z\",\"expires\":"
                                                 "\"1970-01-01T01:00:20+01:00\"}");
        assert_ok(integrity_vector_read(&c.v, document, &found));
        assert_int_equal(found.count, 1);
        const struct proof *proof = &found.proofs[0];
        assert_int_equal(proof->profile, CREDENTIAL_DATA_INTEGRITY);
        assert_int_equal(proof->suite, every[i]);
        assert_span_text(proof->kid, json_string_value(json_object_get(json_object_get(document, "proof"),
                                                                       "verificationMethod")));
        assert_true(proof->created.present && proof->created.time_s == 10);
        assert_true(proof->expires.present && proof->expires.time_s == 20);
        assert_int_equal(proof->parts.count, 0);
        bool jcs = every[i] == PROOF_EDDSA_JCS_2022 || every[i] == PROOF_ECDSA_JCS_2019;
        assert_int_equal(found.linked, !jcs);
        assert_int_equal(found.statements.set.quad_count, jcs ? 0 : 7);
        json_decref(document);
    }
    integrity_case_close(&c);
}

/* Members of a proof that break a rule; null takes one away. */
static const struct {
    const char *members;
    enum err err;
} broken[] = {
    {"{\"type\":null}", ERR_PROOF_SHAPE},
    {"{\"type\":[\"DataIntegrityProof\"]}", ERR_PROOF_SHAPE},
    {"{\"type\":\"BbsBlsSignature2020\",\"cryptosuite\":null}", ERR_PROOF_SUITE},
    {"{\"type\":\"DataIntegrityProof\",\"cryptosuite\":null}", ERR_PROOF_SHAPE},
    {"{\"type\":\"DataIntegrityProof\",\"cryptosuite\":\"\"}", ERR_PROOF_SHAPE},
    {"{\"type\":\"DataIntegrityProof\",\"cryptosuite\":7}", ERR_PROOF_SHAPE},
    {"{\"type\":\"DataIntegrityProof\",\"cryptosuite\":\"bbs-2023\"}", ERR_PROOF_SUITE},
    {"{\"type\":\"DataIntegrityProof\",\"cryptosuite\":\"eddsa-rdfc-2022\\u0000\"}", ERR_PROOF_SUITE},
    {"{\"type\":\"DataIntegrityProof\",\"cryptosuite\":\"JWT\"}", ERR_PROOF_SUITE},
    {"{\"type\":\"Ed25519Signature2020\",\"cryptosuite\":\"eddsa-rdfc-2022\"}", ERR_PROOF_SUITE},
    {"{\"type\":\"Ed25519Signature2018\",\"cryptosuite\":\"eddsa-jcs-2022\"}", ERR_PROOF_SUITE},
    {"{\"proofPurpose\":null}", ERR_PROOF_SHAPE},
    {"{\"proofPurpose\":[\"assertionMethod\"]}", ERR_PROOF_SHAPE},
    {"{\"proofPurpose\":\"authentication\"}", ERR_PROOF_PURPOSE},
    {"{\"proofPurpose\":\"assertionmethod\"}", ERR_PROOF_PURPOSE},
    {"{\"verificationMethod\":null}", ERR_PROOF_SHAPE},
    {"{\"verificationMethod\":\"\"}", ERR_PROOF_SHAPE},
    {"{\"verificationMethod\":{\"id\":\"did:example:1#2\",\"publicKeyMultibase\":\"z6Mk\"}}",
     ERR_PROOF_SHAPE},
    {"{\"verificationMethod\":[\"did:example:1#2\"]}", ERR_PROOF_SHAPE},
    {"{\"created\":\"yesterday\"}", ERR_PROOF_SHAPE},
    {"{\"created\":\"2026-01-01T00:00:00\"}", ERR_PROOF_SHAPE},
    {"{\"created\":1767225600}", ERR_PROOF_SHAPE},
    {"{\"expires\":\"\"}", ERR_PROOF_SHAPE},
    {"{\"expires\":\"2025-12-31T23:59:59Z\"}", ERR_PROOF_SHAPE},
    {"{\"id\":3}", ERR_PROOF_SHAPE},
    {"{\"domain\":{\"a\":1}}", ERR_PROOF_SHAPE},
    {"{\"domain\":[\"a\",1]}", ERR_PROOF_SHAPE},
    {"{\"challenge\":[\"a\"]}", ERR_PROOF_SHAPE},
    {"{\"nonce\":4}", ERR_PROOF_SHAPE},
    {"{\"previousProof\":4}", ERR_PROOF_SHAPE},
    {"{\"previousProof\":[\"\"]}", ERR_PROOF_SHAPE},
    {"{\"previousProof\":\"urn:p:1\"}", ERR_PROOF_CHAIN},
    {"{\"id\":\"urn:p:1\",\"previousProof\":\"urn:p:1\"}", ERR_PROOF_CHAIN},
};

static void refuses_proofs_that_break_the_rules(void **state) {
    (void)state;
    struct integrity_case c;
    integrity_case_open(&c);
    for (size_t i = 0; i < COUNT(broken); i++) {
        for (size_t k = 0; k < COUNT(every); k++) {
            enum err err = integrity_case_error(&c, every[k], broken[i].members);
            if (err != broken[i].err) {
                fail_msg("%s with %s gives %s", proof_suite_code(every[k]), broken[i].members, err_name(err));
            }
        }
    }
    integrity_case_close(&c);
}

/* created may be absent of a cryptosuite's proof alone. */
static void asks_for_a_date_where_the_suite_does(void **state) {
    (void)state;
    struct integrity_case c;
    integrity_case_open(&c);
    for (size_t i = 0; i < COUNT(every); i++) {
        bool dated = every[i] == PROOF_ED25519_2020 || every[i] == PROOF_ED25519_2018;
        assert_err(integrity_case_error(&c, every[i], "{\"created\":null}"),
                   dated ? ERR_PROOF_SHAPE : ERR_OK);
    }
    integrity_case_close(&c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_was_signed_and_no_change_of_it),
        cmocka_unit_test(takes_p384_for_signatures_of_96_bytes),
        cmocka_unit_test(refuses_a_key_of_the_other_curve),
        cmocka_unit_test(hands_out_suite_method_and_dates),
        cmocka_unit_test(refuses_proofs_that_break_the_rules),
        cmocka_unit_test(asks_for_a_date_where_the_suite_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
