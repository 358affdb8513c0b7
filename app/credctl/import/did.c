/* SPDX-License-Identifier: Apache-2.0 */
/* DID documents (DID 1.0): each says whose it is, and its identifier is its name until somebody gives it one by hand. */
#include "codec/jsontext.h"
#include "credctl/import/entry.h"

static enum err add_document(struct import_job *job, const json_t *json, struct roll *roll) {
    const json_t *id = json_object_get(json, "id");
    struct entry *entry = NULL;
    if (!span_starts_with(jsontext_span(id), "did:") || json_object_get(json, "kty") != NULL ||
        json_object_get(json, "keys") != NULL) {
        return ERR_IMPORT_SHAPE;
    }
    enum err err = entry_open(job, jsontext_span(id), roll, &entry);
    err = err == ERR_OK ? entry_name(entry, "en", id) : err;
    err = err == ERR_OK ? entry_keys(entry, json) : err;
    err = err == ERR_OK ? entry_add(entry) : err;
    entry_close(entry);
    return err;
}

static enum err read_did(struct import_job *job) {
    struct roll roll = {0};
    enum err err = ERR_OK;
    for (size_t i = 0; err == ERR_OK && i < job->input_count; i++) {
        json_t *json = NULL;
        err = import_json(job, i, &json);
        err = err == ERR_OK ? add_document(job, json, &roll) : err;
        json_decref(json);
    }
    roll_close(&roll);
    return err;
}

const struct import_format import_did = {
    .name = "did",
    .sentence = "DID documents, one a file; the keys of assertionMethod count; unsigned.",
    .read = read_did,
};
