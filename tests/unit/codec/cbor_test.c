/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <float.h>
#include <math.h>

#include "base/limits.h"
#include "codec/cbor.h"
#include "codec/cborfloat.h"

#define BYTES_OF(...) span_of_bytes((const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}))

static void refused(struct span bytes, enum err expected) {
    struct span rest = bytes;
    struct cbor_item item = {.kind = CBOR_TAG, .number = 77};
    assert_err(cbor_next(&rest, &item), expected);
    assert_ptr_equal(rest.ptr, bytes.ptr);
    assert_int_equal(rest.len, bytes.len);
    assert_int_equal(item.number, 77);
}

static void numbers_are_read_and_written_in_every_width(void **state) {
    (void)state;
    static const struct {
        uint64_t number;
        size_t bytes;
    } cases[] = {{0, 1},     {23, 1},    {24, 2},         {255, 2},        {256, 3},
                 {65535, 3}, {65536, 5}, {UINT32_MAX, 5}, {1ull << 32, 9}, {UINT64_MAX, 9}};
    static const enum cbor_kind kinds[] = {CBOR_UNSIGNED, CBOR_NEGATIVE};
    for (size_t i = 0; i < 2 * sizeof cases / sizeof *cases; i++) {
        uint8_t memory[10];
        struct room room = room_over(memory, sizeof memory);
        struct cbor_item item = {0};
        assert_ok(cbor_put(&room, kinds[i % 2], cases[i / 2].number));
        assert_int_equal(room.len, cases[i / 2].bytes);
        struct span rest = room_span(&room);
        assert_ok(cbor_next(&rest, &item));
        assert_int_equal(rest.len, 0);
        assert_int_equal(item.kind, kinds[i % 2]);
        assert_true(item.number == cases[i / 2].number);
        room.cap = room.len - 1;
        room.len = 0;
        assert_err(cbor_put(&room, kinds[i % 2], cases[i / 2].number), ERR_NO_ROOM);
    }
}

static void strings_point_into_the_input(void **state) {
    (void)state;
    struct span bytes = BYTES_OF(0x43, 1, 2, 3, 0x62, 0xc3, 0xa4, 0x60);
    struct span rest = bytes;
    struct cbor_item item = {0};
    assert_ok(cbor_next(&rest, &item));
    assert_int_equal(item.kind, CBOR_BYTES);
    assert_ptr_equal(item.bytes.ptr, bytes.ptr + 1);
    assert_int_equal(item.bytes.len, 3);
    assert_int_equal(item.number, 0);
    assert_ok(cbor_next(&rest, &item));
    assert_int_equal(item.kind, CBOR_TEXT);
    assert_span_text(item.bytes, "\xc3\xa4");
    assert_ok(cbor_next(&rest, &item));
    assert_int_equal(item.bytes.len, 0);
    assert_int_equal(rest.len, 0);
}

static void a_string_is_written_whole_or_not_at_all(void **state) {
    (void)state;
    uint8_t memory[5];
    struct room room = room_over(memory, sizeof memory);
    assert_ok(cbor_put_string(&room, CBOR_TEXT, span_of_text("ab")));
    assert_err(cbor_put_string(&room, CBOR_BYTES, span_of_text("cd")), ERR_NO_ROOM);
    assert_true(span_equal(room_span(&room), BYTES_OF(0x62, 'a', 'b')));
}

static void what_is_cut_is_said_to_be(void **state) {
    (void)state;
    refused((struct span){0}, ERR_CBOR_CUT);
    refused(BYTES_OF(0x19, 1), ERR_CBOR_CUT);
    refused(BYTES_OF(0x1b, 1, 2, 3, 4, 5, 6, 7), ERR_CBOR_CUT);
    refused(BYTES_OF(0x43, 1, 2), ERR_CBOR_CUT);
    refused(BYTES_OF(0x5b, 255, 255, 255, 255, 255, 255, 255, 255), ERR_CBOR_CUT);
    refused(BYTES_OF(0xc1), ERR_CBOR_CUT);
}

