/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include "symbol/decoding.h"
#include "symbol/scanner.h"
#include "symbol/version.h"
#include "tests/lib/symbol_writer.h"

static struct decoding memory;
static struct harvest harvest;
static struct symbol_bits bits;
static struct scanner *scanner;
static uint8_t modules[SAMPLING_MODULES];

/* A second reader that counts how often it is asked, and says what it is told to. */
static struct {
    int calls;
    uint32_t sides[4];
    enum decoding_opinion opinions[4];
    enum err err;
} second;

static enum err ask_second(void *ctx, const uint8_t *pixels, uint32_t side_px, struct span payload,
                           enum decoding_opinion *out) {
    assert_ptr_equal(ctx, &second);
    assert_non_null(pixels);
    assert_true(payload.len > 0);
    assert_true(second.calls < 4);
    second.sides[second.calls] = side_px;
    *out = second.opinions[second.calls++];
    return second.err;
}

static int clear(void **state) {
    (void)state;
    memset(&memory.agreed, 0, sizeof memory.agreed);
    memset(&second, 0, sizeof second);
    second.opinions[0] = DECODING_AGREES;
    memset(&harvest, 0, sizeof harvest);
    memset(&bits, 0, sizeof bits);
    return 0;
}

static int start(void **state) {
    (void)state;
    return scanner_start(&scanner) == ERR_OK ? 0 : -1;
}

static int stop(void **state) {
    (void)state;
    scanner_stop(scanner);
    return 0;
}

static bool take(void) {
    bool read = false;
    symbol_writer_make(&bits, 3, FORMAT_M, 2, modules);
    assert_ok(decoding_take(&memory, modules, NULL, version_size(3), ask_second, &second, &harvest, &read));
    return read;
}

static void an_ordinary_code_is_kept_where_both_readers_agree(void **state) {
    (void)state;
    symbol_bits_put_bytes(&bits, span_of_text("agreed"));
    assert_true(take());
    assert_int_equal(second.calls, 1);
    assert_int_equal(harvest.count, 1);
    assert_span_text(span_of_bytes(harvest.payloads[0].bytes, harvest.payloads[0].len), "agreed");
}

static void a_drawing_that_the_second_reader_cannot_read_is_made_larger(void **state) {
    (void)state;
    second.opinions[0] = DECODING_UNREAD;
    second.opinions[1] = DECODING_AGREES;
    symbol_bits_put_bytes(&bits, span_of_text("larger"));
    assert_true(take());
    assert_int_equal(second.calls, 2);
    assert_int_equal(second.sides[1], 2 * second.sides[0]);
    assert_int_equal(harvest.count, 1);
}

static void a_code_about_which_they_disagree_is_passed_over(void **state) {
    (void)state;
    for (int unread = 0; unread <= CANONICAL_MODULE_PX_MAX; unread++) {
        clear(NULL);
        second.opinions[0] = unread > 0 ? DECODING_UNREAD : DECODING_DIFFERS;
        second.opinions[1] = unread > 1 ? DECODING_UNREAD : DECODING_DIFFERS;
        second.opinions[2] = DECODING_AGREES;
        symbol_bits_put_bytes(&bits, span_of_text("doubtful"));
        assert_true(take());
        assert_int_equal(second.calls, unread == 0 ? 1 : 2);
        assert_int_equal(harvest.count, 0);
        assert_int_equal(harvest.passed_over, 1);
    }
}

static void a_code_that_is_held_is_checked_once(void **state) {
    (void)state;
    symbol_bits_put_bytes(&bits, span_of_text("held"));
    assert_true(take());
    harvest.count = 0;
    assert_true(take());
    assert_int_equal(second.calls, 1);
    assert_int_equal(harvest.count, 1);
    bits.count = 0;
    memset(bits.bytes, 0, sizeof bits.bytes);
    symbol_bits_put_bytes(&bits, span_of_text("next"));
    second.opinions[1] = DECODING_DIFFERS;
    assert_true(take());
    assert_int_equal(second.calls, 2);
    assert_int_equal(harvest.count, 1);
    assert_true(take()); /* what was not agreed on is asked again */
    assert_int_equal(second.calls, 4);
}

