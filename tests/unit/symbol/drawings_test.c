/* SPDX-License-Identifier: Apache-2.0 */
/* Drawings of one pixel a module or without a quiet zone, and codes seen from far to the side. */
#include "tests/lib/check.h"

#include <stdlib.h>

#include "symbol/rescale.h"
#include "symbol/symbol.h"
#include "symbol/version.h"
#include "tests/lib/looker.h"
#include "tests/lib/plate.h"
#include "tests/lib/scene.h"

static struct grey drawing(const struct render_code *code, unsigned module_px, unsigned quiet,
                           bool inverted) {
    unsigned side = (code->side + 2 * quiet) * module_px;
    struct grey out = scene_blank(side, side);
    for (unsigned i = 0; i < side * side; i++) {
        unsigned column = i % side / module_px - quiet;
        unsigned row = i / side / module_px - quiet;
        bool dark = column < code->side && row < code->side && code->dark[row][column] != 0;
        out.pixels[i] = dark != inverted ? 0 : 255;
    }
    return out;
}

static void reads_drawings_of_one_pixel_a_module(void **state) {
    (void)state;
    for (unsigned version = 1; version <= VERSION_MAX; version += version < 8 ? 1 : 4) {
        struct render_code code;
        plate_code(version, &code);
        for (unsigned quiet = 0; quiet <= 4; quiet += 2) {
            for (int inverted = 0; inverted < 2; inverted++) {
                if (!looker_reads(drawing(&code, 1, quiet, inverted != 0), &code)) {
                    fail_msg("version %u, %u light modules around, %s", version, quiet,
                             inverted != 0 ? "inverted" : "not inverted");
                }
            }
        }
    }
}

static void reads_drawings_without_a_quiet_zone(void **state) {
    (void)state;
    for (unsigned module_px = 2; module_px <= 40; module_px += module_px < 8 ? 1 : 16) {
        struct render_code code;
        plate_code(2, &code);
        for (int inverted = 0; inverted < 2; inverted++) {
            if (!looker_reads(drawing(&code, module_px, 0, inverted != 0), &code)) {
                fail_msg("%u pixels a module, %s", module_px, inverted != 0 ? "inverted" : "not inverted");
            }
        }
    }
}

static void frames_are_of_what_corners_are_not(void **state) {
    (void)state;
    uint8_t pixels[6] = {0, 90, 200, 10, 80, 30};
    uint8_t out[100];
    struct effort effort = {0};
    struct view view = {.pixels = pixels, .width_px = 3, .height_px = 2, .stride_px = 3, .effort = &effort};
    struct view framed = rescale_framed(&view, 2, 1, out);
    assert_int_equal(framed.width_px, 8);
    assert_int_equal(framed.height_px, 6);
    assert_int_equal(framed.stride_px, 8);
    assert_true(effort.spent >= 24);
    for (int i = 0; i < 48; i++) {
        int x = i % 8 - 1, y = i / 8 - 1;
        bool within = x >= 0 && y >= 0 && x < 6 && y < 4;
        assert_int_equal(out[i], within ? pixels[y / 2 * 3 + x / 2] : 255);
    }
    pixels[0] = 255;
    assert_int_equal(*rescale_framed(&view, 1, 1, out).pixels, 0);
}

/* Each `part` columns become one, as where a page is seen from far to the side. */
static struct grey squeezed(struct grey from, uint32_t part) {
    struct grey out = scene_blank(from.width_px / part, from.height_px);
    for (uint32_t i = 0; i < out.width_px * out.height_px; i++) {
        unsigned sum = 0;
        for (uint32_t k = 0; k < part; k++) {
            sum += from.pixels[(size_t)(i / out.width_px) * from.width_px + i % out.width_px * part + k];
        }
        out.pixels[i] = (uint8_t)(sum / part);
    }
    free(from.pixels);
    return out;
}

static void reads_codes_seen_from_far_to_the_side(void **state) {
    (void)state;
    struct render_code code;
    plate_code(3, &code);
    for (int degrees = 0; degrees < 180; degrees += 15) {
        struct plate plate = plate_of(&code, 9);
        plate.turn_degrees = degrees;
        if (!looker_reads(squeezed(plate_draw(&plate, plate_side(&plate), plate_side(&plate)), 3), &code)) {
            fail_msg("turned by %d degrees", degrees);
        }
    }
}

/* Rows become columns. */
static struct grey transposed(struct grey from) {
    struct grey out = scene_blank(from.height_px, from.width_px);
    for (uint32_t i = 0; i < from.width_px * from.height_px; i++) {
        out.pixels[i % from.width_px * out.width_px + i / from.width_px] = from.pixels[i];
    }
    free(from.pixels);
    return out;
}

/* Modules four times as high as wide, or as wide as high. */
static void reads_codes_seen_along_one_side(void **state) {
    (void)state;
    struct render_code code;
    plate_code(4, &code);
    for (int degrees = -5; degrees <= 95; degrees += degrees == 5 ? 80 : 5) {
        struct plate plate = plate_of(&code, 12);
        plate.turn_degrees = degrees;
        struct grey high = squeezed(plate_draw(&plate, plate_side(&plate), plate_side(&plate)), 4);
        if (!looker_reads(transposed(high), &code) ||
            !looker_reads(squeezed(plate_draw(&plate, plate_side(&plate), plate_side(&plate)), 4), &code)) {
            fail_msg("turned by %d degrees", degrees);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_drawings_of_one_pixel_a_module),
        cmocka_unit_test(reads_drawings_without_a_quiet_zone),
        cmocka_unit_test(frames_are_of_what_corners_are_not),
        cmocka_unit_test(reads_codes_seen_from_far_to_the_side),
        cmocka_unit_test(reads_codes_seen_along_one_side),
    };
    return cmocka_run_group_tests(tests, looker_start, looker_stop);
}
