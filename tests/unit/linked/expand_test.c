/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"
#include "tests/lib/linked_case.h"
#include "tests/lib/tree_json.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"

/* A context for all documents here, and single quotes for double ones. */
#define CONTEXT                                                                                              \
    "{'id': '@id', 'type': '@type', 'T': 'urn:T', 'p': 'urn:p', 'q': 'urn:q', 'ref': {'@id': 'urn:ref', "    \
    "'@type': '@id'}, 'lang': {'@id': 'urn:lang', '@container': '@language'}, 'list': {'@id': 'urn:list', "  \
    "'@container': '@list'}, 'by': {'@id': 'urn:by', '@container': '@index', '@index': 'q'}, 'rev': "        \
    "{'@reverse': "                                                                                          \
    "'urn:rev'}, 'json': {'@id': 'urn:json', '@type': '@json'}, 'ids': {'@id': 'urn:ids', '@container': "    \
    "'@id'}, "                                                                                               \
    "'nest': '@nest', 'graph': {'@id': 'urn:graph', '@container': '@graph'}, 'index': {'@id': 'urn:index', " \
    "'@container': '@index'}, 'blank': '_:b', 'types': "                                                     \
    "{'@id': 'urn:types', '@container': '@type'}}"

static char *document(const char *members) {
    size_t cap = strlen(members) + sizeof CONTEXT + 64;
    char *text = malloc(cap);
    snprintf(text, cap, "{'@context': " CONTEXT ", %s}", members);
    for (char *at = text; *at != 0; at++) {
        *at = *at == '\'' ? '"' : *at;
    }
    return text;
}

struct trial {
    const char *members;
    enum err err;
};

static void assert_refused(const struct trial *trials, size_t count) {
    for (size_t i = 0; i < count; i++) {
        char *text = document(trials[i].members);
        linked_case_refused(text, trials[i].err);
        free(text);
    }
}

static void refuses_what_is_no_json_ld(void **state) {
    (void)state;
    static const struct trial trials[] = {
        {"'id': 'urn:s', '@id': 'urn:t', 'p': 1", ERR_EXPAND_COLLIDING},
        {"'id': 1, 'p': 1", ERR_EXPAND_ID},
        {"'id': null, 'p': 1", ERR_EXPAND_ID},
        {"'type': 1, 'p': 1", ERR_EXPAND_TYPE},
        {"'type': [null], 'p': 1", ERR_EXPAND_TYPE},
        {"'p': 1, '@included': 'text'", ERR_SAFE_DROPPED},
        {"'p': 1, '@included': [{'@value': 1}]", ERR_SAFE_DROPPED},
        {"'p': 1, '@included': [{'@list': [1]}]", ERR_SAFE_DROPPED},
        {"'p': {'@value': {}}", ERR_EXPAND_VALUE},
        {"'p': {'@value': [1]}", ERR_EXPAND_VALUE},
        {"'p': {'@value': 1, 'q': 2}", ERR_EXPAND_VALUE_OBJECT},
        {"'p': {'@value': 'a', '@type': 'urn:t', '@language': 'en'}", ERR_EXPAND_VALUE_OBJECT},
        {"'p': {'@value': 'a', '@id': 'urn:t'}", ERR_EXPAND_VALUE_OBJECT},
        {"'by': {'a': {'@value': 1}}", ERR_EXPAND_VALUE_OBJECT},
        {"'ids': {'urn:a': 1}", ERR_EXPAND_VALUE_OBJECT},
        {"'types': {'T': 1}", ERR_EXPAND_VALUE_OBJECT},
        {"'p': {'@value': 'a', '@language': 1}", ERR_EXPAND_LANGUAGE_STRING},
        {"'p': {'@value': 1, '@language': 'en'}", ERR_EXPAND_LANGUAGE_VALUE},
        {"'p': {'@value': 1, '@direction': 'up'}", ERR_CONTEXT_DIRECTION},
        {"'lang': {'en': 1}", ERR_EXPAND_LANGUAGE_MAP},
        {"'p': {'@value': 'a', '@type': ['urn:t']}", ERR_EXPAND_TYPED},
        {"'p': {'@value': 'a', '@type': '_:t'}", ERR_EXPAND_TYPED},
        {"'p': {'@id': 'urn:o', '@index': 1}", ERR_EXPAND_INDEX},
        {"'@reverse': 1", ERR_EXPAND_REVERSE},
        {"'@reverse': {'id': 'urn:o'}", ERR_EXPAND_REVERSE_MAP},
        {"'@reverse': {'p': 'text'}", ERR_EXPAND_REVERSE_VALUE},
        {"'rev': 'text'", ERR_EXPAND_REVERSE_VALUE},
        {"'p': {'@list': [1], 'q': 1}", ERR_EXPAND_SET},
        {"'p': {'@set': [1], '@list': [1]}", ERR_EXPAND_SET},
        {"'nest': 'text'", ERR_CONTEXT_NEST},
        {"'nest': {'@value': 1}", ERR_CONTEXT_NEST},
    };
    assert_refused(trials, sizeof trials / sizeof *trials);
}

