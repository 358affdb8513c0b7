/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"
#include "tests/lib/integrity_case.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const enum proof_suite suites[] = {PROOF_EDDSA_JCS_2022, PROOF_ECDSA_JCS_2019};

/* A document signed under one @context and shown under another; null: under none. */
static enum err error_under(struct integrity_case *c, enum proof_suite suite, const char *signed_under,
                            const char *shown_under) {
    struct integrity_sign how = integrity_case_how(c, suite, false);
    json_t *document = json_loads(INTEGRITY_CASE_CREDENTIAL, 0, NULL);
    json_object_set_new(document, "@context", json_loads(signed_under, JSON_DECODE_ANY, NULL));
    integrity_sign(document, &how);
    json_object_del(document, "@context");
    if (shown_under != NULL) {
        json_object_set_new(document, "@context", json_loads(shown_under, JSON_DECODE_ANY, NULL));
    }
    enum err err = integrity_vector_check(&c->v, document);
    json_decref(document);
    return err;
}

/* Who signs a document again may add to its @context; who signed first signed the beginning. */
static void takes_a_context_that_begins_with_the_signed_one(void **state) {
    (void)state;
    static const struct {
        const char *signed_under, *shown_under;
        enum err err;
    } cases[] = {
        {"[\"urn:a\",\"urn:b\"]", "[\"urn:a\",\"urn:b\"]", ERR_OK},
        {"[\"urn:a\",\"urn:b\"]", "[\"urn:a\",\"urn:b\",\"urn:c\",{\"d\":\"urn:d\"}]", ERR_OK},
        {"\"urn:a\"", "\"urn:a\"", ERR_OK},
        {"\"urn:a\"", "[\"urn:a\",\"urn:b\"]", ERR_OK},
        {"[{\"a\":\"urn:a\"}]", "[{\"a\":\"urn:a\"},\"urn:b\"]", ERR_OK},
        {"[\"urn:a\"]", "\"urn:a\"", ERR_OK},
        {"[\"urn:a\",\"urn:b\"]", "[\"urn:a\"]", ERR_PROOF_CONTEXT},
        {"[\"urn:a\",\"urn:b\"]", "[\"urn:b\",\"urn:a\"]", ERR_PROOF_CONTEXT},
        {"[\"urn:a\",\"urn:b\"]", "[\"urn:c\",\"urn:a\",\"urn:b\"]", ERR_PROOF_CONTEXT},
        {"[\"urn:a\",\"urn:b\"]", "\"urn:a\"", ERR_PROOF_CONTEXT},
        {"[\"urn:a\",\"urn:b\"]", NULL, ERR_PROOF_CONTEXT},
        {"[{\"a\":\"urn:a\"}]", "[{\"a\":\"urn:b\"}]", ERR_PROOF_CONTEXT},
        {"[]", "[\"urn:a\"]", ERR_PROOF_CONTEXT},
        {"[]", "[]", ERR_PROOF_CONTEXT},
    };
    struct integrity_case c;
    integrity_case_open(&c);
    for (size_t i = 0; i < COUNT(cases); i++) {
        for (size_t k = 0; k < COUNT(suites); k++) {
            assert_err(error_under(&c, suites[k], cases[i].signed_under, cases[i].shown_under), cases[i].err);
        }
    }
    integrity_case_close(&c);
}

/* Two proofs over one document under contexts of different length: neither is taken for the other. */
static void keeps_documents_of_different_contexts_apart(void **state) {
    (void)state;
    struct integrity_case c;
    integrity_case_open(&c);
    struct integrity_sign how = integrity_case_how(&c, PROOF_EDDSA_JCS_2022, false);
    json_t *document = json_loads(INTEGRITY_CASE_CREDENTIAL, 0, NULL);
    integrity_sign(document, &how);
    json_array_append_new(json_object_get(document, "@context"), json_string("urn:more"));
    integrity_sign(document, &how);
    json_t *first = json_array_get(json_object_get(document, "proof"), 0);
    json_object_set_new(first, "@context", json_pack("[s]", INTEGRITY_CASE_CONTEXT));
    assert_ok(integrity_vector_check(&c.v, document));
    json_decref(document);
    integrity_case_close(&c);
}

