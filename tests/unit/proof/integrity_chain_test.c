/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"
#include "tests/lib/integrity_case.h"

#include <stdio.h>
#include <stdlib.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const enum proof_suite every[] = {PROOF_EDDSA_JCS_2022,  PROOF_ECDSA_JCS_2019, PROOF_EDDSA_RDFC_2022,
                                         PROOF_ECDSA_RDFC_2019, PROOF_ED25519_2020,   PROOF_ED25519_2018};

static json_t *credential(void) {
    return json_loads(INTEGRITY_CASE_CREDENTIAL, 0, NULL);
}

static void add(struct integrity_case *c, enum proof_suite suite, bool large, json_t *document,
                const char *more) {
    struct integrity_sign how = integrity_case_how(c, suite, large);
    how.more = more;
    integrity_sign(document, &how);
}

static json_t *proof_at(const json_t *document, size_t at) {
    return json_array_get(json_object_get(document, "proof"), at);
}

/* Every suite beside every other, both hashes among them. */
static void reads_sets_of_all_suites(void **state) {
    (void)state;
    static struct integrity found;
    struct integrity_case c;
    integrity_case_open(&c);
    json_t *document = credential();
    for (size_t i = 0; i < COUNT(every); i++) {
        add(&c, every[i], every[i] == PROOF_ECDSA_RDFC_2019, document, NULL);
    }
    add(&c, PROOF_ECDSA_RDFC_2019, false, document, NULL);
    add(&c, PROOF_ECDSA_JCS_2019, true, document, NULL);
    assert_ok(integrity_vector_check(&c.v, document));
    assert_ok(integrity_vector_read(&c.v, document, &found));
    assert_int_equal(found.count, LIMIT_PROOFS);
    assert_true(found.linked);
    for (uint32_t i = 0; i < COUNT(every); i++) {
        assert_int_equal(found.proofs[i].suite, every[i]);
    }
    json_decref(document);
    integrity_case_close(&c);
}

/* Each proof of a set stands for itself: the others may go, or come in another order. */
static void checks_each_proof_of_a_set_by_itself(void **state) {
    (void)state;
    struct integrity_case c;
    integrity_case_open(&c);
    json_t *document = credential();
    add(&c, PROOF_EDDSA_RDFC_2022, false, document, NULL);
    add(&c, PROOF_EDDSA_JCS_2022, false, document, NULL);
    json_t *first = json_incref(proof_at(document, 0));
    json_array_remove(json_object_get(document, "proof"), 0);
    assert_ok(integrity_vector_check(&c.v, document));
    json_array_append(json_object_get(document, "proof"), first);
    assert_ok(integrity_vector_check(&c.v, document));
    json_object_set(document, "proof", first);
    assert_ok(integrity_vector_check(&c.v, document));
    json_decref(first);
    json_decref(document);
    integrity_case_close(&c);
}

/* A chain of three: a set of two, one over both, one over that. No link can go or change. */
static void no_change_of_a_chain_checks(void **state) {
    (void)state;
    static const enum proof_suite suites[] = {PROOF_EDDSA_JCS_2022, PROOF_EDDSA_RDFC_2022};
    struct integrity_case c;
    integrity_case_open(&c);
    for (size_t i = 0; i < COUNT(suites); i++) {
        json_t *document = credential();
        add(&c, suites[i], false, document, "{\"id\":\"urn:p:1\"}");
        add(&c, PROOF_EDDSA_JCS_2022, false, document, "{\"id\":\"urn:p:2\"}");
        add(&c, suites[i], false, document,
            "{\"id\":\"urn:p:3\",\"previousProof\":[\"urn:p:1\",\"urn:p:2\"]}");
        add(&c, suites[i], false, document, "{\"previousProof\":\"urn:p:3\"}");
        integrity_vector_resist(&c.v, proof_suite_code(suites[i]), document);
        for (size_t k = 0; k < 3; k++) {
            json_t *cut = json_deep_copy(document);
            json_array_remove(json_object_get(cut, "proof"), k);
            assert_err(integrity_vector_check(&c.v, cut), ERR_PROOF_CHAIN);
            json_decref(cut);
        }
        json_decref(document);
    }
    integrity_case_close(&c);
}

