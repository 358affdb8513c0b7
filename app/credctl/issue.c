/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/datetime.h"
#include "credctl/badge/issuing.h"
#include "credctl/command.h"
#include "credctl/file.h"
#include "credctl/picture/card.h"
#include "credctl/picture/drawing.h"

static const struct option_spec table[] = {
    {"key", 'k', "FILE", "The issuer's private key, by credctl key new. Required.", OPTION_ONCE},
    {"fields", 'i', "FILE", "What stands in the badge, \"key = value\" lines; - for standard input.",
     OPTION_ONCE},
    {"profile", 0, "PROFILE", "ob3 (the default) or vc-jose.", OPTION_ONCE},
    {"vcdm", 0, "VERSION", "Data model 2.0 (the default) or 1.1.", OPTION_ONCE},
    {"out", 'o', "FILE", "Where the JWT goes; standard output where no file at all is named.", OPTION_ONCE},
    {"qr", 0, "FILE", "Where its QR code goes, as PNG.", OPTION_ONCE},
    {"svg", 0, "FILE", "Where a printable card goes, as SVG of A6 size.", OPTION_ONCE},
    {"contents", 0, "FILE", "Where the exact contents of the code go.", OPTION_ONCE},
    DRAWING_OPTIONS,
    {"fields-help", 0, NULL, "List the fields, and end.", OPTION_ONCE},
    {"force", 'f', NULL, "Replace existing files.", OPTION_ONCE},
};

static const char *const outputs[] = {"out", "qr", "svg", "contents"};
#define OUTPUTS (sizeof outputs / sizeof *outputs)

/* A badge on its way from fields to files. */
struct work {
    const struct options *options;
    struct drawing drawing;
    enum badge_profile profile;
    enum badge_vcdm vcdm;
    struct fields fields;
    struct room jwt, held, svg;
    struct matrix code;
};

static int fields_help(void) {
    puts("One field a line, \"key = value\"; a line that begins with # is a comment. Fields marked * must be "
         "there,\nand one of holder, holder_id and email.\n");
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        printf("  %-17s%s %s\n", fields_key((enum fields_name)i),
               fields_required((enum fields_name)i) ? "*" : " ", fields_sentence((enum fields_name)i));
    }
    return EX_OK;
}

static int read_choices(struct work *work) {
    const char *profile = options_or(work->options, "profile", "ob3");
    const char *vcdm = options_or(work->options, "vcdm", "2.0");
    if (!options_has(work->options, "key") || !options_has(work->options, "fields")) {
        return command_fail(EX_USAGE, "--key and --fields are needed; see credctl issue --help");
    }
    if (strcmp(profile, "ob3") != 0 && strcmp(profile, "vc-jose") != 0) {
        return command_fail(EX_USAGE, "--profile takes ob3 or vc-jose");
    }
    if (strcmp(vcdm, "2.0") != 0 && strcmp(vcdm, "1.1") != 0) {
        return command_fail(EX_USAGE, "--vcdm takes 2.0 or 1.1");
    }
    work->profile = strcmp(profile, "ob3") == 0 ? BADGE_OB3 : BADGE_VC_JOSE;
    work->vcdm = strcmp(vcdm, "2.0") == 0 ? BADGE_VCDM_20 : BADGE_VCDM_11;
    if (work->profile == BADGE_VC_JOSE && work->vcdm == BADGE_VCDM_11) {
        return command_fail(EX_USAGE, "vc-jose secures data model 2.0 alone");
    }
    const char *wrong = drawing_read(work->options, &work->drawing);
    return wrong == NULL ? EX_OK : command_fail(EX_USAGE, "%s", wrong);
}

/* No file is written where one of them could not be. */
static int check_outputs(const struct options *options) {
    for (size_t i = 0; i < OUTPUTS && !options_has(options, "force"); i++) {
        const char *path = options_value(options, outputs[i]);
        if (path != NULL && strcmp(path, "-") != 0 && access(path, F_OK) == 0) {
            return command_fail_err(ERR_FILE_EXISTS, path);
        }
    }
    return EX_OK;
}

static int sign(struct work *work) {
    const char *path = options_value(work->options, "key");
    struct signer *signer = NULL;
    enum err err = signer_load(path, &signer);
    if (err != ERR_OK) {
        return command_fail_err(err, path);
    }
    err = issuing_jwt(&work->fields, work->profile, work->vcdm, signer, &work->jwt);
    signer_close(signer);
    if (err == ERR_KEY_MISMATCH) {
        return command_fail(EX_DATAERR, "line %u: issuer is a DID of another key than %s",
                            work->fields.lines[FIELD_ISSUER], path);
    }
    return err == ERR_OK ? EX_OK : command_fail_err(err, path);
}

static struct span day_of(struct span date) {
    return span_slice(date, 0, strlen("2026-09-01"));
}

static enum err make_card(struct work *work) {
    char dates[64];
    const struct span *values = work->fields.values;
    struct span from = day_of(values[FIELD_VALID_FROM]), until = day_of(values[FIELD_VALID_UNTIL]);
    snprintf(dates, sizeof dates, "%.*s \xE2\x80\x93 %.*s", (int)from.len, (const char *)from.ptr,
             (int)until.len, (const char *)until.ptr);
    struct span issuer = values[FIELD_ISSUER_NAME];
    struct card card = {
        .title = values[FIELD_ACHIEVEMENT_NAME],
        .holder = values[FIELD_HOLDER].len > 0 ? values[FIELD_HOLDER] : values[FIELD_HOLDER_ID],
        .issuer = issuer.len > 0 ? issuer : values[FIELD_ISSUER],
        .dates = span_of_text(dates),
        .description = values[FIELD_DESCRIPTION],
        .id = values[FIELD_ID],
    };
    return card_svg(&card, &work->code, &work->svg);
}

