/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include "codec/base64url.h"
#include "crypto/crypto.h"
#include "crypto/jwk.h"

/* RFC 7515 A.3, RFC 8037 A.4; the others were made with openssl for this test. */
#define MESSAGE "a badge held to the camera"
#define P256_JWK                                                                                             \
    "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\","               \
    "\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"}"
#define P256_MESSAGE                                                                                         \
    "eyJhbGciOiJFUzI1NiJ9."                                                                                  \
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb2"                     \
    "90Ijp0cnVlfQ"
#define P256_SIGNATURE                                                                                       \
    "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
#define ED25519_JWK                                                                                          \
    "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}"
#define ED25519_MESSAGE "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"
#define ED25519_SIGNATURE                                                                                    \
    "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
#define P384_JWK                                                                                             \
    "{\"kty\":\"EC\",\"crv\":\"P-384\",\"x\":\"3pstn9Ht5XYeoza8zwn828obiud8RgkM7E0ycILYF8251UB5Ob-"          \
    "TNR1hCp3fcl5d\","                                                                                       \
    "\"y\":\"6abYEO1n1f3QH_eV2tQRVPjpf5pfi1CzjaAtZDbd2QQpk9zWq4BHStjPPkhdHNMq\"}"
#define P384_SIGNATURE                                                                                       \
    "l2DDZR2g4f7ZnIHeY4N5-RI4nK7LjGS6pm2cMLQJP6ikHalDalY9L42gZcA_khUW7v8oo0i6hLKlxhzyhvjrZsUEqc"             \
    "FEPxrGjClfYnpK4dwzfAcwTjjHmSNcLsLfy2GP"
#define RSA_JWK                                                                                              \
    "{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"in3aB_E4W3Gm-H6XRBu8w281xHHTb6Ck0AcRcb8A-"                      \
    "xrdaC2OMZkr6c2hOLjl7w_CBET5C0v2hVEtgYpRre5QZOb_75"                                                      \
    "9LqSEx_JscYf4aDV2Yp2I64gwAuqf_Q-N6aHoDEeD8wP0FWVM8tvOZESYm9INyEk-v3CnoDXwbp5e84reweRVfBEIS"             \
    "dx1JmLzZmE6rfOewAoX1R1ikxpA4giZouiVoUc3dtAR1shp6X_gz0z7e3W6pREOMrLvd6l25tKCcT78ggA0XacrXGy"             \
    "JYiQHbjTGoOmoQNF2pMIPbd5W_EYZ3LWTJZr5TXpQYjzq4_gDKDZe93T3MyrVxBOtKbM_AkQ\"}"
#define RS256_SIGNATURE                                                                                      \
    "fV8aKV8HXvgvA8DLCdFtbSaZem5SvDDRXlU0kvoCijtU0xIv3MsXCfJjx4sBFzjFq2N9916P3MAfQfN8ocSJH86c7B"             \
    "wuLipQJrvffiB7Zs8XNvG-9ZCl0yKhXpPpocR480iQohktuRSK2VIbEwj5IfBSdgZ2R8QlP17APHC-NHTkTqRT1m4v"             \
    "5prOCbKAs880ajJHLvsgBVj4U4HxRUYT7v_SMXcqJ4iRZXYnyYJcme5FAcnZpSn8UrzVP2mwBGyLQJoo93dEd9c4Ck"             \
    "bgy4aink5yeJ5NfM4CD7AB5-_q8Izxlbl13iY3HhwBfsqddqtWU6ipK1b5YWQc-1d195FKbQ"
#define PS256_SIGNATURE                                                                                      \
    "JNklWoTEVYSK7V1HKRR0z5btrZx8RLKVpQd3WMhBdvsmm7SOGP59BvcsT010tN8pktl8ftKYboKCj6gEqeYTm9UFjW"             \
    "k_KkXMn1g-2wHfgBPqa1ZQzX5oWA4sK3-0aNgnn2LWU_iy9TZJPnfOdeywcmJZehgqXYpy5kOTU87oO2l01JxwY5ya"             \
    "319hcv4PFvw0PTZaPkGWB4wOYtn6jXyc1KA1gqDdY42X_dtEMb4Qgskj7-3hEaorGUDbT0FpRC2vi3UIRdmkmIia-A"             \
    "brTkXtDxqxxVtkpBM9hpQ3xTi3KymFy9PHLjagyG5B3Hv9xnUyKGyVZAsZr2xQKRwAOZQmDw"
