/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include "base/limits.h"
#include "codec/base64url.h"
#include "crypto/jwk.h"
#include "crypto/rsakey.h"

#include <stdio.h>

/* RFC 7638 section 3.1. */
#define RSA_N                                                                                                \
    "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZC" \
    "iFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_"                              \
    "FDW2QvzqY368QQMicAtaSqzs8KJZgn"                                                                         \
    "Yb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_"        \
    "xBniIqbw"                                                                                               \
    "0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"
#define RSA_REST "\"kty\":\"RSA\",\"n\":\"" RSA_N "\""
#define RSA_KEY  "{\"e\":\"AQAB\"," RSA_REST "}"
/* RFC 7515 A.3. */
#define P256_X    "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"
#define P256_Y    "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"
#define P256_REST "\"kty\":\"EC\",\"x\":\"" P256_X "\",\"y\":\"" P256_Y "\""
#define P256_KEY  "{\"crv\":\"P-256\"," P256_REST "}"
/* RFC 8037 A.2. */
#define OKP_REST "\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\""
#define OKP_KEY  "{" OKP_REST "}"
#define P384_XY  "3pstn9Ht5XYeoza8zwn828obiud8RgkM7E0ycILYF8251UB5Ob-TNR1hCp3fcl5d"
#define P384_KEY "{\"crv\":\"P-384\",\"kty\":\"EC\",\"x\":\"" P384_XY "\",\"y\":\"" P384_XY "\"}"

static enum err read_err(const char *text, struct crypto_key *out) {
    json_t *object = json_loads(text, JSON_DECODE_ANY, NULL);
    assert_non_null(object);
    enum err err = jwk_read(object, out);
    json_decref(object);
    return err;
}

static void refused(const char *text, enum err expected) {
    struct crypto_key key = {.len = 77};
    enum err err = read_err(text, &key);
    if (err != expected) {
        fail_msg("%s gives %s, not %s", text, err_name(err), err_name(expected));
    }
    assert_int_equal(key.len, 77);
    assert_int_equal(key.kind, CRYPTO_KEY_NONE);
}

static void reads_each_kind_and_writes_it_again(void **state) {
    (void)state;
    static const struct {
        const char *text;
        enum crypto_key_kind kind;
        uint16_t len;
    } cases[] = {
        {RSA_KEY, CRYPTO_KEY_RSA, 270},
        {P256_KEY, CRYPTO_KEY_P256, 65},
        {P384_KEY, CRYPTO_KEY_P384, 97},
        {OKP_KEY, CRYPTO_KEY_ED25519, 32},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct crypto_key key = {0};
        char text[800];
        struct room room = room_over(text, sizeof text);
        assert_ok(read_err(cases[i].text, &key));
        assert_int_equal(key.kind, cases[i].kind);
        assert_int_equal(key.len, cases[i].len);
        assert_int_equal(key.only, CRYPTO_ALG_NONE);
        assert_ok(jwk_write(&key, &room));
        assert_span_text(room_span(&room), cases[i].text);
        room = room_over(text, strlen(cases[i].text) - 1);
        assert_err(jwk_write(&key, &room), ERR_NO_ROOM);
        assert_int_equal(room.len, 0);
    }
}

static void gives_the_thumbprints_of_the_rfcs(void **state) {
    (void)state;
    static const struct {
        const char *text, *thumbprint;
    } cases[] = {
        {RSA_KEY, "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"},
        {"{\"alg\":\"RS256\",\"kid\":\"2011-04-29\",\"e\":\"AQAB\"," RSA_REST "}",
         "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"},
        {OKP_KEY, "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct crypto_key key = {0};
        uint8_t hash[CRYPTO_SHA256_BYTES];
        char text[64];
        struct room room = room_over(text, sizeof text);
        assert_ok(read_err(cases[i].text, &key));
        assert_ok(jwk_thumbprint(&key, hash));
        assert_ok(base64url_encode(span_of_bytes(hash, sizeof hash), &room));
        assert_span_text(room_span(&room), cases[i].thumbprint);
    }
}

static void refuses_private_keys(void **state) {
    (void)state;
    static const char *const members[] = {"d", "p", "q", "dp", "dq", "qi", "oth", "k"};
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        char text[600];
        snprintf(text, sizeof text, "{\"%s\":null,%s", members[i], OKP_KEY + 1);
        refused(text, ERR_KEY_PRIVATE);
        snprintf(text, sizeof text, "{\"%s\":\"AA\",%s", members[i], RSA_KEY + 1);
        refused(text, ERR_KEY_PRIVATE);
    }
    refused("{\"kty\":\"oct\",\"k\":\"AAAA\"}", ERR_KEY_PRIVATE);
}

