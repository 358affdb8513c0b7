/* SPDX-License-Identifier: Apache-2.0 */
/* The renderer behind the benchmark of the eye: frames must be what they say they are. */
#include "tests/lib/render.h"

#include <math.h>
#include <stdlib.h>
#include <zbar.h>

#include "tests/lib/check.h"
#include "tests/lib/render_lens.h"

#define SEED 20261u

/* An easy frame: upright, sharp, bright. */
static struct render_spec easy(unsigned version, char level, enum render_payload payload) {
    return (struct render_spec){.seed = SEED + version,
                                .version = version,
                                .level = level,
                                .payload = payload,
                                .quiet_modules = 4,
                                .black = 0.05,
                                .white = 0.8,
                                .width_px = 640,
                                .height_px = 480,
                                .module_px = 420.0 / (25 + 4 * version),
                                .lens_px = 0.4,
                                .exposure = 1,
                                .quality = 90};
}

/* The one payload that zbar reads; empty: none. */
static size_t read_by_zbar(const struct grey *picture, uint8_t payload[RENDER_CODE_BYTES_MAX]) {
    zbar_image_scanner_t *scanner = zbar_image_scanner_create();
    zbar_image_t *image = zbar_image_create();
    size_t len = 0;
    zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_BINARY, 1);
    zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
    zbar_image_set_size(image, picture->width_px, picture->height_px);
    zbar_image_set_data(image, picture->pixels, (unsigned long)picture->width_px * picture->height_px, NULL);
    if (zbar_scan_image(scanner, image) == 1) {
        const zbar_symbol_t *symbol = zbar_image_first_symbol(image);
        len = zbar_symbol_get_data_length(symbol);
        memcpy(payload, zbar_symbol_get_data(symbol), len);
    }
    zbar_image_destroy(image);
    zbar_image_scanner_destroy(scanner);
    return len;
}

static void expect_readable(const struct render_spec *spec) {
    uint8_t payload[RENDER_CODE_BYTES_MAX];
    struct render_stage stage;
    render_open(spec, &stage);
    struct grey picture = render_take(&stage, spec);
    size_t len = read_by_zbar(&picture, payload);
    assert_int_equal(len, stage.code.payload_len);
    assert_memory_equal(payload, stage.code.payload, len);
    free(picture.pixels);
    render_close(&stage);
}

static void an_easy_frame_of_each_payload_holds_exactly_what_it_says(void **unused) {
    (void)unused;
    for (unsigned kind = 0; kind < RENDER_PAYLOAD_KINDS; kind++) {
        struct render_spec spec = easy(4 + kind, "LMQHLM"[kind], (enum render_payload)kind);
        expect_readable(&spec);
    }
}

/* A wrong table of capacities would stop the program here. */
static void every_version_and_level_can_be_filled(void **unused) {
    (void)unused;
    struct render_dice dice = {SEED};
    struct render_code code;
    for (unsigned version = 1; version <= 40; version++) {
        for (unsigned level = 0; level < 4; level++) {
            render_code_make(&dice, version, "LMQH"[level], RENDER_PAYLOAD_RANDOM, &code);
            assert_int_equal(code.version, version);
            assert_true(code.payload_len > 0);
        }
    }
}

static void the_same_seed_gives_the_same_frame_and_another_one_does_not(void **unused) {
    (void)unused;
    struct render_spec spec = easy(3, 'L', RENDER_PAYLOAD_RANDOM);
    spec.shot_noise = 0.02;
    struct grey pictures[3];
    for (unsigned i = 0; i < 3; i++) {
        struct render_stage stage;
        spec.seed += i == 2;
        render_open(&spec, &stage);
        pictures[i] = render_take(&stage, &spec);
        render_close(&stage);
    }
    size_t size = (size_t)spec.width_px * spec.height_px;
    assert_memory_equal(pictures[0].pixels, pictures[1].pixels, size);
    assert_true(memcmp(pictures[0].pixels, pictures[2].pixels, size) != 0);
    for (unsigned i = 0; i < 3; i++) {
        free(pictures[i].pixels);
    }
}

