/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include "symbol/segments.h"
#include "tests/lib/symbol_writer.h"

static struct symbol_bits bits;
static struct segments out;

static int clear(void **state) {
    (void)state;
    memset(&bits, 0, sizeof bits);
    memset(&out, 0, sizeof out);
    return 0;
}

static void put(unsigned value, int width) {
    symbol_bits_put(&bits, value, width);
}

static enum err read(int version) {
    return segments_read(symbol_bits_span(&bits), version, &out);
}

static void expect(const char *text, bool plain) {
    assert_ok(read(1));
    assert_span_text(span_of_bytes(out.bytes, out.len), text);
    assert_int_equal(out.plain, plain);
    assert_int_equal(out.part.total, 0);
}

static void reads_digits_in_groups_of_three_two_and_one(void **state) {
    (void)state;
    put(1, 4), put(8, 10), put(12, 10), put(345, 10), put(67, 7), put(0, 4);
    expect("01234567", true);
    clear(NULL);
    put(1, 4), put(4, 10), put(1, 10), put(9, 4), put(0, 4);
    expect("0019", true);
}

static void reads_letters_in_pairs_and_alone(void **state) {
    (void)state;
    put(2, 4), put(5, 9), put(10 * 45 + 12, 11), put(41 * 45 + 4, 11), put(44, 6), put(0, 4);
    expect("AC-4:", true);
}

static void reads_bytes_and_kanji_and_several_segments(void **state) {
    (void)state;
    put(4, 4), put(2, 8), put('h', 8), put(0xFF, 8);
    put(8, 4), put(2, 8), put(0xD9F, 13), put(0x1AAA, 13), put(8, 4), put(3, 8), put(0x173C, 13),
        put(0x1740, 13), put(0x1FFF, 13);
    put(1, 4), put(1, 10), put(7, 4), put(0, 4);
    expect("h\xFF\x93\x5F\xE4\xAA\x9F\xFC\xE0\x40\xEB\xBF"
           "7",
           true);
}

/* ISO/IEC 18004, table 3. */
static void counts_characters_by_the_version(void **state) {
    (void)state;
    static const int widths[3][4] = {{10, 9, 8, 8}, {12, 11, 16, 10}, {14, 13, 16, 12}};
    static const int versions[3][2] = {{1, 9}, {10, 26}, {27, 40}};
    for (int i = 0; i < 6; i++) {
        const int *width = widths[i / 2];
        clear(NULL);
        put(1, 4), put(1, width[0]), put(5, 4);
        put(2, 4), put(1, width[1]), put(10, 6);
        put(4, 4), put(1, width[2]), put('x', 8);
        put(8, 4), put(1, width[3]), put(0xD9F, 13), put(0, 4);
        assert_ok(read(versions[i / 2][i % 2]));
        assert_span_text(span_of_bytes(out.bytes, out.len), "5Ax\x93\x5F");
    }
}

static void ends_without_a_terminator_where_fewer_than_four_bits_are_left(void **state) {
    (void)state;
    put(4, 4), put(1, 8), put('x', 8);
    expect("x", true);
    clear(NULL);
    put(1, 4), put(3, 10), put(123, 10); /* 24 bits: none left */
    expect("123", true);
}

static void ignores_what_follows_the_terminator(void **state) {
    (void)state;
    put(4, 4), put(1, 8), put('x', 8), put(0, 4), put(0xFFFF, 16);
    expect("x", true);
}

static void refuses_lengths_beyond_what_is_left(void **state) {
    (void)state;
    static const struct {
        unsigned mode;
        int width;
        unsigned count;
        int needed;
    } cases[] = {{1, 10, 3, 10},    {1, 10, 2, 7}, {1, 10, 1, 4},     {1, 10, 1023, 3410},
                 {2, 9, 2, 11},     {2, 9, 1, 6},  {2, 9, 511, 2811}, {4, 8, 1, 8},
                 {4, 8, 255, 2040}, {8, 8, 1, 13}, {8, 8, 255, 3315}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        clear(NULL);
        put(cases[i].mode, 4), put(cases[i].count, cases[i].width);
        int before = 4 + cases[i].width;
        int short_bytes = (before + cases[i].needed - 1) / 8;
        while (bits.count < 8 * (size_t)short_bytes) {
            put(0, 1);
        }
        assert_err(segments_read(span_of_bytes(bits.bytes, (size_t)short_bytes), 1, &out), ERR_SYMBOL_LENGTH);
        while (bits.count < (size_t)(before + cases[i].needed)) {
            put(0, 1);
        }
        assert_ok(segments_read(symbol_bits_span(&bits), 1, &out));
    }
    clear(NULL);
    put(4, 4), put(0, 4); /* half of a count */
    assert_err(read(1), ERR_SYMBOL_LENGTH);
}

