/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdlib.h>

#include "base/limits.h"
#include "frame/decode.h"
#include "tests/lib/scene.h"

static struct frame mjpeg(struct span bytes) {
    return (struct frame){.format = FRAME_MJPEG, .bytes = bytes};
}

static struct span test_jpeg(void) {
    struct grey qr = scene_qr(span_of_text("a badge"), 6);
    struct span jpeg = scene_jpeg(&qr);
    free(qr.pixels);
    return jpeg;
}

static void release(struct span bytes) {
    free((void *)(uintptr_t)bytes.ptr);
}

static void decodes_a_jpeg_to_the_luminance_that_was_encoded(void **state) {
    (void)state;
    struct grey qr = scene_qr(span_of_text("a badge"), 6);
    struct span jpeg = scene_jpeg(&qr);
    struct decoder decoder = {0};
    struct grey out = {0};
    struct frame frame = mjpeg(jpeg);
    assert_ok(decode_frame(&decoder, &frame, &out));
    assert_int_equal(out.width_px, qr.width_px);
    assert_int_equal(out.height_px, qr.height_px);
    for (size_t i = 0; i < (size_t)out.width_px * out.height_px; i++) {
        assert_in_range(out.pixels[i] + 100, qr.pixels[i] + 100 - 60, qr.pixels[i] + 100 + 60);
    }
    decode_close(&decoder);
    release(jpeg);
    free(qr.pixels);
}

static void keeps_its_memory_from_frame_to_frame(void **state) {
    (void)state;
    struct span jpeg = test_jpeg();
    struct decoder decoder = {0};
    struct grey first = {0}, second = {0};
    struct frame frame = mjpeg(jpeg);
    assert_ok(decode_frame(&decoder, &frame, &first));
    assert_ok(decode_frame(&decoder, &frame, &second));
    assert_ptr_equal(first.pixels, second.pixels);
    decode_close(&decoder);
    decode_close(&decoder);
    release(jpeg);
}

static void refuses_a_jpeg_cut_anywhere(void **state) {
    (void)state;
    struct span jpeg = test_jpeg();
    struct decoder decoder = {0};
    for (size_t len = 0; len < jpeg.len - 2; len++) {
        uint8_t *cut = malloc(len + 1);
        struct grey out = {0};
        memcpy(cut, jpeg.ptr, len);
        struct frame frame = mjpeg(span_of_bytes(cut, len));
        assert_err(decode_frame(&decoder, &frame, &out), ERR_FRAME_JPEG);
        assert_null(out.pixels);
        free(cut);
    }
    decode_close(&decoder);
    release(jpeg);
}

/* Some flips are invisible to JPEG; none may crash, and what decodes has a size within the limits. */
static void survives_any_flipped_bit(void **state) {
    (void)state;
    struct span jpeg = test_jpeg();
    struct decoder decoder = {0};
    uint8_t *copy = malloc(jpeg.len);
    size_t refused = 0;
    for (size_t bit = 0; bit < jpeg.len * 8; bit += 1 + bit / 6000 * 7) {
        struct grey out = {0};
        memcpy(copy, jpeg.ptr, jpeg.len);
        copy[bit / 8] ^= (uint8_t)(1u << bit % 8);
        struct frame frame = mjpeg(span_of_bytes(copy, jpeg.len));
        enum err err = decode_frame(&decoder, &frame, &out);
        refused += err != ERR_OK;
        assert_true(err == ERR_OK || err == ERR_FRAME_JPEG || err == ERR_FRAME_TOO_LARGE);
        assert_true(out.width_px <= LIMIT_FRAME_SIDE_PX && out.height_px <= LIMIT_FRAME_SIDE_PX);
    }
    assert_true(refused > 100);
    free(copy);
    decode_close(&decoder);
    release(jpeg);
}

/* Where the height stands: behind the marker of the frame header (SOF0). */
static size_t find_size(struct span jpeg) {
    for (size_t i = 0; i + 9 < jpeg.len; i++) {
        if (jpeg.ptr[i] == 0xFF && jpeg.ptr[i + 1] == 0xC0) {
            return i + 5;
        }
    }
    return 0;
}

static void refuses_a_jpeg_that_says_it_is_huge_before_decoding(void **state) {
    (void)state;
    static const struct {
        uint8_t high, low;
        enum err expected;
    } heights[] = {
        {0x10, 0x01, ERR_FRAME_TOO_LARGE}, {0xFF, 0xDC, ERR_FRAME_TOO_LARGE}, {0, 0, ERR_FRAME_JPEG}};
    struct span jpeg = test_jpeg();
    struct decoder decoder = {0};
    uint8_t *copy = malloc(jpeg.len);
    size_t at = find_size(jpeg);
    assert_true(at > 0);
    for (size_t i = 0; i < sizeof heights / sizeof *heights; i++) {
        struct grey out = {0};
        memcpy(copy, jpeg.ptr, jpeg.len);
        copy[at] = heights[i].high;
        copy[at + 1] = heights[i].low;
        struct frame frame = mjpeg(span_of_bytes(copy, jpeg.len));
        assert_err(decode_frame(&decoder, &frame, &out), heights[i].expected);
        assert_int_equal(decoder.size, 0);
    }
    free(copy);
    decode_close(&decoder);
    release(jpeg);
}

