/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdio.h>

#include "tests/lib/cborld_case.h"

#define DATE "{\"@id\":\"ex:d\",\"@type\":\"http://www.w3.org/2001/XMLSchema#date\"}"

/* Where in the bytes a member with this key and a date as a number stands. */
static bool holds(const struct cborld_case *f, const char *hex) {
    uint8_t bytes[64];
    struct span part = cborld_case_unhex(hex, bytes);
    for (size_t i = 0; i + part.len <= f->out.len; i++) {
        if (memcmp(f->output + i, part.ptr, part.len) == 0) {
            return true;
        }
    }
    return false;
}

/* The document's bytes end so, or do not; and are read as it. */
static void ends(void **state, const char *json, const char *hex, bool wanted) {
    struct cborld_case *f = *state;
    uint8_t bytes[64];
    struct span end = cborld_case_unhex(hex, bytes);
    json_t *document = json_loads(json, 0, NULL);
    json_t *back = NULL;
    assert_non_null(document);
    assert_ok(cborld_case_encode(f, document, cborld_case_first));
    assert_ok(cborld_case_decode(f, room_span(&f->out), &back));
    assert_true(json_equal(document, back));
    bool so = f->out.len >= end.len && memcmp(f->output + f->out.len - end.len, end.ptr, end.len) == 0;
    if (so != wanted) {
        fail_msg("%s ends otherwise", json);
    }
    json_decref(document);
    json_decref(back);
}

static void forgets_all_where_a_definition_says_null(void **state) {
    /* p is 102; d, 100, is a date outside of it and text inside */
    ends(state,
         "{\"@context\":{\"d\":" DATE
         ",\"p\":{\"@id\":\"ex:p\",\"@context\":null}},\"p\":{\"d\":\"1970-01-01\"}}",
         "1866 a1 1864 6a 313937302d30312d3031", true);
    ends(state,
         "{\"@context\":{\"d\":" DATE
         ",\"p\":{\"@id\":\"ex:p\",\"@context\":{}}},\"p\":{\"d\":\"1970-01-01\"}}",
         "1866 a1 1864 00", true);
}

static void takes_a_prefix_from_below_where_the_context_hides_it(void **state) {
    ends(state,
         "{\"@context\":[{\"xsd\":\"http://www.w3.org/2001/"
         "XMLSchema#\"},{\"xsd\":null,\"t\":{\"@id\":\"ex:t\",\"@type\":"
         "\"xsd:date\"}}],\"t\":\"1970-01-02\"}",
         "1866 1a 00015180", true);
}

static void follows_prefixes_of_prefixes(void **state) {
    ends(state,
         "{\"@context\":{\"w\":\"http://www.w3.org/\",\"x\":\"w:2001/"
         "XMLSchema#\",\"d\":{\"@id\":\"ex:d\",\"@type\":"
         "\"x:date\"}},\"d\":\"1970-01-01\"}",
         "1864 00", true);
}

static void numbers_scoped_names_in_the_order_of_types(void **state) {
    /* A 100, B 102, type 104; of A's context a 106, of B's b 108, in whatever order the types are written */
    ends(state,
         "{\"@context\":{\"A\":{\"@id\":\"ex:A\",\"@context\":{\"a\":\"ex:a\"}},\"B\":{\"@id\":\"ex:B\",\"@"
         "context\":{\"b\":"
         "\"ex:b\"}},\"type\":\"@type\"},\"type\":[\"B\",\"A\"],\"a\":1,\"b\":2}",
         "1869 82 1866 1864 186a 01 186c 02", true);
}

static void applies_a_type_once(void **state) {
    /* within A, A has another context, which holds for an inner A alone */
    ends(state,
         "{\"@context\":{\"A\":{\"@id\":\"ex:A\",\"@context\":{\"A\":{\"@id\":\"ex:A\",\"@context\":{\"e\":"
         "\"ex:e\"}}}},"
         "\"type\":\"@type\"},\"type\":[\"A\",\"A\"],\"e\":1}",
         "61 65 01", true);
}

static void gives_a_context_its_imports(void **state) {
    /* Person 100 to type 110, @import 112: the list of keywords is older than it; own names win over those that are
     * imported */
    ends(state, "{\"@context\":{\"@import\":\"https://a.example/1\"},\"at\":\"1970-01-01T00:00:00Z\"}",
         "1866 00", true);
    ends(state,
         "{\"@context\":{\"@import\":\"https://a.example/"
         "1\",\"at\":\"ex:at\"},\"at\":\"1970-01-01T00:00:00Z\"}",
         "1866 00", false);
    ends(state, "{\"@context\":{\"@import\":\"https://a.example/1\",\"z\":\"ex:z\"},\"z\":1}", "1872 01",
         true);
}