/* Proofs may stand in any order: what one is over is not taken for what the next is over. */
static void reads_chains_backwards(void **state) {
    (void)state;
    struct integrity_case c;
    integrity_case_open(&c);
    for (size_t i = 0; i < COUNT(every); i++) {
        json_t *document = credential();
        add(&c, every[i], false, document, "{\"id\":\"urn:p:1\"}");
        add(&c, every[i], false, document, "{\"id\":\"urn:p:2\",\"previousProof\":\"urn:p:1\"}");
        add(&c, every[i], false, document, "{\"previousProof\":\"urn:p:2\"}");
        json_object_set_new(
            document, "proof",
            json_pack("[O,O,O]", proof_at(document, 2), proof_at(document, 1), proof_at(document, 0)));
        assert_ok(integrity_vector_check(&c.v, document));
        json_decref(document);
    }
    integrity_case_close(&c);
}

/* Statements are handed out also where none but the end of a chain signs them. */
static void hands_out_statements_of_a_chain_that_begins_without(void **state) {
    (void)state;
    static struct integrity found;
    struct integrity_case c;
    integrity_case_open(&c);
    json_t *document = credential();
    json_t *plain = integrity_case_signed(&c, PROOF_EDDSA_RDFC_2022, INTEGRITY_CASE_CREDENTIAL, NULL);
    add(&c, PROOF_EDDSA_JCS_2022, false, document, "{\"id\":\"urn:p:1\"}");
    add(&c, PROOF_ECDSA_RDFC_2019, true, document, "{\"previousProof\":\"urn:p:1\"}");
    assert_ok(integrity_vector_check(&c.v, document));
    assert_ok(integrity_vector_read(&c.v, document, &found));
    char *text = strndup((const char *)found.statements.form.text.ptr, found.statements.form.text.len);
    assert_true(found.linked);
    assert_ok(integrity_vector_read(&c.v, plain, &found));
    assert_span_text(found.statements.form.text, text);
    free(text);
    json_decref(plain);
    json_decref(document);
    integrity_case_close(&c);
}

/* Another proof under the id that was built on: whoever signed first can be replaced in no chain. */
static void another_proof_of_the_same_name_breaks_the_chain(void **state) {
    (void)state;
    struct integrity_case c;
    integrity_case_open(&c);
    for (size_t i = 0; i < COUNT(every); i++) {
        json_t *document = credential();
        json_t *other = integrity_case_signed(&c, every[i], INTEGRITY_CASE_CREDENTIAL,
                                              "{\"id\":\"urn:p:1\",\"created\":\"2026-02-02T00:00:00Z\"}");
        add(&c, every[i], false, document, "{\"id\":\"urn:p:1\"}");
        add(&c, every[i], false, document, "{\"previousProof\":\"urn:p:1\"}");
        assert_ok(integrity_vector_check(&c.v, document));
        json_array_set(json_object_get(document, "proof"), 0, json_object_get(other, "proof"));
        assert_err(integrity_vector_check(&c.v, document), ERR_SIGNATURE_WRONG);
        json_decref(other);
        json_decref(document);
    }
    integrity_case_close(&c);
}

/* Proofs as they are given, of which none must be read. */
static enum err error_of_proofs(struct integrity_case *c, json_t *proofs) {
    static struct integrity found;
    json_t *document = credential();
    json_object_set_new(document, "proof", proofs);
    enum err err = integrity_vector_read(&c->v, document, &found);
    json_decref(document);
    return err;
}

static json_t *proof_with(struct integrity_case *c, const char *id, const char *previous) {
    json_t *document = integrity_case_signed(c, PROOF_EDDSA_JCS_2022, INTEGRITY_CASE_CREDENTIAL, NULL);
    json_t *proof = json_incref(json_object_get(document, "proof"));
    json_object_set_new(proof, "id", json_string(id));
    if (previous != NULL) {
        json_object_set_new(proof, "previousProof", json_string(previous));
    }
    json_decref(document);
    return proof;
}

