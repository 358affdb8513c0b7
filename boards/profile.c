/* SPDX-License-Identifier: Apache-2.0 */
#include "boards/profile.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "boards/ini.h"

/* A key: what it accepts, in words, and what puts its value into the profile. */
struct key {
    const char *section, *name, *accepted;
    bool (*set)(struct profile *profile, const char *value);
};

/* The words that a profile uses for the kinds of battery clock whose loss of power the kernel can tell. */
#define RTC_CHIPS "none, ds3231, pcf8523, pcf8563, pcf85063, rv3028"

static bool set_text(char out[PROFILE_TEXT_SIZE], const char *value) {
    size_t len = strlen(value);
    if (len >= PROFILE_TEXT_SIZE) {
        return false;
    }
    memcpy(out, value, len + 1);
    return true;
}

static bool set_required(char out[PROFILE_TEXT_SIZE], const char *value) {
    return value[0] != '\0' && set_text(out, value);
}

/* A whole number of digits alone, from min to max; leaves `rest` behind it. */
static bool number(const char *text, uint32_t min, uint32_t max, uint32_t *out, const char **rest) {
    uint32_t value = 0;
    const char *at = text;
    while (*at >= '0' && *at <= '9' && at - text < 6) {
        value = value * 10 + (uint32_t)(*at - '0');
        at++;
    }
    if (at == text || value < min || value > max) {
        return false;
    }
    *out = value;
    *rest = at;
    return true;
}

/* "1280x720", each side from min to max. */
static bool pair(const char *text, uint32_t min, uint32_t max, uint32_t *width, uint32_t *height) {
    const char *rest = text;
    return number(rest, min, max, width, &rest) && *rest == 'x' &&
           number(rest + 1, min, max, height, &rest) && *rest == '\0';
}

static bool set_title(struct profile *profile, const char *value) {
    return set_required(profile->title, value);
}

static bool set_compatible(struct profile *profile, const char *value) {
    return set_text(profile->compatible, value);
}

static bool set_arch(struct profile *profile, const char *value) {
    return set_required(profile->arch, value);
}

static bool set_tested(struct profile *profile, const char *value) {
    return set_required(profile->tested, value);
}

static bool set_kind(struct profile *profile, const char *value) {
    profile->camera = strcmp(value, "v4l2") == 0  ? PROFILE_CAMERA_V4L2
                      : strcmp(value, "sim") == 0 ? PROFILE_CAMERA_SIM
                                                  : PROFILE_CAMERA_NONE;
    return profile->camera != PROFILE_CAMERA_NONE;
}

static bool set_camera_match(struct profile *profile, const char *value) {
    return set_text(profile->camera_match, value);
}

static bool set_camera_size(struct profile *profile, const char *value) {
    return pair(value, 160, LIMIT_FRAME_SIDE_PX, &profile->camera_width_px, &profile->camera_height_px);
}

static bool set_rate(struct profile *profile, const char *value) {
    const char *rest = value;
    return number(value, 1, 120, &profile->camera_rate_fps, &rest) && *rest == '\0';
}

static bool set_screen_size(struct profile *profile, const char *value) {
    return pair(value, 320, 7680, &profile->screen_width_px, &profile->screen_height_px);
}

static bool set_screen_mm(struct profile *profile, const char *value) {
    return pair(value, 30, 3000, &profile->screen_width_mm, &profile->screen_height_mm);
}

static bool set_rotate(struct profile *profile, const char *value) {
    const char *rest = value;
    return number(value, 0, 270, &profile->screen_rotate_deg, &rest) && *rest == '\0' &&
           profile->screen_rotate_deg % 90 == 0;
}

static bool set_touch_match(struct profile *profile, const char *value) {
    return set_text(profile->touch_match, value);
}

static bool set_rtc(struct profile *profile, const char *value) {
    static const char *const chips[] = {"ds3231", "pcf8523", "pcf8563", "pcf85063", "rv3028"};
    bool known = false;
    for (size_t i = 0; i < sizeof chips / sizeof *chips; i++) {
        known = known || strcmp(value, chips[i]) == 0;
    }
    profile->rtc = known ? PROFILE_RTC_PRESENT : PROFILE_RTC_NONE;
    return known || strcmp(value, "none") == 0;
}

