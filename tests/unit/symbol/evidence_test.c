/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <assert.h>
#include <qrencode.h>
#include <stdlib.h>
#include <string.h>

#include "symbol/bitstream.h"
#include "symbol/canonical.h"
#include "symbol/evidence.h"
#include "tests/lib/render_dice.h"

static_assert(sizeof(struct evidence) <= 512 * 1024, "what is remembered stays small");

#define FORMAT_ROW 8
/* Grey levels of a code that is lit well. */
#define DARK  60
#define LIGHT 190

/* A code as its modules, row after row. */
struct code {
    int size;
    uint8_t dark[SAMPLING_MODULES];
    size_t payload_len;
    uint8_t payload[LIMIT_SYMBOL_BYTES];
};

static struct evidence evidence;
static struct evidence_picture picture;
static struct canonical canonical;
static struct bitstream bitstream;
static struct segments segments;
static struct relief contrast;
static float sampled[SAMPLING_MODULES], relief[SAMPLING_MODULES], combined[SAMPLING_MODULES];

static int forget(void **state) {
    (void)state;
    memset(&evidence, 0, sizeof evidence);
    return 0;
}

static void encode(int version, const uint8_t *bytes, size_t len, struct code *out) {
    QRinput *input = QRinput_new2(version, QR_ECLEVEL_L);
    assert_int_equal(QRinput_append(input, QR_MODE_8, (int)len, bytes), 0);
    QRcode *qr = QRcode_encodeInput(input);
    assert_non_null(qr);
    assert_int_equal(qr->version, version);
    out->size = qr->width;
    for (int i = 0; i < qr->width * qr->width; i++) {
        out->dark[i] = qr->data[i] & 1;
    }
    out->payload_len = len;
    memcpy(out->payload, bytes, len);
    QRcode_free(qr);
    QRinput_free(input);
}

/* Random bytes after `common` that depend on none. */
static void make(int version, size_t len, size_t common, uint64_t seed, struct code *out) {
    uint8_t bytes[LIMIT_SYMBOL_BYTES];
    struct render_dice same = {.state = 7};
    struct render_dice own = {.state = seed};
    for (size_t i = 0; i < len; i++) {
        bytes[i] = (uint8_t)render_dice_next(i < common ? &same : &own);
    }
    encode(version, bytes, len, out);
}

/* What a camera samples of a code: noise of `deviation` grey levels. */
static void sample(const struct code *code, double deviation, uint64_t seed) {
    struct render_dice dice = render_dice_of(seed, 1);
    for (int i = 0; i < code->size * code->size; i++) {
        double value = (code->dark[i] ? DARK : LIGHT) + deviation * render_dice_normal(&dice);
        sampled[i] = (float)(value < 0 ? 0 : value > 255 ? 255 : value);
    }
}

static bool decode(const float *brightness, int size) {
    static uint8_t modules[SAMPLING_MODULES];
    static float margins[SAMPLING_MODULES];
    canonical_modules(&canonical, brightness, size, 0, modules, margins);
    if (format_errors(modules, size, true) < format_errors(modules, size, false)) {
        canonical_mirror(modules, margins, size);
    }
    return bitstream_read(&bitstream, modules, margins, size, &segments) == ERR_OK;
}

static bool is_payload_of(const struct code *code) {
    return span_equal(span_of_bytes(segments.bytes, segments.len),
                      span_of_bytes(code->payload, code->payload_len));
}

/* Add what was sampled. Returns whether there was something to add it to. */
static bool add(int size, bool inverted) {
    relief_measure(&contrast, sampled, size, relief);
    return evidence_add(&evidence, &picture, relief, size, inverted, combined);
}

/* Show what was sampled as the next picture. Returns whether it and those before give a payload. */
static bool show(int size, bool inverted) {
    evidence_begin(&evidence, &picture);
    if (!add(size, inverted)) {
        return false;
    }
    relief_light(combined, 1, size, combined);
    return decode(combined, size);
}

/* Pictures of a code until it is read; `most` + 1: it was not. No picture alone gives it. */
static int pictures_to_read(const struct code *code, double deviation, int most) {
    for (int i = 1; i <= most; i++) {
        sample(code, deviation, (uint64_t)i);
        assert_false(decode(sampled, code->size));
        if (show(code->size, false)) {
            assert_true(is_payload_of(code));
            return i;
        }
    }
    return most + 1;
}

