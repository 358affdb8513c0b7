/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/picture/drawing.h"

#include <stdlib.h>

#include "credctl/file.h"

/* A picture of BITMAP_SIDE_MAX squared at one bit a pixel, uncompressed, and room for the PNG's own parts. */
#define PNG_BYTES (BITMAP_SIDE_MAX * (BITMAP_SIDE_MAX / 8u + 8u) + 65536u)

/* "1280x720". */
static bool read_size(const char *text, struct bitmap_layout *layout) {
    char *end = NULL;
    unsigned long width_px = strtoul(text, &end, 10);
    if (end == text || *end != 'x' || text[0] < '0' || text[0] > '9') {
        return false;
    }
    const char *second = end + 1;
    unsigned long height_px = strtoul(second, &end, 10);
    if (end == second || *end != 0 || second[0] < '0' || second[0] > '9' || width_px > BITMAP_SIDE_MAX ||
        height_px > BITMAP_SIDE_MAX) {
        return false;
    }
    layout->width_px = (unsigned)width_px;
    layout->height_px = (unsigned)height_px;
    return true;
}

const char *drawing_read(const struct options *options, struct drawing *out) {
    struct drawing drawing = {0};
    const char *level = options_or(options, "level", "L"), *size = options_value(options, "size");
    int64_t module_px = 0, dpi = 0;
    if (!contents_form_of(options_or(options, "form", "smallest"), &drawing.how.form)) {
        return "--form takes smallest, plain, base45 or cbor-ld";
    }
    if (level[0] == 0 || level[1] != 0 || strchr("LMQH", level[0]) == NULL) {
        return "--level takes L, M, Q or H";
    }
    if (!options_number(options, "module", 1, 64, 8, &module_px)) {
        return "--module takes 1 to 64 pixels";
    }
    if (!options_number(options, "dpi", 30, 4800, 300, &dpi)) {
        return "--dpi takes 30 to 4800";
    }
    if (size != NULL && !read_size(size, &drawing.layout)) {
        return "--size takes WIDTHxHEIGHT in pixels, 8192x8192 at most";
    }
    drawing.how.level = level[0];
    drawing.layout.module_px = (unsigned)module_px;
    drawing.layout.dpi = (unsigned)dpi;
    *out = drawing;
    return NULL;
}

enum err drawing_write(const struct drawing *drawing, const struct matrix *const *codes, size_t count,
                       const char *path, bool replace) {
    uint8_t *bytes = malloc(PNG_BYTES);
    struct room png = room_over(bytes, PNG_BYTES);
    if (bytes == NULL) {
        return ERR_NO_MEMORY;
    }
    enum err err = bitmap_png(codes, count, &drawing->layout, &png);
    if (err == ERR_OK) {
        err = file_write(path, room_span(&png), (struct file_how){.replace = replace});
    }
    free(bytes);
    return err;
}

static void say_size(const struct drawing *drawing, const struct matrix *code, FILE *out) {
    unsigned width_px = 0, height_px = 0;
    const struct matrix *row[] = {code};
    double mm = 25.4 / drawing->layout.dpi;
    bitmap_size(row, 1, &drawing->layout, &width_px, &height_px);
    fprintf(out, "; picture %u x %u pixels, %.0f x %.0f mm at %u dpi", width_px, height_px, width_px * mm,
            height_px * mm, drawing->layout.dpi);
}

static void say_others(const struct contents *made, FILE *out) {
    const char *before = "Otherwise ";
    for (size_t i = CONTENTS_PLAIN; i < CONTENTS_FORMS; i++) {
        const struct contents_try *each = &made->tries[i];
        const char *name = contents_form_name((enum contents_form)i);
        if (i == made->form || each->err == ERR_QR_LINKED) {
            continue;
        }
        if (each->err == ERR_OK) {
            fprintf(out, "%s%s: version %u, %zu characters", before, name, each->version, each->chars);
        } else {
            fprintf(out, "%s%s: %s", before, name, err_sentence(each->err));
        }
        before = "; ";
    }
    fputc('\n', out);
}

void drawing_say(const struct drawing *drawing, const struct contents *made, bool picture, FILE *out) {
    const struct matrix *code = &made->code;
    fprintf(out, "QR version %u-%c, %s, %zu characters, %u x %u modules", code->version, code->level,
            contents_form_name(made->form), made->tries[made->form].chars, code->side, code->side);
    if (picture) {
        say_size(drawing, code, out);
    }
    fputc('\n', out);
    say_others(made, out);
}
