/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include "linked/hash.h"
#include "linked/keyword.h"

static void knows_the_keywords(void **state) {
    (void)state;
    assert_int_equal(keyword_of(span_of_text("@id")), KEYWORD_ID);
    assert_int_equal(keyword_of(span_of_text("@vocab")), KEYWORD_VOCAB);
    assert_int_equal(keyword_of(span_of_text("@context")), KEYWORD_CONTEXT);
    static const char *const others[] = {"", "@", "id", "@Id", "@ids", "@i", "@id "};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_int_equal(keyword_of(span_of_text(others[i])), KEYWORD_NOT);
    }
}

static void knows_what_looks_like_one(void **state) {
    (void)state;
    assert_true(keyword_like(span_of_text("@id")));
    assert_true(keyword_like(span_of_text("@Whatever")));
    assert_false(keyword_like(span_of_text("@")));
    assert_false(keyword_like(span_of_text("@id2")));
    assert_false(keyword_like(span_of_text("id")));
    assert_false(keyword_like(span_of_text("@a b")));
    assert_false(keyword_like((struct span){0}));
}

static void hashes_the_same_everywhere(void **state) {
    (void)state;
    assert_int_equal(hash_text((struct span){0}), hash_text(span_of_text("")));
    assert_int_equal(hash_text(span_of_text("https://www.w3.org/ns/credentials/v2")), 0x4134199727E31EB0u);
    assert_int_not_equal(hash_text(span_of_text("a")), hash_text(span_of_bytes("a\0", 2)));
    assert_int_equal(hash_slots(0), 8);
    assert_int_equal(hash_slots(4), 8);
    assert_int_equal(hash_slots(5), 16);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_the_keywords),
        cmocka_unit_test(knows_what_looks_like_one),
        cmocka_unit_test(hashes_the_same_everywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