static void reads_what_no_picture_gives(void **state) {
    static const int versions[] = {3, 7, 10, 20, 40};
    static const size_t lengths[] = {50, 150, 260, 840, 2900};
    (void)state;
    for (size_t i = 0; i < sizeof versions / sizeof *versions; i++) {
        struct code code;
        make(versions[i], lengths[i], 0, 1, &code);
        forget(NULL);
        int few = pictures_to_read(&code, 45, 10);
        forget(NULL);
        int many = pictures_to_read(&code, 75, 30);
        if (few > 3 || many > 12 || many <= few) {
            fail_msg("version %d takes %d and %d pictures", versions[i], few, many);
        }
    }
}

/* A lamp's reflection, `part` of the code's side wide, around a module. */
static void glare(int size, double part, int column, int row) {
    for (int i = 0; i < size * size; i++) {
        int dx = i % size - column, dy = i / size - row;
        if (dx * dx + dy * dy < part * part / 4 * size * size) {
            sampled[i] = 255;
        }
    }
}

/* Each picture lacks more than is corrected, but not all of them the same. */
static void reads_a_code_under_a_moving_glare(void **state) {
    (void)state;
    struct code code;
    make(15, 500, 0, 2, &code);
    bool read = false;
    for (int i = 0; i < 6 && !read; i++) {
        sample(&code, 10, (uint64_t)i);
        glare(code.size, 0.45, code.size * (i + 2) / 8, code.size / 2);
        assert_false(decode(sampled, code.size));
        read = show(code.size, false);
    }
    assert_true(read && is_payload_of(&code));
}

static void transpose(struct code *code) {
    canonical_mirror(code->dark, sampled, code->size);
}

static void reads_codes_in_a_mirror(void **state) {
    (void)state;
    struct code code;
    make(10, 260, 0, 3, &code);
    transpose(&code);
    assert_in_range(pictures_to_read(&code, 45, 10), 2, 3);
}

static void keeps_polarities_apart(void **state) {
    (void)state;
    struct code code;
    make(10, 260, 0, 4, &code);
    for (int i = 0; i < 8; i++) {
        sample(&code, 30, (uint64_t)i);
        evidence_begin(&evidence, &picture);
        assert_int_equal(add(code.size, i % 2 == 1), i > 1);
    }
}

static bool has_format_of(const struct code *a, const struct code *b) {
    const uint8_t *line = a->dark + FORMAT_ROW * a->size, *other = b->dark + FORMAT_ROW * b->size;
    return memcmp(line, other, 6) == 0;
}

/* A code of the same mask with a common part. */
static void make_twin(const struct code *code, int version, size_t common, uint64_t seed, struct code *out) {
    do {
        make(version, code->payload_len, common, seed++, out);
    } while (!has_format_of(code, out));
}

/* Neither the first nor, in between, pictures of something else keep the second one waiting. */
static void reads_a_second_code_as_soon_as_the_first(void **state) {
    (void)state;
    struct code first, second;
    make(10, 260, 80, 5, &first);
    make_twin(&first, 10, 80, 6, &second);
    int alone = pictures_to_read(&second, 45, 10);
    forget(NULL);
    assert_in_range(pictures_to_read(&first, 45, 10), 2, 4);
    for (int i = 0; i < 20; i++) {
        sample(&first, 45, (uint64_t)(50 + i));
        assert_true(show(first.size, false) && is_payload_of(&first));
    }
    assert_int_equal(pictures_to_read(&second, 45, 10), alone);
}

static void reads_two_codes_in_turn(void **state) {
    (void)state;
    struct code codes[2];
    make(10, 260, 30, 7, &codes[0]);
    make(10, 260, 30, 8, &codes[1]);
    for (int i = 0; i < 12; i++) {
        sample(&codes[i % 2], 40, (uint64_t)i);
        bool read = show(codes[0].size, false);
        assert_int_equal(read, i > 1);
        assert_true(!read || is_payload_of(&codes[i % 2]));
    }
}

/* Codes with most of their modules in common: one or the other is read, never a mixture, and the second one soon. */
static void never_mixes_twins(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < 24; seed++) {
        struct code first, second;
        size_t common = 260 * (seed % 8 + 1) / 9;
        double deviation = 38 + (double)(seed % 3) * 8;
        bool read = false;
        make(10, 260, common, 100 + seed, &first);
        make_twin(&first, 10, common, 1000 * (seed + 1), &second);
        forget(NULL);
        for (int i = 0; i < 52; i++) {
            bool of_first = i < 25 || (i > 40 && i % 2 == 0);
            sample(of_first ? &first : &second, deviation, seed * 100 + (uint64_t)i);
            if (show(first.size, false)) {
                assert_true(is_payload_of(&first) || is_payload_of(&second));
                read = read || (i <= 40 && is_payload_of(&second));
            }
        }
        assert_true(read);
    }
}

