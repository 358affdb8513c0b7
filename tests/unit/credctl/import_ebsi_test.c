/* SPDX-License-Identifier: Apache-2.0 */
/* Records of the EBSI Trusted Issuers Registry: who was accredited by whom, and for what. */
#include "tests/lib/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "codec/jsontext.h"
#include "tests/lib/importing.h"

#define MEMBER   "did:web:member.example"
#define TEXT_MAX 16384u
/* Around IMPORTING_NOW_S. */
#define BEFORE "1787900000"
#define AFTER  "1787990000"
#define TIMES  "\"iat\":" BEFORE ",\"exp\":" AFTER

/* Who accredits, a stranger, who is accredited, and an import. */
struct scene {
    struct importing importing;
    struct signer *anchor, *stranger, *member;
};

static void open_scene(struct scene *scene) {
    *scene = (struct scene){0};
    importing_open(&scene->importing);
    scene->anchor = importing_signer(CRYPTO_ES256);
    scene->stranger = importing_signer(CRYPTO_ES256);
    scene->member = importing_signer(CRYPTO_EDDSA);
}

static void close_scene(struct scene *scene) {
    importing_close(&scene->importing);
    signer_close(scene->anchor);
    signer_close(scene->stranger);
    signer_close(scene->member);
}

#define TAO "did:ebsi:zTao"
#define BODY(ISS, SUB, ID, KIND, TYPES, TIMES_)                                                              \
    "{\"iss\":\"" ISS "\",\"sub\":\"" SUB "\"," TIMES_ ",\"vc\":{\"id\":\"" ID "\",\"issuer\":\"" ISS        \
    "\",\"type\":[\"VerifiableCredential\",\"" KIND "\"],\"credentialSubject\":{\"id\":\"" SUB               \
    "\",\"accreditedFor\":" TYPES "}}}"
#define ATTEST          "VerifiableAccreditationToAttest"
#define TYPES_OF(NAMES) "[{\"types\":[\"VerifiableCredential\",\"VerifiableAttestation\"" NAMES "]}]"

static char *record_of(const struct signer *signer, const char *payload, const char *tao, bool right_hash) {
    char *token = importing_token(signer, "JWT", TAO "#1", payload), *out = malloc(TEXT_MAX);
    uint8_t sha256[CRYPTO_SHA256_BYTES];
    char hex[2 * CRYPTO_SHA256_BYTES + 1];
    assert_ok(crypto_sha256(span_of_text(token), sha256));
    for (size_t i = 0; i < sizeof sha256; i++) {
        snprintf(hex + 2 * i, 3, "%02x", sha256[i]);
    }
    hex[0] = right_hash ? hex[0] : 'x';
    snprintf(out, TEXT_MAX,
             "{\"did\":\"" MEMBER "\",\"attribute\":{\"body\":\"%s\",\"hash\":\"%s\",\"tao\":\"%s\"}}", token,
             hex, tao);
    free(token);
    return out;
}

static void give_record(struct scene *scene, const struct signer *signer, const char *payload) {
    char *record = record_of(signer, payload, TAO, true);
    importing_text(&scene->importing, record);
    free(record);
}

static void pin_tao(struct scene *scene) {
    char *document = importing_document(scene->anchor, TAO);
    importing_option_bytes(&scene->importing, "pin", span_of_text(document));
    free(document);
}

static void give_member_document(struct scene *scene) {
    char *document = importing_document(scene->member, MEMBER);
    importing_text(&scene->importing, document);
    free(document);
}

#define GOOD BODY(TAO, MEMBER, "urn:1", ATTEST, TYPES_OF(",\"Diploma\""), TIMES)

static void an_accreditation_is_the_scope_and_the_end_of_the_keys(void **state) {
    (void)state;
    struct scene scene;
    open_scene(&scene);
    pin_tao(&scene);
    give_record(&scene, scene.anchor, GOOD);
    give_member_document(&scene);
    assert_ok(importing_run(&scene.importing, &import_ebsi));
    const json_t *issuer = importing_issuer(&scene.importing, 0);
    const json_t *key = json_array_get(json_object_get(issuer, "keys"), 0),
                 *types = json_object_get(key, "types");
    assert_int_equal(json_array_size(types), 1);
    assert_span_text(jsontext_span(json_array_get(types, 0)), "Diploma");
    assert_span_text(jsontext_span(json_object_get(key, "valid_until")), "2026-08-29T07:53:20Z");
    assert_true(scene.importing.source.is_signed);
    assert_int_equal(scene.importing.unsigned_issuers, 1); /* nobody signed the DID document */
    close_scene(&scene);
}

static void the_latest_revision_counts_and_not_the_widest(void **state) {
    (void)state;
    struct scene scene;
    open_scene(&scene);
    pin_tao(&scene);
    give_record(&scene, scene.anchor,
                BODY(TAO, MEMBER, "urn:1", ATTEST, TYPES_OF(",\"Diploma\",\"Licence\""),
                     "\"iat\":1787800000,\"exp\":" AFTER));
    give_record(&scene, scene.anchor, GOOD);
    give_record(
        &scene, scene.anchor,
        BODY(TAO, MEMBER, "urn:1", ATTEST, TYPES_OF(",\"Medical\""), "\"iat\":1787700000,\"exp\":" AFTER));
    give_member_document(&scene);
    assert_ok(importing_run(&scene.importing, &import_ebsi));
    const json_t *key = json_array_get(json_object_get(importing_issuer(&scene.importing, 0), "keys"), 0);
    assert_int_equal(json_array_size(json_object_get(key, "types")), 1);
    assert_int_equal(scene.importing.passed_over, 2);
    close_scene(&scene);
}

