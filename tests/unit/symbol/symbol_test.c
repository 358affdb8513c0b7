/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdlib.h>

#include "base/limits.h"
#include "symbol/symbol.h"
#include "tests/lib/looker.h"
#include "tests/lib/scene.h"

static void gives_the_exact_bytes(void **state) {
    (void)state;
    uint8_t all[256];
    for (size_t i = 0; i < sizeof all; i++) {
        all[i] = (uint8_t)i;
    }
    static const uint8_t nothing[] = {0};
    static const uint8_t bom[] = {0xEF, 0xBB, 0xBF, 'a', 0, 0xFF, 0xFE, '\n', '\r'};
    const struct span payloads[] = {
        span_of_bytes(all, sizeof all),
        span_of_bytes(nothing, 1),
        span_of_bytes(bom, sizeof bom),
        span_of_text("a"),
        span_of_text("https://example.org/badge?id=1"),
    };
    for (size_t i = 0; i < sizeof payloads / sizeof *payloads; i++) {
        struct symbols out = looker_read(scene_qr(payloads[i], 4), false);
        assert_int_equal(out.count, 1);
        assert_int_equal(out.passed_over, 0);
        assert_true(span_equal(out.payloads[0], payloads[i]));
    }
}

static void reads_the_largest_code(void **state) {
    (void)state;
    uint8_t *bytes = malloc(2953);
    for (size_t i = 0; i < 2953; i++) {
        bytes[i] = (uint8_t)(i * 31 + i / 7);
    }
    struct symbols out = looker_read(scene_qr(span_of_bytes(bytes, 2953), 4), false);
    assert_int_equal(out.count, 1);
    assert_true(span_equal(out.payloads[0], span_of_bytes(bytes, 2953)));
    free(bytes);
}

static void reads_two_codes_of_one_picture(void **state) {
    (void)state;
    struct grey one = scene_qr(span_of_text("one"), 5);
    struct grey two = scene_qr(span_of_text("two"), 5);
    struct symbols out = looker_read(scene_beside(&one, &two), false);
    assert_int_equal(out.count, 2);
    assert_false(span_equal(out.payloads[0], out.payloads[1]));
    free(one.pixels);
    free(two.pixels);
}

static void reads_light_codes_on_dark(void **state) {
    (void)state;
    struct grey qr = scene_qr(span_of_text("light on dark"), 5);
    struct symbols out = looker_read(scene_inverted(&qr), true);
    assert_int_equal(out.count, 1);
    assert_span_text(out.payloads[0], "light on dark");
    size_t found = 0;
    for (unsigned i = 0; i < 3; i++) {
        found += looker_read(scene_inverted(&qr), false).count;
    }
    assert_int_equal(found, 3);
    free(qr.pixels);
}

static void finds_nothing_where_nothing_is(void **state) {
    (void)state;
    static const uint32_t sizes[][2] = {{1, 1}, {2, 1}, {1, 300}, {300, 1}, {7, 7}, {640, 480}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        assert_int_equal(looker_read(scene_blank(sizes[i][0], sizes[i][1]), true).count, 0);
    }
    struct grey none = {0};
    struct symbols out = {.count = 7};
    assert_ok(symbol_read(looker_reader, &none, true, &out));
    assert_int_equal(out.count, 0);
}

static void hands_over_a_part_as_a_part(void **state) {
    (void)state;
    static const char text[] =
        "A code that was cut into parts says nothing before all of its parts have been read and put together "
        "in their order, which is what another part of this program does, one day, when it has seen them "
        "all.";
    struct symbols out = looker_read(scene_qr_part(span_of_text(text), 5), true);
    assert_int_equal(out.count, 0);
    assert_int_equal(out.part_count, 1);
    assert_int_equal(out.parts[0].index, 0);
    assert_int_equal(out.parts[0].total, 2);
    assert_int_equal(out.passed_over, 0);
    assert_int_equal(memcmp(out.parts[0].bytes.ptr, text, out.parts[0].bytes.len), 0);
}

static void refuses_a_picture_beyond_the_limit(void **state) {
    (void)state;
    static uint8_t pixel;
    struct grey wide = {&pixel, LIMIT_FRAME_SIDE_PX + 1, 1};
    struct grey tall = {&pixel, 1, LIMIT_FRAME_SIDE_PX + 1};
    struct symbols out = {.count = 7};
    assert_err(symbol_read(looker_reader, &wide, true, &out), ERR_FRAME_TOO_LARGE);
    assert_err(symbol_read(looker_reader, &tall, true, &out), ERR_FRAME_TOO_LARGE);
    assert_int_equal(out.count, 7);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_the_exact_bytes),
        cmocka_unit_test(reads_the_largest_code),
        cmocka_unit_test(reads_two_codes_of_one_picture),
        cmocka_unit_test(reads_light_codes_on_dark),
        cmocka_unit_test(finds_nothing_where_nothing_is),
        cmocka_unit_test(hands_over_a_part_as_a_part),
        cmocka_unit_test(refuses_a_picture_beyond_the_limit),
    };
    return cmocka_run_group_tests(tests, looker_start, looker_stop);
}