static void refuses_more_than_any_code_holds(void **state) {
    (void)state;
    static uint8_t data[3600];
    memset(&bits, 0, sizeof bits);
    put(1, 4), put(7090, 14);
    memcpy(data, bits.bytes, 3);
    assert_err(segments_read(span_of_bytes(data, sizeof data), 40, &out), ERR_SYMBOL_LENGTH);
    assert_int_equal(out.len, 0);
}

static void refuses_values_that_stand_for_nothing(void **state) {
    (void)state;
    static const struct {
        unsigned mode;
        int count_width;
        unsigned count, value;
        int width;
    } cases[] = {{1, 10, 3, 1000, 10}, {1, 10, 2, 100, 7},  {1, 10, 1, 10, 4},   {2, 9, 2, 2025, 11},
                 {2, 9, 1, 45, 6},     {8, 8, 1, 0x3F, 13}, {8, 8, 1, 0xBD, 13}, {8, 8, 1, 0xBF, 13}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        clear(NULL);
        put(cases[i].mode, 4), put(cases[i].count, cases[i].count_width), put(cases[i].value, cases[i].width);
        put(0, 4);
        assert_err(read(1), ERR_SYMBOL_CHARACTER);
        assert_int_equal(out.len, 0);
    }
}

static void refuses_modes_that_are_none(void **state) {
    (void)state;
    static const unsigned modes[] = {6, 10, 11, 12, 13, 14, 15};
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        clear(NULL);
        put(4, 4), put(1, 8), put('x', 8), put(modes[i], 4), put(0, 16);
        assert_err(read(1), ERR_SYMBOL_MODE);
    }
}

static void reads_over_eci_of_all_three_lengths(void **state) {
    (void)state;
    static const struct {
        unsigned value;
        int width;
    } designators[] = {
        {0, 8}, {127, 8}, {0x8000 | 128, 16}, {0xBFFF, 16}, {0xC00000 | 16384, 24}, {0xC00000 | 999999, 24}};
    for (size_t i = 0; i < sizeof designators / sizeof *designators; i++) {
        clear(NULL);
        put(7, 4), put(designators[i].value, designators[i].width);
        put(4, 4), put(2, 8), put(0xFC, 8), put('\\', 8), put(0, 4);
        expect("\xFC\\", false);
    }
}

static void refuses_eci_designators_that_are_none(void **state) {
    (void)state;
    static const unsigned wrong[] = {0xE00000, 0xFFFFFF, 0xC00000 | 1000000, 0xDFFFFF};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        clear(NULL);
        put(7, 4), put(wrong[i], 24), put(0, 4);
        assert_err(read(1), ERR_SYMBOL_ECI);
    }
    static const uint8_t cut[] = {0x78};
    assert_err(segments_read(span_of_bytes(cut, 1), 1, &out), ERR_SYMBOL_LENGTH);

    static const uint8_t four[] = {0x7E, 0x00};
    assert_err(segments_read(span_of_bytes(four, 2), 1, &out), ERR_SYMBOL_ECI);
    static const uint8_t two[] = {0x78, 0x00}, three[] = {0x7C, 0x00, 0x00};
    assert_err(segments_read(span_of_bytes(two, 2), 1, &out), ERR_SYMBOL_LENGTH);
    assert_err(segments_read(span_of_bytes(three, 3), 1, &out), ERR_SYMBOL_LENGTH);
}

static void knows_a_part_of_a_message(void **state) {
    (void)state;
    symbol_bits_put_part(&bits, 2, 16, 0xA5);
    symbol_bits_put_bytes(&bits, span_of_text("third"));
    put(0, 4);
    assert_ok(read(1));
    assert_int_equal(out.part.index, 2);
    assert_int_equal(out.part.total, 16);
    assert_int_equal(out.part.parity, 0xA5);
    assert_false(out.plain);
    assert_span_text(span_of_bytes(out.bytes, out.len), "third");
}

static void takes_a_part_without_data_for_an_empty_part(void **state) {
    (void)state;
    symbol_bits_put_part(&bits, 1, 2, 0);
    put(0, 4);
    assert_ok(read(1));
    assert_int_equal(out.part.total, 2);
    assert_int_equal(out.len, 0);
    assert_false(out.plain);
}

static void refuses_parts_that_cannot_be(void **state) {
    (void)state;
    symbol_bits_put_part(&bits, 2, 2, 0); /* past the total */
    assert_err(read(1), ERR_SYMBOL_PART);
    clear(NULL);
    symbol_bits_put_bytes(&bits, span_of_text("x")); /* after data */
    symbol_bits_put_part(&bits, 0, 2, 0);
    assert_err(read(1), ERR_SYMBOL_PART);
    clear(NULL);
    symbol_bits_put_part(&bits, 0, 2, 0); /* twice */
    symbol_bits_put_part(&bits, 1, 2, 0);
    assert_err(read(1), ERR_SYMBOL_PART);
    static const uint8_t cut[] = {0x30, 0x10};
    assert_err(segments_read(span_of_bytes(cut, sizeof cut), 1, &out), ERR_SYMBOL_LENGTH);
}