static void a_count_never_exceeds_the_bytes_that_follow(void **state) {
    (void)state;
    struct span rest = BYTES_OF(0x82, 0, 0);
    struct cbor_item item = {0};
    assert_ok(cbor_next(&rest, &item));
    assert_int_equal(item.number, 2);
    refused(BYTES_OF(0x83, 0, 0), ERR_CBOR_CUT);
    refused(BYTES_OF(0x9b, 255, 255, 255, 255, 255, 255, 255, 255, 0), ERR_CBOR_CUT);
    rest = BYTES_OF(0xa1, 0, 0);
    assert_ok(cbor_next(&rest, &item));
    assert_int_equal(item.number, 1);
    refused(BYTES_OF(0xa2, 0, 0, 0), ERR_CBOR_CUT);
    refused(BYTES_OF(0xbb, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0), ERR_CBOR_CUT);
}

static void unsaid_lengths_and_breaks_are_refused(void **state) {
    (void)state;
    for (unsigned major = 0; major < 8; major++) {
        refused(BYTES_OF((uint8_t)(major << 5 | 31), 0xff), ERR_CBOR_INDEFINITE);
    }
}

static void reserved_heads_and_other_simple_values_are_refused(void **state) {
    (void)state;
    for (unsigned first = 0; first < 256; first++) {
        if ((first & 31) >= 28 && (first & 31) < 31) {
            refused(BYTES_OF((uint8_t)first, 0, 0, 0, 0, 0, 0, 0, 0), ERR_CBOR_HEAD);
        }
    }
    for (unsigned value = 0; value < 24; value++) {
        if (value < 20 || value > 22) {
            refused(BYTES_OF((uint8_t)(0xe0 | value)), ERR_CBOR_HEAD);
        }
    }
    refused(BYTES_OF(0xf8, 20), ERR_CBOR_HEAD);
    refused(BYTES_OF(0xf8, 255), ERR_CBOR_HEAD);
}

static void a_long_form_of_a_number_is_refused(void **state) {
    (void)state;
    for (unsigned major = 0; major < 7; major++) {
        uint8_t top = (uint8_t)(major << 5);
        refused(BYTES_OF(top | 24, 23, 0), ERR_CBOR_LONG_FORM);
        refused(BYTES_OF(top | 25, 0, 255, 0), ERR_CBOR_LONG_FORM);
        refused(BYTES_OF(top | 26, 0, 0, 255, 255, 0), ERR_CBOR_LONG_FORM);
        refused(BYTES_OF(top | 27, 0, 0, 0, 0, 255, 255, 255, 255, 0), ERR_CBOR_LONG_FORM);
    }
}

static void text_must_be_utf8(void **state) {
    (void)state;
    refused(BYTES_OF(0x61, 0xff), ERR_CBOR_TEXT);
    refused(BYTES_OF(0x62, 0xc0, 0x80), ERR_CBOR_TEXT);
    struct span rest = BYTES_OF(0x41, 0xff);
    struct cbor_item item = {0};
    assert_ok(cbor_next(&rest, &item));
}

/* So many levels, then a number. */
static size_t nest(uint8_t *bytes, uint8_t head, size_t levels) {
    memset(bytes, head, levels);
    bytes[levels] = 0;
    return levels + 1;
}

static void nesting_is_bounded(void **state) {
    (void)state;
    static const uint8_t heads[] = {0x81, 0xc1};
    uint8_t bytes[1001];
    for (size_t i = 0; i < 2; i++) {
        struct span deep = span_of_bytes(bytes, nest(bytes, heads[i], LIMIT_CBOR_DEPTH));
        assert_ok(cbor_check(deep));
        deep = span_of_bytes(bytes, nest(bytes, heads[i], LIMIT_CBOR_DEPTH + 1));
        assert_err(cbor_check(deep), ERR_CBOR_DEPTH);
        struct span rest = span_of_bytes(bytes, nest(bytes, heads[i], 1000));
        assert_err(cbor_skip(&rest), ERR_CBOR_DEPTH);
        assert_int_equal(rest.len, 1001);
    }
}

