/* SPDX-License-Identifier: Apache-2.0 */
#include "boards/linux/v4l2_camera.h"

#include <errno.h>
#include <linux/videodev2.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/limits.h"
#include "boards/linux/v4l2_setup.h"

#define BUFFERS 4u

/* A buffer that the driver fills. */
struct mapping {
    void *bytes;
    size_t size;
};

struct v4l2_camera {
    int descriptor;
    struct v4l2_format_chosen format;
    struct mapping mappings[BUFFERS];
    uint32_t count;
    bool held; /* `held_index` was handed out and goes back with the next call */
    uint32_t held_index;
};

static struct v4l2_buffer capture_buffer(uint32_t index) {
    return (struct v4l2_buffer){
        .type = V4L2_BUF_TYPE_VIDEO_CAPTURE, .memory = V4L2_MEMORY_MMAP, .index = index};
}

/* Give a buffer to the driver. */
static enum err enqueue(const struct v4l2_camera *camera, uint32_t index) {
    struct v4l2_buffer buffer = capture_buffer(index);
    return v4l2_setup_call(camera->descriptor, VIDIOC_QBUF, &buffer) == 0 ? ERR_OK : ERR_CAMERA_GONE;
}

static enum err map_one(struct v4l2_camera *camera, uint32_t index) {
    struct v4l2_buffer buffer = capture_buffer(index);
    if (v4l2_setup_call(camera->descriptor, VIDIOC_QUERYBUF, &buffer) != 0) {
        return v4l2_setup_cause();
    }
    if (buffer.length == 0 || buffer.length > LIMIT_FRAME_BYTES * 2u) {
        return ERR_CAMERA_REFUSED;
    }
    void *bytes = mmap(NULL, buffer.length, PROT_READ | PROT_WRITE, MAP_SHARED, camera->descriptor,
                       (off_t)buffer.m.offset);
    if (bytes == MAP_FAILED) {
        return ERR_CAMERA_REFUSED;
    }
    camera->mappings[index] = (struct mapping){bytes, buffer.length};
    return enqueue(camera, index);
}

static enum err map_buffers(struct v4l2_camera *camera) {
    struct v4l2_requestbuffers request = {
        .count = BUFFERS, .type = V4L2_BUF_TYPE_VIDEO_CAPTURE, .memory = V4L2_MEMORY_MMAP};
    if (v4l2_setup_call(camera->descriptor, VIDIOC_REQBUFS, &request) != 0) {
        return v4l2_setup_cause();
    }
    camera->count = request.count < BUFFERS ? request.count : BUFFERS;
    if (camera->count < 2) {
        return ERR_CAMERA_REFUSED;
    }
    for (uint32_t i = 0; i < camera->count; i++) {
        TRY(map_one(camera, i));
    }
    return ERR_OK;
}

static enum err v4l2_start(void *ctx, const struct camera_wish *wish) {
    struct v4l2_camera *camera = ctx;
    TRY(v4l2_setup_format(camera->descriptor, wish, &camera->format));
    v4l2_setup_controls(camera->descriptor, wish);
    TRY(map_buffers(camera));
    int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    return v4l2_setup_call(camera->descriptor, VIDIOC_STREAMON, &type) == 0 ? ERR_OK : v4l2_setup_cause();
}

/* Wait for a filled buffer. */
static enum err wait_filled(const struct v4l2_camera *camera, int timeout_ms) {
    struct pollfd poller = {.fd = camera->descriptor, .events = POLLIN};
    int ready = poll(&poller, 1, timeout_ms);
    if (ready == 0 || (ready < 0 && errno == EINTR)) {
        return ERR_CAMERA_TIMEOUT;
    }
    if (ready < 0 || (poller.revents & (POLLERR | POLLHUP | POLLNVAL)) != 0) {
        return ERR_CAMERA_GONE;
    }
    return ERR_OK;
}

