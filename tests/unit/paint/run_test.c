/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdio.h>

#include "base/utf8.h"
#include "paint/run.h"
#include "paint/script.h"

#define ALEF  "\u0627"
#define BA    "\u0628"
#define TA    "\u062A"
#define FATHA "\u064E"

static struct run_line line;

/* Face 0: Latin, digits, signs, U+0301; face 1: Arabic with its marks, and space; face 2: the box alone. */
static bool provides(void *ctx, int face, uint32_t code) {
    (void)ctx;
    switch (face) {
    case 0:
        return (code >= 0x20 && code < 0x250) || code == 0x301;
    case 1:
        return (code >= 0x600 && code < 0x700) || code == ' ';
    default:
        return code == RUN_MISSING;
    }
}

static const struct run_faces faces = {NULL, 3, provides};

/* The runs from left to right as "[script face direction text]". */
static const char *split(const char *text, enum draw_direction direction) {
    static char out[2048];
    size_t used = 0;
    run_split(span_of_text(text), direction, &faces, &line);
    out[0] = 0;
    for (int i = 0; i < line.count; i++) {
        const struct run *run = &line.runs[i];
        int len = snprintf(out + used, sizeof out - used, "[%s%d%c %s]", run->script, run->face,
                           run->rtl ? '<' : '>', line.text + run->at);
        assert_true(len > 0 && (size_t)len < sizeof out - used);
        used += (size_t)len;
    }
    return out;
}

static void a_line_of_one_kind_is_one_run(void **state) {
    (void)state;
    assert_string_equal(split("Trust list, 12 Aug", DRAW_LTR), "[Latn0> Trust list, 12 Aug]");
    assert_string_equal(split(ALEF BA " " TA, DRAW_RTL), "[Arab1< " ALEF BA " " TA "]");
    assert_string_equal(split("", DRAW_LTR), "");
}

static void runs_stand_in_the_order_of_the_screen(void **state) {
    (void)state;
    assert_string_equal(split("a " ALEF BA " b", DRAW_LTR),
                        "[Latn0> a ][Arab1< " ALEF BA "][Arab1>  ][Latn0> b]");
    assert_string_equal(split(ALEF " abc " BA, DRAW_RTL),
                        "[Arab1< " BA "][Latn0<  ][Latn0> abc][Arab1< " ALEF " ]");
}

static void digits_inside_arabic_read_from_left_to_right(void **state) {
    (void)state;
    /* Read from the right: alef, 123, ba. */
    assert_string_equal(split(ALEF "123" BA, DRAW_RTL), "[Arab1< " BA "][Arab0> 123][Arab1< " ALEF "]");
}

static void brackets_go_with_what_they_enclose(void **state) {
    (void)state;
    /* Arabic in brackets inside Arabic: all one direction, so that shaping mirrors both brackets (N0, L4). */
    assert_string_equal(split(ALEF "(" BA ")", DRAW_RTL),
                        "[Arab0< )][Arab1< " BA "][Arab0< (][Arab1< " ALEF "]");
    /* English in brackets inside an English line stays as it is. */
    assert_string_equal(split("a (b)", DRAW_LTR), "[Latn0> a (b)]");
}

static void marks_stay_with_their_letter(void **state) {
    (void)state;
    assert_string_equal(split(ALEF FATHA BA FATHA, DRAW_RTL), "[Arab1< " ALEF FATHA BA FATHA "]");
    assert_string_equal(split("e\u0301e", DRAW_LTR), "[Latn0> e\u0301e]");
    /* A mark that the letter's typeface lacks is left out, not drawn upon something else. */
    assert_string_equal(split("e" FATHA "e", DRAW_LTR), "[Latn0> ee]");
}

static void what_no_typeface_has_becomes_a_box(void **state) {
    (void)state;
    assert_string_equal(split("a\u4E2Db", DRAW_LTR), "[Latn0> a][Latn2> \u25A1][Latn0> b]");
    assert_string_equal(split("a\xFF"
                              "b\x01",
                              DRAW_LTR),
                        "[Latn0> a][Latn2> \u25A1][Latn0> b][Latn2> \u25A1]");
}

static void the_first_letter_gives_an_automatic_direction(void **state) {
    (void)state;
    assert_string_equal(split("1 " ALEF, DRAW_AUTO_LTR), split("1 " ALEF, DRAW_RTL));
    assert_string_equal(split("1 a", DRAW_AUTO_RTL), "[Latn0> 1 a]");
    assert_string_equal(split("1 2", DRAW_AUTO_LTR), "[Latn0> 1 2]");
}

/* Every character is in one run or replaced by a box, whatever the bytes are. */
static void bounded_for_any_bytes(void **state) {
    (void)state;
    static char text[8192];
    uint32_t seed = 1;
    for (int round = 0; round < 200; round++) {
        for (size_t i = 0; i < sizeof text; i++) {
            seed = seed * 1664525u + 1013904223u;
            text[i] = (char)(seed >> 24);
        }
        run_split(span_of_bytes(text, (size_t)round * 40), (enum draw_direction)(round % 4), &faces, &line);
        assert_true(line.count <= RUN_COUNT_MAX && line.text_len <= RUN_TEXT_MAX);
        for (int i = 0; i < line.count; i++) {
            assert_true(line.runs[i].at < line.text_len);
            assert_true(utf8_valid(span_of_text(line.text + line.runs[i].at)));
        }
    }
    for (size_t i = 0; i + 3 < sizeof text; i += 3) {
        memcpy(text + i, i % 2 == 0 ? "a" ALEF : BA "b", 3);
    }
    run_split(span_of_bytes(text, sizeof text), DRAW_LTR, &faces, &line);
    assert_true(line.count <= RUN_COUNT_MAX);
    struct run_faces none = {0};
    run_split(span_of_text("abc"), DRAW_LTR, &none, &line);
    assert_int_equal(line.count, 0);
}

static void scripts_are_found_by_block(void **state) {
    (void)state;
    assert_string_equal(script_of('a'), "Latn");
    assert_string_equal(script_of(0x0416), "Cyrl");
    assert_string_equal(script_of(0x0628), "Arab");
    assert_string_equal(script_of(0xFEFC), "Arab");
    assert_string_equal(script_of(0x05D0), "Hebr");
    assert_null(script_of('1'));
    assert_null(script_of(0x2026));
    assert_null(script_of(0x10FFFF));
    assert_true(script_joins(0x200D));
    assert_false(script_joins('a'));
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_of_one_kind_is_one_run),
        cmocka_unit_test(runs_stand_in_the_order_of_the_screen),
        cmocka_unit_test(digits_inside_arabic_read_from_left_to_right),
        cmocka_unit_test(brackets_go_with_what_they_enclose),
        cmocka_unit_test(marks_stay_with_their_letter),
        cmocka_unit_test(what_no_typeface_has_becomes_a_box),
        cmocka_unit_test(the_first_letter_gives_an_automatic_direction),
        cmocka_unit_test(bounded_for_any_bytes),
        cmocka_unit_test(scripts_are_found_by_block),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
