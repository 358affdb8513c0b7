/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdlib.h>

#include "base/limits.h"
#include "codec/jsontext.h"
#include "credctl/badge/presenting.h"
#include "credctl/picture/contents.h"
#include "credctl/picture/contents_linked.h"
#include "payload/document.h"
#include "payload/payload.h"
#include "tests/lib/signbench.h"

/* What the kiosk reads out of the code's contents; json_decref it. */
static json_t *read_back(struct signbench *bench, struct span contents) {
    struct payload payload = {0};
    json_t *document = NULL;
    assert_ok(payload_recognise(contents, &bench->arena, &payload));
    assert_int_equal(payload.kind, PAYLOAD_CBOR_LD);
    assert_ok(payload_document(&payload, &bench->library, &bench->arena, &document));
    arena_wipe(&bench->arena);
    return document;
}

static void assert_comes_back(struct signbench *bench, const json_t *document, const char *prefix,
                              enum integrity_purpose purpose) {
    static uint8_t bytes[CONTENTS_BYTES];
    struct room held = room_over(bytes, sizeof bytes);
    char *text = json_dumps(document, JSON_COMPACT);
    assert_ok(contents_linked(span_of_text(text), &bench->library, &held));
    assert_true(span_starts_with(room_span(&held), prefix));
    assert_true(held.len < strlen(text));
    json_t *back = read_back(bench, room_span(&held));
    assert_true(json_equal(back, document));
    assert_true(signbench_verifies(bench, back, purpose));
    json_decref(back);
    free(text);
}

static void a_badge_comes_back_and_verifies(void **state) {
    (void)state;
    static const enum crypto_alg algs[] = {CRYPTO_EDDSA, CRYPTO_ES256, CRYPTO_ES384};
    for (size_t i = 0; i < 2 * sizeof algs / sizeof *algs; i++) {
        struct signbench bench;
        signbench_start(&bench, algs[i / 2]);
        json_t *badge = signbench_badge(&bench, "did:web:x.example", SIGNBENCH_ALL_FIELDS,
                                        i % 2 ? BADGE_VCDM_11 : BADGE_VCDM_20);
        assert_comes_back(&bench, badge, "VC1-R", INTEGRITY_ASSERTION);
        json_decref(badge);
        signbench_stop(&bench);
    }
}

static void a_presentation_comes_back_and_verifies(void **state) {
    (void)state;
    for (int vcdm = BADGE_VCDM_20; vcdm <= BADGE_VCDM_11; vcdm++) {
        struct signbench bench;
        signbench_start(&bench, CRYPTO_EDDSA);
        json_t *badge =
            signbench_badge(&bench, "did:web:x.example", SIGNBENCH_FEW_FIELDS, (enum badge_vcdm)vcdm);
        char *text = json_dumps(badge, JSON_COMPACT);
        struct span both[] = {span_of_text(text), span_of_text(text)};
        struct presenting presenting = {2, both, span_of_text("did:web:holder.example")};
        json_t *document = NULL;
        assert_ok(presenting_document(&presenting, &document));
        assert_ok(presenting_sign(document, bench.signer, SIGNBENCH_CREATED_S, (struct span){0},
                                  &bench.library, &bench.arena));
        arena_wipe(&bench.arena);
        assert_comes_back(&bench, document, "VP1-R", INTEGRITY_AUTHENTICATION);
        json_decref(document);
        json_decref(badge);
        free(text);
        signbench_stop(&bench);
    }
}

static void numbers_may_come_back_written_in_another_way(void **state) {
    (void)state;
    struct signbench bench;
    uint8_t bytes[CONTENTS_BYTES];
    struct room held = room_over(bytes, sizeof bytes);
    signbench_start(&bench, CRYPTO_EDDSA);
    assert_ok(
        contents_linked(span_of_text("{\"@context\": \"https://www.w3.org/ns/credentials/v2\", \"type\": "
                                     "\"VerifiableCredential\", \"credits\": [4.0, 0.5]}"),
                        &bench.library, &held));
    json_t *back = read_back(&bench, room_span(&held));
    const json_t *credits = json_object_get(back, "credits");
    assert_true(json_number_value(json_array_get(credits, 0)) == 4 &&
                json_number_value(json_array_get(credits, 1)) == 0.5);
    json_decref(back);
    signbench_stop(&bench);
}

static void other_texts_have_no_such_form(void **state) {
    (void)state;
    static const struct {
        const char *text;
        enum err err;
    } cases[] = {
        {"", ERR_QR_LINKED},
        {"eyJhbGciOiJFUzI1NiJ9.e30.AA", ERR_QR_LINKED},
        {"{\"type\": \"Achievement\"}", ERR_QR_LINKED},
        {"{\"type\": \"VerifiableCredential\"", ERR_JSON_SYNTAX},
        {"{\"@context\": \"https://x.example/unknown\", \"type\": \"VerifiableCredential\"}",
         ERR_CONTEXT_UNKNOWN},
    };
    struct signbench bench;
    signbench_start(&bench, CRYPTO_EDDSA);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint8_t bytes[CONTENTS_BYTES];
        struct room held = room_over(bytes, sizeof bytes);
        assert_err(contents_linked(span_of_text(cases[i].text), &bench.library, &held), cases[i].err);
        assert_int_equal(held.len, 0);
    }
    signbench_stop(&bench);
}

static void the_form_of_the_lowest_version_is_taken_and_the_others_are_told(void **state) {
    (void)state;
    struct signbench bench;
    signbench_start(&bench, CRYPTO_EDDSA);
    json_t *badge = signbench_badge(&bench, "did:web:x.example", SIGNBENCH_FEW_FIELDS, BADGE_VCDM_20);
    char *text = json_dumps(badge, JSON_COMPACT);
    static struct contents made;
    uint8_t bytes[CONTENTS_BYTES];
    struct room held = room_over(bytes, sizeof bytes);
    struct contents_how how = {.level = 'L', .library = &bench.library};
    assert_ok(contents_code(span_of_text(text), how, &made, &held));
    for (int form = CONTENTS_PLAIN; form < CONTENTS_FORMS; form++) {
        assert_ok(made.tries[form].err);
        assert_true(made.tries[form].version >= made.code.version);
    }
    assert_int_equal(made.form, CONTENTS_CBOR_LD);
    assert_int_equal(made.tries[made.form].chars, held.len);
    assert_true(made.tries[CONTENTS_BASE45].version < made.tries[CONTENTS_PLAIN].version);
    how.library = NULL;
    assert_ok(contents_code(span_of_text(text), how, &made, &held));
    assert_int_equal(made.form, CONTENTS_BASE45);
    how.form = CONTENTS_CBOR_LD;
    assert_err(contents_code(span_of_text(text), how, &made, &held), ERR_QR_LINKED);
    json_decref(badge);
    free(text);
    signbench_stop(&bench);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_badge_comes_back_and_verifies),
        cmocka_unit_test(a_presentation_comes_back_and_verifies),
        cmocka_unit_test(numbers_may_come_back_written_in_another_way),
        cmocka_unit_test(other_texts_have_no_such_form),
        cmocka_unit_test(the_form_of_the_lowest_version_is_taken_and_the_others_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
