/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include "base/room.h"
#include "credctl/sign/rsa_der.h"

/* SEQUENCE of 0, then 1 to 7 and 0x80, which as INTEGER takes a zero byte before it. */
static const uint8_t small_key[] = {0x30, 28, 2, 1, 0, 2, 1, 1, 2, 1, 2, 2, 1, 3, 2,
                                    1,    4,  2, 1, 5, 2, 1, 6, 2, 1, 7, 2, 2, 0, 0x80};

static void reads_and_writes_the_same_bytes(void **state) {
    (void)state;
    struct span numbers[RSA_NUMBERS];
    uint8_t bytes[64];
    struct room out = room_over(bytes, sizeof bytes);
    assert_ok(rsa_der_read(span_of_bytes(small_key, sizeof small_key), numbers));
    assert_int_equal(numbers[RSA_N].len, 1);
    assert_int_equal(numbers[RSA_QI].ptr[0], 0x80);
    assert_ok(rsa_der_write(numbers, &out));
    assert_true(span_equal(room_span(&out), span_of_bytes(small_key, sizeof small_key)));
}

static void writes_long_numbers_with_long_lengths(void **state) {
    (void)state;
    static uint8_t number[256], bytes[RSA_DER_BYTES];
    struct span numbers[RSA_NUMBERS], again[RSA_NUMBERS];
    struct room out = room_over(bytes, sizeof bytes);
    memset(number, 0xC3, sizeof number);
    for (size_t i = 0; i < RSA_NUMBERS; i++) {
        numbers[i] = span_of_bytes(number, 100 + i * 22);
    }
    assert_ok(rsa_der_write(numbers, &out));
    assert_ok(rsa_der_read(room_span(&out), again));
    for (size_t i = 0; i < RSA_NUMBERS; i++) {
        assert_true(span_equal(numbers[i], again[i]));
    }
}

static void refuses_every_cut_and_what_stands_behind(void **state) {
    (void)state;
    struct span numbers[RSA_NUMBERS];
    uint8_t longer[sizeof small_key + 1] = {0};
    memcpy(longer, small_key, sizeof small_key);
    for (size_t len = 0; len < sizeof small_key; len++) {
        assert_err(rsa_der_read(span_of_bytes(small_key, len), numbers), ERR_KEY_SHAPE);
    }
    assert_err(rsa_der_read(span_of_bytes(longer, sizeof longer), numbers), ERR_KEY_SHAPE);
}

static void no_changed_byte_reads_outside(void **state) {
    (void)state;
    for (size_t at = 0; at < sizeof small_key; at++) {
        for (unsigned value = 0; value < 256; value++) {
            struct span numbers[RSA_NUMBERS];
            uint8_t changed[sizeof small_key];
            memcpy(changed, small_key, sizeof changed);
            changed[at] = (uint8_t)value;
            if (rsa_der_read(span_of_bytes(changed, sizeof changed), numbers) == ERR_OK) {
                for (size_t i = 0; i < RSA_NUMBERS; i++) {
                    assert_true(numbers[i].len == 0 ||
                                (numbers[i].ptr >= changed &&
                                 numbers[i].ptr + numbers[i].len <= changed + sizeof changed));
                }
            }
        }
    }
}

static void refuses_an_empty_number_and_too_little_room(void **state) {
    (void)state;
    struct span numbers[RSA_NUMBERS];
    uint8_t bytes[20];
    struct room out = room_over(bytes, sizeof bytes);
    assert_ok(rsa_der_read(span_of_bytes(small_key, sizeof small_key), numbers));
    assert_err(rsa_der_write(numbers, &out), ERR_NO_ROOM);
    numbers[RSA_P] = span_of_text("");
    assert_err(rsa_der_write(numbers, &out), ERR_KEY_SHAPE);
    assert_int_equal(out.len, 0);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_and_writes_the_same_bytes),
        cmocka_unit_test(writes_long_numbers_with_long_lengths),
        cmocka_unit_test(refuses_every_cut_and_what_stands_behind),
        cmocka_unit_test(no_changed_byte_reads_outside),
        cmocka_unit_test(refuses_an_empty_number_and_too_little_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
