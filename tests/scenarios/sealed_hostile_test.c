/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"
#include "tests/lib/sealed_attacks.h"

#include <stdio.h>

static struct world world;

static int set_up(void **state) {
    (void)state;
    world_start(&world, false);
    sealed_attacks_shelve(&world);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    world_stop(&world);
    return 0;
}

static void judge(void *ctx, const struct sealed_attack *attack) {
    unsigned *wrong = ctx;
    struct verdict verdict = {0};
    world_verify(&world, attack->payload, &verdict);
    if (verdict.reason != attack->reason || verdict.cause != attack->cause) {
        fprintf(stderr, "%s: %s by %s\n", attack->name, verdict_reason_code(verdict.reason),
                err_name(verdict.cause));
        ++*wrong;
    }
}

static void names_what_was_done_to_a_credential(void **state) {
    (void)state;
    unsigned wrong = 0;
    sealed_attacks_each(&world, judge, &wrong);
    assert_int_equal(wrong, 0);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_what_was_done_to_a_credential),
    };
    return cmocka_run_group_tests_name("sealed, hostile", tests, set_up, tear_down);
}
