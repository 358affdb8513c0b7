/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdlib.h>

#include "base/limits.h"
#include "codec/jsontext.h"
#include "credctl/badge/presenting.h"
#include "credctl/sign/public_form.h"
#include "tests/lib/signbench.h"

/* Presentation of these credentials by the bench's key, which is also its holder; json_decref it. */
static json_t *presentation_of(struct signbench *bench, const struct span *credentials, size_t count) {
    uint8_t bytes[200];
    struct room holder = room_over(bytes, sizeof bytes);
    json_t *document = NULL;
    assert_ok(public_form_did(signer_public(bench->signer), &holder));
    struct presenting presenting = {count, credentials, room_span(&holder)};
    assert_ok(presenting_document(&presenting, &document));
    assert_ok(presenting_sign(document, bench->signer, SIGNBENCH_CREATED_S, (struct span){0}, &bench->library,
                              &bench->arena));
    arena_wipe(&bench->arena);
    return document;
}

static void a_presentation_is_signed_for_authentication_over_all_it_holds(void **state) {
    (void)state;
    for (int old = 0; old <= 2; old++) { /* both of 2.0; one of each; both of 1.1 */
        struct signbench bench;
        signbench_start(&bench, CRYPTO_EDDSA);
        json_t *badges[] = {signbench_badge(&bench, "did:web:x.example", SIGNBENCH_FEW_FIELDS,
                                            old > 0 ? BADGE_VCDM_11 : BADGE_VCDM_20),
                            signbench_badge(&bench, "did:web:y.example", SIGNBENCH_FEW_FIELDS,
                                            old > 1 ? BADGE_VCDM_11 : BADGE_VCDM_20)};
        char *texts[] = {json_dumps(badges[0], 0), json_dumps(badges[1], 0)};
        struct span both[] = {span_of_text(texts[0]), span_of_text(texts[1])};
        json_t *document = presentation_of(&bench, both, 2);
        assert_true(signbench_verifies(&bench, document, INTEGRITY_AUTHENTICATION));
        assert_false(signbench_verifies(&bench, document, INTEGRITY_ASSERTION));
        assert_true(
            json_equal(badges[1], json_array_get(json_object_get(document, "verifiableCredential"), 1)));
        json_t *inside = json_object_get(json_array_get(json_object_get(document, "verifiableCredential"), 1),
                                         "credentialSubject");
        json_object_set_new(json_object_get(inside, "achievement"), "name", json_string("B"));
        assert_false(signbench_verifies(&bench, document, INTEGRITY_AUTHENTICATION));
        json_decref(document);
        for (int i = 0; i < 2; i++) {
            free(texts[i]);
            json_decref(badges[i]);
        }
        signbench_stop(&bench);
    }
}

static void a_token_is_presented_in_an_envelope(void **state) {
    (void)state;
    struct signbench bench;
    signbench_start(&bench, CRYPTO_EDDSA);
    for (int vc_jose = 0; vc_jose <= 1; vc_jose++) {
        uint8_t bytes[500];
        struct room token = room_over(bytes, sizeof bytes);
        assert_ok(signer_jws(bench.signer, span_of_text(vc_jose ? "vc+jwt" : "JWT"), (struct span){0},
                             span_of_text("{}"), &token));
        struct span list[] = {room_span(&token)};
        json_t *document = presentation_of(&bench, list, 1);
        assert_true(signbench_verifies(&bench, document, INTEGRITY_AUTHENTICATION));
        const json_t *inside = json_array_get(json_object_get(document, "verifiableCredential"), 0);
        assert_true(span_starts_with(jsontext_span(json_object_get(inside, "id")),
                                     vc_jose ? "data:application/vc+jwt,ey" : "data:application/jwt,ey"));
        json_decref(document);
    }
    signbench_stop(&bench);
}

static void what_is_no_credential_is_not_presented(void **state) {
    (void)state;
    json_t *document = NULL;
    struct span list[LIMIT_PRESENTED + 1] = {{0}};
    struct presenting presenting = {0, list, {0}};
    assert_err(presenting_document(&presenting, &document), ERR_PRESENTATION_EMPTY);
    presenting.count = LIMIT_PRESENTED + 1;
    assert_err(presenting_document(&presenting, &document), ERR_PRESENTATION_MANY);
    presenting.count = 1;
    list[0] = span_of_text("{\"type\": \"Achievement\"}");
    assert_err(presenting_document(&presenting, &document), ERR_CREDENTIAL_NONE);
    list[0] = span_of_text("eyJ.eyJ");
    assert_err(presenting_document(&presenting, &document), ERR_JWS_SHAPE);
    list[0] = span_of_text("badge");
    assert_err(presenting_document(&presenting, &document), ERR_JSON_SYNTAX);
    assert_null(document);
}

static void a_holder_that_is_another_key_does_not_sign(void **state) {
    (void)state;
    struct signbench bench;
    signbench_start(&bench, CRYPTO_EDDSA);
    json_t *badge = signbench_badge(&bench, "did:web:x.example", SIGNBENCH_FEW_FIELDS, BADGE_VCDM_20);
    char *text = json_dumps(badge, 0);
    struct span list[] = {span_of_text(text)};
    struct presenting presenting = {1, list,
                                    span_of_text("did:key:z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi")};
    json_t *document = NULL;
    assert_ok(presenting_document(&presenting, &document));
    assert_err(presenting_sign(document, bench.signer, SIGNBENCH_CREATED_S, (struct span){0}, &bench.library,
                               &bench.arena),
               ERR_KEY_MISMATCH);
    assert_null(json_object_get(document, "proof"));
    json_decref(document);
    json_decref(badge);
    free(text);
    signbench_stop(&bench);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_presentation_is_signed_for_authentication_over_all_it_holds),
        cmocka_unit_test(a_token_is_presented_in_an_envelope),
        cmocka_unit_test(what_is_no_credential_is_not_presented),
        cmocka_unit_test(a_holder_that_is_another_key_does_not_sign),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
