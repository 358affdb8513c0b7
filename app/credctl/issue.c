/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

#include "credctl/assets.h"
#include "credctl/badge/issuing.h"
#include "credctl/build/moment.h"
#include "credctl/command.h"
#include "credctl/file.h"
#include "credctl/outputs.h"
#include "credctl/sign/data_integrity.h"

static const struct option_spec table[] = {
    {"key", 'k', "FILE", "The issuer's private key, by credctl key new. Required.", OPTION_ONCE},
    {"fields", 'i', "FILE", "What stands in the badge, \"key = value\" lines; - for standard input.",
     OPTION_ONCE},
    {"proof", 0, "KIND",
     "jwt (the default), or inside JSON eddsa-rdfc-2022 (Ed25519) or ecdsa-rdfc-2019 (P-256, P-384).",
     OPTION_ONCE},
    {"profile", 0, "PROFILE", "Of a JWT: ob3 (the default) or vc-jose.", OPTION_ONCE},
    {"vcdm", 0, "VERSION", "Data model 2.0 (the default) or 1.1.", OPTION_ONCE},
    {"at", 0, "TIME", "Of a proof inside: when it is made, instead of now; such as 2026-09-01T10:00:00Z.",
     OPTION_ONCE},
    OUTPUTS_OPTIONS("Where the JWT or JSON"),
    OUTPUTS_CARD_OPTION,
    DRAWING_OPTIONS,
    ASSETS_OPTION,
    {"fields-help", 0, NULL, "List the fields, and end.", OPTION_ONCE},
    OUTPUTS_FORCE_OPTION,
};

