/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"
#include "tests/lib/linked_case.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "linked/context_unit.h"
#include "linked/hash.h"

/* Characters, more than any language tag has. */
#define SEVENTY "1234567890123456789012345678901234567890123456789012345678901234567890"

/* Documents as text with single quotes for double ones. */
static char *quoted(const char *text) {
    char *copy = strdup(text);
    for (char *at = copy; *at != 0; at++) {
        *at = *at == '\'' ? '"' : *at;
    }
    return copy;
}

static void refuses_wrong_contexts(void **state) {
    (void)state;
    static const struct {
        const char *context;
        enum err err;
    } cases[] = {
        {"'https://example.org/absent'", ERR_CONTEXT_UNKNOWN},
        {"17", ERR_CONTEXT_LOCAL},
        {"[[{}]]", ERR_CONTEXT_LOCAL},
        {"{'@version': 1.0}", ERR_CONTEXT_VERSION},
        {"{'@version': '1.1'}", ERR_CONTEXT_VERSION},
        {"{'@import': 1}", ERR_CONTEXT_IMPORT},
        {"{'@import': 'https://example.org/absent'}", ERR_CONTEXT_UNKNOWN},
        {"{'@base': 1}", ERR_CONTEXT_BASE},
        {"{'@base': 'relative'}", ERR_CONTEXT_BASE},
        {"{'@vocab': 1}", ERR_CONTEXT_VOCAB},
        {"{'@language': 1}", ERR_CONTEXT_LANGUAGE},
        {"{'@direction': 'up'}", ERR_CONTEXT_DIRECTION},
        {"{'@propagate': 'no'}", ERR_CONTEXT_PROPAGATE},
        {"{'@protected': 'no'}", ERR_CONTEXT_PROTECTED_VALUE},
        {"{'a': {'@id': 'urn:x:a', '@protected': 1}}", ERR_CONTEXT_PROTECTED_VALUE},
        {"{'a': 1}", ERR_CONTEXT_TERM},
        {"{'': 'urn:x:a'}", ERR_CONTEXT_TERM},
        {"{'a': {'@id': 'urn:x:a', 'b': 1}}", ERR_CONTEXT_TERM},
        {"{'a': {'@id': 'urn:x:a', '@index': 'b'}}", ERR_CONTEXT_TERM},
        {"{'a:b': {'@id': 'urn:x:a', '@prefix': true}}", ERR_CONTEXT_IRI},
        {"{'a/b': {'@id': 'urn:x:a', '@prefix': true}}", ERR_CONTEXT_IRI},
        {"{'a': {'@id': '@type', '@prefix': true}}", ERR_CONTEXT_TERM},
        {"{'a': {'@id': 'urn:x:a', '@prefix': 1}}", ERR_CONTEXT_PREFIX},
        {"{'a': {'@id': 1}}", ERR_CONTEXT_IRI},
        {"{'a': 'b'}", ERR_CONTEXT_IRI},
        {"{'a': {}}", ERR_CONTEXT_IRI},
        {"{'a': '@context'}", ERR_CONTEXT_ALIAS},
        {"{'@id': 'urn:x:a'}", ERR_CONTEXT_KEYWORD},
        {"{'@type': {'@container': '@list'}}", ERR_CONTEXT_KEYWORD},
        {"{'@type': {}}", ERR_CONTEXT_KEYWORD},
        {"{'a': 'b:c', 'b': 'a:d'}", ERR_CONTEXT_CYCLE},
        {"{'a': {'@id': 'urn:x:a', '@type': 1}}", ERR_CONTEXT_TYPE},
        {"{'a': {'@id': 'urn:x:a', '@type': 'plain'}}", ERR_CONTEXT_TYPE},
        {"{'a': {'@id': 'urn:x:a', '@type': '_:b'}}", ERR_CONTEXT_TYPE},
        {"{'a': {'@id': 'urn:x:a', '@container': '@type', '@type': '@json'}}", ERR_CONTEXT_TYPE},
        {"{'a': {'@id': 'urn:x:a', '@container': '@value'}}", ERR_CONTEXT_CONTAINER},
        {"{'a': {'@id': 'urn:x:a', '@container': ['@list', '@set']}}", ERR_CONTEXT_CONTAINER},
        {"{'a': {'@id': 'urn:x:a', '@container': ['@set', '@set']}}", ERR_CONTEXT_CONTAINER},
        {"{'a': {'@id': 'urn:x:a', '@container': ['@id', '@index']}}", ERR_CONTEXT_CONTAINER},
        {"{'a': {'@id': 'urn:x:a', '@container': []}}", ERR_CONTEXT_CONTAINER},
        {"{'a': {'@id': 'urn:x:a', '@language': 1}}", ERR_CONTEXT_TERM_LANGUAGE},
        {"{'a': {'@id': 'urn:x:a', '@direction': 'up'}}", ERR_CONTEXT_DIRECTION},
        {"{'a': {'@id': 'urn:x:a', '@nest': '@id'}}", ERR_CONTEXT_NEST},
        {"{'a': {'@reverse': 'urn:x:a', '@id': 'urn:x:a'}}", ERR_CONTEXT_REVERSE},
        {"{'a': {'@reverse': 'urn:x:a', '@container': '@list'}}", ERR_CONTEXT_REVERSE},
        {"{'a': {'@reverse': 'plain'}}", ERR_CONTEXT_IRI},
        {"{'a': {'@id': 'urn:x:a', '@context': {'b': 1}}}", ERR_CONTEXT_SCOPED},
        {"{'@language': '" SEVENTY "'}", ERR_CONTEXT_LARGE},
        {"{'a': {'@id': 'urn:x:a', '@language': '" SEVENTY "'}}", ERR_CONTEXT_LARGE},
        {"[{'@protected': true, 'a': 'urn:x:a'}, null]", ERR_CONTEXT_NULLIFIED},
        {"[{'@protected': true, 'a': 'urn:x:a'}, {'a': 'urn:x:b'}]", ERR_CONTEXT_PROTECTED},
        {"[{'@protected': true, 'a': 'urn:x:a'}, {'a': null}]", ERR_CONTEXT_PROTECTED},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[512];
        snprintf(text, sizeof text, "{'@context': %s, '@id': 'urn:x:s', 'urn:x:p': 1}", cases[i].context);
        char *document = quoted(text);
        linked_case_refused(document, cases[i].err);
        free(document);
    }
}

