/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/root.h"

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

static enum err read_claims(const json_t *claims, struct arena *arena, struct root *root) {
    int64_t version = 0, threshold = 0;
    struct span scheme = {0};
    const json_t *demo = json_object_get(claims, "demo");
    if (!document_name(claims, "scheme", &scheme) || (demo != NULL && !json_is_boolean(demo)) ||
        !document_number(claims, "version", 1, INT32_MAX, &version)) {
        return ERR_ROOT_SHAPE;
    }
    if (version != 1) {
        return ERR_ROOT_VERSION;
    }
    TRY(read_keys(json_object_get(claims, "keys"), root->keys, &root->key_count));
    TRY(read_keys(json_object_get(claims, "release"), root->release, &root->release_count));
    if (!document_number(claims, "threshold", 1, (int64_t)root->key_count, &threshold)) {
        return ERR_ROOT_SHAPE;
    }
    root->version = (uint64_t)version;
    root->threshold = (uint64_t)threshold;
    root->demo = json_is_true(demo);
    return arena_copy(arena, scheme, &root->scheme);
}

/* Check one signature; signers[i] is set for the key that made it. */
static enum err check_signature(const struct document *document, const struct root *root,
                                bool signers[LIMIT_ROOT_KEYS]) {
    for (size_t i = 0; i < root->key_count; i++) {
        if (memcmp(root->keys[i].thumbprint, document->kid, CRYPTO_SHA256_BYTES) == 0) {
            enum err err = crypto_verify(document->alg, &root->keys[i].key, document->jws.signing_input,
                                         document->jws.signature);
            signers[i] = err == ERR_OK;
            return err == ERR_SIGNATURE_WRONG ? ERR_ROOT_SIGNATURE : err;
        }
    }
    return ERR_ROOT_SIGNATURE;
}

/* Judge one of the file's documents; the first gives the claims, the others must repeat them to the byte. */
static enum err read_document(struct span text, struct arena *arena, struct span *payload, struct root *root,
                              bool signers[LIMIT_ROOT_KEYS]) {
    struct document document = {0};
    TRY(document_split(text, ROOT_TYP, ERR_ROOT_TYP, arena, &document));
    enum err err = ERR_OK;
    if (payload->ptr == NULL) {
        *payload = document.jws.payload;
        err = read_claims(document.claims, arena, root);
    } else if (!span_equal(*payload, document.jws.payload)) {
        err = ERR_ROOT_SHAPE;
    }
    if (err == ERR_OK) {
        err = check_signature(&document, root, signers);
    }
    document_close(&document);
    return err;
}

static struct span without_trailing_space(struct span text) {
    while (text.len > 0 && (text.ptr[text.len - 1] == '\n' || text.ptr[text.len - 1] == '\r' ||
                            text.ptr[text.len - 1] == ' ')) {
        text.len--;
    }
    return text;
}

enum err root_read(struct span provisioned, struct arena *arena, struct root *out) {
    struct root root = {0};
    bool signers[LIMIT_ROOT_KEYS] = {false};
    struct span text = without_trailing_space(provisioned), payload = {0};
    if (text.len == 0 || text.len > LIMIT_ROOT_CHAIN_BYTES) {
        return ERR_ROOT_SHAPE;
    }
    size_t documents = 0;
    for (size_t at = 0; at <= text.len; documents++) {
        size_t end = span_find(text, ' ', at);
        if (documents == LIMIT_ROOT_KEYS) {
            return ERR_ROOT_SHAPE;
        }
        TRY(read_document(span_slice(text, at, end - at), arena, &payload, &root, signers));
        at = end + 1;
    }
    uint64_t count = 0;
    for (size_t i = 0; i < root.key_count; i++) {
        count += signers[i];
    }
    if (count < root.threshold) {
        return ERR_ROOT_THRESHOLD;
    }
    *out = root;
    return ERR_OK;
}

enum err root_check_chain(struct span provisioned, struct span chain) {
    struct span root = without_trailing_space(provisioned);
    if (span_equal(root, chain)) {
        return ERR_OK;
    }
    bool longer = chain.len > root.len && chain.ptr[root.len] == ' ' &&
                  span_equal(span_slice(chain, 0, root.len), root);
    return longer ? ERR_ROOT_ROTATED : ERR_ROOT_OTHER;
}
