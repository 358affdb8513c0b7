/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdlib.h>

#include "base/limits.h"
#include "codec/jsontext.h"

static json_t *parsed(const char *text) {
    json_t *value = NULL;
    assert_ok(jsontext_parse(span_of_text(text), &value));
    assert_non_null(value);
    return value;
}

static enum err parse_err(struct span text) {
    json_t *value = NULL;
    enum err err = jsontext_parse(text, &value);
    assert_true((err == ERR_OK) == (value != NULL));
    json_decref(value);
    return err;
}

static void reads_objects_and_arrays(void **state) {
    (void)state;
    static const char *const cases[] = {
        "{}",
        "[]",
        " [1, 2.5, \"a\", null, true, {\"b\": []}]\n",
        "{\"a\":\"}]\\\"[{\",\"b\":\"\\\\\"}",
        "[9223372036854775807,-9223372036854775808]",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_err(parse_err(span_of_text(cases[i])), ERR_OK);
    }
}

static void refuses_what_is_no_json(void **state) {
    (void)state;
    static const char *const cases[] = {
        "",
        " ",
        "1",
        "\"a\"",
        "null",
        "{",
        "[",
        "[1,]",
        "{\"a\"}",
        "{\"a\":1,}",
        "{a:1}",
        "{} x",
        "[]]",
        "{}{}",
        "['a']",
        "[01]",
        "[NaN]",
        "[1] // c",
        "[\"\\u0000\"]",
        "{\"\\u0000\":1}",
        "[\"\\ud800\"]",
        "[\"\\ud800\\u0041\"]",
        "[\"\\udc00\"]",
        "[\"\xc0\x80\"]",
        "[\"\xed\xa0\x80\"]",
        "[\"\xff\"]",
        "[\"a\nb\"]",
        "\xef\xbb\xbf{}",
        "[\"\\",
        "[\"\\\"",
        "[\"",
        "]]]]",
        "[}",
        "{\"a\":1]",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_err(parse_err(span_of_text(cases[i])), ERR_JSON_SYNTAX);
    }
    assert_err(parse_err((struct span){0}), ERR_JSON_SYNTAX);
    assert_err(parse_err(span_of_bytes("[\"a\0b\"]", 7)), ERR_JSON_SYNTAX);
    assert_err(parse_err(span_of_bytes("[]\0", 3)), ERR_JSON_SYNTAX);
}

static void refuses_duplicate_members(void **state) {
    (void)state;
    assert_err(parse_err(span_of_text("{\"a\":1,\"a\":1}")), ERR_JSON_DUPLICATE);
    assert_err(parse_err(span_of_text("{\"a\":1,\"\\u0061\":2}")), ERR_JSON_DUPLICATE);
    assert_err(parse_err(span_of_text("[{\"x\":{\"\":1,\"\":2}}]")), ERR_JSON_DUPLICATE);
    assert_err(parse_err(span_of_text("[{\"a\":1},{\"a\":1}]")), ERR_OK);
}

static void refuses_numbers_that_no_machine_type_holds(void **state) {
    (void)state;
    assert_err(parse_err(span_of_text("[9223372036854775808]")), ERR_JSON_NUMBER);
    assert_err(parse_err(span_of_text("[-9223372036854775809]")), ERR_JSON_NUMBER);
    assert_err(parse_err(span_of_text("[1e999]")), ERR_JSON_NUMBER);
}

/* `count` times `open`, then `count` times `close`. */
static char *nested(size_t count, const char *open, char close) {
    size_t len = strlen(open);
    char *text = calloc(1, count * (len + 1) + 1);
    for (size_t i = 0; i < count; i++) {
        memcpy(text + i * len, open, len);
    }
    memset(text + count * len, close, count);
    return text;
}

