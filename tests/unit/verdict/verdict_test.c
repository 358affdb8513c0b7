/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include "verdict/verdict.h"

static void words_every_reason(void **state) {
    (void)state;
    for (int i = REASON_NONE + 1; i < REASON_COUNT; i++) {
        enum verdict_reason reason = (enum verdict_reason)i;
        assert_non_null(verdict_reason_code(reason));
        assert_non_null(verdict_reason_sentence(reason));
        assert_non_null(verdict_reason_advice(reason));
        assert_int_not_equal(verdict_class_of(reason), VERDICT_NONE);
    }
    assert_string_equal(verdict_reason_code(REASON_WRONG_EVENT), "wrong_event");
    assert_string_equal(verdict_reason_code(REASON_OK), "ok");
}

static void gives_one_reason_the_good_class(void **state) {
    (void)state;
    int good = 0;
    for (int i = 0; i <= REASON_COUNT; i++) {
        good += verdict_class_of((enum verdict_reason)i) == VERDICT_VALID;
    }
    assert_int_equal(good, 1);
    assert_int_equal(verdict_class_of(REASON_OK), VERDICT_VALID);
}

static void calls_what_is_no_reason_cannot_check(void **state) {
    (void)state;
    assert_int_equal(verdict_class_of(REASON_NONE), VERDICT_CANNOT_CHECK);
    assert_int_equal(verdict_class_of((enum verdict_reason)REASON_COUNT), VERDICT_CANNOT_CHECK);
    assert_int_equal(verdict_class_of((enum verdict_reason)1000), VERDICT_CANNOT_CHECK);
    assert_null(verdict_reason_code(REASON_NONE));
    assert_null(verdict_reason_code((enum verdict_reason)1000));
    assert_null(verdict_reason_sentence((enum verdict_reason)1000));
    assert_null(verdict_reason_advice(REASON_NONE));
}

static void names_classes_checks_and_results(void **state) {
    (void)state;
    assert_null(verdict_class_code(VERDICT_NONE));
    assert_string_equal(verdict_class_code(VERDICT_VALID_NOTE), "valid_note");
    assert_null(verdict_class_code((enum verdict_class)99));
    assert_string_equal(verdict_check_code(CHECK_FRESHNESS), "freshness");
    assert_string_equal(verdict_check_code(CHECK_HOLDER), "holder");
    assert_null(verdict_check_code(CHECK_COUNT));
    assert_string_equal(verdict_result_code(RESULT_NOT_APPLICABLE), "not_applicable");
    assert_null(verdict_result_code(RESULT_COUNT));
}

/* 1 not valid, 2 cannot check, 3 a note, 0 valid, as the exit statuses have it. */
static void finds_the_first_of_the_worst(void **state) {
    (void)state;
    static const struct {
        uint32_t count, worst;
        enum verdict_reason reasons[4];
    } cases[] = {
        {0, 0, {REASON_REVOKED}},
        {1, 0, {REASON_OK}},
        {2, 1, {REASON_OK, REASON_SEEN_BEFORE}},
        {3, 1, {REASON_SEEN_BEFORE, REASON_UNKNOWN_ISSUER, REASON_OK}},
        {4, 2, {REASON_OK, REASON_UNKNOWN_ISSUER, REASON_EXPIRED, REASON_EXPIRED}},
        {4, 3, {REASON_WRONG_EVENT, REASON_UNKNOWN_ISSUER, REASON_EXPIRED, REASON_ALTERED}},
        {3, 2, {REASON_OK, REASON_SEEN_BEFORE, REASON_NONE}},
        {3, 0, {REASON_OK, REASON_OK, REASON_OK}},
        {2, 0, {REASON_OK, REASON_OK, REASON_REVOKED}}, /* past the count there is nothing */
        {LIMIT_PRESENTED + 1, 1, {REASON_OK, REASON_REVOKED}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct verdicts verdicts = {.count = cases[i].count};
        for (int k = 0; k < 4; k++) {
            verdicts.list[k].reason = cases[i].reasons[k];
        }
        assert_int_equal(verdict_worst(&verdicts), cases[i].worst);
    }
}

static void words_every_check_line(void **state) {
    (void)state;
    for (int i = 0; i < SENTENCE_COUNT; i++) {
        assert_non_null(verdict_sentence_text((enum verdict_sentence)i));
    }
    assert_string_equal(verdict_sentence_text(SENTENCE_NOT_CHECKED), "Not checked.");
    assert_string_equal(verdict_sentence_text(SENTENCE_COUNT), "Not checked.");
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_every_reason),
        cmocka_unit_test(gives_one_reason_the_good_class),
        cmocka_unit_test(calls_what_is_no_reason_cannot_check),
        cmocka_unit_test(names_classes_checks_and_results),
        cmocka_unit_test(finds_the_first_of_the_worst),
        cmocka_unit_test(words_every_check_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
