/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <qrencode.h>

#include "base/room.h"
#include "symbol/bitstream.h"
#include "symbol/correction.h"
#include "symbol/version.h"
#include "tests/lib/symbol_writer.h"

static struct bitstream memory, before;
static struct segments out;
static uint8_t modules[SAMPLING_MODULES], drawn[SAMPLING_MODULES];
static float margins[SAMPLING_MODULES];
static uint8_t bytes[3000];
static unsigned dice = 7;

static unsigned throw(unsigned sides) {
    dice = dice * 1664525u + 1013904223u;
    return (dice >> 8) % sides;
}

static int fill(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (uint8_t) throw(256);
    }
    return 0;
}

/* A code by another writer. Returns its size. */
static int encode(QRinput *input) {
    QRcode *code = QRcode_encodeInput(input);
    QRinput_free(input);
    assert_non_null(code);
    int size = code->width;
    for (int i = 0; i < size * size; i++) {
        modules[i] = code->data[i] & 1;
    }
    QRcode_free(code);
    return size;
}

static const QRecLevel levels[FORMAT_LEVELS] = {QR_ECLEVEL_L, QR_ECLEVEL_M, QR_ECLEVEL_Q, QR_ECLEVEL_H};

/* As many bytes as the version and level hold. */
static size_t capacity(int version, enum format_level level) {
    struct blocks blocks = blocks_of(version, level);
    return (size_t)(blocks_data_total(&blocks) - (version < 10 ? 2 : 3));
}

static void reads_what_another_writer_wrote_in_every_version_and_level(void **state) {
    (void)state;
    unsigned masks = 0;
    for (int k = 0; k < VERSION_MAX * FORMAT_LEVELS; k++) {
        int version = 1 + k / FORMAT_LEVELS;
        enum format_level level = (enum format_level)(k % FORMAT_LEVELS);
        size_t len = capacity(version, level);
        QRinput *input = QRinput_new2(version, levels[level]);
        QRinput_append(input, QR_MODE_8, (int)len, bytes);
        int size = encode(input);
        assert_ok(bitstream_read(&memory, modules, NULL, size, &out));
        assert_true(span_equal(span_of_bytes(out.bytes, out.len), span_of_bytes(bytes, len)));
        assert_int_equal(memory.work.corrected, 0);
        assert_int_equal(memory.format.level, level);
        assert_true(out.plain);
        bitstream_draw(&memory, drawn);
        assert_memory_equal(drawn, modules, (size_t)(size * size));
        masks |= 1u << memory.format.mask;
    }
    assert_int_equal(masks, 0xFF); /* that writer has used all of them by now */
}

static void reads_each_mode_of_another_writer(void **state) {
    (void)state;
    static const struct {
        QRencodeMode mode;
        const char *text;
    } cases[] = {{QR_MODE_NUM, "0123456789012345"},
                 {QR_MODE_AN, "HTTPS://EXAMPLE.ORG/$%*+-"},
                 {QR_MODE_8, "any \x01\x80\xFF bytes"},
                 {QR_MODE_KANJI, "\x93\x5F\xE4\xAA\x81\x40\xEA\xA4"}};
    QRinput *all = QRinput_new2(8, QR_ECLEVEL_M);
    uint8_t joined[200];
    struct room room = room_over(joined, sizeof joined);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct span text = span_of_text(cases[i].text);
        QRinput *input = QRinput_new2(0, QR_ECLEVEL_M);
        assert_int_equal(QRinput_append(input, cases[i].mode, (int)text.len, text.ptr), 0);
        assert_int_equal(QRinput_append(all, cases[i].mode, (int)text.len, text.ptr), 0);
        assert_ok(room_put(&room, text));
        assert_ok(bitstream_read(&memory, modules, NULL, encode(input), &out));
        assert_span_text(span_of_bytes(out.bytes, out.len), cases[i].text);
    }
    assert_ok(bitstream_read(&memory, modules, NULL, encode(all), &out));
    assert_true(span_equal(span_of_bytes(out.bytes, out.len), room_span(&room)));
    assert_true(out.plain);
}

