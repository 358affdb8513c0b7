/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"
#include "tests/lib/interop.h"

#include "codec/jsontext.h"

#define SCALAR    "a lone scalar: only an object or an array is ever read here"
#define DUPLICATE "duplicate members are refused (RFC 7493 section 2.3)"
#define NUL       "NUL characters are refused"

/* Files whose name begins so, and what jsontext_parse must say of them; the first that fits rules. */
struct ruling {
    const char *prefix;
    enum err err;
    const char
        *reason; /* valid JSON, refused by choice: excluded from the passes, yet its error is checked */
};

static const struct ruling rulings[] = {
    {"y_object_duplicated_key", ERR_JSON_DUPLICATE, DUPLICATE},
    {"y_object_escaped_null_in_key", ERR_JSON_SYNTAX, NUL},
    {"y_string_null_escape", ERR_JSON_SYNTAX, NUL},
    {"y_string_space", ERR_JSON_SYNTAX, SCALAR},
    {"y_structure_lonely_", ERR_JSON_SYNTAX, SCALAR},
    {"y_structure_string_empty", ERR_JSON_SYNTAX, SCALAR},
    {"y_", ERR_OK, NULL},
    /* found before the syntax is */
    {"n_structure_100000_opening_arrays", ERR_JSON_DEPTH, NULL},
    {"n_structure_open_array_object", ERR_JSON_DEPTH, NULL},
    {"n_object_non_string_key_but_huge_number_instead", ERR_JSON_NUMBER, NULL},
    {"n_", ERR_JSON_SYNTAX, NULL},
    /* left to each parser: what underflows is zero, what overflows or is no Unicode is refused */
    {"i_number_double_huge_neg_exp", ERR_OK, NULL},
    {"i_number_real_underflow", ERR_OK, NULL},
    {"i_number_", ERR_JSON_NUMBER, NULL},
    {"i_structure_500_nested_arrays", ERR_JSON_DEPTH, NULL},
    {"i_", ERR_JSON_SYNTAX, NULL},
    /* test_transform */
    {"number_-9223372036854775809", ERR_JSON_NUMBER, NULL},
    {"number_10000000000000000999", ERR_JSON_NUMBER, NULL},
    {"number_9223372036854775808", ERR_JSON_NUMBER, NULL},
    {"number_", ERR_OK, NULL},
    {"object_key_", ERR_OK, NULL},
    {"object_same_key_", ERR_JSON_DUPLICATE, NULL},
    {"string_", ERR_JSON_SYNTAX, NULL},
};

static const struct ruling *ruling_of(const char *name) {
    for (size_t i = 0; i < sizeof rulings / sizeof *rulings; i++) {
        if (strncmp(name, rulings[i].prefix, strlen(rulings[i].prefix)) == 0) {
            return &rulings[i];
        }
    }
    fail_msg("no ruling for %s", name);
    return NULL;
}

static void judge(void *ctx, const char *name, struct span bytes) {
    const struct ruling *ruling = ruling_of(name);
    json_t *value = NULL;
    enum err err = jsontext_parse(bytes, &value);
    json_decref(value);
    if (ruling->reason != NULL && err == ruling->err) {
        interop_exclude(ctx, name, 1, ruling->reason);
        return;
    }
    interop_case(ctx, name, err == ruling->err, err_name(err));
}

static void json_test_suite(void **state) {
    (void)state;
    struct interop interop = {0};
    interop_open(&interop, "json-test-suite", "json-test-suite");
    interop_each_file("json-test-suite/test_parsing", judge, &interop);
    interop_each_file("json-test-suite/test_transform", judge, &interop);
    interop_close(&interop);
}

int main(void) {
    static const struct CMUnitTest tests[] = {cmocka_unit_test(json_test_suite)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
