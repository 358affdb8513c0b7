/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include "codec/base58.h"
#include "codec/base64url.h"
#include "crypto/multikey.h"
#include "crypto/point.h"

/* The base points of both curves (FIPS 186-4 D.1.2.3 and D.1.2.4). */
static const uint8_t p256_base[65] = {
    0x04, 0x6B, 0x17, 0xD1, 0xF2, 0xE1, 0x2C, 0x42, 0x47, 0xF8, 0xBC, 0xE6, 0xE5, 0x63, 0xA4, 0x40, 0xF2,
    0x77, 0x03, 0x7D, 0x81, 0x2D, 0xEB, 0x33, 0xA0, 0xF4, 0xA1, 0x39, 0x45, 0xD8, 0x98, 0xC2, 0x96, 0x4F,
    0xE3, 0x42, 0xE2, 0xFE, 0x1A, 0x7F, 0x9B, 0x8E, 0xE7, 0xEB, 0x4A, 0x7C, 0x0F, 0x9E, 0x16, 0x2B, 0xCE,
    0x33, 0x57, 0x6B, 0x31, 0x5E, 0xCE, 0xCB, 0xB6, 0x40, 0x68, 0x37, 0xBF, 0x51, 0xF5};
static const uint8_t p384_base[97] = {
    0x04, 0xAA, 0x87, 0xCA, 0x22, 0xBE, 0x8B, 0x05, 0x37, 0x8E, 0xB1, 0xC7, 0x1E, 0xF3, 0x20, 0xAD, 0x74,
    0x6E, 0x1D, 0x3B, 0x62, 0x8B, 0xA7, 0x9B, 0x98, 0x59, 0xF7, 0x41, 0xE0, 0x82, 0x54, 0x2A, 0x38, 0x55,
    0x02, 0xF2, 0x5D, 0xBF, 0x55, 0x29, 0x6C, 0x3A, 0x54, 0x5E, 0x38, 0x72, 0x76, 0x0A, 0xB7, 0x36, 0x17,
    0xDE, 0x4A, 0x96, 0x26, 0x2C, 0x6F, 0x5D, 0x9E, 0x98, 0xBF, 0x92, 0x92, 0xDC, 0x29, 0xF8, 0xF4, 0x1D,
    0xBD, 0x28, 0x9A, 0x14, 0x7C, 0xE9, 0xDA, 0x31, 0x13, 0xB5, 0xF0, 0xB8, 0xC0, 0x0A, 0x60, 0xB1, 0xCE,
    0x1D, 0x7E, 0x81, 0x9D, 0x7A, 0x43, 0x1D, 0x7C, 0x90, 0xEA, 0x0E, 0x5F};

static struct crypto_key key_of(enum crypto_key_kind kind, const uint8_t *bytes, size_t len) {
    struct crypto_key key = {.kind = kind, .len = (uint16_t)len};
    memcpy(key.bytes, bytes, len);
    return key;
}

/* The text of these bytes: 'z' and base58. */
static const char *multibase(const uint8_t *bytes, size_t len) {
    static char text[BASE58_CHARS_MAX + 2];
    struct room room = room_over(text, sizeof text - 1);
    assert_ok(room_put_byte(&room, 'z'));
    assert_ok(base58_encode(span_of_bytes(bytes, len), &room));
    text[room.len] = 0;
    return text;
}

static void reads_back_what_it_writes(void **state) {
    (void)state;
    struct crypto_key keys[] = {
        key_of(CRYPTO_KEY_ED25519, p256_base + 1, 32),
        key_of(CRYPTO_KEY_P256, p256_base, 65),
        key_of(CRYPTO_KEY_P384, p384_base, 97),
    };
    static const char *const starts[] = {"z6Mk", "zDn", "z82L"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        char text[80];
        struct room room = room_over(text, sizeof text);
        struct crypto_key again = {0};
        assert_ok(multikey_write(&keys[i], &room));
        assert_true(span_starts_with(room_span(&room), starts[i]));
        assert_ok(multikey_read(room_span(&room), &again));
        assert_true(crypto_key_equal(&keys[i], &again));
        room = room_over(text, 10);
        assert_err(multikey_write(&keys[i], &room), ERR_NO_ROOM);
        assert_int_equal(room.len, 0);
    }
}

