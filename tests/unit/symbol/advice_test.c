/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include "symbol/advice.h"

/* A camera's frame at 30 a second. */
#define FRAME_MS 33

/* Show the same for a while; returns after how long something else was said first, or -1. */
static int64_t show(struct advice *advice, enum guidance seen, int64_t *now_ms, int64_t for_ms) {
    enum guidance before = advice->said;
    int64_t from_ms = *now_ms, changed_ms = -1;
    for (; *now_ms < from_ms + for_ms; *now_ms += FRAME_MS) {
        if (advice_note(advice, seen, *now_ms) != before && changed_ms < 0) {
            changed_ms = *now_ms - from_ms;
        }
    }
    return changed_ms;
}

static void every_hint_is_said_within_half_a_second(void **state) {
    (void)state;
    for (enum guidance hint = GUIDANCE_FAR; hint < GUIDANCE_COUNT; hint++) {
        struct advice advice = {0};
        int64_t now_ms = 1000;
        assert_int_equal(show(&advice, GUIDANCE_NOTHING, &now_ms, 3000), -1);
        int64_t after_ms = show(&advice, hint, &now_ms, 1000);
        assert_int_equal(advice.said, hint);
        assert_in_range(after_ms, 100, 350);
    }
}

static void a_slow_camera_says_it_with_the_second_picture(void **state) {
    (void)state;
    struct advice advice = {0};
    assert_int_equal(advice_note(&advice, GUIDANCE_FAR, 1000), GUIDANCE_NOTHING);
    assert_int_equal(advice_note(&advice, GUIDANCE_FAR, 1300), GUIDANCE_FAR);
}

static void a_few_pictures_that_seem_blurred_say_nothing(void **state) {
    (void)state;
    struct advice advice = {0};
    for (int i = 0; i < 300; i++) {
        enum guidance seen = i % 3 == 0 ? GUIDANCE_BLURRED : GUIDANCE_NOTHING;
        assert_int_equal(advice_note(&advice, seen, i * FRAME_MS), GUIDANCE_NOTHING);
    }
}

/* Two reasons in turn: one of them is said, and stays. */
static void reasons_in_turn_do_not_flicker(void **state) {
    (void)state;
    struct advice advice = {0};
    unsigned changes = 0;
    enum guidance before = GUIDANCE_NOTHING;
    for (int i = 0; i < 300; i++) {
        enum guidance said = advice_note(&advice, i % 2 == 0 ? GUIDANCE_BLURRED : GUIDANCE_FAR, i * FRAME_MS);
        changes += said != before;
        before = said;
    }
    assert_int_not_equal(before, GUIDANCE_NOTHING);
    assert_in_range(changes, 1, 300 * FRAME_MS / ADVICE_LEAST_MS);
}

static void a_read_code_ends_it_at_once_and_nothing_contradicts_it(void **state) {
    (void)state;
    struct advice advice = {0};
    int64_t now_ms = 0;
    (void)show(&advice, GUIDANCE_BLURRED, &now_ms, 1000);
    assert_int_equal(advice.said, GUIDANCE_BLURRED);
    assert_int_equal(advice_note(&advice, GUIDANCE_READ, now_ms), GUIDANCE_READ);
    int64_t after_ms = show(&advice, GUIDANCE_BLURRED, &now_ms, 3000);
    assert_in_range(after_ms, ADVICE_READ_MS, ADVICE_READ_MS + 500);
    assert_int_equal(advice.said, GUIDANCE_BLURRED);
}

static void it_ends_when_the_code_is_gone(void **state) {
    (void)state;
    struct advice advice = {0};
    int64_t now_ms = 0;
    (void)show(&advice, GUIDANCE_NEAR, &now_ms, 2000);
    int64_t after_ms = show(&advice, GUIDANCE_NOTHING, &now_ms, 2000);
    assert_in_range(after_ms, 100, 500);
    assert_int_equal(advice.said, GUIDANCE_NOTHING);
}

static void one_picture_without_a_reason_ends_nothing(void **state) {
    (void)state;
    struct advice advice = {0};
    int64_t now_ms = 0;
    (void)show(&advice, GUIDANCE_FAR, &now_ms, 2000);
    for (int i = 0; i < 60; i++, now_ms += FRAME_MS) {
        enum guidance seen = i % 2 == 0 ? GUIDANCE_NOTHING : GUIDANCE_FAR;
        assert_int_equal(advice_note(&advice, seen, now_ms), GUIDANCE_FAR);
    }
}

/* A poster: said in vain, then no more until it was away. */
static void what_helps_nobody_is_not_said_for_ever(void **state) {
    (void)state;
    struct advice advice = {0};
    int64_t now_ms = 0;
    (void)show(&advice, GUIDANCE_BLURRED, &now_ms, 1000);
    int64_t after_ms = show(&advice, GUIDANCE_BLURRED, &now_ms, 2 * ADVICE_MOST_MS);
    assert_in_range(after_ms, ADVICE_MOST_MS - 1500, ADVICE_MOST_MS);
    assert_int_equal(advice.said, GUIDANCE_NOTHING);
    (void)show(&advice, GUIDANCE_FAR, &now_ms, 1000);
    assert_int_equal(advice.said, GUIDANCE_FAR);
    (void)show(&advice, GUIDANCE_NOTHING, &now_ms, 1000);
    (void)show(&advice, GUIDANCE_BLURRED, &now_ms, 1000);
    assert_int_equal(advice.said, GUIDANCE_BLURRED);
}

/* Two decoders may finish in the other order. */
static void an_older_picture_and_an_unknown_word_are_passed_over(void **state) {
    (void)state;
    struct advice advice = {0};
    int64_t now_ms = 0;
    (void)show(&advice, GUIDANCE_FAR, &now_ms, 1000);
    unsigned count = advice.count;
    assert_int_equal(advice_note(&advice, GUIDANCE_READ, now_ms - 500), GUIDANCE_FAR);
    assert_int_equal(advice_note(&advice, GUIDANCE_COUNT, now_ms), GUIDANCE_FAR);
    assert_int_equal(advice.count, count);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_hint_is_said_within_half_a_second),
        cmocka_unit_test(a_slow_camera_says_it_with_the_second_picture),
        cmocka_unit_test(a_few_pictures_that_seem_blurred_say_nothing),
        cmocka_unit_test(reasons_in_turn_do_not_flicker),
        cmocka_unit_test(a_read_code_ends_it_at_once_and_nothing_contradicts_it),
        cmocka_unit_test(it_ends_when_the_code_is_gone),
        cmocka_unit_test(one_picture_without_a_reason_ends_nothing),
        cmocka_unit_test(what_helps_nobody_is_not_said_for_ever),
        cmocka_unit_test(an_older_picture_and_an_unknown_word_are_passed_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
