/* SPDX-License-Identifier: Apache-2.0 */
#include "boards/camera.h"

#include "boards/linux/pipe_camera.h"
#include "boards/linux/v4l2_camera.h"

enum err camera_from_descriptor(enum camera_kind kind, int descriptor, struct camera_port *out) {
    switch (kind) {
    case CAMERA_V4L2:
        return v4l2_camera_open(descriptor, out);
    case CAMERA_PIPE:
        return pipe_camera_open(descriptor, out);
    case CAMERA_NONE:
        break;
    }
    return ERR_CAMERA_REFUSED;
}
