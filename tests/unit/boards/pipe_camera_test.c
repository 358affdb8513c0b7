/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/limits.h"
#include "boards/camera.h"
#include "boards/pipe_frame.h"

static const uint8_t some[64] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde";

static struct frame grey(uint32_t width, uint32_t height, uint32_t stride, size_t len) {
    return (struct frame){FRAME_GREY, width, height, stride, span_of_bytes(some, len), 7};
}

static struct frame jpeg(size_t len) {
    return (struct frame){.format = FRAME_MJPEG, .bytes = span_of_bytes(some, len), .captured_us = 9};
}

static void a_header_comes_back_as_it_was_written(void **state) {
    (void)state;
    const struct frame frames[] = {grey(8, 4, 8, 32),
                                   grey(7, 4, 8, 32),
                                   jpeg(1),
                                   jpeg(64),
                                   {FRAME_YUYV, 4, 4, 8, span_of_bytes(some, 32), INT64_MAX}};
    for (size_t i = 0; i < sizeof frames / sizeof *frames; i++) {
        uint8_t header[PIPE_FRAME_HEADER_BYTES];
        struct frame out = {0};
        pipe_frame_put(&frames[i], header);
        assert_ok(pipe_frame_get(header, &out));
        assert_int_equal(out.format, frames[i].format);
        assert_int_equal(out.width_px, frames[i].width_px);
        assert_int_equal(out.height_px, frames[i].height_px);
        assert_int_equal(out.stride_bytes, frames[i].stride_bytes);
        assert_int_equal(out.bytes.len, frames[i].bytes.len);
        assert_int_equal(out.captured_us, frames[i].captured_us);
    }
}

static void hostile_headers_are_refused(void **state) {
    (void)state;
    const struct frame frames[] = {
        jpeg(0),
        {FRAME_MJPEG, 0, 0, 0, {some, LIMIT_FRAME_BYTES + 1}, 0},
        {FRAME_MJPEG, 0, 0, 0, {some, UINT32_MAX}, 0},
        {FRAME_MJPEG, 8, 0, 0, {some, 8}, 0},
        {FRAME_MJPEG, 0, 0, 8, {some, 8}, 0},
        {FRAME_NONE, 8, 4, 8, {some, 32}, 0},
        {(enum frame_format)4, 8, 4, 8, {some, 32}, 0},
        grey(8, 4, 7, 28),
        grey(8, 4, 8, 31),
        grey(8, 4, 8, 33),
        grey(0, 4, 8, 32),
        grey(8, 0, 8, 32),
        grey(LIMIT_FRAME_SIDE_PX + 1, 1, LIMIT_FRAME_SIDE_PX + 1, 64),
        grey(1, LIMIT_FRAME_SIDE_PX + 1, 1, 64),
        grey(0x80000000u, 2, 0x80000000u, 0),
        {FRAME_GREY, 4096, 4096, 0x01000000u, {some, 64}, 0},
        {FRAME_YUYV, 8, 4, 8, {some, 32}, 0},
    };
    for (size_t i = 0; i < sizeof frames / sizeof *frames; i++) {
        uint8_t header[PIPE_FRAME_HEADER_BYTES];
        struct frame out = {.width_px = 77};
        pipe_frame_put(&frames[i], header);
        assert_err(pipe_frame_get(header, &out), ERR_CAMERA_FRAME);
        assert_int_equal(out.width_px, 77);
        assert_err(pipe_frame_write(-1, &frames[i]), ERR_CAMERA_FRAME);
    }
    struct frame good = jpeg(8);
    uint8_t header[PIPE_FRAME_HEADER_BYTES];
    struct frame out;
    pipe_frame_put(&good, header);
    header[0] ^= 1;
    assert_err(pipe_frame_get(header, &out), ERR_CAMERA_FRAME);
}

/* A camera over a fresh pipe; the test writes. */
struct rig {
    struct camera_port camera;
    int writing;
};

static struct rig rig_start(bool every_frame) {
    int ends[2];
    struct rig rig = {0};
    struct camera_wish wish = {1280, 720, 30, every_frame};
    assert_int_equal(pipe(ends), 0);
    rig.writing = ends[1];
    assert_ok(camera_from_descriptor(CAMERA_PIPE, ends[0], &rig.camera));
    assert_ok(rig.camera.start(rig.camera.ctx, &wish));
    return rig;
}

static enum err rig_next(struct rig *rig, struct frame *out) {
    return rig->camera.next(rig->camera.ctx, 20, out);
}

static void rig_stop(struct rig *rig) {
    rig->camera.stop(rig->camera.ctx);
    close(rig->writing);
}

static void gives_the_newest_of_several_frames(void **state) {
    (void)state;
    struct rig rig = rig_start(false);
    struct frame out = {0};
    for (size_t len = 1; len <= 5; len++) {
        struct frame frame = jpeg(len);
        assert_ok(pipe_frame_write(rig.writing, &frame));
    }
    assert_ok(rig_next(&rig, &out));
    assert_int_equal(out.bytes.len, 5);
    assert_memory_equal(out.bytes.ptr, some, 5);
    assert_int_equal(out.captured_us, 9);
    assert_err(rig_next(&rig, &out), ERR_CAMERA_TIMEOUT);
    rig_stop(&rig);
}