static void skipping_ends_behind_the_item(void **state) {
    (void)state;
    struct span rest = BYTES_OF(0x82, 0xa1, 1, 0x81, 2, 0xc1, 0x61, 'x', 5);
    assert_ok(cbor_skip(&rest));
    assert_int_equal(rest.len, 1);
    assert_ok(cbor_skip(&rest));
    assert_int_equal(rest.len, 0);
    assert_err(cbor_skip(&rest), ERR_CBOR_CUT);
}

static void a_survey_says_where_everything_ends(void **state) {
    (void)state;
    struct span item = BYTES_OF(0x82, 0xa1, 1, 0x81, 2, 0xc1, 0x61, 'x');
    uint32_t ends[8] = {0};
    static const uint32_t expected[8] = {8, 5, 0, 5, 0, 8, 0, 0};
    assert_ok(cbor_survey(item, ends));
    assert_memory_equal(ends, expected, sizeof ends);
    assert_err(cbor_survey(BYTES_OF(0x80, 0), ends), ERR_CBOR_TRAILING);
}

static void nothing_may_follow(void **state) {
    (void)state;
    assert_ok(cbor_check(BYTES_OF(0x80)));
    assert_err(cbor_check(BYTES_OF(0x80, 0)), ERR_CBOR_TRAILING);
    assert_err(cbor_check(BYTES_OF(0x81)), ERR_CBOR_CUT);
}

static void a_key_stands_once_in_each_map(void **state) {
    (void)state;
    assert_err(cbor_check(BYTES_OF(0xa2, 1, 2, 1, 3)), ERR_CBOR_DUPLICATE);
    assert_err(cbor_check(BYTES_OF(0x81, 0xa2, 0x61, 'a', 2, 0x61, 'a', 2)), ERR_CBOR_DUPLICATE);
    assert_err(cbor_check(BYTES_OF(0xa3, 1, 0xa1, 7, 7, 2, 0, 1, 0)), ERR_CBOR_DUPLICATE);
    assert_ok(cbor_check(BYTES_OF(0xa2, 1, 0xa1, 1, 0xa1, 1, 1, 2, 0xa1, 1, 1)));
    assert_ok(cbor_check(BYTES_OF(0xa2, 1, 1, 0x20, 1)));
    assert_ok(cbor_check(BYTES_OF(0xa2, 0x41, 'a', 1, 0x61, 'a', 1)));
}

/* A map of so many pairs, its keys in three bytes. */
static struct span map_of(uint8_t *bytes, unsigned pairs) {
    struct room room = room_over(bytes, 8 + 4 * (size_t)pairs);
    assert_ok(cbor_put(&room, CBOR_MAP, pairs));
    for (unsigned i = 0; i < pairs; i++) {
        assert_ok(cbor_put(&room, CBOR_UNSIGNED, 256 + i));
        assert_ok(cbor_put(&room, CBOR_UNSIGNED, 0));
    }
    return room_span(&room);
}

static void keys_are_bounded(void **state) {
    (void)state;
    static uint8_t bytes[8 + 4 * (LIMIT_CBOR_KEYS + 1)];
    assert_ok(cbor_check(map_of(bytes, LIMIT_CBOR_KEYS)));
    assert_err(cbor_check(map_of(bytes, LIMIT_CBOR_KEYS + 1)), ERR_CBOR_TOO_MANY);
}

static void writes_float(double real, struct span expected) {
    uint8_t memory[9];
    struct room room = room_over(memory, sizeof memory);
    assert_ok(cbor_put_float(&room, real));
    assert_true(span_equal(room_span(&room), expected));
}

