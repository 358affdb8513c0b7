/* SPDX-License-Identifier: Apache-2.0 */
/* Keys that an issuer publishes as a JWK or a key set (RFC 7517); neither says whose they are. */
#include "credctl/import/published_keys.h"

static enum err read_jwks(struct import_job *job) {
    struct span issuer = span_of_text(options_or(job->options, "issuer", ""));
    for (size_t i = 0; i < job->input_count; i++) {
        json_t *json = NULL;
        TRY(import_json(job, i, &json));
        enum err err = published_keys_add(job, json, issuer);
        json_decref(json);
        TRY(err);
    }
    return ERR_OK;
}

const struct import_format import_jwks = {
    .name = "jwks",
    .sentence = "Key sets or single JWKs of one issuer, which --issuer names; unsigned.",
    .read = read_jwks,
};
