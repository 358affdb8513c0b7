/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

static void every_error_has_a_name(void **state) {
    (void)state;
    for (int i = 1; i < ERR_COUNT; i++) {
        const char *name = err_name((enum err)i);
        assert_non_null(name);
        assert_int_equal(strncmp(name, "ERR_", 4), 0);
        for (int j = 1; j < i; j++) {
            assert_string_not_equal(name, err_name((enum err)j));
        }
    }
    assert_string_equal(err_name(ERR_OK), "ERR_OK");
    assert_string_equal(err_name(ERR_NO_ROOM), "ERR_NO_ROOM");
}

static void every_error_has_a_sentence_of_its_own(void **state) {
    (void)state;
    for (int i = 1; i < ERR_COUNT; i++) {
        const char *sentence = err_sentence((enum err)i);
        size_t len = strlen(sentence);
        if (len < 10 || sentence[0] < 'A' || sentence[0] > 'Z' || sentence[len - 1] != '.') {
            fail_msg("%s: \"%s\" is no sentence", err_name((enum err)i), sentence);
        }
        for (int j = 1; j < i; j++) {
            if (strcmp(sentence, err_sentence((enum err)j)) == 0) {
                fail_msg("%s and %s say the same", err_name((enum err)i), err_name((enum err)j));
            }
        }
    }
    assert_string_equal(err_sentence(ERR_OK), "");
}

static void knows_nothing_outside_the_list(void **state) {
    (void)state;
    assert_null(err_name(ERR_COUNT));
    assert_null(err_sentence(ERR_COUNT));
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_error_has_a_name),
        cmocka_unit_test(every_error_has_a_sentence_of_its_own),
        cmocka_unit_test(knows_nothing_outside_the_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
