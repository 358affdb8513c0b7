/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include "credential/tag.h"

/* The tag of these names. */
static void tag(const char *issuer, const char *id, const char *signed_text,
                uint8_t out[CRYPTO_SHA256_BYTES]) {
    _Alignas(16) uint8_t memory[256];
    struct arena arena = arena_over(memory, sizeof memory);
    struct claimed_credential claimed = {.issuer = span_of_text(issuer), .id = span_of_text(id)};
    assert_ok(tag_of(&claimed, span_of_text(signed_text), &arena, out));
}

static bool same(const char *const a[3], const char *const b[3]) {
    uint8_t one[CRYPTO_SHA256_BYTES], other[CRYPTO_SHA256_BYTES];
    tag(a[0], a[1], a[2], one);
    tag(b[0], b[1], b[2], other);
    return memcmp(one, other, sizeof one) == 0;
}

static void is_of_issuer_and_id(void **state) {
    (void)state;
    static const char *const first[] = {"i", "1", "a.b"};
    assert_true(same(first, (const char *const[]){"i", "1", "a.c"}));
    assert_false(same(first, (const char *const[]){"i", "2", "a.b"}));
    assert_false(same(first, (const char *const[]){"j", "1", "a.b"}));
    assert_false(same(first, (const char *const[]){"i1", "", "a.b"}));
}

static void is_of_what_was_signed_where_there_is_no_id(void **state) {
    (void)state;
    static const char *const first[] = {"i", "", "a.b"};
    assert_true(same(first, first));
    assert_false(same(first, (const char *const[]){"i", "", "a.c"}));
    assert_false(same(first, (const char *const[]){"i", "a.b", ""}));
}

static void says_when_the_arena_is_too_small(void **state) {
    (void)state;
    struct arena none = {0};
    struct claimed_credential claimed = {.issuer = span_of_text("i")};
    uint8_t out[CRYPTO_SHA256_BYTES];
    assert_err(tag_of(&claimed, (struct span){0}, &none, out), ERR_NO_ROOM);
}

static int set_up(void **state) {
    (void)state;
    assert_ok(crypto_start());
    return 0;
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_of_issuer_and_id),
        cmocka_unit_test(is_of_what_was_signed_where_there_is_no_id),
        cmocka_unit_test(says_when_the_arena_is_too_small),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
