/* SPDX-License-Identifier: Apache-2.0 */
#include "boards/linux/v4l2_setup.h"

#include <errno.h>
#include <linux/videodev2.h>
#include <sys/ioctl.h>

#include "base/limits.h"

/* Everything that is asked of a device after it was opened. */
static const uint32_t requests[] = {
    (uint32_t)VIDIOC_QUERYCAP,  (uint32_t)VIDIOC_S_FMT,     (uint32_t)VIDIOC_S_PARM,
    (uint32_t)VIDIOC_QUERYCTRL, (uint32_t)VIDIOC_S_CTRL,    (uint32_t)VIDIOC_REQBUFS,
    (uint32_t)VIDIOC_QUERYBUF,  (uint32_t)VIDIOC_QBUF,      (uint32_t)VIDIOC_DQBUF,
    (uint32_t)VIDIOC_STREAMON,  (uint32_t)VIDIOC_STREAMOFF,
};

const struct camera_ioctls camera_ioctls = {requests, sizeof requests / sizeof *requests};

int v4l2_setup_call(int descriptor, unsigned long request, void *argument) {
    int result;
    do {
        result = ioctl(descriptor, request, argument);
    } while (result == -1 && errno == EINTR);
    return result;
}

enum err v4l2_setup_cause(void) {
    return errno == ENODEV || errno == ENXIO ? ERR_CAMERA_GONE : ERR_CAMERA_REFUSED;
}

/* Ask for one format; false where the camera gives another. */
static enum err ask(int descriptor, uint32_t fourcc, const struct camera_wish *wish,
                    struct v4l2_pix_format *out) {
    struct v4l2_format format = {.type = V4L2_BUF_TYPE_VIDEO_CAPTURE};
    format.fmt.pix.width = wish->width_px;
    format.fmt.pix.height = wish->height_px;
    format.fmt.pix.pixelformat = fourcc;
    format.fmt.pix.field = V4L2_FIELD_ANY;
    if (v4l2_setup_call(descriptor, VIDIOC_S_FMT, &format) != 0) {
        return errno == EINVAL ? ERR_CAMERA_FORMAT : v4l2_setup_cause();
    }
    *out = format.fmt.pix;
    return out->pixelformat == fourcc ? ERR_OK : ERR_CAMERA_FORMAT;
}

static enum err streams(int descriptor) {
    struct v4l2_capability capability = {0};
    if (v4l2_setup_call(descriptor, VIDIOC_QUERYCAP, &capability) != 0) {
        return v4l2_setup_cause();
    }
    uint32_t needed = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
    uint32_t has = (capability.capabilities & V4L2_CAP_DEVICE_CAPS) != 0 ? capability.device_caps
                                                                         : capability.capabilities;
    return (has & needed) == needed ? ERR_OK : ERR_CAMERA_REFUSED;
}

enum err v4l2_setup_format(int descriptor, const struct camera_wish *wish, struct v4l2_format_chosen *out) {
    struct v4l2_pix_format pix = {0};
    TRY(streams(descriptor));
    enum err err = ask(descriptor, V4L2_PIX_FMT_MJPEG, wish, &pix);
    if (err == ERR_OK) {
        *out = (struct v4l2_format_chosen){.format = FRAME_MJPEG};
        return ERR_OK;
    }
    if (err == ERR_CAMERA_FORMAT) {
        err = ask(descriptor, V4L2_PIX_FMT_YUYV, wish, &pix);
    }
    if (err != ERR_OK) {
        return err;
    }
    if (pix.width > LIMIT_FRAME_SIDE_PX || pix.height > LIMIT_FRAME_SIDE_PX) {
        return ERR_CAMERA_FORMAT;
    }
    *out = (struct v4l2_format_chosen){FRAME_YUYV, pix.width, pix.height, pix.bytesperline};
    return ERR_OK;
}

/* Set a control to the first of two values that lies in its range. */
static void set_control(int descriptor, uint32_t id, int32_t value, int32_t otherwise) {
    struct v4l2_queryctrl query = {.id = id};
    if (v4l2_setup_call(descriptor, VIDIOC_QUERYCTRL, &query) != 0 ||
        (query.flags & (V4L2_CTRL_FLAG_DISABLED | V4L2_CTRL_FLAG_READ_ONLY)) != 0) {
        return;
    }
    bool fits = value >= query.minimum && value <= query.maximum;
    struct v4l2_control control = {.id = id, .value = fits ? value : otherwise};
    v4l2_setup_call(descriptor, VIDIOC_S_CTRL, &control);
}

void v4l2_setup_controls(int descriptor, const struct camera_wish *wish) {
    struct v4l2_streamparm rate = {.type = V4L2_BUF_TYPE_VIDEO_CAPTURE};
    rate.parm.capture.timeperframe.numerator = 1;
    rate.parm.capture.timeperframe.denominator = wish->rate_fps;
    if (wish->rate_fps > 0) {
        v4l2_setup_call(descriptor, VIDIOC_S_PARM, &rate);
    }
    set_control(descriptor, V4L2_CID_FOCUS_AUTO, 1, 1);
    set_control(descriptor, V4L2_CID_POWER_LINE_FREQUENCY, V4L2_CID_POWER_LINE_FREQUENCY_AUTO,
                V4L2_CID_POWER_LINE_FREQUENCY_50HZ);
    set_control(descriptor, V4L2_CID_EXPOSURE_AUTO_PRIORITY, 0, 0);
    set_control(descriptor, V4L2_CID_BACKLIGHT_COMPENSATION, 1, 1);
}
