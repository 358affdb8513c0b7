/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol/symbol.h"

#include <stdlib.h>

#include "base/limits.h"
#include "symbol/diagnosis.h"
#include "symbol/passes.h"
#include "symbol/scanner.h"

struct symbol_reader {
    struct scanner *scanner;
    struct passes *passes;
    struct harvest harvest;
    struct cells cells;
};

enum err symbol_start(struct symbol_reader **out) {
    struct symbol_reader *reader = calloc(1, sizeof *reader);
    if (reader == NULL) {
        return ERR_NO_MEMORY;
    }
    if (scanner_start(&reader->scanner) != ERR_OK || passes_start(&reader->passes) != ERR_OK) {
        symbol_stop(reader);
        return ERR_NO_MEMORY;
    }
    *out = reader;
    return ERR_OK;
}

static void list(const struct harvest *harvest, struct symbols *out) {
    out->count = harvest->count;
    out->part_count = harvest->part_count;
    out->passed_over = harvest->passed_over;
    for (size_t i = 0; i < harvest->count; i++) {
        out->payloads[i] = span_of_bytes(harvest->payloads[i].bytes, harvest->payloads[i].len);
    }
    for (size_t i = 0; i < harvest->part_count; i++) {
        const struct harvest_code *code = &harvest->parts[i];
        out->parts[i] = (struct symbol_part){span_of_bytes(code->bytes, code->len), code->part.index,
                                             code->part.total, code->part.parity};
    }
}

enum err symbol_read(struct symbol_reader *reader, const struct grey *picture, bool thorough,
                     struct symbols *out) {
    if (picture->width_px > LIMIT_FRAME_SIDE_PX || picture->height_px > LIMIT_FRAME_SIDE_PX) {
        return ERR_FRAME_TOO_LARGE;
    }
    struct view view = view_of(picture);
    enum pass won;
    TRY(passes_read(reader->passes, reader->scanner, &view, thorough, &reader->harvest, &won));
    *out = (struct symbols){.pass = passes_name(won)};
    list(&reader->harvest, out);
    bool read = out->count > 0 || out->part_count > 0 || out->passed_over > 0;
    out->guidance =
        read ? GUIDANCE_READ : diagnosis_of(&reader->cells, &view, passes_busiest(reader->passes));
    return ERR_OK;
}

void symbol_share(struct symbol_reader *reader, struct symbol_reader *with, const struct lock *lock) {
    passes_share(reader->passes, with->passes, lock);
}

void symbol_forget(struct symbol_reader *reader) {
    passes_forget(reader->passes);
}

void symbol_stagger(struct symbol_reader *reader, unsigned index, unsigned count) {
    passes_stagger(reader->passes, index, count);
}

void symbol_stop(struct symbol_reader *reader) {
    if (reader == NULL) {
        return;
    }
    passes_stop(reader->passes);
    scanner_stop(reader->scanner);
    free(reader);
}
