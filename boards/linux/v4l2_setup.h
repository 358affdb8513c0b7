/* v4l2_setup: choose a webcam's format and set its controls. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BOARDS_LINUX_V4L2_SETUP_H
#define BOARDS_LINUX_V4L2_SETUP_H

#include "boards/camera.h"

/* What the camera agreed to. */
struct v4l2_format_chosen {
    enum frame_format format;
    uint32_t width_px, height_px, stride_bytes; /* 0 for MJPEG, which says its own size */
};

/* ioctl, again after a signal; 0 or -1 with errno. */
int v4l2_setup_call(int descriptor, unsigned long request, void *argument);

/* What errno means for a camera that is being started: ERR_CAMERA_GONE or ERR_CAMERA_REFUSED. */
enum err v4l2_setup_cause(void);

/*
 * Ask for MJPEG, then YUYV, near the wished size.
 *
 * ERR_CAMERA_REFUSED  no streaming capture device, or busy
 * ERR_CAMERA_FORMAT   neither format, or a picture beyond the limits
 * ERR_CAMERA_GONE
 */
MUST_USE enum err v4l2_setup_format(int descriptor, const struct camera_wish *wish,
                                    struct v4l2_format_chosen *out);

/* Set rate, continuous focus, mains frequency, constant frame rate and backlight compensation, each where
 * the camera has it; what it refuses stays as it is. */
void v4l2_setup_controls(int descriptor, const struct camera_wish *wish);

#endif
