/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include "codec/base64.h"

/* RFC 4648 section 10. */
static const struct {
    const char *bytes, *text;
} pairs[] = {
    {"", ""},
    {"f", "Zg=="},
    {"fo", "Zm8="},
    {"foo", "Zm9v"},
    {"foob", "Zm9vYg=="},
    {"fooba", "Zm9vYmE="},
    {"foobar", "Zm9vYmFy"},
    {"\xFB\xEF\xFF", "++//"},
};

static void reads_and_writes_the_examples_of_its_standard(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        uint8_t bytes[16], text[16];
        struct room got = room_over(bytes, BASE64_ROOM(strlen(pairs[i].text)));
        struct room back = room_over(text, BASE64_CHARS(strlen(pairs[i].bytes)));
        assert_ok(base64_decode(span_of_text(pairs[i].text), &got));
        assert_span_text(room_span(&got), pairs[i].bytes);
        assert_ok(base64_encode(room_span(&got), &back));
        assert_span_text(room_span(&back), pairs[i].text);
        assert_int_equal(back.len, back.cap);
    }
}

static void refuses_what_it_would_not_write(void **state) {
    static const char *const cases[] = {
        "Z",    "Zg",       "Zg=",  "Zh==", "Zm9=", "Zg===",   "====",
        "=g==", "Zg==Zg==", "Zm-v", "Zm_v", "Zm v", "Zm\xC3v", "Zm9v\n",
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint8_t bytes[16];
        struct room got = room_over(bytes, sizeof bytes);
        enum err err = base64_decode(span_of_text(cases[i]), &got);
        if (err != ERR_BASE64 || got.len != 0) {
            fail_msg("\"%s\": %s", cases[i], err_name(err));
        }
    }
}

static void leaves_a_room_that_is_too_small_as_it_was(void **state) {
    uint8_t bytes[4];
    struct room small = room_over(bytes, 2);
    (void)state;
    assert_err(base64_decode(span_of_text("Zm9v"), &small), ERR_NO_ROOM);
    assert_err(base64_encode(span_of_text("f"), &small), ERR_NO_ROOM);
    assert_int_equal(small.len, 0);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_and_writes_the_examples_of_its_standard),
        cmocka_unit_test(refuses_what_it_would_not_write),
        cmocka_unit_test(leaves_a_room_that_is_too_small_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
