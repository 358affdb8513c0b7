/* SPDX-License-Identifier: Apache-2.0 */
/* A webcam that this test plays: its ioctl() and poll() stand in for the kernel's on one descriptor, a memfd
 * whose pages are the buffers. */
#include "tests/lib/check.h"

#include <errno.h>
#include <linux/videodev2.h>
#include <poll.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "base/limits.h"
#include "boards/camera.h"
#include "kiosk/sandbox.h"

#define BUFFER_BYTES 65536u
#define BUFFERS      4u

/* What the webcam is, and where it stands. */
static struct webcam {
    int descriptor;
    uint32_t capabilities;
    uint32_t formats[2]; /* which it has */
    uint32_t width_px;
    uint32_t buffer_bytes;
    bool has_controls, busy;
    /* state */
    bool streaming, gone;
    int revents; /* beside POLLIN; -1: nothing ever comes */
    uint8_t *memory;
    bool queued[BUFFERS];
    struct v4l2_buffer filled[BUFFERS];
    uint32_t filled_count;
    uint32_t dequeue_error;
    uint32_t controls_set, odd_requests;
    struct v4l2_fract rate;
} webcam;

int ioctl(int descriptor, unsigned long request, ...);
/* poll() by another name here: glibc declares that it only writes what we read. */
int webcam_poll(struct pollfd *pollers, nfds_t count, int timeout_ms) __asm__("poll");

static int refuse(int cause) {
    errno = cause;
    return -1;
}

static int set_format(struct v4l2_format *format) {
    if (webcam.busy) {
        return refuse(EBUSY);
    }
    bool has =
        format->fmt.pix.pixelformat == webcam.formats[0] || format->fmt.pix.pixelformat == webcam.formats[1];
    format->fmt.pix.pixelformat = has ? format->fmt.pix.pixelformat : webcam.formats[0];
    format->fmt.pix.width = webcam.width_px;
    format->fmt.pix.height = 4;
    format->fmt.pix.bytesperline = webcam.width_px * 2;
    return 0;
}

static int queue(const struct v4l2_buffer *buffer) {
    if (buffer->index >= BUFFERS || webcam.queued[buffer->index]) {
        return refuse(EINVAL);
    }
    webcam.queued[buffer->index] = true;
    return 0;
}

static int dequeue(struct v4l2_buffer *buffer) {
    if (webcam.dequeue_error != 0) {
        return refuse((int)webcam.dequeue_error);
    }
    if (webcam.filled_count == 0) {
        return refuse(EAGAIN);
    }
    *buffer = webcam.filled[0];
    webcam.filled_count--;
    memmove(webcam.filled, webcam.filled + 1, webcam.filled_count * sizeof *webcam.filled);
    if (buffer->index < BUFFERS) {
        webcam.queued[buffer->index] = false;
    }
    return 0;
}

static int query_buffer(struct v4l2_buffer *buffer) {
    buffer->length = webcam.buffer_bytes;
    buffer->m.offset = buffer->index * BUFFER_BYTES;
    return 0;
}

static int query_capability(struct v4l2_capability *capability) {
    capability->capabilities = V4L2_CAP_DEVICE_CAPS;
    capability->device_caps = webcam.capabilities;
    return 0;
}

static int query_control(struct v4l2_queryctrl *query) {
    query->minimum = 0;
    query->maximum = query->id == V4L2_CID_POWER_LINE_FREQUENCY ? 2 : 1;
    return webcam.has_controls ? 0 : refuse(EINVAL);
}

static int set_control(const struct v4l2_control *control) {
    webcam.controls_set++;
    if (control->id == V4L2_CID_POWER_LINE_FREQUENCY && control->value > 2) {
        webcam.odd_requests++;
    }
    return 0;
}

static int answer(unsigned long request, void *argument) {
    if (webcam.gone) {
        return refuse(ENODEV);
    }
    switch (request) {
    case VIDIOC_QUERYCAP:
        return query_capability(argument);
    case VIDIOC_S_FMT:
        return set_format(argument);
    case VIDIOC_S_PARM:
        webcam.rate = ((struct v4l2_streamparm *)argument)->parm.capture.timeperframe;
        return 0;
    case VIDIOC_QUERYCTRL:
        return query_control(argument);
    case VIDIOC_S_CTRL:
        return set_control(argument);
    case VIDIOC_REQBUFS:
        ((struct v4l2_requestbuffers *)argument)->count = BUFFERS;
        return 0;
    case VIDIOC_QUERYBUF:
        return query_buffer(argument);
    case VIDIOC_QBUF:
        return queue(argument);
    case VIDIOC_DQBUF:
        return dequeue(argument);
    case VIDIOC_STREAMON:
        webcam.streaming = true;
        return 0;
    case VIDIOC_STREAMOFF:
        webcam.streaming = false;
        return 0;
    default:
        webcam.odd_requests++;
        return refuse(ENOTTY);
    }
}