static void open_with(struct linked_case *c, const char *address, const char *context) {
    char *text = quoted(context);
    linked_case_open(c);
    linked_case_shelve(c, address, text);
    free(text);
}

static void assert_canonized(struct linked_case *c, const char *document, enum err expected,
                             const char *form) {
    char *text = quoted(document);
    assert_err(linked_case_canonize(c, text), expected);
    if (expected == ERR_OK) {
        assert_span_text(c->form.text, form);
    }
    free(text);
}

static void ends_contexts_that_load_each_other(void **state) {
    (void)state;
    struct linked_case c;
    open_with(&c, "urn:c:a", "'urn:c:b'");
    linked_case_shelve(&c, "urn:c:b", "\"urn:c:a\"");
    assert_canonized(&c, "{'@context': 'urn:c:a', '@id': 'urn:x:s', 'urn:x:p': 1}", ERR_CONTEXT_OVERFLOW,
                     NULL);
    linked_case_close(&c);
    open_with(&c, "urn:c:a", "{'@import': 'urn:c:b'}");
    linked_case_shelve(&c, "urn:c:b", "{\"@import\": \"urn:c:a\"}");
    assert_canonized(&c, "{'@context': 'urn:c:a', '@id': 'urn:x:s', 'urn:x:p': 1}", ERR_CONTEXT_ENTRY, NULL);
    linked_case_close(&c);
}

static void bounds_the_terms_of_a_context(void **state) {
    (void)state;
    size_t cap = 32u * (LIMIT_CONTEXT_TERMS + 2);
    char *text = malloc(cap);
    size_t len = (size_t)snprintf(text, cap, "{\"@context\": {");
    for (unsigned i = 0; i <= LIMIT_CONTEXT_TERMS; i++) {
        len += (size_t)snprintf(text + len, cap - len, "\"t%u\":\"urn:x:y\",", i);
    }
    snprintf(text + len - 1, cap - len + 1, "}}");
    linked_case_refused(text, ERR_CONTEXT_TERMS);
    free(text);
}

