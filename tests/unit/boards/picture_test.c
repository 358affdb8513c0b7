/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <png.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "boards/picture.h"
#include "boards/sim/scenery.h"
#include "frame/decode.h"
#include "tests/lib/scene.h"

static void release(struct span bytes) {
    free((void *)(uintptr_t)bytes.ptr);
}

/* A PNG of these pixels. */
static struct span png(const void *pixels, uint32_t width, uint32_t height, png_uint_32 format) {
    png_image image = {.version = PNG_IMAGE_VERSION, .width = width, .height = height, .format = format};
    png_alloc_size_t size = 0;
    assert_true(png_image_write_to_memory(&image, NULL, &size, 0, pixels, 0, NULL) != 0);
    uint8_t *bytes = malloc(size);
    assert_true(png_image_write_to_memory(&image, bytes, &size, 0, pixels, 0, NULL) != 0);
    return span_of_bytes(bytes, size);
}

static void reads_pgm_with_comments(void **state) {
    (void)state;
    struct picture picture = {0};
    assert_ok(picture_from_bytes(span_of_text("P5 # a comment 9 9\n3\n# more\n2 255\nabcdef"), &picture));
    assert_int_equal(picture.frame.format, FRAME_GREY);
    assert_int_equal(picture.frame.width_px, 3);
    assert_int_equal(picture.frame.height_px, 2);
    assert_int_equal(picture.frame.stride_bytes, 3);
    assert_span_text(picture.frame.bytes, "abcdef");
    picture_close(&picture);
    picture_close(&picture);
}

static void reads_png_of_any_kind_over_white(void **state) {
    (void)state;
    static const uint8_t grey[] = {0, 255};
    static const uint8_t rgba[] = {0, 0, 0, 255, 0, 0, 0, 0};
    const struct span pngs[] = {png(grey, 2, 1, PNG_FORMAT_GRAY), png(rgba, 2, 1, PNG_FORMAT_RGBA)};
    for (size_t i = 0; i < 2; i++) {
        struct picture picture = {0};
        assert_ok(picture_from_bytes(pngs[i], &picture));
        assert_memory_equal(picture.memory, ((uint8_t[]){0, 255}), 2);
        picture_close(&picture);
        release(pngs[i]);
    }
}

static void leaves_a_jpeg_to_the_reader(void **state) {
    (void)state;
    struct picture picture = {0};
    struct span bytes = span_of_text("\xFF\xD8\xFF and no picture at all");
    assert_ok(picture_from_bytes(bytes, &picture));
    assert_int_equal(picture.frame.format, FRAME_MJPEG);
    assert_true(span_equal(picture.frame.bytes, bytes));
    picture_close(&picture);
}

static void names_what_is_wrong(void **state) {
    (void)state;
    static const struct {
        const char *text;
        enum err expected;
    } cases[] = {
        {"", ERR_PICTURE_FORMAT},
        {"GIF89a", ERR_PICTURE_FORMAT},
        {"P6 1 1 255\nabc", ERR_PICTURE_FORMAT},
        {"P5", ERR_PICTURE_DAMAGED},
        {"P5 3 2 255\nabcde", ERR_PICTURE_DAMAGED},
        {"P5 3 2 65535\nabcdefabcdef", ERR_PICTURE_DAMAGED},
        {"P5 0 2 255\n", ERR_PICTURE_DAMAGED},
        {"P5 4097 1 255\n", ERR_FRAME_TOO_LARGE},
        {"P5 99999999999 99999999999 255\n", ERR_FRAME_TOO_LARGE},
        {"\x89PNG\r\n\x1A\n", ERR_PICTURE_DAMAGED},
    };
    struct picture picture = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_err(picture_from_bytes(span_of_text(cases[i].text), &picture), cases[i].expected);
        assert_null(picture.memory);
    }
    assert_err(picture_from_file("tests/no-such-picture.png", &picture), ERR_FILE_READ);
    assert_err(picture_from_file("tests", &picture), ERR_FILE_READ);
    assert_err(picture_from_file("Makefile", &picture), ERR_PICTURE_FORMAT);
}

