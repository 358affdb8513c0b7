/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "linked/termtable.h"

#define HEX  "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define HEAD "credkiosk-context 1\naddress\turn:c\nsource\ta test\nsha256\t" HEX "\n\n"

static json_t *json_of(const char *text) {
    char *copy = strdup(text);
    for (char *at = copy; *at != 0; at++) {
        *at = *at == '\'' ? '"' : *at;
    }
    json_t *value = json_loads(copy, JSON_DECODE_ANY, NULL);
    assert_non_null(value);
    free(copy);
    return value;
}

static void reads_what_it_describes(void **state) {
    (void)state;
    static const char table[] = HEAD "@version\t1.1\n@protected\ttrue\n@vocab\t~\nid\t@id\nold\t~\n"
                                     "date\turn:d\ttype=urn:t\tcontainer=@set,@index\tindex=urn:i\n"
                                     "own\t-\tlanguage\tdirection=rtl\tprotected=false\n"
                                     "back\turn:b\treverse\n"
                                     "Person\turn:P\tscope\n"
                                     "\t@propagate\tfalse\n"
                                     "\tname\turn:n\tprefix=true\tnest=id\n"
                                     "\tinner\turn:in\tscope\n"
                                     "\t\tx\turn:x\n"
                                     "Two\turn:2\tscope\n"
                                     "\t@use\turn:other\n"
                                     "\t@forget\n"
                                     "\ta\turn:a\n"
                                     "\t@and\n"
                                     "\tb\turn:b\tlanguage=en\n"
                                     "Empty\turn:e\tscope\n";
    struct termtable_head head = {0};
    json_t *context = NULL;
    json_t *expected = json_of(
        "{'@version': 1.1, '@protected': true, '@vocab': null, 'id': '@id', 'old': null, 'date': {'@id': "
        "'urn:d', "
        "'@type': 'urn:t', '@container': ['@set', '@index'], '@index': 'urn:i'}, 'own': {'@language': null, "
        "'@direction': 'rtl', '@protected': false}, 'back': {'@reverse': 'urn:b'}, 'Person': {'@id': "
        "'urn:P', "
        "'@context': {'@propagate': false, 'name': {'@id': 'urn:n', '@prefix': true, '@nest': 'id'}, "
        "'inner': {'@id': "
        "'urn:in', '@context': {'x': 'urn:x'}}}}, 'Two': {'@id': 'urn:2', '@context': ['urn:other', null, "
        "{'a': "
        "'urn:a'}, {'b': {'@id': 'urn:b', '@language': 'en'}}]}, 'Empty': {'@id': 'urn:e', '@context': {}}}");
    assert_ok(termtable_read(span_of_text(table), &head, &context));
    assert_span_text(head.address, "urn:c");
    assert_span_text(head.source, "a test");
    assert_span_text(head.sha256, HEX);
    assert_true(json_equal(context, expected));
    uint8_t memory[4096];
    struct room room = room_over(memory, sizeof memory);
    assert_ok(termtable_write(&head, context, &room));
    json_t *again = NULL;
    assert_ok(termtable_read(room_span(&room), &head, &again));
    assert_true(json_equal(again, expected));
    for (size_t cap = 0; cap < room.len; cap += 7) {
        struct room small = room_over(memory, cap);
        assert_err(termtable_write(&head, expected, &small), ERR_NO_ROOM);
    }
    json_decref(again);
    json_decref(context);
    json_decref(expected);
}