/* Bytes of an ECI code are what they are, whatever it names. */
static void changes_no_byte_for_an_eci(void **state) {
    (void)state;
    static const unsigned ecis[] = {0, 2, 3, 9, 20, 26, 28, 127, 128, 899, 16383};
    for (size_t i = 0; i < sizeof ecis / sizeof *ecis; i++) {
        QRinput *input = QRinput_new2(9, QR_ECLEVEL_L);
        QRinput_appendECIheader(input, ecis[i]);
        QRinput_append(input, QR_MODE_8, 200, bytes);
        assert_ok(bitstream_read(&memory, modules, NULL, encode(input), &out));
        assert_true(span_equal(span_of_bytes(out.bytes, out.len), span_of_bytes(bytes, 200)));
        assert_false(out.plain);
    }
}

static void reads_every_mask_with_every_level(void **state) {
    (void)state;
    for (int k = 0; k < FORMAT_MASKS * FORMAT_LEVELS; k++) {
        struct symbol_bits bits = {0};
        symbol_bits_put_bytes(&bits, span_of_bytes(bytes, 40));
        symbol_writer_make(&bits, 7, (enum format_level)(k / FORMAT_MASKS), k % FORMAT_MASKS, modules);
        assert_ok(bitstream_read(&memory, modules, NULL, version_size(7), &out));
        assert_true(span_equal(span_of_bytes(out.bytes, out.len), span_of_bytes(bytes, 40)));
        assert_int_equal(memory.format.mask, k % FORMAT_MASKS);
    }
}

/* Make a code, and change `errors` codewords of each block, `more` of the last one. */
static void damage(int version, enum format_level level, int errors, int more) {
    struct symbol_bits bits = {0};
    symbol_bits_put(&bits, 4, 4);
    symbol_bits_put(&bits, 5, version < 10 ? 8 : 16);
    for (int i = 0; i < 5; i++) {
        symbol_bits_put(&bits, bytes[i], 8);
    }
    symbol_writer_make(&bits, version, level, 5, modules);
    assert_ok(bitstream_read(&before, modules, NULL, version_size(version), &out));
    struct blocks blocks = blocks_of(version, level);
    for (int i = 0; i < SAMPLING_MODULES; i++) {
        margins[i] = 40;
    }
    for (int block = 0; block < blocks.count; block++) {
        int len = blocks_data(&blocks, block) + blocks.check;
        for (int i = 0; i < errors + (block == blocks.count - 1 ? more : 0); i++) {
            int place = blocks_place(&blocks, block, (i * 7 + block) % (len - (len % 7 == 0)));
            before.codewords[place] ^= (uint8_t)(1 + throw(255));
            margins[before.way.place[8 * place + (int) throw(8)]] = (float) throw(20);
        }
    }
    codewords_write(&before.way, before.codewords, before.format.mask, modules);
}

static enum err read_damaged(int version, const float *sure) {
    return bitstream_read(&memory, modules, sure, version_size(version), &out);
}

/* ISO/IEC 18004, table 9: so many errors a block, and not one more. */
static void corrects_what_the_standard_promises_and_not_more(void **state) {
    (void)state;
    static const struct {
        int version;
        enum format_level level;
        int errors;
    } cases[] = {{1, FORMAT_L, 2},   {1, FORMAT_M, 4},   {1, FORMAT_Q, 6},   {1, FORMAT_H, 8},
                 {2, FORMAT_L, 4},   {2, FORMAT_M, 8},   {3, FORMAT_L, 7},   {3, FORMAT_Q, 9},
                 {4, FORMAT_H, 8},   {5, FORMAT_Q, 9},   {7, FORMAT_M, 9},   {10, FORMAT_L, 9},
                 {13, FORMAT_Q, 12}, {20, FORMAT_H, 14}, {25, FORMAT_L, 13}, {32, FORMAT_M, 14},
                 {40, FORMAT_L, 15}, {40, FORMAT_H, 15}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct blocks blocks = blocks_of(cases[i].version, cases[i].level);
        damage(cases[i].version, cases[i].level, cases[i].errors, 0);
        assert_ok(read_damaged(cases[i].version, NULL));
        assert_int_equal(memory.work.corrected, cases[i].errors * blocks.count);
        assert_true(span_equal(span_of_bytes(out.bytes, out.len), span_of_bytes(bytes, 5)));
        damage(cases[i].version, cases[i].level, cases[i].errors, 1);
        assert_err(read_damaged(cases[i].version, NULL), ERR_SYMBOL_CODEWORDS);
    }
}

