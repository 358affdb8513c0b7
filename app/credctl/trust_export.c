/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "credctl/build/issuer_file.h"
#include "credctl/build/jades.h"
#include "credctl/build/merge.h"
#include "credctl/build/moment.h"
#include "credctl/build/workspace.h"
#include "credctl/command.h"
#include "credctl/import/import.h"
#include "credctl/import/lote_write.h"

#define DAY_S    86400
#define DAYS_MAX 366

static const struct option_spec table[] = {
    {"key", 'k', "FILE", "The private key that signs the list, a JWK.", OPTION_ONCE},
    {"cert", 'c', "FILE", "Its certificate, PEM; needed with --key.", OPTION_ONCE},
    {"operator", 0, "NAME", "Who publishes the list; the scheme's id where it is not given.", OPTION_ONCE},
    {"territory", 0, "CC", "Of the list: two capitals, such as EE or EU.", OPTION_ONCE},
    {"seq", 0, "N", "Number of the list; that of the pack signed last where it is not given.", OPTION_ONCE},
    {"days", 0, "N", "Days until its next update; 14 where it is not given.", OPTION_ONCE},
    {"accept-unsigned", 0, NULL, "Take over what nobody signed; the list does not say so.", OPTION_ONCE},
    {"ed25519", 0, NULL, "Take over Ed25519 keys, for which the standard's schema has no place.",
     OPTION_ONCE},
    MOMENT_OPTION,
    {"force", 'f', NULL, "Replace an existing file.", OPTION_ONCE},
};

/* A list being written. */
struct work {
    const struct options *options;
    struct workspace workspace;
    struct lote_write_scheme scheme;
    struct signer *signer;
    uint8_t der[LIMIT_CERTIFICATE_BYTES];
    struct certificate certificate;
    struct lote_write_how how;
    FILE *text;
    char *memory;
    size_t size;
    uint64_t issuers, left_out, keys_left_out;
};

