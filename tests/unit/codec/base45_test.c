/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include "codec/base45.h"

static void writes_and_reads_the_examples_of_rfc_9285(void **state) {
    (void)state;
    static const struct {
        const char *bytes, *text;
    } cases[] = {{"", ""},
                 {"AB", "BB8"},
                 {"Hello!!", "%69 VD92EX0"},
                 {"base-45", "UJCLQE7W581"},
                 {"ietf!", "QED8WEX0"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char memory[32];
        struct room room = room_over(memory, BASE45_CHARS(strlen(cases[i].bytes)));
        assert_ok(base45_encode(span_of_text(cases[i].bytes), &room));
        assert_span_text(room_span(&room), cases[i].text);
        room = room_over(memory, BASE45_ROOM(strlen(cases[i].text)));
        assert_ok(base45_decode(span_of_text(cases[i].text), &room));
        assert_span_text(room_span(&room), cases[i].bytes);
    }
}

static void reads_back_any_pair_of_bytes(void **state) {
    (void)state;
    for (unsigned value = 0; value <= 0xFFFF; value++) {
        uint8_t bytes[3] = {(uint8_t)(value >> 8), (uint8_t)value, (uint8_t)(value * 7)};
        uint8_t text[5];
        uint8_t again[3];
        struct room room = room_over(text, sizeof text);
        struct room back = room_over(again, sizeof again);
        assert_ok(base45_encode(span_of_bytes(bytes, 3), &room));
        assert_ok(base45_decode(room_span(&room), &back));
        assert_true(span_equal(room_span(&back), span_of_bytes(bytes, 3)));
    }
}

static void refused(const char *text, enum err expected) {
    char memory[32];
    struct room room = room_over(memory, sizeof memory);
    assert_ok(room_put_text(&room, "ab"));
    assert_err(base45_decode(span_of_text(text), &room), expected);
    assert_span_text(room_span(&room), "ab");
}

static void refuses_one_character_left_over(void **state) {
    (void)state;
    refused("A", ERR_BASE45_LENGTH);
    refused("BB8B", ERR_BASE45_LENGTH);
}

static void refuses_characters_outside_the_alphabet(void **state) {
    (void)state;
    static const char *const cases[] = {"bb8", "BB!", "BB8a0", "B\n8", "B_8", "\xff\xff\xff", "BB8\t0", "0,"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        refused(cases[i], ERR_BASE45_CHARACTER);
    }
    uint8_t memory[4];
    struct room room = room_over(memory, sizeof memory);
    assert_err(base45_decode(span_of_bytes("B\0B", 3), &room), ERR_BASE45_CHARACTER);
}

static void refuses_a_group_above_FFFF(void **state) {
    (void)state;
    char memory[4];
    struct room room = room_over(memory, sizeof memory);
    assert_ok(base45_decode(span_of_text("FGW"), &room));
    assert_int_equal((uint8_t)memory[0], 0xFF);
    refused("GGW", ERR_BASE45_RANGE);
    refused(":::", ERR_BASE45_RANGE);
    refused("BB8GGW", ERR_BASE45_RANGE);
}

static void refuses_a_pair_above_FF(void **state) {
    (void)state;
    char memory[4];
    struct room room = room_over(memory, sizeof memory);
    assert_ok(base45_decode(span_of_text("U5"), &room));
    assert_int_equal((uint8_t)memory[0], 0xFF);
    refused("V5", ERR_BASE45_RANGE);
    refused("::", ERR_BASE45_RANGE);
}

static void says_when_there_is_no_room(void **state) {
    (void)state;
    char memory[2];
    struct room room = room_over(memory, 1);
    assert_err(base45_decode(span_of_text("BB8"), &room), ERR_NO_ROOM);
    assert_int_equal(room.len, 0);
    room = room_over(memory, 2);
    assert_err(base45_encode(span_of_text("AB"), &room), ERR_NO_ROOM);
    assert_err(base45_decode(span_of_text("BB8U5"), &room), ERR_NO_ROOM);
    assert_int_equal(room.len, 0);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_and_reads_the_examples_of_rfc_9285),
        cmocka_unit_test(reads_back_any_pair_of_bytes),
        cmocka_unit_test(refuses_one_character_left_over),
        cmocka_unit_test(refuses_characters_outside_the_alphabet),
        cmocka_unit_test(refuses_a_group_above_FFFF),
        cmocka_unit_test(refuses_a_pair_above_FF),
        cmocka_unit_test(says_when_there_is_no_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
