/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "codec/jcs.h"
#include "codec/jsontext.h"

static void assert_canonical(const char *text, const char *expected) {
    uint8_t memory[8192];
    struct room room = room_over(memory, sizeof memory);
    json_t *value = NULL;
    assert_ok(jsontext_parse(span_of_text(text), &value));
    assert_ok(jcs_write(value, &room));
    assert_span_text(room_span(&room), expected);
    json_decref(value);
}

static void writes_the_one_canonical_form(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"{ }", "{}"},
        {"[ 1 , 2.50, true,false ,null]", "[1,2.5,true,false,null]"},
        {"{\"b\":1,\"a\":{\"d\":[],\"c\":\"\"}}", "{\"a\":{\"c\":\"\",\"d\":[]},\"b\":1}"},
        {"{\"aa\":1,\"a\":2,\"\":3}", "{\"\":3,\"a\":2,\"aa\":1}"},
        {"[\"\\u0008\\u0009\\u000a\\u000b\\u000c\\u000d\\u001f\\/\\\"\\\\\\u20ac\\u007f\"]",
         "[\"\\b\\t\\n\\u000b\\f\\r\\u001f/\\\"\\\\\xe2\x82\xac\x7f\"]"},
        {"[-0, -0.0, 9007199254740993, -5, 1e21, 1e-7]", "[0,0,9007199254740992,-5,1e+21,1e-7]"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_canonical(cases[i][0], cases[i][1]);
    }
}

static void sorts_members_by_utf_16(void **state) {
    (void)state;
    /* U+1F600 is D83D DE00 in UTF-16, before U+FB01 and U+E000, after U+20AC */
    assert_canonical("{\"\\ufb01\":1,\"\\ue000\":2,\"\\ud83d\\ude00\":3,\"\\u20ac\":4,\"a\\ufb01\":5,"
                     "\"a\\ud83d\\ude00\":6}",
                     "{\"a\xf0\x9f\x98\x80\":6,\"a\xef\xac\x81\":5,\"\xe2\x82\xac\":4,\"\xf0\x9f\x98\x80\":3,"
                     "\"\xee\x80\x80\":2,\"\xef\xac\x81\":1}");
}

static void sorts_many_members(void **state) {
    (void)state;
    char text[1024] = "{";
    char expected[1024] = "{";
    for (int i = 0; i < 60; i++) {
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s\"%d\":0", i > 0 ? "," : "", 99 - i);
        snprintf(expected + strlen(expected), sizeof expected - strlen(expected), "%s\"%d\":0",
                 i > 0 ? "," : "", 40 + i);
    }
    snprintf(text + strlen(text), sizeof text - strlen(text), "}");
    snprintf(expected + strlen(expected), sizeof expected - strlen(expected), "}");
    assert_canonical(text, expected);
}

static void writes_numbers_as_ecmascript(void **state) {
    (void)state;
    static const struct {
        double number;
        const char *text;
    } cases[] = {
        {0.0, "0"},
        {-0.0, "0"},
        {1, "1"},
        {-1.5, "-1.5"},
        {100, "100"},
        {1e20, "100000000000000000000"},
        {123456789012345678901.0, "123456789012345680000"},
        {1e21, "1e+21"},
        {1.5e300, "1.5e+300"},
        {0.000001, "0.000001"},
        {0.0000001, "1e-7"},
        {1.25e-9, "1.25e-9"},
        {0.1 + 0.2, "0.30000000000000004"},
        {333333333.33333329, "333333333.3333333"},
        {5e-324, "5e-324"},
        {2.2250738585072014e-308, "2.2250738585072014e-308"},
        {1.7976931348623157e308, "1.7976931348623157e+308"},
        {9007199254740994.0, "9007199254740994"},
        {1e23, "1e+23"},
        {0x1p-44, "5.684341886080802e-14"}, /* its closest 16 digits do not read back */
        {-4.35, "-4.35"},
        {999999999999999.9, "999999999999999.9"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[JCS_NUMBER_CHARS];
        jcs_number(cases[i].number, text);
        assert_string_equal(text, cases[i].text);
    }
}

static void reads_back_every_number_it_writes(void **state) {
    (void)state;
    uint64_t bits = 1;
    for (int i = 0; i < 20000; i++) {
        double number = 0;
        char text[JCS_NUMBER_CHARS];
        bits = bits * 6364136223846793005u + 1442695040888963407u;
        memcpy(&number, &bits, sizeof number);
        if (isfinite(number)) {
            jcs_number(number, text);
            assert_true(strtod(text, NULL) == number);
        }
    }
}

static void refuses_depth_and_lack_of_room(void **state) {
    (void)state;
    uint8_t memory[256];
    json_t *deep = json_integer(1);
    for (unsigned i = 0; i <= LIMIT_JSON_DEPTH; i++) {
        struct room room = room_over(memory, sizeof memory);
        assert_ok(jcs_write(deep, &room));
        deep = i % 2 == 0 ? json_pack("[o]", deep) : json_pack("{s:o}", "a", deep);
    }
    struct room room = room_over(memory, sizeof memory);
    assert_err(jcs_write(deep, &room), ERR_JSON_DEPTH);
    json_decref(deep);
    json_t *value = json_pack("{s:[i,s,f]}", "a\"", 12, "b\n", 0.5);
    size_t need = strlen("{\"a\\\"\":[12,\"b\\n\",0.5]}");
    for (size_t cap = 0; cap < need; cap++) {
        room = room_over(memory, cap);
        assert_err(jcs_write(value, &room), ERR_NO_ROOM);
    }
    room = room_over(memory, need);
    assert_ok(jcs_write(value, &room));
    json_decref(value);
}

static void writes_into_an_arena(void **state) {
    (void)state;
    max_align_t memory[4];
    struct arena arena = arena_over(memory, sizeof memory);
    struct span text = {0};
    json_t *value = json_pack("[s]", "abc");
    assert_ok(jcs_text(value, &arena, &text));
    assert_span_text(text, "[\"abc\"]");
    assert_int_equal(arena.used, 7);
    struct arena none = {0};
    assert_err(jcs_text(value, &none, &text), ERR_NO_ROOM);
    assert_span_text(text, "[\"abc\"]");
    json_decref(value);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_the_one_canonical_form),
        cmocka_unit_test(sorts_members_by_utf_16),
        cmocka_unit_test(sorts_many_members),
        cmocka_unit_test(writes_numbers_as_ecmascript),
        cmocka_unit_test(reads_back_every_number_it_writes),
        cmocka_unit_test(refuses_depth_and_lack_of_room),
        cmocka_unit_test(writes_into_an_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