static void keeps_protected_terms_as_they_are(void **state) {
    static const struct {
        const char *first, *second;
        enum err err;
    } cases[] = {
        {"{\"@protected\":true,\"a\":{\"@id\":\"ex:a\",\"@type\":\"@id\"}}",
         "{\"a\":{\"@type\":\"@id\",\"@id\":\"ex:a\"}}", ERR_OK},
        {"{\"@protected\":true,\"a\":\"ex:a\"}", "{\"a\":{\"@id\":\"ex:a\"}}", ERR_OK},
        {"{\"@protected\":true,\"a\":\"ex:a\"}", "{\"ex\":\"ex:\",\"a\":\"ex:a\"}", ERR_CBORLD_DEFINITION},
        {"{\"@protected\":true,\"a\":\"ex:a\"}", "{\"y\":\"ex:\",\"a\":\"y:a\"}", ERR_OK},
        {"{\"@protected\":true,\"a\":{\"@id\":\"ex:a\",\"@type\":\"@id\"}}",
         "{\"a\":{\"@id\":\"ex:a\",\"@type\":\"@vocab\"}}", ERR_CONTEXT_PROTECTED},
        {"{\"@protected\":true,\"a\":\"ex:a\"}", "{\"a\":{\"@id\":\"ex:a\",\"@container\":\"@set\"}}",
         ERR_CONTEXT_PROTECTED},
        {"{\"@protected\":true,\"a\":{\"@id\":\"ex:a\",\"@container\":\"@set\"}}", "{\"a\":\"ex:a\"}",
         ERR_CONTEXT_PROTECTED},
        {"{\"@protected\":true,\"a\":\"ex:a\"}", "{\"a\":\"ex:b\"}", ERR_CONTEXT_PROTECTED},
        {"{\"a\":\"ex:a\"}", "{\"a\":\"ex:b\"}", ERR_OK},
        {"{\"@import\":\"https://a.example/1\"}", "{\"at\":\"ex:b\"}", ERR_CONTEXT_PROTECTED},
        {"{\"@import\":\"https://a.example/1\",\"@protected\":false}", "{\"at\":\"ex:b\"}", ERR_OK},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char json[400];
        snprintf(json, sizeof json, "{\"@context\":[%s,%s]}", cases[i].first, cases[i].second);
        assert_err(cborld_case_encode_text(*state, json, cborld_case_first), cases[i].err);
    }
}

static void lets_a_property_give_protected_terms_another_meaning(void **state) {
    ends(state,
         "{\"@context\":{\"@protected\":true,\"d\":" DATE
         ",\"p\":{\"@id\":\"ex:p\",\"@context\":{\"d\":\"ex:d\"}}},"
         "\"p\":{\"d\":\"1970-01-01\"}}",
         "1866 a1 1864 6a 313937302d30312d3031", true);
}

static void lets_a_type_hold_further_where_it_says_so(void **state) {
    static const char form[] = "{\"@context\":{\"A\":{\"@id\":\"ex:A\",\"@context\":{%s\"d\":" DATE
                               "}},\"p\":\"ex:p\",\"type\":\"@type\"},"
                               "\"type\":\"A\",\"p\":{\"d\":\"1970-01-02\"}}";
    char json[500];
    snprintf(json, sizeof json, form, "\"@propagate\":true,");
    ends(state, json, "1a 00015180 1868 1864", true);
    snprintf(json, sizeof json, form, "");
    ends(state, json, "1a 00015180 1868 1864", false);
    assert_true(holds(*state, "6a 313937302d30312d3032"));
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(forgets_all_where_a_definition_says_null),
        cmocka_unit_test(takes_a_prefix_from_below_where_the_context_hides_it),
        cmocka_unit_test(follows_prefixes_of_prefixes),
        cmocka_unit_test(numbers_scoped_names_in_the_order_of_types),
        cmocka_unit_test(applies_a_type_once),
        cmocka_unit_test(gives_a_context_its_imports),
        cmocka_unit_test(keeps_protected_terms_as_they_are),
        cmocka_unit_test(lets_a_property_give_protected_terms_another_meaning),
        cmocka_unit_test(lets_a_type_hold_further_where_it_says_so),
    };
    return cmocka_run_group_tests(tests, cborld_case_open, cborld_case_close);
}
