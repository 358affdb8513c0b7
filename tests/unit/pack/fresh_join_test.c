/* SPDX-License-Identifier: Apache-2.0 */
/* When a freshness token may be taken in, and what several accepted ones say together. */
#include "tests/lib/check.h"

#include "pack/fresh.h"

static void when_a_token_may_be_taken_in(void **state) {
    (void)state;
    const int64_t year_s = 366LL * 86400, forever = INTERVAL_UNBOUNDED;
    const struct {
        int64_t iat_s, last_s, lo_s, hi_s;
        enum err err;
    } cases[] = {
        {1000, 0, 900, 1100, ERR_OK},
        {1000, 999, 900, 1100, ERR_OK},
        {1000, 1000, 900, 1100, ERR_FRESH_REPLAYED},
        {1000, 1001, 900, 1100, ERR_FRESH_REPLAYED},
        {1000, 0, 900, 1000, ERR_OK},
        {1000, 0, 900, 999, ERR_FRESH_FUTURE},
        {1000, 0, 5000, 6000, ERR_OK},
        {1000, 0, 5000, forever, ERR_OK},
        {1000 + year_s, 0, 1000, forever, ERR_OK},
        {1001 + year_s, 0, 1000, forever, ERR_FRESH_FAR_AHEAD},
        {1001 + year_s, 0, 1000, 2000 + year_s, ERR_FRESH_FAR_AHEAD},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fresh_token token = {.iat_s = cases[i].iat_s};
        struct interval now = {.lo_s = cases[i].lo_s, .hi_s = cases[i].hi_s};
        assert_err(fresh_admit(&token, cases[i].last_s, &now), cases[i].err);
    }
}

static struct fresh_token token_of(int64_t iat_s, int64_t next_update_s, const char *revoked) {
    struct fresh_token token = {.iat_s = iat_s, .next_update_s = next_update_s, .count = strlen(revoked)};
    for (size_t i = 0; i < token.count; i++) {
        token.revoked[i].kind = FRESH_CREDENTIAL;
        token.revoked[i].as_of_s = iat_s;
        memset(token.revoked[i].sha256, revoked[i], CRYPTO_SHA256_BYTES);
    }
    return token;
}

static int64_t as_of(const struct fresh *fresh, char which) {
    uint8_t sha256[CRYPTO_SHA256_BYTES];
    memset(sha256, which, sizeof sha256);
    const struct fresh_revocation *found = fresh_find(fresh, FRESH_CREDENTIAL, sha256);
    assert_null(fresh_find(fresh, FRESH_KEY, sha256));
    return found == NULL ? 0 : found->as_of_s;
}

static void revocations_of_several_tokens_add_up(void **state) {
    (void)state;
    struct fresh fresh = {0};
    struct fresh_token monday = token_of(10, 500, "ab"), wednesday = token_of(30, 300, "bc"),
                       tuesday = token_of(20, 900, "d");
    assert_ok(fresh_join(&monday, &fresh));
    assert_ok(fresh_join(&wednesday, &fresh));
    assert_ok(fresh_join(&tuesday, &fresh)); /* in whatever order */
    assert_int_equal(fresh.tokens, 3);
    assert_int_equal(fresh.count, 4);
    assert_int_equal(fresh.iat_s, 30);
    assert_int_equal(fresh.next_update_s, 300); /* the newest word counts, also where it is shorter */
    assert_int_equal(as_of(&fresh, 'a'), 10);
    assert_int_equal(as_of(&fresh, 'b'), 30);
    assert_int_equal(as_of(&fresh, 'c'), 30);
    assert_int_equal(as_of(&fresh, 'd'), 20);
    assert_int_equal(as_of(&fresh, 'e'), 0);
    assert_int_equal(as_of(NULL, 'a'), 0);
}

static void more_tokens_than_are_kept_are_refused(void **state) {
    (void)state;
    struct fresh fresh = {0};
    for (int i = 0; i < (int)LIMIT_FRESH_TOKENS; i++) {
        char revoked[LIMIT_FRESH_REVOKED + 1] = {0};
        for (int k = 0; k < (int)LIMIT_FRESH_REVOKED; k++) {
            revoked[k] = (char)(i * (int)LIMIT_FRESH_REVOKED + k + 1);
        }
        struct fresh_token token = token_of(10 + i, 100, revoked);
        assert_int_equal(token.count, LIMIT_FRESH_REVOKED);
        assert_ok(fresh_join(&token, &fresh));
    }
    assert_int_equal(fresh.count, LIMIT_FRESH_TOKENS * LIMIT_FRESH_REVOKED);
    struct fresh before = fresh;
    struct fresh_token more = token_of(1000, 2000, "");
    assert_err(fresh_join(&more, &fresh), ERR_FRESH_FULL);
    assert_memory_equal(&fresh, &before, sizeof fresh);
}

static void a_token_covers_what_it_repeats(void **state) {
    (void)state;
    struct fresh_token one = token_of(10, 100, "ab"), two = token_of(20, 100, "bca"),
                       three = token_of(30, 1, "");
    assert_true(fresh_covers(&two, &one));
    assert_false(fresh_covers(&one, &two));
    assert_true(fresh_covers(&one, &three));
    assert_false(fresh_covers(&three, &one));
    two.revoked[0].kind = FRESH_KEY; /* the same hash of another kind is another thing */
    assert_false(fresh_covers(&two, &one));
}

static void freshness_is_extended_to_the_hard_end_at_most(void **state) {
    (void)state;
    static const struct pack_info info = {.iat_s = 100, .next_update_s = 200, .expires_s = 300};
    static const struct {
        int64_t says_s, until_s;
    } cases[] = {{150, 200}, {200, 200}, {250, 250}, {300, 300}, {301, 300}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fresh fresh = {.tokens = 1, .iat_s = 140, .next_update_s = cases[i].says_s};
        assert_int_equal(fresh_extend(&fresh, &info).next_update_s, cases[i].until_s);
        assert_int_equal(fresh_extend(&fresh, &info).expires_s, 300);
    }
    struct fresh none = {.next_update_s = 250};
    assert_int_equal(fresh_extend(&none, &info).next_update_s, 200);
    assert_int_equal(fresh_extend(NULL, &info).next_update_s, 200);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(when_a_token_may_be_taken_in),
        cmocka_unit_test(revocations_of_several_tokens_add_up),
        cmocka_unit_test(more_tokens_than_are_kept_are_refused),
        cmocka_unit_test(a_token_covers_what_it_repeats),
        cmocka_unit_test(freshness_is_extended_to_the_hard_end_at_most),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