/* A badge on its way from fields to files. */
struct work {
    struct outputs outputs;
    enum badge_profile profile;
    enum badge_vcdm vcdm;
    enum proof_suite proof;
    int64_t created_s;
    struct fields fields;
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

/* How the badge is secured, and what goes with it. */
static int read_proof(const struct options *options, struct work *work) {
    static const enum proof_suite suites[] = {PROOF_EDDSA_RDFC_2022, PROOF_ECDSA_RDFC_2019};
    const char *name = options_or(options, "proof", "jwt");
    work->proof = PROOF_JWS;
    for (size_t i = 0; i < sizeof suites / sizeof *suites; i++) {
        if (strcmp(name, proof_suite_code(suites[i])) == 0) {
            work->proof = suites[i];
        }
    }
    if (work->proof == PROOF_JWS) {
        return strcmp(name, "jwt") != 0
                   ? command_fail(EX_USAGE, "--proof takes jwt, eddsa-rdfc-2022 or ecdsa-rdfc-2019")
               : options_has(options, "at")
                   ? command_fail(EX_USAGE, "--at goes with a proof inside: a JWT says no time")
                   : EX_OK;
    }
    return options_has(options, "profile") ? command_fail(EX_USAGE, "--profile goes with JWTs alone")
                                           : moment_to_sign(options, &work->created_s);
}

static int read_choices(const struct options *options, struct work *work) {
    const char *profile = options_or(options, "profile", "ob3");
    const char *vcdm = options_or(options, "vcdm", "2.0");
    if (!options_has(options, "key") || !options_has(options, "fields")) {
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
    const char *wrong = drawing_read(options, &work->outputs.drawing);
    return wrong == NULL ? read_proof(options, work) : command_fail(EX_USAGE, "%s", wrong);
}

static enum err sign_document(struct work *work, const struct signer *signer) {
    void *memory = malloc(LIMIT_SCAN_ARENA_BYTES);
    struct arena arena = arena_over(memory, LIMIT_SCAN_ARENA_BYTES);
    enum err err = memory == NULL ? ERR_NO_MEMORY
                                  : issuing_document(&work->fields, work->vcdm, work->created_s, signer,
                                                     work->outputs.library, &arena, &work->outputs.text);
    free(memory);
    return err;
}

static int sign_with(struct work *work, const struct signer *signer, const char *path) {
    enum proof_suite own = data_integrity_suite(signer_alg(signer));
    if (work->proof != PROOF_JWS && own != work->proof) {
        return command_fail(EX_DATAERR, "%s: a key for %s makes no proof of %s", path,
                            crypto_alg_name(signer_alg(signer)), proof_suite_code(work->proof));
    }
    enum err err = work->proof == PROOF_JWS
                       ? issuing_jwt(&work->fields, work->profile, work->vcdm, signer, &work->outputs.text)
                       : sign_document(work, signer);
    if (err == ERR_KEY_MISMATCH) {
        return command_fail(EX_DATAERR, "line %u: issuer is a DID of another key than %s",
                            work->fields.lines[FIELD_ISSUER], path);
    }
    return err == ERR_OK ? EX_OK : command_fail_err(err, path);
}

static int sign(struct work *work) {
    const char *path = options_value(work->outputs.options, "key");
    struct signer *signer = NULL;
    enum err err = signer_load(path, &signer);
    if (err != ERR_OK) {
        return command_fail_err(err, path);
    }
    int status = sign_with(work, signer, path);
    signer_close(signer);
    return status;
}

static struct span day_of(struct span date) {
    return span_slice(date, 0, strlen("2026-09-01"));
}

static enum err draw(struct work *work) {
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
    return outputs_draw(&work->outputs, &card);
}

static int issue(struct work *work) {
    int status = outputs_check(work->outputs.options);
    status = status != EX_OK ? status : sign(work);
    if (status != EX_OK) {
        return status;
    }
    enum err err = draw(work);
    return err == ERR_OK ? outputs_write(&work->outputs) : command_fail_err(err, "issue");
}

static int issue_fields(struct work *work) {
    char wrong[300];
    struct room file = {0};
    const char *path = options_value(work->outputs.options, "fields");
    enum err err = file_read(path, FIELDS_FILE_BYTES, &file);
    if (err != ERR_OK) {
        return command_fail_err(err, path);
    }
    bool read = fields_parse(room_span(&file), &work->fields, wrong);
    bool inside = work->proof != PROOF_JWS && work->fields.values[FIELD_STATUS_TOKEN].len > 0;
    int status =
        !read ? command_fail(EX_DATAERR, "%s: %s", path, wrong)
        : inside
            ? command_fail(EX_DATAERR, "%s: status_token is a claim, and a proof inside has no claims", path)
            : issue(work);
    file_release(&file);
    return status;
}

static int issue_with_contexts(const struct options *options, struct work *work) {
    struct vocabulary vocabulary = {0};
    int status = work->proof == PROOF_JWS ? EX_OK : assets_vocabulary(options, &vocabulary);
    if (status == EX_OK) {
        struct shelf_view view = {.shelf = &vocabulary.shelf};
        struct context_library library = shelf_view_library(&view);
        work->outputs.library = &library;
        status = issue_fields(work);
    }
    vocabulary_close(&vocabulary);
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
    work->outputs.options = options;
    work->outputs.text = room_over(memory, ISSUING_BYTES);
    work->outputs.held = room_over(memory + ISSUING_BYTES, CONTENTS_BYTES);
    work->outputs.svg = room_over(memory + ISSUING_BYTES + CONTENTS_BYTES, CARD_BYTES);
    int status = read_choices(options, work);
    status = status != EX_OK ? status : issue_with_contexts(options, work);
    free(work);
    return status;
}

const struct command command_issue = {
    .group = "issue",
    .operands = "",
    .sentence = "Sign an Open Badges 3.0 badge, as JWT or JSON, QR code and printable card.",
    .more =
        "  credctl issue --key key.jwk --fields badge.txt --out badge.jwt --qr badge.png --svg badge.svg\n"
        "  credctl issue --key key.jwk --fields badge.txt --proof ecdsa-rdfc-2019 --out badge.json\n\n"
        "A JSON badge is what wallets take; its proof signs the statements that it makes, whatever form it "
        "is "
        "carried in.\ncredctl issue --fields-help lists what a file of fields may hold.",
    .options = table,
    .option_count = sizeof table / sizeof *table,
    .run = run,
};
