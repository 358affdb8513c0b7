/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "codec/cbor.h"
#include "tests/lib/cborld_case.h"

/* Bytes in hexadecimal digits, and why they are refused. */
static const struct {
    const char *hex;
    enum err err;
} unreadable[] = {
    {"", ERR_CBOR_CUT},
    {"a0", ERR_CBORLD_HEADER},
    {"d90502 a0", ERR_CBORLD_HEADER},
    {"d9cb1c 82 01 a0", ERR_CBORLD_HEADER},
    {"d9cb1d a0", ERR_CBORLD_HEADER},
    {"d9cb1d 81 01", ERR_CBORLD_HEADER},
    {"d9cb1d 83 01 a0 a0", ERR_CBORLD_HEADER},
    {"d9cb1d 82 4101 a0", ERR_CBORLD_HEADER},
    {"d9cb1d 82 20 a0", ERR_CBORLD_HEADER},
    {"d90680 a0", ERR_CBORLD_HEADER},
    {"d90680 82 01 a0", ERR_CBORLD_HEADER},
    {"d90680 82 40 a0", ERR_CBORLD_HEADER},
    {"d90680 82 4100 a0", ERR_CBORLD_HEADER},
    {"d90680 82 4180 a0", ERR_CBORLD_HEADER},
    {"d90680 82 420101 a0", ERR_CBORLD_HEADER},
    {"d90680 82 49 80 80 80 80 80 80 80 80 01 a0", ERR_CBORLD_HEADER},
    {"da0000cb1d 82 01 a0", ERR_CBOR_LONG_FORM},
    {"d9cb1d 82 02 a0", ERR_CBORLD_ENTRY},
    {"d90602 a0", ERR_CBORLD_ENTRY},
    {"d906ac 82 4102 a0", ERR_CBORLD_ENTRY},
    {"d9cb1d 82 1b ffffffffffffffff a0", ERR_CBORLD_ENTRY},
    {"d9cb1d 82 01", ERR_CBOR_CUT},
    {"d9cb1d 82 01 a0 00", ERR_CBOR_TRAILING},
    {"d90501 a0 a0", ERR_CBOR_TRAILING},
    {"d9cb1d 9f 01 a0 ff", ERR_CBOR_INDEFINITE},
    {"d9cb1d 82 01 bf ff", ERR_CBOR_INDEFINITE},
    {"d9cb1d 82 01 a1 61 61 7f 61 61 ff", ERR_CBOR_INDEFINITE},
    {"d9cb1d 82 01 01", ERR_CBORLD_DOCUMENT},
    {"d9cb1d 82 00 60", ERR_CBORLD_DOCUMENT},
    {"d9cb1d 82 01 81 01", ERR_CBORLD_DOCUMENT},
    {"d9cb1d 82 01 81 80", ERR_CBORLD_DOCUMENT},
    {"d9cb1d 82 01 c0 a0", ERR_CBORLD_DOCUMENT},
    {"d9cb1d 82 00 a1 61 61 c0 60", ERR_CBOR_TAG},
    {"d9cb1d 82 01 a1 61 61 c2 41 01", ERR_CBOR_TAG},
    {"d9cb1d 82 01 a1 c0 61 61 01", ERR_CBORLD_KEY},
    {"d9cb1d 82 01 a1 20 01", ERR_CBORLD_KEY},
    {"d9cb1d 82 01 a1 41 00 01", ERR_CBORLD_KEY},
    {"d9cb1d 82 01 a1 61 00 01", ERR_CBORLD_KEY},
    {"d9cb1d 82 01 a1 68 40636f6e74657874 60", ERR_CBORLD_KEY},
    {"d9cb1d 82 01 a1 1864 01", ERR_CBORLD_TERM},
    {"d9cb1d 82 01 a1 1838 01", ERR_CBORLD_TERM},
    {"d9cb1d 82 01 a1 1b fffffffffffffffe 01", ERR_CBORLD_TERM},
    {"d9cb1d 82 01 a1 1b ffffffffffffffff 80", ERR_CBORLD_TERM},
    {"d9cb1d 82 01 a1 04 1864", ERR_CBORLD_TERM},
    {"d9cb1d 82 01 a1 04 05", ERR_CBORLD_TERM},
    {"d9cb1d 82 01 a2 06 01 06 02", ERR_CBOR_DUPLICATE},
    {"d9cb1d 82 01 a2 06 01 07 80", ERR_CBORLD_TWICE},
    {"d9cb1d 82 01 a2 06 01 66 4076616c7565 02", ERR_CBORLD_TWICE},
    {"d9cb1d 82 01 a2 00 a0 01 80", ERR_CBORLD_TWICE},
    {"d9cb1d 82 01 a1 07 01", ERR_CBORLD_MANY},
    {"d9cb1d 82 01 a1 01 a0", ERR_CBORLD_MANY},
    {"d9cb1d 82 01 a1 00 00", ERR_CBORLD_CONTEXT},
    {"d9cb1d 82 01 a1 00 18 21", ERR_CBORLD_CONTEXT},
    {"d9cb1d 82 1864 a1 00 19 8003", ERR_CBORLD_CONTEXT},
    {"d9cb1d 82 01 a1 00 80", ERR_CBORLD_CONTEXT},
    {"d9cb1d 82 01 a1 00 f6", ERR_CBORLD_CONTEXT},
    {"d9cb1d 82 01 a1 01 81 80", ERR_CBORLD_CONTEXT},
    {"d9cb1d 82 01 a1 00 a1 61 61 05", ERR_CBORLD_DEFINITION},
    {"d9cb1d 82 01 a1 04 f5", ERR_CBORLD_VALUE},
    {"d9cb1d 82 01 a1 04 20", ERR_CBORLD_VALUE},
    {"d9cb1d 82 01 a1 04 41 10", ERR_CBORLD_VALUE},
    {"d9cb1d 82 01 a1 04 80", ERR_CBORLD_VALUE},
    {"d9cb1d 82 01 a1 04 81 02", ERR_CBORLD_VALUE},
    {"d9cb1d 82 01 a1 04 82 05 61 61", ERR_CBORLD_VALUE},
    {"d9cb1d 82 01 a1 04 82 02 41 61", ERR_CBORLD_VALUE},
    {"d9cb1d 82 01 a1 04 82 03 41 61", ERR_CBORLD_VALUE},
    {"d9cb1d 82 01 a1 04 83 02 61 61 61 61", ERR_CBORLD_VALUE},
    {"d9cb1d 82 01 a1 04 83 04 61 61 61 61", ERR_CBORLD_VALUE},
    {"d9cb1d 82 01 a1 04 82 04 41 61", ERR_CBORLD_VALUE},
    {"d9cb1d 82 01 a1 04 82 190401 40", ERR_CBORLD_VALUE},
    {"d9cb1d 82 01 a1 04 82 190401 01", ERR_CBORLD_VALUE},
    {"d9cb1d 82 01 a1 04 84 190401 61 61 61 61 61 61", ERR_CBORLD_VALUE},
    {"d9cb1d 82 01 a1 04 82 02 63 61 00 61", ERR_CBOR_VALUE},
    {"d9cb1d 82 01 a1 02 a0", ERR_CBORLD_VALUE},
    {"d9cb1d 82 01 a1 03 81 a0", ERR_CBORLD_VALUE},
    {"d9cb1d 82 01 a1 61 61 41 10", ERR_CBORLD_VALUE},
    {"d9cb1d 82 01 a1 61 61 1b ffffffffffffffff", ERR_CBOR_NUMBER},
    {"d9cb1d 82 01 a1 61 61 3b ffffffffffffffff", ERR_CBOR_NUMBER},
    {"d9cb1d 82 01 a1 61 61 fb 7ff0000000000000", ERR_CBOR_NUMBER},
    {"d9cb1d 82 01 a1 61 61 f7", ERR_CBOR_HEAD},
    {"d9cb1d 82 01 a2 " CBORLD_CASE_A1_HEX " 1866 f5 ", ERR_OK},
    {"d9cb1d 82 01 a2 " CBORLD_CASE_A1_HEX " 1866 f9 3e00", ERR_CBORLD_VALUE},
    {"d9cb1d 82 01 a2 " CBORLD_CASE_A1_HEX " 1866 1b 0000003afff44180", ERR_CBORLD_VALUE},
    {"d9cb1d 82 01 a2 " CBORLD_CASE_A1_HEX " 1866 3b ffffffffffffffff", ERR_CBORLD_VALUE},
    {"d9cb1d 82 01 a2 " CBORLD_CASE_A1_HEX " 1866 82 00 1903e8", ERR_CBORLD_VALUE},
    {"d9cb1d 82 01 a2 " CBORLD_CASE_A1_HEX " 1866 82 00 61 61", ERR_CBORLD_VALUE},
    {"d9cb1d 82 01 a2 " CBORLD_CASE_A1_HEX " 1866 41 00", ERR_CBOR_VALUE},
    {"d9cb1d 82 01 a2 " CBORLD_CASE_A1_HEX " 186c 40", ERR_CBORLD_VALUE},
    {"d9cb1d 82 01 a2 " CBORLD_CASE_A1_HEX " 186c 42 6601", ERR_CBORLD_VALUE},
    {"d9cb1d 82 1864 a2 00 a1 61 63 a1 65 4074797065 782b "
     "68747470733a2f2f773369642e6f72672f73656375726974792363"
     "727970746f7375697465537472696e67 1864 05",
     ERR_CBORLD_VALUE},
    {"d9cb1d 82 1864 a2 00 a1 61 63 a1 65 4074797065 782b "
     "68747470733a2f2f773369642e6f72672f73656375726974792363"
     "727970746f7375697465537472696e67 1864 43 000001",
     ERR_CBORLD_VALUE},
    {"d90501 a1 04 41 10", ERR_CBORLD_VALUE},
    {"d90501 a1 61 61 41 05", ERR_CBORLD_VALUE},
};