static void writes_the_separator_of_gs1(void **state) {
    (void)state;
    put(5, 4), put(2, 4), put(6, 9);
    put(10 * 45 + 38, 11), put(11 * 45 + 38, 11), put(38 * 45 + 12, 11), put(0, 4);
    expect("A\x1D"
           "B%C",
           false);
}

static void puts_the_application_indicator_first(void **state) {
    (void)state;
    put(9, 4), put(37, 8), put(2, 4), put(1, 9), put(10, 6), put(0, 4);
    expect("37A", false);
    clear(NULL);
    put(9, 4), put(100 + 'k', 8), put(2, 4), put(1, 9), put(10, 6), put(0, 4);
    expect("kA", false);
}

static void refuses_fnc1_where_it_cannot_be(void **state) {
    (void)state;
    put(5, 4), put(5, 4);
    assert_err(read(1), ERR_SYMBOL_FNC1);
    clear(NULL);
    put(4, 4), put(1, 8), put('x', 8), put(9, 4), put(1, 8), put(0, 4);
    assert_err(read(1), ERR_SYMBOL_FNC1);
    static const unsigned indicators[] = {100, 164, 191, 196, 223, 255};
    for (size_t i = 0; i < sizeof indicators / sizeof *indicators; i++) {
        clear(NULL);
        put(9, 4), put(indicators[i], 8), put(0, 4);
        assert_err(read(1), ERR_SYMBOL_FNC1);
    }
    static const uint8_t cut[] = {0x90};
    assert_err(segments_read(span_of_bytes(cut, 1), 1, &out), ERR_SYMBOL_LENGTH);
}

static void calls_no_code_plain_that_has_an_empty_segment_or_very_many(void **state) {
    (void)state;
    put(4, 4), put(1, 8), put('x', 8), put(2, 4), put(0, 9), put(0, 4);
    expect("x", false);
    for (int count = SEGMENTS_PLAIN_MAX; count <= SEGMENTS_PLAIN_MAX + 1; count++) {
        clear(NULL);
        for (int i = 0; i < count; i++) {
            put(1, 4), put(1, 10), put(7, 4);
        }
        put(0, 4);
        assert_ok(read(1));
        assert_int_equal(out.len, count);
        assert_int_equal(out.plain, count == SEGMENTS_PLAIN_MAX);
    }
}

static void holds_nothing_where_nothing_is(void **state) {
    (void)state;
    static const uint8_t nothing[] = {0};
    assert_ok(segments_read((struct span){0}, 1, &out));
    assert_int_equal(out.len, 0);
    assert_ok(segments_read(span_of_bytes(nothing, 1), 1, &out));
    assert_int_equal(out.len, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(reads_digits_in_groups_of_three_two_and_one, clear),
        cmocka_unit_test_setup(reads_letters_in_pairs_and_alone, clear),
        cmocka_unit_test_setup(reads_bytes_and_kanji_and_several_segments, clear),
        cmocka_unit_test_setup(counts_characters_by_the_version, clear),
        cmocka_unit_test_setup(ends_without_a_terminator_where_fewer_than_four_bits_are_left, clear),
        cmocka_unit_test_setup(ignores_what_follows_the_terminator, clear),
        cmocka_unit_test_setup(refuses_lengths_beyond_what_is_left, clear),
        cmocka_unit_test_setup(refuses_more_than_any_code_holds, clear),
        cmocka_unit_test_setup(refuses_values_that_stand_for_nothing, clear),
        cmocka_unit_test_setup(refuses_modes_that_are_none, clear),
        cmocka_unit_test_setup(reads_over_eci_of_all_three_lengths, clear),
        cmocka_unit_test_setup(refuses_eci_designators_that_are_none, clear),
        cmocka_unit_test_setup(knows_a_part_of_a_message, clear),
        cmocka_unit_test_setup(takes_a_part_without_data_for_an_empty_part, clear),
        cmocka_unit_test_setup(refuses_parts_that_cannot_be, clear),
        cmocka_unit_test_setup(writes_the_separator_of_gs1, clear),
        cmocka_unit_test_setup(puts_the_application_indicator_first, clear),
        cmocka_unit_test_setup(refuses_fnc1_where_it_cannot_be, clear),
        cmocka_unit_test_setup(calls_no_code_plain_that_has_an_empty_segment_or_very_many, clear),
        cmocka_unit_test_setup(holds_nothing_where_nothing_is, clear),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