static void bounds_what_a_term_stands_for(void **state) {
    (void)state;
    static const char *const forms[] = {
        "{\"@context\": {\"a\": \"urn:%s\"}, \"a\": 1}",
        "{\"@context\": {\"a\": {\"@id\": \"urn:a\", \"@type\": \"urn:%s\"}}, \"a\": 1}",
        "{\"@context\": {\"@vocab\": \"urn:%s\"}, \"a\": 1}"};
    char address[LIMIT_CONTEXT_IRI_BYTES + 1];
    memset(address, 97, LIMIT_CONTEXT_IRI_BYTES);
    address[LIMIT_CONTEXT_IRI_BYTES] = 0;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        char text[2 * LIMIT_CONTEXT_IRI_BYTES];
        snprintf(text, sizeof text, forms[i], address);
        linked_case_refused(text, ERR_CONTEXT_LARGE);
    }
}

static void bounds_the_contexts_in_force(void **state) {
    (void)state;
    char text[4096];
    size_t len = (size_t)snprintf(text, sizeof text, "{\"@context\": [");
    for (unsigned i = 0; i <= LIMIT_CONTEXT_LAYERS; i++) {
        len += (size_t)snprintf(text + len, sizeof text - len, "{\"a\":\"urn:x:a\"},");
    }
    snprintf(text + len - 1, sizeof text - len + 1, "]}");
    linked_case_refused(text, ERR_CONTEXT_DEPTH);
}

/* Many objects, each with a context of many protected terms to be compared. */
static void bounds_the_work_of_contexts(void **state) {
    (void)state;
    char context[16384];
    size_t at = (size_t)snprintf(context, sizeof context, "{\"@context\": {\"@protected\": true");
    for (int i = 0; i < 500; i++) {
        at += (size_t)snprintf(context + at, sizeof context - at, ",\"t%d\":\"urn:x:%d\"", i, i);
    }
    snprintf(context + at, sizeof context - at, "}}");
    struct linked_case c;
    linked_case_open(&c);
    assert_ok(shelf_add_json(&c.shelf, span_of_text("urn:c:a"), span_of_text(context)));
    size_t cap = 64u * 1024u;
    char *text = malloc(cap);
    size_t len = (size_t)snprintf(text, cap, "{\"@id\":\"urn:x:s\",\"urn:x:p\":[");
    for (int i = 0; i < 400; i++) {
        /* an address in an array of its own each time: nothing is remembered */
        len += (size_t)snprintf(text + len, cap - len, "{\"@context\":[\"urn:c:a\"],\"urn:x:q\":%d},", i);
    }
    snprintf(text + len - 1, cap - len + 1, "]}");
    assert_err(linked_case_canonize(&c, text), ERR_CONTEXT_WORK);
    free(text);
    linked_case_close(&c);
}

static void refuses_names_that_collide(void **state) {
    (void)state;
    /* names whose hashes begin alike, found by trying: enough for one slot's neighbourhood to overflow */
    size_t cap = 64u * 1024u;
    char *text = malloc(cap);
    size_t len = (size_t)snprintf(text, cap, "{\"@context\": {");
    unsigned count = 0;
    uint32_t mask = hash_slots(2 * (HASH_PROBES_WIDE + 8)) - 1;
    for (unsigned i = 0; count < HASH_PROBES_WIDE + 8; i++) {
        char name[32];
        snprintf(name, sizeof name, "t%u", i);
        if ((hash_text(span_of_text(name)) & mask) == 7) {
            len += (size_t)snprintf(text + len, cap - len, "\"%s\":\"urn:x:y\",", name);
            count++;
        }
    }
    snprintf(text + len - 1, cap - len + 1, "}}");
    linked_case_refused(text, ERR_LINKED_COLLISIONS);
    free(text);
}