static void refuses_deep_nesting(void **state) {
    (void)state;
    static const struct {
        size_t depth;
        enum err err;
    } cases[] = {{LIMIT_JSON_DEPTH, ERR_OK}, {LIMIT_JSON_DEPTH + 1, ERR_JSON_DEPTH}, {10000, ERR_JSON_DEPTH}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *text = nested(cases[i].depth, "[", ']');
        assert_err(parse_err(span_of_text(text)), cases[i].err);
        assert_err(parse_err(span_of_bytes(text, cases[i].depth)),
                   cases[i].err == ERR_OK ? ERR_JSON_SYNTAX : ERR_JSON_DEPTH);
        free(text);
        text = nested(cases[i].depth, "{\"[[[[\":", '}');
        assert_err(parse_err(span_of_text(text)), cases[i].err == ERR_OK ? ERR_JSON_SYNTAX : ERR_JSON_DEPTH);
        free(text);
    }
}

/* An array of `count` times `item`. */
static char *repeated(size_t count, const char *item) {
    size_t len = strlen(item) + 1;
    char *text = calloc(1, count * len + 2);
    text[0] = '[';
    for (size_t i = 0; i < count; i++) {
        memcpy(text + 1 + i * len, item, len - 1);
        text[len + i * len] = i + 1 < count ? ',' : ']';
    }
    return text;
}

static void refuses_too_many_values(void **state) {
    (void)state;
    static const struct {
        const char *item;
        size_t values; /* in one item */
    } cases[] = {{"1", 1},           {"{}", 1}, {" [ ] ", 1}, {"\",[{\"", 1}, {"{\"a\":[1, null]}", 4},
                 {"[[\"\\\"\"]]", 3}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t most = (LIMIT_JSON_VALUES - 1) / cases[i].values;
        char *text = repeated(most, cases[i].item);
        assert_err(parse_err(span_of_text(text)), ERR_OK);
        free(text);
        text = repeated(most + 1, cases[i].item);
        assert_err(parse_err(span_of_text(text)), ERR_JSON_TOO_MANY);
        free(text);
    }
}

/* How many allocations are still granted. */
static int granted;

static void *miser(size_t size) {
    return granted-- > 0 ? malloc(size) : NULL;
}

static void survives_any_want_of_memory(void **state) {
    (void)state;
    struct span text = span_of_text("{\"a\":[1,2.5,\"\\u00e9\",{\"b\":null}],\"a long enough name\":\"x\"}");
    enum err err = ERR_NO_MEMORY;
    int most = 0;
    int told = 0;
    json_set_alloc_funcs(miser, free);
    for (; err != ERR_OK && most < 1000; most++) {
        granted = most;
        err = parse_err(text);
        told += err == ERR_NO_MEMORY;
    }
    json_set_alloc_funcs(malloc, free);
    assert_err(err, ERR_OK);
    assert_in_range(told, 5, most);
    assert_in_range(most, 10, 100);
}

static void reads_a_string_of_a_megabyte(void **state) {
    (void)state;
    size_t len = 1024 * 1024;
    char *text = malloc(len);
    memset(text, 'a', len);
    memcpy(text, "[\"", 2);
    memcpy(text + len - 2, "\"]", 2);
    json_t *value = NULL;
    assert_ok(jsontext_parse(span_of_bytes(text, len), &value));
    assert_int_equal(jsontext_span(json_array_get(value, 0)).len, len - 4);
    json_decref(value);
    free(text);
}

static void gives_members_by_type(void **state) {
    (void)state;
    json_t *object = parsed("{\"s\":\"a\\u00e9\",\"e\":\"\",\"n\":1,\"z\":null}");
    struct span text = {0};
    assert_ok(jsontext_string(object, "s", &text));
    assert_span_text(text, "a\xc3\xa9");
    assert_ok(jsontext_optional_string(object, "s", &text));
    assert_span_text(text, "a\xc3\xa9");
    assert_err(jsontext_string(object, "n", &text), ERR_JSON_TYPE);
    assert_err(jsontext_string(object, "z", &text), ERR_JSON_TYPE);
    assert_err(jsontext_string(object, "absent", &text), ERR_JSON_TYPE);
    assert_err(jsontext_optional_string(object, "n", &text), ERR_JSON_TYPE);
    assert_err(jsontext_optional_string(object, "z", &text), ERR_JSON_TYPE);
    assert_err(jsontext_optional_string(NULL, "s", &text), ERR_JSON_TYPE);
    assert_err(jsontext_string(json_object_get(object, "n"), "s", &text), ERR_JSON_TYPE);
    assert_span_text(text, "a\xc3\xa9");
    assert_ok(jsontext_optional_string(object, "absent", &text));
    assert_int_equal(text.len, 0);
    assert_int_equal(jsontext_span(json_object_get(object, "n")).len, 0);
    assert_int_equal(jsontext_span(NULL).len, 0);
    json_decref(object);
}

