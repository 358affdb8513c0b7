/* SPDX-License-Identifier: Apache-2.0 */
/* Lists made of signed statements: OpenID Federation, Recognized Entities. */
#include "tests/lib/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "codec/jsontext.h"
#include "credctl/build/issuer_file.h"
#include "credctl/sign/public_form.h"
#include "proof/proof.h"
#include "tests/lib/forge.h"
#include "tests/lib/importing.h"
#include "tests/lib/integrity_sign.h"

#define ANCHOR    "https://anchor.example"
#define MEMBER    "did:web:member.example"
#define AUTHORITY "did:web:commission.example"
#define ENTITY    "entity-statement+jwt"
#define KEY_ID    "k1"
#define TEXT_MAX  16384u
/* Around IMPORTING_NOW_S. */
#define BEFORE "1787900000"
#define AFTER  "1787990000"

/* An anchor, a stranger, and an import. */
struct scene {
    struct importing importing;
    struct signer *anchor, *stranger, *member;
    char *pin, *member_jwk; /* JWKs as text */
};

static void open_scene(struct scene *scene) {
    *scene = (struct scene){0};
    importing_open(&scene->importing);
    scene->anchor = importing_signer(CRYPTO_ES256);
    scene->stranger = importing_signer(CRYPTO_ES256);
    scene->member = importing_signer(CRYPTO_EDDSA);
    scene->pin = importing_jwk(scene->anchor, KEY_ID);
    scene->member_jwk = importing_jwk(scene->member, "m1");
}

static void close_scene(struct scene *scene) {
    importing_close(&scene->importing);
    signer_close(scene->anchor);
    signer_close(scene->stranger);
    signer_close(scene->member);
    free(scene->pin);
    free(scene->member_jwk);
}

static void give_token(struct scene *scene, const struct signer *signer, const char *typ,
                       const char *payload) {
    char *token = importing_token(signer, typ, KEY_ID, payload);
    importing_text(&scene->importing, token);
    free(token);
}

static void give_list(struct scene *scene, const struct signer *signer, const char *payload) {
    char *token = importing_token(signer, "vc+jwt", AUTHORITY "#1", payload);
    importing_text(&scene->importing, token);
    free(token);
}

static void pin(struct scene *scene) {
    importing_option_bytes(&scene->importing, "pin", span_of_text(scene->pin));
}

/* ---- OpenID Federation ---- */

#define TIMES       "\"iat\":" BEFORE ",\"exp\":" AFTER
#define NAMED(NAME) "\"metadata\":{\"federation_entity\":{\"organization_name\":\"" NAME "\"}}"

static void give_anchor(struct scene *scene, const struct signer *signer, const char *times) {
    char payload[TEXT_MAX];
    snprintf(payload, sizeof payload,
             "{\"iss\":\"" ANCHOR "\",\"sub\":\"" ANCHOR
             "\",%s,\"jwks\":{\"keys\":[%s]}," NAMED("Anchor") "}",
             times, scene->pin);
    give_token(scene, signer, ENTITY, payload);
}

static void give_member(struct scene *scene, const struct signer *signer, const char *claims) {
    char payload[TEXT_MAX];
    snprintf(payload, sizeof payload, "{%s,\"jwks\":{\"keys\":[%s]}}", claims, scene->member_jwk);
    give_token(scene, signer, ENTITY, payload);
}

#define MEMBER_CLAIMS "\"iss\":\"" ANCHOR "\",\"sub\":\"" MEMBER "\"," TIMES "," NAMED("Member")

static void a_member_is_listed_by_the_key_that_the_anchor_states(void **state) {
    (void)state;
    struct scene scene;
    open_scene(&scene);
    pin(&scene);
    give_anchor(&scene, scene.anchor, TIMES);
    give_member(&scene, scene.anchor, MEMBER_CLAIMS);
    importing_option(&scene.importing, "type", "OpenBadgeCredential");
    assert_ok(importing_run(&scene.importing, &import_oidf));
    const json_t *issuer = importing_issuer(&scene.importing, 0);
    assert_span_text(issuer_file_first(issuer), MEMBER);
    assert_int_equal(issuer_file_keys(issuer), 1);
    assert_true(json_is_false(json_object_get(issuer, "unsigned")));
    const json_t *key = json_array_get(json_object_get(issuer, "keys"), 0);
    assert_span_text(jsontext_span(json_object_get(key, "kid")), "m1");
    assert_span_text(jsontext_span(json_array_get(json_object_get(key, "types"), 0)), "OpenBadgeCredential");
    assert_true(scene.importing.source.is_signed);
    assert_string_equal(scene.importing.source.signer, ANCHOR);
    assert_int_equal(scene.importing.source.next_update_s, 1787990000);
    close_scene(&scene);
}

