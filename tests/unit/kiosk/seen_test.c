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

/* Verdicts of these reasons, each about the credential of the letter below it. */
static struct verdicts scan(const enum verdict_reason *reasons, const char *tags) {
    struct verdicts verdicts = {.count = (uint32_t)strlen(tags)};
    for (uint32_t i = 0; i < verdicts.count; i++) {
        verdicts.list[i].reason = reasons[i];
        memset(verdicts.list[i].credential.tag, tags[i], VERDICT_TAG_BYTES);
    }
    return verdicts;
}

static bool noted(const struct verdict *verdict) {
    return (verdict->notes >> (REASON_SEEN_BEFORE - REASON_STATUS_UNKNOWN) & 1) == 1;
}

static void each_credential_of_a_scan_is_weakened_by_itself(void **state) {
    (void)state;
    static const enum verdict_reason reasons[] = {REASON_OK, REASON_STATUS_STALE, REASON_REVOKED, REASON_OK};
    static struct seen seen;
    assert_ok(seen_start(&seen));
    struct verdicts first = scan(reasons, "abc"), later = scan(reasons, "abcd");
    seen_weaken(&seen, &first);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(first.list[i].reason, reasons[i]);
        assert_false(noted(&first.list[i]));
    }
    seen_weaken(&seen, &later);
    assert_int_equal(later.list[0].reason, REASON_SEEN_BEFORE);
    assert_true(noted(&later.list[0]));
    assert_int_equal(later.list[1].reason, REASON_STATUS_STALE);
    assert_true(noted(&later.list[1]));
    assert_int_equal(later.list[2].reason, REASON_REVOKED);
    assert_false(noted(&later.list[2]));
    assert_int_equal(later.list[3].reason, REASON_OK);
    assert_false(noted(&later.list[3]));
}

static void a_credential_twice_in_one_scan_was_not_seen_before(void **state) {
    (void)state;
    static const enum verdict_reason reasons[] = {REASON_OK, REASON_OK, REASON_OK};
    static struct seen seen;
    assert_ok(seen_start(&seen));
    struct verdicts verdicts = scan(reasons, "aba"), again = scan(reasons, "aa");
    seen_weaken(&seen, &verdicts);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(verdicts.list[i].reason, REASON_OK);
    }
    seen_weaken(&seen, &again);
    assert_int_equal(again.list[0].reason, REASON_SEEN_BEFORE);
    assert_int_equal(again.list[1].reason, REASON_SEEN_BEFORE);
}

static void what_was_never_found_good_was_never_seen(void **state) {
    (void)state;
    static const enum verdict_reason bad[] = {REASON_REVOKED, REASON_UNKNOWN_ISSUER}, good[] = {REASON_OK};
    static struct seen seen;
    assert_ok(seen_start(&seen));
    struct verdicts first = scan(bad, "ab"), later = scan(good, "a");
    seen_weaken(&seen, &first);
    seen_weaken(&seen, &later);
    assert_int_equal(later.list[0].reason, REASON_OK);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_payload_is_seen_before_the_second_time),
        cmocka_unit_test(two_runs_keep_different_hashes),
        cmocka_unit_test(the_oldest_is_forgotten_for_one_more),
        cmocka_unit_test(each_credential_of_a_scan_is_weakened_by_itself),
        cmocka_unit_test(a_credential_twice_in_one_scan_was_not_seen_before),
        cmocka_unit_test(what_was_never_found_good_was_never_seen),
        cmocka_unit_test(without_a_salt_nothing_is_remembered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
