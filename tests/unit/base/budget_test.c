/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include "base/limits.h"
#include "base/budget.h"

static void ends_at_the_limit_and_stays_there(void **state) {
    (void)state;
    struct budget budget = {0};
    assert_ok(budget_spend(&budget, LIMIT_SCAN_BUDGET - 1));
    assert_ok(budget_spend(&budget, 1));
    assert_ok(budget_spend(&budget, 0));
    assert_err(budget_spend(&budget, 1), ERR_BUDGET);
    assert_err(budget_spend(&budget, 1), ERR_BUDGET);
}

static void refuses_what_would_pass_the_limit_and_all_that_follows(void **state) {
    (void)state;
    struct budget budget = {0};
    assert_err(budget_spend(&budget, UINT64_MAX), ERR_BUDGET);
    assert_err(budget_spend(&budget, 1), ERR_BUDGET);
}

static void counts_for_nobody(void **state) {
    (void)state;
    assert_ok(budget_spend(NULL, UINT64_MAX));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ends_at_the_limit_and_stays_there),
        cmocka_unit_test(refuses_what_would_pass_the_limit_and_all_that_follows),
        cmocka_unit_test(counts_for_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
