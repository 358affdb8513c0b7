/* SPDX-License-Identifier: Apache-2.0 */
#include "paint/run.h"

#include <fribidi/fribidi.h>

#include "base/utf8.h"
#include "paint/script.h"

/* A line while it is cut: by character, in reading order. */
struct line {
    int count;
    FriBidiChar codes[RUN_CHARS_MAX];
    FriBidiCharType types[RUN_CHARS_MAX];
    FriBidiLevel levels[RUN_CHARS_MAX];
    int faces[RUN_CHARS_MAX];
    const char *scripts[RUN_CHARS_MAX];
    bool dropped[RUN_CHARS_MAX];
};

static void decode(struct span text, struct line *line) {
    size_t at = 0;
    line->count = 0;
    while (at < text.len && line->count < RUN_CHARS_MAX) {
        uint32_t code = utf8_next(text, &at);
        line->codes[line->count++] = code == UTF8_INVALID || code < 0x20 ? RUN_MISSING : code;
    }
}

static FriBidiParType paragraph(enum draw_direction direction) {
    switch (direction) {
    case DRAW_RTL:
        return FRIBIDI_PAR_RTL;
    case DRAW_AUTO_LTR:
        return FRIBIDI_PAR_WLTR;
    case DRAW_AUTO_RTL:
        return FRIBIDI_PAR_WRTL;
    default:
        return FRIBIDI_PAR_LTR;
    }
}

/* Embedding levels; where FriBidi has no memory, the line is left as it is read. */
static void find_levels(struct line *line, enum draw_direction direction) {
    FriBidiBracketType brackets[RUN_CHARS_MAX];
    FriBidiParType base = paragraph(direction);
    fribidi_get_bidi_types(line->codes, line->count, line->types);
    fribidi_get_bracket_types(line->codes, line->count, line->types, brackets);
    if (fribidi_get_par_embedding_levels_ex(line->types, brackets, line->count, &base, line->levels) == 0) {
        memset(line->levels, 0, sizeof line->levels);
    }
}

static bool stands_on_a_letter(const struct line *line, int i) {
    return i > 0 && (line->types[i] == FRIBIDI_TYPE_NSM || script_joins(line->codes[i]));
}

static bool has_all(const struct line *line, int from, int to, const struct run_faces *faces, int face) {
    for (int i = from; i < to; i++) {
        if (!faces->provides(faces->ctx, face, line->codes[i])) {
            return false;
        }
    }
    return true;
}

/* The first typeface that has the letter with all its marks, else the letter alone; -1 for none. */
static int best_face(const struct line *line, int from, int to, const struct run_faces *faces, int before) {
    if (before >= 0 && line->codes[from] == ' ' && has_all(line, from, to, faces, before)) {
        return before;
    }
    for (int end = to;; end = from + 1) {
        for (int face = 0; face < faces->count; face++) {
            if (has_all(line, from, end, faces, face)) {
                return face;
            }
        }
        if (end == from + 1) {
            return -1;
        }
    }
}

/* Choose the typeface of characters [from, to): a letter and its marks. */
static void choose_face(struct line *line, int from, int to, const struct run_faces *faces) {
    int face = best_face(line, from, to, faces, from > 0 ? line->faces[from - 1] : -1);
    if (face < 0) {
        line->codes[from] = RUN_MISSING;
        face = best_face(line, from, from + 1, faces, -1);
    }
    for (int i = from; i < to; i++) {
        line->faces[i] = face < 0 ? 0 : face;
        line->levels[i] = line->levels[from];
        line->dropped[i] = face < 0 || !faces->provides(faces->ctx, face, line->codes[i]);
    }
}

static void choose_faces(struct line *line, const struct run_faces *faces) {
    for (int from = 0, to; from < line->count; from = to) {
        for (to = from + 1; to < line->count && stands_on_a_letter(line, to); to++) {
        }
        choose_face(line, from, to, faces);
    }
}

/* Marks, and characters of every script (spaces, digits, signs), take that of the letter before them, the
 * first of the one after. */
static void choose_scripts(struct line *line) {
    const char *current = NULL;
    for (int i = 0; i < line->count && current == NULL; i++) {
        current = script_of(line->codes[i]);
    }
    for (int i = 0; i < line->count; i++) {
        const char *own = stands_on_a_letter(line, i) ? NULL : script_of(line->codes[i]);
        current = own != NULL ? own : current;
        line->scripts[i] = current != NULL ? current : "Latn";
    }
}

static bool continues(const struct line *line, int i) {
    return i > 0 && line->levels[i] == line->levels[i - 1] && line->faces[i] == line->faces[i - 1] &&
           strcmp(line->scripts[i], line->scripts[i - 1]) == 0;
}

static void put(struct run_line *out, uint32_t code) {
    uint8_t bytes[4];
    size_t len = utf8_encode(code, bytes);
    if (len < RUN_TEXT_MAX - out->text_len) {
        memcpy(out->text + out->text_len, bytes, len);
        out->text_len += (uint32_t)len;
    }
}

static void end_run(struct run_line *out) {
    if (out->count > 0 && out->text_len < RUN_TEXT_MAX) {
        out->text[out->text_len++] = 0;
    }
}

/* Write the runs in reading order; levels[] of each beside them. */
static void collect(const struct line *line, struct run_line *out, FriBidiLevel levels[RUN_COUNT_MAX]) {
    for (int i = 0; i < line->count; i++) {
        if (!continues(line, i)) {
            end_run(out);
            if (out->count == RUN_COUNT_MAX) {
                return;
            }
            struct run *run = &out->runs[out->count];
            *run = (struct run){out->text_len, line->faces[i], line->levels[i] & 1, ""};
            memcpy(run->script, line->scripts[i], 4);
            levels[out->count++] = line->levels[i];
        }
        if (!line->dropped[i]) {
            put(out, line->codes[i]);
        }
    }
    end_run(out);
}

static void reverse(struct run *runs, FriBidiLevel *levels, int from, int to) {
    for (; from < --to; from++) {
        struct run run = runs[from];
        FriBidiLevel level = levels[from];
        runs[from] = runs[to];
        levels[from] = levels[to];
        runs[to] = run;
        levels[to] = level;
    }
}

/* Rule L2: from the highest level to the lowest odd one, turn around what is at that level or above. */
static void reorder(struct run_line *out, FriBidiLevel levels[RUN_COUNT_MAX]) {
    int highest = 0;
    for (int i = 0; i < out->count; i++) {
        highest = levels[i] > highest ? levels[i] : highest;
    }
    for (int level = highest; level > 0; level--) {
        for (int from = 0, to; from < out->count; from = to + 1) {
            for (to = from; to < out->count && levels[to] >= level; to++) {
            }
            reverse(out->runs, levels, from, to);
        }
    }
}

void run_split(struct span text, enum draw_direction direction, const struct run_faces *faces,
               struct run_line *out) {
    struct line line = {0};
    FriBidiLevel levels[RUN_COUNT_MAX] = {0};
    out->count = 0;
    out->text_len = 0;
    decode(text, &line);
    if (line.count == 0 || faces->count == 0) {
        return;
    }
    find_levels(&line, direction);
    choose_faces(&line, faces);
    choose_scripts(&line);
    collect(&line, out, levels);
    reorder(out, levels);
}
