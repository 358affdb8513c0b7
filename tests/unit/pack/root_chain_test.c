/* SPDX-License-Identifier: Apache-2.0 */
/* Chains of roots: each version follows the one before it, or nothing of it counts. */
#include "tests/lib/check.h"

#include "pack/root.h"
#include "tests/lib/testroot.h"

static struct testroot keys;

static int start(void **state) {
    (void)state;
    testroot_start(&keys);
    return 0;
}

static int stop(void **state) {
    (void)state;
    testroot_stop(&keys);
    return 0;
}

/* Follow a chain of three versions from its first; NULL leaves one out. */
static enum err follow_three(const struct testroot_version *second, const struct testroot_version *third,
                             struct root *out) {
    static const struct testroot_version first = {1, "abc", 2, "ab", NULL, false};
    char text[TESTROOT_TEXT_BYTES];
    struct room room = room_over(text, sizeof text);
    testroot_put(&keys, &first, &room);
    size_t provisioned = room.len;
    if (second != NULL) {
        testroot_put(&keys, second, &room);
    }
    if (third != NULL) {
        testroot_put(&keys, third, &room);
    }
    return testroot_follow(span_of_bytes(text, provisioned), room_span(&room), out);
}

static void a_chain_leads_to_its_last_root(void **state) {
    (void)state;
    static const struct testroot_version second = {2, "bcd", 2, "abd", NULL, false};
    static const struct testroot_version third = {3, "d", 1, "bd", NULL, false};
    struct root root = {0};
    assert_ok(follow_three(NULL, NULL, &root));
    assert_int_equal(root.version, 1);
    assert_ok(follow_three(&second, NULL, &root));
    assert_int_equal(root.version, 2);
    assert_int_equal(root.key_count, 3);
    assert_int_equal(root.threshold, 2);
    assert_ok(follow_three(&second, &third, &root));
    assert_int_equal(root.version, 3);
    assert_int_equal(root.key_count, 1);
    assert_span_text(root.scheme, "example");
    assert_true(crypto_key_equal(&root.keys[0].key, signer_public(keys.root[3])));
}

/* Each line: the second version, and what following it gives. */
static void a_version_needs_both_thresholds(void **state) {
    (void)state;
    static const struct {
        struct testroot_version second;
        enum err err;
    } cases[] = {
        {{2, "cd", 2, "abcd", NULL, false}, ERR_OK},
        {{2, "cd", 2, "acd", NULL, false}, ERR_OK}, /* c belongs to both */
        {{2, "cd", 2, "cd", NULL, false}, ERR_ROOT_HANDOVER},
        {{2, "cd", 2, "ab", NULL, false}, ERR_ROOT_THRESHOLD},
        {{2, "cd", 2, "abd", NULL, false}, ERR_ROOT_THRESHOLD},
        {{2, "d", 1, "d", NULL, false}, ERR_ROOT_HANDOVER},
        {{2, "d", 1, "ad", NULL, false}, ERR_ROOT_HANDOVER},
        {{2, "d", 1, "aaad", NULL, false}, ERR_ROOT_HANDOVER}, /* one key, three signatures */
        {{2, "cd", 2, "abddd", NULL, false}, ERR_ROOT_THRESHOLD},
        {{2, "abc", 2, "ab", NULL, false}, ERR_OK},
        {{2, "abc", 2, "aabb", NULL, false}, ERR_OK},
        {{2, "abc", 2, "aa", NULL, false}, ERR_ROOT_THRESHOLD},
        {{2, "abc", 2, "abd", NULL, false}, ERR_ROOT_SIGNER},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct root root = {0};
        assert_err(follow_three(&cases[i].second, NULL, &root), cases[i].err);
        assert_int_equal(root.version, cases[i].err == ERR_OK ? 2 : 0);
    }
}

static void versions_count_up_by_one(void **state) {
    (void)state;
    static const struct testroot_version again = {1, "abc", 2, "bc", NULL, false},
                                         other = {2, "ab", 2, "ab", NULL, false},
                                         two = {2, "abc", 2, "ab", NULL, false},
                                         three = {3, "abc", 2, "ab", NULL, false};
    struct root root = {0};
    assert_ok(follow_three(&two, &three, &root));
    assert_err(follow_three(&three, NULL, &root), ERR_ROOT_VERSION);
    assert_err(follow_three(&two, &other, &root), ERR_ROOT_VERSION);
    assert_err(follow_three(&two, &again, &root), ERR_ROOT_VERSION);
    /* A signature that joins root 1 only in the pack was not provisioned. */
    assert_err(follow_three(&again, NULL, &root), ERR_ROOT_OTHER);
}

static void scheme_and_demo_stay(void **state) {
    (void)state;
    static const struct testroot_version other = {2, "abc", 2, "ab", "exampl3", false},
                                         demo = {2, "abc", 2, "ab", NULL, true};
    struct root root = {0};
    assert_err(follow_three(&other, NULL, &root), ERR_ROOT_SCHEME);
    assert_err(follow_three(&demo, NULL, &root), ERR_ROOT_DEMO);
}