static void gives_every_frame_where_that_is_asked(void **state) {
    (void)state;
    struct rig rig = rig_start(true);
    struct frame out = {0};
    for (size_t len = 1; len <= 5; len++) {
        struct frame frame = jpeg(len);
        assert_ok(pipe_frame_write(rig.writing, &frame));
    }
    close(rig.writing);
    rig.writing = -1;
    for (size_t len = 1; len <= 5; len++) {
        assert_ok(rig_next(&rig, &out));
        assert_int_equal(out.bytes.len, len);
    }
    assert_err(rig_next(&rig, &out), ERR_CAMERA_GONE);
    assert_err(rig_next(&rig, &out), ERR_CAMERA_GONE);
    rig_stop(&rig);
}

static void waits_for_the_rest_of_a_frame(void **state) {
    (void)state;
    struct rig rig = rig_start(false);
    struct frame frame = grey(8, 4, 8, 32);
    struct frame out = {0};
    uint8_t bytes[PIPE_FRAME_HEADER_BYTES + 32];
    pipe_frame_put(&frame, bytes);
    memcpy(bytes + PIPE_FRAME_HEADER_BYTES, some, 32);
    for (size_t i = 0; i < sizeof bytes; i += 16) {
        assert_err(rig_next(&rig, &out), ERR_CAMERA_TIMEOUT);
        assert_int_equal(write(rig.writing, bytes + i, 16), 16);
    }
    assert_ok(rig_next(&rig, &out));
    assert_memory_equal(out.bytes.ptr, some, 32);
    rig_stop(&rig);
}

static void ends_with_the_pipe_even_within_a_frame(void **state) {
    (void)state;
    for (size_t len = 0; len < PIPE_FRAME_HEADER_BYTES + 32; len += 7) {
        struct rig rig = rig_start(false);
        struct frame frame = grey(8, 4, 8, 32);
        struct frame out = {0};
        uint8_t bytes[PIPE_FRAME_HEADER_BYTES + 32];
        pipe_frame_put(&frame, bytes);
        memcpy(bytes + PIPE_FRAME_HEADER_BYTES, some, 32);
        assert_int_equal(write(rig.writing, bytes, len), (ssize_t)len);
        close(rig.writing);
        rig.writing = -1;
        assert_err(rig_next(&rig, &out), ERR_CAMERA_GONE);
        rig_stop(&rig);
    }
}

static void a_damaged_header_ends_the_stream(void **state) {
    (void)state;
    struct rig rig = rig_start(false);
    struct frame out = {0};
    assert_int_equal(write(rig.writing, some, sizeof some), sizeof some);
    assert_err(rig_next(&rig, &out), ERR_CAMERA_FRAME);
    assert_err(rig_next(&rig, &out), ERR_CAMERA_GONE);
    rig_stop(&rig);
}

static void a_flood_ends(void **state) {
    (void)state;
    struct rig rig = rig_start(false);
    struct frame frame = jpeg(1);
    struct frame out = {0};
    for (unsigned i = 0; i < 500; i++) {
        assert_ok(pipe_frame_write(rig.writing, &frame));
    }
    unsigned calls = 0;
    while (rig_next(&rig, &out) == ERR_OK) {
        calls++;
    }
    assert_in_range(calls, 20, 60);
    rig_stop(&rig);
}

static void nobody_who_reads_is_a_camera_gone(void **state) {
    (void)state;
    int ends[2];
    struct frame frame = jpeg(8);
    assert_int_equal(pipe(ends), 0);
    close(ends[0]);
    signal(SIGPIPE, SIG_IGN);
    assert_err(pipe_frame_write(ends[1], &frame), ERR_CAMERA_GONE);
    close(ends[1]);
}

static void an_unknown_kind_is_refused(void **state) {
    (void)state;
    struct camera_port port = {0};
    assert_err(camera_from_descriptor(CAMERA_NONE, 0, &port), ERR_CAMERA_REFUSED);
    assert_err(camera_from_descriptor((enum camera_kind)9, 0, &port), ERR_CAMERA_REFUSED);
    assert_null(port.ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_header_comes_back_as_it_was_written),
        cmocka_unit_test(hostile_headers_are_refused),
        cmocka_unit_test(gives_the_newest_of_several_frames),
        cmocka_unit_test(gives_every_frame_where_that_is_asked),
        cmocka_unit_test(waits_for_the_rest_of_a_frame),
        cmocka_unit_test(ends_with_the_pipe_even_within_a_frame),
        cmocka_unit_test(a_damaged_header_ends_the_stream),
        cmocka_unit_test(a_flood_ends),
        cmocka_unit_test(nobody_who_reads_is_a_camera_gone),
        cmocka_unit_test(an_unknown_kind_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
