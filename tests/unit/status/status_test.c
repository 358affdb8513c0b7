/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include "status/status.h"
#include "tests/lib/world_fixture.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define AS_OF_S      (TESTPACK_IAT_S - 3600)

static struct credential_status entry(const char *kind, const char *purpose, const char *list,
                                      uint64_t index) {
    return (struct credential_status){
        span_of_text(kind), span_of_text(purpose), span_of_text(list), true, index, 1};
}

#define REVOCATION(number, index)                                                                            \
    entry("BitstringStatusListEntry", "revocation", WORLD_ISSUER "/status/" number, index)
#define SUSPENSION(number, index)                                                                            \
    entry("BitstringStatusListEntry", "suspension", WORLD_ISSUER "/status/" number, index)

static struct status ask(const struct credential_status *entries, size_t count, int64_t hi_s) {
    struct claimed_credential claimed = {.issuer = span_of_text(WORLD_ISSUER), .status_count = count};
    struct interval now = {WORLD_NOW_S, hi_s, INTERVAL_STATED, 0};
    struct status out = {0};
    memcpy(claimed.statuses, entries, count * sizeof *entries);
    assert_ok(status_ask(world.pack, &claimed, &now, &world.arena, &out));
    arena_wipe(&world.arena);
    return out;
}

static void answers_for_one_entry(void **state) {
    (void)state;
    const struct {
        struct credential_status entry;
        enum status_answer expected;
    } cases[] = {
        {REVOCATION("1", 6), STATUS_GOOD},
        {REVOCATION("1", 7), STATUS_REVOKED},
        {REVOCATION("1", 131071), STATUS_GOOD},
        {REVOCATION("1", 131072), STATUS_UNKNOWN},
        {REVOCATION("1", UINT64_MAX), STATUS_UNKNOWN},
        {SUSPENSION("2", 7), STATUS_SUSPENDED},
        {SUSPENSION("2", 8), STATUS_GOOD},
        {SUSPENSION("1", 8), STATUS_UNKNOWN}, /* the list is of another purpose */
        {REVOCATION("3", 8), STATUS_STALE},
        {REVOCATION("3", 7), STATUS_REVOKED},
        {REVOCATION("4", 8), STATUS_UNKNOWN}, /* signed by another issuer */
        {REVOCATION("5", 8), STATUS_UNKNOWN}, /* a list of another kind */
        {REVOCATION("7", 8), STATUS_GOOD},    /* signed under its issuer's other name */
        {REVOCATION("9", 8), STATUS_UNKNOWN}, /* absent */
        {entry("TokenStatusList", "revocation", WORLD_ISSUER "/status/1", 8), STATUS_UNKNOWN},
        {entry("BitstringStatusListEntry", "refresh", WORLD_ISSUER "/status/1", 8), STATUS_UNKNOWN},
        {entry("BitstringStatusListEntry", "", WORLD_ISSUER "/status/1", 8), STATUS_UNKNOWN},
        {entry("BitstringStatusListEntry", "revocation", "", 8), STATUS_UNKNOWN},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct status got = ask(&cases[i].entry, 1, WORLD_NOW_S);
        if (got.answer != cases[i].expected) {
            fail_msg("case %zu: %d", i, (int)got.answer);
        }
        assert_int_equal(got.has_as_of, cases[i].expected != STATUS_UNKNOWN);
        assert_int_equal(got.as_of_s, got.has_as_of ? AS_OF_S : 0);
    }
}

static void covers_no_entry_of_another_size_than_the_list_s(void **state) {
    (void)state;
    for (uint32_t bits = 0; bits <= 8; bits++) {
        struct credential_status one = REVOCATION("1", 8);
        one.bits = bits;
        assert_int_equal(ask(&one, 1, WORLD_NOW_S).answer, bits == 1 ? STATUS_GOOD : STATUS_UNKNOWN);
    }
}

static void covers_no_entry_without_an_index(void **state) {
    (void)state;
    struct credential_status one = REVOCATION("1", 8);
    one.has_index = false;
    assert_int_equal(ask(&one, 1, WORLD_NOW_S).answer, STATUS_UNKNOWN);
}

static void asks_every_entry(void **state) {
    (void)state;
    const struct {
        struct credential_status entries[3];
        size_t count;
        enum status_answer expected;
    } cases[] = {
        {{REVOCATION("1", 8)}, 0, STATUS_NONE},
        {{REVOCATION("1", 8), SUSPENSION("2", 8)}, 2, STATUS_GOOD},
        {{REVOCATION("1", 8), REVOCATION("3", 8)}, 2, STATUS_STALE},
        {{REVOCATION("3", 8), REVOCATION("9", 8)}, 2, STATUS_UNKNOWN},
        {{REVOCATION("9", 8), REVOCATION("3", 8), REVOCATION("1", 8)}, 3, STATUS_UNKNOWN},
        {{REVOCATION("9", 8), SUSPENSION("2", 7)}, 2, STATUS_SUSPENDED},
        {{SUSPENSION("2", 7), REVOCATION("1", 7)}, 2, STATUS_REVOKED},
        {{REVOCATION("1", 7), SUSPENSION("2", 7), REVOCATION("9", 8)}, 3, STATUS_REVOKED},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct status got = ask(cases[i].entries, cases[i].count, WORLD_NOW_S);
        if (got.answer != cases[i].expected) {
            fail_msg("case %zu: %d", i, (int)got.answer);
        }
    }
}

static void calls_no_list_fresh_when_nothing_bounds_the_clock(void **state) {
    (void)state;
    struct credential_status ends = REVOCATION("1", 8);
    struct credential_status endless = SUSPENSION("2", 8);
    assert_int_equal(ask(&ends, 1, INTERVAL_UNBOUNDED).answer, STATUS_STALE);
    assert_int_equal(ask(&endless, 1, INTERVAL_UNBOUNDED).answer, STATUS_GOOD);
}

static void says_when_the_pack_is_damaged(void **state) {
    (void)state;
    struct claimed_credential claimed = {.issuer = span_of_text(WORLD_ISSUER), .status_count = 1};
    struct interval now = interval_at(WORLD_NOW_S);
    struct status out = {.answer = STATUS_NONE};
    claimed.statuses[0] = REVOCATION("6", 8);
    assert_err(status_ask(world.pack, &claimed, &now, &world.arena, &out), ERR_PACK_DAMAGED);
    assert_int_equal(out.answer, STATUS_NONE);
    arena_wipe(&world.arena);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_for_one_entry),
        cmocka_unit_test(covers_no_entry_of_another_size_than_the_list_s),
        cmocka_unit_test(covers_no_entry_without_an_index),
        cmocka_unit_test(asks_every_entry),
        cmocka_unit_test(calls_no_list_fresh_when_nothing_bounds_the_clock),
        cmocka_unit_test(says_when_the_pack_is_damaged),
    };
    return cmocka_run_group_tests(tests, world_set_up, world_tear_down);
}
