/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include "codec/base64url.h"

static void writes_and_reads_the_examples_of_rfc_4648(void **state) {
    (void)state;
    static const struct {
        const char *bytes, *text;
    } cases[] = {
        {"", ""},           {"f", "Zg"},          {"fo", "Zm8"},          {"foo", "Zm9v"},
        {"foob", "Zm9vYg"}, {"fooba", "Zm9vYmE"}, {"foobar", "Zm9vYmFy"}, {"\xfb\xff\xfe", "-__-"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint8_t memory[16];
        struct room room = room_over(memory, sizeof memory);
        assert_ok(base64url_encode(span_of_text(cases[i].bytes), &room));
        assert_span_text(room_span(&room), cases[i].text);
        assert_int_equal(room.len, BASE64URL_CHARS(strlen(cases[i].bytes)));
        room = room_over(memory, sizeof memory);
        assert_ok(base64url_decode(span_of_text(cases[i].text), &room));
        assert_span_text(room_span(&room), cases[i].bytes);
    }
}

static void reads_back_what_it_writes(void **state) {
    (void)state;
    uint8_t bytes[300];
    for (size_t len = 0; len <= sizeof bytes; len++) {
        uint8_t text[BASE64URL_CHARS(sizeof bytes)];
        uint8_t again[BASE64URL_ROOM(sizeof text)];
        for (size_t i = 0; i < len; i++) {
            bytes[i] = (uint8_t)(i * 167 + len * 31);
        }
        struct room room = room_over(text, sizeof text);
        struct room back = room_over(again, BASE64URL_ROOM(BASE64URL_CHARS(len)));
        assert_ok(base64url_encode(span_of_bytes(bytes, len), &room));
        assert_ok(base64url_decode(room_span(&room), &back));
        assert_true(span_equal(room_span(&back), span_of_bytes(bytes, len)));
    }
}

static void refuses(const char *text, size_t len) {
    uint8_t memory[16] = {0};
    struct room room = room_over(memory, sizeof memory);
    assert_ok(room_put_text(&room, "ab"));
    assert_err(base64url_decode(span_of_bytes(text, len), &room), ERR_BASE64URL);
    assert_span_text(room_span(&room), "ab");
}

static void refuses_what_is_not_strict(void **state) {
    (void)state;
    static const char *const cases[] = {
        "Z",   "Zm9vY",    "Zg==", "Zm8=", "Zm9v=", "Zh",         "Zm9",  "Z g", "Zg\n",
        " Zg", "Zm9v\r\n", "Z+8",  "Z/8",  "Zm.v",  "\xc3\xa4Zg", "Zg\t", "=",   "====",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        refuses(cases[i], strlen(cases[i]));
    }
    refuses("Zm\0v", 4);
    refuses("\0\0\0\0", 4);
}

static void accepts_one_last_character_in_each_class_of_unused_bits(void **state) {
    (void)state;
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    unsigned two = 0;
    unsigned three = 0;
    for (size_t i = 0; i < 64; i++) {
        uint8_t memory[4];
        char text[] = {'A', alphabet[i], 0, 0};
        struct room room = room_over(memory, sizeof memory);
        two += base64url_decode(span_of_bytes(text, 2), &room) == ERR_OK;
        text[1] = 'A';
        text[2] = alphabet[i];
        room = room_over(memory, sizeof memory);
        three += base64url_decode(span_of_bytes(text, 3), &room) == ERR_OK;
    }
    assert_int_equal(two, 4);
    assert_int_equal(three, 16);
}

static void says_when_there_is_no_room(void **state) {
    (void)state;
    uint8_t memory[4];
    struct room room = room_over(memory, 2);
    assert_err(base64url_decode(span_of_text("Zm9v"), &room), ERR_NO_ROOM);
    assert_err(base64url_encode(span_of_text("fo"), &room), ERR_NO_ROOM);
    assert_int_equal(room.len, 0);
    room = (struct room){0};
    assert_err(base64url_decode(span_of_text("Zg"), &room), ERR_NO_ROOM);
    assert_ok(base64url_decode((struct span){0}, &room));
    assert_ok(base64url_encode((struct span){0}, &room));
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_and_reads_the_examples_of_rfc_4648),
        cmocka_unit_test(reads_back_what_it_writes),
        cmocka_unit_test(refuses_what_is_not_strict),
        cmocka_unit_test(accepts_one_last_character_in_each_class_of_unused_bits),
        cmocka_unit_test(says_when_there_is_no_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
