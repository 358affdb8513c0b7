/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdio.h>

#include "status/status.h"
#include "tests/lib/world_fixture.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define AS_OF_S      (TESTPACK_IAT_S - 3600)

static struct credential_status entry(const char *kind, const char *purpose, const char *list,
                                      uint64_t index) {
    return (struct credential_status){.kind = span_of_text(kind),
                                      .purpose = span_of_text(purpose),
                                      .address = span_of_text(list),
                                      .has_index = true,
                                      .index = index,
                                      .bits = 1};
}

#define REVOCATION(number, index)                                                                            \
    entry("BitstringStatusListEntry", "revocation", WORLD_ISSUER "/status/" number, index)
#define TOKEN(number, index) entry("TokenStatusListEntry", "", WORLD_ISSUER "/status/" number, index)
#define SUSPENSION(number, index)                                                                            \
    entry("BitstringStatusListEntry", "suspension", WORLD_ISSUER "/status/" number, index)

/* The id of the credential whose status is asked; NULL: it has none. */
static const char *credential_id;

static struct status ask(const struct credential_status *entries, size_t count, int64_t hi_s) {
    struct claimed_credential claimed = {.issuer = span_of_text(WORLD_ISSUER), .status_count = count};
    claimed.id = credential_id != NULL ? span_of_text(credential_id) : (struct span){0};
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
        {REVOCATION("4", 8), STATUS_UNKNOWN},  /* signed by another issuer */
        {REVOCATION("5", 8), STATUS_UNKNOWN},  /* a list of another kind */
        {REVOCATION("7", 8), STATUS_GOOD},     /* signed under its issuer's other name */
        {REVOCATION("99", 8), STATUS_UNKNOWN}, /* absent */
        {TOKEN("9", 6), STATUS_GOOD},
        {TOKEN("9", 7), STATUS_REVOKED},
        {TOKEN("9", 8), STATUS_SUSPENDED},
        {TOKEN("9", 9), STATUS_UNKNOWN}, /* a value of the issuer's own */
        {TOKEN("9", 131071), STATUS_GOOD},
        {TOKEN("9", 131072), STATUS_UNKNOWN},
        {TOKEN("9", UINT64_MAX), STATUS_UNKNOWN},
        {TOKEN("10", 6), STATUS_STALE},
        {TOKEN("10", 8), STATUS_SUSPENDED},
        {TOKEN("1", 8), STATUS_UNKNOWN}, /* a bitstring has a purpose */
        {TOKEN("5", 8), STATUS_UNKNOWN}, /* and so has this list, which has none to have */
        {REVOCATION("10", 6), STATUS_UNKNOWN},
        {entry("SomeEntry", "revocation", WORLD_ISSUER "/status/1", 8), STATUS_UNKNOWN},
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
        {{REVOCATION("3", 8), REVOCATION("99", 8)}, 2, STATUS_UNKNOWN},
        {{REVOCATION("99", 8), REVOCATION("3", 8), REVOCATION("1", 8)}, 3, STATUS_UNKNOWN},
        {{REVOCATION("99", 8), SUSPENSION("2", 7)}, 2, STATUS_SUSPENDED},
        {{SUSPENSION("2", 7), REVOCATION("1", 7)}, 2, STATUS_REVOKED},
        {{REVOCATION("1", 7), SUSPENSION("2", 7), REVOCATION("99", 8)}, 3, STATUS_REVOKED},
        {{REVOCATION("1", 8), TOKEN("9", 8)}, 2, STATUS_SUSPENDED},
        {{TOKEN("9", 7), TOKEN("9", 6)}, 2, STATUS_REVOKED},
        {{TOKEN("9", 6), TOKEN("9", 9)}, 2, STATUS_UNKNOWN},
        {{TOKEN("9", 6), REVOCATION("1", 8)}, 2, STATUS_GOOD},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct status got = ask(cases[i].entries, cases[i].count, WORLD_NOW_S);
        if (got.answer != cases[i].expected) {
            fail_msg("case %zu: %d", i, (int)got.answer);
        }
    }
}