static void draws_a_damaged_code_as_it_must_be(void **state) {
    (void)state;
    damage(12, FORMAT_M, 8, 0);
    for (int i = 0; i < 49; i++) {
        modules[i / 7 * version_size(12) + i % 7] = 0; /* a finder as well */
    }
    assert_ok(read_damaged(12, NULL));
    bitstream_draw(&memory, drawn);
    damage(12, FORMAT_M, 0, 0);
    assert_memory_equal(drawn, modules, (size_t)(version_size(12) * version_size(12)));
}

/* With the least sure codewords given up, nearly twice as many errors; never all check codewords. */
static void corrects_more_where_the_wrong_codewords_are_the_least_sure(void **state) {
    (void)state;
    static const struct {
        int version;
        enum format_level level;
    } cases[] = {{2, FORMAT_H}, {5, FORMAT_Q}, {10, FORMAT_L}, {25, FORMAT_M}, {40, FORMAT_H}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct blocks blocks = blocks_of(cases[i].version, cases[i].level);
        int most = blocks.check - CORRECTION_SPARE;
        for (int errors = blocks.check / 2 + 1; errors <= most; errors++) {
            damage(cases[i].version, cases[i].level, errors, 0);
            assert_err(read_damaged(cases[i].version, NULL), ERR_SYMBOL_CODEWORDS);
            assert_ok(read_damaged(cases[i].version, margins));
            assert_true(span_equal(span_of_bytes(out.bytes, out.len), span_of_bytes(bytes, 5)));
        }
        damage(cases[i].version, cases[i].level, most, 1);
        assert_err(read_damaged(cases[i].version, margins), ERR_SYMBOL_CODEWORDS);
    }
}

/* Make a code of which every `step`th block from one to another has three errors too many: three of one bit, doubted only a
 * little less than `doubted` bits that are right, and the others where no module is doubted. */
static void damage_bits(int version, enum format_level level, int from, int to, int step, int doubted) {
    damage(version, level, 0, 0);
    struct blocks blocks = blocks_of(version, level);
    for (int block = from; block < to; block += step) {
        for (int i = 0; i < doubted + blocks.check / 2 + 3; i++) {
            int place = blocks_place(&blocks, block, i);
            bool single = i < doubted + 3;
            unsigned bit = throw(8);
            unsigned wrong = i < doubted ? 0 : single ? 0x80u >> bit : 0xFF;
            before.codewords[place] ^= (uint8_t)wrong;
            for (unsigned k = 0; k < 8; k++) {
                margins[before.way.place[8 * place + (int)k]] = single && k == bit ? (float)i : 200;
            }
        }
    }
    codewords_write(&before.way, before.codewords, before.format.mask, modules);
}

static void changes_the_weakest_bits_where_most_of_a_code_is_read(void **state) {
    (void)state;
    static const struct {
        int version;
        enum format_level level;
    } cases[] = {{3, FORMAT_Q}, {10, FORMAT_M}, {25, FORMAT_L}, {40, FORMAT_H}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int count = blocks_of(cases[i].version, cases[i].level).count;
        damage_bits(cases[i].version, cases[i].level, count - 1, count, 1, 0);
        assert_err(read_damaged(cases[i].version, NULL), ERR_SYMBOL_CODEWORDS);
        assert_ok(read_damaged(cases[i].version, margins));
        assert_true(span_equal(span_of_bytes(out.bytes, out.len), span_of_bytes(bytes, 5)));
        int first = count < CORRECTION_BEHIND + 1 ? count : CORRECTION_BEHIND + 1;
        damage_bits(cases[i].version, cases[i].level, 0, first, 1, 0); /* nothing says that this is a code */
        assert_err(read_damaged(cases[i].version, margins), ERR_SYMBOL_CODEWORDS);
    }
}

static void changes_no_bits_of_a_code_of_one_block(void **state) {
    (void)state;
    damage_bits(3, FORMAT_M, 0, 1, 1, 0);
    assert_err(read_damaged(3, margins), ERR_SYMBOL_CODEWORDS);
}

/* Each block would be read after 23 changes of bits; there are forty. */
static void tries_no_more_than_it_says(void **state) {
    (void)state;
    damage_bits(40, FORMAT_H, 1, 20, 2, 2);
    assert_ok(read_damaged(40, margins));
    damage_bits(40, FORMAT_H, 1, 81, 2, 2);
    assert_err(read_damaged(40, margins), ERR_SYMBOL_CODEWORDS);
    assert_true(memory.work.tries > CORRECTION_FLIPS_MAX);
    assert_true(memory.work.tries <= 1 + BLOCKS_MAX * (1 + CORRECTION_ERASURES) + CORRECTION_FLIPS_MAX);
}

