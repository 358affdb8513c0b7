/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

#include "base/limits.h"
#include "credctl/command.h"
#include "credctl/file.h"
#include "credctl/picture/drawing.h"

#define CODES_MAX 4u

static const struct option_spec table[] = {
    {"out", 'o', "FILE", "Where the PNG goes.", OPTION_REQUIRED},
    DRAWING_OPTIONS,
    {"exact", 0, NULL, "Keep the line feed at a file's end.", OPTION_ONCE},
    {"force", 'f', NULL, "Replace an existing file.", OPTION_ONCE},
};

/* Texts on their way into codes. */
struct work {
    struct drawing drawing;
    struct room files[CODES_MAX];
    struct contents codes[CODES_MAX];
};

static int read_files(const struct options *options, struct work *work) {
    for (size_t i = 0; i < options->operand_count; i++) {
        struct room *file = &work->files[i];
        enum err err = file_read(options->operands[i], LIMIT_PAYLOAD_BYTES, file);
        if (err != ERR_OK) {
            return command_fail_err(err, options->operands[i]);
        }
        if (!options_has(options, "exact") && file->len > 0 && file->ptr[file->len - 1] == '\n') {
            file->len--;
        }
    }
    return EX_OK;
}

static int make_codes(const struct options *options, struct work *work) {
    for (size_t i = 0; i < options->operand_count; i++) {
        uint8_t bytes[CONTENTS_BYTES];
        struct room held = room_over(bytes, sizeof bytes);
        enum err err = contents_code(room_span(&work->files[i]), work->drawing.how, &work->codes[i], &held);
        if (err != ERR_OK) {
            return command_fail_err(err, options->operands[i]);
        }
    }
    return EX_OK;
}

static int draw(const struct options *options, const struct work *work) {
    const struct matrix *row[CODES_MAX] = {0};
    const char *path = options_value(options, "out");
    for (size_t i = 0; i < options->operand_count; i++) {
        row[i] = &work->codes[i].code;
    }
    enum err err =
        drawing_write(&work->drawing, row, options->operand_count, path, options_has(options, "force"));
    return err == ERR_OK ? EX_OK : command_fail_err(err, path);
}

/* What each came to, where it does not get into the way of the picture. */
static void report(const struct options *options, const struct work *work) {
    FILE *out = strcmp(options_value(options, "out"), "-") == 0 ? stderr : stdout;
    for (size_t i = 0; i < options->operand_count; i++) {
        if (options->operand_count > 1) {
            fprintf(out, "%s: ", options->operands[i]);
        }
        drawing_say(&work->drawing, &work->codes[i], options->operand_count == 1, out);
    }
}

static int make(const struct options *options, struct work *work) {
    const char *wrong = drawing_read(options, &work->drawing);
    if (wrong != NULL) {
        return command_fail(EX_USAGE, "%s", wrong);
    }
    int status = read_files(options, work);
    status = status != EX_OK ? status : make_codes(options, work);
    status = status != EX_OK ? status : draw(options, work);
    if (status == EX_OK) {
        report(options, work);
    }
    return status;
}

static int run(const struct options *options) {
    struct work *work = calloc(1, sizeof *work);
    if (work == NULL) {
        return command_fail_err(ERR_NO_MEMORY, "qr");
    }
    int status = make(options, work);
    for (size_t i = 0; i < CODES_MAX; i++) {
        file_release(&work->files[i]);
    }
    free(work);
    return status;
}

const struct command command_qr = {
    .group = "qr",
    .operands = "FILE...",
    .operands_min = 1,
    .operands_max = CODES_MAX,
    .sentence =
        "Turn a credential, or any text or bytes, into the smallest QR code; several files stand beside one "
        "another.",
    .more = "  credctl qr badge.jwt --out badge.png",
    .options = table,
    .option_count = sizeof table / sizeof *table,
    .run = run,
};