static void the_second_reader_sees_no_part_of_a_message(void **state) {
    (void)state;
    for (unsigned index = 0; index < 16; index++) {
        for (int empty = 0; empty < 2; empty++) {
            clear(NULL);
            symbol_bits_put_part(&bits, index, 16, 0x5A);
            if (!empty) {
                symbol_bits_put_bytes(&bits, span_of_text("part"));
            }
            assert_true(take());
            assert_int_equal(second.calls, 0);
            assert_int_equal(harvest.count, 0);
            assert_int_equal(harvest.part_count, 1);
            assert_int_equal(harvest.parts[0].part.index, index);
            assert_int_equal(harvest.parts[0].len, empty ? 0 : 4);
        }
    }
}

static void the_second_reader_sees_no_eci_no_fnc1_and_no_empty_segment(void **state) {
    (void)state;
    static const struct {
        unsigned header;
        int width;
    } unusual[] = {{0x703, 12}, {0x71A, 12}, {0x78FFF, 20},    {0x5, 4},
                   {0x925, 12}, {0x400, 12}, {0x2000 >> 3, 13}};
    for (size_t i = 0; i < sizeof unusual / sizeof *unusual; i++) {
        clear(NULL);
        symbol_bits_put(&bits, unusual[i].header, unusual[i].width);
        symbol_bits_put_bytes(&bits, span_of_text("unusual"));
        assert_true(take());
        assert_int_equal(second.calls, 0);
        assert_int_equal(harvest.count, 1);
        assert_int_equal(memcmp(harvest.payloads[0].bytes + harvest.payloads[0].len - 7, "unusual", 7), 0);
    }
}

static void the_second_reader_sees_no_code_that_lies_or_holds_nothing(void **state) {
    (void)state;
    static const struct {
        unsigned data;
        int width;
    } lies[] = {{0x4FF, 12}, {0x1FFF, 14}, {0x6, 4}, {0x3F0, 12}, {0x7E0, 12}, {0x0, 4}, {0xF, 4}};
    for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
        clear(NULL);
        symbol_bits_put(&bits, lies[i].data, lies[i].width);
        assert_true(take());
        assert_int_equal(second.calls, 0);
        assert_int_equal(harvest.count, 0);
        assert_int_equal(harvest.part_count, 0);
        assert_int_equal(harvest.passed_over, 1);
    }
}

static void the_second_reader_sees_no_code_that_is_not_corrected(void **state) {
    (void)state;
    bool read = true;
    symbol_bits_put_bytes(&bits, span_of_text("torn"));
    symbol_writer_make(&bits, 3, FORMAT_M, 2, modules);
    for (int i = 9 * 29; i < 20 * 29; i++) {
        modules[i] = 0;
    }
    assert_ok(decoding_take(&memory, modules, NULL, version_size(3), ask_second, &second, &harvest, &read));
    assert_false(read);
    assert_int_equal(second.calls, 0);
    assert_int_equal(harvest.passed_over, 0);
}

static void hands_on_the_error_of_the_second_reader(void **state) {
    (void)state;
    bool read = false;
    second.err = ERR_NO_MEMORY;
    symbol_bits_put_bytes(&bits, span_of_text("x"));
    symbol_writer_make(&bits, 3, FORMAT_M, 2, modules);
    assert_err(decoding_take(&memory, modules, NULL, version_size(3), ask_second, &second, &harvest, &read),
               ERR_NO_MEMORY);
    assert_int_equal(harvest.count, 0);
}

static enum err ask_zbar(void *ctx, const uint8_t *pixels, uint32_t side_px, struct span payload,
                         enum decoding_opinion *out) {
    return scanner_check(ctx, pixels, side_px, payload, out);
}

