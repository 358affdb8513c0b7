/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "tests/lib/check.h"

#include "codec/base64url.h"
#include "crypto/did.h"
#include "crypto/multikey.h"

/* RFC 8037 A.2's key as a multikey, and as a JWK. */
#define MULTIKEY "z6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMsw"
#define JWK      "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}"

static max_align_t memory[400];

static enum err own_key(const char *url, struct crypto_key *out) {
    struct arena arena = arena_over(memory, sizeof memory);
    return did_own_key(span_of_text(url), &arena, out);
}

/* "did:jwk:" of this text, and what stands behind it. */
static const char *did_jwk(const char *text, const char *behind) {
    static char url[4000];
    struct room room = room_over(url, sizeof url - 1);
    assert_ok(room_put_text(&room, "did:jwk:"));
    assert_ok(base64url_encode(span_of_text(text), &room));
    assert_ok(room_put_text(&room, behind));
    url[room.len] = 0;
    return url;
}

static void parts_urls_at_the_fragment(void **state) {
    (void)state;
    static const struct {
        const char *url, *did, *fragment;
    } cases[] = {
        {"did:web:a.example#key-1", "did:web:a.example", "key-1"},
        {"https://a.example/keys#1#2", "https://a.example/keys", "1#2"},
        {"did:web:a.example", "did:web:a.example", ""},
        {"did:web:a.example#", "did:web:a.example", ""},
        {"#x", "", "x"},
        {"", "", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_span_text(did_without_fragment(span_of_text(cases[i].url)), cases[i].did);
        assert_span_text(did_fragment(span_of_text(cases[i].url)), cases[i].fragment);
    }
}

static void knows_which_carry_their_key(void **state) {
    (void)state;
    assert_true(did_is_self_certifying(span_of_text("did:key:" MULTIKEY)));
    assert_true(did_is_self_certifying(span_of_text("did:jwk:e30")));
    static const char *const others[] = {"", "did:web:a.example", "did:key", "DID:KEY:" MULTIKEY,
                                         "https://a.example/did:key:" MULTIKEY};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        struct crypto_key key = {0};
        assert_false(did_is_self_certifying(span_of_text(others[i])));
        assert_err(own_key(others[i], &key), ERR_KEY_UNSUPPORTED);
    }
}

static void reads_the_key_of_did_key_and_did_jwk(void **state) {
    (void)state;
    static const char *const fragments[] = {"", "#0"};
    struct crypto_key expected = {0};
    assert_ok(own_key("did:key:" MULTIKEY, &expected));
    assert_int_equal(expected.kind, CRYPTO_KEY_ED25519);
    struct crypto_key same = {0};
    assert_ok(own_key("did:key:" MULTIKEY "#" MULTIKEY, &same));
    assert_true(crypto_key_equal(&same, &expected));
    for (size_t i = 0; i < sizeof fragments / sizeof *fragments; i++) {
        struct crypto_key key = {0};
        assert_ok(own_key(did_jwk(JWK, fragments[i]), &key));
        assert_true(crypto_key_equal(&key, &expected));
    }
}

static void refuses_fragments_of_another_key(void **state) {
    (void)state;
    static const char *const fragments[] = {"#", "#x", "#z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp",
                                            "#" MULTIKEY "#"};
    for (size_t i = 0; i < sizeof fragments / sizeof *fragments; i++) {
        char url[200];
        struct crypto_key key = {0};
        snprintf(url, sizeof url, "did:key:%s%s", MULTIKEY, fragments[i]);
        assert_err(own_key(url, &key), ERR_KEY_SHAPE);
        assert_err(own_key(did_jwk(JWK, fragments[i]), &key), ERR_KEY_SHAPE);
        assert_int_equal(key.kind, CRYPTO_KEY_NONE);
    }
}

static void refuses_keys_that_cannot_be_read(void **state) {
    (void)state;
    struct crypto_key key = {0};
    assert_err(own_key("did:key:", &key), ERR_KEY_UNSUPPORTED);
    assert_err(own_key("did:key:z6Mk0", &key), ERR_BASE58_CHARACTER);
    assert_err(own_key("did:key:../../etc/passwd", &key), ERR_KEY_UNSUPPORTED);
    assert_err(own_key("did:jwk:", &key), ERR_JSON_SYNTAX);
    assert_err(own_key("did:jwk:e30=", &key), ERR_BASE64URL);
    assert_err(own_key(did_jwk("{\"kty\":\"OKP\",\"kty\":\"OKP\"}", ""), &key), ERR_JSON_DUPLICATE);
    assert_err(own_key(did_jwk("{\"kty\":\"OKP\",\"crv\":\"X25519\"}", ""), &key), ERR_KEY_UNSUPPORTED);
    assert_err(own_key(did_jwk("{\"d\":\"AA\"}", ""), &key), ERR_KEY_PRIVATE);
    assert_int_equal(key.kind, CRYPTO_KEY_NONE);
}

static void bounds_the_length_of_did_jwk(void **state) {
    (void)state;
    char text[DID_JWK_CHARS_MAX / 4 * 3 + 2] = JWK;
    size_t len = strlen(text);
    struct crypto_key key = {0};
    memset(text + len, ' ', DID_JWK_CHARS_MAX / 4 * 3 - len);
    assert_ok(own_key(did_jwk(text, "#0"), &key));
    text[DID_JWK_CHARS_MAX / 4 * 3] = ' ';
    assert_err(own_key(did_jwk(text, "#0"), &key), ERR_NO_ROOM);
    struct arena small = arena_over(memory, 16);
    assert_err(did_own_key(span_of_text(did_jwk(JWK, "")), &small, &key), ERR_NO_ROOM);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_urls_at_the_fragment),
        cmocka_unit_test(knows_which_carry_their_key),
        cmocka_unit_test(reads_the_key_of_did_key_and_did_jwk),
        cmocka_unit_test(refuses_fragments_of_another_key),
        cmocka_unit_test(refuses_keys_that_cannot_be_read),
        cmocka_unit_test(bounds_the_length_of_did_jwk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