static enum err draw(struct work *work) {
    if (!options_has(work->options, "qr") && !options_has(work->options, "svg") &&
        !options_has(work->options, "contents")) {
        return ERR_OK;
    }
    TRY(contents_code(room_span(&work->jwt), work->drawing.form, work->drawing.level, &work->code,
                      &work->held));
    return options_has(work->options, "svg") ? make_card(work) : ERR_OK;
}

static int write_one(const struct work *work, const char *option, struct span bytes) {
    const char *path = options_value(work->options, option);
    struct file_how how = {.replace = options_has(work->options, "force")};
    enum err err = path == NULL ? ERR_OK : file_write(path, bytes, how);
    return err == ERR_OK ? EX_OK : command_fail_err(err, path);
}

static int write_picture(const struct work *work) {
    const char *path = options_value(work->options, "qr");
    const struct matrix *row[] = {&work->code};
    if (path == NULL) {
        return EX_OK;
    }
    enum err err = drawing_write(&work->drawing, row, 1, path, options_has(work->options, "force"));
    return err == ERR_OK ? EX_OK : command_fail_err(err, path);
}

static bool uses_standard_output(const struct work *work) {
    bool named = false;
    for (size_t i = 0; i < OUTPUTS; i++) {
        const char *path = options_value(work->options, outputs[i]);
        if (path != NULL && strcmp(path, "-") == 0) {
            return true;
        }
        named = named || path != NULL;
    }
    return !named;
}

/* The code's version and size, where they do not get into the way of a result on standard output. */
static void report(const struct work *work) {
    unsigned width_px = 0, height_px = 0;
    const struct matrix *row[] = {&work->code};
    if (work->code.side == 0) {
        return;
    }
    bitmap_size(row, 1, &work->drawing.layout, &width_px, &height_px);
    FILE *out = uses_standard_output(work) ? stderr : stdout;
    fprintf(out, "QR version %u-%c, %s, %zu characters, %u x %u modules", work->code.version,
            work->code.level, work->code.alphanumeric ? "base45" : "plain", work->held.len, work->code.side,
            work->code.side);
    if (options_has(work->options, "qr")) {
        double mm = 25.4 / work->drawing.layout.dpi;
        fprintf(out, "; picture %u x %u pixels, %.0f x %.0f mm at %u dpi", width_px, height_px, width_px * mm,
                height_px * mm, work->drawing.layout.dpi);
    }
    fputc('\n', out);
}

static int write_all(struct work *work) {
    if (room_put_byte(&work->jwt, '\n') != ERR_OK) {
        return command_fail_err(ERR_NO_ROOM, "issue");
    }
    struct span line = room_span(&work->jwt);
    bool nowhere = true;
    for (size_t i = 0; i < OUTPUTS; i++) {
        nowhere = nowhere && !options_has(work->options, outputs[i]);
    }
    if (nowhere) {
        enum err err = file_write("-", line, (struct file_how){0});
        return err == ERR_OK ? EX_OK : command_fail_err(err, "standard output");
    }
    int status = write_one(work, "out", line);
    status = status != EX_OK ? status : write_one(work, "contents", room_span(&work->held));
    status = status != EX_OK ? status : write_one(work, "svg", room_span(&work->svg));
    return status != EX_OK ? status : write_picture(work);
}

static int issue(struct work *work) {
    int status = check_outputs(work->options);
    status = status != EX_OK ? status : sign(work);
    if (status != EX_OK) {
        return status;
    }
    enum err err = draw(work);
    if (err != ERR_OK) {
        return command_fail_err(err, "issue");
    }
    status = write_all(work);
    if (status == EX_OK) {
        report(work);
    }
    return status;
}

static int issue_fields(struct work *work) {
    char wrong[300];
    struct room file = {0};
    const char *path = options_value(work->options, "fields");
    enum err err = file_read(path, FIELDS_FILE_BYTES, &file);
    if (err != ERR_OK) {
        return command_fail_err(err, path);
    }
    int status = fields_parse(room_span(&file), &work->fields, wrong)
                     ? issue(work)
                     : command_fail(EX_DATAERR, "%s: %s", path, wrong);
    file_release(&file);
    return status;
}

static int run(const struct options *options) {
    if (options_has(options, "fields-help")) {
        return fields_help();
    }
    struct work *work = calloc(1, sizeof *work + ISSUING_BYTES + CONTENTS_BYTES + CARD_BYTES);
    if (work == NULL) {
        return command_fail_err(ERR_NO_MEMORY, "issue");
    }
    uint8_t *memory = (uint8_t *)(work + 1);
    work->options = options;
    work->jwt = room_over(memory, ISSUING_BYTES);
    work->held = room_over(memory + ISSUING_BYTES, CONTENTS_BYTES);
    work->svg = room_over(memory + ISSUING_BYTES + CONTENTS_BYTES, CARD_BYTES);
    int status = read_choices(work);
    status = status != EX_OK ? status : issue_fields(work);
    free(work);
    return status;
}

const struct command command_issue = {
    .group = "issue",
    .operands = "",
    .sentence = "Sign an Open Badges 3.0 badge, as JWT, QR code and printable card.",
    .more =
        "  credctl issue --key key.jwk --fields badge.txt --out badge.jwt --qr badge.png --svg badge.svg\n\n"
        "credctl issue --fields-help lists what a file of fields may hold.",
    .options = table,
    .option_count = sizeof table / sizeof *table,
    .run = run,
};