#define PS256_SALT_20                                                                                        \
    "Lwxe3Hre5FXpSk5-bZzhXpkKeKLJRstMw2VeUqYWkj_vg74GvVVuyCqLgM6XIaUj1anijk7fhcxaru2VpkYTSlv2Ck"             \
    "X6NcMQatDbvpWxMO_HP4SH19efMoa5CCIizyE65HIHLe_ISDICFtMyjGMQgfSpIMfL4FehpIRpRt9_qQaoDk-gQ3TF"             \
    "HdjoJQUAWB8DKu3BS_OIRlbbCTkN3qT29exI4gG3hYztrA82FUPTmvzDWH2rHmjlX2odEEymt9tHM6bStzQ1D9Y0nW"             \
    "zG3AFM5ugHkFJGgtv6wsJFt3BCB3W9AZx27sfkAazyqIyZO3X53nGg9i6HPhl6dlIbuvYYnA"
#define PS256_SALT_0                                                                                         \
    "GBQ2al5O69z1959_xaMsg2lZHgOsAXJWLkBhQm1DvYurrDq-ufnxXTN2MUiE3Rp1FJrlZAHUaGaN1fQrC7aEsdxxx5"             \
    "x7XAaCAOgQt4JsZcED5B11vYbQZtPYEJLH3GoDakTtQMfA_1QCIeNsgRoli_lAEovlf222l78bJGcZxMc6tgY9i2ad"             \
    "695QDmUMx54YADaOQtOykFCXMPWxRV_wuye60dOIm3JgNUW60-vgn55n9aHLa1Z7Lyh2WnIQhHULEKMxHyPpLaqQw8"             \
    "I4ZkpyGt3XRtAF35G-CBWsRp5nOjIEX1Dv1O-89Ob6a0Er49YjhBp1fvtty3gHjgsGFzTulg"

/* A padding block of 80 00 ... 00 BC: its topmost bit must be clear (RFC 8017 section 9.1.2, step 6). */
#define PS256_TOP_BIT                                                                                        \
    "UlVlmUJmLHmHca3J2FSJdzAKOay6Fs3Vo17oHzbCN36IkkNGhw3b9h1g1Z6DrD9y3fpI2-WVpezuQnU3TaHm63_D0H"             \
    "MuJr54YCcMRiO8heknA5SmADavoQWiOVygM_erKRhkx-Qqiu38dmewRc0odrP4Sn0RzPgdpsC9XnzznLbA8vkfsJTx"             \
    "-n3G2--0UnB7YQH9QhQjVVhJW0SNj7TPNXwAv2mXXJaJIi1gbunU9j16PEecxUQuKevoIrjAv1yCA17Aq2b_jCFu_-"             \
    "yIY-f12XAvbLeO060fFhPr363SGm4jrcpKm6G-GvQGaJfBRVAKqNj72TQMNPsaf0eh467_xQ"

static const struct sample {
    enum crypto_alg alg;
    const char *jwk, *message, *signature;
} samples[] = {
    {CRYPTO_ES256, P256_JWK, P256_MESSAGE, P256_SIGNATURE},
    {CRYPTO_ES384, P384_JWK, MESSAGE, P384_SIGNATURE},
    {CRYPTO_EDDSA, ED25519_JWK, ED25519_MESSAGE, ED25519_SIGNATURE},
    {CRYPTO_RS256, RSA_JWK, MESSAGE, RS256_SIGNATURE},
    {CRYPTO_PS256, RSA_JWK, MESSAGE, PS256_SIGNATURE},
};
#define SAMPLES (sizeof samples / sizeof *samples)

static struct crypto_key key_of(const char *jwk) {
    struct crypto_key key = {0};
    json_t *object = json_loads(jwk, 0, NULL);
    assert_ok(jwk_read(object, &key));
    json_decref(object);
    return key;
}

/* A signature's bytes, and the message's, where a test may change them. */
struct bench {
    struct crypto_key key;
    uint8_t message[256], signature[600];
    struct span message_span, signature_span;
};

static struct bench *laid_out(const struct sample *sample) {
    static struct bench bench;
    struct room message = room_over(bench.message, sizeof bench.message);
    struct room signature = room_over(bench.signature, 512);
    bench.key = key_of(sample->jwk);
    assert_ok(room_put_text(&message, sample->message));
    assert_ok(base64url_decode(span_of_text(sample->signature), &signature));
    bench.message_span = room_span(&message);
    bench.signature_span = room_span(&signature);
    return &bench;
}

static enum err judged(enum crypto_alg alg, const struct bench *bench) {
    return crypto_verify(alg, &bench->key, bench->message_span, bench->signature_span);
}

