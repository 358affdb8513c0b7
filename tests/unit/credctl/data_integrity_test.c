/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "credctl/sign/data_integrity.h"
#include "tests/lib/signbench.h"

/* Another value of the same type. */
static json_t *changed(const json_t *value) {
    char text[600];
    if (json_is_boolean(value)) {
        return json_boolean(!json_is_true(value));
    }
    assert_true(json_is_string(value));
    snprintf(text, sizeof text, "%s0", json_string_value(value));
    return json_string(text);
}

static size_t change_all(struct signbench *bench, json_t *whole, json_t *part);

/* The badge with the value at this place, changed, and with every value inside it. */
static size_t change_value(struct signbench *bench, json_t *whole, json_t *value, json_t *object,
                           const char *member, json_t *array, size_t at) {
    if (json_is_object(value) || json_is_array(value)) {
        return change_all(bench, whole, value);
    }
    json_incref(value);
    int set = object != NULL ? json_object_set_new(object, member, changed(value))
                             : json_array_set_new(array, at, changed(value));
    assert_int_equal(set, 0);
    if (signbench_verifies(bench, whole, INTEGRITY_ASSERTION)) {
        fail_msg("verifies with another \"%s\"", member != NULL ? member : json_string_value(value));
    }
    set = object != NULL ? json_object_set_new(object, member, value) : json_array_set_new(array, at, value);
    assert_int_equal(set, 0);
    return 1;
}

/* The same for each member or element of a part of it; and without each member. */
static size_t change_all(struct signbench *bench, json_t *whole, json_t *part) {
    size_t count = 0;
    const char *names[32];
    size_t members = 0;
    const char *member = NULL;
    json_t *value = NULL;
    json_object_foreach(part, member, value) {
        assert_true(members < 32);
        names[members++] = member;
    }
    for (size_t i = 0; i < members; i++) {
        value = json_incref(json_object_get(part, names[i]));
        char *name = strdup(names[i]);
        count += change_value(bench, whole, value, part, name, NULL, 0);
        free(name);
        json_decref(value);
    }
    for (size_t i = 0; i < json_array_size(part); i++) {
        value = json_incref(json_array_get(part, i));
        count += change_value(bench, whole, value, NULL, NULL, part, i);
        json_decref(value);
    }
    return count;
}

static void a_badge_verifies_and_with_another_value_anywhere_it_does_not(void **state) {
    (void)state;
    static const enum crypto_alg algs[] = {CRYPTO_EDDSA, CRYPTO_ES256, CRYPTO_ES384};
    for (size_t i = 0; i < 2 * sizeof algs / sizeof *algs; i++) {
        struct signbench bench;
        signbench_start(&bench, algs[i / 2]);
        json_t *badge = signbench_badge(&bench, "https://x.example", SIGNBENCH_ALL_FIELDS,
                                        i % 2 ? BADGE_VCDM_11 : BADGE_VCDM_20);
        assert_true(signbench_verifies(&bench, badge, INTEGRITY_ASSERTION));
        assert_true(change_all(&bench, badge, badge) > 35);
        assert_true(signbench_verifies(&bench, badge, INTEGRITY_ASSERTION));
        json_decref(badge);
        signbench_stop(&bench);
    }
}

static void without_a_member_or_with_one_more_it_does_not_verify(void **state) {
    (void)state;
    struct signbench bench;
    signbench_start(&bench, CRYPTO_EDDSA);
    json_t *badge = signbench_badge(&bench, "https://x.example", SIGNBENCH_ALL_FIELDS, BADGE_VCDM_20);
    const char *name = NULL;
    json_t *value = NULL;
    json_object_foreach(badge, name, value) {
        json_t *less = json_copy(badge);
        assert_int_equal(json_object_del(less, name), 0);
        assert_false(signbench_verifies(&bench, less, INTEGRITY_ASSERTION));
        json_decref(less);
    }
    static const char *const further[] = {"description", "narrative", "surname", "https://x.example/more"};
    for (size_t i = 0; i < sizeof further / sizeof *further; i++) {
        json_t *more = json_copy(badge);
        assert_int_equal(json_object_set_new(more, further[i], json_string("more")), 0);
        assert_false(signbench_verifies(&bench, more, INTEGRITY_ASSERTION));
        json_decref(more);
    }
    json_decref(badge);
    signbench_stop(&bench);
}

static void a_badge_of_few_fields_is_defined_whole_too(void **state) {
    (void)state;
    for (int vcdm = BADGE_VCDM_20; vcdm <= BADGE_VCDM_11; vcdm++) {
        struct signbench bench;
        signbench_start(&bench, CRYPTO_EDDSA);
        json_t *badge =
            signbench_badge(&bench, "did:web:x.example", SIGNBENCH_FEW_FIELDS, (enum badge_vcdm)vcdm);
        assert_true(signbench_verifies(&bench, badge, INTEGRITY_ASSERTION));
        json_decref(badge);
        signbench_stop(&bench);
    }
}

static const char *proof_member(const json_t *badge, const char *name) {
    return json_string_value(json_object_get(json_object_get(badge, "proof"), name));
}