static void an_anchor_that_nobody_pins_makes_an_unsigned_list(void **state) {
    (void)state;
    struct scene scene;
    open_scene(&scene);
    give_anchor(&scene, scene.anchor, TIMES);
    give_member(&scene, scene.anchor, MEMBER_CLAIMS);
    assert_ok(importing_run(&scene.importing, &import_oidf));
    assert_false(scene.importing.source.is_signed);
    assert_true(json_is_true(json_object_get(importing_issuer(&scene.importing, 0), "unsigned")));
    close_scene(&scene);
}

static void the_anchors_key_may_be_pinned_by_its_thumbprint(void **state) {
    (void)state;
    struct scene scene;
    open_scene(&scene);
    for (int right = 0; right < 2; right++) {
        uint8_t text[64];
        struct room room = room_over(text, sizeof text);
        assert_ok(public_form_thumbprint(signer_public(right ? scene.anchor : scene.stranger), &room));
        assert_ok(room_put_text(&room, "\n"));
        importing_again(&scene.importing);
        importing_option_bytes(&scene.importing, "pin", room_span(&room));
        give_anchor(&scene, scene.anchor, TIMES);
        give_member(&scene, scene.anchor, MEMBER_CLAIMS);
        assert_err(importing_run(&scene.importing, &import_oidf), right ? ERR_OK : ERR_IMPORT_SIGNER);
        assert_int_equal(scene.importing.source.is_signed, right);
        /* alone, the thumbprint brings no key */
        importing_again(&scene.importing);
        importing_option_bytes(&scene.importing, "pin", room_span(&room));
        give_member(&scene, scene.anchor, MEMBER_CLAIMS);
        assert_err(importing_run(&scene.importing, &import_oidf), ERR_IMPORT_SIGNER);
    }
    close_scene(&scene);
}

static void keys_of_a_did_document_beside_a_signed_statement_are_unsigned(void **state) {
    (void)state;
    struct scene scene;
    open_scene(&scene);
    char *document = importing_document(scene.member, MEMBER);
    pin(&scene);
    give_token(&scene, scene.anchor, ENTITY, "{" MEMBER_CLAIMS "}");
    importing_text(&scene.importing, document);
    assert_ok(importing_run(&scene.importing, &import_oidf));
    assert_true(scene.importing.source.is_signed);
    assert_int_equal(scene.importing.unsigned_issuers, 1);
    assert_true(json_is_true(json_object_get(importing_issuer(&scene.importing, 0), "unsigned")));
    /* pinned, the same document is known */
    importing_again(&scene.importing);
    pin(&scene);
    importing_option_bytes(&scene.importing, "pin", span_of_text(document));
    give_token(&scene, scene.anchor, ENTITY, "{" MEMBER_CLAIMS "}");
    assert_ok(importing_run(&scene.importing, &import_oidf));
    assert_int_equal(scene.importing.unsigned_issuers, 0);
    assert_int_equal(issuer_file_keys(importing_issuer(&scene.importing, 0)), 1);
    free(document);
    close_scene(&scene);
}

