/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdio.h>

#include "codec/jsontext.h"
#include "credential/statusentry.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Read `text` as a credential and, where it has a status claim, as the claims around it. */
static enum err read_text(const char *text, struct claimed_credential *claimed) {
    assert_ok(jsontext_parse(span_of_text(text), &claimed->document));
    enum err err = statusentry_read(claimed->document, claimed);
    return err == ERR_OK ? statusentry_read_claim(claimed->document, claimed) : err;
}

/* The one entry whose member is written so. */
static struct credential_status entry_with(const char *member, const char *value) {
    char text[200];
    struct claimed_credential claimed = {0};
    int len = snprintf(text, sizeof text, "{\"credentialStatus\":{\"%s\":%s}}", member, value);
    assert_true(len > 0 && (size_t)len < sizeof text);
    assert_ok(read_text(text, &claimed));
    assert_int_equal(claimed.status_count, 1);
    struct credential_status out = claimed.statuses[0];
    credential_close(&claimed);
    return out;
}

static void reads_every_part_of_an_entry(void **state) {
    (void)state;
    struct claimed_credential c = {0};
    assert_ok(read_text("{\"credentialStatus\":[{\"type\":\"BitstringStatusListEntry\",\"statusPurpose\":"
                        "\"revocation\",\"statusListIndex\":\"94567\",\"statusListCredential\":\"a:1\"},{}]}",
                        &c));
    assert_int_equal(c.status_count, 2);
    assert_span_text(c.statuses[0].kind, "BitstringStatusListEntry");
    assert_span_text(c.statuses[0].purpose, "revocation");
    assert_span_text(c.statuses[0].address, "a:1");
    assert_true(c.statuses[0].has_index);
    assert_int_equal(c.statuses[0].index, 94567);
    assert_int_equal(c.statuses[0].bits, 1);
    assert_false(c.statuses[1].has_index);
    assert_int_equal(c.statuses[1].kind.len, 0);
    credential_close(&c);
}

static void takes_no_index_that_is_not_written_as_a_whole_number(void **state) {
    (void)state;
    static const struct {
        const char *index;
        bool has;
        uint64_t value;
    } cases[] = {
        {"\"0\"", true, 0},     {"7", true, 7},          {"\"-1\"", false, 0},
        {"-1", false, 0},       {"1.5", false, 0},       {"\"1.5\"", false, 0},
        {"\"\"", false, 0},     {"\" 1\"", false, 0},    {"\"1e3\"", false, 0},
        {"null", false, 0},     {"[1]", false, 0},       {"\"99999999999999999999999\"", false, 0},
        {"\"0x10\"", false, 0}, {"\"000007\"", true, 7}, {"\"18446744073709551623\"", false, 0},
        {"1e2", true, 100},     {"\"+7\"", false, 0},    {"\"999999999999999\"", true, 999999999999999},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct credential_status got = entry_with("statusListIndex", cases[i].index);
        assert_int_equal(got.has_index, cases[i].has);
        assert_int_equal(got.index, cases[i].value);
    }
}

static void reads_the_size_of_an_entry(void **state) {
    (void)state;
    static const struct {
        const char *size;
        uint32_t bits;
    } cases[] = {
        {"1", 1},   {"2", 2},    {"8", 8},          {"9", 0},     {"0", 0},    {"-1", 0},  {"1.0", 1},
        {"1.5", 0}, {"null", 0}, {"4294967297", 0}, {"\"1\"", 0}, {"true", 0}, {"[1]", 0},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(entry_with("statusSize", cases[i].size).bits, cases[i].bits);
    }
}

static void leaves_a_part_of_another_type_empty(void **state) {
    (void)state;
    static const char *const values[] = {"[\"revocation\"]", "7", "null", "{}", "\"\""};
    for (size_t i = 0; i < COUNT(values); i++) {
        assert_int_equal(entry_with("type", values[i]).kind.len, 0);
        assert_int_equal(entry_with("statusPurpose", values[i]).purpose.len, 0);
        assert_int_equal(entry_with("statusListCredential", values[i]).address.len, 0);
    }
}

static void reads_the_place_in_a_token_status_list(void **state) {
    (void)state;
    static const struct {
        const char *idx;
        bool has;
        uint64_t value;
    } cases[] = {
        {"0", true, 0},      {"7", true, 7},      {"7.0", true, 7},   {"-1", false, 0},
        {"1.5", false, 0},   {"\"7\"", false, 0}, {"null", false, 0}, {"9007199254740993", false, 0},
        {"1e300", false, 0}, {"true", false, 0},  {"[7]", false, 0},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[200];
        struct claimed_credential c = {0};
        (void)snprintf(text, sizeof text, "{\"status\":{\"status_list\":{\"idx\":%s,\"uri\":\"a:1\"}}}",
                       cases[i].idx);
        assert_ok(read_text(text, &c));
        assert_int_equal(c.status_count, 1);
        assert_span_text(c.statuses[0].kind, STATUSENTRY_TOKEN);
        assert_span_text(c.statuses[0].address, "a:1");
        assert_int_equal(c.statuses[0].has_index, cases[i].has);
        assert_int_equal(c.statuses[0].index, cases[i].value);
        credential_close(&c);
    }
}

