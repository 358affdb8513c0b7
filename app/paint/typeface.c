/* SPDX-License-Identifier: Apache-2.0 */
#include "paint/typeface.h"

#include <stdio.h>
#include <stdlib.h>

/* Characters are looked up in a font of this size; any would do. */
#define SAMPLE_PX 16
/* Words of a line that are looked at: one more than it should have. */
#define WORDS_MAX 4

/* Take one font of the list; an optional one that is absent is no error. */
static enum err add(struct typefaces *faces, const char *regular, const char *bold, bool needed) {
    TTF_Font *sample = TTF_OpenFont(regular, SAMPLE_PX);
    TTF_Font *other = TTF_OpenFont(bold, SAMPLE_PX);
    bool there = sample != NULL && other != NULL;
    if (other != NULL) {
        TTF_CloseFont(other);
    }
    if (!there) {
        if (sample != NULL) {
            TTF_CloseFont(sample);
        }
        return needed ? ERR_FONT_MISSING : ERR_OK;
    }
    struct typeface *face = &faces->faces[faces->count++];
    *face = (struct typeface){{strdup(regular), strdup(bold)}, sample};
    return face->path[0] == NULL || face->path[1] == NULL ? ERR_NO_MEMORY : ERR_OK;
}

/* Cut a line into words at blanks, in place; gives how many there are, at most WORDS_MAX. */
static int cut_words(char *line, char *words[WORDS_MAX]) {
    static const char blanks[] = " \t\r\n";
    int count = 0;
    for (line += strspn(line, blanks); *line != 0 && count < WORDS_MAX; line += strspn(line, blanks)) {
        words[count++] = line;
        line += strcspn(line, blanks);
        if (*line != 0) {
            *line++ = 0;
        }
    }
    return count;
}

static enum err read_line(struct typefaces *faces, char *line) {
    char *words[WORDS_MAX] = {0};
    int count = cut_words(line, words);
    if (count == 0 || words[0][0] == '#') {
        return ERR_OK;
    }
    bool needed = strcmp(words[0], "needed") == 0;
    if (count != 3 || (!needed && strcmp(words[0], "optional") != 0) || faces->count == TYPEFACE_MAX) {
        return ERR_FONT_LIST;
    }
    return add(faces, words[1], words[2], needed);
}

enum err typeface_open_all(const char *list_path, struct typefaces *out) {
    FILE *list = fopen(list_path, "re");
    if (list == NULL) {
        return ERR_FONT_LIST;
    }
    struct typefaces faces = {0};
    enum err err = ERR_OK;
    char line[1200];
    while (err == ERR_OK && fgets(line, sizeof line, list) != NULL) {
        err = strchr(line, '\n') == NULL && !feof(list) ? ERR_FONT_LIST : read_line(&faces, line);
    }
    if (err == ERR_OK && (ferror(list) || faces.count == 0)) {
        err = ERR_FONT_LIST;
    }
    (void)fclose(list);
    if (err != ERR_OK) {
        typeface_close_all(&faces);
        return err;
    }
    *out = faces;
    return ERR_OK;
}

void typeface_close_all(struct typefaces *faces) {
    for (int i = 0; i < TYPEFACE_OPEN_MAX; i++) {
        if (faces->open[i].font != NULL) {
            TTF_CloseFont(faces->open[i].font);
        }
    }
    for (int i = 0; i < faces->count; i++) {
        TTF_CloseFont(faces->faces[i].sample);
        free(faces->faces[i].path[0]);
        free(faces->faces[i].path[1]);
    }
    *faces = (struct typefaces){0};
}

/* The place of a font that is open already, else the one that was not used for longest. */
static struct typeface_open *place(struct typefaces *faces, int face, int size_px, bool bold) {
    struct typeface_open *oldest = &faces->open[0];
    for (int i = 0; i < TYPEFACE_OPEN_MAX; i++) {
        struct typeface_open *open = &faces->open[i];
        if (open->font != NULL && open->face == face && open->size_px == size_px && open->bold == bold) {
            return open;
        }
        oldest = open->used < oldest->used ? open : oldest;
    }
    if (oldest->font != NULL) {
        TTF_CloseFont(oldest->font);
    }
    *oldest = (struct typeface_open){NULL, face, size_px, bold, 0};
    return oldest;
}

TTF_Font *typeface_at(struct typefaces *faces, int face, int size_px, bool bold) {
    if (face < 0 || face >= faces->count || size_px <= 0) {
        return NULL;
    }
    struct typeface_open *open = place(faces, face, size_px, bold);
    if (open->font == NULL) {
        open->font = TTF_OpenFont(faces->faces[face].path[bold], size_px);
        if (open->font == NULL) {
            return NULL;
        }
        TTF_SetFontHinting(open->font, TTF_HINTING_LIGHT_SUBPIXEL);
    }
    open->used = ++faces->clock;
    return open->font;
}

static bool provides(void *ctx, int face, uint32_t code) {
    struct typefaces *faces = ctx;
    return TTF_GlyphIsProvided32(faces->faces[face].sample, code) != 0;
}

struct run_faces typeface_choice(struct typefaces *faces) {
    return (struct run_faces){faces, faces->count, provides};
}
