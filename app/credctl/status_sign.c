/* SPDX-License-Identifier: Apache-2.0 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

#include "base/datetime.h"
#include "credctl/build/bitstring.h"
#include "credctl/build/moment.h"
#include "credctl/build/status_file.h"
#include "credctl/command.h"
#include "credctl/file.h"
#include "credctl/sign/signer.h"

static const struct option_spec table[] = {
    {"key", 'k', "FILE", "The issuer's private key.", OPTION_REQUIRED},
    {"kid", 0, "ID", "Key id for the header.", OPTION_ONCE},
    {"days", 0, "N", "Days until the list counts as out of date; 30 where it is not given.", OPTION_ONCE},
    {"out", 'o', "FILE", "Where the signed list goes.", OPTION_REQUIRED},
    MOMENT_OPTION,
    {"force", 'f', NULL, "Replace an existing file.", OPTION_ONCE},
};

/* The encodedList of a file, as JSON. NULL: out of memory. */
static json_t *encoded_list(const struct status_file *file) {
    size_t bytes = ((size_t)file->entries + 7) / 8, chars = bytes * 2 + 4096;
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

static enum err sign(const struct options *options, const json_t *json, const struct signer *signer) {
    char *payload = json_dumps(json, JSON_COMPACT);
    size_t cap = payload == NULL ? 0 : strlen(payload) * 2 + 4096;
    uint8_t *memory = malloc(cap + 1);
    enum err err = payload == NULL || memory == NULL ? ERR_NO_MEMORY : ERR_OK;
    if (err == ERR_OK) {
        struct room jwt = room_over(memory, cap);
        err = signer_jws(signer, span_of_text("vc+jwt"), span_of_text(options_or(options, "kid", "")),
                         span_of_text(payload), &jwt);
        if (err == ERR_OK) {
            err = room_put_byte(&jwt, '\n');
        }
        if (err == ERR_OK) {
            struct file_how how = {.replace = options_has(options, "force")};
            err = file_write(options_value(options, "out"), room_span(&jwt), how);
        }
    }
    free(memory);
    free(payload);
    return err;
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
    json_t *json = credential(file, now_s, now_s + days * 86400);
    enum err err = json == NULL ? ERR_NO_MEMORY : sign(options, json, signer);
    json_decref(json);
    return err == ERR_OK ? EX_OK : command_fail_err(err, options_value(options, "out"));
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
    .sentence = "Sign a status list as a Bitstring Status List credential (VC-JWT) to publish and to put on "
                "trust lists.",
    .more =
        "  credctl status sign status.json --key key.jwk --out status.jwt\n\n"
        "Publish it at the list's address, and send it to those who make the trust lists: credctl trust add "
        "... --status-list.",
    .options = table,
    .option_count = sizeof table / sizeof *table,
    .run = run,
};
