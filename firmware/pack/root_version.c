/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/root_version.h"

#include "crypto/jwk.h"
#include "pack/document.h"

/* The keys of an array of JWKs; each once. */
static enum err read_keys(const json_t *array, struct root_key keys[LIMIT_ROOT_KEYS], size_t *count) {
    size_t size = json_array_size(array);
    if (size == 0 || size > LIMIT_ROOT_KEYS) {
        return ERR_ROOT_SHAPE;
    }
    for (size_t i = 0; i < size; i++) {
        TRY(jwk_read(json_array_get(array, i), &keys[i].key));
        TRY(jwk_thumbprint(&keys[i].key, keys[i].thumbprint));
        for (size_t k = 0; k < i; k++) {
            if (crypto_key_equal(&keys[k].key, &keys[i].key)) {
                return ERR_ROOT_SHAPE;
            }
        }
    }
    *count = size;
    return ERR_OK;
}

/* Does it follow the root before it, as far as their claims go? */
static enum err check_succession(const struct root *root, const struct root *before) {
    if (root->version != (before == NULL ? 1 : before->version + 1)) {
        return ERR_ROOT_VERSION;
    }
    if (before != NULL && !span_equal(root->scheme, before->scheme)) {
        return ERR_ROOT_SCHEME;
    }
    return before != NULL && root->demo != before->demo ? ERR_ROOT_DEMO : ERR_OK;
}

enum err root_version_claims(const json_t *claims, const struct root *before, struct arena *arena,
                             struct root *out) {
    int64_t version = 0, threshold = 0;
    struct span scheme = {0};
    struct root root = {0};
    const json_t *demo = json_object_get(claims, "demo");
    if (!document_name(claims, "scheme", &scheme) || (demo != NULL && !json_is_boolean(demo)) ||
        !document_number(claims, "version", 1, INT32_MAX, &version)) {
        return ERR_ROOT_SHAPE;
    }
    TRY(arena_copy(arena, scheme, &root.scheme));
    root.version = (uint64_t)version;
    root.demo = json_is_true(demo);
    TRY(check_succession(&root, before));
    TRY(read_keys(json_object_get(claims, "keys"), root.keys, &root.key_count));
    TRY(read_keys(json_object_get(claims, "release"), root.release, &root.release_count));
    if (!document_number(claims, "threshold", 1, (int64_t)root.key_count, &threshold)) {
        return ERR_ROOT_SHAPE;
    }
    root.threshold = (uint64_t)threshold;
    *out = root;
    return ERR_OK;
}

/* The root key of an id, its place marked as having signed; NULL: there is none. */
static const struct root_key *mark(const struct root *root, const uint8_t kid[CRYPTO_SHA256_BYTES],
                                   bool signers[LIMIT_ROOT_KEYS]) {
    for (size_t i = 0; i < root->key_count; i++) {
        if (memcmp(root->keys[i].thumbprint, kid, CRYPTO_SHA256_BYTES) == 0) {
            signers[i] = true;
            return &root->keys[i];
        }
    }
    return NULL;
}

/* A key that both roots name signs for both. Nothing is kept of a version in which one signature is wrong. */
static enum err check_signature(const struct document *document, const struct root *before,
                                struct root_version *version) {
    const struct root_key *own = mark(&version->root, document->kid, version->own);
    const struct root_key *other = before == NULL ? NULL : mark(before, document->kid, version->before);
    const struct root_key *key = own != NULL ? own : other;
    if (key == NULL) {
        return ERR_ROOT_SIGNER;
    }
    enum err err =
        crypto_verify(document->alg, &key->key, document->jws.signing_input, document->jws.signature);
    return err == ERR_SIGNATURE_WRONG ? ERR_ROOT_SIGNATURE : err;
}

/* Judge one of the documents; the first gives the claims. */
static enum err read_document(struct span text, const struct root *before, struct arena *arena,
                              struct root_version *version) {
    struct document document = {0};
    TRY(document_split(text, ROOT_TYP, ERR_ROOT_TYP, arena, &document));
    enum err err = ERR_OK;
    if (version->root.version == 0) {
        err = root_version_claims(document.claims, before, arena, &version->root);
    }
    if (err == ERR_OK) {
        err = check_signature(&document, before, version);
    }
    document_close(&document);
    return err;
}

/* What stands between the dots of a JWS, still encoded. */
static struct span payload_of(struct span text) {
    size_t first = span_find(text, '.', 0);
    return first == text.len ? (struct span){0}
                             : span_slice(text, first + 1, span_find(text, '.', first + 1) - first - 1);
}

enum err root_version_read(struct span text, const struct root *before, struct arena *arena,
                           struct root_version *out) {
    struct root_version version = {0};
    struct span payload = {0};
    size_t documents = 0;
    for (size_t at = 0; at <= text.len; documents++) {
        size_t end = span_find(text, ' ', at);
        struct span document = span_slice(text, at, end - at);
        if (documents == 0) {
            payload = payload_of(document);
        } else if (!span_equal(payload, payload_of(document))) {
            break;
        } else if (documents == LIMIT_ROOT_SIGNATURES) {
            return ERR_ROOT_SHAPE;
        }
        TRY(read_document(document, before, arena, &version));
        version.text = span_slice(text, 0, end);
        at = end + 1;
    }
    *out = version;
    return ERR_OK;
}

static uint64_t missing(const struct root *root, const bool signers[LIMIT_ROOT_KEYS]) {
    uint64_t count = 0;
    for (size_t i = 0; i < root->key_count; i++) {
        count += signers[i];
    }
    return count < root->threshold ? root->threshold - count : 0;
}

uint64_t root_version_own_missing(const struct root_version *version) {
    return missing(&version->root, version->own);
}

uint64_t root_version_before_missing(const struct root_version *version, const struct root *before) {
    return before == NULL ? 0 : missing(before, version->before);
}
