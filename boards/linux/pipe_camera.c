/* SPDX-License-Identifier: Apache-2.0 */
#include "boards/linux/pipe_camera.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/limits.h"
#include "boards/pipe_frame.h"

/* Frames skipped in one call at most, so that a flood ends. */
#define SKIP_MAX 16u

/* Memory for one frame's bytes. */
struct buffer {
    uint8_t *bytes;
    size_t size;
};

/* The frame that is being read, and the one that is whole. */
struct pipe_camera {
    int descriptor;
    bool every_frame;
    bool broken;
    uint8_t header[PIPE_FRAME_HEADER_BYTES];
    size_t header_len;
    struct frame coming; /* once the header is whole */
    size_t coming_len;
    struct buffer filling;
    struct buffer whole;
};

static int64_t now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static enum err pipe_start(void *ctx, const struct camera_wish *wish) {
    struct pipe_camera *camera = ctx;
    camera->every_frame = wish->every_frame;
    return ERR_OK;
}

/* Wait for bytes. ERR_CAMERA_TIMEOUT; an end of the pipe counts as bytes, which read() then tells. */
static enum err wait_readable(const struct pipe_camera *camera, int64_t until_ms) {
    for (;;) {
        int64_t left_ms = until_ms - now_ms();
        struct pollfd poller = {.fd = camera->descriptor, .events = POLLIN};
        int ready = poll(&poller, 1, left_ms > 0 ? (int)left_ms : 0);
        if (ready > 0) {
            return ERR_OK;
        }
        if (ready == 0) {
            return ERR_CAMERA_TIMEOUT;
        }
        if (errno != EINTR) {
            return ERR_CAMERA_GONE;
        }
    }
}

/* Read some of the `cap - *len` bytes that are missing. */
static enum err read_some(const struct pipe_camera *camera, uint8_t *to, size_t cap, size_t *len) {
    ssize_t got = read(camera->descriptor, to + *len, cap - *len);
    if (got > 0) {
        *len += (size_t)got;
        return ERR_OK;
    }
    return got < 0 && (errno == EINTR || errno == EAGAIN) ? ERR_OK : ERR_CAMERA_GONE;
}

static enum err grow(struct buffer *buffer, size_t size) {
    if (buffer->size >= size) {
        return ERR_OK;
    }
    uint8_t *bytes = malloc(size);
    if (bytes == NULL) {
        return ERR_NO_MEMORY;
    }
    free(buffer->bytes);
    *buffer = (struct buffer){bytes, size};
    return ERR_OK;
}

/* Take what one read gives. The header's length is known to be small when memory is made for it. */
static enum err advance(struct pipe_camera *camera) {
    if (camera->header_len < sizeof camera->header) {
        TRY(read_some(camera, camera->header, sizeof camera->header, &camera->header_len));
        if (camera->header_len < sizeof camera->header) {
            return ERR_OK;
        }
        camera->coming_len = 0;
        TRY(pipe_frame_get(camera->header, &camera->coming));
        return grow(&camera->filling, camera->coming.bytes.len);
    }
    return read_some(camera, camera->filling.bytes, camera->coming.bytes.len, &camera->coming_len);
}

/* Read on until a frame is whole, and swap the buffers then. */
static enum err read_frame(struct pipe_camera *camera, int64_t until_ms, struct frame *out) {
    do {
        TRY(wait_readable(camera, until_ms));
        TRY(advance(camera));
    } while (camera->header_len < sizeof camera->header || camera->coming_len < camera->coming.bytes.len);
    struct buffer whole = camera->filling;
    camera->filling = camera->whole;
    camera->whole = whole;
    camera->header_len = 0;
    *out = camera->coming;
    out->bytes.ptr = whole.bytes;
    return ERR_OK;
}

static enum err pipe_next(void *ctx, int timeout_ms, struct frame *out) {
    struct pipe_camera *camera = ctx;
    struct frame frame = {0};
    enum err err = camera->broken ? ERR_CAMERA_GONE : read_frame(camera, now_ms() + timeout_ms, &frame);
    if (err != ERR_OK) {
        camera->broken = camera->broken || err != ERR_CAMERA_TIMEOUT;
        return err;
    }
    enum err more = ERR_OK;
    for (unsigned i = 0; i < SKIP_MAX && more == ERR_OK && !camera->every_frame; i++) {
        more = read_frame(camera, 0, &frame);
    }
    camera->broken = more != ERR_OK && more != ERR_CAMERA_TIMEOUT;
    *out = frame;
    return ERR_OK;
}

static void pipe_stop(void *ctx) {
    struct pipe_camera *camera = ctx;
    close(camera->descriptor);
    free(camera->filling.bytes);
    free(camera->whole.bytes);
    free(camera);
}

enum err pipe_camera_open(int descriptor, struct camera_port *out) {
    struct pipe_camera *camera = calloc(1, sizeof *camera);
    if (camera == NULL) {
        return ERR_NO_MEMORY;
    }
    camera->descriptor = descriptor;
    *out = (struct camera_port){camera, pipe_start, pipe_next, pipe_stop, descriptor};
    return ERR_OK;
}
