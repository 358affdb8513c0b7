/* pipe_camera: frames from a pipe, as boards/pipe_frame.h describes them. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BOARDS_LINUX_PIPE_CAMERA_H
#define BOARDS_LINUX_PIPE_CAMERA_H

#include "boards/camera.h"

/* A port over the reading end of a pipe, which it takes over. A damaged header ends the stream, as nobody
 * knows where the next one begins. ERR_NO_MEMORY. */
MUST_USE enum err pipe_camera_open(int descriptor, struct camera_port *out);

#endif
