/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

#include "base/limits.h"
#include "credctl/assets.h"
#include "credctl/command.h"
#include "credctl/file.h"
#include "credctl/picture/drawing.h"

#define CODES_MAX 4u

static const struct option_spec table[] = {
    {"out", 'o', "FILE", "Where the PNG goes.", OPTION_REQUIRED},
    DRAWING_OPTIONS,
    ASSETS_OPTION,
    {"exact", 0, NULL, "Keep the line feed at a file's end.", OPTION_ONCE},
    {"force", 'f', NULL, "Replace an existing file.", OPTION_ONCE},
};

/* Texts on their way into codes. */
struct work {
    struct drawing drawing;
    struct room files[CODES_MAX];
    struct contents codes[CODES_MAX];
    struct vocabulary vocabulary;
    struct shelf_view view;
    struct context_library library;
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

/* JSON may become CBOR-LD, and that needs the contexts. */
static int open_contexts(const struct options *options, struct work *work) {
    enum contents_form form = work->drawing.how.form;
    bool needed = false;
    for (size_t i = 0; i < options->operand_count; i++) {
        needed = needed || (work->files[i].len > 0 && work->files[i].ptr[0] == '{');
    }
    if (!needed || (form != CONTENTS_SMALLEST && form != CONTENTS_CBOR_LD)) {
        return EX_OK;
    }
    int status = assets_vocabulary(options, &work->vocabulary);
    work->view.shelf = &work->vocabulary.shelf;
    work->library = shelf_view_library(&work->view);
    work->drawing.how.library = &work->library;
    return status;
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
    status = status != EX_OK ? status : open_contexts(options, work);
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
    vocabulary_close(&work->vocabulary);
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
    .more = "  credctl qr badge.jwt --out badge.png\n"
            "  credctl qr badge.json --out badge.png\n\n"
            "A form is chosen by the version of the code that it comes to: the text as it is (plain); base45 "
            "around zlib, as "
            "PixelPass writes\n(base45); or, for JSON with a proof inside that signs statements, CBOR-LD "
            "with the prefix VC1-R "
            "or VP1-R (cbor-ld). Its bytes begin\nwith the tag 0x0501, which every published reader of VP1- "
            "codes takes.",
    .options = table,
    .option_count = sizeof table / sizeof *table,
    .run = run,
};