static void the_proof_says_by_whom_when_and_for_what(void **state) {
    (void)state;
    struct signbench bench;
    signbench_start(&bench, CRYPTO_ES256);
    json_t *badge =
        signbench_badge(&bench, "did:web:x.example", "kid = key-1\n" SIGNBENCH_FEW_FIELDS, BADGE_VCDM_20);
    assert_string_equal(proof_member(badge, "type"), "DataIntegrityProof");
    assert_string_equal(proof_member(badge, "cryptosuite"), "ecdsa-rdfc-2019");
    assert_string_equal(proof_member(badge, "created"), "2026-06-01T09:00:00Z");
    assert_string_equal(proof_member(badge, "proofPurpose"), "assertionMethod");
    assert_string_equal(proof_member(badge, "verificationMethod"), "did:web:x.example#key-1");
    json_decref(badge);
    signbench_stop(&bench);
}

static void the_key_is_named_so_that_it_is_found(void **state) {
    (void)state;
    static const struct {
        const char *controller, *kid, *method;
    } cases[] = {
        {"did:web:x.example", "key-1", "did:web:x.example#key-1"},
        {"did:web:x.example", "#key-1", "did:web:x.example#key-1"},
        {"did:web:x.example", "did:web:x.example#2", "did:web:x.example#2"},
        {"did:web:x.example", "", "did:web:x.example#z6Mk"},
        {"https://x.example", "", "https://x.example#z6Mk"},
        {"did:key:z6MkX", "", "did:key:z6MkX#z6MkX"},
        {"did:jwk:e30", "", "did:jwk:e30#0"},
    };
    struct signer *signer = NULL;
    assert_ok(crypto_start());
    assert_ok(signer_make(CRYPTO_EDDSA, &signer));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint8_t bytes[200];
        struct room room = room_over(bytes, sizeof bytes), small = room_over(bytes, 12);
        struct span controller = span_of_text(cases[i].controller), kid = span_of_text(cases[i].kid);
        assert_ok(data_integrity_method(signer_public(signer), controller, kid, &room));
        assert_true(span_starts_with(room_span(&room), cases[i].method));
        bool whole = strstr(cases[i].method, "#z6Mk") == NULL || controller.len == strlen("did:key:z6MkX");
        assert_int_equal(room.len, whole ? strlen(cases[i].method) : controller.len + 1 + 48);
        assert_err(data_integrity_method(signer_public(signer), controller, kid, &small), ERR_NO_ROOM);
    }
    signer_close(signer);
}

static void each_key_signs_by_its_own_suite(void **state) {
    (void)state;
    assert_int_equal(data_integrity_suite(CRYPTO_EDDSA), PROOF_EDDSA_RDFC_2022);
    assert_int_equal(data_integrity_suite(CRYPTO_ES256), PROOF_ECDSA_RDFC_2019);
    assert_int_equal(data_integrity_suite(CRYPTO_ES384), PROOF_ECDSA_RDFC_2019);
    assert_int_equal(data_integrity_suite(CRYPTO_RS256), PROOF_JWS);
    assert_int_equal(data_integrity_suite(CRYPTO_PS256), PROOF_JWS);
}

/* Add a proof to this text. */
static enum err add_to(struct signbench *bench, const char *text, enum proof_suite suite) {
    json_t *document = json_loads(text, 0, NULL), *before = json_deep_copy(document);
    struct data_integrity_options options = {
        .suite = suite, .method = span_of_text("did:web:x.example#1"), .created_s = SIGNBENCH_CREATED_S};
    assert_non_null(document);
    enum err err = data_integrity_add(document, bench->signer, &options, &bench->library, &bench->arena);
    assert_int_equal(json_equal(document, before), err != ERR_OK);
    json_decref(before);
    json_decref(document);
    arena_wipe(&bench->arena);
    return err;
}

#define VCDM_20 "\"@context\": \"https://www.w3.org/ns/credentials/v2\", \"type\": \"VerifiableCredential\""

static void what_cannot_be_signed_stays_as_it_was(void **state) {
    (void)state;
    struct signbench bench;
    signbench_start(&bench, CRYPTO_EDDSA);
    assert_ok(add_to(&bench, "{" VCDM_20 "}", PROOF_EDDSA_RDFC_2022));
    assert_err(add_to(&bench, "{" VCDM_20 "}", PROOF_ECDSA_RDFC_2019), ERR_KEY_MISMATCH);
    assert_err(add_to(&bench, "{" VCDM_20 "}", PROOF_JWS), ERR_KEY_MISMATCH);
    assert_err(add_to(&bench, "{" VCDM_20 ", \"proof\": {}}", PROOF_EDDSA_RDFC_2022), ERR_PROOF_SHAPE);
    assert_err(add_to(&bench, "{\"type\": \"VerifiableCredential\"}", PROOF_EDDSA_RDFC_2022),
               ERR_PROOF_SHAPE);
    assert_err(add_to(&bench, "[]", PROOF_EDDSA_RDFC_2022), ERR_PROOF_SHAPE);
    assert_err(add_to(&bench, "{\"@context\": \"https://x.example/unknown\"}", PROOF_EDDSA_RDFC_2022),
               ERR_CONTEXT_UNKNOWN);
    assert_true(add_to(&bench, "{" VCDM_20 ", \"undefined\": 1}", PROOF_EDDSA_RDFC_2022) != ERR_OK);
    signbench_stop(&bench);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_badge_verifies_and_with_another_value_anywhere_it_does_not),
        cmocka_unit_test(without_a_member_or_with_one_more_it_does_not_verify),
        cmocka_unit_test(a_badge_of_few_fields_is_defined_whole_too),
        cmocka_unit_test(the_proof_says_by_whom_when_and_for_what),
        cmocka_unit_test(the_key_is_named_so_that_it_is_found),
        cmocka_unit_test(each_key_signs_by_its_own_suite),
        cmocka_unit_test(what_cannot_be_signed_stays_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
