/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <sysexits.h>

#include "credctl/command.h"

static const struct option_spec table[] = {
    {"out", 'o', "FILE", "", OPTION_REQUIRED},
    {"many", 'm', "WORD", "", OPTION_MANY},
    {"flag", 'f', NULL, "", OPTION_ONCE},
    {"number", 0, "N", "", OPTION_ONCE},
};

/* Words up to a NULL. */
static bool parse(const char *const *words, struct options *out, char wrong[200]) {
    static char text[OPTIONS_MAX][32];
    static char *argv[OPTIONS_MAX];
    int argc = 0;
    for (; words[argc] != NULL; argc++) {
        memcpy(text[argc], words[argc], strlen(words[argc]) + 1);
        argv[argc] = text[argc];
    }
    return options_parse(table, sizeof table / sizeof *table, argc, argv, out, wrong);
}

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void reads_every_form_of_an_option(void **state) {
    (void)state;
    struct options options;
    char wrong[200];
    assert_true(parse(WORDS("--out", "a", "x", "-f", "--many=", "-mb", "-m", "-c", "-"), &options, wrong));
    assert_string_equal(options_value(&options, "out"), "a");
    assert_true(options_has(&options, "flag"));
    assert_string_equal(options_nth(&options, "many", 0), "");
    assert_string_equal(options_nth(&options, "many", 1), "b");
    assert_string_equal(options_nth(&options, "many", 2), "-c");
    assert_null(options_nth(&options, "many", 3));
    assert_int_equal(options.operand_count, 2);
    assert_string_equal(options.operands[1], "-");
}

static void two_dashes_end_the_options(void **state) {
    (void)state;
    struct options options;
    char wrong[200];
    assert_true(parse(WORDS("-oa", "--", "--flag", "--"), &options, wrong));
    assert_false(options_has(&options, "flag"));
    assert_int_equal(options.operand_count, 2);
    assert_string_equal(options.operands[0], "--flag");
}

static void refuses_mistakes_by_name(void **state) {
    (void)state;
    const struct {
        const char *const *words;
        const char *wrong;
    } cases[] = {
        {(const char *const[]){"x", NULL}, "this option is missing: out"},
        {(const char *const[]){"--out", NULL}, "this option needs a value: --out"},
        {(const char *const[]){"-o", "a", "-o", "b", NULL}, "this option stands twice: -o"},
        {(const char *const[]){"--flag=x", NULL}, "this option takes no value: --flag=x"},
        {(const char *const[]){"-fx", NULL}, "this option takes no value: -fx"},
        {(const char *const[]){"--fla", NULL}, "no such option: --fla"},
        {(const char *const[]){"--flags", NULL}, "no such option: --flags"},
        {(const char *const[]){"-z", NULL}, "no such option: -z"},
        {(const char *const[]){"--=x", NULL}, "no such option: --=x"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct options options;
        char wrong[200] = "";
        assert_false(parse(cases[i].words, &options, wrong));
        assert_string_equal(wrong, cases[i].wrong);
    }
}

static void refuses_more_options_than_it_has_room_for(void **state) {
    (void)state;
    static char word[] = "-mx";
    char *argv[OPTIONS_MAX + 1];
    struct options options;
    char wrong[200] = "";
    for (size_t i = 0; i <= OPTIONS_MAX; i++) {
        argv[i] = word;
    }
    assert_false(options_parse(table, sizeof table / sizeof *table, OPTIONS_MAX + 1, argv, &options, wrong));
    assert_string_equal(wrong, "too many options: -mx");
    assert_false(options_parse(table, sizeof table / sizeof *table, OPTIONS_MAX, argv, &options, wrong));
    assert_string_equal(wrong, "this option is missing: out");
}

static void takes_any_number_of_operands_in_their_order(void **state) {
    (void)state;
    static char picture[] = "p", last[] = "last", out[] = "-oa";
    static char *argv[4 * OPTIONS_MAX];
    struct options options;
    char wrong[200] = "";
    size_t count = sizeof argv / sizeof *argv;
    for (size_t i = 0; i < count; i++) {
        argv[i] = i == 7 ? out : i + 1 == count ? last : picture;
    }
    assert_true(options_parse(table, sizeof table / sizeof *table, (int)count, argv, &options, wrong));
    assert_int_equal(options.operand_count, count - 1);
    assert_ptr_equal(options.operands[0], picture);
    assert_ptr_equal(options.operands[count - 2], last);
}

static void a_number_is_digits_within_its_range(void **state) {
    (void)state;
    static const char *const bad[] = {
        "", " 5", "5 ", "5x", "0x5", "+5", "4", "11", "-5", "1e1", "9999999999999999999"};
    struct options options;
    char wrong[200];
    int64_t number = 77;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_true(parse(WORDS("-oa", "--number", bad[i]), &options, wrong));
        assert_false(options_number(&options, "number", 5, 10, 6, &number));
        assert_int_equal(number, 77);
    }
    assert_true(parse(WORDS("-oa", "--number", "10"), &options, wrong));
    assert_true(options_number(&options, "number", 5, 10, 6, &number));
    assert_int_equal(number, 10);
    assert_true(options_number(&options, "many", 5, 10, 6, &number));
    assert_int_equal(number, 6);
    assert_string_equal(options_or(&options, "many", "else"), "else");
}

static void every_error_has_a_status_of_sysexits(void **state) {
    (void)state;
    assert_int_equal(command_status(ERR_OK), EX_OK);
    assert_int_equal(command_status(ERR_FILE_MISSING), EX_NOINPUT);
    assert_int_equal(command_status(ERR_FILE_EXISTS), EX_CANTCREAT);
    assert_int_equal(command_status(ERR_JSON_SYNTAX), EX_DATAERR);
    for (int err = ERR_OK + 1; err < ERR_COUNT; err++) {
        int status = command_status((enum err)err);
        assert_true(status >= EX__BASE && status <= EX__MAX);
    }
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_form_of_an_option),
        cmocka_unit_test(two_dashes_end_the_options),
        cmocka_unit_test(refuses_mistakes_by_name),
        cmocka_unit_test(refuses_more_options_than_it_has_room_for),
        cmocka_unit_test(takes_any_number_of_operands_in_their_order),
        cmocka_unit_test(a_number_is_digits_within_its_range),
        cmocka_unit_test(every_error_has_a_status_of_sysexits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