static void survives_png_cut_anywhere(void **state) {
    (void)state;
    struct grey qr = scene_qr(span_of_text("cut"), 1);
    struct span whole = png(qr.pixels, qr.width_px, qr.height_px, PNG_FORMAT_GRAY);
    for (size_t len = 0; len < whole.len; len++) {
        struct picture picture = {0};
        uint8_t *cut = malloc(len + 1);
        memcpy(cut, whole.ptr, len);
        enum err err = picture_from_bytes(span_of_bytes(cut, len), &picture);
        assert_true(err == ERR_PICTURE_DAMAGED || err == ERR_PICTURE_FORMAT || len > whole.len - 16);
        picture_close(&picture);
        free(cut);
    }
    release(whole);
    free(qr.pixels);
}

static void refuses_a_png_that_says_it_is_huge(void **state) {
    (void)state;
    uint8_t *wide = calloc(1, LIMIT_FRAME_SIDE_PX + 1);
    struct span bytes = png(wide, LIMIT_FRAME_SIDE_PX + 1, 1, PNG_FORMAT_GRAY);
    struct picture picture = {0};
    assert_err(picture_from_bytes(bytes, &picture), ERR_FRAME_TOO_LARGE);
    release(bytes);
    free(wide);
}

static void scenery_centres_what_it_shows(void **state) {
    (void)state;
    static uint8_t black[4];
    static uint8_t long_line[1000];
    const struct grey pictures[] = {{black, 2, 2}, {long_line, 1000, 1}, {long_line, 1, 1000}};
    struct scenery scenery = {.width_px = 64, .height_px = 48, .raw = true};
    for (size_t i = 0; i < 3; i++) {
        struct frame frame = {0};
        assert_ok(scenery_show(&scenery, &pictures[i], &frame));
        assert_int_equal(frame.bytes.len, 64 * 48);
        bool found = false;
        for (size_t y = 22; y < 26; y++) {
            found = found || frame.bytes.ptr[y * 64 + 31] == 0;
        }
        assert_true(found);
        assert_int_equal(frame.bytes.ptr[0], SCENERY_GREY);
    }
    scenery_close(&scenery);
}

static void scenery_encodes_as_a_webcam_would(void **state) {
    (void)state;
    struct scenery scenery = {.width_px = 320, .height_px = 240};
    struct decoder decoder = {0};
    struct frame frame = {0};
    struct grey out = {0};
    assert_ok(scenery_show(&scenery, NULL, &frame));
    assert_int_equal(frame.format, FRAME_MJPEG);
    assert_ok(decode_frame(&decoder, &frame, &out));
    assert_int_equal(out.width_px, 320);
    assert_in_range(out.pixels[320 * 120], SCENERY_GREY - 2, SCENERY_GREY + 2);
    decode_close(&decoder);
    scenery_close(&scenery);
    struct scenery none = {0};
    struct scenery huge = {.width_px = LIMIT_FRAME_SIDE_PX + 1, .height_px = 1};
    assert_err(scenery_show(&none, NULL, &frame), ERR_FRAME_SHAPE);
    assert_err(scenery_show(&huge, NULL, &frame), ERR_FRAME_TOO_LARGE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_pgm_with_comments),       cmocka_unit_test(reads_png_of_any_kind_over_white),
        cmocka_unit_test(leaves_a_jpeg_to_the_reader),   cmocka_unit_test(names_what_is_wrong),
        cmocka_unit_test(survives_png_cut_anywhere),     cmocka_unit_test(refuses_a_png_that_says_it_is_huge),
        cmocka_unit_test(scenery_centres_what_it_shows), cmocka_unit_test(scenery_encodes_as_a_webcam_would),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
