/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdlib.h>

#include "base/limits.h"
#include "codec/cborjson.h"

#define CBOR(text)                                                                                           \
    { (const uint8_t *)(text), sizeof(text) - 1 }
#define BYTES(text) span_of_bytes(text, sizeof(text) - 1)

static enum err read_one(struct span bytes, json_t **out) {
    struct cborjson_count count = {0};
    struct span rest = bytes;
    enum err err = cborjson_read(&rest, &count, out);
    assert_int_equal(rest.len, err == ERR_OK ? 0 : bytes.len);
    return err;
}

static enum err write_one(const char *json, struct room *out) {
    static _Alignas(16) uint8_t memory[1 << 16];
    struct arena arena = arena_over(memory, sizeof memory);
    json_t *value = json_loads(json, JSON_DECODE_ANY, NULL);
    assert_non_null(value);
    enum err err = cborjson_write(value, &arena, out);
    json_decref(value);
    assert_true(err != ERR_OK || arena.used == 0);
    return err;
}

static void reads_and_writes_each_kind_of_value(void **state) {
    static const struct {
        const char *json;
        struct span cbor;
    } cases[] = {
        {"{}", CBOR("\xA0")},
        {"[]", CBOR("\x80")},
        {"[1,-1,0,23,24,-25]", CBOR("\x86\x01\x20\x00\x17\x18\x18\x38\x18")},
        {"[true,false,null]", CBOR("\x83\xF5\xF4\xF6")},
        {"[\"\",\"\xC3\xA9\"]", CBOR("\x82\x60\x62\xC3\xA9")},
        {"{\"b\":1,\"aa\":2,\"a\":{\"x\":[]}}",
         CBOR("\xA3\x61\x61\xA1\x61x\x80\x61\x62\x01\x62\x61\x61\x02")},
        {"[9007199254740991,-9007199254740991]",
         CBOR("\x82\x1B\x00\x1F\xFF\xFF\xFF\xFF\xFF\xFF\x3B\x00\x1F\xFF\xFF\xFF\xFF\xFF\xFE")},
        {"[1.5,1e300]", CBOR("\x82\xF9\x3E\x00\xFB\x7E\x37\xE4\x3C\x88\x00\x75\x9C")},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint8_t bytes[64];
        struct room room = room_over(bytes, sizeof bytes);
        json_t *got = NULL;
        json_t *want = json_loads(cases[i].json, 0, NULL);
        assert_ok(write_one(cases[i].json, &room));
        assert_true(span_equal(room_span(&room), cases[i].cbor));
        assert_ok(read_one(cases[i].cbor, &got));
        assert_true(json_equal(got, want));
        json_decref(got);
        json_decref(want);
    }
}

static void takes_a_float_without_a_fraction_for_a_whole_number(void **state) {
    uint8_t bytes[16];
    struct room room = room_over(bytes, sizeof bytes);
    json_t *got = NULL;
    (void)state;
    assert_ok(read_one(BYTES("\xF9\x45\x00"), &got));
    assert_true(json_is_integer(got) && json_integer_value(got) == 5);
    json_decref(got);
    assert_ok(write_one("5.0", &room));
    assert_true(span_equal(room_span(&room), BYTES("\x05")));
}

