/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include "base/utf8.h"
#include "verdict/shown.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define BOX          "\xE2\x96\xA1"
#define ELLIPSIS     "\xE2\x80\xA6"

static struct span shown_span(const struct shown *shown) {
    return span_of_bytes(shown->bytes, shown->len);
}

static void makes_hostile_text_safe(void **state) {
    (void)state;
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"", ""},
        {"Ada Lovelace", "Ada Lovelace"},
        {"Ада Лавлейс", "Ада Лавлейс"},
        {"محمد", "محمد"},
        {"ada\nlovelace\t1", "ada lovelace 1"},
        {"a\xC2\xA0"
         "b\xE2\x80\xA9"
         "c",
         "a b c"},
        {"a\x01\x1B[31mb\x7F", "a" BOX BOX "[31mb" BOX},
        {"a\xC2\x9B"
         "b",
         "a" BOX "b"},
        {"a\xE2\x80\xAE"
         "b\xE2\x80\xAC",
         "a" BOX "b" BOX},                                         /* U+202E, U+202C */
        {"\xE2\x81\xA6x\xE2\x81\xA9", BOX "x" BOX},                /* U+2066, U+2069 */
        {"\xE2\x80\x8E\xE2\x80\x8F\xD8\x9C", BOX BOX BOX},         /* U+200E, U+200F, U+061C */
        {"\xE2\x80\x8B\xE2\x80\x8D\xEF\xBB\xBF", BOX BOX BOX},     /* U+200B, U+200D, U+FEFF */
        {"\xC2\xAD\xE3\x85\xA4", BOX BOX},                         /* soft hyphen, filler */
        {"\xEE\x80\x80\xF3\xB0\x80\x80", BOX BOX},                 /* private use */
        {"\xEF\xBF\xBE\xEF\xB7\x90\xF0\x9F\xBF\xBF", BOX BOX BOX}, /* no characters */
        {"\xF3\xA0\x80\xA1", BOX},                                 /* a tag */
        {"\xED\xA0\x80", BOX BOX BOX},                             /* a lone surrogate, byte by byte */
        {"a\xFFz\xC3", "a" BOX "z" BOX},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct shown shown;
        shown_set(&shown, span_of_text(cases[i].text));
        assert_span_text(shown_span(&shown), cases[i].expected);
    }
}

static void boxes_every_character_that_turns_hides_or_draws_nothing(void **state) {
    (void)state;
    static const uint32_t codes[] = {
        0x00AD, 0x034F, 0x061C, 0x115F, 0x1160,  0x17B4,  0x17B5,  0x180B,  0x180E,  0x200B,
        0x200C, 0x200D, 0x200E, 0x200F, 0x202A,  0x202B,  0x202C,  0x202D,  0x202E,  0x2060,
        0x2061, 0x2066, 0x2067, 0x2068, 0x2069,  0x206F,  0x2800,  0x3164,  0xFEFF,  0xFFA0,
        0xFFF9, 0xFFFA, 0xFFFB, 0xFFFC, 0x1BCA0, 0x1D173, 0x1D17A, 0xE0001, 0xE0020, 0xE007F,
    };
    for (size_t i = 0; i < COUNT(codes); i++) {
        if (shown_character(codes[i]) != SHOWN_BOX) {
            fail_msg("U+%04X", (unsigned)codes[i]);
        }
    }
}

/* Variation selectors draw nothing either, but belong to names (CJK) and signs: they count as marks. */
static void bounds_variation_selectors(void **state) {
    (void)state;
    struct shown shown;
    shown_set(&shown, span_of_text("a\xEF\xB8\x8F\xEF\xB8\x8E\xEF\xB8\x8F\xF3\xA0\x84\x80"
                                   "b"));
    assert_span_text(shown_span(&shown), "a\xEF\xB8\x8F\xEF\xB8\x8E"
                                         "b");
}

static void bounds_combining_marks(void **state) {
    (void)state;
    struct shown shown;
    shown_set(&shown, span_of_text("Z\xCC\x80\xCC\x81\xCC\x82\xCC\x83"
                                   "a\xCC\x80"));
    assert_span_text(shown_span(&shown), "Z\xCC\x80\xCC\x81"
                                         "a\xCC\x80");
    char heap[2001];
    for (size_t i = 0; i < 1000; i++) {
        memcpy(heap + 2 * i, "\xCC\x80", 3);
    }
    shown_set(&shown, span_of_text(heap));
    assert_int_equal(shown.len, 4);
}

static void cuts_long_text_at_a_whole_character(void **state) {
    (void)state;
    static char letters[5001];
    struct shown shown;
    memset(letters, 'x', 5000);
    shown_set(&shown, span_of_text(letters));
    assert_int_equal(shown.len, LIMIT_SHOWN_BYTES);
    assert_span_text(span_slice(shown_span(&shown), LIMIT_SHOWN_BYTES - 4, 4), "x" ELLIPSIS);
    letters[LIMIT_SHOWN_BYTES] = 0;
    shown_set(&shown, span_of_text(letters));
    assert_int_equal(shown.len, LIMIT_SHOWN_BYTES);
    assert_span_text(span_slice(shown_span(&shown), LIMIT_SHOWN_BYTES - 1, 4), "x");
    for (size_t width = 0; width < 4; width++) {
        char text[1024] = "abc";
        for (size_t at = width; at + 4 < sizeof text; at += 4) {
            memcpy(text + at, "\xF0\x9F\x98\x80", 5);
        }
        shown_set(&shown, span_of_text(text));
        assert_true(shown.len <= LIMIT_SHOWN_BYTES);
        assert_true(utf8_valid(shown_span(&shown)));
        assert_span_text(span_slice(shown_span(&shown), shown.len - 3u, 3), ELLIPSIS);
    }
}

static void leaves_nothing_of_an_earlier_text(void **state) {
    (void)state;
    struct shown shown;
    shown_set(&shown, span_of_text("a secret name"));
    shown_set(&shown, span_of_text("x"));
    for (size_t i = 1; i < LIMIT_SHOWN_BYTES; i++) {
        assert_int_equal(shown.bytes[i], 0);
    }
}

static void makes_every_code_point_one_that_may_be_drawn(void **state) {
    (void)state;
    for (uint32_t code = 0; code <= 0x110000; code++) {
        uint32_t drawn = shown_character(code);
        uint8_t bytes[4];
        assert_true(drawn >= ' ' && utf8_encode(drawn, bytes) > 0);
        assert_int_equal(shown_character(drawn), drawn);
    }
    assert_int_equal(shown_character(UTF8_INVALID), SHOWN_BOX);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(makes_hostile_text_safe),
        cmocka_unit_test(boxes_every_character_that_turns_hides_or_draws_nothing),
        cmocka_unit_test(bounds_variation_selectors),
        cmocka_unit_test(bounds_combining_marks),
        cmocka_unit_test(cuts_long_text_at_a_whole_character),
        cmocka_unit_test(leaves_nothing_of_an_earlier_text),
        cmocka_unit_test(makes_every_code_point_one_that_may_be_drawn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