static void what_lets_nobody_issue_lists_nobody(void **state) {
    (void)state;
    static const char *const bodies[] = {
        BODY(TAO, MEMBER, "urn:1", ATTEST, TYPES_OF(""), TIMES),
        BODY(TAO, MEMBER, "urn:1", "VerifiableAccreditationToAccredit", TYPES_OF(",\"Diploma\""), TIMES),
        BODY(TAO, MEMBER, "urn:1", ATTEST, TYPES_OF(",\"Diploma\""), "\"iat\":" BEFORE ",\"exp\":" BEFORE),
    };
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        struct scene scene;
        open_scene(&scene);
        pin_tao(&scene);
        give_record(&scene, scene.anchor, bodies[i]);
        assert_ok(importing_run(&scene.importing, &import_ebsi));
        assert_int_equal(json_array_size(scene.importing.issuers), 0);
        assert_true(scene.importing.passed_over > 0);
        close_scene(&scene);
    }
}

static void refuses_records_that_contradict_themselves(void **state) {
    (void)state;
    static const struct {
        const char *body, *tao;
        bool by_stranger, wrong_hash;
        enum err err;
    } cases[] = {
        {GOOD, TAO, true, false, ERR_IMPORT_SIGNER},
        {GOOD, TAO, false, true, ERR_IMPORT_HASH},
        {GOOD, "did:ebsi:zOther", false, false, ERR_IMPORT_AUTHORITY},
        {BODY(TAO, "did:web:other.example", "urn:1", ATTEST, "[]", TIMES), TAO, false, false,
         ERR_IMPORT_STATEMENT},
        {BODY(TAO, MEMBER, "urn:1", ATTEST, "7", TIMES), TAO, false, false, ERR_IMPORT_STATEMENT},
        {BODY(TAO, MEMBER, "urn:1", ATTEST, "[{\"types\":7}]", TIMES), TAO, false, false, ERR_IMPORT_SHAPE},
        {BODY(TAO, MEMBER, "urn:1", ATTEST, "[{\"types\":[7]}]", TIMES), TAO, false, false, ERR_IMPORT_SHAPE},
        {BODY(TAO, MEMBER, "urn:1", ATTEST, "[]", "\"nbf\":" AFTER ",\"exp\":" AFTER), TAO, false, false,
         ERR_IMPORT_AHEAD},
        {"{\"iss\":\"" TAO "\"}", TAO, false, false, ERR_IMPORT_STATEMENT},
        {"[]", TAO, false, false, ERR_IMPORT_STATEMENT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct scene scene;
        open_scene(&scene);
        pin_tao(&scene);
        char *record = record_of(cases[i].by_stranger ? scene.stranger : scene.anchor, cases[i].body,
                                 cases[i].tao, !cases[i].wrong_hash);
        importing_text(&scene.importing, record);
        assert_err(importing_run(&scene.importing, &import_ebsi), cases[i].err);
        free(record);
        close_scene(&scene);
    }
}

static void keys_that_are_only_given_check_a_record_and_do_not_make_it_signed(void **state) {
    (void)state;
    struct scene scene;
    open_scene(&scene);
    char *document = importing_document(scene.anchor, TAO);
    give_record(&scene, scene.anchor, GOOD);
    importing_text(&scene.importing, document);
    assert_ok(importing_run(&scene.importing, &import_ebsi));
    assert_false(scene.importing.source.is_signed);
    importing_again(&scene.importing);
    give_record(&scene, scene.stranger, GOOD);
    importing_text(&scene.importing, document);
    assert_err(importing_run(&scene.importing, &import_ebsi), ERR_IMPORT_SIGNER);
    free(document);
    close_scene(&scene);
}

static void refuses_registries_that_are_not_whole(void **state) {
    (void)state;
    static const struct {
        const char *text;
        enum err err;
    } cases[] = {
        {"{}", ERR_IMPORT_SHAPE},
        {"[]", ERR_IMPORT_SHAPE},
        {"{\"items\":7}", ERR_IMPORT_SHAPE},
        {"{\"items\":[{\"id\":\"abc\"}]}", ERR_IMPORT_MISSING},
        {"{\"items\":[{}]}", ERR_IMPORT_SHAPE},
        {"{\"attribute\":7,\"did\":\"" MEMBER "\"}", ERR_IMPORT_SHAPE},
        {"{\"a\":{\"attribute\":{}}}", ERR_IMPORT_SHAPE},
        {"{\"hasAttributes\":true}", ERR_IMPORT_SHAPE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct scene scene;
        open_scene(&scene);
        importing_text(&scene.importing, cases[i].text);
        assert_err(importing_run(&scene.importing, &import_ebsi), cases[i].err);
        close_scene(&scene);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_accreditation_is_the_scope_and_the_end_of_the_keys),
        cmocka_unit_test(the_latest_revision_counts_and_not_the_widest),
        cmocka_unit_test(what_lets_nobody_issue_lists_nobody),
        cmocka_unit_test(refuses_records_that_contradict_themselves),
        cmocka_unit_test(keys_that_are_only_given_check_a_record_and_do_not_make_it_signed),
        cmocka_unit_test(refuses_registries_that_are_not_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