/* Noise is like no other noise; and what is like itself, but no code, gives nothing. */
static void never_reads_noise(void **state) {
    (void)state;
    struct code none;
    make(5, 80, 0, 9, &none);
    for (uint64_t seed = 0; seed < 400; seed++) {
        struct render_dice dice = render_dice_of(seed / 20, 2);
        for (int i = 0; i < none.size * none.size; i++) {
            none.dark[i] = render_dice_next(&dice) >> 40 & 1;
        }
        sample(&none, seed % 20 < 10 ? 400 : 40, seed);
        assert_false(show(none.size, false));
    }
}

static void adds_no_noise(void **state) {
    (void)state;
    struct code code;
    make(5, 80, 0, 9, &code);
    for (uint64_t seed = 0; seed < 2000; seed++) {
        struct render_dice dice = render_dice_of(seed, 3);
        for (int i = 0; i < code.size * code.size; i++) {
            sampled[i] = (float)(128 + 30 * render_dice_normal(&dice));
        }
        evidence_begin(&evidence, &picture);
        assert_false(add(code.size, false));
    }
}

static void forgets_what_was_not_seen_for_long(void **state) {
    (void)state;
    struct code code;
    make(10, 260, 0, 10, &code);
    for (int away = EVIDENCE_PICTURES; away <= EVIDENCE_PICTURES + 1; away++) {
        sample(&code, 20, 1);
        (void)show(code.size, false);
        for (int i = 1; i < away; i++) {
            evidence_begin(&evidence, &picture);
        }
        assert_int_equal(show(code.size, false), away == EVIDENCE_PICTURES);
    }
    assert_true(show(code.size, false));
    evidence_forget(&evidence);
    assert_false(show(code.size, false));
}

/* One picture seen twice says nothing new, and no picture takes all places or all time. */
static void takes_little_of_one_picture(void **state) {
    (void)state;
    struct code code, others[4];
    make(10, 260, 0, 11, &code);
    sample(&code, 20, 1);
    assert_false(show(code.size, false));
    for (int i = 0; i <= EVIDENCE_SAMPLES; i++) {
        assert_false(add(code.size, false));
    }
    sampled[0] += 9;
    assert_false(add(code.size, false));
    make(10, 260, 0, 20, &others[0]);
    sample(&others[0], 20, 1);
    assert_false(add(code.size, false));
    sample(&others[0], 20, 2);
    assert_true(show(code.size, false));
}

/* What was seen for long stays. */
static void gives_up_what_was_seen_least(void **state) {
    (void)state;
    struct code code, others[4];
    make(10, 260, 0, 11, &code);
    for (uint64_t i = 0; i < 3; i++) {
        sample(&code, 20, i);
        assert_int_equal(show(code.size, false), i > 0);
    }
    evidence_begin(&evidence, &picture);
    for (int i = 0; i < 4; i++) {
        make(10, 260, 0, 12 + (uint64_t)i, &others[i]);
        sample(&others[i], 20, 2 + (uint64_t)i);
        assert_false(add(code.size, false));
    }
    for (int i = 0; i < 4; i++) {
        sample(&others[i], 20, 6 + (uint64_t)i);
        evidence_begin(&evidence, &picture);
        (void)add(code.size, false);
        sample(&code, 20, 10 + (uint64_t)i);
        assert_true(show(code.size, false));
    }
}

static void says_nothing_without_contrast(void **state) {
    (void)state;
    for (int i = 0; i < 10; i++) {
        for (int k = 0; k < SAMPLING_MODULES; k++) {
            sampled[k] = 255;
        }
        assert_false(show(VERSION_SIZE_MAX, i % 2 == 0));
        assert_false(show(21, i % 2 == 0));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(reads_what_no_picture_gives, forget),
        cmocka_unit_test_setup(reads_a_code_under_a_moving_glare, forget),
        cmocka_unit_test_setup(reads_codes_in_a_mirror, forget),
        cmocka_unit_test_setup(keeps_polarities_apart, forget),
        cmocka_unit_test_setup(reads_a_second_code_as_soon_as_the_first, forget),
        cmocka_unit_test_setup(reads_two_codes_in_turn, forget),
        cmocka_unit_test_setup(never_mixes_twins, forget),
        cmocka_unit_test_setup(never_reads_noise, forget),
        cmocka_unit_test_setup(adds_no_noise, forget),
        cmocka_unit_test_setup(forgets_what_was_not_seen_for_long, forget),
        cmocka_unit_test_setup(takes_little_of_one_picture, forget),
        cmocka_unit_test_setup(gives_up_what_was_seen_least, forget),
        cmocka_unit_test_setup(says_nothing_without_contrast, forget),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
