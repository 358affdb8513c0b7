/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"
#include "tests/lib/linked_case.h"

#include <stdlib.h>

#include "codec/jsontext.h"

#define CONTEXT "\"@context\":{\"@vocab\":\"urn:v#\",\"kind\":\"@type\",\"inside\":\"@nest\"}"

/* Statements of a document without a member, in canonical form. */
static struct span form_without(struct linked_case *c, const char *text, const char *without) {
    struct linked_document stated = {0};
    struct rdfc_form form = {0};
    json_decref(c->document);
    c->document = NULL;
    assert_ok(jsontext_parse(span_of_text(text), &c->document));
    assert_ok(linked_state(c->document, without, &c->library, &c->scan, &stated));
    assert_null(stated.form.text.ptr);
    assert_ok(rdfc_canonize(&stated.set, RDFC_SHA256, &c->scan, &form));
    return form.text;
}

static void leaves_one_member_of_the_outermost_object_out(void **state) {
    (void)state;
    static const struct {
        const char *whole, *without, *rest;
    } cases[] = {
        {"{" CONTEXT ",\"a\":\"1\",\"b\":{\"c\":\"2\"}}", "b", "{" CONTEXT ",\"a\":\"1\"}"},
        {"{" CONTEXT ",\"a\":\"1\",\"b\":{\"b\":\"2\"}}", "a", "{" CONTEXT ",\"b\":{\"b\":\"2\"}}"},
        {"{" CONTEXT ",\"a\":\"1\",\"c\":{\"a\":\"2\"}}", "a", "{" CONTEXT ",\"c\":{\"a\":\"2\"}}"},
        {"{" CONTEXT ",\"a\":\"1\",\"kind\":\"T\"}", "kind", "{" CONTEXT ",\"a\":\"1\"}"},
        {"{" CONTEXT ",\"a\":\"1\",\"inside\":{\"b\":\"2\"}}", "inside", "{" CONTEXT ",\"a\":\"1\"}"},
        {"{" CONTEXT ",\"a\":\"1\",\"inside\":{\"a\":\"2\"}}", "a", "{" CONTEXT ",\"inside\":{\"a\":\"2\"}}"},
        {"{" CONTEXT ",\"a\":\"1\"}", "absent", "{" CONTEXT ",\"a\":\"1\"}"},
        {"{" CONTEXT ",\"a\":\"1\"}", NULL, "{" CONTEXT ",\"a\":\"1\"}"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct linked_case c;
        linked_case_open(&c);
        struct span left = form_without(&c, cases[i].whole, cases[i].without);
        struct linked_case rest;
        linked_case_open(&rest);
        assert_ok(linked_case_canonize(&rest, cases[i].rest));
        char *text = strndup((const char *)rest.form.text.ptr, rest.form.text.len);
        assert_span_text(left, text);
        free(text);
        linked_case_close(&rest);
        linked_case_close(&c);
    }
}

/* What is left out is not looked into: neither a wrong context nor an unknown word in it matters. */
static void does_not_look_into_what_is_left_out(void **state) {
    (void)state;
    struct linked_document stated = {0};
    struct linked_case c;
    linked_case_open(&c);
    assert_ok(jsontext_parse(
        span_of_text(
            "{\"@context\":{\"a\":\"urn:a\"},\"a\":\"1\",\"b\":{\"@context\":\"urn:unknown\",\"z\":1}}"),
        &c.document));
    assert_ok(linked_state(c.document, "b", &c.library, &c.scan, &stated));
    assert_int_equal(stated.set.quad_count, 1);
    assert_err(linked_state(c.document, "a", &c.library, &c.scan, &stated), ERR_SAFE_TERM);
    assert_err(linked_state(c.document, NULL, &c.library, &c.scan, &stated), ERR_SAFE_TERM);
    linked_case_close(&c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(leaves_one_member_of_the_outermost_object_out),
        cmocka_unit_test(does_not_look_into_what_is_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
