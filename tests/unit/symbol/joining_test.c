/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include "symbol/joining.h"

static struct joining joining;
static struct symbols picture;

static int clear(void **state) {
    (void)state;
    memset(&joining, 0, sizeof joining);
    memset(&picture, 0, sizeof picture);
    return 0;
}

static struct symbol_part part(const char *text, uint8_t index, uint8_t total, const char *whole) {
    uint8_t parity = 0;
    for (const char *c = whole; *c != 0; c++) {
        parity ^= (uint8_t)*c;
    }
    return (struct symbol_part){span_of_text(text), index, total, parity};
}

/* A picture of one part. */
static void show(struct symbol_part shown, int64_t now_ms) {
    picture = (struct symbols){.part_count = 1, .parts = {shown}};
    joining_note(&joining, &picture, now_ms);
}

static void joins_parts_of_one_picture_in_their_order(void **state) {
    (void)state;
    picture.part_count = 3;
    picture.parts[0] = part("ghi", 2, 3, "abcdefghi");
    picture.parts[1] = part("abc", 0, 3, "abcdefghi");
    picture.parts[2] = part("def", 1, 3, "abcdefghi");
    joining_note(&joining, &picture, 1);
    assert_int_equal(picture.count, 1);
    assert_span_text(picture.payloads[0], "abcdefghi");
}

static void joins_parts_across_pictures_and_tells_which_are_here(void **state) {
    (void)state;
    show(part("def", 1, 3, "abcdefghi"), 100);
    assert_int_equal(picture.count, 0);
    assert_int_equal(joining.seen, 2);
    assert_int_equal(joining.total, 3);
    show(part("ghi", 2, 3, "abcdefghi"), 5000);
    assert_int_equal(joining.seen, 6);
    show(part("ghi", 2, 3, "abcdefghi"), 6000);
    assert_int_equal(picture.count, 0);
    show(part("abc", 0, 3, "abcdefghi"), 9000);
    assert_int_equal(picture.count, 1);
    assert_span_text(picture.payloads[0], "abcdefghi");
    show(part("def", 1, 3, "abcdefghi"), 9100);
    assert_int_equal(picture.count, 1);
    assert_span_text(picture.payloads[0], "abcdefghi");
}

static void joins_sixteen_parts(void **state) {
    (void)state;
    static const char text[] = "ABCDEFGHIJKLMNOP";
    for (unsigned i = 0; i < 16; i++) {
        char letter[2] = {text[15 - i], 0};
        show(part(letter, (uint8_t)(15 - i), 16, text), (int64_t)i * 1000);
        assert_int_equal(picture.count, i == 15);
    }
    assert_span_text(picture.payloads[0], text);
}

static void takes_an_empty_part_for_what_it_is(void **state) {
    (void)state;
    show(part("", 1, 2, "abc"), 1);
    show(part("abc", 0, 2, "abc"), 2);
    assert_int_equal(picture.count, 1);
    assert_span_text(picture.payloads[0], "abc");
}

static void gives_no_message_of_no_bytes(void **state) {
    (void)state;
    show(part("", 0, 1, ""), 1);
    assert_int_equal(picture.count, 0);
    assert_int_equal(picture.passed_over, 1);
}

static void refuses_a_message_whose_parity_is_wrong(void **state) {
    (void)state;
    show(part("abc", 0, 2, "something else"), 1);
    show(part("def", 1, 2, "something else"), 2);
    assert_int_equal(picture.count, 0);
    assert_int_equal(picture.passed_over, 1);
    assert_int_equal(joining.total, 0);
    assert_int_equal(joining.seen, 0);
}

static void begins_anew_for_another_message(void **state) {
    (void)state;
    show(part("abc", 0, 2, "abcdef"), 1);
    show(part("xyz", 1, 3, "abcdef"), 2); /* another total */
    assert_int_equal(joining.seen, 2);
    assert_int_equal(joining.total, 3);
    show(part("uvw", 0, 3, "another"), 3); /* another parity */
    assert_int_equal(joining.seen, 1);
    show(part("def", 1, 2, "abcdef"), 4);
    show(part("ABC", 0, 2, "abcdef"),
         5); /* parity knows no capitals in threes: 'a' ^ 'A' is left three times */
    assert_int_equal(picture.count, 0);
}

