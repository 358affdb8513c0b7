/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <math.h>
#include <stdlib.h>

#include "symbol/symbol.h"
#include "tests/lib/looker.h"
#include "tests/lib/plate.h"
#include "tests/lib/render.h"

/* A sheet before a camera, lit evenly. */
static struct render_spec sheet_of(unsigned version, enum render_bend bend, double radius_modules) {
    return (struct render_spec){.condition = "sheet",
                                .seed = version,
                                .noise_seed = version,
                                .payload = RENDER_PAYLOAD_JWS,
                                .version = version,
                                .level = 'L',
                                .quiet_modules = 4,
                                .black = 0.05,
                                .white = 0.65,
                                .width_px = 1280,
                                .height_px = 720,
                                .module_px = 440.0 / (17 + 4 * version),
                                .tilt = 0.3,
                                .tilt_axis = 0.4,
                                .turn = 0.2,
                                .bend = bend,
                                .bend_radius_modules = radius_modules,
                                .bend_turn = 0.9,
                                .lens_px = 0.5,
                                .exposure = 0.9,
                                .shot_noise = 0.02,
                                .read_noise = 0.004,
                                .quality = 75};
}

static void expect_sheet_read(const struct render_spec *spec) {
    struct render_stage stage;
    render_open(spec, &stage);
    bool read = looker_reads(render_take(&stage, spec), &stage.code);
    unsigned version = stage.code.version;
    render_close(&stage);
    if (!read) {
        fail_msg("version %u is not read", version);
    }
}

/* Rolled around a cylinder, the code takes up 57 degrees of it. */
static void reads_what_is_rolled(void **state) {
    (void)state;
    for (unsigned version = 2; version <= 32; version += 10) {
        double side = 17 + 4 * version;
        struct render_spec spec = sheet_of(version, RENDER_CYLINDER, version % 4 == 0 ? side : -side);
        expect_sheet_read(&spec);
    }
}

/* Flat on one side, on the other bent away. */
static void reads_what_is_curled(void **state) {
    (void)state;
    for (unsigned version = 7; version <= 27; version += 10) {
        double side = 17 + 4 * version;
        struct render_spec spec = sheet_of(version, RENDER_CURL, side / 1.2);
        spec.curl_from_modules = 0.15 * side;
        expect_sheet_read(&spec);
    }
}

/* Waves of three quarters of the code's side, as steep as 22 degrees. */
static void reads_what_is_wavy(void **state) {
    (void)state;
    for (unsigned version = 10; version <= 30; version += 10) {
        struct render_spec spec = sheet_of(version, RENDER_WAVE, 2.5);
        spec.curl_from_modules = 0.75 * (17 + 4 * version);
        expect_sheet_read(&spec);
    }
}

static struct plate covered_plate(struct render_code *code, unsigned version, struct box cover) {
    struct render_dice dice = {.state = version};
    render_code_make(&dice, version, 'H', RENDER_PAYLOAD_RANDOM, code);
    struct plate plate = plate_of(code, 4);
    plate.turn_degrees = 20;
    plate.cover = cover;
    return plate;
}

/* A quarter of all modules is half of what level H mends, as half of them are right by chance. */
static void reads_what_is_covered_by_a_quarter(void **state) {
    (void)state;
    struct render_code code;
    for (unsigned version = 5; version <= 25; version += 10) {
        int side = 17 + 4 * (int)version;
        struct plate plate = covered_plate(&code, version, (struct box){side / 2, side / 2, side, side});
        assert_true(looker_reads(plate_draw(&plate, plate_side(&plate), plate_side(&plate)), &code));
        int half = side / 2;
        plate.cover = (struct box){side / 4, side / 4, half, half};
        assert_true(looker_reads(plate_draw(&plate, plate_side(&plate), plate_side(&plate)), &code));
    }
}

static void reads_what_has_lost_a_finder(void **state) {
    (void)state;
    struct render_code code;
    for (int corner = 0; corner < 3; corner++) {
        unsigned version = 9 + 6 * (unsigned)corner;
        int far = 17 + 4 * (int)version - 10;
        struct box cover = {corner == 1 ? far : -1, corner == 2 ? far : -1, 11, 11};
        struct plate plate = covered_plate(&code, version, cover);
        plate.bow = 0.02 * code.side;
        if (!looker_reads(plate_draw(&plate, plate_side(&plate), plate_side(&plate)), &code)) {
            fail_msg("not read without the finder of corner %d", corner);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_is_rolled),         cmocka_unit_test(reads_what_is_curled),
        cmocka_unit_test(reads_what_is_wavy),           cmocka_unit_test(reads_what_is_covered_by_a_quarter),
        cmocka_unit_test(reads_what_has_lost_a_finder),
    };
    return cmocka_run_group_tests(tests, looker_start, looker_stop);
}
