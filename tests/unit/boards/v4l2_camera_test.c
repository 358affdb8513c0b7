/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <errno.h>
#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/limits.h"
#include "boards/camera.h"
#include "kiosk/sandbox.h"
#include "tests/lib/webcam.h"

#define BUFFER_BYTES WEBCAM_BUFFER_BYTES
#define BUFFERS      WEBCAM_BUFFERS

WEBCAM_STANDS_IN_FOR_THE_KERNEL;

static const struct camera_wish wish = {1280, 720, 30, false};

static struct camera_port port_of_webcam(void) {
    struct camera_port port = {0};
    assert_ok(camera_from_descriptor(CAMERA_V4L2, webcam.descriptor, &port));
    return port;
}

static struct camera_port start(uint32_t first_format, uint32_t second_format) {
    webcam_plug_in(first_format, second_format);
    struct camera_port port = port_of_webcam();
    assert_ok(port.start(port.ctx, &wish));
    return port;
}

/* Every buffer is with the driver, in the caller's hands, or filled; the port asked for nothing odd. */
static void stop(struct camera_port *port) {
    int descriptor = webcam.descriptor;
    port->stop(port->ctx);
    assert_false(webcam.streaming && !webcam.gone);
    assert_int_equal(webcam.odd_requests, 0);
    webcam_forget();
    assert_int_equal(lseek(descriptor, 0, SEEK_CUR), -1);
}

static void streams_mjpeg_where_there_is(void **state) {
    (void)state;
    struct camera_port port = start(V4L2_PIX_FMT_YUYV, V4L2_PIX_FMT_MJPEG);
    struct frame frame = {0};
    assert_true(webcam.streaming);
    assert_int_equal(webcam.rate.denominator, 30);
    assert_int_equal(webcam.controls_set, 4);
    webcam_fill(2, 0xAB, 16, V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC);
    assert_ok(port.next(port.ctx, 10, &frame));
    assert_int_equal(frame.format, FRAME_MJPEG);
    assert_int_equal(frame.bytes.len, 16);
    assert_int_equal(frame.bytes.ptr[0], 0xAB);
    assert_int_equal(frame.captured_us, 12000345);
    stop(&port);
}

static void takes_yuyv_where_there_is_no_mjpeg(void **state) {
    (void)state;
    struct camera_port port = start(V4L2_PIX_FMT_YUYV, V4L2_PIX_FMT_NV12);
    struct frame frame = {0};
    webcam_fill(0, 1, 64, 0);
    assert_ok(port.next(port.ctx, 10, &frame));
    assert_int_equal(frame.format, FRAME_YUYV);
    assert_int_equal(frame.width_px, 8);
    assert_int_equal(frame.height_px, 4);
    assert_int_equal(frame.stride_bytes, 16);
    assert_int_equal(frame.captured_us, 0);
    stop(&port);
}

static void the_newest_frame_wins_and_the_others_go_back(void **state) {
    (void)state;
    struct camera_port port = start(V4L2_PIX_FMT_MJPEG, 0);
    struct frame frame = {0};
    for (unsigned round = 0; round < 3; round++) {
        webcam_fill(0, 10, 16, 0);
        webcam_fill(1, 11, 16, 0);
        webcam_fill(2, 12, 16, 0);
        assert_ok(port.next(port.ctx, 10, &frame));
        assert_int_equal(frame.bytes.ptr[0], 12);
        assert_true(webcam.queued[0] && webcam.queued[1] && !webcam.queued[2] && webcam.queued[3]);
        assert_err(port.next(port.ctx, 10, &frame), ERR_CAMERA_TIMEOUT);
        assert_true(webcam.queued[2]);
    }
    stop(&port);
}

static void damaged_buffers_are_skipped(void **state) {
    (void)state;
    struct camera_port port = start(V4L2_PIX_FMT_MJPEG, 0);
    struct frame frame = {0};
    webcam_fill(0, 10, 16, 0);
    webcam_fill(1, 11, 16, V4L2_BUF_FLAG_ERROR);
    webcam_fill(2, 12, 0, 0);
    webcam_fill(3, 13, BUFFER_BYTES + 1, 0);
    assert_ok(port.next(port.ctx, 10, &frame));
    assert_int_equal(frame.bytes.ptr[0], 10);
    webcam_fill(1, 11, 16, V4L2_BUF_FLAG_ERROR);
    assert_err(port.next(port.ctx, 10, &frame), ERR_CAMERA_FRAME);
    webcam.dequeue_error = EIO;
    assert_err(port.next(port.ctx, 10, &frame), ERR_CAMERA_FRAME);
    stop(&port);
}

static void a_stall_is_a_timeout(void **state) {
    (void)state;
    struct camera_port port = start(V4L2_PIX_FMT_MJPEG, 0);
    struct frame frame = {0};
    assert_err(port.next(port.ctx, 10, &frame), ERR_CAMERA_TIMEOUT);
    stop(&port);
}

