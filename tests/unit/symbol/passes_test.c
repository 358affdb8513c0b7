/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "symbol/symbol.h"
#include "symbol/version.h"
#include "tests/lib/looker.h"
#include "tests/lib/plate.h"
#include "tests/lib/scene.h"

static void expect_read(const struct plate *plate) {
    uint32_t side = (uint32_t)(2 * plate->middle.x);
    struct symbols out = looker_read(plate_draw(plate, side, side), true);
    if (out.count != 1 ||
        !span_equal(out.payloads[0], span_of_bytes(plate->code->payload, plate->code->payload_len))) {
        fail_msg("version %u at %.0f degrees is not read", plate->code->version, plate->turn_degrees);
    }
}

static void reads_codes_turned_in_any_way(void **state) {
    (void)state;
    struct render_code code;
    plate_code(8, &code);
    for (int degrees = 0; degrees < 360; degrees += 10) {
        struct plate plate = plate_of(&code, 3);
        plate.turn_degrees = degrees;
        plate.inverted = degrees % 20 == 0;
        plate.mirrored = degrees % 30 == 0;
        expect_read(&plate);
    }
}

static void reads_all_versions(void **state) {
    (void)state;
    for (unsigned version = 1; version <= VERSION_MAX; version++) {
        struct render_code code;
        plate_code(version, &code);
        struct plate plate = plate_of(&code, 2.6);
        plate.turn_degrees = 5;
        plate.inverted = version % 2 == 1;
        expect_read(&plate);
    }
}

static void reads_codes_seen_from_the_side(void **state) {
    (void)state;
    struct render_code code;
    plate_code(20, &code);
    for (int i = 0; i < 8; i++) {
        struct plate plate = plate_of(&code, 4);
        plate.tilt_x = (i % 3 - 1) * 0.2;
        plate.tilt_y = (i / 3 - 1) * 0.2;
        plate.middle.x *= 1.3; /* what is near is large */
        plate.middle.y *= 1.3;
        plate.turn_degrees = i * 25;
        expect_read(&plate);
    }
}

static void reads_modules_of_two_pixels(void **state) {
    (void)state;
    struct render_code code;
    plate_code(12, &code);
    for (int degrees = 0; degrees < 90; degrees += 15) {
        struct plate plate = plate_of(&code, 2);
        plate.turn_degrees = degrees;
        expect_read(&plate);
    }
}

/* Modules of a pixel and a half, in a far corner of a busy picture that is one large region. */
static void reads_small_modules_in_large_busy_pictures(void **state) {
    (void)state;
    struct render_code code;
    plate_code(8, &code);
    struct plate plate = plate_of(&code, 1.5);
    plate.turn_degrees = 7;
    plate.blur_px = 0.5;
    plate.middle = (struct point){60, 60};
    struct grey qr = plate_draw(&plate, 120, 120), all = scene_blank(1600, 1300);
    for (uint32_t i = 0; i < all.width_px * all.height_px; i++) {
        uint32_t x = i % all.width_px, y = i / all.width_px;
        bool within = x >= 1370 && x < 1490 && y >= 1100 && y < 1220;
        all.pixels[i] = within ? qr.pixels[(y - 1100) * 120 + x - 1370] : (x / 9 + y / 7) % 2 == 0 ? 40 : 210;
    }
    free(qr.pixels);
    struct symbols out = looker_read(all, true);
    assert_int_equal(out.count, 1);
    assert_string_equal(out.pass, "double");
}

static void counts_a_code_once(void **state) {
    (void)state;
    struct grey qr = scene_qr(span_of_text("once"), 5);
    struct symbols out = looker_read(scene_beside(&qr, &qr), true);
    assert_int_equal(out.count, 1);
    assert_span_text(out.payloads[0], "once");
    free(qr.pixels);
}

/* Four codes of different polarity and size. */
static void reads_several_codes(void **state) {
    (void)state;
    struct grey a = scene_qr(span_of_text("first"), 4), b = scene_qr(span_of_text("second code"), 6);
    struct grey c = scene_qr(span_of_text("third"), 5), d = scene_inverted(&c);
    struct grey ab = scene_beside(&a, &b), abd = scene_beside(&ab, &d);
    struct symbols out = looker_read(abd, false);
    assert_int_equal(out.count, 3);
    free(a.pixels);
    free(b.pixels);
    free(c.pixels);
    free(d.pixels);
    free(ab.pixels);
}

/* More codes than regions, beside each other and above each other, in one look. */
static void reads_as_many_codes_as_there_are(void **state) {
    (void)state;
    struct grey all = scene_blank(1100, 560);
    char text[] = "code 0 of eight";
    for (uint32_t i = 0; i < SYMBOL_MAX; i++) {
        text[5] = (char)('0' + i);
        struct grey qr = scene_qr(span_of_text(text), 5 + i % 4);
        for (uint32_t y = 0; y < qr.height_px; y++) {
            memcpy(all.pixels + (size_t)(i / 4 * 280 + y) * all.width_px + i % 4 * 270,
                   qr.pixels + (size_t)y * qr.width_px, qr.width_px);
        }
        free(qr.pixels);
    }
    assert_int_equal(looker_read(all, false).count, SYMBOL_MAX);
}

