/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include "trust/trust.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const struct interval noon = {1000, 1000, INTERVAL_STATED, 0};

static struct claimed_credential badge(void) {
    struct claimed_credential out = {.type_count = 2, .valid_from = {true, 500}};
    out.types[0] = span_of_text("VerifiableCredential");
    out.types[1] = span_of_text("OpenBadgeCredential");
    out.achievement_id = span_of_text("a:1");
    return out;
}

static void admits_listed_types_and_achievements(void **state) {
    (void)state;
    static const struct {
        const char *types, *achievements;
        enum trust_scope expected;
    } cases[] = {
        {"", "", TRUST_IN_SCOPE},
        {"OpenBadgeCredential", "", TRUST_IN_SCOPE},
        {"Diploma\nOpenBadgeCredential\n", "", TRUST_IN_SCOPE},
        {"Diploma", "", TRUST_OUT_OF_SCOPE},
        {"OpenBadge", "", TRUST_OUT_OF_SCOPE},
        {"OpenBadgeCredentials", "", TRUST_OUT_OF_SCOPE},
        {"\n", "", TRUST_OUT_OF_SCOPE},
        {"", "a:1", TRUST_IN_SCOPE},
        {"", "a:0\na:1", TRUST_IN_SCOPE},
        {"", "a:2", TRUST_OUT_OF_SCOPE},
        {"OpenBadgeCredential", "a:2", TRUST_OUT_OF_SCOPE},
    };
    struct claimed_credential claimed = badge();
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct pack_key key = {.types = span_of_text(cases[i].types),
                               .achievements = span_of_text(cases[i].achievements)};
        assert_int_equal(trust_scope_of(&key, &claimed, &noon), cases[i].expected);
    }
}

static void lets_a_key_for_status_lists_sign_nothing_else(void **state) {
    (void)state;
    struct claimed_credential claimed = badge();
    struct pack_key key = {.for_status = true};
    assert_int_equal(trust_scope_of(&key, &claimed, &noon), TRUST_OUT_OF_SCOPE);
}

static void asks_for_an_achievement_where_some_are_listed(void **state) {
    (void)state;
    struct claimed_credential claimed = {0};
    struct pack_key key = {.achievements = span_of_text("a:1")};
    assert_int_equal(trust_scope_of(&key, &claimed, &noon), TRUST_OUT_OF_SCOPE);
}

static void keeps_a_key_within_its_period(void **state) {
    (void)state;
    static const struct {
        int64_t key_from_s, key_until_s;
        bool dated;
        int64_t hi_s;
        enum trust_scope expected;
    } cases[] = {
        {900, 0, true, 1000, TRUST_IN_SCOPE}, /* a badge dated before its newer key */
        {1001, 0, true, 1000, TRUST_OUT_OF_PERIOD}, {0, 500, true, 1000, TRUST_IN_SCOPE},
        {0, 499, true, 1000, TRUST_OUT_OF_PERIOD},  {0, 1000, false, 1000, TRUST_IN_SCOPE},
        {0, 999, false, 1000, TRUST_OUT_OF_PERIOD}, {0, 2000, false, INTERVAL_UNBOUNDED, TRUST_OUT_OF_PERIOD},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct claimed_credential claimed = badge();
        claimed.valid_from.present = cases[i].dated;
        struct pack_key key = {.valid_from_s = cases[i].key_from_s, .valid_until_s = cases[i].key_until_s};
        struct interval now = {1000, cases[i].hi_s, INTERVAL_STATED, 0};
        if (trust_scope_of(&key, &claimed, &now) != cases[i].expected) {
            fail_msg("case %zu", i);
        }
    }
}

static void asks_no_period_of_a_withdrawn_key(void **state) {
    (void)state;
    struct claimed_credential claimed = badge();
    struct pack_key key = {.valid_until_s = 499, .withdrawn_at_s = 1};
    assert_int_equal(trust_scope_of(&key, &claimed, &noon), TRUST_IN_SCOPE);
    key.withdrawn_at_s = 0;
    assert_int_equal(trust_scope_of(&key, &claimed, &noon), TRUST_OUT_OF_PERIOD);
    key.for_status = true;
    assert_int_equal(trust_scope_of(&key, &claimed, &noon), TRUST_OUT_OF_SCOPE);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(admits_listed_types_and_achievements),
        cmocka_unit_test(lets_a_key_for_status_lists_sign_nothing_else),
        cmocka_unit_test(asks_for_an_achievement_where_some_are_listed),
        cmocka_unit_test(keeps_a_key_within_its_period),
        cmocka_unit_test(asks_no_period_of_a_withdrawn_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
