/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

static void compares_bytes(void **state) {
    (void)state;
    assert_true(span_equal(span_of_text("abc"), span_of_bytes("abcd", 3)));
    assert_false(span_equal(span_of_text("abc"), span_of_text("abd")));
    assert_false(span_equal(span_of_text("abc"), span_of_text("ab")));
    assert_false(span_equal(span_of_text("ab"), span_of_text("abc")));
    assert_false(span_equal((struct span){0}, span_of_text("a")));
    assert_false(span_equal_text(span_of_text("ab"), "abc"));
    assert_true(span_equal((struct span){0}, span_of_text("")));
    assert_true(span_equal_text(span_of_bytes("a\0b", 1), "a"));
    assert_false(span_equal_text(span_of_bytes("a\0b", 3), "a"));
    assert_true(span_equal_text((struct span){0}, ""));
}

static void compares_without_regard_to_capitals(void **state) {
    (void)state;
    assert_true(span_equal_small(span_of_text("vC+JwT"), "vc+jwt"));
    assert_true(span_equal_small((struct span){0}, ""));
    assert_false(span_equal_small(span_of_text("vc"), "vc+"));
    assert_false(span_equal_small(span_of_text("vc+"), "vc"));
    assert_false(span_equal_small(span_of_text("[@"), "{`")); /* 32 apart, and no letters */
    assert_false(span_equal_small(span_of_text("\xC0"), "\xE0"));
}

static void knows_what_a_text_starts_with(void **state) {
    (void)state;
    assert_true(span_starts_with(span_of_text("did:key:z"), "did:key:"));
    assert_true(span_starts_with(span_of_text("did"), ""));
    assert_true(span_starts_with((struct span){0}, ""));
    assert_false(span_starts_with(span_of_text("did"), "did:"));
    assert_false(span_starts_with(span_of_text("DID:"), "did:"));
    assert_false(span_starts_with((struct span){0}, "d"));
}

static void cuts_slices_at_the_end(void **state) {
    (void)state;
    struct span text = span_of_text("abcdef");
    assert_span_text(span_slice(text, 0, 6), "abcdef");
    assert_span_text(span_slice(text, 2, 3), "cde");
    assert_span_text(span_slice(text, 4, 100), "ef");
    assert_span_text(span_slice(text, 4, SIZE_MAX), "ef");
    assert_int_equal(span_slice(text, 6, 1).len, 0);
    assert_int_equal(span_slice(text, SIZE_MAX, SIZE_MAX).len, 0);
    assert_int_equal(span_slice((struct span){0}, 0, 1).len, 0);
}

static void finds_bytes(void **state) {
    (void)state;
    struct span text = span_of_text("a.b.c");
    assert_int_equal(span_find(text, '.', 0), 1);
    assert_int_equal(span_find(text, '.', 1), 1);
    assert_int_equal(span_find(text, '.', 2), 3);
    assert_int_equal(span_find(text, '.', 4), 5);
    assert_int_equal(span_find(text, '.', 5), 5);
    assert_int_equal(span_find(text, '.', SIZE_MAX), 5);
    assert_int_equal(span_find((struct span){0}, '.', 0), 0);
}

static void orders_by_bytes_and_the_shorter_first(void **state) {
    (void)state;
    assert_int_equal(span_order(span_of_text("ab"), span_of_text("ab")), 0);
    assert_true(span_order(span_of_text("ab"), span_of_text("b")) < 0);
    assert_true(span_order(span_of_text("b"), span_of_text("ab")) > 0);
    assert_true(span_order(span_of_text("a"), span_of_text("ab")) < 0);
    assert_true(span_order(span_of_text("ab"), span_of_text("a")) > 0);
    assert_true(span_order(span_of_text("\x7f"), span_of_text("\x80")) < 0);
    assert_int_equal(span_order((struct span){0}, span_of_text("")), 0);
    assert_true(span_order((struct span){0}, span_of_text("a")) < 0);
}

static void reads_whole_numbers(void **state) {
    (void)state;
    static const struct {
        const char *text;
        bool whole;
        uint64_t value;
    } cases[] = {
        {"0", true, 0},    {"7", true, 7},    {"0042", true, 42}, {"9999", true, 9999}, {"10000", false, 0},
        {"", false, 0},    {"-1", false, 0},  {"+1", false, 0},   {" 1", false, 0},     {"1 ", false, 0},
        {"1.0", false, 0}, {"1e3", false, 0}, {"/", false, 0},    {":", false, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint64_t value = 77;
        assert_int_equal(span_decimal(span_of_text(cases[i].text), 4, &value), cases[i].whole);
        assert_int_equal(value, cases[i].whole ? cases[i].value : 77);
    }
    uint64_t most = 0;
    assert_true(span_decimal(span_of_text("9999999999999999999"), 19, &most));
    assert_true(most == UINT64_C(9999999999999999999));
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(compares_bytes),
        cmocka_unit_test(compares_without_regard_to_capitals),
        cmocka_unit_test(knows_what_a_text_starts_with),
        cmocka_unit_test(cuts_slices_at_the_end),
        cmocka_unit_test(finds_bytes),
        cmocka_unit_test(orders_by_bytes_and_the_shorter_first),
        cmocka_unit_test(reads_whole_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