static void refuses_kinds_it_does_not_know(void **state) {
    (void)state;
    refused("{\"kty\":\"oct\"}", ERR_KEY_UNSUPPORTED);
    refused("{\"crv\":\"P-521\"," P256_REST "}", ERR_KEY_UNSUPPORTED);
    refused("{\"crv\":\"secp256k1\"," P256_REST "}", ERR_KEY_UNSUPPORTED);
    refused("{\"crv\":\"X25519\",\"kty\":\"OKP\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}",
            ERR_KEY_UNSUPPORTED);
    refused("{\"kty\":\"rsa\"}", ERR_KEY_UNSUPPORTED);
}

static void refuses_shapes_that_are_no_key(void **state) {
    (void)state;
    static const char *const cases[] = {
        "{}",
        "[]",
        "null",
        "{\"kty\":1}",
        "{\"kty\":\"RSA\"}",
        "{\"kty\":\"RSA\",\"e\":\"AQAB\"}",
        "{\"kty\":\"RSA\",\"n\":\"" RSA_N "\"}",
        "{\"e\":65537," RSA_REST "}",
        "{\"e\":\"\"," RSA_REST "}",
        "{\"e\":\"AAEAAQ\"," RSA_REST "}",
        "{\"e\":\"AQAB\",\"kty\":\"RSA\",\"n\":\"\"}",
        "{\"e\":\"AQAB\",\"kty\":\"RSA\",\"n\":\"" RSA_N "=\"}",
        "{\"kty\":\"EC\"}",
        "{\"kty\":\"EC\",\"crv\":\"P-256\"}",
        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" P256_X "\"}",
        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"" P256_Y "\"}",
        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" P256_X "\",\"y\":\"AA\"}",
        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" P384_XY "\",\"y\":\"\"}",
        "{\"crv\":\"P-384\"," P256_REST "}",
        "{\"kty\":\"OKP\"}",
        "{\"kty\":\"OKP\",\"crv\":\"Ed25519\"}",
        "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AA\"}",
        "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" P384_XY "\"}",
        "{\"alg\":null," OKP_REST "}",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        refused(cases[i], ERR_KEY_SHAPE);
    }
}

static void refuses_weak_rsa_keys(void **state) {
    (void)state;
    static const char *const exponents[] = {"AQ", "Ag", "AQAA", "AQAAAAAAAAAB", "AQAAAAAAAAABAQAAAAAAAAAB"};
    for (size_t i = 0; i < sizeof exponents / sizeof *exponents; i++) {
        char text[600];
        snprintf(text, sizeof text, "{\"e\":\"%s\",%s}", exponents[i], RSA_REST);
        refused(text, ERR_KEY_WEAK);
    }
    refused("{\"e\":\"AQAB\",\"kty\":\"RSA\",\"n\":\"0vx7agoebGcQSuuP\"}", ERR_KEY_WEAK);
}

/* A key of a modulus that begins with `first` and ends with `last`. */
static enum err rsa_err(size_t bytes, uint8_t first, uint8_t last) {
    uint8_t n[600] = {0};
    static const uint8_t e[] = {1, 0, 1};
    n[0] = first;
    n[bytes - 1] = last;
    struct rsakey numbers = {span_of_bytes(n, bytes), span_of_bytes(e, sizeof e)};
    struct rsakey again = {0};
    struct crypto_key key = {0};
    TRY(rsakey_write(&numbers, &key));
    assert_ok(rsakey_read(&key, &again));
    assert_true(span_equal(again.n, numbers.n));
    assert_true(span_equal(again.e, numbers.e));
    return ERR_OK;
}

static void bounds_the_size_of_rsa_keys(void **state) {
    (void)state;
    assert_err(rsa_err(256, 0x80, 1), ERR_OK);
    assert_err(rsa_err(512, 0xFF, 1), ERR_OK);
    assert_err(rsa_err(256, 0x7F, 1), ERR_KEY_WEAK);
    assert_err(rsa_err(255, 0xFF, 1), ERR_KEY_WEAK);
    assert_err(rsa_err(513, 0x01, 1), ERR_KEY_WEAK);
    assert_err(rsa_err(600, 0x80, 1), ERR_KEY_WEAK);
    assert_err(rsa_err(257, 0x01, 1), ERR_KEY_UNSUPPORTED);
    assert_err(rsa_err(256, 0x80, 2), ERR_KEY_SHAPE);
    assert_err(rsa_err(257, 0x00, 1), ERR_KEY_SHAPE);
}

