/* SPDX-License-Identifier: Apache-2.0 */
/* Keys that an issuer publishes as a JWK or a key set (RFC 7517); neither says whose they are, nor its name. */
#include "credctl/import/entry.h"

static enum err add_file(struct import_job *job, size_t input, struct entry *entry) {
    json_t *json = NULL;
    TRY(import_json(job, input, &json));
    enum err err = entry_keys(entry, json);
    json_decref(json);
    return err;
}

static enum err fill(struct import_job *job, struct span identifier, struct entry *entry) {
    json_t *name = json_stringn((const char *)identifier.ptr, identifier.len);
    enum err err = entry_name(entry, "en", name);
    json_decref(name);
    for (size_t i = 0; err == ERR_OK && i < job->input_count; i++) {
        err = add_file(job, i, entry);
    }
    return err == ERR_OK ? entry_add(entry) : err;
}

static enum err read_jwks(struct import_job *job) {
    struct span issuer = span_of_text(options_or(job->options, "issuer", ""));
    struct roll roll = {0};
    struct entry *entry = NULL;
    if (issuer.len == 0) {
        return ERR_IMPORT_NAMED;
    }
    enum err err = entry_open(job, issuer, &roll, &entry);
    if (err == ERR_OK) {
        err = fill(job, issuer, entry);
    }
    entry_close(entry);
    roll_close(&roll);
    return err;
}

const struct import_format import_jwks = {
    .name = "jwks",
    .sentence = "Key sets or single JWKs of one issuer, whom --issuer names; unsigned.",
    .takes = {"issuer"},
    .read = read_jwks,
};
