/* profile: what differs between machines, as data: boards/profiles/NAME.ini. A profile never changes a
 * verdict. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BOARDS_PROFILE_H
#define BOARDS_PROFILE_H

#include "base/err.h"
#include "base/span.h"

/* A value's longest text, with its terminator. */
#define PROFILE_TEXT_SIZE 96u
/* A complaint that names file, line and accepted values. */
#define PROFILE_COMPLAINT_SIZE 320u

/* Where pictures come from. */
enum profile_camera { PROFILE_CAMERA_NONE = 0, PROFILE_CAMERA_V4L2, PROFILE_CAMERA_SIM };

/* Battery clock: a chip whose loss of power the kernel can tell, or none. */
enum profile_rtc { PROFILE_RTC_NONE = 0, PROFILE_RTC_PRESENT };

/* One machine. Texts are NUL-terminated; "" where the profile leaves them empty. */
struct profile {
    char name[PROFILE_TEXT_SIZE]; /* of the file, without .ini */
    char title[PROFILE_TEXT_SIZE];
    char compatible[PROFILE_TEXT_SIZE]; /* one entry of /proc/device-tree/compatible */
    char arch[PROFILE_TEXT_SIZE];
    char tested[PROFILE_TEXT_SIZE]; /* date and system, or "untested" */
    enum profile_camera camera;
    char camera_match[PROFILE_TEXT_SIZE]; /* part of the camera's name; "" takes the first */
    uint32_t camera_width_px, camera_height_px, camera_rate_fps;
    uint32_t screen_width_px, screen_height_px;
    uint32_t screen_width_mm, screen_height_mm;
    uint32_t screen_rotate_deg; /* 0, 90, 180, 270 */
    char touch_match[PROFILE_TEXT_SIZE];
    enum profile_rtc rtc;
};

/* Why a profile was refused, for people: "generic.ini:7: rate_fps is 900; accepted: 1 to 120". */
struct profile_complaint {
    char text[PROFILE_COMPLAINT_SIZE];
};

/*
 * Read a profile strictly: every key must be there once, and no other.
 *
 * name  of the board, for complaints and out->name
 *
 * ERR_PROFILE  `why` says what and where
 */
MUST_USE enum err profile_parse(struct span text, const char *name, struct profile *out,
                                struct profile_complaint *why);

/*
 * Find and read a profile.
 *
 * folder  where NAME.ini files are
 * name    letters, digits, '-'; NULL: the profile whose `compatible` this machine's device tree has, else
 * "generic"
 *
 * ERR_PROFILE  no such profile (`why` lists those there are), or as above
 */
MUST_USE enum err profile_find(const char *folder, const char *name, struct profile *out,
                               struct profile_complaint *why);

#endif