static void unplugging_is_told_by_poll_and_by_the_queue(void **state) {
    (void)state;
    static const int revents[] = {POLLERR, POLLHUP, POLLERR | POLLHUP | POLLIN, 0, 0};
    for (size_t i = 0; i < sizeof revents / sizeof *revents; i++) {
        struct camera_port port = start(V4L2_PIX_FMT_MJPEG, 0);
        struct frame frame = {0};
        webcam.revents = revents[i];
        webcam.dequeue_error = i == 3 ? ENODEV : 0;
        if (i == 4) {
            webcam_fill(0, 1, 16, 0);
            assert_ok(port.next(port.ctx, 10, &frame));
            webcam.gone = true;
        }
        assert_err(port.next(port.ctx, 10, &frame), ERR_CAMERA_GONE);
        webcam.gone = true;
        stop(&port);
    }
}

static void an_impossible_buffer_number_is_the_end(void **state) {
    (void)state;
    struct camera_port port = start(V4L2_PIX_FMT_MJPEG, 0);
    struct frame frame = {0};
    webcam_fill(BUFFERS, 0, 16, 0);
    assert_err(port.next(port.ctx, 10, &frame), ERR_CAMERA_GONE);
    stop(&port);
}

static void says_why_it_cannot_start(void **state) {
    (void)state;
    static const struct {
        uint32_t capabilities, format, width_px, buffer_bytes;
        bool busy, gone;
        enum err expected;
    } cases[] = {
        {V4L2_CAP_META_CAPTURE, V4L2_PIX_FMT_MJPEG, 8, 64, false, false, ERR_CAMERA_REFUSED},
        {V4L2_CAP_VIDEO_CAPTURE, V4L2_PIX_FMT_MJPEG, 8, 64, false, false, ERR_CAMERA_REFUSED},
        {0, V4L2_PIX_FMT_NV12, 8, 64, false, false, ERR_CAMERA_FORMAT},
        {0, V4L2_PIX_FMT_YUYV, LIMIT_FRAME_SIDE_PX + 1, 64, false, false, ERR_CAMERA_FORMAT},
        {0, V4L2_PIX_FMT_MJPEG, 8, 64, true, false, ERR_CAMERA_REFUSED},
        {0, V4L2_PIX_FMT_MJPEG, 8, 64, false, true, ERR_CAMERA_GONE},
        {0, V4L2_PIX_FMT_MJPEG, 8, 0, false, false, ERR_CAMERA_REFUSED},
        {0, V4L2_PIX_FMT_MJPEG, 8, UINT32_MAX, false, false, ERR_CAMERA_REFUSED},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        webcam_plug_in(cases[i].format, 0);
        webcam.capabilities = cases[i].capabilities != 0 ? cases[i].capabilities : webcam.capabilities;
        webcam.width_px = cases[i].width_px;
        webcam.buffer_bytes = cases[i].buffer_bytes;
        webcam.busy = cases[i].busy;
        webcam.gone = cases[i].gone;
        struct camera_port port = port_of_webcam();
        assert_err(port.start(port.ctx, &wish), cases[i].expected);
        stop(&port);
    }
}

static void works_without_any_control(void **state) {
    (void)state;
    webcam_plug_in(V4L2_PIX_FMT_MJPEG, 0);
    webcam.has_controls = false;
    struct camera_port port = port_of_webcam();
    assert_ok(port.start(port.ctx, &wish));
    assert_int_equal(webcam.controls_set, 0);
    stop(&port);
}
static void the_lock_allows_what_a_camera_asks(void **state) {
    (void)state;
    for (size_t i = 0; i < camera_ioctls.count; i++) {
        bool allowed = false;
        for (size_t j = 0; j < sandbox_reader.count; j++) {
            const struct sandbox_call *call = &sandbox_reader.calls[j];
            allowed = allowed || (call->number == SYS_ioctl && call->answer == SANDBOX_ALLOW_WHEN &&
                                  call->argument == 1 && call->value == camera_ioctls.requests[i]);
        }
        assert_true(allowed);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(streams_mjpeg_where_there_is),
        cmocka_unit_test(takes_yuyv_where_there_is_no_mjpeg),
        cmocka_unit_test(the_newest_frame_wins_and_the_others_go_back),
        cmocka_unit_test(damaged_buffers_are_skipped),
        cmocka_unit_test(a_stall_is_a_timeout),
        cmocka_unit_test(unplugging_is_told_by_poll_and_by_the_queue),
        cmocka_unit_test(an_impossible_buffer_number_is_the_end),
        cmocka_unit_test(says_why_it_cannot_start),
        cmocka_unit_test(works_without_any_control),
        cmocka_unit_test(the_lock_allows_what_a_camera_asks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
