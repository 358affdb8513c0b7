/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include "codec/base58.h"

static void writes_and_reads_known_examples(void **state) {
    (void)state;
    static const struct {
        const char *bytes;
        size_t len;
        const char *text;
    } cases[] = {
        {"", 0, ""},
        {"Hello World!", 12, "2NEpo7TZRRrLZSi2U"},
        {"The quick brown fox jumps over the lazy dog.", 44,
         "USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z"},
        {"\0\0\x28\x7f\xb4\xcd", 6, "11233QC4"},
        {"\0", 1, "1"},
        {"\0\0\0", 3, "111"},
        {"\xff", 1, "5Q"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char memory[80];
        struct room room = room_over(memory, strlen(cases[i].text));
        assert_ok(base58_encode(span_of_bytes(cases[i].bytes, cases[i].len), &room));
        assert_span_text(room_span(&room), cases[i].text);
        room = room_over(memory, cases[i].len);
        assert_ok(base58_decode(span_of_text(cases[i].text), &room));
        assert_true(span_equal(room_span(&room), span_of_bytes(cases[i].bytes, cases[i].len)));
    }
}

static void reads_back_what_it_writes(void **state) {
    (void)state;
    uint8_t bytes[526];
    char text[BASE58_CHARS_MAX];
    for (size_t len = 0; len < sizeof bytes; len += 1 + len / 7) {
        for (size_t i = 0; i < len; i++) {
            bytes[i] = (uint8_t)(i < len % 3 ? 0 : i * 73 + len);
        }
        uint8_t again[BASE58_CHARS_MAX];
        struct room room = room_over(text, sizeof text);
        struct room back = room_over(again, sizeof again);
        assert_ok(base58_encode(span_of_bytes(bytes, len), &room));
        assert_ok(base58_decode(room_span(&room), &back));
        assert_true(span_equal(room_span(&back), span_of_bytes(bytes, len)));
    }
}

static void refuses_characters_outside_the_alphabet(void **state) {
    (void)state;
    static const char *const cases[] = {"0", "O", "I", "l", "1 ", "+", "a\xff", "z-"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint8_t memory[8];
        struct room room = room_over(memory, sizeof memory);
        assert_err(base58_decode(span_of_text(cases[i]), &room), ERR_BASE58_CHARACTER);
        assert_int_equal(room.len, 0);
    }
    uint8_t memory[8];
    struct room room = room_over(memory, sizeof memory);
    assert_err(base58_decode(span_of_bytes("a\0b", 3), &room), ERR_BASE58_CHARACTER);
}

static void bounds_its_work(void **state) {
    (void)state;
    char text[BASE58_CHARS_MAX + 1];
    uint8_t memory[BASE58_CHARS_MAX * 2];
    static const char fills[] = {'1', 'z'};
    for (size_t i = 0; i < sizeof fills; i++) {
        struct room room = room_over(memory, BASE58_CHARS_MAX);
        memset(text, fills[i], sizeof text);
        assert_err(base58_decode(span_of_bytes(text, sizeof text), &room), ERR_NO_ROOM);
        assert_ok(base58_decode(span_of_bytes(text, sizeof text - 1), &room));
    }
    memset(text, 0xFF, sizeof text);
    struct room room = room_over(memory, sizeof memory);
    assert_err(base58_encode(span_of_bytes(text, sizeof text), &room), ERR_NO_ROOM);
    assert_ok(base58_encode(span_of_bytes(text, sizeof text - 1), &room));
}

static void says_when_there_is_no_room(void **state) {
    (void)state;
    uint8_t memory[4];
    struct room room = room_over(memory, 2);
    assert_err(base58_decode(span_of_text("111"), &room), ERR_NO_ROOM);
    assert_err(base58_encode(span_of_text("abc"), &room), ERR_NO_ROOM);
    assert_int_equal(room.len, 0);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_and_reads_known_examples),
        cmocka_unit_test(reads_back_what_it_writes),
        cmocka_unit_test(refuses_characters_outside_the_alphabet),
        cmocka_unit_test(bounds_its_work),
        cmocka_unit_test(says_when_there_is_no_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