/* Take a filled buffer. ERR_CAMERA_FRAME: the driver calls it damaged, or its numbers are impossible. */
static enum err dequeue(struct v4l2_camera *camera, struct v4l2_buffer *out) {
    struct v4l2_buffer buffer = capture_buffer(0);
    if (v4l2_setup_call(camera->descriptor, VIDIOC_DQBUF, &buffer) != 0) {
        return errno == EIO || errno == EAGAIN ? ERR_CAMERA_FRAME : ERR_CAMERA_GONE;
    }
    if (buffer.index >= camera->count) {
        return ERR_CAMERA_GONE;
    }
    if ((buffer.flags & V4L2_BUF_FLAG_ERROR) != 0 || buffer.bytesused == 0 ||
        buffer.bytesused > camera->mappings[buffer.index].size) {
        TRY(enqueue(camera, buffer.index));
        return ERR_CAMERA_FRAME;
    }
    *out = buffer;
    return ERR_OK;
}

static void hand_out(struct v4l2_camera *camera, const struct v4l2_buffer *buffer, struct frame *out) {
    bool monotonic = (buffer->flags & V4L2_BUF_FLAG_TIMESTAMP_MASK) == V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC;
    int64_t captured_us = (int64_t)buffer->timestamp.tv_sec * 1000000 + buffer->timestamp.tv_usec;
    camera->held = true;
    camera->held_index = buffer->index;
    *out = (struct frame){
        .format = camera->format.format,
        .width_px = camera->format.width_px,
        .height_px = camera->format.height_px,
        .stride_bytes = camera->format.stride_bytes,
        .bytes = span_of_bytes(camera->mappings[buffer->index].bytes, buffer->bytesused),
        .captured_us = monotonic ? captured_us : 0,
    };
}

/* The newest of the filled buffers; older ones go back to the driver. */
static enum err newest(struct v4l2_camera *camera, struct v4l2_buffer *out) {
    enum err result = ERR_CAMERA_FRAME;
    struct v4l2_buffer best = {0};
    for (uint32_t i = 0; i < camera->count && wait_filled(camera, 0) == ERR_OK; i++) {
        struct v4l2_buffer buffer;
        enum err err = dequeue(camera, &buffer);
        if (err == ERR_OK && result == ERR_OK) {
            TRY(enqueue(camera, best.index));
        }
        if (err == ERR_OK) {
            best = buffer;
            result = ERR_OK;
        } else if (err != ERR_CAMERA_FRAME) {
            return err;
        }
    }
    if (result == ERR_OK) {
        *out = best;
    }
    return result;
}

static enum err v4l2_next(void *ctx, int timeout_ms, struct frame *out) {
    struct v4l2_camera *camera = ctx;
    if (camera->held) {
        camera->held = false;
        TRY(enqueue(camera, camera->held_index));
    }
    TRY(wait_filled(camera, timeout_ms));
    struct v4l2_buffer buffer;
    TRY(newest(camera, &buffer));
    hand_out(camera, &buffer, out);
    return ERR_OK;
}

static void v4l2_stop(void *ctx) {
    struct v4l2_camera *camera = ctx;
    int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    v4l2_setup_call(camera->descriptor, VIDIOC_STREAMOFF, &type);
    for (uint32_t i = 0; i < BUFFERS; i++) {
        if (camera->mappings[i].bytes != NULL) {
            munmap(camera->mappings[i].bytes, camera->mappings[i].size);
        }
    }
    close(camera->descriptor);
    free(camera);
}

enum err v4l2_camera_open(int descriptor, struct camera_port *out) {
    struct v4l2_camera *camera = calloc(1, sizeof *camera);
    if (camera == NULL) {
        return ERR_NO_MEMORY;
    }
    camera->descriptor = descriptor;
    *out = (struct camera_port){camera, v4l2_start, v4l2_next, v4l2_stop, descriptor};
    return ERR_OK;
}