/* Issuers call address and index by several names; two at once are none. */
static void reads_the_names_that_issuers_give_to_a_token_status_list(void **state) {
    (void)state;
    static const struct {
        const char *members, *address;
        bool has;
    } cases[] = {
        {"\"statusListCredential\":\"a:1\",\"statusListIndex\":\"7\"", "a:1", true},
        {"\"statusListUri\":\"a:1\",\"statusListIndex\":7", "a:1", true},
        {"\"uri\":\"a:1\",\"idx\":7", "a:1", true},
        {"\"uri\":\"a:1\",\"statusListUri\":\"a:2\",\"idx\":7", "", true},
        {"\"uri\":\"a:1\",\"idx\":7,\"statusListIndex\":\"7\"", "a:1", false},
        {"\"uri\":7,\"idx\":[]", "", false},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[200];
        struct claimed_credential c = {0};
        (void)snprintf(text, sizeof text, "{\"credentialStatus\":{\"type\":\"TokenStatusListEntry\",%s}}",
                       cases[i].members);
        assert_ok(read_text(text, &c));
        assert_span_text(c.statuses[0].address, cases[i].address);
        assert_int_equal(c.statuses[0].has_index, cases[i].has);
        credential_close(&c);
    }
}

static void reads_the_address_of_a_list_of_ids(void **state) {
    (void)state;
    struct claimed_credential c = {0};
    assert_ok(read_text("{\"credentialStatus\":[{\"id\":\"a:1\",\"type\":\"1EdTechRevocationList\"},"
                        "{\"id\":\"a:1\",\"type\":\"BitstringStatusListEntry\",\"statusMessage\":[]}]}",
                        &c));
    assert_span_text(c.statuses[0].address, "a:1");
    assert_null(c.statuses[0].messages);
    assert_int_equal(c.statuses[1].address.len, 0);
    assert_non_null(c.statuses[1].messages);
    credential_close(&c);
}

static void takes_a_status_claim_for_entries(void **state) {
    (void)state;
    static const struct {
        const char *text;
        enum err expected;
        size_t count;
    } cases[] = {
        {"{}", ERR_OK, 0},
        {"{\"status\":{}}", ERR_OK, 1},
        {"{\"status\":\"active\"}", ERR_OK, 0},
        {"{\"status\":[{\"status_list\":{\"idx\":7,\"uri\":\"a:1\"}}]}", ERR_OK, 1},
        {"{\"status\":{\"status_list\":7}}", ERR_OK, 1},
        {"{\"status\":{\"status_list\":{},\"other\":{}}}", ERR_OK, 2},
        {"{\"status\":{\"other\":{},\"another\":{}}}", ERR_OK, 1},
        {"{\"status\":{\"status_list\":{\"idx\":7,\"uri\":\"a:1\"}},\"credentialStatus\":{}}", ERR_OK, 2},
        {"{\"credentialStatus\":[{},{},{},{},{},{},{},{}]}", ERR_OK, 8},
        {"{\"status\":{},\"credentialStatus\":[{},{},{},{},{},{},{},{}]}", ERR_CREDENTIAL_TOO_MANY, 8},
        {"{\"credentialStatus\":[{},{},{},{},{},{},{},{},{}]}", ERR_CREDENTIAL_TOO_MANY, 0},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct claimed_credential c = {0};
        assert_err(read_text(cases[i].text, &c), cases[i].expected);
        assert_int_equal(c.status_count, cases[i].count);
        credential_close(&c);
    }
}

static void refuses_entries_that_are_no_objects(void **state) {
    (void)state;
    static const char *const values[] = {"\"none\"", "null", "7", "[[]]", "[{},null]", "[{},[{}]]"};
    for (size_t i = 0; i < COUNT(values); i++) {
        char text[100];
        struct claimed_credential c = {0};
        (void)snprintf(text, sizeof text, "{\"credentialStatus\":%s}", values[i]);
        assert_err(read_text(text, &c), ERR_CREDENTIAL_STATUS);
        assert_int_equal(c.status_count, 0);
        credential_close(&c);
    }
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_part_of_an_entry),
        cmocka_unit_test(takes_no_index_that_is_not_written_as_a_whole_number),
        cmocka_unit_test(reads_the_size_of_an_entry),
        cmocka_unit_test(leaves_a_part_of_another_type_empty),
        cmocka_unit_test(reads_the_place_in_a_token_status_list),
        cmocka_unit_test(reads_the_names_that_issuers_give_to_a_token_status_list),
        cmocka_unit_test(reads_the_address_of_a_list_of_ids),
        cmocka_unit_test(takes_a_status_claim_for_entries),
        cmocka_unit_test(refuses_entries_that_are_no_objects),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