static void accepts_right_signatures(void **state) {
    (void)state;
    for (size_t i = 0; i < SAMPLES; i++) {
        assert_ok(judged(samples[i].alg, laid_out(&samples[i])));
    }
}

static void calls_any_changed_bit_wrong(void **state) {
    (void)state;
    for (size_t i = 0; i < SAMPLES; i++) {
        struct bench *bench = laid_out(&samples[i]);
        for (size_t bit = 0; bit < bench->signature_span.len * 8; bit += 1 + bit % 7) {
            bench->signature[bit / 8] ^= (uint8_t)(1u << bit % 8);
            assert_err(judged(samples[i].alg, bench), ERR_SIGNATURE_WRONG);
            bench->signature[bit / 8] ^= (uint8_t)(1u << bit % 8);
        }
        for (size_t bit = 0; bit < bench->message_span.len * 8; bit += 1 + bit % 5) {
            bench->message[bit / 8] ^= (uint8_t)(1u << bit % 8);
            assert_err(judged(samples[i].alg, bench), ERR_SIGNATURE_WRONG);
            bench->message[bit / 8] ^= (uint8_t)(1u << bit % 8);
        }
        assert_ok(judged(samples[i].alg, bench));
    }
}

static void refuses_signatures_of_another_length(void **state) {
    (void)state;
    for (size_t i = 0; i < SAMPLES; i++) {
        struct bench *bench = laid_out(&samples[i]);
        size_t len = bench->signature_span.len;
        for (size_t other = 0; other < len + 40; other++) {
            bench->signature_span.len = other;
            assert_err(judged(samples[i].alg, bench), other == len ? ERR_OK : ERR_SIGNATURE_SHAPE);
        }
        bench->signature_span = (struct span){0};
        assert_err(judged(samples[i].alg, bench), ERR_SIGNATURE_SHAPE);
    }
}

static void refuses_der_signatures(void **state) {
    (void)state;
    struct bench *bench = laid_out(&samples[0]);
    uint8_t raw[64];
    memcpy(raw, bench->signature, sizeof raw);
    /* r and s as DER: 0E.. needs no sign byte, C5.. does */
    static const uint8_t head[] = {0x30, 0x45, 0x02, 0x20};
    static const uint8_t middle[] = {0x02, 0x21, 0x00};
    memcpy(bench->signature, head, 4);
    memcpy(bench->signature + 4, raw, 32);
    memcpy(bench->signature + 36, middle, 3);
    memcpy(bench->signature + 39, raw + 32, 32);
    bench->signature_span.len = 71;
    assert_err(judged(CRYPTO_ES256, bench), ERR_SIGNATURE_SHAPE);
    bench->signature_span.len = 64;
    assert_err(judged(CRYPTO_ES256, bench), ERR_SIGNATURE_WRONG);
}

static void takes_ps256_only_with_a_salt_as_long_as_the_hash(void **state) {
    (void)state;
    struct sample sample = samples[4];
    sample.signature = PS256_SALT_20;
    assert_err(judged(CRYPTO_PS256, laid_out(&sample)), ERR_SIGNATURE_WRONG);
    sample.signature = PS256_SALT_0;
    assert_err(judged(CRYPTO_PS256, laid_out(&sample)), ERR_SIGNATURE_WRONG);
    sample.signature = RS256_SIGNATURE;
    assert_err(judged(CRYPTO_PS256, laid_out(&sample)), ERR_SIGNATURE_WRONG);
    sample.signature = PS256_SIGNATURE;
    assert_err(judged(CRYPTO_RS256, laid_out(&sample)), ERR_SIGNATURE_WRONG);
}

static void calls_a_pss_padding_with_its_top_bit_set_wrong(void **state) {
    (void)state;
    struct sample sample = samples[4];
    sample.signature = PS256_TOP_BIT;
    assert_err(judged(CRYPTO_PS256, laid_out(&sample)), ERR_SIGNATURE_WRONG);
}

static void refuses_numbers_outside_their_range(void **state) {
    (void)state;
    for (size_t i = 0; i < SAMPLES; i++) {
        struct bench *bench = laid_out(&samples[i]);
        memset(bench->signature, 0, bench->signature_span.len);
        assert_err(judged(samples[i].alg, bench), ERR_SIGNATURE_WRONG);
        memset(bench->signature, 0xFF, bench->signature_span.len);
        assert_err(judged(samples[i].alg, bench), ERR_SIGNATURE_WRONG);
    }
}

