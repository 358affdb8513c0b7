/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdlib.h>

#include "kiosk/seen.h"

static void a_payload_is_seen_before_the_second_time(void **state) {
    (void)state;
    static struct seen seen;
    assert_ok(crypto_start());
    assert_ok(seen_start(&seen));
    assert_false(seen_note(&seen, span_of_text("one")));
    assert_false(seen_note(&seen, span_of_text("two")));
    assert_true(seen_note(&seen, span_of_text("one")));
    assert_int_equal(seen.count, 2);
}

static void two_runs_keep_different_hashes(void **state) {
    (void)state;
    static struct seen a, b;
    assert_ok(seen_start(&a));
    assert_ok(seen_start(&b));
    (void)seen_note(&a, span_of_text("one"));
    (void)seen_note(&b, span_of_text("one"));
    assert_memory_not_equal(a.hashes[0], b.hashes[0], SEEN_BYTES);
}

static void the_oldest_is_forgotten_for_one_more(void **state) {
    (void)state;
    static struct seen seen;
    assert_ok(seen_start(&seen));
    for (uint32_t i = 0; i <= SEEN_MAX; i++) {
        assert_false(seen_note(&seen, span_of_bytes(&i, sizeof i)));
    }
    uint32_t first = 0, second = 1;
    assert_true(seen_note(&seen, span_of_bytes(&second, sizeof second)));
    assert_false(seen_note(&seen, span_of_bytes(&first, sizeof first)));
}

static void without_a_salt_nothing_is_remembered(void **state) {
    (void)state;
    static struct seen seen;
    assert_false(seen_note(&seen, span_of_text("one")));
    assert_false(seen_note(&seen, span_of_text("one")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_payload_is_seen_before_the_second_time),
        cmocka_unit_test(two_runs_keep_different_hashes),
        cmocka_unit_test(the_oldest_is_forgotten_for_one_more),
        cmocka_unit_test(without_a_salt_nothing_is_remembered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
