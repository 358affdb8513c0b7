/* drawing: how the commands that draw codes are told to, and the PNG file that they leave. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_PICTURE_DRAWING_H
#define CREDCTL_PICTURE_DRAWING_H

#include <stdio.h>

#include "base/err.h"
#include "credctl/options.h"
#include "credctl/picture/bitmap.h"
#include "credctl/picture/contents.h"

/* The options themselves, for a command's table. */
#define DRAWING_OPTIONS                                                                                      \
    {"form", 0, "FORM", "smallest (the default), plain, base45 (compressed), or cbor-ld (of JSON).",         \
     OPTION_ONCE},                                                                                           \
        {"level", 0, "LEVEL", "Error correction: L (the default), M, Q or H.", OPTION_ONCE},                 \
        {"module", 0, "PIXELS", "Side of one module; 8 unless told.", OPTION_ONCE},                          \
        {"dpi", 0, "DPI", "Print resolution that the picture states; 300 unless told.", OPTION_ONCE}, {      \
        "size", 0, "WIDTHxHEIGHT", "The least size in pixels; the code stands in its middle.", OPTION_ONCE   \
    }

/* What they say. */
struct drawing {
    struct contents_how how;
    struct bitmap_layout layout;
};

/* Read them. NULL, or a sentence that says what is wrong; static. */
const char *drawing_read(const struct options *options, struct drawing *out);

/* Draw codes beside one another and write the PNG. Errors of bitmap_png and file_write. */
MUST_USE enum err drawing_write(const struct drawing *drawing, const struct matrix *const *codes,
                                size_t count, const char *path, bool replace);

/*
 * Say what a code came to, in one line, and in a second one what the other forms would have taken.
 *
 * picture  its picture was drawn: say its size also
 */
void drawing_say(const struct drawing *drawing, const struct contents *made, bool picture, FILE *out);

#endif