static void refuses_what_json_does_not_hold(void **state) {
    static const struct {
        struct span cbor;
        enum err err;
    } cases[] = {
        {CBOR("\x1B\x00\x20\x00\x00\x00\x00\x00\x00"), ERR_CBOR_NUMBER},
        {CBOR("\x3B\x00\x1F\xFF\xFF\xFF\xFF\xFF\xFF"), ERR_CBOR_NUMBER},
        {CBOR("\x1B\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"), ERR_CBOR_NUMBER},
        {CBOR("\xF9\x7E\x00"), ERR_CBOR_NUMBER},
        {CBOR("\xF9\xFC\x00"), ERR_CBOR_NUMBER},
        {CBOR("\xA1\x01\x02"), ERR_CBOR_KEY},
        {CBOR("\xA1\x41\x61\x02"), ERR_CBOR_KEY},
        {CBOR("\xA1\x61\x00\x02"), ERR_CBOR_KEY},
        {CBOR("\x81\x41\x61"), ERR_CBOR_VALUE},
        {CBOR("\x63"
              "a\x00"
              "b"),
         ERR_CBOR_VALUE},
        {CBOR("\xC0\x60"), ERR_CBOR_TAG},
        {CBOR("\xA1\x61\x61\xC2\x41\x01"), ERR_CBOR_TAG},
        {CBOR("\x9F\xFF"), ERR_CBOR_INDEFINITE},
        {CBOR("\xBF\xFF"), ERR_CBOR_INDEFINITE},
        {CBOR("\x81\x7F\x61\x61\xFF"), ERR_CBOR_INDEFINITE},
        {CBOR("\xA1\x61\x61"), ERR_CBOR_CUT},
        {CBOR("\x82\x01"), ERR_CBOR_CUT},
        {CBOR("\x81\xF7"), ERR_CBOR_HEAD},
        {CBOR("\x81\x18\x01"), ERR_CBOR_LONG_FORM},
        {CBOR("\x81\x61\xFF"), ERR_CBOR_TEXT},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        json_t *got = NULL;
        enum err err = read_one(cases[i].cbor, &got);
        if (err != cases[i].err || got != NULL) {
            fail_msg("case %zu: %s", i, err_name(err));
        }
    }
}

static void refuses_what_is_nested_too_deeply(void **state) {
    uint8_t bytes[1001];
    struct room room = room_over(bytes, sizeof bytes);
    json_t *got = NULL;
    (void)state;
    memset(bytes, 0x81, sizeof bytes);
    bytes[1000] = 1;
    assert_err(read_one(span_of_bytes(bytes, sizeof bytes), &got), ERR_CBOR_DEPTH);
    assert_err(read_one(span_of_bytes(bytes + 1000 - LIMIT_CBOR_DEPTH - 1, LIMIT_CBOR_DEPTH + 2), &got),
               ERR_CBOR_DEPTH);
    assert_ok(read_one(span_of_bytes(bytes + 1000 - LIMIT_CBOR_DEPTH, LIMIT_CBOR_DEPTH + 1), &got));
    json_decref(got);
    char json[2 * (LIMIT_JSON_DEPTH + 1) + 1] = {0};
    memset(json, '[', LIMIT_JSON_DEPTH + 1);
    memset(json + LIMIT_JSON_DEPTH + 1, ']', LIMIT_JSON_DEPTH + 1);
    assert_err(write_one(json, &room), ERR_JSON_DEPTH);
}

static void refuses_more_values_than_json_may_have(void **state) {
    struct room room = {0};
    json_t *got = NULL;
    (void)state;
    room = room_over(malloc(LIMIT_JSON_VALUES + 16), LIMIT_JSON_VALUES + 16);
    assert_ok(cbor_put(&room, CBOR_ARRAY, LIMIT_JSON_VALUES));
    for (unsigned i = 0; i < LIMIT_JSON_VALUES; i++) {
        assert_ok(cbor_put(&room, CBOR_NULL, 0));
    }
    assert_err(read_one(room_span(&room), &got), ERR_JSON_TOO_MANY);
    free(room.ptr);
}

static void writes_no_number_that_others_would_round(void **state) {
    uint8_t bytes[16];
    struct room room = room_over(bytes, sizeof bytes);
    (void)state;
    assert_err(write_one("9007199254740992", &room), ERR_CBOR_NUMBER);
    assert_err(write_one("-9007199254740992", &room), ERR_CBOR_NUMBER);
    room.cap = 3;
    assert_err(write_one("[1,2,3]", &room), ERR_NO_ROOM);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_and_writes_each_kind_of_value),
        cmocka_unit_test(takes_a_float_without_a_fraction_for_a_whole_number),
        cmocka_unit_test(refuses_what_json_does_not_hold),
        cmocka_unit_test(refuses_what_is_nested_too_deeply),
        cmocka_unit_test(refuses_more_values_than_json_may_have),
        cmocka_unit_test(writes_no_number_that_others_would_round),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
