/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <jansson.h>
#include <stdio.h>

#include "codec/jws.h"
#include "credctl/badge/issuing.h"
#include "credctl/picture/card.h"
#include "credctl/sign/public_form.h"

#define REST                                                                                                 \
    "achievement = urn:x:a\nachievement_name = A\ndescription = D\ncriteria = https://x.example/c\n"         \
    "valid_from = 2026-06-01T09:00:00.75+02:00\n"

static void reads_keys_values_and_comments(void **state) {
    (void)state;
    struct fields fields = {0};
    char wrong[300] = "";
    struct span text = span_of_text("# a badge\n\n  issuer =  did:web:x.example  \r\nholder = a = b\n" REST);
    assert_true(fields_parse(text, &fields, wrong));
    assert_span_text(fields.values[FIELD_ISSUER], "did:web:x.example");
    assert_span_text(fields.values[FIELD_HOLDER], "a = b");
    assert_int_equal(fields.lines[FIELD_ISSUER], 3);
    assert_int_equal(fields.lines[FIELD_KID], 0);
}

static void leaves_the_fields_as_they_were_on_a_mistake(void **state) {
    (void)state;
    struct fields fields = {.lines = {[FIELD_ISSUER] = 77}};
    char wrong[300] = "";
    assert_false(fields_parse(span_of_text("issuer = did:web:x.example\nholder = a\n"), &fields, wrong));
    assert_int_equal(fields.lines[FIELD_ISSUER], 77);
    assert_string_equal(wrong, "achievement is missing");
}

static void every_field_has_a_key_and_a_sentence(void **state) {
    (void)state;
    for (int i = 0; i < FIELD_COUNT; i++) {
        assert_true(fields_key((enum fields_name)i)[0] != 0);
        assert_true(fields_sentence((enum fields_name)i)[0] != 0);
    }
    assert_true(fields_required(FIELD_ISSUER));
    assert_false(fields_required(FIELD_HOLDER));
}

/* The claims as JSON; json_decref them. */
static json_t *claims_of(const char *text, enum badge_profile profile, enum badge_vcdm vcdm) {
    static uint8_t bytes[BADGE_CLAIMS_BYTES];
    struct room room = room_over(bytes, sizeof bytes);
    struct fields fields = {0};
    char wrong[300] = "";
    if (!fields_parse(span_of_text(text), &fields, wrong)) {
        fail_msg("%s", wrong);
    }
    assert_ok(badge_claims(&fields, profile, vcdm, span_of_text("urn:uuid:1"), &room));
    return json_loadb((const char *)room.ptr, room.len, 0, NULL);
}

static void claims_equal_the_credentials_own_members(void **state) {
    (void)state;
    json_t *claims = claims_of("issuer = did:web:x.example\nholder_id = did:key:z1\n"
                               "valid_until = 2027-01-01T00:00:00.999Z\n" REST,
                               BADGE_OB3, BADGE_VCDM_20);
    const json_t *subject = json_object_get(claims, "credentialSubject");
    assert_string_equal(json_string_value(json_object_get(claims, "issuer")), "did:web:x.example");
    assert_string_equal(json_string_value(json_object_get(claims, "iss")), "did:web:x.example");
    assert_string_equal(json_string_value(json_object_get(claims, "jti")), "urn:uuid:1");
    assert_string_equal(json_string_value(json_object_get(claims, "id")), "urn:uuid:1");
    assert_string_equal(json_string_value(json_object_get(claims, "sub")),
                        json_string_value(json_object_get(subject, "id")));
    assert_string_equal(json_string_value(json_object_get(claims, "validFrom")), "2026-06-01T07:00:00Z");
    assert_int_equal(json_integer_value(json_object_get(claims, "nbf")), 1780297200);
    assert_string_equal(json_string_value(json_object_get(claims, "validUntil")), "2027-01-01T00:00:00Z");
    assert_int_equal(json_integer_value(json_object_get(claims, "exp")), 1798761600);
    assert_null(json_object_get(subject, "identifier"));
    const json_t *criteria = json_object_get(json_object_get(subject, "achievement"), "criteria");
    assert_string_equal(json_string_value(json_object_get(criteria, "id")), "https://x.example/c");
    json_decref(claims);
}

static void what_is_absent_leaves_no_claim(void **state) {
    (void)state;
    json_t *claims = claims_of("issuer = did:web:x.example\nholder = A\n" REST, BADGE_OB3, BADGE_VCDM_20);
    static const char *const absent[] = {"exp", "sub", "validUntil", "awardedDate", "credentialStatus", "vc"};
    for (size_t i = 0; i < sizeof absent / sizeof *absent; i++) {
        assert_null(json_object_get(claims, absent[i]));
    }
    json_decref(claims);
}

static void version_1_1_nests_the_credential(void **state) {
    (void)state;
    json_t *claims = claims_of("issuer = did:web:x.example\nholder = A\n" REST, BADGE_OB3, BADGE_VCDM_11);
    const json_t *credential = json_object_get(claims, "vc");
    assert_string_equal(json_string_value(json_object_get(credential, "issuanceDate")),
                        "2026-06-01T07:00:00Z");
    assert_null(json_object_get(credential, "validFrom"));
    assert_null(json_object_get(claims, "type"));
    assert_string_equal(json_string_value(json_object_get(claims, "iss")), "did:web:x.example");
    json_decref(claims);
}