static void refuses_keys_of_another_kind(void **state) {
    (void)state;
    for (size_t i = 0; i < SAMPLES; i++) {
        for (size_t j = 0; j < SAMPLES; j++) {
            struct bench *bench = laid_out(&samples[i]);
            bench->key = key_of(samples[j].jwk);
            if (crypto_alg_key_kind(samples[i].alg) != crypto_alg_key_kind(samples[j].alg)) {
                assert_err(judged(samples[i].alg, bench), ERR_KEY_MISMATCH);
            }
        }
        struct bench *bench = laid_out(&samples[i]);
        assert_err(judged(CRYPTO_ALG_NONE, bench), ERR_KEY_MISMATCH);
        bench->key = (struct crypto_key){0};
        assert_err(judged(samples[i].alg, bench), ERR_KEY_MISMATCH);
        assert_err(judged(CRYPTO_ALG_NONE, bench), ERR_KEY_MISMATCH);
    }
}

static void holds_a_key_to_the_one_algorithm_it_is_for(void **state) {
    (void)state;
    struct bench *bench = laid_out(&samples[3]);
    bench->key.only = CRYPTO_PS256;
    assert_err(judged(CRYPTO_RS256, bench), ERR_KEY_MISMATCH);
    bench->key.only = CRYPTO_RS256;
    assert_ok(judged(CRYPTO_RS256, bench));
}

static void refuses_keys_that_are_none(void **state) {
    (void)state;
    for (size_t i = 0; i < SAMPLES; i++) {
        struct bench *bench = laid_out(&samples[i]);
        uint16_t len = bench->key.len;
        static const uint16_t lengths[] = {0, 1, 31, 33, 64, 66, 96, 98, 269, 271, 544, 545, UINT16_MAX};
        for (size_t j = 0; j < sizeof lengths / sizeof *lengths; j++) {
            bench->key.len = lengths[j];
            assert_err(judged(samples[i].alg, bench), ERR_KEY_SHAPE);
        }
        bench->key.len = len;
        assert_ok(judged(samples[i].alg, bench));
    }
}

static void refuses_points_off_the_curve(void **state) {
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct bench *bench = laid_out(&samples[i]);
        bench->key.bytes[bench->key.len - 1] ^= 1;
        assert_err(judged(samples[i].alg, bench), ERR_KEY_SHAPE);
        memset(bench->key.bytes + 1, 0, bench->key.len - 1u);
        assert_err(judged(samples[i].alg, bench), ERR_KEY_SHAPE);
        memset(bench->key.bytes + 1, 0xFF, bench->key.len - 1u);
        assert_err(judged(samples[i].alg, bench), ERR_KEY_SHAPE);
        bench = laid_out(&samples[i]);
        bench->key.bytes[0] = 0x02;
        assert_err(judged(samples[i].alg, bench), ERR_KEY_SHAPE);
    }
}

static void refuses_ed25519_keys_of_small_order(void **state) {
    (void)state;
    struct bench *bench = laid_out(&samples[2]);
    memset(bench->key.bytes, 0, bench->key.len);
    memset(bench->signature, 0, bench->signature_span.len);
    assert_err(judged(CRYPTO_EDDSA, bench), ERR_SIGNATURE_WRONG);
    bench->key.bytes[0] = 1; /* the neutral element, whose signature (R, 0) would fit any message */
    bench->signature[0] = 1;
    assert_err(judged(CRYPTO_EDDSA, bench), ERR_SIGNATURE_WRONG);
}

