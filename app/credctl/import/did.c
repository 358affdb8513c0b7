/* SPDX-License-Identifier: Apache-2.0 */
/* DID documents (DID 1.0): each says whose it is. */
#include "codec/jsontext.h"
#include "credctl/import/published_keys.h"

static enum err read_document(struct import_job *job, const json_t *json) {
    struct span id = {0}, wanted = span_of_text(options_or(job->options, "issuer", ""));
    if (jsontext_string(json, "id", &id) != ERR_OK || !span_starts_with(id, "did:") ||
        (json_object_get(json, "verificationMethod") == NULL &&
         json_object_get(json, "assertionMethod") == NULL)) {
        return ERR_IMPORT_SHAPE;
    }
    return wanted.len > 0 && !span_equal(wanted, id) ? ERR_KEY_FILE_OWNER : published_keys_add(job, json, id);
}

static enum err read_did(struct import_job *job) {
    for (size_t i = 0; i < job->input_count; i++) {
        json_t *json = NULL;
        TRY(import_json(job, i, &json));
        enum err err = read_document(job, json);
        json_decref(json);
        TRY(err);
    }
    return ERR_OK;
}

const struct import_format import_did = {
    .name = "did",
    .sentence = "DID documents, one a file; the keys of assertionMethod count; unsigned.",
    .read = read_did,
};