static void finds_both_points_of_an_x(void **state) {
    (void)state;
    const struct {
        enum crypto_key_kind kind;
        const uint8_t *base;
        size_t bytes;
    } cases[] = {{CRYPTO_KEY_P256, p256_base, 32}, {CRYPTO_KEY_P384, p384_base, 48}};
    for (size_t i = 0; i < 2; i++) {
        uint8_t compressed[49] = {0};
        struct crypto_key even = {0};
        struct crypto_key odd = {0};
        memcpy(compressed + 1, cases[i].base + 1, cases[i].bytes);
        compressed[0] = 0x02;
        assert_ok(point_decompress(cases[i].kind, span_of_bytes(compressed, cases[i].bytes + 1), &even));
        compressed[0] = 0x03;
        assert_ok(point_decompress(cases[i].kind, span_of_bytes(compressed, cases[i].bytes + 1), &odd));
        assert_memory_equal(odd.bytes, cases[i].base, odd.len);
        assert_int_equal(even.bytes[even.len - 1] & 1, 0);
        uint8_t back[49];
        assert_ok(point_compress(&even, back));
        assert_int_equal(back[0], 0x02);
        /* both ordinates add up to the prime, so their last bytes to FF */
        assert_int_equal((uint8_t)(even.bytes[even.len - 1] + odd.bytes[odd.len - 1]), 0xFF);
    }
}

/* About half of all abscissas have a point; PSA must take each that is found, and no others exist. */
static void proves_that_points_lie_on_their_curve(void **state) {
    (void)state;
    unsigned found = 0;
    for (unsigned x = 0; x < 64; x++) {
        uint8_t compressed[33] = {0x02};
        uint8_t signature[64] = {1};
        struct crypto_key key = {0};
        compressed[32] = (uint8_t)x;
        enum err err = point_decompress(CRYPTO_KEY_P256, span_of_bytes(compressed, 33), &key);
        assert_true(err == ERR_OK || err == ERR_KEY_SHAPE);
        assert_int_equal(key.kind, err == ERR_OK ? CRYPTO_KEY_P256 : CRYPTO_KEY_NONE);
        if (err == ERR_OK) {
            found++;
            assert_err(crypto_verify(CRYPTO_ES256, &key, (struct span){0}, span_of_bytes(signature, 64)),
                       ERR_SIGNATURE_WRONG);
        }
    }
    assert_in_range(found, 20, 44);
}

static void refuses_what_is_no_compressed_point(void **state) {
    (void)state;
    struct crypto_key key = {0};
    uint8_t bytes[97];
    memset(bytes, 0xFF, sizeof bytes);
    bytes[0] = 0x02; /* an X above the prime */
    assert_err(point_decompress(CRYPTO_KEY_P256, span_of_bytes(bytes, 33), &key), ERR_KEY_SHAPE);
    assert_err(point_decompress(CRYPTO_KEY_P384, span_of_bytes(bytes, 49), &key), ERR_KEY_SHAPE);
    memcpy(bytes, p256_base, 65);
    assert_err(point_decompress(CRYPTO_KEY_P256, span_of_bytes(bytes, 65), &key), ERR_KEY_SHAPE);
    assert_err(point_decompress(CRYPTO_KEY_P256, span_of_bytes(bytes, 33), &key), ERR_KEY_SHAPE);
    bytes[0] = 0x02;
    assert_err(point_decompress(CRYPTO_KEY_P256, span_of_bytes(bytes, 32), &key), ERR_KEY_SHAPE);
    assert_err(point_decompress(CRYPTO_KEY_P256, (struct span){0}, &key), ERR_KEY_SHAPE);
    assert_err(point_decompress(CRYPTO_KEY_ED25519, span_of_bytes(bytes, 33), &key), ERR_KEY_SHAPE);
    assert_int_equal(key.kind, CRYPTO_KEY_NONE);
    assert_int_equal(point_compressed_len(CRYPTO_KEY_RSA), 0);
}