static void knows_algorithms_by_name(void **state) {
    (void)state;
    static const struct {
        const char *name;
        enum crypto_alg alg;
        enum err err;
    } cases[] = {
        {"RS256", CRYPTO_RS256, ERR_OK},      {"PS256", CRYPTO_PS256, ERR_OK},
        {"ES256", CRYPTO_ES256, ERR_OK},      {"ES384", CRYPTO_ES384, ERR_OK},
        {"EdDSA", CRYPTO_EDDSA, ERR_OK},      {"Ed25519", CRYPTO_EDDSA, ERR_OK},
        {"none", 0, ERR_ALG_REFUSED},         {"None", 0, ERR_ALG_REFUSED},
        {"nOnE", 0, ERR_ALG_REFUSED},         {"NONE", 0, ERR_ALG_REFUSED},
        {"HS256", 0, ERR_ALG_REFUSED},        {"HS384", 0, ERR_ALG_REFUSED},
        {"HS512", 0, ERR_ALG_REFUSED},        {"hs256", 0, ERR_ALG_REFUSED},
        {"Hs512", 0, ERR_ALG_REFUSED},        {"HS2560", 0, ERR_ALG_UNSUPPORTED},
        {"", 0, ERR_ALG_UNSUPPORTED},         {"es256", 0, ERR_ALG_UNSUPPORTED},
        {"ES256 ", 0, ERR_ALG_UNSUPPORTED},   {"ES512", 0, ERR_ALG_UNSUPPORTED},
        {"ES256K", 0, ERR_ALG_UNSUPPORTED},   {"RS384", 0, ERR_ALG_UNSUPPORTED},
        {"nonesuch", 0, ERR_ALG_UNSUPPORTED},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        enum crypto_alg alg = CRYPTO_ALG_NONE;
        assert_err(crypto_alg_from_name(span_of_text(cases[i].name), &alg), cases[i].err);
        assert_int_equal(alg, cases[i].alg);
    }
    enum crypto_alg alg = CRYPTO_ALG_NONE;
    assert_err(crypto_alg_from_name(span_of_bytes("ES256\0", 6), &alg), ERR_ALG_UNSUPPORTED);
    assert_string_equal(crypto_alg_name(CRYPTO_EDDSA), "EdDSA");
    assert_string_equal(crypto_alg_name(CRYPTO_ES256), "ES256");
    assert_null(crypto_alg_name(CRYPTO_ALG_NONE));
    assert_int_equal(crypto_alg_key_kind(CRYPTO_ALG_NONE), CRYPTO_KEY_NONE);
}

static void compares_keys(void **state) {
    (void)state;
    struct crypto_key a = key_of(P256_JWK);
    struct crypto_key b = a;
    b.only = CRYPTO_ES256;
    assert_true(crypto_key_equal(&a, &b));
    b.bytes[64] ^= 1;
    assert_false(crypto_key_equal(&a, &b));
    b = a;
    b.kind = CRYPTO_KEY_P384;
    assert_false(crypto_key_equal(&a, &b));
    b = (struct crypto_key){0};
    assert_false(crypto_key_equal(&b, &b));
}

/* FIPS 180-4's example "abc". */
static void hashes(void **state) {
    (void)state;
    static const uint8_t expected[4] = {0xba, 0x78, 0x16, 0xbf};
    static const uint8_t expected384[4] = {0xcb, 0x00, 0x75, 0x3f};
    uint8_t whole[CRYPTO_SHA256_BYTES], pieces[CRYPTO_SHA256_BYTES], longer[CRYPTO_SHA384_BYTES];
    assert_ok(crypto_sha256(span_of_text("abc"), whole));
    assert_memory_equal(whole, expected, 4);
    assert_ok(crypto_sha384(span_of_text("abc"), longer));
    assert_memory_equal(longer, expected384, 4);
    struct crypto_hash *hash = NULL;
    assert_ok(crypto_hash_start(&hash));
    assert_ok(crypto_hash_add(hash, span_of_text("a")));
    assert_ok(crypto_hash_add(hash, (struct span){0}));
    assert_ok(crypto_hash_add(hash, span_of_text("bc")));
    assert_ok(crypto_hash_finish(hash, pieces));
    assert_true(crypto_equal(whole, pieces, sizeof whole));
    pieces[31] ^= 0x80;
    assert_false(crypto_equal(whole, pieces, sizeof whole));
    assert_ok(crypto_hash_start(&hash));
    crypto_hash_close(hash);
    crypto_hash_close(NULL);
    assert_ok(crypto_sha256((struct span){0}, whole));
    assert_int_equal(whole[0], 0xe3);
}

static int start(void **state) {
    (void)state;
    return crypto_start() == ERR_OK && crypto_start() == ERR_OK ? 0 : -1;
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(accepts_right_signatures),
        cmocka_unit_test(calls_any_changed_bit_wrong),
        cmocka_unit_test(refuses_signatures_of_another_length),
        cmocka_unit_test(refuses_der_signatures),
        cmocka_unit_test(takes_ps256_only_with_a_salt_as_long_as_the_hash),
        cmocka_unit_test(calls_a_pss_padding_with_its_top_bit_set_wrong),
        cmocka_unit_test(refuses_numbers_outside_their_range),
        cmocka_unit_test(refuses_keys_of_another_kind),
        cmocka_unit_test(holds_a_key_to_the_one_algorithm_it_is_for),
        cmocka_unit_test(refuses_keys_that_are_none),
        cmocka_unit_test(refuses_points_off_the_curve),
        cmocka_unit_test(refuses_ed25519_keys_of_small_order),
        cmocka_unit_test(knows_algorithms_by_name),
        cmocka_unit_test(compares_keys),
        cmocka_unit_test(hashes),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