/* Frames of an empty scene are followed by one with a code: turns go on, nothing of before stays. */
static void forgets_the_picture_before(void **state) {
    (void)state;
    assert_int_equal(looker_read(scene_qr(span_of_text("gone"), 4), false).count, 1);
    for (int i = 0; i < 12; i++) {
        assert_int_equal(looker_read(scene_blank(320, 240), false).count, 0);
    }
    struct symbols out = looker_read(scene_qr(span_of_text("next"), 4), false);
    assert_int_equal(out.count, 1);
    assert_span_text(out.payloads[0], "next");
}

static struct grey noise(uint32_t width_px, uint32_t height_px, unsigned grain) {
    struct grey out = scene_blank(width_px, height_px);
    struct render_dice dice = {.state = grain};
    for (size_t i = 0; i < (size_t)width_px * height_px; i++) {
        uint64_t z = (dice.state += 0x9E3779B97F4A7C15u);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
        out.pixels[i] = grain == 1 ? (uint8_t)(z >> 32) : (z >> 40) % 2 == 0 ? 255 : 0;
    }
    return out;
}

/* Rows and rows of finder patterns, `module_px` a module. */
static struct grey wall(uint32_t width_px, uint32_t height_px, int module_px) {
    struct grey out = scene_blank(width_px, height_px);
    for (size_t i = 0; i < (size_t)width_px * height_px; i++) {
        int x = abs((int)(i % width_px) / module_px % 9 - 4),
            y = abs((int)(i / width_px) / module_px % 9 - 4);
        int ring = x > y ? x : y;
        out.pixels[i] = ring <= 1 || ring == 3 ? 10 : 240;
    }
    return out;
}

static struct grey gradient(uint32_t width_px, uint32_t height_px) {
    struct grey out = scene_blank(width_px, height_px);
    for (size_t i = 0; i < (size_t)width_px * height_px; i++) {
        out.pixels[i] = (uint8_t)(i % width_px * 3 ^ i / width_px);
    }
    return out;
}

static void finds_nothing_in_hostile_pictures(void **state) {
    (void)state;
    const struct grey pictures[] = {noise(1280, 720, 1), noise(1280, 720, 2),    wall(1280, 720, 2),
                                    wall(1920, 1080, 3), wall(1280, 720, 11),    gradient(1280, 720),
                                    scene_blank(1, 1),   noise(3, 2, 1),         noise(21, 21, 2),
                                    noise(40, 2000, 2),  noise(2, 4096, 1),      gradient(4096, 16),
                                    wall(4096, 4096, 5), scene_blank(4096, 4096)};
    for (size_t i = 0; i < sizeof pictures / sizeof *pictures; i++) {
        assert_int_equal(looker_read(pictures[i], true).count, 0);
    }
}

/* The version that a code's own bits say is another one's: they lie, its timing pattern does not. */
static void is_not_misled_by_version_bits(void **state) {
    (void)state;
    struct render_code code;
    plate_code(10, &code);
    uint32_t bits = version_bits(12);
    for (unsigned i = 0; i < 18; i++) {
        code.dark[i / 3][code.side - 11 + i % 3] = bits >> i & 1;
        code.dark[code.side - 11 + i % 3][i / 3] = bits >> i & 1;
    }
    struct plate plate = plate_of(&code, 3);
    struct symbols out = looker_read(plate_draw(&plate, plate_side(&plate), plate_side(&plate)), true);
    assert_true(out.count == 0 || span_equal(out.payloads[0], span_of_bytes(code.payload, code.payload_len)));
}

/* After how many looks, by two readers in turn, one of the later passes has had its turn. */
static unsigned looks_of_two(bool staggered) {
    struct symbol_reader *two[2];
    struct symbols out = {0};
    struct grey picture =
        scene_beside_a_wall(span_of_text("stagger 0123456789 abcdefghijklmnopqrstuvwxyz 0123456789"));
    unsigned looks = 0;
    for (unsigned i = 0; i < 2; i++) {
        assert_ok(symbol_start(&two[i]));
        if (staggered) {
            symbol_stagger(two[i], i, 2);
        }
    }
    while (looks < 50 && out.count == 0) {
        assert_ok(symbol_read(two[looks++ % 2], &picture, false, &out));
    }
    assert_int_equal(out.count, 1);
    free(picture.pixels);
    symbol_stop(two[0]);
    symbol_stop(two[1]);
    return looks;
}

static void two_readers_come_around_sooner_when_their_turns_begin_apart(void **state) {
    (void)state;
    unsigned apart = looks_of_two(true), together = looks_of_two(false);
    assert_true(apart > 1);
    assert_true(apart < together);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_codes_turned_in_any_way),
        cmocka_unit_test(reads_all_versions),
        cmocka_unit_test(reads_codes_seen_from_the_side),
        cmocka_unit_test(reads_modules_of_two_pixels),
        cmocka_unit_test(reads_small_modules_in_large_busy_pictures),
        cmocka_unit_test(counts_a_code_once),
        cmocka_unit_test(reads_several_codes),
        cmocka_unit_test(reads_as_many_codes_as_there_are),
        cmocka_unit_test(forgets_the_picture_before),
        cmocka_unit_test(finds_nothing_in_hostile_pictures),
        cmocka_unit_test(is_not_misled_by_version_bits),
        cmocka_unit_test(two_readers_come_around_sooner_when_their_turns_begin_apart),
    };
    return cmocka_run_group_tests(tests, looker_start, looker_stop);
}