static void claims_that_do_not_fit_are_refused(void **state) {
    (void)state;
    uint8_t bytes[100];
    struct room room = room_over(bytes, sizeof bytes);
    struct fields fields = {0};
    char wrong[300] = "";
    assert_true(fields_parse(span_of_text("issuer = did:web:x.example\nholder = A\n" REST), &fields, wrong));
    assert_err(badge_claims(&fields, BADGE_OB3, BADGE_VCDM_20, span_of_text("urn:x:1"), &room), ERR_NO_ROOM);
    assert_int_equal(room.len, 0);
}

static void two_badges_never_share_an_id(void **state) {
    (void)state;
    static uint8_t bytes[2][ISSUING_BYTES];
    struct room tokens[2] = {room_over(bytes[0], sizeof bytes[0]), room_over(bytes[1], sizeof bytes[1])};
    struct fields fields = {0};
    struct signer *signer = NULL;
    char wrong[300] = "";
    assert_ok(crypto_start());
    assert_ok(signer_make(CRYPTO_EDDSA, &signer));
    assert_true(fields_parse(span_of_text("issuer = did:web:x.example\nholder = A\n" REST), &fields, wrong));
    for (int i = 0; i < 2; i++) {
        assert_ok(issuing_jwt(&fields, BADGE_OB3, BADGE_VCDM_20, signer, &tokens[i]));
    }
    /* Ed25519 is deterministic: only the ids differ. */
    assert_false(span_equal(room_span(&tokens[0]), room_span(&tokens[1])));
    signer_close(signer);
}

static void an_issuer_that_is_another_key_is_refused(void **state) {
    (void)state;
    static uint8_t bytes[ISSUING_BYTES];
    struct room token = room_over(bytes, sizeof bytes);
    struct fields fields = {0};
    struct signer *signer = NULL;
    char wrong[300] = "";
    assert_ok(crypto_start());
    assert_ok(signer_make(CRYPTO_EDDSA, &signer));
    assert_true(
        fields_parse(span_of_text("issuer = did:key:z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi\n"
                                  "holder = A\n" REST),
                     &fields, wrong));
    assert_err(issuing_jwt(&fields, BADGE_OB3, BADGE_VCDM_20, signer, &token), ERR_KEY_MISMATCH);
    assert_int_equal(token.len, 0);
    signer_close(signer);
}

static void kids_follow_from_issuer_and_key(void **state) {
    (void)state;
    static const struct {
        enum crypto_alg alg;
        const char *issuer, *begins;
        size_t len;
    } cases[] = {
        {CRYPTO_EDDSA, "https://x.example", "", 43},
        {CRYPTO_EDDSA, "did:web:x.example", "did:web:x.example#", 18 + 43},
        {CRYPTO_RS256, "did:jwk:abc", "did:jwk:abc#0", 13},
        {CRYPTO_EDDSA, "did:key:z6Mkx", "did:key:z6Mkx#z6Mkx", 19},
    };
    assert_ok(crypto_start());
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct signer *signer = NULL;
        uint8_t bytes[200];
        struct room kid = room_over(bytes, sizeof bytes);
        assert_ok(signer_make(cases[i].alg, &signer));
        assert_ok(public_form_kid(signer_public(signer), span_of_text(cases[i].issuer), &kid));
        assert_true(span_starts_with(room_span(&kid), cases[i].begins));
        assert_int_equal(kid.len, cases[i].len);
        signer_close(signer);
    }
}

/* How often a text stands in the card. */
static size_t count(struct span card, const char *text) {
    size_t times = 0;
    for (size_t at = 0; at < card.len; at++) {
        times += span_starts_with(span_slice(card, at, card.len), text);
    }
    return times;
}

static void a_card_wraps_and_cuts_its_text(void **state) {
    (void)state;
    static uint8_t bytes[CARD_BYTES];
    static struct matrix code;
    static char words[20001];
    struct room svg = room_over(bytes, sizeof bytes), small = room_over(bytes, 500);
    for (size_t i = 0; i < 20000; i++) {
        words[i] = i % 9 == 8 ? ' ' : '<';
    }
    struct card card = {.title = span_of_text("TITLE"), .description = span_of_text(words)};
    assert_ok(matrix_make(span_of_text("code"), 'L', &code));
    assert_ok(card_svg(&card, &code, &svg));
    assert_true(count(room_span(&svg), "<text ") > 10);
    assert_true(count(room_span(&svg), "<text ") < 40);
    assert_int_equal(count(room_span(&svg), "\xE2\x80\xA6</text>"), 1);
    assert_int_equal(count(room_span(&svg), "<"), count(room_span(&svg), ">"));
    assert_err(card_svg(&card, &code, &small), ERR_NO_ROOM);
    assert_int_equal(small.len, 0);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_keys_values_and_comments),
        cmocka_unit_test(leaves_the_fields_as_they_were_on_a_mistake),
        cmocka_unit_test(every_field_has_a_key_and_a_sentence),
        cmocka_unit_test(claims_equal_the_credentials_own_members),
        cmocka_unit_test(what_is_absent_leaves_no_claim),
        cmocka_unit_test(version_1_1_nests_the_credential),
        cmocka_unit_test(claims_that_do_not_fit_are_refused),
        cmocka_unit_test(two_badges_never_share_an_id),
        cmocka_unit_test(an_issuer_that_is_another_key_is_refused),
        cmocka_unit_test(kids_follow_from_issuer_and_key),
        cmocka_unit_test(a_card_wraps_and_cuts_its_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