static void refuses_circles_and_names_that_are_nobodys(void **state) {
    (void)state;
    struct integrity_case c;
    integrity_case_open(&c);
    assert_err(error_of_proofs(&c, proof_with(&c, "urn:a", "urn:a")), ERR_PROOF_CHAIN);
    assert_err(error_of_proofs(&c, proof_with(&c, "urn:a", "urn:b")), ERR_PROOF_CHAIN);
    assert_err(error_of_proofs(&c, json_pack("[o,o]", proof_with(&c, "urn:a", "urn:b"),
                                             proof_with(&c, "urn:b", "urn:a"))),
               ERR_PROOF_CHAIN);
    assert_err(error_of_proofs(
                   &c, json_pack("[o,o,o,o]", proof_with(&c, "urn:0", NULL), proof_with(&c, "urn:a", "urn:b"),
                                 proof_with(&c, "urn:b", "urn:c"), proof_with(&c, "urn:c", "urn:a"))),
               ERR_PROOF_CHAIN);
    assert_ok(
        error_of_proofs(&c, json_pack("[o,o,o]", proof_with(&c, "urn:a", "urn:b"),
                                      proof_with(&c, "urn:b", "urn:c"), proof_with(&c, "urn:c", NULL))));
    integrity_case_close(&c);
}

static void refuses_two_proofs_of_one_id(void **state) {
    (void)state;
    struct integrity_case c;
    integrity_case_open(&c);
    assert_err(
        error_of_proofs(&c, json_pack("[o,o]", proof_with(&c, "urn:a", NULL), proof_with(&c, "urn:a", NULL))),
        ERR_PROOF_SHAPE);
    integrity_case_close(&c);
}

static void refuses_what_is_no_proof(void **state) {
    (void)state;
    static struct integrity found;
    static const char *const shapes[] = {"\"eyJ..sig\"", "true", "7", "null", "[1]", "[[]]", "[null]", "{}"};
    struct integrity_case c;
    integrity_case_open(&c);
    json_t *bare = credential();
    assert_err(integrity_vector_read(&c.v, bare, &found), ERR_PROOF_NONE);
    assert_err(error_of_proofs(&c, json_array()), ERR_PROOF_NONE);
    for (size_t i = 0; i < COUNT(shapes); i++) {
        assert_err(error_of_proofs(&c, json_loads(shapes[i], JSON_DECODE_ANY, NULL)), ERR_PROOF_SHAPE);
    }
    assert_err(error_of_proofs(
                   &c, json_pack("[o,[o]]", proof_with(&c, "urn:a", NULL), proof_with(&c, "urn:b", NULL))),
               ERR_PROOF_SHAPE);
    json_decref(bare);
    integrity_case_close(&c);
}

static void refuses_more_proofs_than_are_judged(void **state) {
    (void)state;
    struct integrity_case c;
    integrity_case_open(&c);
    json_t *proofs = json_array();
    for (unsigned i = 0; i < 1000; i++) {
        json_array_append_new(proofs, json_object());
    }
    assert_err(error_of_proofs(&c, proofs), ERR_PROOF_TOO_MANY);
    proofs = json_array();
    for (unsigned i = 0; i <= LIMIT_PROOFS; i++) {
        char id[16];
        snprintf(id, sizeof id, "urn:p:%u", i);
        json_array_append_new(proofs, proof_with(&c, id, NULL));
    }
    assert_err(error_of_proofs(&c, json_incref(proofs)), ERR_PROOF_TOO_MANY);
    json_array_remove(proofs, 0);
    assert_ok(error_of_proofs(&c, proofs));
    integrity_case_close(&c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_sets_of_all_suites),
        cmocka_unit_test(checks_each_proof_of_a_set_by_itself),
        cmocka_unit_test(no_change_of_a_chain_checks),
        cmocka_unit_test(reads_chains_backwards),
        cmocka_unit_test(hands_out_statements_of_a_chain_that_begins_without),
        cmocka_unit_test(another_proof_of_the_same_name_breaks_the_chain),
        cmocka_unit_test(refuses_circles_and_names_that_are_nobodys),
        cmocka_unit_test(refuses_two_proofs_of_one_id),
        cmocka_unit_test(refuses_what_is_no_proof),
        cmocka_unit_test(refuses_more_proofs_than_are_judged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
