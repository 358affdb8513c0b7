/* face_options: the command line of credkiosk. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KIOSK_FACE_OPTIONS_H
#define KIOSK_FACE_OPTIONS_H

#include <limits.h>
#include <stdbool.h>

#include "base/err.h"
#include "screen/language.h"

/* A complaint with its terminator. */
#define FACE_OPTIONS_COMPLAINT_SIZE 200u

/* What was asked for. Texts belong to the command line or are static, or to this struct. */
struct face_options {
    const char *config; /* kiosk.ini */
    bool config_given;  /* by name, so it must be there */
    const char *data, *assets, *programs;
    const char *catalogues, *profiles; /* NULL: folders below assets */
    const char *board;                 /* NULL: found by device tree */
    const char *camera;                /* device, or what board sim plays; NULL: the board's own */
    const char *tour;                  /* folder for pictures and table; NULL: no tour */
    bool language_given;
    enum language language;
    int width_px, height_px; /* 0: as kiosk.ini or the board says */
    bool help, version;
};

/* ERR_OPTION: `complaint` says which and what is accepted. */
MUST_USE enum err face_options_read(int argc, char **argv, struct face_options *out,
                                    char complaint[FACE_OPTIONS_COMPLAINT_SIZE]);

/* The help, for standard output. Static. */
const char *face_options_help(void);

#endif