static void refuses_what_cannot_be_read(void **state) {
    for (size_t i = 0; i < sizeof unreadable / sizeof *unreadable; i++) {
        uint8_t bytes[512];
        json_t *got = NULL;
        enum err err = cborld_case_decode(*state, cborld_case_unhex(unreadable[i].hex, bytes), &got);
        if (err != unreadable[i].err || (got == NULL) == (err == ERR_OK)) {
            fail_msg("\"%s\": %s, not %s", unreadable[i].hex, err_name(err), err_name(unreadable[i].err));
        }
        json_decref(got);
    }
}

static void refuses_contexts_that_do_not_do(void **state) {
    static const struct {
        const char *json;
        enum err err;
    } cases[] = {
        {"{\"@context\":\"https://b.example\"}", ERR_CONTEXT_UNKNOWN},
        {"{\"@context\":\"https://a.example/none\"}", ERR_CONTEXT_REMOTE},
        {"{\"@context\":\"https://a.example/list\"}", ERR_CBORLD_DEFINITION},
        {"{\"@context\":\"https://a.example/wrong\"}", ERR_CBORLD_DEFINITION},
        {"{\"@context\":\"https://a.example/empty\"}", ERR_CBORLD_DEFINITION},
        {"{\"@context\":\"https://a.example/curie\",\"a\":1}", ERR_CBORLD_DEFINITION},
        {"{\"@context\":\"https://a.example/ring\"}", ERR_CONTEXT_OVERFLOW},
        {"{\"@context\":{\"@import\":5}}", ERR_CBORLD_CONTEXT},
        {"{\"@context\":null}", ERR_CBORLD_CONTEXT},
        {"{\"@context\":[[]]}", ERR_CBORLD_CONTEXT},
        {"{\"@context\":[\"https://a.example/1\",\"https://a.example/other\"]}", ERR_CONTEXT_PROTECTED},
        {"{\"@context\":[\"https://a.example/1\",\"https://a.example/1\"]}", ERR_OK},
        {"{\"@context\":[\"https://a.example/1\",\"https://a.example/alike\"]}", ERR_OK},
        {"{\"@context\":[\"https://a.example/1\",\"https://a.example/prefix\"]}", ERR_CONTEXT_PROTECTED},
        {"{" CBORLD_CASE_A1 ",\"type\":[\"Person\"],\"knows\":{\"@context\":\"https://a.example/other\"}}",
         ERR_CONTEXT_PROTECTED},
        {"{\"type\":5,\"@context\":\"https://a.example/1\"}", ERR_CBORLD_VALUE},
        {"{\"type\":[[]],\"@context\":\"https://a.example/1\"}", ERR_CBORLD_VALUE},
        {"{" CBORLD_CASE_A1 ",\"id\":5}", ERR_CBORLD_VALUE},
        {"{" CBORLD_CASE_A1 ",\"id\":[[\"a\"]]}", ERR_CBORLD_VALUE},
        {"{" CBORLD_CASE_A1 ",\"at\":5}", ERR_CBORLD_VALUE},
        {"{" CBORLD_CASE_A1 ",\"at\":[[\"1970-01-01T00:00:00Z\",\"1970-01-01T00:00:00Z\"]]}",
         ERR_CBORLD_VALUE},
        {"{\"a\":9007199254740992}", ERR_CBOR_NUMBER},
        {"5", ERR_CBORLD_DOCUMENT},
        {"[5]", ERR_CBORLD_DOCUMENT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        enum err err = cborld_case_encode_text(*state, cases[i].json, cborld_case_first);
        if (err != cases[i].err) {
            fail_msg("%s: %s, not %s", cases[i].json, err_name(err), err_name(cases[i].err));
        }
    }
    assert_err(cborld_case_encode_text(*state, "{}", (struct cborld_form){0}), ERR_CBORLD_HEADER);
    assert_err(cborld_case_encode_text(*state, "{}", (struct cborld_form){CBORLD_SINGLETON, 2}),
               ERR_CBORLD_HEADER);
    assert_err(cborld_case_encode_text(*state, "{}", (struct cborld_form){CBORLD_RANGE, UINT64_MAX}),
               ERR_CBORLD_HEADER);
    assert_err(cborld_case_encode_text(*state, "{}", (struct cborld_form){CBORLD_1_0, 2}), ERR_CBORLD_ENTRY);
    assert_err(cborld_case_encode_text(*state, "5", (struct cborld_form){CBORLD_1_0, 0}),
               ERR_CBORLD_DOCUMENT);
}

static void refuses_what_is_nested_a_thousand_deep(void **state) {
    static const char *const nests[] = {"\x81", "\xA1\x61\x61", "\xC1"};
    for (size_t n = 0; n < sizeof nests / sizeof *nests; n++) {
        uint8_t bytes[4096];
        struct room room = room_over(bytes, sizeof bytes);
        json_t *got = NULL;
        assert_ok(room_put_text(&room, "\xD9\xCB\x1D\x82\x01\xA1\x61\x61"));
        for (int i = 0; i < 1000; i++) {
            assert_ok(room_put_text(&room, nests[n]));
        }
        assert_ok(room_put_byte(&room, 1));
        assert_err(cborld_case_decode(*state, room_span(&room), &got), ERR_CBOR_DEPTH);
    }
    char json[128] = {0};
    memset(json, '[', LIMIT_JSON_DEPTH);
    memset(json + LIMIT_JSON_DEPTH, ']', LIMIT_JSON_DEPTH);
    char document[160];
    snprintf(document, sizeof document, "{\"a\":%s}", json);
    assert_err(cborld_case_encode_text(*state, document, cborld_case_first), ERR_JSON_DEPTH);
}

static void refuses_more_values_than_json_may_have(void **state) {
    struct room room = room_over(malloc(LIMIT_JSON_VALUES + 64), LIMIT_JSON_VALUES + 64);
    json_t *got = NULL;
    assert_ok(room_put_text(&room, "\xD9\xCB\x1D\x82\x01\xA1\x61\x61"));
    assert_ok(cbor_put(&room, CBOR_ARRAY, LIMIT_JSON_VALUES));
    for (unsigned i = 0; i < LIMIT_JSON_VALUES; i++) {
        assert_ok(cbor_put(&room, CBOR_NULL, 0));
    }
    assert_err(cborld_case_decode(*state, room_span(&room), &got), ERR_JSON_TOO_MANY);
    free(room.ptr);
}

/* An object with a context inside another, `depth` times; each context defines `terms` terms of its own. */
static json_t *nested_contexts(unsigned depth, unsigned terms) {
    json_t *inner = json_object();
    for (unsigned d = 0; d < depth; d++) {
        json_t *context = json_object();
        json_t *outer = json_object();
        for (unsigned t = 0; t < terms; t++) {
            char name[32];
            snprintf(name, sizeof name, "t%u_%u", d, t);
            json_object_set_new(context, name, json_string("ex:t"));
        }
        json_object_set_new(outer, "@context", context);
        json_object_set_new(outer, "a", inner);
        inner = outer;
    }
    return inner;
}

static void bounds_the_names_and_contexts_of_a_document(void **state) {
    json_t *wide = nested_contexts(1, LIMIT_CBORLD_TERMS + 1);
    json_t *sum = nested_contexts(10, LIMIT_CBORLD_TERMS / 10 + 1);
    json_t *many = json_object();
    json_t *list = json_array();
    assert_err(cborld_case_encode(*state, wide, cborld_case_first), ERR_CONTEXT_TERMS);
    assert_err(cborld_case_encode(*state, sum, cborld_case_first), ERR_CONTEXT_TERMS);
    for (unsigned i = 0; i <= LIMIT_CBORLD_CONTEXTS; i++) {
        json_array_append_new(list, json_object());
    }
    json_object_set_new(many, "@context", list);
    assert_err(cborld_case_encode(*state, many, cborld_case_first), ERR_CONTEXT_DEPTH);
    json_decref(wide);
    json_decref(sum);
    json_decref(many);
}

/* A hundred contexts, below which ten thousand names are looked up. */
static void bounds_the_work(void **state) {
    json_t *document = json_object();
    json_t *list = json_array();
    for (unsigned i = 0; i < 100; i++) {
        json_array_append_new(list, json_object());
    }
    json_object_set_new(document, "@context", list);
    for (unsigned i = 0; i < 10000; i++) {
        char name[32];
        snprintf(name, sizeof name, "n%u", i);
        json_object_set_new(document, name, json_null());
    }
    assert_err(cborld_case_encode(*state, document, cborld_case_first), ERR_CONTEXT_WORK);
    json_decref(document);
}

static void says_when_there_is_no_room(void **state) {
    struct cborld_case *f = *state;
    uint8_t bytes[64];
    json_t *got = NULL;
    json_t *empty = json_object();
    struct arena small = arena_over(f->memory, 1000);
    struct arena arena = arena_over(f->memory, f->memory_size);
    struct room room = room_over(f->output, 5);
    assert_err(cborld_decode(cborld_case_unhex("d9cb1d 82 01 a0", bytes), NULL, &f->library, &small, &got),
               ERR_NO_ROOM);
    assert_err(cborld_encode(empty, cborld_case_first, NULL, &f->library, &arena, &room), ERR_NO_ROOM);
    assert_int_equal(room.len, 0);
    json_decref(empty);
}

/* Two hundred addresses of 700 bytes in base58. */
static enum err decode_base58(struct cborld_case *f, struct budget *budget) {
    static uint8_t bytes[1 << 18];
    struct room room = room_over(bytes, sizeof bytes);
    json_t *got = NULL;
    assert_ok(room_put_text(&room, "\xD9\xCB\x1D\x82\x01\xA1\x05"));
    assert_ok(cbor_put(&room, CBOR_ARRAY, 200));
    for (int i = 0; i < 200; i++) {
        assert_ok(cbor_put(&room, CBOR_ARRAY, 2));
        assert_ok(cbor_put(&room, CBOR_UNSIGNED, 1025));
        assert_ok(cbor_put(&room, CBOR_BYTES, 700));
        memset(room.ptr + room.len, 0xFF, 700);
        room.len += 700;
    }
    f->library.budget = budget;
    enum err err = cborld_case_decode(f, room_span(&room), &got);
    f->library.budget = NULL;
    json_decref(got);
    return err;
}

static void spends_the_budget_of_the_scan(void **state) {
    struct budget budget = {0};
    assert_ok(decode_base58(*state, &budget));
    assert_true(budget.spent > 40000 && budget.spent < 100000);
    budget.spent = LIMIT_SCAN_BUDGET - 1000;
    assert_err(decode_base58(*state, &budget), ERR_BUDGET);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses_what_cannot_be_read),
        cmocka_unit_test(refuses_contexts_that_do_not_do),
        cmocka_unit_test(refuses_what_is_nested_a_thousand_deep),
        cmocka_unit_test(refuses_more_values_than_json_may_have),
        cmocka_unit_test(bounds_the_names_and_contexts_of_a_document),
        cmocka_unit_test(bounds_the_work),
        cmocka_unit_test(says_when_there_is_no_room),
        cmocka_unit_test(spends_the_budget_of_the_scan),
    };
    return cmocka_run_group_tests(tests, cborld_case_open, cborld_case_close);
}