static int read_scheme(struct work *work) {
    const struct options *options = work->options;
    int64_t days = 0, usual = work->workspace.seq > 0 ? work->workspace.seq : 1;
    const char *name = options_value(options, "operator"), *territory = options_or(options, "territory", "");
    if (!options_number(options, "seq", 1, LIMIT_JSON_INTEGER, usual, &work->scheme.seq) ||
        !options_number(options, "days", 1, DAYS_MAX, 14, &days)) {
        return command_fail(EX_USAGE, "--seq takes a number from 1, --days 1 to %d", DAYS_MAX);
    }
    if (territory[0] != '\0' &&
        (strlen(territory) != 2 || strspn(territory, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 2)) {
        return command_fail(EX_USAGE, "--territory takes two capitals");
    }
    if (name != NULL && (name[0] == '\0' || !utf8_valid(span_of_text(name)))) {
        return command_fail(EX_USAGE, "--operator takes a name");
    }
    work->scheme.operator_name = name != NULL ? span_of_text(name) : work->workspace.scheme;
    work->scheme.territory = span_of_text(territory);
    work->how.with_unsigned = options_has(options, "accept-unsigned");
    work->how.with_okp = options_has(options, "ed25519");
    int status = moment_to_sign(options, &work->scheme.issued_s);
    work->scheme.next_update_s = work->scheme.issued_s + days * DAY_S;
    return status;
}

static int read_signer(struct work *work) {
    const char *key = options_value(work->options, "key"), *path = options_value(work->options, "cert");
    struct room text = {0}, der = room_over(work->der, sizeof work->der);
    size_t at = 0;
    if ((key == NULL) != (path == NULL)) {
        return command_fail(EX_USAGE, "--key and --cert go together");
    }
    if (key == NULL) {
        return EX_OK;
    }
    enum err err = signer_load(key, &work->signer);
    if (err != ERR_OK) {
        return command_fail_err(err, key);
    }
    err = file_read(path, 2 * LIMIT_CERTIFICATE_BYTES, &text);
    err = err == ERR_OK ? certificate_next_pem(room_span(&text), &at, &der) : err;
    file_release(&text);
    err = err == ERR_OK ? certificate_read(room_span(&der), &work->certificate) : err;
    return err == ERR_OK ? EX_OK : command_fail_err(err, path);
}

static enum err put_json(struct work *work, json_t *json) {
    int written = json == NULL ? -1 : json_dumpf(json, work->text, JSON_COMPACT | JSON_SORT_KEYS);
    json_decref(json);
    if (written != 0 || ferror(work->text)) {
        return ERR_NO_MEMORY;
    }
    return ftell(work->text) <= (long)IMPORT_TEXT_MAX ? ERR_OK : ERR_FILE_LARGE;
}

static enum err put_issuer(void *ctx, const json_t *issuer, bool by_hand) {
    struct work *work = ctx;
    json_t *entity = NULL;
    (void)by_hand;
    TRY(lote_write_entity(issuer, &work->how, &work->keys_left_out, &entity));
    if (entity == NULL) {
        work->left_out++;
        return ERR_OK;
    }
    fputs(work->issuers == 0 ? ",\"TrustedEntitiesList\":[\n" : ",\n", work->text);
    work->issuers++;
    return put_json(work, entity);
}

static enum err put_list(struct work *work, struct merge *merge) {
    fputs("{\"LoTE\":{\"ListAndSchemeInformation\":", work->text);
    TRY(put_json(work, lote_write_scheme_json(&work->scheme)));
    TRY(merge_each(merge, put_issuer, NULL, work));
    fputs(work->issuers == 0 ? "}}\n" : "]}}\n", work->text);
    return fflush(work->text) == 0 ? ERR_OK : ERR_NO_MEMORY;
}

static enum err write_signed(const struct work *work, const char *path, struct file_how how) {
    size_t cap = (work->size + JADES_HEADER_BYTES) / 3 * 4 + JADES_HEADER_BYTES;
    struct room room = room_over(malloc(cap), cap);
    enum err err = room.ptr == NULL ? ERR_NO_MEMORY
                                    : jades_sign(work->signer, &work->certificate, work->scheme.issued_s,
                                                 span_of_bytes(work->memory, work->size), &room);
    if (err == ERR_OK) {
        err = file_write(path, room_span(&room), how);
    }
    free(room.ptr);
    return err;
}

static int export(struct work *work, const char *path) {
    struct merge *merge = NULL;
    struct file_how how = {.replace = options_has(work->options, "force")};
    work->text = open_memstream(&work->memory, &work->size);
    enum err err = work->text == NULL
                       ? ERR_NO_MEMORY
                       : merge_open(work->workspace.folder, work->scheme.issued_s, NULL, NULL, &merge);
    err = err == ERR_OK ? put_list(work, merge) : err;
    int status = err == ERR_OK
                     ? EX_OK
                     : command_fail_err(err, merge == NULL ? work->workspace.folder : merge_trouble(merge));
    merge_close(merge);
    if (status != EX_OK) {
        return status;
    }
    err = work->signer != NULL ? write_signed(work, path, how)
                               : file_write(path, span_of_bytes(work->memory, work->size), how);
    return err == ERR_OK ? EX_OK : command_fail_err(err, path);
}

static void report(const struct work *work, const char *path) {
    printf("%s: %" PRIu64 " issuers, number %" PRId64 "%s", path, work->issuers, work->scheme.seq,
           work->signer == NULL ? "; unsigned" : "");
    if (work->left_out + work->keys_left_out > 0) {
        printf("; left out %" PRIu64 " issuers and %" PRIu64 " keys", work->left_out, work->keys_left_out);
    }
    putchar('\n');
}

static int run_in(struct work *work, const char *folder, const char *path) {
    enum err err = workspace_open(folder, &work->workspace);
    if (err != ERR_OK) {
        return command_fail_err(err, folder);
    }
    int status = read_scheme(work);
    status = status == EX_OK ? read_signer(work) : status;
    status = status == EX_OK ? export(work, path) : status;
    if (status == EX_OK && strcmp(path, "-") != 0) {
        report(work, path);
    }
    return status;
}

static int run(const struct options *options) {
    const char *folder = options->operands[1];
    struct work *work = calloc(1, sizeof *work);
    int lock = -1;
    if (strcmp(options->operands[0], "lote") != 0) {
        free(work);
        return command_fail(EX_USAGE, "\"%s\" is no format: lote is", options->operands[0]);
    }
    enum err err = work == NULL ? ERR_NO_MEMORY : workspace_lock(folder, &lock);
    int status = EX_OSERR;
    if (err == ERR_OK) {
        work->options = options;
        status = run_in(work, folder, options->operands[2]);
    } else {
        status = command_fail_err(err, folder);
    }
    if (lock >= 0) {
        close(lock);
    }
    if (work != NULL) {
        if (work->text != NULL) {
            fclose(work->text);
        }
        free(work->memory);
        signer_close(work->signer);
        workspace_close(&work->workspace);
    }
    free(work);
    return status;
}

const struct command command_trust_export = {
    .group = "trust",
    .name = "export",
    .operands = "FORMAT FOLDER OUT",
    .operands_min = 3,
    .operands_max = 3,
    .sentence =
        "Publish a workspace's issuers as a list that others can read: lote, ETSI TS 119 602 in JSON.",
    .more =
        "  credctl trust export lote lists badges.json\n"
        "  credctl trust export lote lists badges.jws --key operator.jwk --cert operator.pem\n\n"
        "Signed, it is a compact JAdES signature of level B-B. What a key may sign is a critical extension, "
        "CredentialScope:\nreaders that do not know it must refuse the list rather than trust a key for "
        "more. "
        "Keys that nobody signed are\nleft out unless --accept-unsigned, Ed25519 keys unless --ed25519; both "
        "are counted.",
    .options = table,
    .option_count = sizeof table / sizeof *table,
    .run = run,
};