static void refuses_rsa_keys_whose_der_is_not_exact(void **state) {
    (void)state;
    struct crypto_key key = {0};
    struct rsakey numbers = {0};
    assert_ok(read_err(RSA_KEY, &key));
    /* 30 82 01 0A 02 82 01 01 00 D2...: every byte of the framing matters */
    for (size_t i = 0; i < 9; i++) {
        struct crypto_key bad = key;
        bad.bytes[i] ^= 0x01;
        assert_int_not_equal(rsakey_read(&bad, &numbers), ERR_OK);
        bad.bytes[i] ^= 0x81;
        assert_int_not_equal(rsakey_read(&bad, &numbers), ERR_OK);
    }
    for (uint16_t len = 0; len < key.len; len++) {
        struct crypto_key cut = key;
        cut.len = len;
        assert_err(rsakey_read(&cut, &numbers), ERR_KEY_SHAPE);
    }
    assert_int_equal(numbers.n.len, 0);
}

static void refuses_keys_made_for_something_else(void **state) {
    (void)state;
    struct crypto_key key = {0};
    assert_ok(read_err("{\"use\":\"sig\"," OKP_REST "}", &key));
    assert_ok(read_err("{\"key_ops\":[\"sign\",\"verify\"]," OKP_REST "}", &key));
    refused("{\"use\":\"enc\"," OKP_REST "}", ERR_KEY_USE);
    refused("{\"use\":null," OKP_REST "}", ERR_KEY_USE);
    refused("{\"key_ops\":[]," OKP_REST "}", ERR_KEY_USE);
    refused("{\"key_ops\":[\"encrypt\"]," OKP_REST "}", ERR_KEY_USE);
    refused("{\"key_ops\":\"verify\"," OKP_REST "}", ERR_KEY_USE);
}

static void keeps_the_algorithm_a_key_is_for(void **state) {
    (void)state;
    struct crypto_key key = {0};
    assert_ok(read_err("{\"alg\":\"PS256\",\"e\":\"AQAB\"," RSA_REST "}", &key));
    assert_int_equal(key.only, CRYPTO_PS256);
    refused("{\"alg\":\"ES384\",\"crv\":\"P-256\"," P256_REST "}", ERR_KEY_MISMATCH);
    refused("{\"alg\":\"RS256\"," OKP_REST "}", ERR_KEY_MISMATCH);
    refused("{\"alg\":\"RS512\",\"e\":\"AQAB\"," RSA_REST "}", ERR_KEY_UNSUPPORTED);
    refused("{\"alg\":\"HS256\",\"e\":\"AQAB\"," RSA_REST "}", ERR_KEY_UNSUPPORTED);
    refused("{\"alg\":\"none\"," OKP_REST "}", ERR_KEY_UNSUPPORTED);
}

static void writes_no_key_that_is_none(void **state) {
    (void)state;
    static const enum crypto_key_kind kinds[] = {CRYPTO_KEY_NONE, CRYPTO_KEY_RSA, CRYPTO_KEY_P256,
                                                 CRYPTO_KEY_P384, CRYPTO_KEY_ED25519};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        uint8_t memory[64];
        struct room room = room_over(memory, sizeof memory);
        struct crypto_key key = {.kind = kinds[i], .len = UINT16_MAX};
        assert_err(jwk_write(&key, &room), ERR_KEY_SHAPE);
        assert_err(jwk_thumbprint(&key, memory), ERR_KEY_SHAPE);
        key.len = 0;
        assert_err(jwk_write(&key, &room), ERR_KEY_SHAPE);
    }
}

static int start(void **state) {
    (void)state;
    return crypto_start() == ERR_OK ? 0 : -1;
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_each_kind_and_writes_it_again),
        cmocka_unit_test(gives_the_thumbprints_of_the_rfcs),
        cmocka_unit_test(refuses_private_keys),
        cmocka_unit_test(refuses_kinds_it_does_not_know),
        cmocka_unit_test(refuses_shapes_that_are_no_key),
        cmocka_unit_test(refuses_weak_rsa_keys),
        cmocka_unit_test(bounds_the_size_of_rsa_keys),
        cmocka_unit_test(refuses_rsa_keys_whose_der_is_not_exact),
        cmocka_unit_test(refuses_keys_made_for_something_else),
        cmocka_unit_test(keeps_the_algorithm_a_key_is_for),
        cmocka_unit_test(writes_no_key_that_is_none),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