static void a_ray_through_the_pixel_of_a_point_meets_that_point(void **unused) {
    (void)unused;
    struct render_spec spec = easy(10, 'L', RENDER_PAYLOAD_RANDOM);
    spec.tilt = 0.6;
    spec.tilt_axis = 1;
    spec.turn = 2;
    spec.x_px = 30;
    struct render_lens lens = render_lens_of(&spec);
    struct render_point at = {0};
    struct render_point pixel = render_lens_pixel(&lens, 11, -7);
    assert_true(render_lens_at(&lens, pixel.x, pixel.y, &at));
    assert_true(fabs(at.x - 11) < 1e-9 && fabs(at.y + 7) < 1e-9);
}

/* Along the sheet nothing grows or shrinks: a bent code is as long as a flat one. */
static void a_slightly_bent_sheet_is_nearly_a_flat_one_and_meets_it_at_the_crest(void **unused) {
    (void)unused;
    static const enum render_bend bends[] = {RENDER_CYLINDER, RENDER_CURL, RENDER_WAVE};
    for (unsigned i = 0; i < 3; i++) {
        struct render_spec spec = easy(10, 'L', RENDER_PAYLOAD_RANDOM);
        spec.bend = bends[i];
        spec.bend_turn = 0.7;
        spec.bend_radius_modules = 1e6;
        spec.curl_from_modules = 50;
        struct render_lens lens = render_lens_of(&spec);
        struct render_point at = {0};
        struct render_point pixel = render_lens_pixel(&lens, 5, 8);
        assert_true(render_lens_at(&lens, pixel.x, pixel.y, &at));
        assert_true(fabs(at.x - 5) < 1e-3 && fabs(at.y - 8) < 1e-3);
    }
}

static void a_code_is_inside_each_frame_of_every_set(void **unused) {
    (void)unused;
    for (unsigned set = RENDER_KIOSK; set <= RENDER_HARD; set++) {
        for (unsigned number = 0; number < 300; number++) {
            struct render_spec spec = render_sets_frame((enum render_set)set, SEED, number);
            struct render_lens lens = render_lens_of(&spec);
            double half = (17 + 4 * spec.version) / 2.0;
            struct render_point corner = render_lens_pixel(&lens, half, half);
            assert_true(spec.condition != NULL && spec.module_px > 1);
            assert_true(corner.x > 0 && corner.x < spec.width_px && corner.y > 0 &&
                        corner.y < spec.height_px);
        }
    }
}

static void no_negative_frame_has_a_payload(void **unused) {
    (void)unused;
    for (unsigned number = 0; number < render_sets_conditions(RENDER_NEGATIVE); number++) {
        struct render_spec spec = render_sets_frame(RENDER_NEGATIVE, SEED, number);
        struct render_stage stage;
        render_open(&spec, &stage);
        assert_int_equal(stage.code.payload_len, 0);
        render_close(&stage);
    }
}

static void frames_of_a_sequence_show_one_panel_that_moves(void **unused) {
    (void)unused;
    for (unsigned number = 0; number < 3; number++) {
        struct render_spec first = render_sets_step(SEED, number, 0);
        struct render_spec last = render_sets_step(SEED, number, RENDER_SEQUENCE_FRAMES - 1);
        assert_true(first.seed == last.seed && first.version == last.version);
        assert_true(first.noise_seed != last.noise_seed);
        assert_true(first.x_px != last.x_px || first.defocus_px != last.defocus_px);
    }
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_easy_frame_of_each_payload_holds_exactly_what_it_says),
        cmocka_unit_test(every_version_and_level_can_be_filled),
        cmocka_unit_test(the_same_seed_gives_the_same_frame_and_another_one_does_not),
        cmocka_unit_test(a_ray_through_the_pixel_of_a_point_meets_that_point),
        cmocka_unit_test(a_slightly_bent_sheet_is_nearly_a_flat_one_and_meets_it_at_the_crest),
        cmocka_unit_test(a_code_is_inside_each_frame_of_every_set),
        cmocka_unit_test(no_negative_frame_has_a_payload),
        cmocka_unit_test(frames_of_a_sequence_show_one_panel_that_moves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
