/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <sysexits.h>

#include "base/limits.h"
#include "credctl/assets.h"
#include "credctl/badge/presenting.h"
#include "credctl/build/moment.h"
#include "credctl/command.h"
#include "credctl/file.h"
#include "credctl/outputs.h"
#include "credctl/sign/public_form.h"

static const struct option_spec table[] = {
    {"key", 'k', "FILE", "The holder's private key (Ed25519, P-256 or P-384), which signs the presentation.",
     OPTION_ONCE},
    {"holder", 0, "DID", "Who shows them; with --key, otherwise that key's own did:key.", OPTION_ONCE},
    {"at", 0, "TIME", "When it is signed, instead of now; such as 2026-09-01T10:00:00Z.", OPTION_ONCE},
    {"challenge", 0, "TEXT", "What a verifier asked to be signed too; kiosks ask for nothing.", OPTION_ONCE},
    OUTPUTS_OPTIONS("Where the presentation"),
    DRAWING_OPTIONS,
    ASSETS_OPTION,
    OUTPUTS_FORCE_OPTION,
};

/* A presentation on its way from credentials to files. */
struct work {
    struct outputs outputs;
    struct room files[LIMIT_PRESENTED];
    struct span credentials[LIMIT_PRESENTED];
    char holder[PUBLIC_FORM_BYTES];
    struct signer *signer;
    int64_t created_s;
    struct arena arena;
};

static int read_credentials(const struct options *options, struct work *work) {
    for (size_t i = 0; i < options->operand_count; i++) {
        enum err err = file_read(options->operands[i], LIMIT_PAYLOAD_BYTES, &work->files[i]);
        if (err != ERR_OK) {
            return command_fail_err(err, options->operands[i]);
        }
        struct span text = room_span(&work->files[i]);
        while (text.len > 0 && (text.ptr[text.len - 1] == '\n' || text.ptr[text.len - 1] == '\r')) {
            text.len--;
        }
        work->credentials[i] = text;
    }
    return EX_OK;
}

/* The key, where there is one, and who the holder is. */
static int read_holder(const struct options *options, struct work *work) {
    const char *path = options_value(options, "key"), *told = options_value(options, "holder");
    struct room holder = room_over(work->holder, sizeof work->holder - 1);
    enum err err = path == NULL ? ERR_OK : signer_load(path, &work->signer);
    if (path == NULL && (options_has(options, "at") || options_has(options, "challenge"))) {
        return command_fail(EX_USAGE, "--at and --challenge go with --key: they are part of a signature");
    }
    if (err == ERR_OK && told != NULL) {
        err = room_put_text(&holder, told);
    } else if (err == ERR_OK && path != NULL) {
        err = public_form_did(signer_public(work->signer), &holder);
    }
    if (err != ERR_OK) {
        return command_fail_err(err, path);
    }
    return path == NULL ? EX_OK : moment_to_sign(options, &work->created_s);
}

static enum err put_text(const json_t *document, struct room *out) {
    char *text = json_dumps(document, JSON_COMPACT);
    enum err err = text == NULL ? ERR_NO_MEMORY : room_put_text(out, text);
    free(text);
    return err;
}

static int assemble(const struct options *options, struct work *work) {
    struct presenting presenting = {options->operand_count, work->credentials, span_of_text(work->holder)};
    json_t *document = NULL;
    enum err err = presenting_document(&presenting, &document);
    if (err != ERR_OK) {
        return command_fail_err(err, "present");
    }
    if (work->signer != NULL) {
        err = presenting_sign(document, work->signer, work->created_s,
                              span_of_text(options_or(options, "challenge", "")), work->outputs.library,
                              &work->arena);
    }
    err = err == ERR_OK ? put_text(document, &work->outputs.text) : err;
    json_decref(document);
    if (err == ERR_KEY_MISMATCH) {
        return command_fail(EX_DATAERR, "%s: this key does not sign for %s", options_value(options, "key"),
                            work->holder);
    }
    return err == ERR_OK ? EX_OK : command_fail_err(err, "present");
}

static int present(const struct options *options, struct work *work) {
    int status = outputs_check(options);
    status = status != EX_OK ? status : read_credentials(options, work);
    status = status != EX_OK ? status : read_holder(options, work);
    status = status != EX_OK ? status : assemble(options, work);
    if (status != EX_OK) {
        return status;
    }
    enum err err = outputs_draw(&work->outputs, NULL);
    return err == ERR_OK ? outputs_write(&work->outputs) : command_fail_err(err, "present");
}

static int present_with_contexts(const struct options *options, struct work *work) {
    struct vocabulary vocabulary = {0};
    int status = assets_vocabulary(options, &vocabulary);
    if (status == EX_OK) {
        struct shelf_view view = {.shelf = &vocabulary.shelf};
        struct context_library library = shelf_view_library(&view);
        work->outputs.library = &library;
        status = present(options, work);
    }
    vocabulary_close(&vocabulary);
    return status;
}

static void release(struct work *work) {
    for (size_t i = 0; i < LIMIT_PRESENTED; i++) {
        file_release(&work->files[i]);
    }
    signer_close(work->signer);
}

static int run(const struct options *options) {
    struct work *work = calloc(1, sizeof *work + LIMIT_PAYLOAD_BYTES + CONTENTS_BYTES);
    void *memory = malloc(LIMIT_SCAN_ARENA_BYTES);
    int status = EX_OK;
    if (work == NULL || memory == NULL) {
        status = command_fail_err(ERR_NO_MEMORY, "present");
    } else {
        uint8_t *rooms = (uint8_t *)(work + 1);
        work->outputs.options = options;
        work->outputs.text = room_over(rooms, LIMIT_PAYLOAD_BYTES);
        work->outputs.held = room_over(rooms + LIMIT_PAYLOAD_BYTES, CONTENTS_BYTES);
        work->arena = arena_over(memory, LIMIT_SCAN_ARENA_BYTES);
        const char *wrong = drawing_read(options, &work->outputs.drawing);
        status = wrong == NULL ? present_with_contexts(options, work) : command_fail(EX_USAGE, "%s", wrong);
        release(work);
    }
    free(memory);
    free(work);
    return status;
}

const struct command command_present = {
    .group = "present",
    .operands = "CREDENTIAL...",
    .operands_min = 1,
    .operands_max = LIMIT_PRESENTED,
    .sentence = "Put credentials into one presentation, signed by their holder or not, and into one QR code.",
    .more = "  credctl present badge.json first-aid.json --key holder.jwk --out both.json --qr both.png\n\n"
            "A kiosk says \"signed by its holder\" where the credentials were issued to the DID of that key: "
            "credctl key public holder.jwk\n--did gives the holder_id for the file of fields.",
    .options = table,
    .option_count = sizeof table / sizeof *table,
    .run = run,
};