static void refuses_what_nothing_would_sign(void **state) {
    (void)state;
    static const struct trial trials[] = {
        {"'id': 'urn:s', 'undefined': 1", ERR_SAFE_TERM},
        {"'id': 'urn:s', '@unknown': 1", ERR_SAFE_TERM},
        {"'id': 'urn:s', '@container': '@set'", ERR_SAFE_TERM},
        {"'id': 'urn:s', 'p': {'undefined': 1}", ERR_SAFE_TERM},
        {"'id': 'urn:s', 'type': 'Undefined'", ERR_SAFE_TYPE},
        {"'id': 'urn:s', 'type': ['T', 'Undefined']", ERR_SAFE_TYPE},
        {"'types': {'Undefined': {'p': 1}}", ERR_SAFE_TYPE},
        {"'id': 'relative', 'p': 1", ERR_SAFE_RELATIVE},
        {"'id': '@keyword', 'p': 1", ERR_SAFE_RELATIVE},
        {"'id': 'urn:with space', 'p': 1", ERR_SAFE_RELATIVE},
        {"'id': 'urn:with<bracket', 'p': 1", ERR_SAFE_RELATIVE},
        {"'ref': 'relative'", ERR_SAFE_RELATIVE},
        {"'ids': {'relative': {'p': 1}}", ERR_SAFE_RELATIVE},
        {"'p': {'@value': 'a', '@type': 'urn:with<bracket'}", ERR_SAFE_RELATIVE},
        {"'urn:with<bracket': 1", ERR_SAFE_RELATIVE},
        {"'p': null", ERR_SAFE_DROPPED},
        {"'p': [1, null]", ERR_SAFE_DROPPED},
        {"'p': {'@value': null}", ERR_SAFE_DROPPED},
        {"'p': {'@language': 'en'}", ERR_SAFE_DROPPED},
        {"'p': 1, '@language': 'en'", ERR_SAFE_DROPPED},
        {"'p': {'p': 1, '@direction': 'ltr'}", ERR_SAFE_DROPPED},
        {"'lang': {'en': null}", ERR_SAFE_DROPPED},
        {"'blank': 1", ERR_SAFE_DROPPED},
        {"'ref': '@keyword'", ERR_SAFE_DROPPED},
        {"'id': 'urn:s'", ERR_SAFE_DROPPED},
        {"'@graph': ['text']", ERR_SAFE_DROPPED},
        {"'@graph': [{'@value': 1}]", ERR_SAFE_DROPPED},
        {"'@list': [1]", ERR_SAFE_DROPPED},
        {"'p': {'@id': 'urn:o', '@index': 'a'}", ERR_SAFE_DROPPED},
        {"'index': {'a': {'p': 1}}", ERR_SAFE_DROPPED},
        {"'graph': 1", ERR_SAFE_DROPPED},
        {"'graph': {'@value': 1, '@type': 'urn:t'}", ERR_SAFE_DROPPED},
        {"'graph': {'@list': [1]}", ERR_SAFE_DROPPED},
        {"'p': {'@value': 'a', '@direction': 'rtl'}", ERR_SAFE_DIRECTION},
        {"'p': {'@value': 'a', '@language': 'not a tag'}", ERR_RDF_LANGUAGE},
        {"'p': {'@value': 'a', '@language': ''}", ERR_RDF_LANGUAGE},
        {"'lang': {'toolongtag': 'a'}", ERR_RDF_LANGUAGE},
        {"'p': {'@value': 'a', '@language': "
         "'en-1234567-1234567-1234567-1234567-1234567-1234567-1234567-1234567'}",
         ERR_RDF_LANGUAGE},
    };
    assert_refused(trials, sizeof trials / sizeof *trials);
}