static void zbar_agrees_about_drawings_of_all_versions(void **state) {
    (void)state;
    uint8_t bytes[256];
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (uint8_t)(i * 7);
    }
    for (int k = 0; k < 9 * FORMAT_LEVELS; k++) {
        bool read = false;
        int version = 1 + k / FORMAT_LEVELS;
        enum format_level level = (enum format_level)(k % FORMAT_LEVELS);
        struct blocks blocks = blocks_of(version, level);
        clear(NULL);
        symbol_bits_put_bytes(&bits, span_of_bytes(bytes, (size_t)blocks_data_total(&blocks) - 2));
        symbol_writer_make(&bits, version, level, k % FORMAT_MASKS, modules);
        assert_ok(
            decoding_take(&memory, modules, NULL, version_size(version), ask_zbar, scanner, &harvest, &read));
        assert_true(read);
        assert_int_equal(harvest.count, 1);
    }
}

static void zbar_differs_about_other_bytes(void **state) {
    (void)state;
    enum decoding_opinion opinion = DECODING_UNREAD;
    symbol_bits_put_bytes(&bits, span_of_text("these"));
    symbol_writer_make(&bits, 3, FORMAT_M, 2, modules);
    canonical_draw(modules, 29, 2, memory.pixels);
    assert_ok(scanner_check(scanner, memory.pixels, CANONICAL_SIDE(29, 2), span_of_text("those"), &opinion));
    assert_int_equal(opinion, DECODING_DIFFERS);
    assert_ok(scanner_check(scanner, memory.pixels, CANONICAL_SIDE(29, 2), span_of_text("these"), &opinion));
    assert_int_equal(opinion, DECODING_AGREES);
    memset(memory.pixels, 255, sizeof memory.pixels);
    assert_ok(scanner_check(scanner, memory.pixels, CANONICAL_SIDE(29, 2), span_of_text("these"), &opinion));
    assert_int_equal(opinion, DECODING_UNREAD);
}

static void a_harvest_keeps_each_code_once_and_no_more_than_it_has_room_for(void **state) {
    (void)state;
    for (unsigned i = 0; i < 2 * SYMBOL_MAX; i++) {
        char text[] = {(char)('a' + i / 2), 0};
        harvest_keep(&harvest, (struct segments_part){0}, span_of_text(text));
        harvest_keep(&harvest, (struct segments_part){16, (uint8_t)i, 0}, span_of_text("same"));
    }
    assert_int_equal(harvest.count, SYMBOL_MAX);
    assert_int_equal(harvest.part_count, LIMIT_SYMBOL_PARTS);
    assert_int_equal(harvest.passed_over, 0);
    harvest_keep(&harvest, (struct segments_part){0}, span_of_text("one more"));
    harvest_keep(&harvest, (struct segments_part){16, 3, 1}, span_of_text("one more"));
    assert_int_equal(harvest.passed_over, 2);
    memset(&harvest, 0, sizeof harvest);
    harvest_keep(&harvest, (struct segments_part){0}, (struct span){0});
    assert_int_equal(harvest.count, 0);
    assert_int_equal(harvest.passed_over, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(an_ordinary_code_is_kept_where_both_readers_agree, clear),
        cmocka_unit_test_setup(a_drawing_that_the_second_reader_cannot_read_is_made_larger, clear),
        cmocka_unit_test_setup(a_code_about_which_they_disagree_is_passed_over, clear),
        cmocka_unit_test_setup(a_code_that_is_held_is_checked_once, clear),
        cmocka_unit_test_setup(the_second_reader_sees_no_part_of_a_message, clear),
        cmocka_unit_test_setup(the_second_reader_sees_no_eci_no_fnc1_and_no_empty_segment, clear),
        cmocka_unit_test_setup(the_second_reader_sees_no_code_that_lies_or_holds_nothing, clear),
        cmocka_unit_test_setup(the_second_reader_sees_no_code_that_is_not_corrected, clear),
        cmocka_unit_test_setup(hands_on_the_error_of_the_second_reader, clear),
        cmocka_unit_test_setup(zbar_agrees_about_drawings_of_all_versions, clear),
        cmocka_unit_test_setup(zbar_differs_about_other_bytes, clear),
        cmocka_unit_test_setup(a_harvest_keeps_each_code_once_and_no_more_than_it_has_room_for, clear),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
