/* SPDX-License-Identifier: Apache-2.0 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

#include "base/datetime.h"
#include "credctl/assets.h"
#include "credctl/build/bitstring.h"
#include "credctl/build/moment.h"
#include "credctl/build/status_file.h"
#include "credctl/build/tokenlist_sign.h"
#include "credctl/command.h"
#include "credctl/file.h"
#include "credctl/sign/data_integrity.h"
#include "credctl/sign/signer.h"

/* Statements of a list, and its text in several forms, beside sixteen times the bitmap. */
#define PROOF_ARENA_BYTES (16u * 1024u * 1024u)

static const struct option_spec table[] = {
    {"key", 'k', "FILE", "The issuer's private key.", OPTION_REQUIRED},
    {"kid", 0, "ID", "Key id for the header.", OPTION_ONCE},
    {"days", 0, "N", "Days until the list counts as out of date; 30 where it is not given.", OPTION_ONCE},
    {"out", 'o', "FILE", "Where the signed list goes.", OPTION_REQUIRED},
    {"proof", 0, "KIND",
     "jwt (the default), or inside JSON: inside, by the suite that goes with the key. A Token Status List: "
     "jwt or cwt.",
     OPTION_ONCE},
    MOMENT_OPTION,
    ASSETS_OPTION,
    {"force", 'f', NULL, "Replace an existing file.", OPTION_ONCE},
};

/* The encodedList of a file, as JSON. NULL: out of memory. */
static json_t *encoded_list(const struct status_file *file) {
    size_t bytes = status_file_bytes(file), chars = bytes * 2 + 4096;
    uint8_t *memory = malloc(bytes + chars);
    if (memory == NULL) {
        return NULL;
    }
    struct room bitmap = room_over(memory, bytes), text = room_over(memory + bytes, chars);
    enum err err = status_file_bitmap(file, &bitmap);
    if (err == ERR_OK) {
        err = bitstring_encode(room_span(&bitmap), &text);
    }
    json_t *json = err == ERR_OK ? json_stringn((const char *)text.ptr, text.len) : NULL;
    free(memory);
    return json;
}

/* The credential of W3C Bitstring Status List 1.0 section 2.2, under VCDM 2.0. */
static json_t *credential(const struct status_file *file, int64_t from_s, int64_t until_s) {
    char from[DATETIME_TEXT_SIZE], until[DATETIME_TEXT_SIZE];
    datetime_text(from_s, from);
    datetime_text(until_s, until);
    return json_pack("{s:[s],s:s%,s:[ss],s:s%,s:s,s:s,s:{s:s,s:s%,s:o}}", "@context",
                     "https://www.w3.org/ns/credentials/v2", "id", file->address.ptr, file->address.len,
                     "type", "VerifiableCredential", "BitstringStatusListCredential", "issuer",
                     file->issuer.ptr, file->issuer.len, "validFrom", from, "validUntil", until,
                     "credentialSubject", "type", "BitstringStatusList", "statusPurpose", file->purpose.ptr,
                     file->purpose.len, "encodedList", encoded_list(file));
}

/* As a token around it. */
static enum err sign_jwt(const struct options *options, const char *payload, const struct signer *signer,
                         struct room *out) {
    TRY(signer_jws(signer, span_of_text("vc+jwt"), span_of_text(options_or(options, "kid", "")),
                   span_of_text(payload), out));
    return room_put_byte(out, '\n');
}

/* What a signed list takes at most: the token is base64url of it. */
static enum err write_jwt(const struct options *options, const json_t *json, const struct signer *signer) {
    char *payload = json_dumps(json, JSON_COMPACT);
    size_t cap = payload == NULL ? 0 : strlen(payload) * 2 + 4096;
    uint8_t *memory = malloc(cap + 1);
    struct room jwt = room_over(memory, cap);
    enum err err =
        payload == NULL || memory == NULL ? ERR_NO_MEMORY : sign_jwt(options, payload, signer, &jwt);
    if (err == ERR_OK) {
        struct file_how how = {.replace = options_has(options, "force")};
        err = file_write(options_value(options, "out"), room_span(&jwt), how);
    }
    free(memory);
    free(payload);
    return err;
}

/* With its proof inside. */
static enum err add_proof(json_t *json, const struct status_file *file, const struct signer *signer,
                          struct span kid, int64_t created_s, const struct shelf *shelf) {
    uint8_t name[DATA_INTEGRITY_METHOD_BYTES];
    struct room method = room_over(name, sizeof name);
    size_t size = PROOF_ARENA_BYTES + 16 * status_file_bytes(file);
    void *memory = malloc(size);
    struct arena arena = arena_over(memory, size);
    struct shelf_view view = {.shelf = shelf};
    struct context_library library = shelf_view_library(&view);
    enum err err = memory == NULL ? ERR_NO_MEMORY
                                  : data_integrity_method(signer_public(signer), file->issuer, kid, &method);
    if (err == ERR_OK) {
        struct data_integrity_options options = {.suite = data_integrity_suite(signer_alg(signer)),
                                                 .purpose = INTEGRITY_ASSERTION,
                                                 .method = room_span(&method),
                                                 .created_s = created_s};
        err = data_integrity_add(json, signer, &options, &library, &arena);
    }
    free(memory);
    return err;
}

static enum err write_document(const struct options *options, const json_t *json) {
    char *text = json_dumps(json, JSON_INDENT(2));
    struct file_how how = {.replace = options_has(options, "force")};
    enum err err =
        text == NULL ? ERR_NO_MEMORY : file_write(options_value(options, "out"), span_of_text(text), how);
    free(text);
    return err;
}

