/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include "base/limits.h"
#include "trust/keyname.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void knows_every_name_of_a_key(void **state) {
    (void)state;
    static const struct {
        const char *kid;
        const char *names[KEYNAME_MAX];
    } cases[] = {
        {"https://x.example#k1", {"https://x.example#k1", "k1", "#k1"}},
        {"#k1", {"#k1", "https://x.example#k1", "k1"}},
        {"k1", {"k1", "https://x.example#k1", "#k1"}},
        {"keys/1", {"keys/1", "https://x.example#keys/1", "#keys/1"}},
        {"../../etc/passwd", {"../../etc/passwd", "https://x.example#../../etc/passwd", "#../../etc/passwd"}},
        {"https://other.example#k1", {"https://other.example#k1"}},
        {"https://x.example/#k1", {"https://x.example/#k1"}},
        {"https://x.example",
         {"https://x.example", "https://x.example#https://x.example", "#https://x.example"}},
        {"#", {"#"}},
        {"", {NULL}},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        _Alignas(16) uint8_t memory[4096];
        struct arena arena = arena_over(memory, sizeof memory);
        struct keyname names = {0};
        assert_ok(keyname_of(span_of_text("https://x.example"), span_of_text(cases[i].kid), &arena, &names));
        size_t expected = 0;
        while (expected < KEYNAME_MAX && cases[i].names[expected] != NULL) {
            assert_true(expected < names.count);
            assert_span_text(names.names[expected], cases[i].names[expected]);
            expected++;
        }
        assert_int_equal(names.count, expected);
    }
}

static void knows_none_for_a_name_longer_than_any(void **state) {
    (void)state;
    static uint8_t kid[LIMIT_NAME_BYTES + 1];
    struct arena none = {0};
    struct keyname names = {.count = 7};
    memset(kid, 'k', sizeof kid);
    assert_ok(keyname_of(span_of_text("https://x.example"), span_of_bytes(kid, sizeof kid), &none, &names));
    assert_int_equal(names.count, 0);
}

static void says_when_the_arena_is_too_small(void **state) {
    (void)state;
    struct arena none = {0};
    struct keyname names = {0};
    assert_err(keyname_of(span_of_text("https://x.example"), span_of_text("k"), &none, &names), ERR_NO_ROOM);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_every_name_of_a_key),
        cmocka_unit_test(knows_none_for_a_name_longer_than_any),
        cmocka_unit_test(says_when_the_arena_is_too_small),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