static void floats_are_written_as_short_as_they_can_be(void **state) {
    (void)state;
    writes_float(0, BYTES_OF(0xf9, 0, 0));
    writes_float(-0.0, BYTES_OF(0xf9, 0x80, 0));
    writes_float(1.5, BYTES_OF(0xf9, 0x3e, 0));
    writes_float(65504, BYTES_OF(0xf9, 0x7b, 0xff));
    writes_float(65536, BYTES_OF(0xfa, 0x47, 0x80, 0, 0));
    writes_float(ldexp(1, -24), BYTES_OF(0xf9, 0, 1));
    writes_float(ldexp(1, -14), BYTES_OF(0xf9, 4, 0));
    writes_float(ldexp(1, -25), BYTES_OF(0xfa, 0x33, 0, 0, 0));
    writes_float((double)FLT_MAX, BYTES_OF(0xfa, 0x7f, 0x7f, 0xff, 0xff));
    writes_float(1.1, BYTES_OF(0xfb, 0x3f, 0xf1, 0x99, 0x99, 0x99, 0x99, 0x99, 0x9a));
    writes_float(INFINITY, BYTES_OF(0xf9, 0x7c, 0));
    writes_float(-INFINITY, BYTES_OF(0xf9, 0xfc, 0));
    writes_float(-NAN, BYTES_OF(0xf9, 0x7e, 0));
}

static void every_half_is_read_and_written_alike(void **state) {
    (void)state;
    for (unsigned half = 0; half <= 0xffff; half++) {
        uint64_t bits = 0;
        double value = cborfloat_value(half, 2);
        assert_int_equal(cborfloat_shortest(value, &bits), 2);
        assert_int_equal(bits, isnan(value) ? 0x7e00 : half);
        assert_int_equal(isnan(value), (half & 0x7c00) == 0x7c00 && (half & 0x3ff) != 0);
    }
}

static void floats_of_any_width_are_read(void **state) {
    (void)state;
    struct span rest = BYTES_OF(0xf9, 0x3e, 0, 0xfa, 0x3f, 0xc0, 0, 0, 0xfb, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0);
    while (rest.len > 0) {
        struct cbor_item item = {0};
        assert_ok(cbor_next(&rest, &item));
        assert_int_equal(item.kind, CBOR_FLOAT);
        assert_true(item.real == 1.5);
        assert_int_equal(item.number, 0);
    }
}

static void words_are_read_and_written(void **state) {
    (void)state;
    static const enum cbor_kind kinds[] = {CBOR_FALSE, CBOR_TRUE, CBOR_NULL};
    for (size_t i = 0; i < 3; i++) {
        uint8_t byte = 0;
        struct room room = room_over(&byte, 1);
        struct cbor_item item = {0};
        assert_ok(cbor_put(&room, kinds[i], 0));
        assert_int_equal(byte, 0xf4 + i);
        struct span rest = room_span(&room);
        assert_ok(cbor_next(&rest, &item));
        assert_int_equal(item.kind, kinds[i]);
    }
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_read_and_written_in_every_width),
        cmocka_unit_test(strings_point_into_the_input),
        cmocka_unit_test(a_string_is_written_whole_or_not_at_all),
        cmocka_unit_test(what_is_cut_is_said_to_be),
        cmocka_unit_test(a_count_never_exceeds_the_bytes_that_follow),
        cmocka_unit_test(unsaid_lengths_and_breaks_are_refused),
        cmocka_unit_test(reserved_heads_and_other_simple_values_are_refused),
        cmocka_unit_test(a_long_form_of_a_number_is_refused),
        cmocka_unit_test(text_must_be_utf8),
        cmocka_unit_test(nesting_is_bounded),
        cmocka_unit_test(skipping_ends_behind_the_item),
        cmocka_unit_test(a_survey_says_where_everything_ends),
        cmocka_unit_test(nothing_may_follow),
        cmocka_unit_test(a_key_stands_once_in_each_map),
        cmocka_unit_test(keys_are_bounded),
        cmocka_unit_test(floats_are_written_as_short_as_they_can_be),
        cmocka_unit_test(every_half_is_read_and_written_alike),
        cmocka_unit_test(floats_of_any_width_are_read),
        cmocka_unit_test(words_are_read_and_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
