/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdio.h>
#include <string.h>

#include "config/pin_hash.h"

static const uint8_t salt[PIN_HASH_SALT_BYTES] = "sixteen bytes...";

static void derives_as_published(void **state) {
    (void)state;
    static const struct {
        const char *password, *salt;
        uint32_t rounds;
        const char *hash; /* RFC 7914 section 11, the first 32 bytes */
    } cases[] = {
        {"passwd", "salt", 1, "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"},
        {"Password", "NaCl", 80000, "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint8_t hash[PIN_HASH_BYTES];
        char hex[2 * PIN_HASH_BYTES + 1];
        pin_hash_derive(span_of_text(cases[i].password), span_of_text(cases[i].salt), cases[i].rounds, hash);
        for (size_t j = 0; j < sizeof hash; j++) {
            snprintf(hex + 2 * j, 3, "%02x", hash[j]);
        }
        assert_string_equal(hex, cases[i].hash);
    }
}

static void is_right_for_its_own_digits_alone(void **state) {
    (void)state;
    struct pin_hash pin = {0}, other = {0};
    static const char *const wrong[] = {"",        "12345",    "123457",        "1234567",
                                        "0123456", "12345 6x", "1234561234561", "\0\0\0\0\0\0"};
    assert_ok(pin_hash_make(span_of_text("123456"), salt, PIN_HASH_ROUNDS_MIN, &pin));
    assert_true(pin_hash_is(&pin, span_of_text("123456")));
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_false(pin_hash_is(&pin, span_of_text(wrong[i])));
    }
    for (size_t bit = 0; bit < 8 * PIN_HASH_BYTES; bit++) {
        other = pin;
        other.hash[bit / 8] ^= (uint8_t)(1u << bit % 8);
        assert_false(pin_hash_is(&other, span_of_text("123456")));
    }
    other = pin;
    other.salt[0]++;
    assert_false(pin_hash_is(&other, span_of_text("123456")));
    assert_false(pin_hash_is(&(struct pin_hash){0}, span_of_text("123456")));
}

static void takes_six_to_twelve_digits(void **state) {
    (void)state;
    struct pin_hash pin = {0};
    static const char *const refused[] = {"",        "12345", "1234567890123", "12345a", "12345\xD9\xA6",
                                          " 123456", "-12345"};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        assert_err(pin_hash_make(span_of_text(refused[i]), salt, PIN_HASH_ROUNDS_MIN, &pin), ERR_CONFIG);
    }
    assert_err(pin_hash_make(span_of_text("123456"), salt, PIN_HASH_ROUNDS_MIN - 1, &pin), ERR_CONFIG);
    assert_err(pin_hash_make(span_of_text("123456"), salt, PIN_HASH_ROUNDS_MAX + 1, &pin), ERR_CONFIG);
    assert_false(pin.set);
    assert_ok(pin_hash_make(span_of_text("123456789012"), salt, PIN_HASH_ROUNDS_MIN, &pin));
    assert_true(pin_hash_is(&pin, span_of_text("123456789012")));
}

static void is_read_as_written(void **state) {
    (void)state;
    struct pin_hash pin = {0}, back = {0};
    char text[PIN_HASH_TEXT_SIZE];
    assert_ok(pin_hash_make(span_of_text("123456"), salt, PIN_HASH_ROUNDS_MAX, &pin));
    pin_hash_write(&pin, text);
    assert_ok(pin_hash_read(span_of_text(text), &back));
    assert_true(back.set && back.rounds == PIN_HASH_ROUNDS_MAX);
    assert_memory_equal(back.salt, pin.salt, sizeof pin.salt);
    assert_memory_equal(back.hash, pin.hash, sizeof pin.hash);
    assert_ok(pin_hash_read((struct span){0}, &back));
    assert_false(back.set);
}

#define SALT "c2l4dGVlbiBieXRlcy4uLg"
#define HASH "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

static void refuses_every_other_form(void **state) {
    (void)state;
    static const char *const refused[] = {
        "123456",
        "$",
        "$$$",
        "pbkdf2-sha256",
        "pbkdf2-sha256$60000",
        "pbkdf2-sha256$60000$" SALT,
        "pbkdf2-sha256$60000$" SALT "$",
        "pbkdf2-sha512$60000$" SALT "$" HASH,
        "PBKDF2-sha256$60000$" SALT "$" HASH,
        "pbkdf2-sha256$9999$" SALT "$" HASH,
        "pbkdf2-sha256$100001$" SALT "$" HASH,
        "pbkdf2-sha256$060000$" SALT "$" HASH,
        "pbkdf2-sha256$-60000$" SALT "$" HASH,
        "pbkdf2-sha256$ 60000$" SALT "$" HASH,
        "pbkdf2-sha256$6000099999999999999999$" SALT "$" HASH,
        "pbkdf2-sha256$$" SALT "$" HASH,
        "pbkdf2-sha256$60000$" SALT "A$" HASH,
        "pbkdf2-sha256$60000$" SALT "$" HASH "A",
        "pbkdf2-sha256$60000$" SALT "$" HASH "$",
        "pbkdf2-sha256$60000$" SALT "$" HASH "=",
        "pbkdf2-sha256$60000$c2l4dGVlbiBieXRlcy4uLh$" HASH, /* unused bits set */
        "pbkdf2-sha256$60000$c2l4dGVlbiBieXRlcy4u.g$" HASH,
        "pbkdf2-sha256$60000$$" HASH,
    };
    struct pin_hash pin = {.rounds = 7};
    assert_ok(pin_hash_read(span_of_text("pbkdf2-sha256$60000$" SALT "$" HASH), &pin));
    pin = (struct pin_hash){.rounds = 7};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        assert_err(pin_hash_read(span_of_text(refused[i]), &pin), ERR_CONFIG);
        assert_int_equal(pin.rounds, 7);
    }
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(derives_as_published),       cmocka_unit_test(is_right_for_its_own_digits_alone),
        cmocka_unit_test(takes_six_to_twelve_digits), cmocka_unit_test(is_read_as_written),
        cmocka_unit_test(refuses_every_other_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
