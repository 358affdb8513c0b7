/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/key_file.h"

#include <stdio.h>

#include "codec/jsontext.h"
#include "crypto/jwk.h"
#include "crypto/multikey.h"

enum crypto_alg key_file_alg(enum crypto_key_kind kind, enum crypto_alg rsa) {
    switch (kind) {
    case CRYPTO_KEY_RSA:
        return rsa;
    case CRYPTO_KEY_P256:
        return CRYPTO_ES256;
    case CRYPTO_KEY_P384:
        return CRYPTO_ES384;
    case CRYPTO_KEY_ED25519:
        return CRYPTO_EDDSA;
    default:
        return CRYPTO_ALG_NONE;
    }
}

static enum err read_jwk(const json_t *jwk, enum crypto_alg rsa, struct key_file_key *out) {
    struct span alg = {0};
    TRY(jwk_read(jwk, &out->key));
    if (jsontext_optional_string(jwk, "kid", &out->kid) != ERR_OK ||
        jsontext_optional_string(jwk, "alg", &alg) != ERR_OK) {
        return ERR_KEY_FILE;
    }
    out->alg = key_file_alg(out->key.kind, rsa);
    if (alg.len != 0) {
        TRY(crypto_alg_from_name(alg, &out->alg));
    }
    return crypto_alg_key_kind(out->alg) == out->key.kind ? ERR_OK : ERR_KEY_MISMATCH;
}

static enum err read_set(const json_t *keys, enum crypto_alg rsa, struct key_file_key *out, size_t *count) {
    size_t used = 0;
    for (size_t i = 0; i < json_array_size(keys); i++) {
        const json_t *jwk = json_array_get(keys, i);
        if (span_equal_text(jsontext_span(json_object_get(jwk, "use")), "enc")) {
            continue;
        }
        if (used == KEY_FILE_MAX) {
            return ERR_KEY_FILE;
        }
        TRY(read_jwk(jwk, rsa, &out[used++]));
    }
    *count = used;
    return used == 0 ? ERR_KEY_FILE : ERR_OK;
}

/* A reference names a method by its whole id, or by its fragment. */
static bool names_method(struct span reference, struct span method, struct span document) {
    if (span_equal(reference, method)) {
        return true;
    }
    struct span longer = reference.len > method.len ? reference : method;
    struct span shorter = reference.len > method.len ? method : reference;
    return shorter.len > 0 && shorter.ptr[0] == '#' && longer.len == document.len + shorter.len &&
           span_equal(span_slice(longer, 0, document.len), document) &&
           span_equal(span_slice(longer, document.len, shorter.len), shorter);
}

static const json_t *find_method(const json_t *document, const json_t *reference) {
    if (json_is_object(reference)) {
        return reference;
    }
    const json_t *methods = json_object_get(document, "verificationMethod");
    struct span id = jsontext_span(json_object_get(document, "id"));
    for (size_t i = 0; i < json_array_size(methods); i++) {
        const json_t *method = json_array_get(methods, i);
        if (names_method(jsontext_span(reference), jsontext_span(json_object_get(method, "id")), id)) {
            return method;
        }
    }
    return NULL;
}

/* A method's id, made absolute. */
static enum err method_id(const json_t *method, struct span document, struct key_file_key *out) {
    struct span id = jsontext_span(json_object_get(method, "id"));
    if (id.len == 0) {
        return ERR_KEY_FILE;
    }
    if (id.ptr[0] != '#') {
        bool own = id.len > document.len && id.ptr[document.len] == '#' &&
                   span_equal(span_slice(id, 0, document.len), document);
        out->kid = id;
        return own ? ERR_OK : ERR_KEY_FILE_OWNER;
    }
    int length = snprintf(out->absolute, sizeof out->absolute, "%.*s%.*s", (int)document.len,
                          (const char *)document.ptr, (int)id.len, (const char *)id.ptr);
    out->kid = span_of_text(out->absolute);
    return length > 0 && (size_t)length < sizeof out->absolute ? ERR_OK : ERR_KEY_FILE;
}

static enum err read_method(const json_t *method, struct span document, enum crypto_alg rsa,
                            struct key_file_key *out) {
    const json_t *jwk = json_object_get(method, "publicKeyJwk"),
                 *controller = json_object_get(method, "controller");
    struct span multibase = jsontext_span(json_object_get(method, "publicKeyMultibase"));
    /* Another controller may change the key at will, and this document would not tell. */
    if (controller != NULL && !span_equal(jsontext_span(controller), document)) {
        return ERR_KEY_FILE_OWNER;
    }
    if (jwk != NULL) {
        TRY(read_jwk(jwk, rsa, out));
    } else if (multibase.len != 0) {
        TRY(multikey_read(multibase, &out->key));
        out->alg = key_file_alg(out->key.kind, rsa);
    } else {
        return ERR_KEY_FILE;
    }
    return method_id(method, document, out);
}

static enum err read_document(const json_t *json, struct span issuer, enum crypto_alg rsa,
                              struct key_file_key *out, size_t *count) {
    const json_t *references = json_object_get(json, "assertionMethod");
    struct span id = jsontext_span(json_object_get(json, "id"));
    size_t used = 0;
    if (!span_equal(id, issuer)) {
        return ERR_KEY_FILE_OWNER;
    }
    for (size_t i = 0; i < json_array_size(references); i++) {
        const json_t *method = find_method(json, json_array_get(references, i));
        if (method == NULL || used == KEY_FILE_MAX) {
            return ERR_KEY_FILE;
        }
        TRY(read_method(method, id, rsa, &out[used++]));
    }
    *count = used;
    return used == 0 ? ERR_KEY_FILE : ERR_OK;
}

enum err key_file_read(const json_t *json, struct span issuer, enum crypto_alg rsa, struct key_file_key *out,
                       size_t *count) {
    if (json_object_get(json, "kty") != NULL) {
        *count = 1;
        return read_jwk(json, rsa, out);
    }
    if (json_object_get(json, "keys") != NULL) {
        return read_set(json_object_get(json, "keys"), rsa, out, count);
    }
    if (json_object_get(json, "verificationMethod") != NULL ||
        json_object_get(json, "assertionMethod") != NULL) {
        return read_document(json, issuer, rsa, out, count);
    }
    return ERR_KEY_FILE;
}
