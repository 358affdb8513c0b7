/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include "screen/text.h"
#include "tests/lib/screen_cases.h"

#define ARABIC "\u0633\u0644\u0627\u0645"

/* At size 100 a cluster is 60 wide. */
static struct text_lines wrapped(const char *text, int clusters, int lines) {
    struct text_lines out = {0};
    text_wrap(&screen_case_measure, span_of_text(text), 100, false, clusters * 60, lines, &out);
    return out;
}

static void assert_line(const struct text_lines *lines, int i, const char *text) {
    assert_true(i < lines->count);
    assert_span_text(span_of_bytes(lines->lines[i].bytes, lines->lines[i].len), text);
}

static void breaks_at_spaces(void **state) {
    (void)state;
    struct text_lines lines = wrapped("one two  three", 7, 3);
    assert_int_equal(lines.count, 2);
    assert_line(&lines, 0, "one two");
    assert_line(&lines, 1, "three");
    assert_false(lines.cut);
    assert_false(lines.broken);
}

static void breaks_long_words_between_clusters(void **state) {
    (void)state;
    struct text_lines lines = wrapped("abcdef", 4, 3);
    assert_line(&lines, 0, "abcd");
    assert_line(&lines, 1, "ef");
    assert_true(lines.broken);
    lines = wrapped("ae\u0301\u0302e\u0301", 2, 3);
    assert_line(&lines, 0, "ae\u0301\u0302");
    assert_line(&lines, 1, "e\u0301");
}

static void ends_in_an_ellipsis_what_does_not_fit(void **state) {
    (void)state;
    struct text_lines lines = wrapped("one two three four", 7, 2);
    assert_true(lines.cut);
    assert_int_equal(lines.count, 2);
    assert_line(&lines, 1, "three\u2026");
    lines = wrapped("abcdefgh", 5, 1);
    assert_line(&lines, 0, "abcd\u2026");
    lines = wrapped("a b", 0, 1);
    assert_line(&lines, 0, "\u2026");
}

static void takes_empty_and_damaged_text(void **state) {
    (void)state;
    assert_int_equal(wrapped("", 5, 3).count, 0);
    assert_int_equal(wrapped("   ", 5, 3).count, 1);
    struct text_lines lines = wrapped("\xFF\xFE", 5, 3);
    assert_line(&lines, 0, "\xFF\xFE");
    lines = wrapped("\u0301\u0301", 5, 3);
    assert_line(&lines, 0, "\u0301\u0301");
}

static void never_writes_beyond_a_line(void **state) {
    (void)state;
    char text[4096];
    memset(text, 'i', sizeof text - 1);
    text[sizeof text - 1] = 0;
    struct text_lines lines = wrapped(text, 100000, 20);
    for (int i = 0; i < lines.count; i++) {
        assert_true(lines.lines[i].len < TEXT_LINE_BYTES);
    }
    assert_true(lines.count <= TEXT_LINES_MAX);
}

static void finds_the_direction_of_the_first_letter(void **state) {
    (void)state;
    static const struct {
        const char *text;
        enum draw_direction direction;
    } cases[] = {{"abc", DRAW_LTR},
                 {ARABIC, DRAW_RTL},
                 {"12 (" ARABIC " abc)", DRAW_RTL},
                 {"12 (abc " ARABIC ")", DRAW_LTR},
                 {"\u05D0", DRAW_RTL},
                 {"\u0416", DRAW_LTR},
                 {"123 + 4", DRAW_AUTO_RTL},
                 {"", DRAW_AUTO_RTL}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(text_direction(span_of_text(cases[i].text), DRAW_AUTO_RTL), cases[i].direction);
    }
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(breaks_at_spaces),
        cmocka_unit_test(breaks_long_words_between_clusters),
        cmocka_unit_test(ends_in_an_ellipsis_what_does_not_fit),
        cmocka_unit_test(takes_empty_and_damaged_text),
        cmocka_unit_test(never_writes_beyond_a_line),
        cmocka_unit_test(finds_the_direction_of_the_first_letter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
