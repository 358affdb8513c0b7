/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/webcam.h"

#include <errno.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "boards/camera.h"
#include "tests/lib/check.h"

#define BUFFER_BYTES WEBCAM_BUFFER_BYTES
#define BUFFERS      WEBCAM_BUFFERS

struct webcam webcam;

/* The next frame into a buffer that is with the driver. */
static void run_by_itself(void) {
    for (uint32_t i = 0; i < BUFFERS && webcam.frames_left > 0 && webcam.filled_count == 0; i++) {
        if (webcam.queued[i]) {
            webcam_fill(i, 0, (uint32_t)webcam.jpeg.len, 0);
            memcpy(webcam.memory + i * BUFFER_BYTES, webcam.jpeg.ptr, webcam.jpeg.len);
            webcam.frames_left--;
            webcam.revents = webcam.frames_left == 0 ? webcam.end : 0;
        }
    }
}

/* The descriptor leads to the played camera, whatever its number. */
static bool is_webcam(int descriptor) {
    struct stat status;
    return webcam.descriptor != 0 && fstat(descriptor, &status) == 0 && status.st_ino == webcam.inode;
}

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

int webcam_ioctl(int descriptor, unsigned long request, void *argument) {
    if (!is_webcam(descriptor)) {
        return (int)syscall(SYS_ioctl, descriptor, request, argument);
    }
    bool listed = false;
    for (size_t i = 0; i < camera_ioctls.count; i++) {
        listed = listed || camera_ioctls.requests[i] == (uint32_t)request;
    }
    webcam.odd_requests += !listed;
    return answer(request, argument);
}

/* How the played camera answers poll(). */
static short answer_poll(void) {
    run_by_itself();
    bool filled = webcam.filled_count > 0 || webcam.dequeue_error != 0;
    return (short)(webcam.revents | (filled ? POLLIN : 0));
}

/* The kernel waits for the other descriptors, which it must not do when the camera has an answer. */
static int wait_for_others(struct pollfd *pollers, nfds_t count, int timeout_ms, nfds_t webcam_at) {
    struct timespec timeout = {timeout_ms / 1000, timeout_ms % 1000 * 1000000L};
    int descriptor = webcam_at < count ? pollers[webcam_at].fd : -1;
    if (webcam_at < count) {
        pollers[webcam_at].fd = -1;
    }
    int ready = (int)syscall(SYS_ppoll, pollers, count, timeout_ms < 0 ? NULL : &timeout, NULL, 0);
    if (webcam_at < count) {
        pollers[webcam_at].fd = descriptor;
    }
    return ready;
}

int webcam_wait(struct pollfd *pollers, nfds_t count, int timeout_ms) {
    nfds_t at = 0;
    while (at < count && !is_webcam(pollers[at].fd)) {
        at++;
    }
    short revents = at < count ? answer_poll() : 0;
    bool plays = at < count && webcam.jpeg.len == 0;
    int ready = wait_for_others(pollers, count, revents != 0 || plays ? 0 : timeout_ms, at);
    if (at < count) {
        pollers[at].revents = revents;
    }
    return ready + (revents != 0);
}

/* The driver filled a buffer with `byte`. */
void webcam_fill(uint32_t index, uint8_t byte, uint32_t bytesused, uint32_t flags) {
    webcam.filled[webcam.filled_count++] =
        (struct v4l2_buffer){.index = index, .bytesused = bytesused, .flags = flags, .timestamp = {12, 345}};
    if (index < BUFFERS) {
        memset(webcam.memory + index * BUFFER_BYTES, byte, 16);
    }
}

void webcam_plug_in(uint32_t first_format, uint32_t second_format) {
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
    struct stat status;
    assert_int_equal(fstat(memory, &status), 0);
    webcam.inode = status.st_ino;
}

void webcam_forget(void) {
    munmap(webcam.memory, BUFFER_BYTES * BUFFERS);
    webcam.descriptor = 0;
}