static void reports_included_values(void **state) {
    (void)state;
    struct linked_case c;
    linked_case_open(&c);
    assert_err(linked_case_expand(&c, "{\"urn:p\": 1, \"@included\": \"text\"}", true), ERR_EXPAND_INCLUDED);
    assert_err(linked_case_expand(&c, "{\"urn:p\": 1, \"@included\": {\"@value\": 1}}", true),
               ERR_EXPAND_INCLUDED);
    linked_case_close(&c);
}

static void says_the_same_as_statements(void **state) {
    (void)state;
    static const struct {
        const char *members, *form;
    } cases[] = {
        {"'id': 'urn:s', 'lang': {'EN': 'a', '@none': 'b'}",
         "<urn:s> <urn:lang> \"a\"@en .\n<urn:s> <urn:lang> \"b\" .\n"},
        {"'id': 'urn:s', 'ref': ['urn:o', 'urn:o']", "<urn:s> <urn:ref> <urn:o> .\n"},
        {"'id': 'urn:s', 'json': {'b': 1, 'a': [null]}",
         "<urn:s> <urn:json> "
         "\"{\\\"a\\\":[null],\\\"b\\\":1}\"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON> .\n"},
        {"'id': 'urn:s', 'json': null",
         "<urn:s> <urn:json> \"null\"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON> .\n"},
        {"'id': 'urn:s', 'rev': {'id': 'urn:o'}", "<urn:o> <urn:rev> <urn:s> .\n"},
        {"'id': 'urn:s', 'by': {'a': {'id': 'urn:o'}}",
         "<urn:o> <urn:q> \"a\" .\n<urn:s> <urn:by> <urn:o> .\n"},
        {"'id': 'urn:s', 'nest': {'p': 'a'}, 'p': []", "<urn:s> <urn:p> \"a\" .\n"},
        {"'id': 'urn:g', '@graph': [{'id': 'urn:s', 'p': 'a'}]", "<urn:s> <urn:p> \"a\" <urn:g> .\n"},
        {"'id': 'urn:s', 'list': []",
         "<urn:s> <urn:list> <http://www.w3.org/1999/02/22-rdf-syntax-ns#nil> .\n"},
        {"'id': 'urn:s', 'p': {'@value': 9007199254740993}",
         "<urn:s> <urn:p> \"9007199254740993\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct linked_case c;
        char *text = document(cases[i].members);
        linked_case_open(&c);
        assert_ok(linked_case_canonize(&c, text));
        assert_span_text(c.form.text, cases[i].form);
        linked_case_close(&c);
        free(text);
    }
}

static void writes_numbers_as_json_ld_asks(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"5", "\"5\"^^<http://www.w3.org/2001/XMLSchema#integer>"},
        {"5.0", "\"5\"^^<http://www.w3.org/2001/XMLSchema#integer>"},
        {"-0.0", "\"0\"^^<http://www.w3.org/2001/XMLSchema#integer>"},
        {"5.5", "\"5.5E0\"^^<http://www.w3.org/2001/XMLSchema#double>"},
        {"-0.00012", "\"-1.2E-4\"^^<http://www.w3.org/2001/XMLSchema#double>"},
        {"1e21", "\"1.0E21\"^^<http://www.w3.org/2001/XMLSchema#double>"},
        {"1e20", "\"100000000000000000000\"^^<http://www.w3.org/2001/XMLSchema#integer>"},
        {"true", "\"true\"^^<http://www.w3.org/2001/XMLSchema#boolean>"},
        {"{\"@value\": 2, \"@type\": \"http://www.w3.org/2001/XMLSchema#double\"}",
         "\"2.0E0\"^^<http://www.w3.org/2001/XMLSchema#double>"},
        {"{\"@value\": 2, \"@type\": \"urn:t\"}", "\"2\"^^<urn:t>"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct linked_case c;
        char text[256];
        char form[256];
        linked_case_open(&c);
        snprintf(text, sizeof text, "{\"@id\": \"urn:s\", \"urn:p\": %s}", cases[i][0]);
        snprintf(form, sizeof form, "<urn:s> <urn:p> %s .\n", cases[i][1]);
        assert_ok(linked_case_canonize(&c, text));
        assert_span_text(c.form.text, form);
        linked_case_close(&c);
    }
}

