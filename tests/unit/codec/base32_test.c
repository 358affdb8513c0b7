/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include "codec/base32.h"

/* RFC 4648 section 10, without its padding. */
static const struct {
    const char *bytes, *text;
} pairs[] = {
    {"", ""},
    {"f", "MY"},
    {"fo", "MZXQ"},
    {"foo", "MZXW6"},
    {"foob", "MZXW6YQ"},
    {"fooba", "MZXW6YTB"},
    {"foobar", "MZXW6YTBOI"},
};

static void reads_and_writes_the_examples_of_its_standard(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        uint8_t bytes[16], text[16];
        struct room got = room_over(bytes, BASE32_ROOM(strlen(pairs[i].text)));
        struct room back = room_over(text, BASE32_CHARS(strlen(pairs[i].bytes)));
        assert_ok(base32_decode(span_of_text(pairs[i].text), &got));
        assert_span_text(room_span(&got), pairs[i].bytes);
        assert_ok(base32_encode(room_span(&got), &back));
        assert_span_text(room_span(&back), pairs[i].text);
        assert_int_equal(back.len, back.cap);
    }
}

static void refuses_what_no_bytes_give(void **state) {
    static const struct {
        const char *text;
        enum err err;
    } cases[] = {
        {"M", ERR_BASE32_LENGTH},           {"MZX", ERR_BASE32_LENGTH},
        {"MZXW6Y", ERR_BASE32_LENGTH},      {"MZ", ERR_BASE32_LENGTH},
        {"MZXW6YR", ERR_BASE32_LENGTH},     {"my", ERR_BASE32_CHARACTER},
        {"M1", ERR_BASE32_CHARACTER},       {"M8", ERR_BASE32_CHARACTER},
        {"MY======", ERR_BASE32_CHARACTER}, {"M\xC3", ERR_BASE32_CHARACTER},
        {"MZXW6 YQ", ERR_BASE32_CHARACTER},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint8_t bytes[16];
        struct room got = room_over(bytes, sizeof bytes);
        enum err err = base32_decode(span_of_text(cases[i].text), &got);
        if (err != cases[i].err || got.len != 0) {
            fail_msg("\"%s\": %s", cases[i].text, err_name(err));
        }
    }
}

static void leaves_a_room_that_is_too_small_as_it_was(void **state) {
    uint8_t bytes[4];
    struct room small = room_over(bytes, 2);
    (void)state;
    assert_err(base32_decode(span_of_text("MZXW6"), &small), ERR_NO_ROOM);
    assert_err(base32_encode(span_of_text("fo"), &small), ERR_NO_ROOM);
    assert_int_equal(small.len, 0);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_and_writes_the_examples_of_its_standard),
        cmocka_unit_test(refuses_what_no_bytes_give),
        cmocka_unit_test(leaves_a_room_that_is_too_small_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