static const struct key keys[] = {
    {"board", "title", "1 to 95 bytes of text", set_title},
    {"board", "compatible", "an entry of /proc/device-tree/compatible, or nothing", set_compatible},
    {"board", "arch", "1 to 95 bytes of text", set_arch},
    {"board", "tested", "a date and system, or untested", set_tested},
    {"camera", "kind", "v4l2, sim", set_kind},
    {"camera", "match", "part of the camera's name, or nothing", set_camera_match},
    {"camera", "size_px", "WIDTHxHEIGHT, each 160 to 4096", set_camera_size},
    {"camera", "rate_fps", "1 to 120", set_rate},
    {"screen", "size_px", "WIDTHxHEIGHT, each 320 to 7680", set_screen_size},
    {"screen", "size_mm", "WIDTHxHEIGHT, each 30 to 3000", set_screen_mm},
    {"screen", "rotate_deg", "0, 90, 180, 270", set_rotate},
    {"touch", "match", "part of the touchscreen's name, or nothing", set_touch_match},
    {"clock", "rtc", RTC_CHIPS, set_rtc},
};
#define KEYS (sizeof keys / sizeof *keys)

struct parse {
    struct profile profile;
    unsigned seen_on_line[KEYS]; /* 0: not yet */
    const char *name;
    struct profile_complaint *why;
};

static void list_keys(const char *section, char *out, size_t size) {
    size_t len = 0;
    out[0] = '\0';
    for (size_t i = 0; i < KEYS; i++) {
        if (strcmp(keys[i].section, section) == 0 && len < size) {
            len += (size_t)snprintf(out + len, size - len, "%s%s", len > 0 ? ", " : "", keys[i].name);
        }
    }
    if (len == 0) {
        snprintf(out, size, "sections board, camera, screen, touch, clock");
    }
}

static bool complain_unknown(struct parse *parse, unsigned line, const char *section, const char *name) {
    char accepted[120];
    list_keys(section, accepted, sizeof accepted);
    snprintf(parse->why->text, sizeof parse->why->text, "%s.ini:%u: [%.40s] %.60s is no key; accepted: %s",
             parse->name, line, section, name, accepted);
    return false;
}

static bool take(void *ctx, unsigned line, const char *section, const char *name, const char *value) {
    struct parse *parse = ctx;
    for (size_t i = 0; i < KEYS; i++) {
        if (strcmp(keys[i].section, section) != 0 || strcmp(keys[i].name, name) != 0) {
            continue;
        }
        if (parse->seen_on_line[i] != 0) {
            snprintf(parse->why->text, sizeof parse->why->text,
                     "%s.ini:%u: [%s] %s stands on line %u already; accepted: once", parse->name, line,
                     section, name, parse->seen_on_line[i]);
            return false;
        }
        parse->seen_on_line[i] = line;
        if (!keys[i].set(&parse->profile, value)) {
            snprintf(parse->why->text, sizeof parse->why->text, "%s.ini:%u: %s is \"%.100s\"; accepted: %s",
                     parse->name, line, name, value, keys[i].accepted);
            return false;
        }
        return true;
    }
    return complain_unknown(parse, line, section, name);
}

static enum err check_complete(const struct parse *parse, struct span text) {
    unsigned lines = 0;
    for (size_t i = 0; i < text.len; i++) {
        lines += text.ptr[i] == '\n';
    }
    for (size_t i = 0; i < KEYS; i++) {
        if (parse->seen_on_line[i] == 0) {
            snprintf(parse->why->text, sizeof parse->why->text, "%s.ini:%u: [%s] %s is missing; accepted: %s",
                     parse->name, lines, keys[i].section, keys[i].name, keys[i].accepted);
            return ERR_PROFILE;
        }
    }
    return ERR_OK;
}

enum err profile_parse(struct span text, const char *name, struct profile *out,
                       struct profile_complaint *why) {
    struct parse parse = {.name = name, .why = why};
    unsigned line = 0;
    if (!set_required(parse.profile.name, name)) {
        snprintf(why->text, sizeof why->text, "The board's name is empty or too long.");
        return ERR_PROFILE;
    }
    enum err err = ini_read(text, take, &parse, &line);
    if (err == ERR_INI_LINE) {
        snprintf(
            why->text, sizeof why->text,
            "%s.ini:%u: the line is not understood; accepted: [section], key = value, ; comment, at most %u "
            "characters and none of them indented",
            name, line, INI_LINE_MAX);
    }
    if (err == ERR_NO_MEMORY) {
        snprintf(why->text, sizeof why->text, "%s.ini: %s", name, err_sentence(err));
    }
    if (err != ERR_OK) {
        return ERR_PROFILE;
    }
    TRY(check_complete(&parse, text));
    *out = parse.profile;
    return ERR_OK;
}
