/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

#include "base/limits.h"
#include "credctl/command.h"
#include "credctl/file.h"
#include "credctl/picture/bitmap.h"
#include "credctl/picture/contents.h"
#include "credctl/picture/drawing.h"

#define CODES_MAX 4u

static const struct option_spec table[] = {
    {"out", 'o', "FILE", "Where the PNG goes.", OPTION_REQUIRED},
    DRAWING_OPTIONS,
    {"exact", 0, NULL, "Keep the line feed at a file's end.", OPTION_ONCE},
    {"force", 'f', NULL, "Replace an existing file.", OPTION_ONCE},
};

static enum err make_code(const char *path, bool exact, const struct drawing *drawing, struct contents *out) {
    struct room file = {0};
    uint8_t bytes[CONTENTS_BYTES];
    struct room held = room_over(bytes, sizeof bytes);
    TRY(file_read(path, LIMIT_PAYLOAD_BYTES, &file));
    struct span text = room_span(&file);
    if (!exact && text.len > 0 && text.ptr[text.len - 1] == '\n') {
        text.len--;
    }
    enum err err = contents_code(text, drawing->how, out, &held);
    file_release(&file);
    return err;
}

static int draw(const struct options *options, const struct drawing *drawing, struct contents *codes) {
    const struct matrix *row[CODES_MAX];
    const char *path = options_value(options, "out");
    for (size_t i = 0; i < options->operand_count; i++) {
        enum err err = make_code(options->operands[i], options_has(options, "exact"), drawing, &codes[i]);
        if (err != ERR_OK) {
            return command_fail_err(err, options->operands[i]);
        }
        row[i] = &codes[i].code;
    }
    enum err err = drawing_write(drawing, row, options->operand_count, path, options_has(options, "force"));
    return err == ERR_OK ? EX_OK : command_fail_err(err, path);
}

static int run(const struct options *options) {
    struct drawing drawing;
    const char *wrong = drawing_read(options, &drawing);
    if (wrong != NULL) {
        return command_fail(EX_USAGE, "%s", wrong);
    }
    struct contents *codes = calloc(CODES_MAX, sizeof *codes);
    int status = codes == NULL ? command_fail_err(ERR_NO_MEMORY, "qr") : draw(options, &drawing, codes);
    free(codes);
    return status;
}

const struct command command_qr = {
    .group = "qr",
    .operands = "FILE...",
    .operands_min = 1,
    .operands_max = CODES_MAX,
    .sentence = "Draw any text or bytes as a QR code; several files stand beside one another.",
    .more = "  credctl qr badge.jwt --out badge.png",
    .options = table,
    .option_count = sizeof table / sizeof *table,
    .run = run,
};
