/* SPDX-License-Identifier: Apache-2.0 */
/*
 * registries: lists of issuers as others publish them. The first byte chooses the format, the second whether a key is pinned (1)
 * and a type is given (2); then come the files, with 0x1E between. A file that begins with S is what a token signs, and is signed
 * by the pinned key; for EBSI it becomes a record whose body is that token.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "codec/jsontext.h"
#include "credctl/build/hosted_file.h"
#include "credctl/build/issuer_file.h"
#include "credctl/import/import.h"
#include "credctl/sign/public_form.h"
#include "credctl/sign/signer.h"
#include "tests/lib/temp_folder.h"

#define PARTS_MAX 6u
#define NOW_S     1787904000LL
/* Issuers gather in one file; it is begun anew so often. */
#define RUNS_MAX 2000u

static void insist(bool holds) {
    if (!holds) {
        abort();
    }
}

struct stage {
    char folder[TEMP_FOLDER_SIZE], pin[PATH_MAX];
    struct signer *signer;
    struct import_file *file;
    unsigned runs;
};

static void write_pin(struct stage *stage) {
    uint8_t text[PUBLIC_FORM_BYTES];
    struct room room = room_over(text, sizeof text);
    insist(public_form_jwk(signer_alg(stage->signer), signer_public(stage->signer), span_of_text("k"),
                           &room) == ERR_OK);
    snprintf(stage->pin, sizeof stage->pin, "%s/pin", stage->folder);
    insist(file_write(stage->pin, room_span(&room), (struct file_how){0}) == ERR_OK);
}

static struct stage the_stage;

static void leave(void) {
    import_file_close(the_stage.file);
    signer_close(the_stage.signer);
    (void)temp_folder_remove(the_stage.folder);
}

static struct stage *begin(void) {
    struct stage *stage = &the_stage;
    if (stage->signer == NULL) {
        insist(crypto_start() == ERR_OK && temp_folder_make(stage->folder));
        insist(signer_make(CRYPTO_EDDSA, &stage->signer) == ERR_OK);
        write_pin(stage);
        insist(atexit(leave) == 0);
    }
    if (stage->runs++ % RUNS_MAX == 0) {
        import_file_close(stage->file);
        insist(import_file_begin(stage->folder, "fuzz", NOW_S, &stage->file) == ERR_OK);
    }
    return stage;
}

static struct room copy_of(struct span text) {
    struct room room = room_over(malloc(text.len + 1), text.len + 1);
    insist(room_put(&room, text) == ERR_OK);
    return room;
}

static struct room token_of(const struct stage *stage, const char *typ, struct span payload) {
    size_t size = payload.len * 2 + 1024;
    struct room room = room_over(malloc(size), size);
    insist(signer_jws(stage->signer, span_of_text(typ), span_of_text("k"), payload, &room) == ERR_OK);
    return room;
}

/* {"did", "attribute"} around a token; both names are its own claims. */
static struct room record_of(const struct stage *stage, struct span payload) {
    struct room token = token_of(stage, "JWT", payload);
    uint8_t sha256[CRYPTO_SHA256_BYTES];
    char hex[2 * CRYPTO_SHA256_BYTES + 1];
    json_t *claims = NULL;
    insist(crypto_sha256(room_span(&token), sha256) == ERR_OK);
    for (size_t i = 0; i < sizeof sha256; i++) {
        snprintf(hex + 2 * i, 3, "%02x", sha256[i]);
    }
    (void)!jsontext_parse(payload, &claims);
    const char *sub = json_string_value(json_object_get(claims, "sub"));
    const char *iss = json_string_value(json_object_get(claims, "iss"));
    json_t *record = json_pack("{s:s,s:{s:s%,s:s,s:s}}", "did", sub == NULL ? "" : sub, "attribute", "body",
                               token.ptr, token.len, "hash", hex, "tao", iss == NULL ? "" : iss);
    insist(record != NULL);
    char *text = json_dumps(record, JSON_COMPACT);
    struct room room = copy_of(span_of_text(text));
    free(text);
    json_decref(record);
    json_decref(claims);
    free(token.ptr);
    return room;
}

static const struct import_format *const formats[] = {&import_vci, &import_dcc, &import_oidf,
                                                      &import_recognized_entities, &import_ebsi};
#define FORMATS (sizeof formats / sizeof *formats)

static struct room input_of(const struct stage *stage, const struct import_format *format, struct span part) {
    if (part.len == 0 || part.ptr[0] != 'S') {
        return copy_of(part);
    }
    struct span payload = span_slice(part, 1, part.len);
    return format == &import_ebsi
               ? record_of(stage, payload)
               : token_of(stage, format == &import_oidf ? "entity-statement+jwt" : "vc+jwt", payload);
}

/* What every list promises: nothing counts as signed that was not, and all that was added can be listed (import_add says so). */
static void insist_on(const struct import_job *job, enum err err, bool some_signed, bool pinned) {
    insist(err == ERR_OK || err != ERR_ISSUER_FILE);
    insist(!job->source.is_signed || (pinned && some_signed));
    insist(job->source.issued_s <= NOW_S || err != ERR_OK);
    insist(strlen(job->entry) < IMPORT_ENTRY_SIZE);
}

static void import(struct stage *stage, const struct import_format *format, uint8_t flags, struct span rest) {
    static const struct option_spec pin = {.name = "pin"}, type = {.name = "type"};
    struct options options = {0};
    struct import_input inputs[PARTS_MAX] = {0};
    struct import_job job = {.options = &options,
                             .now = interval_at(NOW_S),
                             .name = "fuzz",
                             .url = "",
                             .inputs = inputs,
                             .notes = UINT64_MAX / 2, /* nothing on standard error */
                             .file = stage->file};
    bool pinned = (flags & 1) != 0 && format != &import_vci && format != &import_dcc, some_signed = false;
    for (size_t at = 0; job.input_count < PARTS_MAX && at <= rest.len; job.input_count++) {
        size_t end = span_find(rest, 0x1E, at);
        struct span part = span_slice(rest, at, end - at);
        some_signed = some_signed || (part.len > 0 && part.ptr[0] == 'S');
        inputs[job.input_count] = (struct import_input){"fuzz", true, input_of(stage, format, part), {0}};
        at = end + 1;
    }
    if (pinned) {
        options.given[options.given_count].spec = &pin;
        options.given[options.given_count++].value = stage->pin;
    }
    if ((flags & 2) != 0) {
        options.given[options.given_count].spec = &type;
        options.given[options.given_count++].value = "Diploma";
    }
    insist_on(&job, format->read(&job), some_signed, pinned);
    for (size_t i = 0; i < job.input_count; i++) {
        free(inputs[i].text.ptr);
    }
}

static void read_hosted(struct span text) {
    json_t *json = NULL;
    struct hosted_file file = {0};
    if (jsontext_parse(text, &json) == ERR_OK && hosted_file_read(json, &file) == ERR_OK) {
        insist(file.kind != NULL && span_starts_with(file.address, "https://") &&
               file.address.len <= LIMIT_NAME_BYTES);
    }
    json_decref(json);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct stage *stage = begin();
    if (size < 2) {
        return 0;
    }
    struct span rest = span_of_bytes(data + 2, size - 2);
    size_t format = data[0] % (FORMATS + 1);
    if (format == FORMATS) {
        read_hosted(rest);
    } else {
        import(stage, formats[format], data[1], rest);
    }
    return 0;
}
