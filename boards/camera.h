/* camera: the port through which the reader gets pictures. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BOARDS_CAMERA_H
#define BOARDS_CAMERA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "frame/frame.h"

/* What a descriptor leads to. Face opens devices and hands them over; the reader makes ports of them. */
enum camera_kind {
    CAMERA_NONE = 0,
    CAMERA_V4L2, /* a V4L2 capture device */
    CAMERA_PIPE  /* frames with a fixed header before each, from a supervised child (boards/pipe_frame.h) */
};

/* What is asked of a camera; it may give something near. */
struct camera_wish {
    uint32_t width_px, height_px, rate_fps;
    bool every_frame; /* CAMERA_PIPE: each frame in turn, none given back unseen */
};

/* A camera. `ctx` belongs to the port; stop releases it. */
struct camera_port {
    void *ctx;
    /* Begin streaming; stop comes also where this fails. ERR_CAMERA_FORMAT (neither MJPEG nor YUYV),
     * ERR_CAMERA_GONE, ERR_CAMERA_REFUSED. */
    enum err (*start)(void *ctx, const struct camera_wish *wish);
    /*
     * The newest frame, older ones given back unseen; waits at most timeout_ms. Bytes are borrowed until the
     * next call. ERR_CAMERA_TIMEOUT, ERR_CAMERA_GONE (unplugged, or the pipe ended), ERR_CAMERA_FRAME
     * (damaged header: dropped)
     */
    enum err (*next)(void *ctx, int timeout_ms, struct frame *out);
    /* Stop streaming, close the descriptor and release ctx. */
    void (*stop)(void *ctx);
    int descriptor; /* for poll (POLLIN): next has something to tell, if only that the camera is gone */
};

/* A port over a descriptor, which it takes over. ERR_NO_MEMORY, ERR_CAMERA_REFUSED (kind unknown). */
MUST_USE enum err camera_from_descriptor(enum camera_kind kind, int descriptor, struct camera_port *out);

/* Requests that a V4L2 port makes by ioctl, for the list of system calls of a process that is locked in. */
struct camera_ioctls {
    const uint32_t *requests;
    size_t count;
};
extern const struct camera_ioctls camera_ioctls;

#endif