/* The kiosk that was provisioned with a later chain never takes what ends before it. */
static void a_provisioned_chain_is_the_least(void **state) {
    (void)state;
    static const struct testroot_version versions[] = {
        {1, "abc", 2, "ab", NULL, false}, {2, "abc", 2, "ab", NULL, false}, {3, "abc", 2, "bc", NULL, false}};
    static const struct testroot_version fork = {2, "abc", 2, "bc", NULL, false};
    char whole[TESTROOT_TEXT_BYTES], forked[TESTROOT_TEXT_BYTES];
    size_t ends[3];
    struct room room = room_over(whole, sizeof whole);
    struct root root = {0};
    for (size_t i = 0; i < 3; i++) {
        testroot_put(&keys, &versions[i], &room);
        ends[i] = room.len;
    }
    struct span one = span_of_bytes(whole, ends[0]), two = span_of_bytes(whole, ends[1]),
                three = span_of_bytes(whole, ends[2]);
    assert_ok(testroot_follow(two, two, &root));
    assert_int_equal(root.version, 2);
    assert_ok(testroot_follow(two, three, &root));
    assert_int_equal(root.version, 3);
    assert_err(testroot_follow(two, one, &root), ERR_ROOT_OLDER);
    assert_err(testroot_follow(three, one, &root), ERR_ROOT_OLDER);
    struct room other = room_over(forked, sizeof forked);
    assert_ok(room_put(&other, one));
    testroot_put(&keys, &fork, &other);
    assert_ok(testroot_follow(one, room_span(&other), &root));
    assert_err(testroot_follow(two, room_span(&other), &root), ERR_ROOT_OTHER);
}

/* What was provisioned with too few signatures is not mended by a pack. */
static void a_provisioned_part_of_a_version_is_refused(void **state) {
    (void)state;
    char text[TESTROOT_TEXT_BYTES];
    struct root root = {0};
    struct span both = testroot_first(&keys, 2, 2, false, text);
    struct span part = span_slice(both, 0, span_find(both, ' ', 0));
    assert_err(testroot_follow(part, both, &root), ERR_ROOT_OTHER);
}

static void any_changed_character_of_a_chain_is_refused(void **state) {
    (void)state;
    static const struct testroot_version versions[] = {{1, "ac", 1, "a", NULL, false},
                                                       {2, "c", 1, "ac", NULL, false}};
    char text[TESTROOT_TEXT_BYTES], changed[TESTROOT_TEXT_BYTES];
    struct root root = {0};
    struct span chain = testroot_chain(&keys, versions, 2, text);
    struct span first = span_slice(chain, 0, span_find(chain, ' ', 0));
    assert_ok(testroot_follow(first, chain, &root));
    for (size_t i = 0; i < chain.len; i++) {
        struct root none = {0};
        memcpy(changed, text, chain.len);
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        assert_int_not_equal(testroot_follow(first, span_of_bytes(changed, chain.len), &none), ERR_OK);
        assert_int_equal(none.version, 0);
    }
    for (size_t cut = first.len + 1; cut < chain.len; cut++) {
        struct root none = {0};
        if (testroot_follow(first, span_slice(chain, 0, cut), &none) == ERR_OK) {
            fail_msg("a chain that was cut at %zu of %zu is followed", cut, chain.len);
        }
    }
}

static void chains_are_bounded(void **state) {
    (void)state;
    char text[TESTROOT_TEXT_BYTES];
    struct root root = {0};
    struct room room = room_over(text, sizeof text);
    struct testroot_version version = {1, "a", 1, "a", NULL, false};
    for (; version.version <= LIMIT_ROOT_VERSIONS; version.version++) {
        testroot_put(&keys, &version, &room);
    }
    size_t provisioned = span_find(room_span(&room), ' ', 0);
    assert_ok(testroot_follow(span_slice(room_span(&room), 0, provisioned), room_span(&room), &root));
    assert_int_equal(root.version, LIMIT_ROOT_VERSIONS);
    testroot_put(&keys, &version, &room);
    assert_err(testroot_follow(span_slice(room_span(&room), 0, provisioned), room_span(&room), &root),
               ERR_ROOT_MANY);
}

static void signatures_of_a_version_are_bounded(void **state) {
    (void)state;
    char text[TESTROOT_TEXT_BYTES], names[LIMIT_ROOT_SIGNATURES + 2] = {0};
    struct root root = {0};
    struct testroot_version version = {1, "a", 1, names, NULL, false};
    memset(names, 'a', LIMIT_ROOT_SIGNATURES);
    assert_ok(testroot_read(testroot_chain(&keys, &version, 1, text), &root));
    struct span chain = testroot_chain(&keys, &version, 1, text);
    size_t one = span_find(chain, ' ', 0);
    text[chain.len] = ' ';
    memmove(text + chain.len + 1, text, one);
    assert_err(testroot_read(span_of_bytes(text, chain.len + 1 + one), &root), ERR_ROOT_SHAPE);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_chain_leads_to_its_last_root),
        cmocka_unit_test(a_version_needs_both_thresholds),
        cmocka_unit_test(versions_count_up_by_one),
        cmocka_unit_test(scheme_and_demo_stay),
        cmocka_unit_test(a_provisioned_chain_is_the_least),
        cmocka_unit_test(a_provisioned_part_of_a_version_is_refused),
        cmocka_unit_test(any_changed_character_of_a_chain_is_refused),
        cmocka_unit_test(chains_are_bounded),
        cmocka_unit_test(signatures_of_a_version_are_bounded),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