static void refuses_other_lines(void **state) {
    (void)state;
    static const char *const cases[] = {
        "",
        "credkiosk-context 2\naddress\turn:c\nsource\ts\nsha256\t" HEX "\n\n",
        "credkiosk-context 1\naddress\turn:c\nsource\ts\nsha256\tabc\n\n",
        "credkiosk-context 1\nsource\ts\naddress\turn:c\nsha256\t" HEX "\n\n",
        "credkiosk-context 1\naddress\turn:c\nsource\ts\nsha256\t" HEX "\n",
        "credkiosk-context 1\naddress\turn:c\nsource\ts\nsha256\t" HEX "\nid\t@id\n",
        HEAD "id\n",
        HEAD "id\t\n",
        HEAD "\tid\t@id\n",
        HEAD "id\t@id\t\n",
        HEAD "id\t\t@id\n",
        HEAD "\n",
        HEAD "id\t@id\nid\t@id\n",
        HEAD "id\t@id\tunknown\n",
        HEAD "id\t@id\tunknown=1\n",
        HEAD "id\t@id\ttype\n",
        HEAD "id\t@id\ttype=a\ttype=b\n",
        HEAD "id\t@id\tprotected=yes\n",
        HEAD "@protected\tyes\n",
        HEAD "@version\t1.0\n",
        HEAD "@vocab\ta\tb\n",
        HEAD "@id\tb\n",
        HEAD "@unknown\n",
        HEAD "a\turn:a\n\tb\turn:b\n",
        HEAD "a\turn:a\tscope\n\t\tb\turn:b\n",
        HEAD
        "a\t1\ttype=2\tcontainer=3\tlanguage=4\tdirection=5\tindex=6\tnest=7\tprotected=true\tprefix=true\t"
        "scope\tscope\tscope\tscope\tscope\n",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct termtable_head head = {0};
        json_t *context = NULL;
        enum err err = termtable_read(span_of_text(cases[i]), &head, &context);
        if (err != ERR_CONTEXT_TABLE || context != NULL) {
            fail_msg("%s gives %s", cases[i], err_name(err));
        }
    }
}

static void refuses_what_the_form_cannot_say(void **state) {
    (void)state;
    static const char *const cases[] = {
        "1",
        "[1]",
        "{'a': 1}",
        "{'a': []}",
        "{'': 'urn:a'}",
        "{'a': ''}",
        "{'a': '-'}",
        "{'a': {'@id': '~'}}",
        "{'a': 'b\\tc'}",
        "{'a\\n': 'b'}",
        "{'a': {'@id': 'b', '@reverse': 'c'}}",
        "{'a': {'@id': 'b', 'other': 'c'}}",
        "{'a': {'@id': 'b', '@type': 1}}",
        "{'a': {'@id': 'b', '@protected': 'true'}}",
        "{'a': {'@id': 'b', '@container': [1]}}",
        "{'@version': 1.0}",
        "{'@vocab': 1}",
    };
    const struct termtable_head head = {span_of_text("urn:c"), span_of_text("s"), span_of_text(HEX)};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint8_t memory[1024];
        struct room room = room_over(memory, sizeof memory);
        json_t *context = json_of(cases[i]);
        enum err err = termtable_write(&head, context, &room);
        if (err != ERR_CONTEXT_TABLE) {
            fail_msg("%s gives %s", cases[i], err_name(err));
        }
        json_decref(context);
    }
}

static void bounds_depth_and_size(void **state) {
    (void)state;
    struct termtable_head head = {0};
    json_t *context = NULL;
    char text[8192] = HEAD;
    json_t *deep = json_object();
    for (unsigned i = 0; i <= LIMIT_CONTEXT_SCOPES + 1; i++) {
        char line[64] = "";
        memset(line, '\t', i);
        snprintf(text + strlen(text), sizeof text - strlen(text), "%sa\turn:a\tscope\n", line);
        deep = json_pack("{s:{s:s,s:o}}", "a", "@id", "urn:a", "@context", deep);
    }
    assert_err(termtable_read(span_of_text(text), &head, &context), ERR_CONTEXT_DEPTH);
    const struct termtable_head good = {span_of_text("urn:c"), span_of_text("s"), span_of_text(HEX)};
    struct room room = room_over(text, sizeof text);
    assert_err(termtable_write(&good, deep, &room), ERR_CONTEXT_DEPTH);
    json_decref(deep);
    char *large = calloc(1, LIMIT_CONTEXT_BYTES + 1);
    assert_err(termtable_read(span_of_bytes(large, LIMIT_CONTEXT_BYTES + 1), &head, &context),
               ERR_CONTEXT_LARGE);
    free(large);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_it_describes),
        cmocka_unit_test(refuses_other_lines),
        cmocka_unit_test(refuses_what_the_form_cannot_say),
        cmocka_unit_test(bounds_depth_and_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
