/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include "policy/policy.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct policy_list list_of(const char *one, const char *two) {
    struct policy_list out = {0};
    if (one != NULL) {
        out.names[out.count++] = span_of_text(one);
    }
    if (two != NULL) {
        out.names[out.count++] = span_of_text(two);
    }
    return out;
}

static struct claimed_credential badge(void) {
    struct claimed_credential out = {.type_count = 2};
    out.issuer = span_of_text("https://issuer.example");
    out.types[0] = span_of_text("VerifiableCredential");
    out.types[1] = span_of_text("OpenBadgeCredential");
    out.achievement_type = span_of_text("Badge");
    out.achievement_id = span_of_text("https://issuer.example/a/1");
    return out;
}

static void admits_what_every_list_names(void **state) {
    (void)state;
    static const struct {
        const char *issuer, *type, *achievement;
        enum policy_event expected;
    } cases[] = {
        {NULL, NULL, NULL, POLICY_NO_RULES},
        {"https://issuer.example", NULL, NULL, POLICY_ADMITTED},
        {"https://issuer.example/", NULL, NULL, POLICY_NOT_ADMITTED},
        {"https://ISSUER.example", NULL, NULL, POLICY_NOT_ADMITTED},
        {NULL, "OpenBadgeCredential", NULL, POLICY_ADMITTED},
        {NULL, "Badge", NULL, POLICY_ADMITTED},
        {NULL, "Diploma", NULL, POLICY_NOT_ADMITTED},
        {NULL, NULL, "https://issuer.example/a/1", POLICY_ADMITTED},
        {NULL, NULL, "https://issuer.example/a/2", POLICY_NOT_ADMITTED},
        {"https://issuer.example", "Badge", "https://issuer.example/a/1", POLICY_ADMITTED},
        {"https://issuer.example", "Badge", "https://issuer.example/a/2", POLICY_NOT_ADMITTED},
        {"https://other.example", "Badge", "https://issuer.example/a/1", POLICY_NOT_ADMITTED},
    };
    struct claimed_credential claimed = badge();
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct policy policy = {.issuers = list_of(cases[i].issuer, NULL),
                                .types = list_of(cases[i].type, NULL),
                                .achievements = list_of(cases[i].achievement, NULL)};
        assert_int_equal(policy_event_of(&policy, &claimed), cases[i].expected);
    }
    struct policy two = {.types = list_of("Diploma", "Badge")};
    assert_int_equal(policy_event_of(&two, &claimed), POLICY_ADMITTED);
}

static void admits_no_absent_name_under_an_empty_one(void **state) {
    (void)state;
    struct policy policy = {.achievements = list_of("", NULL)};
    struct claimed_credential claimed = {0};
    assert_int_equal(policy_event_of(&policy, &claimed), POLICY_NOT_ADMITTED);
}

static void answers_about_dates_as_far_as_the_clock_can_tell(void **state) {
    (void)state;
    const int64_t open = INTERVAL_UNBOUNDED;
    const struct {
        int64_t from_s, until_s; /* 0: absent */
        int64_t lo_s, hi_s;
        enum policy_dates expected;
    } cases[] = {
        {0, 0, 0, open, POLICY_DATES_NONE},          {100, 200, 150, 150, POLICY_DATES_IN_FORCE},
        {100, 200, 100, 199, POLICY_DATES_IN_FORCE}, {100, 200, 150, 250, POLICY_DATES_UNKNOWN},
        {100, 200, 150, open, POLICY_DATES_UNKNOWN}, {100, 200, 201, open, POLICY_DATES_EXPIRED},
        {100, 200, 201, 300, POLICY_DATES_EXPIRED},  {100, 200, 50, 99, POLICY_DATES_NOT_YET_VALID},
        {100, 200, 50, 100, POLICY_DATES_UNKNOWN},   {100, 200, 50, open, POLICY_DATES_UNKNOWN},
        {100, 0, 100, open, POLICY_DATES_IN_FORCE},  {100, 0, 50, open, POLICY_DATES_UNKNOWN},
        {0, 200, 0, 199, POLICY_DATES_IN_FORCE},     {0, 200, 0, open, POLICY_DATES_UNKNOWN},
        {0, 200, 201, open, POLICY_DATES_EXPIRED},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct claimed_credential claimed = {
            .valid_from = {cases[i].from_s != 0, cases[i].from_s},
            .valid_until = {cases[i].until_s != 0, cases[i].until_s},
        };
        struct interval now = {cases[i].lo_s, cases[i].hi_s, INTERVAL_STATED, 0};
        if (policy_dates_of(&claimed, &now) != cases[i].expected) {
            fail_msg("case %zu: %d", i, (int)policy_dates_of(&claimed, &now));
        }
    }
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(admits_what_every_list_names),
        cmocka_unit_test(admits_no_absent_name_under_an_empty_one),
        cmocka_unit_test(answers_about_dates_as_far_as_the_clock_can_tell),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
