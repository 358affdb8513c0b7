/* SPDX-License-Identifier: Apache-2.0 */
/* No sentence of any language is drawn as boxes: each of its characters is in one of the fonts. */
#include "tests/lib/check.h"

#include "base/utf8.h"
#include "paint/paint.h"
#include "paint/run.h"
#include "paint/typeface.h"
#include "tests/lib/screen_cases.h"

static struct draw_list list;
static struct screen_view view;
static struct run_line line;
static struct typefaces faces;

static bool provided(uint32_t code) {
    struct run_faces choice = typeface_choice(&faces);
    for (int face = 0; face < choice.count; face++) {
        if (choice.provides(choice.ctx, face, code)) {
            return true;
        }
    }
    return false;
}

static int missing_in(struct span text) {
    int missing = 0;
    for (size_t at = 0; at < text.len;) {
        uint32_t code = utf8_next(text, &at);
        if (code >= 0x20 && !provided(code)) {
            print_error("U+%04X is in no font: \"%.*s\"\n", code, (int)text.len, (const char *)text.ptr);
            missing++;
        }
    }
    return missing;
}

/* Sentences of verdicts, check lines and errors, in one language. */
static int missing_in_tables(const struct catalogue *catalogue) {
    int missing = 0;
    for (unsigned i = 1; i < REASON_COUNT; i++) {
        missing += missing_in(catalogue_text(catalogue, verdict_reason_sentence((enum verdict_reason)i)));
        missing += missing_in(catalogue_text(catalogue, verdict_reason_advice((enum verdict_reason)i)));
    }
    for (unsigned i = 0; i < SENTENCE_COUNT; i++) {
        missing += missing_in(catalogue_text(catalogue, verdict_sentence_text((enum verdict_sentence)i)));
    }
    for (unsigned i = 1; i < ERR_COUNT; i++) {
        missing += missing_in(catalogue_text(catalogue, err_sentence((enum err)i)));
    }
    return missing;
}

static int missing_on_screens(const struct catalogue *catalogue) {
    int missing = 0;
    for (size_t i = 0; i < screen_case_count; i++) {
        screen_case_view(&screen_cases[i], &screen_sizes[0], catalogue, &view);
        screen_draw(&view, &screen_case_measure, &list, NULL);
        for (int k = 0; k < list.op_count; k++) {
            missing += list.ops[k].kind == DRAW_TEXT ? missing_in(draw_text_of(&list, &list.ops[k])) : 0;
        }
    }
    return missing;
}

static void every_character_of_every_language_is_in_a_font(void **state) {
    (void)state;
    int missing = 0;
    for (unsigned i = 0; i < LANGUAGE_COUNT; i++) {
        struct catalogue catalogue = screen_case_catalogue((enum language)i);
        missing += missing_in_tables(&catalogue) + missing_on_screens(&catalogue);
        catalogue_close(&catalogue);
    }
    assert_int_equal(missing, 0);
}

/* What a person may be called and what a badge may say, beyond the languages of the screens. */
static void names_in_many_scripts_are_in_a_font(void **state) {
    (void)state;
    static const char *const names[] = {"Ąžuolė Łukasz", "Ελένη", "Բարեւ", "დავითი", "שלום",
                                        "प्रिया",         "ไทย",   "ሰላም",   "தமிழ்"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_int_equal(missing_in(span_of_text(names[i])), 0);
    }
}

/* Arabic letters are shaped by the Arabic font from right to left, in one run a word. */
static void arabic_goes_to_the_arabic_font(void **state) {
    (void)state;
    struct run_faces choice = typeface_choice(&faces);
    run_split(span_of_text("صالحة"), DRAW_RTL, &choice, &line);
    assert_int_equal(line.count, 1);
    assert_int_equal(line.runs[0].face, 1);
    assert_true(line.runs[0].rtl);
    assert_string_equal(line.runs[0].script, "Arab");
    run_split(span_of_text("(صالحة)"), DRAW_RTL, &choice, &line);
    assert_int_equal(line.count, 3);
    assert_int_equal(line.runs[0].face, 0); /* it has no brackets of its own */
}

static int open_fonts(void **state) {
    (void)state;
    return TTF_Init() != 0 || typeface_open_all("assets/fonts/fonts.list", &faces) != ERR_OK;
}

static int close_fonts(void **state) {
    (void)state;
    typeface_close_all(&faces);
    TTF_Quit();
    return 0;
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_character_of_every_language_is_in_a_font),
        cmocka_unit_test(names_in_many_scripts_are_in_a_font),
        cmocka_unit_test(arabic_goes_to_the_arabic_font),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