static void bounds_depth_and_count(void **state) {
    (void)state;
    struct linked_case c;
    const struct expand_options options = {0};
    linked_case_open(&c);
    json_t *deep = json_pack("{s:i}", "urn:p", 1);
    for (unsigned i = 0; i < LIMIT_JSON_DEPTH; i++) {
        deep = json_pack("{s:o}", "urn:p", deep);
    }
    assert_err(expand_document(deep, &options, &c.scan, &c.items), ERR_EXPAND_DEPTH);
    json_decref(deep);
    json_t *nested = json_pack("{s:i}", "urn:p", 1);
    for (unsigned i = 0; i <= LIMIT_JSON_DEPTH; i++) {
        nested = json_pack("{s:o}", "@nest", nested);
    }
    assert_err(expand_document(nested, &options, &c.scan, &c.items), ERR_EXPAND_DEPTH);
    json_decref(nested);
    json_t *many = json_array();
    for (unsigned i = 0; i <= LIMIT_EXPAND_NODES; i++) {
        json_array_append_new(many, json_integer(i));
    }
    many = json_pack("{s:s,s:o}", "@id", "urn:s", "urn:p", many);
    void *memory = malloc(64u << 20);
    struct arena large = arena_over(memory, 64u << 20);
    assert_err(expand_document(many, &options, &large, &c.items), ERR_EXPAND_NODES);
    json_decref(many);
    free(memory);
    linked_case_close(&c);
}

/* However little memory there is: an error that says so, never a wrong answer. */
/* Spent from a scan's budget by a document, from text to canonical form. */
static uint32_t spent_on(struct linked_case *c, const char *text) {
    struct budget budget = {0};
    c->library.budget = &budget;
    assert_ok(linked_case_canonize(c, text));
    return budget.spent;
}

/* Each name of a context, each value, each context on the shelf costs; and whoever has spent all goes no further. */
static void the_scan_pays(void **state) {
    (void)state;
    struct linked_case c;
    linked_case_open(&c);
    linked_case_shelve(&c, "urn:c", "{\"p\": \"urn:p\", \"q\": \"urn:q\", \"r\": \"urn:r\"}");
    uint32_t plain = spent_on(&c, "{\"urn:p\": 1}");
    assert_in_range(plain, BUDGET_NODE, 100);
    assert_in_range(spent_on(&c, "{\"urn:p\": [1, 1, 1, 1]}"), plain + 3 * BUDGET_NODE, 200);
    assert_in_range(spent_on(&c, "{\"@context\": {\"a\": \"urn:a\", \"b\": \"urn:b\"}, \"urn:p\": 1}"),
                    plain + 2 * BUDGET_TERM, 200);
    assert_in_range(spent_on(&c, "{\"@context\": \"urn:c\", \"urn:p\": 1}"), plain + 3 * BUDGET_TERM, 200);
    for (uint32_t left = 0; left < plain; left++) {
        struct budget budget = {LIMIT_SCAN_BUDGET - left};
        c.library.budget = &budget;
        assert_err(linked_case_canonize(&c, "{\"urn:p\": 1}"), ERR_BUDGET);
    }
    linked_case_close(&c);
}

static void says_when_the_arena_is_full(void **state) {
    (void)state;
    struct linked_case c;
    char *text = document(
        "'id': 'urn:s', 'type': 'T', 'lang': {'EN': 'a'}, 'list': [1, {'p': {'q': 'a'}}], 'json': [1]");
    linked_case_open(&c);
    assert_ok(linked_case_canonize(&c, text));
    size_t need = c.scan.used;
    size_t whole = c.scan.size;
    for (size_t size = 0; size < need; size += 61) {
        c.scan.size = size;
        assert_err(linked_case_canonize(&c, text), ERR_NO_ROOM);
    }
    c.scan.size = whole;
    free(text);
    linked_case_close(&c);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses_what_is_no_json_ld),
        cmocka_unit_test(refuses_what_nothing_would_sign),
        cmocka_unit_test(reports_included_values),
        cmocka_unit_test(says_the_same_as_statements),
        cmocka_unit_test(writes_numbers_as_json_ld_asks),
        cmocka_unit_test(bounds_depth_and_count),
        cmocka_unit_test(the_scan_pays),
        cmocka_unit_test(says_when_the_arena_is_full),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
