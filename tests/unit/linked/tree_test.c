/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"
#include "tests/lib/linked_case.h"

#include "linked/tree.h"

/* Names exchanged by a context, and their values with them: the same statements, another picture. */
static void tells_what_a_shown_name_means(void **state) {
    (void)state;
    static const char honest[] =
        "{\"@context\": {\"name\": \"urn:name\", \"text\": \"urn:text\", \"of\": \"urn:of\"}, \"@id\": "
        "\"urn:s\", \"of\": [{\"@id\": \"urn:o\", \"name\": \"A\", \"text\": \"B\"}]}";
    static const char forged[] =
        "{\"@context\": {\"name\": \"urn:text\", \"text\": \"urn:name\", \"of\": \"urn:of\"}, \"@id\": "
        "\"urn:s\", \"of\": [{\"@id\": \"urn:o\", \"name\": \"B\", \"text\": \"A\"}]}";
    struct linked_case c;
    linked_case_open(&c);
    for (int i = 0; i < 2; i++) {
        const char *text = i == 0 ? honest : forged;
        assert_ok(linked_case_canonize(&c, text));
        assert_span_text(
            c.form.text,
            "<urn:o> <urn:name> \"A\" .\n<urn:o> <urn:text> \"B\" .\n<urn:s> <urn:of> <urn:o> .\n");
        assert_ok(linked_case_expand(&c, text, true));
        const json_t *shown = json_array_get(json_object_get(c.document, "of"), 0);
        const struct tree_object *object = tree_of(c.items, shown);
        assert_non_null(object);
        assert_span_text(tree_meaning(object, "name"), i == 0 ? "urn:name" : "urn:text");
        assert_int_equal(tree_meaning(object, "other").len, 0);
    }
    linked_case_close(&c);
}

static void finds_objects_wherever_they_stand(void **state) {
    (void)state;
    struct linked_case c;
    linked_case_open(&c);
    assert_ok(
        linked_case_expand(&c,
                           "{\"@id\": \"urn:g\", \"@graph\": [{\"urn:p\": {\"@list\": [{\"urn:a\": 1}]}}], "
                           "\"@included\": [{\"urn:b\": 1}], \"@reverse\": {\"urn:r\": {\"urn:c\": 1}}}",
                           true));
    const json_t *graph = json_array_get(json_object_get(c.document, "@graph"), 0);
    const json_t *listed = json_array_get(json_object_get(json_object_get(graph, "urn:p"), "@list"), 0);
    const json_t *included = json_array_get(json_object_get(c.document, "@included"), 0);
    const json_t *reverse = json_object_get(json_object_get(c.document, "@reverse"), "urn:r");
    assert_span_text(tree_meaning(tree_of(c.items, listed), "urn:a"), "urn:a");
    assert_span_text(tree_meaning(tree_of(c.items, included), "urn:b"), "urn:b");
    assert_span_text(tree_meaning(tree_of(c.items, reverse), "urn:c"), "urn:c");
    assert_non_null(tree_of(c.items, c.document));
    assert_null(tree_of(c.items, json_object_get(c.document, "@id")));
    assert_null(tree_of(c.items, NULL));
    linked_case_close(&c);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_what_a_shown_name_means),
        cmocka_unit_test(finds_objects_wherever_they_stand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
