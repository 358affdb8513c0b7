/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include "base/utf8.h"

static void reads_back_every_code_point(void **state) {
    (void)state;
    for (uint32_t code = 0; code <= 0x10FFFF; code++) {
        uint8_t bytes[4] = {0};
        size_t len = utf8_encode(code, bytes);
        size_t at = 0;
        if (code >= 0xD800 && code <= 0xDFFF) {
            assert_int_equal(len, 0);
            continue;
        }
        assert_int_equal(utf8_next(span_of_bytes(bytes, len), &at), code);
        assert_int_equal(at, len);
    }
    uint8_t bytes[4];
    assert_int_equal(utf8_encode(0x110000, bytes), 0);
    assert_int_equal(utf8_encode(UTF8_INVALID, bytes), 0);
}

static void knows_the_lengths_of_rfc_3629(void **state) {
    (void)state;
    static const struct {
        uint32_t code;
        size_t len;
    } cases[] = {{0, 1},     {0x7F, 1},   {0x80, 2},    {0x7FF, 2},
                 {0x800, 3}, {0xFFFF, 3}, {0x10000, 4}, {0x10FFFF, 4}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint8_t bytes[4];
        assert_int_equal(utf8_encode(cases[i].code, bytes), cases[i].len);
    }
}

static void refuses_what_rfc_3629_refuses(void **state) {
    (void)state;
    static const char *const cases[] = {
        "\x80",
        "\xBF",
        "\xC0\x80",
        "\xC1\xBF",
        "\xC2",
        "\xC2\x41",
        "\xE0\x80\x80",
        "\xE0\x9F\xBF",
        "\xE2\x82",
        "\xED\xA0\x80",
        "\xED\xBF\xBF",
        "\xF0\x80\x80\x80",
        "\xF0\x8F\xBF\xBF",
        "\xF4\x90\x80\x80",
        "\xF5\x80\x80\x80",
        "\xF0\x9F\x98",
        "\xF8\x88\x80\x80\x80",
        "\xFE",
        "\xFF",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t at = 0;
        assert_int_equal(utf8_next(span_of_text(cases[i]), &at), UTF8_INVALID);
        assert_int_equal(at, 1);
        assert_false(utf8_valid(span_of_text(cases[i])));
    }
}

static void goes_on_behind_an_invalid_byte(void **state) {
    (void)state;
    struct span text = span_of_text("\xE2\x82"
                                    "A");
    size_t at = 0;
    assert_int_equal(utf8_next(text, &at), UTF8_INVALID);
    assert_int_equal(utf8_next(text, &at), UTF8_INVALID);
    assert_int_equal(utf8_next(text, &at), 'A');
    assert_int_equal(at, 3);
}

static void judges_whole_texts(void **state) {
    (void)state;
    assert_true(utf8_valid((struct span){0}));
    assert_true(utf8_valid(span_of_text("Zoë \xD9\x85\xD8\xB1\xD8\xAD\xD8\xA8\xD8\xA7 \xF0\x9F\x98\x80")));
    assert_true(utf8_valid(span_of_bytes("a\0b", 3)));
    assert_false(utf8_valid(span_of_text("Zo\xEB")));
    assert_false(utf8_valid(span_of_bytes("\xF0\x9F\x98\x80", 3)));
}

static void orders_texts_as_utf_16_does(void **state) {
    /* U+10000 is written with surrogates in UTF-16, which stand below U+E000; in UTF-8 it stands behind U+FFFD */
    static const char *const sorted[] = {"",
                                         "A",
                                         "a",
                                         "aa",
                                         "\xC3\xA9",
                                         "\xED\x9F\xBF",
                                         "\xF0\x90\x80\x80",
                                         "\xF4\x8F\xBF\xBF",
                                         "\xEE\x80\x80",
                                         "\xEF\xBF\xBD"};
    (void)state;
    for (size_t i = 0; i < sizeof sorted / sizeof *sorted; i++) {
        for (size_t k = 0; k < sizeof sorted / sizeof *sorted; k++) {
            int order = utf8_order_utf16(span_of_text(sorted[i]), span_of_text(sorted[k]));
            assert_int_equal((order > 0) - (order < 0), (i > k) - (i < k));
        }
    }
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_back_every_code_point),
        cmocka_unit_test(knows_the_lengths_of_rfc_3629),
        cmocka_unit_test(refuses_what_rfc_3629_refuses),
        cmocka_unit_test(goes_on_behind_an_invalid_byte),
        cmocka_unit_test(judges_whole_texts),
        cmocka_unit_test(orders_texts_as_utf_16_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
