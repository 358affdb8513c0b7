/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/import/published_keys.h"

#include <stdlib.h>

#include "credctl/build/issuer_file.h"
#include "credctl/build/key_file.h"

static enum err add_key(json_t *issuer, const struct key_file_key *key) {
    struct lists_key entry = {.kid = key->kid,
                              .key = key->key,
                              .alg = key->alg,
                              .valid_until_s = key->method.expires_s,
                              .withdrawn_at_s = key->method.revoked_s};
    return issuer_file_add_key(issuer, &entry, false);
}

static enum err fill(struct import_job *job, const json_t *json, const char *name, struct key_file *file,
                     json_t *issuer) {
    TRY(issuer_file_set_name(issuer, span_of_text("en"), name));
    TRY(key_file_read(json, span_of_text(name), CRYPTO_RS256, file));
    for (size_t i = 0; i < file->count; i++) {
        TRY(add_key(issuer, &file->keys[i]));
    }
    job->passed_over += file->passed_over;
    return import_add(job, issuer);
}

enum err published_keys_add(struct import_job *job, const json_t *json, struct span issuer) {
    char text[LIMIT_NAME_BYTES + 1] = "";
    if (!issuer_file_may_name(issuer)) {
        return ERR_IMPORT_NAMED;
    }
    import_at(job, issuer, 0);
    memcpy(text, issuer.ptr, issuer.len);
    json_t *made = issuer_file_new(text);
    struct key_file *file = calloc(1, sizeof *file);
    enum err err = made == NULL || file == NULL ? ERR_NO_MEMORY : fill(job, json, text, file, made);
    free(file);
    json_decref(made);
    return err;
}
