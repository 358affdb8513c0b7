/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include "symbol/sighting.h"

/* A picture every 33 ms; a text is what it holds: codes split by '|', or nothing. */
struct watch {
    struct sighting sighting;
    int64_t now_ms;
};

static enum sighting_kind show(struct watch *watch, const char *codes) {
    struct symbols symbols = {0};
    struct span text = span_of_text(codes);
    for (size_t at = 0; at < text.len && symbols.count < SYMBOL_MAX;) {
        size_t end = span_find(text, '|', at);
        symbols.payloads[symbols.count++] = span_slice(text, at, end - at);
        at = end + 1;
    }
    struct span payload;
    watch->now_ms += 33;
    enum sighting_kind kind = sighting_note(&watch->sighting, &symbols, watch->now_ms, &payload);
    bool given = kind == SIGHTING_NEW || kind == SIGHTING_SAME;
    assert_int_equal(payload.len, given ? symbols.payloads[0].len : 0);
    return kind;
}

static void show_nothing(struct watch *watch, unsigned pictures) {
    for (unsigned i = 0; i < pictures; i++) {
        assert_int_equal(show(watch, ""), SIGHTING_NONE);
    }
}

static void judges_a_code_once_while_it_stays(void **state) {
    (void)state;
    struct watch watch = {0};
    assert_int_equal(show(&watch, "a"), SIGHTING_NEW);
    for (unsigned i = 0; i < 1000; i++) {
        assert_int_equal(show(&watch, "a"), SIGHTING_SAME);
    }
}

static void is_patient_with_blurred_pictures(void **state) {
    (void)state;
    struct watch watch = {0};
    assert_int_equal(show(&watch, "a"), SIGHTING_NEW);
    show_nothing(&watch, SIGHTING_ABSENT_MS / 33 - 1);
    assert_int_equal(show(&watch, "a"), SIGHTING_SAME);
}

static void judges_again_what_left_and_came_back(void **state) {
    (void)state;
    struct watch watch = {0};
    assert_int_equal(show(&watch, "a"), SIGHTING_NEW);
    show_nothing(&watch, SIGHTING_ABSENT_MS / 33 + 2);
    assert_int_equal(show(&watch, "a"), SIGHTING_NEW);
}

static void takes_no_stall_of_the_camera_for_a_departure(void **state) {
    (void)state;
    struct watch watch = {0};
    assert_int_equal(show(&watch, "a"), SIGHTING_NEW);
    watch.now_ms += 60000;
    assert_int_equal(show(&watch, "a"), SIGHTING_SAME);
    watch.now_ms += 60000;
    show_nothing(&watch, SIGHTING_ABSENT_PICTURES - 1);
    assert_int_equal(show(&watch, "a"), SIGHTING_SAME);
}

static void says_two_codes_and_judges_neither(void **state) {
    (void)state;
    struct watch watch = {0};
    assert_int_equal(show(&watch, "a|b"), SIGHTING_TWO_CODES);
    assert_int_equal(show(&watch, "b|a|b"), SIGHTING_TWO_CODES);
    assert_int_equal(show(&watch, "b"), SIGHTING_NEW);
    assert_int_equal(show(&watch, "a|b"), SIGHTING_TWO_CODES);
    assert_int_equal(show(&watch, "b"), SIGHTING_SAME);
    assert_int_equal(show(&watch, "a"), SIGHTING_NEW);
}

static void counts_the_same_code_twice_as_one(void **state) {
    (void)state;
    struct watch watch = {0};
    assert_int_equal(show(&watch, "a|a|a"), SIGHTING_NEW);
    assert_int_equal(show(&watch, "a|a"), SIGHTING_SAME);
}

static void does_not_flicker_between_codes_seen_in_turn(void **state) {
    (void)state;
    struct watch watch = {0};
    assert_int_equal(show(&watch, "a"), SIGHTING_NEW);
    assert_int_equal(show(&watch, "b"), SIGHTING_NEW);
    for (unsigned i = 0; i < 100; i++) {
        assert_int_equal(show(&watch, "a"), SIGHTING_SAME);
        assert_int_equal(show(&watch, "b"), SIGHTING_SAME);
    }
}

static void forgets_the_code_seen_longest_ago_first(void **state) {
    (void)state;
    struct watch watch = {0};
    static const char *const codes[] = {"a", "b", "c", "d", "e"};
    for (size_t i = 0; i < SIGHTING_MEMORY + 1; i++) {
        assert_int_equal(show(&watch, codes[i]), SIGHTING_NEW);
    }
    assert_int_equal(show(&watch, "b"), SIGHTING_SAME);
    assert_int_equal(show(&watch, "a"), SIGHTING_NEW);
}

static void compares_all_bytes(void **state) {
    (void)state;
    struct watch watch = {0};
    assert_int_equal(show(&watch, "badge-1"), SIGHTING_NEW);
    assert_int_equal(show(&watch, "badge-2"), SIGHTING_NEW);
    assert_int_equal(show(&watch, "badge-12"), SIGHTING_NEW);
}

/* A picture that comes after a newer one. */
static void show_late(struct watch *watch, const char *code) {
    struct symbols symbols = {.count = 1, .payloads = {span_of_text(code)}};
    watch->now_ms += 33;
    sighting_note_late(&watch->sighting, &symbols, watch->now_ms);
}

static void a_late_picture_keeps_its_code_in_view(void **state) {
    (void)state;
    struct watch watch = {0};
    assert_int_equal(show(&watch, "a"), SIGHTING_NEW);
    for (unsigned i = 0; i < 10; i++) {
        show_nothing(&watch, SIGHTING_ABSENT_MS / 33 - 2);
        show_late(&watch, "a");
    }
    assert_int_equal(show(&watch, "a"), SIGHTING_SAME);
}

static void nothing_is_new_in_a_late_picture(void **state) {
    (void)state;
    struct watch watch = {0};
    assert_int_equal(show(&watch, "a"), SIGHTING_NEW);
    show_late(&watch, "b");
    assert_int_equal(show(&watch, "a"), SIGHTING_SAME);
    assert_int_equal(show(&watch, "b"), SIGHTING_NEW);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(judges_a_code_once_while_it_stays),
        cmocka_unit_test(is_patient_with_blurred_pictures),
        cmocka_unit_test(judges_again_what_left_and_came_back),
        cmocka_unit_test(takes_no_stall_of_the_camera_for_a_departure),
        cmocka_unit_test(says_two_codes_and_judges_neither),
        cmocka_unit_test(counts_the_same_code_twice_as_one),
        cmocka_unit_test(does_not_flicker_between_codes_seen_in_turn),
        cmocka_unit_test(forgets_the_code_seen_longest_ago_first),
        cmocka_unit_test(compares_all_bytes),
        cmocka_unit_test(a_late_picture_keeps_its_code_in_view),
        cmocka_unit_test(nothing_is_new_in_a_late_picture),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
