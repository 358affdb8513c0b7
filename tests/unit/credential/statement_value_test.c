/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "tests/lib/forge.h"
#include "tests/lib/stated.h"

static void takes_english_else_the_first_language(void **state) {
    (void)state;
    static const struct {
        const char *name, *behind, *expected;
    } cases[] = {
        {"\"Pioneer\"@en", "<urn:a:1> " NAME " \"Pionier\"@de .\n", "Pioneer"},
        {"\"Pioneer\"@en-GB", "<urn:a:1> " NAME " \"Pionier\"@de .\n", "Pioneer"},
        {"\"Pionero\"@es", "<urn:a:1> " NAME " \"Pionier\"@de .\n", "Pionier"},
        {"\"Pionero\"@es", "<urn:a:1> " NAME " \"Plain\" .\n", "Plain"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct claimed_credential c = {0};
        char *text = stated_changed("\"Pioneer\"", cases[i].name, cases[i].behind);
        assert_ok(stated_read(text, &c));
        assert_span_text(c.achievement_name, cases[i].expected);
        credential_close(&c);
        free(text);
    }
    assert_err(stated_error("\"Pioneer\"", "\"Pioneer\"@en", "<urn:a:1> " NAME " \"Scout\"@en .\n"),
               ERR_CREDENTIAL_TWICE);
}

static void gives_text_back_as_it_was(void **state) {
    (void)state;
    struct claimed_credential c = {0};
    char *text = stated_changed("\"Pioneer\"", "\"a\\\"b\\\\c\\n\\r\\t\\b\\f\\u0001\\u007F\\u00E9\"", "");
    assert_ok(stated_read(text, &c));
    assert_span_text(c.achievement_name, "a\"b\\c\n\r\t\b\f\x01\x7F\xC3\xA9");
    credential_close(&c);
    free(text);
}

static void understands_no_size_or_index_that_is_no_number(void **state) {
    (void)state;
    static const char *const sizes[] = {"\"-1\"", "\"two\"", "<urn:x:2>", "\"9999999999\"", "\"2.0\""};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct claimed_credential c = {0};
        char *text = stated_changed("\"2\"^^<https://www.w3.org/2001/XMLSchema#integer>", sizes[i], "");
        assert_ok(stated_read(text, &c));
        assert_int_equal(c.statuses[0].bits, 0);
        credential_close(&c);
        free(text);
    }
    struct claimed_credential c = {0};
    char *text = stated_changed("\"94567\"", "<urn:x:94567>", "");
    assert_ok(stated_read(text, &c));
    assert_false(c.statuses[0].has_index);
    credential_close(&c);
    free(text);
}

/* `count` more statements, each with its number in the place of %u. */
static enum err error_of_many(const char *form, unsigned count) {
    size_t each = strlen(form) + 16;
    char *behind = calloc(count + 1, each);
    for (unsigned i = 0; i < count; i++) {
        const char *number = strchr(form, '%');
        size_t at = strlen(behind);
        snprintf(behind + at, each, "%.*s%u%s", (int)(number - form), form, i, number + 1);
    }
    enum err err = stated_error("urn:c:1", "urn:c:1", behind);
    free(behind);
    return err;
}

static void bounds_what_it_puts_together(void **state) {
    (void)state;
    const char *status = "<urn:c:1> <" CRED "credentialStatus> <urn:s:%> .\n";
    const char *type = "<urn:c:1> " A " <https://t.example/%> .\n";
    assert_err(error_of_many(status, LIMIT_CREDENTIAL_STATUSES - 1), ERR_OK);
    assert_err(error_of_many(status, LIMIT_CREDENTIAL_STATUSES), ERR_CREDENTIAL_TOO_MANY);
    assert_err(error_of_many(status, LIMIT_STATED_VALUES), ERR_CREDENTIAL_TOO_MANY);
    assert_err(error_of_many(type, LIMIT_CREDENTIAL_TYPES - 2), ERR_OK);
    assert_err(error_of_many(type, LIMIT_CREDENTIAL_TYPES - 1), ERR_CREDENTIAL_TOO_MANY);
    assert_err(error_of_many("<urn:a:1> " NAME " \"N\"@x-% .\n", LIMIT_STATED_VALUES),
               ERR_CREDENTIAL_TOO_MANY);
}

/* A long text that stands at several places counts at each. */
static void bounds_the_bytes_of_all_texts(void **state) {
    (void)state;
    size_t size = LIMIT_STATED_BYTES / 2;
    char *name = malloc(size + 3);
    memset(name, 'n', size + 2);
    name[0] = '"';
    name[size - 200] = '"';
    name[size - 199] = 0;
    assert_err(stated_error("\"Pioneer\"", name, ""), ERR_OK);
    char *one = stated_changed("\"Pioneer\"", name, "");
    char *two = forge_replaced(one, "\"Ada\"", name);
    struct claimed_credential c = {0};
    assert_err(stated_read(two, &c), ERR_CREDENTIAL_TOO_MANY);
    free(two);
    free(one);
    free(name);
}

static void says_when_memory_is_short(void **state) {
    (void)state;
    struct claimed_credential c = {0};
    assert_err(stated_read_in(STATED_BADGE, false, 16, &c), ERR_NO_ROOM);
    assert_err(stated_read_in("", false, STATED_MEMORY, &c), ERR_CREDENTIAL_TYPE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_english_else_the_first_language),
        cmocka_unit_test(gives_text_back_as_it_was),
        cmocka_unit_test(understands_no_size_or_index_that_is_no_number),
        cmocka_unit_test(bounds_what_it_puts_together),
        cmocka_unit_test(bounds_the_bytes_of_all_texts),
        cmocka_unit_test(says_when_memory_is_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