/* Statements are read where any proof signs them: then they must be what the others signed too. */
static void refuses_statements_of_contexts_that_are_not_signed_by_all(void **state) {
    (void)state;
    static struct integrity found;
    struct integrity_case c;
    integrity_case_open(&c);
    integrity_case_shelve(&c, "urn:c:more", "{\"remark\":\"urn:v:remark\"}");
    for (int before = 0; before < 2; before++) {
        json_t *document = integrity_case_signed(&c, PROOF_EDDSA_JCS_2022, INTEGRITY_CASE_CREDENTIAL,
                                                 "{\"@context\":[\"" INTEGRITY_CASE_CONTEXT "\"]}");
        struct integrity_sign how = integrity_case_how(&c, PROOF_EDDSA_RDFC_2022, false);
        json_t *context = json_deep_copy(json_object_get(document, "@context"));
        json_array_append_new(context, json_string("urn:c:more"));
        if (before == 1) {
            integrity_sign(document, &how);
            assert_ok(integrity_vector_read(&c.v, document, &found));
        }
        json_object_set_new(document, "@context", context);
        assert_err(integrity_vector_check(&c.v, document), before == 1 ? ERR_PROOF_CONTEXT : ERR_OK);
        integrity_sign(document, &how);
        assert_err(integrity_vector_read(&c.v, document, &found), ERR_PROOF_CONTEXT);
        json_decref(document);
    }
    integrity_case_close(&c);
}

/* Any member is signed as it stands, whatever it is. */
static void signs_unknown_members_too(void **state) {
    (void)state;
    struct integrity_case c;
    integrity_case_open(&c);
    for (size_t k = 0; k < COUNT(suites); k++) {
        json_t *document =
            integrity_case_signed(&c, suites[k], INTEGRITY_CASE_CREDENTIAL,
                                  "{\"remark\":{\"proof\":[1,{\"type\":\"x\"}]},\"jws\":\"..\"}");
        integrity_vector_resist(&c.v, proof_suite_code(suites[k]), document);
        json_object_set_new(json_object_get(json_object_get(document, "proof"), "remark"), "proof",
                            json_null());
        assert_err(integrity_vector_check(&c.v, document), ERR_SIGNATURE_WRONG);
        json_decref(document);
    }
    integrity_case_close(&c);
}

/* Without a library, as no context is asked for. */
static void needs_no_vocabulary(void **state) {
    (void)state;
    static struct integrity found;
    struct integrity_case c;
    integrity_case_open(&c);
    json_t *document = integrity_case_signed(&c, PROOF_EDDSA_JCS_2022, INTEGRITY_CASE_CREDENTIAL, NULL);
    c.v.library = NULL;
    assert_ok(integrity_vector_check(&c.v, document));
    assert_ok(integrity_vector_read(&c.v, document, &found));
    assert_false(found.linked);
    json_decref(document);
    integrity_case_close(&c);
}

/* Hashing counts too, though no vocabulary is asked for. */
static void spends_what_a_scan_may_cost(void **state) {
    (void)state;
    static struct integrity found;
    struct budget budget = {0};
    struct integrity_case c;
    integrity_case_open(&c);
    json_t *document = integrity_case_signed(&c, PROOF_EDDSA_JCS_2022, INTEGRITY_CASE_CREDENTIAL, NULL);
    c.library.budget = &budget;
    assert_ok(integrity_vector_read(&c.v, document, &found));
    assert_true(budget.spent > 0);
    budget.spent = LIMIT_SCAN_BUDGET;
    assert_err(integrity_vector_read(&c.v, document, &found), ERR_BUDGET);
    json_decref(document);
    integrity_case_close(&c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_a_context_that_begins_with_the_signed_one),
        cmocka_unit_test(keeps_documents_of_different_contexts_apart),
        cmocka_unit_test(refuses_statements_of_contexts_that_are_not_signed_by_all),
        cmocka_unit_test(signs_unknown_members_too),
        cmocka_unit_test(needs_no_vocabulary),
        cmocka_unit_test(spends_what_a_scan_may_cost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
