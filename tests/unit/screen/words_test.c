/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include "screen/words.h"
#include "tests/lib/screen_cases.h"

#define AUGUST_12_2200 1786572000 /* 2026-08-12 22:00:00 UTC */

static void fills_places_in_any_order(void **state) {
    (void)state;
    const struct span args[] = {span_of_text("one"), span_of_text("two")};
    struct words words = {0};
    words_fill(&words, span_of_text("%2, %1 and %9 100%"), args, 2);
    assert_span_text(words_span(&words), "two, one and  100");
}

static void leaves_out_what_does_not_fit(void **state) {
    (void)state;
    static const char much[WORDS_BYTES];
    struct words words = {0};
    words_put(&words, span_of_bytes(much, sizeof much - 1));
    words_put(&words, span_of_text("ab"));
    assert_int_equal(words.len, WORDS_BYTES - 1);
    words_put(&words, span_of_text("a"));
    assert_int_equal(words.len, WORDS_BYTES);
}

static void writes_dates_in_each_language(void **state) {
    (void)state;
    static const char *const days[] = {"13 Aug", "13 \u0430\u0432\u0433.",
                                       "13 \u0623\u063A\u0633\u0637\u0633"};
    for (unsigned i = 0; i < LANGUAGE_COUNT; i++) {
        struct catalogue catalogue = screen_case_catalogue((enum language)i);
        struct words words = {0};
        words_put_day(&words, &catalogue, AUGUST_12_2200, 2 * 3600);
        assert_span_text(words_span(&words), days[i]);
        catalogue_close(&catalogue);
    }
    struct words words = {0};
    words_put_date(&words, NULL, AUGUST_12_2200, 0);
    words_put(&words, span_of_text(" "));
    words_put_clock(&words, AUGUST_12_2200, 90 * 60);
    assert_span_text(words_span(&words), "12 August 2026 23:30");
}

static void takes_the_ends_of_time(void **state) {
    (void)state;
    struct words words = {0};
    words_put_date(&words, NULL, INT64_MAX, 3600);
    words_put_date(&words, NULL, INT64_MIN, -3600);
    assert_true(words.len > 0);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(fills_places_in_any_order),
        cmocka_unit_test(leaves_out_what_does_not_fit),
        cmocka_unit_test(writes_dates_in_each_language),
        cmocka_unit_test(takes_the_ends_of_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
