/* config: kiosk.ini, read strictly: every key is one that config.def lists, and within its range. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CONFIG_CONFIG_H
#define CONFIG_CONFIG_H

#include "base/err.h"
#include "base/span.h"
#include "config/pin_hash.h"
#include "policy/policy.h"
#include "screen/language.h"

/* Bytes of kiosk.ini: every admit list full of the longest lines, with room for comments. */
#define CONFIG_BYTES_MAX (128u * 1024u)
/* Bytes of one line without its line feed: what inih takes whole. */
#define CONFIG_LINE_MAX 198u
/* A text value with its terminator. */
#define CONFIG_TEXT_SIZE 200u
/* A complaint that names file, line and accepted values. */
#define CONFIG_COMPLAINT_SIZE 640u
/* Seconds that a result stays where result_s is 0. */
#define CONFIG_RESULT_SELF_SERVICE_S 8
#define CONFIG_RESULT_STAFFED_S      30

/* Indexes into the choices of config.def. */
enum config_mode { CONFIG_SELF_SERVICE = 0, CONFIG_STAFFED };

/* All that kiosk.ini says. Texts are NUL-terminated; numbers that are 0 leave the choice to mode or board. */
struct config {
    int language;  /* enum language of the first screen */
    int languages; /* bit (1 << enum language) for each language offered */
    int mode;      /* enum config_mode */
    int result_s;
    int repeat_ms; /* for so long after its result the same payload is not judged again */
    int utc_offset_min;
    char contact[CONFIG_TEXT_SIZE];
    char event_name[CONFIG_TEXT_SIZE];
    struct policy policy; /* spans point into `names` */
    int expired;          /* 1: a note; also in policy */
    int clock_required;   /* 1: yes; also in policy */
    char root[CONFIG_TEXT_SIZE];
    char audience[CONFIG_TEXT_SIZE];
    char camera_device[CONFIG_TEXT_SIZE];
    int camera_width_px, camera_height_px, camera_rate_fps;
    int screen_width_px, screen_height_px;
    int screen_rotate; /* 0: as the board says, else 1 + quarter turns */
    int screen_fullscreen;
    struct pin_hash pin; /* the staff's */
    uint8_t *names;      /* owned; NULL where no name is listed */
};

/* Why a file was refused, for people: "kiosk.ini:7: result_s is 900; accepted: 0 to 120". */
struct config_complaint {
    char text[CONFIG_COMPLAINT_SIZE];
};

/* What a kiosk without kiosk.ini does. */
void config_default(struct config *out);

/*
 * Read the text of a kiosk.ini.
 *
 * text  the whole file
 * name  of the file, for complaints
 * out   the caller's: config_close it
 *
 * ERR_CONFIG     `why` names file, line and what is accepted
 * ERR_NO_MEMORY  `why` says so
 */
MUST_USE enum err config_parse(struct span text, const char *name, struct config *out,
                               struct config_complaint *why);

/* Read a file. ERR_FILE_READ (`why` names it), and those of config_parse. */
MUST_USE enum err config_load(const char *path, struct config *out, struct config_complaint *why);

/* Seconds that a result stays on screen. */
int config_result_s(const struct config *config);

/* Turn of the screen in degrees, or `board_deg` where kiosk.ini leaves it to the board. */
int config_rotate_deg(const struct config *config, int board_deg);

/* Release what it owns, and zero it. */
void config_close(struct config *config);

#endif