/* Margins that say nothing about the errors correct nothing wrongly. */
static void gives_no_wrong_payload_for_margins_of_chance(void **state) {
    (void)state;
    for (int i = 0; i < 400; i++) {
        int version = 1 + (int) throw(12);
        enum format_level level = (enum format_level) throw(FORMAT_LEVELS);
        struct blocks blocks = blocks_of(version, level);
        damage(version, level, blocks.check / 2 + 1 + (int) throw(9), 0);
        for (int k = 0; k < version_size(version) * version_size(version); k++) {
            margins[k] = (float) throw(255);
        }
        enum err err = read_damaged(version, margins);
        assert_true(err != ERR_OK || span_equal(span_of_bytes(out.bytes, out.len), span_of_bytes(bytes, 5)));
    }
}

/* Where one copy of the format information is lost, the other says it. */
static void reads_the_format_from_either_copy(void **state) {
    (void)state;
    int size = version_size(3);
    for (int lost = 0; lost < 2; lost++) {
        damage(3, FORMAT_Q, 0, 0);
        for (int i = 0; i < 9; i++) {
            if (lost == 0) {
                modules[8 * size + i] = modules[i * size + 8] = 1;
            } else {
                modules[8 * size + size - 8 + i % 8] = modules[(size - 8 + i % 8) * size + 8] = 1;
            }
        }
        assert_ok(read_damaged(3, NULL));
        assert_true(span_equal(span_of_bytes(out.bytes, out.len), span_of_bytes(bytes, 5)));
    }
}

static void refuses_format_information_that_is_like_none(void **state) {
    (void)state;
    int size = version_size(3);
    damage(3, FORMAT_Q, 0, 0);
    for (unsigned word = 0; word < 1u << 15 && format_errors(modules, size, false) <= FORMAT_ERRORS; word++) {
        for (int i = 0; i < 15; i++) {
            int near = i < 6 ? i : i < 8 ? i + 1 : 8;
            int across = i < 8 ? 8 : i == 8 ? 7 : 14 - i;
            modules[near * size + across] = word >> i & 1;
            modules[i < 8 ? 8 * size + size - 1 - i : (size - 15 + i) * size + 8] = word >> i & 1;
        }
    }
    assert_true(format_errors(modules, size, false) > FORMAT_ERRORS);
    assert_err(read_damaged(3, NULL), ERR_SYMBOL_FORMAT);
    assert_err(read_damaged(3, margins), ERR_SYMBOL_FORMAT);
}

static void refuses_sizes_that_no_code_has(void **state) {
    (void)state;
    static const int sizes[] = {-3, 0, 1, 17, 20, 22, 23, 24, 178, 181, 1 << 20};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        assert_err(bitstream_read(&memory, modules, NULL, sizes[i], &out), ERR_SYMBOL_SIZE);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(reads_what_another_writer_wrote_in_every_version_and_level, fill),
        cmocka_unit_test_setup(reads_each_mode_of_another_writer, fill),
        cmocka_unit_test_setup(changes_no_byte_for_an_eci, fill),
        cmocka_unit_test_setup(reads_every_mask_with_every_level, fill),
        cmocka_unit_test_setup(corrects_what_the_standard_promises_and_not_more, fill),
        cmocka_unit_test_setup(draws_a_damaged_code_as_it_must_be, fill),
        cmocka_unit_test_setup(corrects_more_where_the_wrong_codewords_are_the_least_sure, fill),
        cmocka_unit_test_setup(changes_the_weakest_bits_where_most_of_a_code_is_read, fill),
        cmocka_unit_test_setup(changes_no_bits_of_a_code_of_one_block, fill),
        cmocka_unit_test_setup(tries_no_more_than_it_says, fill),
        cmocka_unit_test_setup(gives_no_wrong_payload_for_margins_of_chance, fill),
        cmocka_unit_test_setup(reads_the_format_from_either_copy, fill),
        cmocka_unit_test_setup(refuses_format_information_that_is_like_none, fill),
        cmocka_unit_test_setup(refuses_sizes_that_no_code_has, fill),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