static void refuses_other_texts(void **state) {
    (void)state;
    static const struct {
        const char *text;
        enum err err;
    } cases[] = {
        {"", ERR_KEY_UNSUPPORTED},
        {"z", ERR_KEY_UNSUPPORTED},
        {"u7QE", ERR_KEY_UNSUPPORTED},
        {"6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp", ERR_KEY_UNSUPPORTED},
        {"z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooW0", ERR_BASE58_CHARACTER},
        {"z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDoo", ERR_KEY_UNSUPPORTED},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct crypto_key key = {0};
        assert_err(multikey_read(span_of_text(cases[i].text), &key), cases[i].err);
        assert_int_equal(key.kind, CRYPTO_KEY_NONE);
    }
    char long_text[BASE58_CHARS_MAX + 2];
    memset(long_text, 'z', sizeof long_text);
    struct crypto_key key = {0};
    assert_err(multikey_read(span_of_bytes(long_text, sizeof long_text), &key), ERR_NO_ROOM);
}

static void refuses_other_codecs_and_lengths(void **state) {
    (void)state;
    struct crypto_key key = {0};
    uint8_t bytes[64] = {0xE7, 0x01, 0x02}; /* secp256k1 */
    assert_err(multikey_read(span_of_text(multibase(bytes, 35)), &key), ERR_KEY_UNSUPPORTED);
    bytes[0] = 0xEC; /* X25519 */
    assert_err(multikey_read(span_of_text(multibase(bytes, 34)), &key), ERR_KEY_UNSUPPORTED);
    bytes[0] = 0xED;
    assert_ok(multikey_read(span_of_text(multibase(bytes, 34)), &key));
    key = (struct crypto_key){0};
    static const size_t lengths[] = {2, 33, 35, 64};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        assert_err(multikey_read(span_of_text(multibase(bytes, lengths[i])), &key), ERR_KEY_SHAPE);
    }
    bytes[0] = 0x80;
    bytes[1] = 0x24;
    assert_err(multikey_read(span_of_text(multibase(bytes, 2)), &key), ERR_KEY_SHAPE);
    assert_err(multikey_read(span_of_text(multibase(bytes, 36)), &key), ERR_KEY_SHAPE);
    assert_int_equal(key.kind, CRYPTO_KEY_NONE);
}

static void writes_no_other_keys(void **state) {
    (void)state;
    static const struct {
        struct crypto_key key;
        enum err err;
    } cases[] = {
        {{.kind = CRYPTO_KEY_NONE}, ERR_KEY_UNSUPPORTED},
        {{.kind = CRYPTO_KEY_RSA, .len = 270}, ERR_KEY_UNSUPPORTED},
        {{.kind = CRYPTO_KEY_ED25519, .len = 31}, ERR_KEY_SHAPE},
        {{.kind = CRYPTO_KEY_P256, .len = 65}, ERR_KEY_SHAPE},
        {{.kind = CRYPTO_KEY_P384, .len = 65, .bytes = {0x04}}, ERR_KEY_SHAPE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[80];
        struct room room = room_over(text, sizeof text);
        assert_err(multikey_write(&cases[i].key, &room), cases[i].err);
    }
}

static int start(void **state) {
    (void)state;
    return crypto_start() == ERR_OK ? 0 : -1;
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_back_what_it_writes),
        cmocka_unit_test(finds_both_points_of_an_x),
        cmocka_unit_test(proves_that_points_lie_on_their_curve),
        cmocka_unit_test(refuses_what_is_no_compressed_point),
        cmocka_unit_test(refuses_other_texts),
        cmocka_unit_test(refuses_other_codecs_and_lengths),
        cmocka_unit_test(writes_no_other_keys),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