static void compiled_contexts_mean_what_they_say_in_place(void **state) {
    (void)state;
    static const struct {
        const char *shelved, *document, *form;
        enum err err;
    } cases[] = {
        /* a prefix that the document defines first changes what the shelved context means */
        {"{'a': 'x:y'}", "{'@context': ['urn:c:a'], '@id': 'urn:s', 'a': 1}",
         "<urn:s> <x:y> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n", ERR_OK},
        {"{'a': 'x:y'}", "{'@context': [{'x': 'urn:z#'}, 'urn:c:a'], '@id': 'urn:s', 'a': 1}",
         "<urn:s> <urn:z#y> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n", ERR_OK},
        {"{'a': 'x:y'}",
         "{'@context': [{'x:y': {'@id': 'x:y', '@type': '@id'}}, 'urn:c:a'], '@id': 'urn:s', 'a': 'b'}",
         "<urn:s> <x:y> \"b\" .\n", ERR_OK},
        /* what is protected stays so when a context says it again without protection */
        {"{'a': 'urn:x:a', 'b': 'urn:x:b'}",
         "{'@context': [{'@protected': true, 'a': 'urn:x:a'}, 'urn:c:a', {'a': 'urn:x:c'}], '@id': 'urn:s', "
         "'a': 'v'}",
         NULL, ERR_CONTEXT_PROTECTED},
        {"{'a': 'urn:x:a', 'b': 'urn:x:b'}",
         "{'@context': [{'@protected': true, 'a': 'urn:x:a'}, 'urn:c:a', {'b': 'urn:x:c'}], '@id': 'urn:s', "
         "'b': 'v'}",
         "<urn:s> <urn:x:c> \"v\" .\n", ERR_OK},
        {"{'@protected': true, 'a': 'urn:x:b'}",
         "{'@context': [{'@protected': true, 'a': 'urn:x:a'}, 'urn:c:a'], '@id': 'urn:s', 'a': 'v'}", NULL,
         ERR_CONTEXT_PROTECTED},
        /* a vocabulary below */
        {"{'a': {'@type': '@id'}}",
         "{'@context': [{'@vocab': 'urn:v#'}, 'urn:c:a'], '@id': 'urn:s', 'a': 'urn:o'}",
         "<urn:s> <urn:v#a> <urn:o> .\n", ERR_OK},
        /* type-scoped, not propagated; property-scoped, propagated */
        {"{'id': '@id', 'type': '@type', 'p': 'urn:p', 'T': {'@id': 'urn:T', '@context': {'q': 'urn:q'}}}",
         "{'@context': 'urn:c:a', 'id': 'urn:s', 'type': 'T', 'q': 'v'}",
         "<urn:s> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:T> .\n<urn:s> <urn:q> \"v\" .\n",
         ERR_OK},
        {"{'id': '@id', 'type': '@type', 'p': 'urn:p', 'T': {'@id': 'urn:T', '@context': {'q': 'urn:q'}}}",
         "{'@context': 'urn:c:a', 'id': 'urn:s', 'type': 'T', 'p': {'id': 'urn:o', 'q': 'v'}}", NULL,
         ERR_SAFE_TERM},
        {"{'id': '@id', 'p': {'@id': 'urn:p', '@context': {'q': 'urn:q', 'r': 'urn:r'}}}",
         "{'@context': 'urn:c:a', 'id': 'urn:s', 'p': {'id': 'urn:o', 'q': {'id': 'urn:n', 'r': 'v'}}}",
         "<urn:n> <urn:r> \"v\" .\n<urn:o> <urn:q> <urn:n> .\n<urn:s> <urn:p> <urn:o> .\n", ERR_OK},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct linked_case c;
        open_with(&c, "urn:c:a", cases[i].shelved);
        assert_canonized(&c, cases[i].document, cases[i].err, cases[i].form);
        linked_case_close(&c);
    }
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses_wrong_contexts),
        cmocka_unit_test(ends_contexts_that_load_each_other),
        cmocka_unit_test(bounds_the_terms_of_a_context),
        cmocka_unit_test(bounds_what_a_term_stands_for),
        cmocka_unit_test(bounds_the_contexts_in_force),
        cmocka_unit_test(bounds_the_work_of_contexts),
        cmocka_unit_test(refuses_names_that_collide),
        cmocka_unit_test(compiled_contexts_mean_what_they_say_in_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