int ioctl(int descriptor, unsigned long request, ...) {
    va_list rest;
    va_start(rest, request);
    void *argument = va_arg(rest, void *);
    va_end(rest);
    if (descriptor != webcam.descriptor || webcam.descriptor == 0) {
        return (int)syscall(SYS_ioctl, descriptor, request, argument);
    }
    bool listed = false;
    for (size_t i = 0; i < camera_ioctls.count; i++) {
        listed = listed || camera_ioctls.requests[i] == (uint32_t)request;
    }
    webcam.odd_requests += !listed;
    return answer(request, argument);
}

int webcam_poll(struct pollfd *pollers, nfds_t count, int timeout_ms) {
    if (count != 1 || pollers[0].fd != webcam.descriptor || webcam.descriptor == 0) {
        struct timespec timeout = {timeout_ms / 1000, timeout_ms % 1000 * 1000000L};
        return (int)syscall(SYS_ppoll, pollers, count, timeout_ms < 0 ? NULL : &timeout, NULL, 0);
    }
    bool filled = webcam.filled_count > 0 || webcam.dequeue_error != 0;
    pollers[0].revents = (short)(webcam.revents | (filled ? POLLIN : 0));
    return pollers[0].revents != 0;
}

/* The driver filled a buffer with `byte`. */
static void fill(uint32_t index, uint8_t byte, uint32_t bytesused, uint32_t flags) {
    webcam.filled[webcam.filled_count++] =
        (struct v4l2_buffer){.index = index, .bytesused = bytesused, .flags = flags, .timestamp = {12, 345}};
    if (index < BUFFERS) {
        memset(webcam.memory + index * BUFFER_BYTES, byte, 16);
    }
}

static void plug_in(uint32_t first_format, uint32_t second_format) {
    webcam = (struct webcam){.capabilities = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING,
                             .formats = {first_format, second_format},
                             .width_px = 8,
                             .buffer_bytes = BUFFER_BYTES,
                             .has_controls = true};
    int memory = memfd_create("webcam", 0);
    assert_int_equal(ftruncate(memory, BUFFER_BYTES * BUFFERS), 0);
    webcam.memory = mmap(NULL, BUFFER_BYTES * BUFFERS, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
    assert_true(webcam.memory != MAP_FAILED);
    webcam.descriptor = memory;
}

static const struct camera_wish wish = {1280, 720, 30, false};

static struct camera_port port_of_webcam(void) {
    struct camera_port port = {0};
    assert_ok(camera_from_descriptor(CAMERA_V4L2, webcam.descriptor, &port));
    return port;
}

static struct camera_port start(uint32_t first_format, uint32_t second_format) {
    plug_in(first_format, second_format);
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
    munmap(webcam.memory, BUFFER_BYTES * BUFFERS);
    webcam.descriptor = 0;
    assert_int_equal(lseek(descriptor, 0, SEEK_CUR), -1);
}

static void streams_mjpeg_where_there_is(void **state) {
    (void)state;
    struct camera_port port = start(V4L2_PIX_FMT_YUYV, V4L2_PIX_FMT_MJPEG);
    struct frame frame = {0};
    assert_true(webcam.streaming);
    assert_int_equal(webcam.rate.denominator, 30);
    assert_int_equal(webcam.controls_set, 4);
    fill(2, 0xAB, 16, V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC);
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
    fill(0, 1, 64, 0);
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
        fill(0, 10, 16, 0);
        fill(1, 11, 16, 0);
        fill(2, 12, 16, 0);
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
    fill(0, 10, 16, 0);
    fill(1, 11, 16, V4L2_BUF_FLAG_ERROR);
    fill(2, 12, 0, 0);
    fill(3, 13, BUFFER_BYTES + 1, 0);
    assert_ok(port.next(port.ctx, 10, &frame));
    assert_int_equal(frame.bytes.ptr[0], 10);
    fill(1, 11, 16, V4L2_BUF_FLAG_ERROR);
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
            fill(0, 1, 16, 0);
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
    fill(BUFFERS, 0, 16, 0);
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
        plug_in(cases[i].format, 0);
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
    plug_in(V4L2_PIX_FMT_MJPEG, 0);
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