static void refuses_an_anchor_that_is_none(void **state) {
    (void)state;
    static const struct {
        const char *times;
        bool by_stranger, pinned;
        enum err err;
    } cases[] = {
        {TIMES, false, true, ERR_OK},
        {TIMES, true, true, ERR_IMPORT_SIGNER},
        {TIMES, true, false, ERR_IMPORT_SIGNER},
        {"\"iat\":" BEFORE, false, true, ERR_IMPORT_STATEMENT},
        {"\"exp\":" AFTER, false, true, ERR_IMPORT_STATEMENT},
        {"\"iat\":" BEFORE ",\"exp\":\"" AFTER "\"", false, true, ERR_IMPORT_STATEMENT},
        {"\"iat\":" BEFORE ",\"exp\":1.5", false, true, ERR_IMPORT_STATEMENT},
        {"\"iat\":-5,\"exp\":" AFTER, false, true, ERR_IMPORT_STATEMENT},
        {"\"iat\":" BEFORE ",\"exp\":9e15", false, true, ERR_IMPORT_STATEMENT},
        {"\"iat\":" BEFORE ",\"exp\":" BEFORE, false, true, ERR_IMPORT_EXPIRED},
        {"\"iat\":" AFTER ",\"exp\":" AFTER, false, true, ERR_IMPORT_AHEAD},
        {TIMES ",\"crit\":[\"x\"]", false, true, ERR_JWS_CRIT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct scene scene;
        open_scene(&scene);
        if (cases[i].pinned) {
            pin(&scene);
        }
        give_anchor(&scene, cases[i].by_stranger ? scene.stranger : scene.anchor, cases[i].times);
        assert_err(importing_run(&scene.importing, &import_oidf), cases[i].err);
        close_scene(&scene);
    }
}

static void refuses_members_that_the_anchor_does_not_speak_for(void **state) {
    (void)state;
    static const struct {
        const char *claims;
        bool by_stranger;
        enum err err;
    } cases[] = {
        {MEMBER_CLAIMS, false, ERR_OK},
        {MEMBER_CLAIMS, true, ERR_IMPORT_SIGNER},
        {"\"iss\":\"https://other.example\",\"sub\":\"" MEMBER "\"," TIMES "," NAMED("M"), false,
         ERR_IMPORT_AUTHORITY},
        {"\"iss\":\"" ANCHOR "\",\"sub\":\"" ANCHOR "\"," TIMES "," NAMED("M"), false, ERR_IMPORT_AUTHORITY},
        {"\"sub\":\"" MEMBER "\"," TIMES "," NAMED("M"), false, ERR_IMPORT_STATEMENT},
        {"\"iss\":7,\"sub\":\"" MEMBER "\"," TIMES "," NAMED("M"), false, ERR_IMPORT_STATEMENT},
        {"\"iss\":\"" ANCHOR "\",\"sub\":\"" MEMBER "\",\"iat\":" BEFORE ",\"exp\":" BEFORE "," NAMED("M"),
         false, ERR_IMPORT_EXPIRED},
        {"\"iss\":\"" ANCHOR "\",\"sub\":\"" MEMBER "\",\"iat\":" AFTER ",\"exp\":" AFTER "," NAMED("M"),
         false, ERR_IMPORT_AHEAD},
        {"\"iss\":\"" ANCHOR "\",\"sub\":\"a member\"," TIMES "," NAMED("M"), false, ERR_IMPORT_IDENTIFIER},
        {"\"iss\":\"" ANCHOR "\",\"sub\":\"" MEMBER "\"," TIMES, false, ERR_IMPORT_NAME},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct scene scene;
        open_scene(&scene);
        pin(&scene);
        give_anchor(&scene, scene.anchor, TIMES);
        give_member(&scene, cases[i].by_stranger ? scene.stranger : scene.anchor, cases[i].claims);
        assert_err(importing_run(&scene.importing, &import_oidf), cases[i].err);
        close_scene(&scene);
    }
}

static void refuses_federations_of_odd_files(void **state) {
    (void)state;
    struct scene scene;
    open_scene(&scene);
    give_member(&scene, scene.anchor, MEMBER_CLAIMS);
    assert_err(importing_run(&scene.importing, &import_oidf), ERR_IMPORT_PIN);
    pin(&scene);
    give_member(&scene, scene.anchor, MEMBER_CLAIMS);
    assert_err(importing_run(&scene.importing, &import_oidf), ERR_IMPORT_TWICE);
    importing_again(&scene.importing);
    pin(&scene);
    give_anchor(&scene, scene.anchor, TIMES);
    importing_text(&scene.importing, "{}");
    assert_err(importing_run(&scene.importing, &import_oidf), ERR_IMPORT_SHAPE);
    importing_again(&scene.importing);
    give_token(&scene, scene.anchor, "JWT", "{" MEMBER_CLAIMS "}");
    assert_err(importing_run(&scene.importing, &import_oidf), ERR_IMPORT_STATEMENT);
    importing_again(&scene.importing);
    importing_text(&scene.importing, "not a token");
    assert_err(importing_run(&scene.importing, &import_oidf), ERR_JWS_SHAPE);
    importing_again(&scene.importing);
    for (size_t i = 0; i < 17; i++) {
        importing_option(&scene.importing, "pin", "/dev/null");
    }
    importing_text(&scene.importing, "x");
    assert_err(importing_run(&scene.importing, &import_oidf), ERR_JSON_SYNTAX);
    close_scene(&scene);
}

/* ---- Recognized Entities ---- */

#define UNIVERSITY(MORE)                                                                                     \
    "{\"id\":\"" MEMBER "\",\"type\":\"RecognizedEntity\",\"name\":\"Example Tech\"" MORE "}"
#define RECOGNIZED(PERIOD, SUBJECTS)                                                                         \
    "{\"@context\":[\"https://www.w3.org/ns/credentials/v2\"],\"type\":[\"VerifiableCredential\","           \
    "\"RecognizedEntityCredential\"],\"issuer\":{\"id\":\"" AUTHORITY "\"}," PERIOD                          \
    ",\"credentialSubject\":" SUBJECTS "}"
#define PERIOD      "\"validFrom\":\"2026-01-01T00:00:00Z\",\"validUntil\":\"2027-01-01T00:00:00Z\""
#define ISSUE(MORE) ",\"recognizedTo\":{\"type\":\"RecognizedAction\",\"action\":\"issue\"" MORE "}"
#define SCHEMA      ",\"outputValidation\":{\"id\":\"https://a.example/s.json\",\"type\":\"JsonSchema\"}"

static void entities_are_listed_with_what_they_may_do(void **state) {
    (void)state;
    static const struct {
        const char *text;
        const char *type;
        enum err err;
        size_t issuers, passed_over;
    } cases[] = {
        {RECOGNIZED(PERIOD, "[" UNIVERSITY("") "]"), NULL, ERR_OK, 1, 0},
        {RECOGNIZED(PERIOD, UNIVERSITY(ISSUE(""))), NULL, ERR_OK, 1, 0},
        {RECOGNIZED(PERIOD, UNIVERSITY(ISSUE(SCHEMA))), NULL, ERR_IMPORT_SCOPE, 0, 0},
        {RECOGNIZED(PERIOD, UNIVERSITY(ISSUE(SCHEMA))), "Diploma", ERR_OK, 1, 0},
        {RECOGNIZED(PERIOD, UNIVERSITY(",\"recognizedTo\":[{\"action\":\"verify\"}]")), NULL, ERR_OK, 0, 1},
        {RECOGNIZED(PERIOD, UNIVERSITY(",\"recognizedTo\":[{\"action\":7}]")), NULL, ERR_IMPORT_SHAPE, 0, 0},
        {RECOGNIZED(PERIOD, "[" UNIVERSITY("") "," UNIVERSITY("") "]"), NULL, ERR_IMPORT_TWICE, 0, 0},
        {RECOGNIZED(PERIOD, "[]"), NULL, ERR_IMPORT_SHAPE, 0, 0},
        {RECOGNIZED(PERIOD, "[{\"id\":\"" MEMBER "\",\"name\":\"A\"}]"), NULL, ERR_IMPORT_SHAPE, 0, 0},
        {RECOGNIZED(PERIOD, "[{\"type\":\"RecognizedEntity\",\"name\":\"A\"}]"), NULL, ERR_IMPORT_IDENTIFIER,
         0, 0},
        {RECOGNIZED("\"validFrom\":\"2027-01-01T00:00:00Z\"", UNIVERSITY("")), NULL, ERR_IMPORT_AHEAD, 0, 0},
        {RECOGNIZED("\"validUntil\":\"2026-01-01T00:00:00Z\"", UNIVERSITY("")), NULL, ERR_IMPORT_EXPIRED, 0,
         0},
        {RECOGNIZED("\"validUntil\":\"2027-01-01\"", UNIVERSITY("")), NULL, ERR_DATETIME, 0, 0},
        {"{\"type\":\"VerifiableCredential\"}", NULL, ERR_IMPORT_SHAPE, 0, 0},
        {"{\"type\":\"RecognizedEntityCredential\"}", NULL, ERR_IMPORT_SHAPE, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct scene scene;
        open_scene(&scene);
        importing_text(&scene.importing, cases[i].text);
        if (cases[i].type != NULL) {
            importing_option(&scene.importing, "type", cases[i].type);
        }
        assert_err(importing_run(&scene.importing, &import_recognized_entities), cases[i].err);
        assert_int_equal(json_array_size(scene.importing.issuers), cases[i].issuers);
        assert_int_equal(scene.importing.passed_over, cases[i].passed_over);
        assert_false(scene.importing.source.is_signed);
        close_scene(&scene);
    }
}

#define LIST RECOGNIZED(PERIOD, "[" UNIVERSITY("") "]")

static void a_pinned_authority_signs_its_list_by_a_token(void **state) {
    (void)state;
    struct scene scene;
    open_scene(&scene);
    char *document = importing_document(scene.anchor, AUTHORITY),
         *other = importing_document(scene.anchor, MEMBER);
    importing_option_bytes(&scene.importing, "pin", span_of_text(document));
    give_list(&scene, scene.anchor, LIST);
    assert_ok(importing_run(&scene.importing, &import_recognized_entities));
    assert_true(scene.importing.source.is_signed);
    assert_string_equal(scene.importing.source.signer, AUTHORITY);
    importing_again(&scene.importing);
    importing_option_bytes(&scene.importing, "pin", span_of_text(document));
    give_list(&scene, scene.stranger, LIST);
    assert_err(importing_run(&scene.importing, &import_recognized_entities), ERR_IMPORT_SIGNER);
    /* the right key, pinned as somebody else's */
    importing_again(&scene.importing);
    importing_option_bytes(&scene.importing, "pin", span_of_text(other));
    char *unnamed = importing_token(scene.anchor, "vc+jwt", "", LIST);
    importing_text(&scene.importing, unnamed);
    free(unnamed);
    assert_err(importing_run(&scene.importing, &import_recognized_entities), ERR_IMPORT_SIGNER);
    importing_again(&scene.importing);
    pin(&scene);
    give_token(&scene, scene.anchor, "JWT", "{\"iss\":\"" MEMBER "\",\"vc\":" LIST "}");
    assert_err(importing_run(&scene.importing, &import_recognized_entities), ERR_IMPORT_AUTHORITY);
    importing_again(&scene.importing);
    pin(&scene);
    importing_text(&scene.importing, LIST);
    assert_err(importing_run(&scene.importing, &import_recognized_entities), ERR_PROOF_NONE);
    free(other);
    free(document);
    close_scene(&scene);
}

static void a_proof_over_the_text_signs_a_list_and_one_over_statements_does_not(void **state) {
    (void)state;
    struct scene scene;
    open_scene(&scene);
    char *jwk = importing_jwk(scene.member, AUTHORITY "#1");
    struct integrity_sign how = {
        .suite = PROOF_EDDSA_JCS_2022, .signer = scene.member, .method = AUTHORITY "#1"};
    char *text = integrity_signed(LIST, &how);
    importing_option_bytes(&scene.importing, "pin", span_of_text(jwk));
    importing_text(&scene.importing, text);
    assert_ok(importing_run(&scene.importing, &import_recognized_entities));
    assert_true(scene.importing.source.is_signed);
    char *name = strstr(text, "Example Tech");
    assert_non_null(name);
    name[0] = 'X';
    importing_again(&scene.importing);
    importing_option_bytes(&scene.importing, "pin", span_of_text(jwk));
    importing_text(&scene.importing, text);
    assert_err(importing_run(&scene.importing, &import_recognized_entities), ERR_IMPORT_SIGNER);
    char *stated = forge_replaced(text, "eddsa-jcs-2022", "eddsa-rdfc-2022");
    importing_again(&scene.importing);
    importing_option_bytes(&scene.importing, "pin", span_of_text(jwk));
    importing_text(&scene.importing, stated);
    assert_err(importing_run(&scene.importing, &import_recognized_entities), ERR_PROOF_SUITE);
    free(stated);
    free(text);
    free(jwk);
    close_scene(&scene);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_member_is_listed_by_the_key_that_the_anchor_states),
        cmocka_unit_test(an_anchor_that_nobody_pins_makes_an_unsigned_list),
        cmocka_unit_test(the_anchors_key_may_be_pinned_by_its_thumbprint),
        cmocka_unit_test(keys_of_a_did_document_beside_a_signed_statement_are_unsigned),
        cmocka_unit_test(refuses_an_anchor_that_is_none),
        cmocka_unit_test(refuses_members_that_the_anchor_does_not_speak_for),
        cmocka_unit_test(refuses_federations_of_odd_files),
        cmocka_unit_test(entities_are_listed_with_what_they_may_do),
        cmocka_unit_test(a_pinned_authority_signs_its_list_by_a_token),
        cmocka_unit_test(a_proof_over_the_text_signs_a_list_and_one_over_statements_does_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
