/* typeface: the fonts of assets/fonts/fonts.list, opened in the sizes that are asked for. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PAINT_TYPEFACE_H
#define PAINT_TYPEFACE_H

#include <SDL_ttf.h>

#include "base/err.h"
#include "paint/run.h"

/* Lines of the list, and fonts open at once: a screen uses about eight sizes in two weights. */
#define TYPEFACE_MAX      24
#define TYPEFACE_OPEN_MAX 64

struct typeface {
    char *path[2]; /* regular, bold */
    TTF_Font *sample;
};

struct typeface_open {
    TTF_Font *font;
    int face, size_px;
    bool bold;
    uint32_t used;
};

struct typefaces {
    int count;
    struct typeface faces[TYPEFACE_MAX];
    uint32_t clock;
    struct typeface_open open[TYPEFACE_OPEN_MAX];
};

/*
 * Read the list: a line is `needed` or `optional`, the path of the regular and of the bold font; # begins a
 * comment.
 *
 * ERR_FONT_LIST     it cannot be read, a line of another form, no line at all, more than TYPEFACE_MAX
 * ERR_FONT_MISSING  a needed font does not open; optional ones are left out
 */
MUST_USE enum err typeface_open_all(const char *list_path, struct typefaces *out);
void typeface_close_all(struct typefaces *faces);

/* The font, borrowed until the next call; NULL when it cannot be opened. */
TTF_Font *typeface_at(struct typefaces *faces, int face, int size_px, bool bold);

/* Which face has which character. */
struct run_faces typeface_choice(struct typefaces *faces);

#endif
