/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"
#include "tests/lib/linked_case.h"

#include <stdio.h>
#include <stdlib.h>

#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"

static void finds_tables_and_json(void **state) {
    (void)state;
    struct linked_case c;
    linked_case_open(&c);
    static const char table[] =
        "credkiosk-context 1\naddress\turn:c:t\nsource\ts\nsha256\t" ZEROS "\n\nid\t@id\np\turn:p\n";
    assert_ok(shelf_add_table(&c.shelf, span_of_text(table)));
    assert_ok(shelf_add_table(&c.shelf, span_of_text(table)));
    assert_int_equal(c.shelf.count, 1);
    linked_case_shelve(&c, "urn:c:j", "{\"q\": \"urn:q\"}");
    assert_int_equal(c.shelf.count, 2);
    assert_ok(linked_case_canonize(
        &c, "{\"@context\": [\"urn:c:t\", \"urn:c:j\"], \"id\": \"urn:s\", \"p\": \"a\", \"q\": \"b\"}"));
    assert_span_text(c.form.text, "<urn:s> <urn:p> \"a\" .\n<urn:s> <urn:q> \"b\" .\n");
    linked_case_close(&c);
}

static void tries_the_versions_of_an_address(void **state) {
    (void)state;
    struct linked_case c;
    linked_case_open(&c);
    linked_case_shelve(&c, "urn:c:a", "{\"p\": \"urn:p1\"}");
    linked_case_shelve(&c, "urn:c:b", "{\"q\": \"urn:q1\"}");
    linked_case_shelve(&c, "urn:c:a", "{\"p\": \"urn:p2\"}");
    linked_case_shelve(&c, "urn:c:b", "{\"q\": \"urn:q2\"}");
    linked_case_shelve(&c, "urn:c:z", "{\"p\": \"urn:never\"}");
    linked_case_shelve(&c, "urn:c:z", "{\"p\": \"urn:asked\"}");
    static const char *const forms[] = {
        "<urn:s> <urn:p1> \"a\" .\n<urn:s> <urn:q1> \"b\" .\n",
        "<urn:s> <urn:p2> \"a\" .\n<urn:s> <urn:q1> \"b\" .\n",
        "<urn:s> <urn:p1> \"a\" .\n<urn:s> <urn:q2> \"b\" .\n",
        "<urn:s> <urn:p2> \"a\" .\n<urn:s> <urn:q2> \"b\" .\n",
    };
    for (int i = 0; i < 4; i++) {
        assert_ok(linked_case_canonize(
            &c,
            "{\"@context\": [\"urn:c:a\", \"urn:c:b\"], \"@id\": \"urn:s\", \"p\": \"a\", \"q\": \"b\"}"));
        assert_span_text(c.form.text, forms[i]);
        assert_int_equal(shelf_view_next(&c.view), i < 3);
    }
    linked_case_close(&c);
}

static void ends_its_tries(void **state) {
    (void)state;
    struct linked_case c;
    unsigned tries = 1;
    linked_case_open(&c);
    for (int i = 0; i < 12; i++) {
        char context[64];
        snprintf(context, sizeof context, "{\"p\": \"urn:p%d\"}", i);
        linked_case_shelve(&c, "urn:c:a", context);
    }
    assert_ok(linked_case_canonize(&c, "{\"@context\": \"urn:c:a\", \"@id\": \"urn:s\", \"p\": \"a\"}"));
    while (shelf_view_next(&c.view)) {
        tries++;
    }
    assert_int_equal(tries, LIMIT_SHELF_TRIES);
    linked_case_close(&c);
}

static void refuses_what_is_no_context(void **state) {
    (void)state;
    struct linked_case c;
    linked_case_open(&c);
    struct span address = span_of_text("urn:c");
    assert_err(shelf_add_json(&c.shelf, address, span_of_text("{}")), ERR_CONTEXT_REMOTE);
    assert_err(shelf_add_json(&c.shelf, address, span_of_text("{")), ERR_JSON_SYNTAX);
    assert_err(shelf_add_table(&c.shelf, span_of_text("")), ERR_CONTEXT_TABLE);
    assert_err(shelf_add_table(
                   &c.shelf, span_of_text("credkiosk-context 1\naddress\turn:c\nsource\ts\nsha256\tG" ZEROS)),
               ERR_CONTEXT_TABLE);
    static const char capital[] =
        "credkiosk-context 1\naddress\turn:c\nsource\ts\nsha256\t"
        "A000000000000000000000000000000000000000000000000000000000000000\n\nid\t@id\n";
    assert_err(shelf_add_table(&c.shelf, span_of_text(capital)), ERR_CONTEXT_TABLE);
    char *large = calloc(1, LIMIT_CONTEXT_BYTES + 1);
    assert_err(shelf_add_json(&c.shelf, address, span_of_bytes(large, LIMIT_CONTEXT_BYTES + 1)),
               ERR_CONTEXT_LARGE);
    free(large);
    size_t size = c.kept.size;
    c.kept.size = 100;
    assert_err(shelf_add_json(&c.shelf, address, span_of_text("{\"@context\": {\"p\": \"urn:p\"}}")),
               ERR_NO_ROOM);
    c.kept.size = size;
    assert_int_equal(c.shelf.count, 0);
    for (unsigned i = 0; i < LIMIT_SHELF_CONTEXTS; i++) {
        char context[64];
        snprintf(context, sizeof context, "{\"p\": \"urn:p%u\"}", i);
        linked_case_shelve(&c, "urn:c:a", context);
    }
    assert_err(shelf_add_json(&c.shelf, address, span_of_text("{\"@context\": {}}")), ERR_CONTEXT_FULL);
    linked_case_close(&c);
}

/* A context that is right only where it stands, or not at all, is found out there. */
static void keeps_what_may_be_right_elsewhere(void **state) {
    (void)state;
    struct linked_case c;
    linked_case_open(&c);
    linked_case_shelve(&c, "urn:c:a", "{\"p\": {}}");
    assert_err(linked_case_canonize(&c, "{\"@context\": \"urn:c:a\", \"@id\": \"urn:s\", \"p\": \"a\"}"),
               ERR_CONTEXT_IRI);
    assert_ok(linked_case_canonize(
        &c, "{\"@context\": [{\"@vocab\": \"urn:v#\"}, \"urn:c:a\"], \"@id\": \"urn:s\", \"p\": \"a\"}"));
    assert_span_text(c.form.text, "<urn:s> <urn:v#p> \"a\" .\n");
    linked_case_close(&c);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_tables_and_json),
        cmocka_unit_test(tries_the_versions_of_an_address),
        cmocka_unit_test(ends_its_tries),
        cmocka_unit_test(refuses_what_is_no_context),
        cmocka_unit_test(keeps_what_may_be_right_elsewhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