static void reads_whole_numbers_that_are_exact(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int64_t value;
        enum err err;
    } cases[] = {
        {"{\"n\":0}", 0, ERR_OK},
        {"{\"n\":-1}", -1, ERR_OK},
        {"{\"n\":1788256800}", 1788256800, ERR_OK},
        {"{\"n\":1788256800.0}", 1788256800, ERR_OK},
        {"{\"n\":1.5e1}", 15, ERR_OK},
        {"{\"n\":9007199254740991}", 9007199254740991, ERR_OK},
        {"{\"n\":-9007199254740991}", -9007199254740991, ERR_OK},
        {"{\"n\":9007199254740991.0}", 9007199254740991, ERR_OK},
        {"{\"n\":9007199254740992}", 0, ERR_JSON_TYPE},
        {"{\"n\":-9007199254740992}", 0, ERR_JSON_TYPE},
        {"{\"n\":9007199254740992.0}", 0, ERR_JSON_TYPE},
        {"{\"n\":1e300}", 0, ERR_JSON_TYPE},
        {"{\"n\":1.5}", 0, ERR_JSON_TYPE},
        {"{\"n\":\"1\"}", 0, ERR_JSON_TYPE},
        {"{\"n\":null}", 0, ERR_JSON_TYPE},
        {"{\"n\":true}", 0, ERR_JSON_TYPE},
        {"{}", 0, ERR_JSON_TYPE},
        {"[]", 0, ERR_JSON_TYPE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        json_t *object = parsed(cases[i].text);
        int64_t value = 77;
        assert_err(jsontext_integer(object, "n", &value), cases[i].err);
        assert_int_equal(value, cases[i].err == ERR_OK ? cases[i].value : 77);
        json_decref(object);
    }
}

static void finds_a_name_alone_or_among_others(void **state) {
    (void)state;
    json_t *object = NULL;
    assert_ok(jsontext_parse(span_of_text("{\"one\":\"A\",\"many\":[7,\"B\",\"A\"],\"none\":[],\"n\":7}"),
                             &object));
    assert_true(jsontext_names(object, "one", "A"));
    assert_true(jsontext_names(object, "many", "A"));
    assert_true(jsontext_names(object, "many", "B"));
    assert_false(jsontext_names(object, "one", "B"));
    assert_false(jsontext_names(object, "many", "C"));
    assert_false(jsontext_names(object, "none", "A"));
    assert_false(jsontext_names(object, "n", "7"));
    assert_false(jsontext_names(object, "absent", "A"));
    assert_false(jsontext_names(NULL, "one", "A"));
    json_decref(object);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_objects_and_arrays),
        cmocka_unit_test(refuses_what_is_no_json),
        cmocka_unit_test(refuses_duplicate_members),
        cmocka_unit_test(refuses_numbers_that_no_machine_type_holds),
        cmocka_unit_test(refuses_deep_nesting),
        cmocka_unit_test(refuses_too_many_values),
        cmocka_unit_test(survives_any_want_of_memory),
        cmocka_unit_test(reads_a_string_of_a_megabyte),
        cmocka_unit_test(gives_members_by_type),
        cmocka_unit_test(finds_a_name_alone_or_among_others),
        cmocka_unit_test(reads_whole_numbers_that_are_exact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