static void begins_anew_when_a_part_has_other_bytes(void **state) {
    (void)state;
    show(part("abc", 0, 3, "abcdefghi"), 1);
    show(part("def", 1, 3, "abcdefghi"), 2);
    show(part("cab", 0, 3, "abcdefghi"), 3); /* of the same parity */
    assert_int_equal(joining.seen, 1);
    show(part("ghi", 2, 3, "abcdefghi"), 4);
    assert_int_equal(picture.count, 0);
    show(part("def", 1, 3, "abcdefghi"), 5);
    assert_int_equal(picture.count, 1);
    assert_span_text(picture.payloads[0], "cabdefghi");
}

static void forgets_parts_that_were_not_seen_for_long(void **state) {
    (void)state;
    show(part("abc", 0, 2, "abcdef"), 0);
    for (unsigned i = 0; i <= JOINING_ABSENT_PICTURES; i++) {
        picture = (struct symbols){0};
        joining_note(&joining, &picture, JOINING_ABSENT_MS);
    }
    assert_int_equal(joining.seen, 1);
    joining_note(&joining, &picture, JOINING_ABSENT_MS + 1);
    assert_int_equal(joining.seen, 0);
    assert_int_equal(joining.total, 0);
    show(part("def", 1, 2, "abcdef"), JOINING_ABSENT_MS + 2);
    assert_int_equal(picture.count, 0);
}

/* A camera that stalls shows nothing else meanwhile. */
static void forgets_nothing_in_a_pause_without_pictures(void **state) {
    (void)state;
    show(part("abc", 0, 2, "abcdef"), 0);
    show(part("def", 1, 2, "abcdef"), 10 * JOINING_ABSENT_MS);
    assert_int_equal(picture.count, 1);
}

static void takes_no_part_that_cannot_be(void **state) {
    (void)state;
    static uint8_t long_bytes[LIMIT_SYMBOL_BYTES + 1];
    show((struct symbol_part){span_of_text("a"), 0, 0, 'a'}, 1);
    show((struct symbol_part){span_of_text("a"), 2, 2, 'a'}, 1);
    show((struct symbol_part){span_of_text("a"), 16, 17, 'a'}, 1);
    show((struct symbol_part){span_of_bytes(long_bytes, sizeof long_bytes), 0, 1, 0}, 1);
    assert_int_equal(joining.total, 0);
    assert_int_equal(picture.count, 0);
}

static void refuses_a_message_that_is_too_long(void **state) {
    (void)state;
    static uint8_t zeros[LIMIT_SYMBOL_BYTES];
    for (uint8_t i = 0; i < 16; i++) {
        show((struct symbol_part){span_of_bytes(zeros, 2953), i, 16, 0}, i);
    }
    assert_int_equal(picture.count, 1);
    assert_int_equal(picture.payloads[0].len, LIMIT_JOINED_BYTES);
    memset(&joining, 0, sizeof joining);
    for (uint8_t i = 0; i < 16; i++) {
        show((struct symbol_part){span_of_bytes(zeros, i == 7 ? 2954 : 2953), i, 16, 0}, i);
    }
    assert_int_equal(picture.count, 0);
    assert_int_equal(picture.passed_over, 1);
}

static void adds_no_payload_past_the_most(void **state) {
    (void)state;
    picture = (struct symbols){.count = SYMBOL_MAX, .part_count = 1, .parts = {part("a", 0, 1, "a")}};
    joining_note(&joining, &picture, 1);
    assert_int_equal(picture.count, SYMBOL_MAX);
    assert_int_equal(picture.passed_over, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(joins_parts_of_one_picture_in_their_order, clear),
        cmocka_unit_test_setup(joins_parts_across_pictures_and_tells_which_are_here, clear),
        cmocka_unit_test_setup(joins_sixteen_parts, clear),
        cmocka_unit_test_setup(takes_an_empty_part_for_what_it_is, clear),
        cmocka_unit_test_setup(gives_no_message_of_no_bytes, clear),
        cmocka_unit_test_setup(refuses_a_message_whose_parity_is_wrong, clear),
        cmocka_unit_test_setup(begins_anew_for_another_message, clear),
        cmocka_unit_test_setup(begins_anew_when_a_part_has_other_bytes, clear),
        cmocka_unit_test_setup(forgets_parts_that_were_not_seen_for_long, clear),
        cmocka_unit_test_setup(forgets_nothing_in_a_pause_without_pictures, clear),
        cmocka_unit_test_setup(takes_no_part_that_cannot_be, clear),
        cmocka_unit_test_setup(refuses_a_message_that_is_too_long, clear),
        cmocka_unit_test_setup(adds_no_payload_past_the_most, clear),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