/* A list of ids covers every credential that has one, by the hash of it. */
static void looks_a_credential_up_by_its_id(void **state) {
    (void)state;
    static const struct {
        const char *id, *kind, *number;
        enum status_answer expected;
    } cases[] = {
        {"urn:uuid:1", "1EdTechRevocationList", "11", STATUS_GOOD},
        {WORLD_REVOKED_ID, "1EdTechRevocationList", "11", STATUS_REVOKED},
        {NULL, "1EdTechRevocationList", "11", STATUS_UNKNOWN},
        {"", "1EdTechRevocationList", "11", STATUS_UNKNOWN},
        {"urn:uuid:1", "1EdTechRevocationList", "12", STATUS_UNKNOWN}, /* of the other kind */
        {"urn:uuid:1", "1EdTechRevocationList", "13", STATUS_UNKNOWN}, /* another issuer's */
        {WORLD_REVOKED_ID, "1EdTechRevocationList", "13", STATUS_UNKNOWN},
        {"urn:uuid:1", "1EdTechRevocationList", "9", STATUS_UNKNOWN},
        {"urn:uuid:1", "RevocationList", "12", STATUS_GOOD},
        {WORLD_REVOKED_ID, "RevocationList", "12", STATUS_REVOKED},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char address[100];
        (void)snprintf(address, sizeof address, WORLD_ISSUER "/status/%s", cases[i].number);
        struct credential_status one = entry(cases[i].kind, "", address, 0);
        one.has_index = false;
        credential_id = cases[i].id;
        struct status got = ask(&one, 1, INTERVAL_UNBOUNDED);
        credential_id = NULL;
        assert_int_equal(got.answer, cases[i].expected);
        assert_int_equal(got.is_unsigned, cases[i].expected != STATUS_UNKNOWN);
        assert_int_equal(got.as_of_s, got.is_unsigned ? TESTPACK_IAT_S - 7200 : 0);
    }
}

/* One unsigned list makes the answer unsigned, but for a signed one that revokes. */
static void says_whether_a_list_was_unsigned(void **state) {
    (void)state;
    const struct credential_status ids = entry("1EdTechRevocationList", "", WORLD_ISSUER "/status/11", 0);
    const struct credential_status good[] = {REVOCATION("1", 8), ids}, bad[] = {ids, REVOCATION("1", 7)};
    credential_id = "urn:uuid:1";
    struct status got = ask(good, 2, WORLD_NOW_S);
    assert_int_equal(got.answer, STATUS_GOOD);
    assert_true(got.is_unsigned);
    assert_int_equal(got.as_of_s, TESTPACK_IAT_S - 7200);
    got = ask(bad, 2, WORLD_NOW_S);
    assert_int_equal(got.answer, STATUS_REVOKED);
    assert_false(got.is_unsigned);
    assert_int_equal(got.as_of_s, AS_OF_S);
    credential_id = NULL;
}

/* The credential states the size where the list does not, as the standard has it; entries may straddle bytes. */
static void takes_the_size_from_the_credential_where_the_list_has_none(void **state) {
    (void)state;
    static const struct {
        uint32_t bits;
        uint64_t index;
        const char *text;
    } cases[] = {
        {2, 7, "1"},  {2, 8, "2"},  {2, 9, "3"},      {2, 131071, "0"},  {2, 131072, NULL}, {1, 15, "1"},
        {1, 16, "1"}, {1, 17, "0"}, {1, 262143, "0"}, {1, 262144, NULL}, {3, 5, NULL},      {0, 7, NULL},
    };
    json_t *messages =
        json_pack("[{s:s,s:s},{s:s,s:s},{s:s,s:s},{s:s,s:s}]", "status", "0x0", "message", "0", "status",
                  "0x1", "message", "1", "status", "0x2", "message", "2", "status", "0x3", "message", "3");
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct credential_status one =
            entry("BitstringStatusListEntry", "message", WORLD_ISSUER "/status/8", cases[i].index);
        one.bits = cases[i].bits;
        one.messages = messages;
        struct status got = ask(&one, 1, WORLD_NOW_S);
        assert_int_equal(got.answer, cases[i].text != NULL ? STATUS_GOOD : STATUS_UNKNOWN);
        assert_span_text(got.message, cases[i].text != NULL ? cases[i].text : "");
    }
    json_decref(messages);
}

/* Every message is told, whatever else is found. */
static void joins_messages(void **state) {
    (void)state;
    json_t *messages = json_pack("{s:s,s:s}", "status", "0x2", "message", "under review");
    struct credential_status note = entry("BitstringStatusListEntry", "message", WORLD_ISSUER "/status/8", 8);
    note.bits = 2;
    note.messages = messages;
    const struct credential_status entries[] = {note, REVOCATION("1", 7), note};
    struct claimed_credential claimed = {.issuer = span_of_text(WORLD_ISSUER), .status_count = 3};
    struct interval now = interval_at(WORLD_NOW_S);
    struct status got = {0};
    memcpy(claimed.statuses, entries, sizeof entries);
    assert_ok(status_ask(world.pack, &claimed, &now, &world.arena, &got));
    assert_int_equal(got.answer, STATUS_REVOKED);
    assert_span_text(got.message, "under review; under review");
    arena_wipe(&world.arena);
    json_decref(messages);
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
        cmocka_unit_test(looks_a_credential_up_by_its_id),
        cmocka_unit_test(says_whether_a_list_was_unsigned),
        cmocka_unit_test(takes_the_size_from_the_credential_where_the_list_has_none),
        cmocka_unit_test(joins_messages),
        cmocka_unit_test(calls_no_list_fresh_when_nothing_bounds_the_clock),
        cmocka_unit_test(says_when_the_pack_is_damaged),
    };
    return cmocka_run_group_tests(tests, world_set_up, world_tear_down);
}