static int sign_inside(const struct options *options, json_t *json, const struct status_file *file,
                       const struct signer *signer, int64_t now_s) {
    struct vocabulary vocabulary = {0};
    if (data_integrity_suite(signer_alg(signer)) == PROOF_JWS) {
        return command_fail(EX_USAGE, "--proof inside takes a key of ES256, ES384 or EdDSA");
    }
    int status = assets_vocabulary(options, &vocabulary);
    if (status != EX_OK) {
        return status;
    }
    struct span kid = span_of_text(options_or(options, "kid", ""));
    enum err err = add_proof(json, file, signer, kid, now_s, &vocabulary.shelf);
    err = err == ERR_OK ? write_document(options, json) : err;
    vocabulary_close(&vocabulary);
    return err == ERR_OK ? EX_OK : command_fail_err(err, options_value(options, "out"));
}

/* As a credential with a token around it, or its proof inside. */
static int sign_credential(const struct options *options, const struct status_file *file,
                           const struct signer *signer, int64_t now_s, int64_t end_s) {
    const char *out = options_value(options, "out"), *proof = options_or(options, "proof", "jwt");
    bool inside = strcmp(proof, "inside") == 0;
    if (!inside && strcmp(proof, "jwt") != 0) {
        return command_fail(EX_USAGE, "--proof takes jwt or inside");
    }
    json_t *json = credential(file, now_s, end_s);
    if (json == NULL) {
        return command_fail_err(ERR_NO_MEMORY, out);
    }
    int status = EX_OK;
    if (inside) {
        status = sign_inside(options, json, file, signer, now_s);
    } else {
        enum err err = write_jwt(options, json, signer);
        status = err == ERR_OK ? EX_OK : command_fail_err(err, out);
    }
    json_decref(json);
    return status;
}

static enum err sign_token(const struct options *options, const struct status_file *file,
                           const struct signer *signer, struct tokenlist_claimed *claimed, bool cwt) {
    size_t bytes = status_file_bytes(file), cap = TOKENLIST_SIGN_ROOM(bytes);
    uint8_t *memory = malloc(bytes + cap);
    if (memory == NULL) {
        return ERR_NO_MEMORY;
    }
    struct room bitmap = room_over(memory, bytes), token = room_over(memory + bytes, cap);
    struct span kid = span_of_text(options_or(options, "kid", ""));
    enum err err = status_file_bitmap(file, &bitmap);
    claimed->bitmap = room_span(&bitmap);
    if (err == ERR_OK) {
        err = cwt ? tokenlist_sign_cwt(claimed, signer, kid, &token)
                  : tokenlist_sign_jwt(claimed, signer, kid, &token);
    }
    if (err == ERR_OK) {
        struct file_how how = {.replace = options_has(options, "force")};
        err = file_write(options_value(options, "out"), room_span(&token), how);
    }
    free(memory);
    return err;
}

/* As a Token Status List. */
static int sign_token_list(const struct options *options, const struct status_file *file,
                           const struct signer *signer, int64_t now_s, int64_t end_s) {
    const char *proof = options_or(options, "proof", "jwt");
    bool cwt = strcmp(proof, "cwt") == 0;
    struct tokenlist_claimed claimed = {
        .sub = file->address, .iat_s = now_s, .exp_s = end_s, .bits = (uint32_t)file->bits};
    if (!cwt && strcmp(proof, "jwt") != 0) {
        return command_fail(EX_USAGE, "--proof takes jwt or cwt for a Token Status List");
    }
    enum err err = sign_token(options, file, signer, &claimed, cwt);
    return err == ERR_OK ? EX_OK : command_fail_err(err, options_value(options, "out"));
}

static int sign_file(const struct options *options, const struct status_file *file,
                     const struct signer *signer) {
    int64_t days = 0, now_s = 0;
    if (!options_number(options, "days", 1, 3660, 30, &days)) {
        return command_fail(EX_USAGE, "--days takes 1 to 3660");
    }
    int status = moment_to_sign(options, &now_s);
    if (status != EX_OK) {
        return status;
    }
    int64_t end_s = now_s + days * 86400;
    return file->token ? sign_token_list(options, file, signer, now_s, end_s)
                       : sign_credential(options, file, signer, now_s, end_s);
}

static int run(const struct options *options) {
    const char *path = options->operands[0], *key = options_value(options, "key");
    struct status_file file = {0};
    struct signer *signer = NULL;
    enum err err = status_file_read(path, &file);
    if (err != ERR_OK) {
        return command_fail_err(err, path);
    }
    err = signer_load(key, &signer);
    int status = err == ERR_OK ? sign_file(options, &file, signer) : command_fail_err(err, key);
    signer_close(signer);
    status_file_close(&file);
    return status;
}

const struct command command_status_sign = {
    .group = "status",
    .name = "sign",
    .operands = "FILE",
    .operands_min = 1,
    .operands_max = 1,
    .sentence = "Sign a status list to publish and to put on trust lists: as a credential, or as a token.",
    .more =
        "  credctl status sign status.json --key key.jwk --out status.jwt\n"
        "  credctl status sign status.json --key key.jwk --proof inside --out status.jsonld\n"
        "  credctl status sign token.json --key key.jwk --proof cwt --out status.cwt\n\n"
        "Publish it at the list's address, and send it to those who make the trust lists: credctl trust add "
        "... --status-list.",
    .options = table,
    .option_count = sizeof table / sizeof *table,
    .run = run,
};
