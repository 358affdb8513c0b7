/* SPDX-License-Identifier: Apache-2.0 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "boards/linux/v4l2_camera.h"
#include "boards/linux/v4l2_setup.h"

static int is_video(const struct dirent *entry) {
    return strncmp(entry->d_name, "video", 5) == 0;
}

/* The device captures, streams and has a name that contains `match`. A webcam's second node, for metadata,
 * does not capture. */
static bool fits(int descriptor, const char *match) {
    struct v4l2_capability capability = {0};
    if (v4l2_setup_call(descriptor, VIDIOC_QUERYCAP, &capability) != 0) {
        return false;
    }
    uint32_t needed = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
    capability.card[sizeof capability.card - 1] = '\0';
    return (capability.device_caps & needed) == needed &&
           strstr((const char *)capability.card, match) != NULL;
}

/* ERR_CAMERA_GONE where the device is another than the one looked for. */
static enum err try_device(const char *name, const char *match, int *descriptor) {
    char path[280];
    snprintf(path, sizeof path, "/dev/%s", name);
    bool by_path = strncmp(match, "/dev/", 5) == 0;
    if (by_path && strcmp(path, match) != 0) {
        return ERR_CAMERA_GONE;
    }
    int opened = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (opened < 0) {
        return errno == ENOENT || errno == ENODEV || errno == ENXIO ? ERR_CAMERA_GONE : ERR_CAMERA_REFUSED;
    }
    if (!fits(opened, by_path ? "" : match)) {
        close(opened);
        return ERR_CAMERA_GONE;
    }
    *descriptor = opened;
    return ERR_OK;
}

enum err v4l2_camera_find(const char *match, int *descriptor) {
    struct dirent **entries = NULL;
    int count = scandir("/dev", &entries, is_video, versionsort);
    enum err result = ERR_CAMERA_GONE;
    for (int i = 0; i < count; i++) {
        enum err err = result == ERR_OK ? ERR_OK : try_device(entries[i]->d_name, match, descriptor);
        if (err != ERR_CAMERA_GONE) {
            result = err;
        }
        free(entries[i]);
    }
    free(entries);
    return result;
}
