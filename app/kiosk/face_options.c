/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/face_options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SIDE_MIN 320
#define SIDE_MAX 4096

/* An option with a value, and where its text goes. */
struct text_option {
    const char *name;
    const char **field;
};

const char *face_options_help(void) {
    return "Usage: credkiosk [OPTIONS]\n"
           "Show a learning credential's QR code to the camera; the screen says what it is worth.\n\n"
           "  --config FILE      kiosk.ini (default /etc/credkiosk/kiosk.ini, if it is there)\n"
           "  --data DIR         trust lists and journal (default /var/lib/credkiosk)\n"
           "  --assets DIR       contexts, fonts, languages, boards (default /usr/share/credkiosk)\n"
           "  --catalogues DIR   languages (default ASSETS/lang)\n"
           "  --profiles DIR     boards (default ASSETS/boards)\n"
           "  --libexec DIR      the other programs (default /usr/libexec/credkiosk)\n"
           "  --board NAME       board (default: found by the device tree, else generic)\n"
           "  --camera PATH      a camera's device; on board sim a picture, folder or script to play\n"
           "  --script FILE      the same, on board sim\n"
           "  --tour DIR         play once without a display; pictures and a table go to DIR\n"
           "  --language L       en, ru or ar\n"
           "  --size WxH         of the screen, 320x320 to 4096x4096\n"
           "  --help, --version\n";
}

/* A side of the screen, and what stands behind it. */
static bool read_side(const char *text, const char **rest, int *out) {
    char *end = NULL;
    if (*text < '1' || *text > '9') {
        return false;
    }
    long side = strtol(text, &end, 10);
    *rest = end;
    *out = (int)side;
    return side >= SIDE_MIN && side <= SIDE_MAX;
}

static bool read_size(const char *text, struct face_options *options) {
    const char *rest = text;
    int width_px = 0, height_px = 0;
    if (!read_side(text, &rest, &width_px) || *rest != 'x' || !read_side(rest + 1, &rest, &height_px) ||
        *rest != '\0') {
        return false;
    }
    options->width_px = width_px;
    options->height_px = height_px;
    return true;
}

/* An option that takes a value; NULL: fine. Else what is accepted. */
static const char *take_value(struct face_options *options, const char *name, const char *value) {
    const struct text_option texts[] = {
        {"--config", &options->config},         {"--data", &options->data},
        {"--assets", &options->assets},         {"--libexec", &options->programs},
        {"--catalogues", &options->catalogues}, {"--profiles", &options->profiles},
        {"--board", &options->board},           {"--camera", &options->camera},
        {"--script", &options->camera},         {"--tour", &options->tour},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (strcmp(name, texts[i].name) == 0) {
            *texts[i].field = value;
            options->config_given = options->config_given || i == 0;
            return NULL;
        }
    }
    if (strcmp(name, "--language") == 0) {
        options->language_given = true;
        return language_of_code(span_of_text(value), &options->language) == ERR_OK ? NULL : "en, ru, ar";
    }
    if (strcmp(name, "--size") == 0) {
        return read_size(value, options) ? NULL : "WxH, 320x320 to 4096x4096";
    }
    return "the options that --help lists";
}

enum err face_options_read(int argc, char **argv, struct face_options *out,
                           char complaint[FACE_OPTIONS_COMPLAINT_SIZE]) {
    struct face_options options = {.config = "/etc/credkiosk/kiosk.ini",
                                   .data = "/var/lib/credkiosk",
                                   .assets = "/usr/share/credkiosk",
                                   .programs = "/usr/libexec/credkiosk"};
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "--version") == 0) {
            options.help = options.help || argv[i][2] == 'h';
            options.version = options.version || argv[i][2] == 'v';
            continue;
        }
        if (i + 1 >= argc) {
            snprintf(complaint, FACE_OPTIONS_COMPLAINT_SIZE, "%.60s: no such option, or its value is missing",
                     argv[i]);
            return ERR_OPTION;
        }
        const char *accepted = take_value(&options, argv[i], argv[i + 1]);
        if (accepted != NULL) {
            snprintf(complaint, FACE_OPTIONS_COMPLAINT_SIZE, "%.40s %.60s; accepted: %s", argv[i],
                     argv[i + 1], accepted);
            return ERR_OPTION;
        }
        i++;
    }
    *out = options;
    return ERR_OK;
}
