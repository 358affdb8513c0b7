/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include "status/meaning.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static enum status_answer mean(const char *purpose, const char *messages, uint32_t value, char text[64]) {
    json_t *json = messages != NULL ? json_loads(messages, 0, NULL) : NULL;
    struct credential_status entry = {.purpose = span_of_text(purpose), .messages = json};
    struct span message = {0};
    enum status_answer answer = meaning_by_purpose(&entry, value, &message);
    assert_true(message.len < 64 && (messages == NULL || json != NULL));
    memcpy(text, message.len > 0 ? (const char *)message.ptr : "", message.len);
    text[message.len] = 0;
    json_decref(json);
    return answer;
}

static void says_what_a_value_means_by_its_purpose(void **state) {
    (void)state;
    static const struct {
        const char *purpose;
        uint32_t value;
        enum status_answer expected;
    } cases[] = {
        {"revocation", 0, STATUS_GOOD},
        {"revocation", 1, STATUS_REVOKED},
        {"revocation", 255, STATUS_REVOKED},
        {"suspension", 0, STATUS_GOOD},
        {"suspension", 1, STATUS_SUSPENDED},
        {"suspension", 3, STATUS_SUSPENDED},
        {"refresh", 0, STATUS_UNKNOWN},
        {"refresh", 1, STATUS_UNKNOWN},
        {"", 0, STATUS_UNKNOWN},
        {"Revocation", 0, STATUS_UNKNOWN},
        {"message", 0, STATUS_UNKNOWN},
    };
    char text[64];
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(mean(cases[i].purpose, NULL, cases[i].value, text), cases[i].expected);
        assert_string_equal(text, "");
    }
}

/* Exactly one text must stand there for the value. */
static void gives_the_message_of_a_value(void **state) {
    (void)state;
    static const struct {
        const char *messages;
        uint32_t value;
        const char *text; /* NULL: not known */
    } cases[] = {
        {"[{\"status\":\"0x0\",\"message\":\"a\"},{\"status\":\"0x1\",\"message\":\"b\"}]", 0, "a"},
        {"[{\"status\":\"0x0\",\"message\":\"a\"},{\"status\":\"0x1\",\"message\":\"b\"}]", 1, "b"},
        {"[{\"status\":\"0x0\",\"message\":\"a\"}]", 1, NULL},
        {"{\"status\":\"0x1\",\"message\":\"b\"}", 1, "b"},
        {"[{\"status\":\"0xfF\",\"message\":\"f\"}]", 255, "f"},
        {"[{\"status\":\"0x00000001\",\"message\":\"b\"}]", 1, "b"},
        {"[{\"status\":\"0x100000001\",\"message\":\"b\"}]", 1, NULL},
        {"[{\"status\":\"1\",\"message\":\"b\"}]", 1, NULL},
        {"[{\"status\":\"0x\",\"message\":\"b\"}]", 0, NULL},
        {"[{\"status\":\"0x1g\",\"message\":\"b\"}]", 1, NULL},
        {"[{\"status\":1,\"message\":\"b\"}]", 1, NULL},
        {"[{\"status\":\"0x1\",\"message\":7}]", 1, NULL},
        {"[{\"status\":\"0x1\",\"message\":\"\"}]", 1, NULL},
        {"[{\"status\":\"0x1\",\"message\":\"a\"},{\"status\":\"0x01\",\"message\":\"b\"}]", 1, NULL},
        {"[7,null,\"0x1\"]", 1, NULL},
        {"[]", 0, NULL},
    };
    char text[64];
    for (size_t i = 0; i < COUNT(cases); i++) {
        enum status_answer got = mean("message", cases[i].messages, cases[i].value, text);
        if (got != (cases[i].text != NULL ? STATUS_GOOD : STATUS_UNKNOWN)) {
            fail_msg("case %zu: %d", i, (int)got);
        }
        assert_string_equal(text, cases[i].text != NULL ? cases[i].text : "");
    }
}

static void knows_three_values_of_a_token_status_list(void **state) {
    (void)state;
    assert_int_equal(meaning_by_value(0), STATUS_GOOD);
    assert_int_equal(meaning_by_value(1), STATUS_REVOKED);
    assert_int_equal(meaning_by_value(2), STATUS_SUSPENDED);
    for (uint32_t value = 3; value < 300; value++) {
        assert_int_equal(meaning_by_value(value), STATUS_UNKNOWN);
    }
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_what_a_value_means_by_its_purpose),
        cmocka_unit_test(gives_the_message_of_a_value),
        cmocka_unit_test(knows_three_values_of_a_token_status_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
