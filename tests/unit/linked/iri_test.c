/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdlib.h>

#include "linked/iri.h"

static max_align_t memory[512];

/* RFC 3986 sections 5.4.1 and 5.4.2, and bases without a path or authority. */
static void resolves_references(void **state) {
    (void)state;
    static const char *const cases[][3] = {
        {"http://a/b/c/d;p?q", "g:h", "g:h"},
        {"http://a/b/c/d;p?q", "g", "http://a/b/c/g"},
        {"http://a/b/c/d;p?q", "./g", "http://a/b/c/g"},
        {"http://a/b/c/d;p?q", "g/", "http://a/b/c/g/"},
        {"http://a/b/c/d;p?q", "/g", "http://a/g"},
        {"http://a/b/c/d;p?q", "//g", "http://g"},
        {"http://a/b/c/d;p?q", "?y", "http://a/b/c/d;p?y"},
        {"http://a/b/c/d;p?q", "g?y", "http://a/b/c/g?y"},
        {"http://a/b/c/d;p?q", "#s", "http://a/b/c/d;p?q#s"},
        {"http://a/b/c/d;p?q", "g#s", "http://a/b/c/g#s"},
        {"http://a/b/c/d;p?q", ";x", "http://a/b/c/;x"},
        {"http://a/b/c/d;p?q", "", "http://a/b/c/d;p?q"},
        {"http://a/b/c/d;p?q", ".", "http://a/b/c/"},
        {"http://a/b/c/d;p?q", "..", "http://a/b/"},
        {"http://a/b/c/d;p?q", "../g", "http://a/b/g"},
        {"http://a/b/c/d;p?q", "../../g", "http://a/g"},
        {"http://a/b/c/d;p?q", "../../../g", "http://a/g"},
        {"http://a/b/c/d;p?q", "/./g", "http://a/g"},
        {"http://a/b/c/d;p?q", "/../g", "http://a/g"},
        {"http://a/b/c/d;p?q", "g.", "http://a/b/c/g."},
        {"http://a/b/c/d;p?q", "..g", "http://a/b/c/..g"},
        {"http://a/b/c/d;p?q", "./../g", "http://a/b/g"},
        {"http://a/b/c/d;p?q", "./g/.", "http://a/b/c/g/"},
        {"http://a/b/c/d;p?q", "g;x=1/../y", "http://a/b/c/y"},
        {"http://a/b/c/d;p?q", "g?y/../x", "http://a/b/c/g?y/../x"},
        {"http://a/b/c/d;p?q", "g#s/../x", "http://a/b/c/g#s/../x"},
        {"http://a", "g", "http://a/g"},
        {"http://a?q", "g", "http://a/g"},
        {"urn:x:y", "g", "urn:g"},
        {"", "g", "g"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena arena = arena_over(memory, sizeof memory);
        struct span out = {0};
        assert_ok(iri_resolve(span_of_text(cases[i][0]), span_of_text(cases[i][1]), &arena, &out));
        assert_span_text(out, cases[i][2]);
    }
}

static void says_when_there_is_no_room(void **state) {
    (void)state;
    struct arena none = {0};
    struct span out = span_of_text("before");
    assert_err(iri_resolve(span_of_text("http://a/b"), span_of_text("c"), &none, &out), ERR_NO_ROOM);
    assert_span_text(out, "before");
}

static void tells_addresses_from_other_text(void **state) {
    (void)state;
    static const char *const good[] = {"a:", "urn:x:y", "https://example.org/a?b#c", "did:key:z6Mk",
                                       "a+b-c.d:\xc3\xa9"};
    static const char *const bad[] = {"",      "a",      ":a",  "1a:b", "a b:c", "a:b c", "a:<",  "a:>",
                                      "a:\"",  "a:{",    "a:}", "a:|",  "a:^",   "a:`",   "a:\\", "a:\x01",
                                      "a:b\n", "a:#b#c", "_:b", "/a:b", "a/b:c", "?a:b",  "#a:b"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(iri_absolute(span_of_text(good[i])));
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(iri_absolute(span_of_text(bad[i])));
    }
    assert_true(iri_is_blank(span_of_text("_:")));
    assert_false(iri_is_blank(span_of_text("_")));
    assert_int_equal(iri_scheme(span_of_text("urn:x")), 3);
    assert_int_equal(iri_scheme(span_of_text("no")), 0);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(resolves_references),
        cmocka_unit_test(says_when_there_is_no_room),
        cmocka_unit_test(tells_addresses_from_other_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
