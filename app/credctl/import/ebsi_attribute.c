/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/import/ebsi_attribute.h"

#include <stdlib.h>

#include "codec/jsontext.h"

static bool names(const json_t *array, const char *word) {
    for (size_t i = 0; i < json_array_size(array); i++) {
        if (span_equal_text(jsontext_span(json_array_get(array, i)), word)) {
            return true;
        }
    }
    return false;
}

static enum err check_hash(struct span body, struct span hash) {
    uint8_t sha256[CRYPTO_SHA256_BYTES];
    char hex[2 * CRYPTO_SHA256_BYTES + 1];
    TRY(crypto_sha256(body, sha256));
    for (size_t i = 0; i < sizeof sha256; i++) {
        snprintf(hex + 2 * i, 3, "%02x", sha256[i]);
    }
    return span_equal_text(hash, hex) ? ERR_OK : ERR_IMPORT_HASH;
}

/* Every name in the credential is the one around it. */
static enum err read_accreditation(struct ebsi_attribute *out) {
    const json_t *vc = json_object_get(out->statement.claims, "vc");
    const json_t *subject = json_object_get(vc, "credentialSubject"), *types = json_object_get(vc, "type");
    bool same = span_equal(out->statement.subject, out->did) &&
                span_equal(jsontext_span(json_object_get(subject, "id")), out->did) &&
                span_equal(jsontext_span(json_object_get(vc, "issuer")), out->statement.issuer);
    if (!same || jsontext_string(vc, "id", &out->credential) != ERR_OK ||
        !names(types, "VerifiableCredential")) {
        return ERR_IMPORT_STATEMENT;
    }
    if (names(types, "VerifiableAccreditationToAttest")) {
        out->accredited_for = json_object_get(subject, "accreditedFor");
        return json_is_array(out->accredited_for) ? ERR_OK : ERR_IMPORT_STATEMENT;
    }
    return ERR_OK;
}

/* The keys of a DID document that is given beside the registry's records. */
static bool next_given(void *ctx, size_t index, struct span *kid, enum crypto_alg *alg,
                       struct crypto_key *key) {
    const struct key_file *file = ctx;
    if (index >= file->count) {
        return false;
    }
    *kid = file->keys[index].kid;
    *alg = file->keys[index].alg;
    *key = file->keys[index].key;
    return true;
}

static enum err check_by_given(struct ebsi_attribute *out, const json_t *document,
                               const struct import_job *job) {
    struct key_file *file = calloc(1, sizeof *file);
    if (file == NULL) {
        return ERR_NO_MEMORY;
    }
    enum err err = key_file_read(document, out->statement.issuer, CRYPTO_RS256, file);
    if (err == ERR_OK) {
        struct statuslist_keys keys = {file, next_given};
        err = statement_check(&out->statement, &keys, job);
    }
    free(file);
    return err;
}

/* Pinned keys first; then those that are given; else nobody can check it. */
static enum err check(struct ebsi_attribute *out, struct pins *pins, const struct dids *dids,
                      const struct import_job *job) {
    const json_t *given = dids_find(dids, out->statement.issuer);
    struct pins_of of = {pins, out->statement.issuer};
    struct statuslist_keys pinned = pins_keys_of(&of);
    struct span kid = {0};
    enum crypto_alg alg = CRYPTO_ALG_NONE;
    struct crypto_key key = {0};
    if (pinned.next(pinned.ctx, 0, &kid, &alg, &key)) {
        out->authentic = true;
        return statement_check(&out->statement, &pinned, job);
    }
    if (given != NULL) {
        return check_by_given(out, given, job);
    }
    TRY(import_not_ahead(job, out->statement.issued_s));
    bool ended =
        out->statement.expires_s != 0 && interval_is_past(&job->now, out->statement.expires_s) != ANSWER_NO;
    return ended ? ERR_IMPORT_EXPIRED : ERR_OK;
}

enum err ebsi_attribute_read(const json_t *record, struct pins *pins, const struct dids *dids,
                             const struct import_job *job, struct ebsi_attribute *out) {
    const json_t *attribute = json_object_get(record, "attribute");
    struct span body = {0}, hash = {0}, tao = {0};
    *out = (struct ebsi_attribute){0};
    if (jsontext_string(record, "did", &out->did) != ERR_OK ||
        jsontext_string(attribute, "body", &body) != ERR_OK ||
        jsontext_string(attribute, "hash", &hash) != ERR_OK ||
        jsontext_string(attribute, "tao", &tao) != ERR_OK) {
        return ERR_IMPORT_SHAPE;
    }
    TRY(check_hash(body, hash));
    TRY(statement_read(body, &out->statement));
    TRY(read_accreditation(out));
    if (!span_equal(out->statement.issuer, tao)) {
        return ERR_IMPORT_AUTHORITY;
    }
    enum err err = check(out, pins, dids, job);
    out->expired = err == ERR_IMPORT_EXPIRED;
    return out->expired ? ERR_OK : err;
}

/* Types that say nothing of what is issued: with one of them in a scope, it would admit everything. */
static bool is_general(const json_t *type) {
    struct span name = jsontext_span(type);
    return span_equal_text(name, "VerifiableCredential") || span_equal_text(name, "VerifiableAttestation");
}

static enum err add_types(const json_t *types, struct entry *entry, bool *some) {
    if (!json_is_array(types)) {
        return ERR_IMPORT_SHAPE;
    }
    for (size_t i = 0; i < json_array_size(types); i++) {
        const json_t *type = json_array_get(types, i);
        if (!is_general(type)) {
            TRY(entry_type(entry, type));
            *some = true;
        }
    }
    return ERR_OK;
}

enum err ebsi_attribute_types(const struct ebsi_attribute *attribute, struct entry *entry, bool *some) {
    for (size_t i = 0; i < json_array_size(attribute->accredited_for); i++) {
        TRY(add_types(json_object_get(json_array_get(attribute->accredited_for, i), "types"), entry, some));
    }
    return ERR_OK;
}

void ebsi_attribute_close(struct ebsi_attribute *attribute) {
    statement_close(&attribute->statement);
    *attribute = (struct ebsi_attribute){0};
}
