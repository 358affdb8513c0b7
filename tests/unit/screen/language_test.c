/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include "screen/language.h"

static void knows_each_language_by_code_and_name(void **state) {
    (void)state;
    for (unsigned i = 0; i < LANGUAGE_COUNT; i++) {
        enum language language = LANGUAGE_COUNT;
        assert_ok(language_of_code(span_of_text(language_code((enum language)i)), &language));
        assert_int_equal(language, i);
        assert_non_null(language_name((enum language)i));
    }
    assert_null(language_code(LANGUAGE_COUNT));
    assert_null(language_name((enum language)99));
    assert_true(language_is_rtl(LANGUAGE_ARABIC));
    assert_false(language_is_rtl(LANGUAGE_RUSSIAN));
    assert_false(language_is_rtl((enum language)99));
}

static void refuses_other_languages(void **state) {
    (void)state;
    enum language language = LANGUAGE_ARABIC;
    assert_err(language_of_code(span_of_text("xx"), &language), ERR_LANGUAGE_UNKNOWN);
    assert_err(language_of_code(span_of_text("e"), &language), ERR_LANGUAGE_UNKNOWN);
    assert_err(language_of_code((struct span){0}, &language), ERR_LANGUAGE_UNKNOWN);
    assert_int_equal(language, LANGUAGE_ARABIC);
}

/* CLDR 44, plural rules. */
static void chooses_plural_forms(void **state) {
    (void)state;
    static const struct {
        uint64_t n;
        unsigned english, russian, arabic;
    } cases[] = {{0, 1, 2, 0},   {1, 0, 0, 1},   {2, 1, 1, 2},   {3, 1, 1, 3},         {5, 1, 2, 3},
                 {10, 1, 2, 3},  {11, 1, 2, 4},  {14, 1, 2, 4},  {21, 1, 0, 4},        {22, 1, 1, 4},
                 {41, 1, 0, 4},  {99, 1, 2, 4},  {100, 1, 2, 5}, {101, 1, 0, 5},       {102, 1, 1, 5},
                 {103, 1, 1, 3}, {111, 1, 2, 4}, {112, 1, 2, 4}, {UINT64_MAX, 1, 2, 4}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(language_plural_form(LANGUAGE_ENGLISH, cases[i].n), cases[i].english);
        assert_int_equal(language_plural_form(LANGUAGE_RUSSIAN, cases[i].n), cases[i].russian);
        assert_int_equal(language_plural_form(LANGUAGE_ARABIC, cases[i].n), cases[i].arabic);
    }
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_each_language_by_code_and_name),
        cmocka_unit_test(refuses_other_languages),
        cmocka_unit_test(chooses_plural_forms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