static void refuses_a_jpeg_of_many_scans(void **state) {
    (void)state;
    struct span jpeg = test_jpeg();
    size_t extra = (LIMIT_JPEG_SCANS + 1) * 2;
    uint8_t *copy = malloc(jpeg.len + extra);
    memcpy(copy, jpeg.ptr, jpeg.len);
    for (size_t i = 0; i < extra; i += 2) {
        copy[jpeg.len + i] = 0xFF;
        copy[jpeg.len + i + 1] = 0xDA;
    }
    struct decoder decoder = {0};
    struct grey out = {0};
    struct frame frame = mjpeg(span_of_bytes(copy, jpeg.len + extra));
    assert_err(decode_frame(&decoder, &frame, &out), ERR_FRAME_JPEG);
    frame.bytes.len = jpeg.len;
    assert_ok(decode_frame(&decoder, &frame, &out));
    free(copy);
    decode_close(&decoder);
    release(jpeg);
}

static void takes_the_luminance_of_yuyv_and_grey_lines(void **state) {
    (void)state;
    static const uint8_t yuyv[] = {1, 99, 2, 99, 77, 77, 3, 99, 4, 99};
    static const uint8_t grey[] = {1, 2, 77, 3, 4};
    struct frame frames[] = {{FRAME_YUYV, 2, 2, 6, span_of_bytes(yuyv, sizeof yuyv), 0},
                             {FRAME_GREY, 2, 2, 3, span_of_bytes(grey, sizeof grey), 0}};
    for (size_t i = 0; i < 2; i++) {
        struct decoder decoder = {0};
        struct grey out = {0};
        assert_ok(decode_frame(&decoder, &frames[i], &out));
        assert_int_equal(out.width_px, 2);
        assert_int_equal(out.height_px, 2);
        assert_memory_equal(out.pixels, ((uint8_t[]){1, 2, 3, 4}), 4);
        decode_close(&decoder);
    }
}

static void names_what_is_wrong_with_a_frame(void **state) {
    (void)state;
    static const uint8_t bytes[64] = {0};
    struct span some = span_of_bytes(bytes, sizeof bytes);
    const struct {
        struct frame frame;
        enum err expected;
    } cases[] = {
        {{FRAME_NONE, 2, 2, 4, some, 0}, ERR_FRAME_FORMAT},
        {{(enum frame_format)77, 2, 2, 4, some, 0}, ERR_FRAME_FORMAT},
        {{FRAME_GREY, 0, 2, 4, some, 0}, ERR_FRAME_SHAPE},
        {{FRAME_GREY, 2, 0, 4, some, 0}, ERR_FRAME_SHAPE},
        {{FRAME_GREY, 8, 8, 7, some, 0}, ERR_FRAME_SHAPE},
        {{FRAME_GREY, 8, 9, 8, some, 0}, ERR_FRAME_SHAPE},
        {{FRAME_YUYV, 8, 2, 15, some, 0}, ERR_FRAME_SHAPE},
        {{FRAME_YUYV, 8, 5, 16, some, 0}, ERR_FRAME_SHAPE},
        {{FRAME_GREY, LIMIT_FRAME_SIDE_PX + 1, 2, LIMIT_FRAME_SIDE_PX + 1, some, 0}, ERR_FRAME_TOO_LARGE},
        {{FRAME_GREY, 2, LIMIT_FRAME_SIDE_PX + 1, 2, some, 0}, ERR_FRAME_TOO_LARGE},
        {{FRAME_GREY, UINT32_MAX, UINT32_MAX, UINT32_MAX, some, 0}, ERR_FRAME_TOO_LARGE},
        {{FRAME_GREY, 2, 2, UINT32_MAX, some, 0}, ERR_FRAME_TOO_LARGE},
        {{FRAME_MJPEG, 0, 0, 0, some, 0}, ERR_FRAME_JPEG},
        {{FRAME_MJPEG, 0, 0, 0, {NULL, 0}, 0}, ERR_FRAME_JPEG},
        {{FRAME_MJPEG, 0, 0, 0, {bytes, LIMIT_FRAME_BYTES + 1}, 0}, ERR_FRAME_TOO_LARGE},
    };
    struct decoder decoder = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct grey out = {0};
        assert_err(decode_frame(&decoder, &cases[i].frame, &out), cases[i].expected);
        assert_null(out.pixels);
    }
    decode_close(&decoder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decodes_a_jpeg_to_the_luminance_that_was_encoded),
        cmocka_unit_test(keeps_its_memory_from_frame_to_frame),
        cmocka_unit_test(refuses_a_jpeg_cut_anywhere),
        cmocka_unit_test(survives_any_flipped_bit),
        cmocka_unit_test(refuses_a_jpeg_that_says_it_is_huge_before_decoding),
        cmocka_unit_test(refuses_a_jpeg_of_many_scans),
        cmocka_unit_test(takes_the_luminance_of_yuyv_and_grey_lines),
        cmocka_unit_test(names_what_is_wrong_with_a_frame),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
