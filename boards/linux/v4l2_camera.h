/* v4l2_camera: a webcam through V4L2: streaming into four mapped buffers, MJPEG or YUYV. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BOARDS_LINUX_V4L2_CAMERA_H
#define BOARDS_LINUX_V4L2_CAMERA_H

#include "boards/camera.h"

/* A port over an open capture device, which it takes over. ERR_NO_MEMORY. */
MUST_USE enum err v4l2_camera_open(int descriptor, struct camera_port *out);

/*
 * Open the first video capture device whose name contains `match`, without waiting, close-on-exec.
 *
 * match  "" takes any; "/dev/video2" that device alone
 *
 * ERR_CAMERA_GONE     there is none
 * ERR_CAMERA_REFUSED  there is one, and it does not open
 */
MUST_USE enum err v4l2_camera_find(const char *match, int *descriptor);

#endif
