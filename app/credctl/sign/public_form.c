/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/sign/public_form.h"

#include <jansson.h>
#include <stdlib.h>

#include "codec/base64url.h"
#include "crypto/did.h"
#include "crypto/jwk.h"
#include "crypto/multikey.h"

/* A did:jwk of RSA with 4,096 bits, decoded, takes less. */
#define DID_ARENA_BYTES 65536u

enum err public_form_thumbprint(const struct crypto_key *key, struct room *out) {
    uint8_t thumbprint[CRYPTO_SHA256_BYTES];
    TRY(jwk_thumbprint(key, thumbprint));
    return base64url_encode(span_of_bytes(thumbprint, sizeof thumbprint), out);
}

enum err public_form_check_did(const struct crypto_key *key, struct span did) {
    if (!did_is_self_certifying(did)) {
        return ERR_OK;
    }
    void *memory = malloc(DID_ARENA_BYTES);
    struct arena arena = arena_over(memory, DID_ARENA_BYTES);
    struct crypto_key own = {0};
    enum err err = memory == NULL ? ERR_NO_MEMORY : did_own_key(did, &arena, &own);
    free(memory);
    if (err != ERR_OK) {
        return err;
    }
    return crypto_key_equal(&own, key) ? ERR_OK : ERR_KEY_MISMATCH;
}

static json_t *string_of(struct span text) {
    return json_stringn((const char *)text.ptr, text.len);
}

/* The JWK as a value; *out is the caller's. */
static enum err jwk_value(enum crypto_alg alg, const struct crypto_key *key, struct span kid, json_t **out) {
    uint8_t text[PUBLIC_FORM_BYTES], name[64];
    struct room jwk = room_over(text, sizeof text), thumbprint = room_over(name, sizeof name);
    TRY(jwk_write(key, &jwk));
    TRY(public_form_thumbprint(key, &thumbprint));
    json_t *value = json_loadb((const char *)jwk.ptr, jwk.len, 0, NULL);
    json_object_set_new(value, "kid", string_of(kid.len > 0 ? kid : room_span(&thumbprint)));
    json_object_set_new(value, "alg", json_string(crypto_alg_name(alg)));
    if (json_object_size(value) < 5) { /* kty, two or more members of the key, kid, alg */
        json_decref(value);
        return ERR_NO_MEMORY;
    }
    *out = value;
    return ERR_OK;
}

/* Append the value's text, and release it. */
static enum err put_value(json_t *value, struct room *out) {
    char *text = json_dumps(value, JSON_INDENT(2));
    json_decref(value);
    enum err err = text == NULL ? ERR_NO_MEMORY : room_put_text(out, text);
    free(text);
    return err == ERR_OK ? room_put_byte(out, '\n') : err;
}

enum err public_form_jwk(enum crypto_alg alg, const struct crypto_key *key, struct span kid,
                         struct room *out) {
    json_t *jwk = NULL;
    TRY(jwk_value(alg, key, kid, &jwk));
    return put_value(jwk, out);
}

enum err public_form_jwks(enum crypto_alg alg, const struct crypto_key *key, struct span kid,
                          struct room *out) {
    json_t *jwk = NULL;
    TRY(jwk_value(alg, key, kid, &jwk));
    return put_value(json_pack("{s:[o]}", "keys", jwk), out);
}

enum err public_form_did(const struct crypto_key *key, struct room *out) {
    if (key->kind != CRYPTO_KEY_RSA) {
        TRY(room_put_text(out, "did:key:"));
        return multikey_write(key, out);
    }
    uint8_t text[PUBLIC_FORM_BYTES];
    struct room jwk = room_over(text, sizeof text);
    TRY(jwk_write(key, &jwk));
    TRY(room_put_text(out, "did:jwk:"));
    return base64url_encode(room_span(&jwk), out);
}

enum err public_form_kid(const struct crypto_key *key, struct span issuer, struct room *out) {
    if (!span_starts_with(issuer, "did:")) {
        return public_form_thumbprint(key, out);
    }
    TRY(room_put(out, issuer));
    TRY(room_put_text(out, "#"));
    if (span_starts_with(issuer, "did:key:")) {
        return room_put(out, span_slice(issuer, strlen("did:key:"), issuer.len));
    }
    return span_starts_with(issuer, "did:jwk:") ? room_put_text(out, "0") : public_form_thumbprint(key, out);
}

enum err public_form_document(enum crypto_alg alg, const struct crypto_key *key, struct span did,
                              struct span kid, struct room *out) {
    uint8_t text[1024];
    struct room usual = room_over(text, sizeof text);
    json_t *jwk = NULL;
    TRY(public_form_kid(key, did, &usual));
    struct span id = kid.len > 0 ? kid : room_span(&usual);
    TRY(jwk_value(alg, key, id, &jwk));
    json_t *document =
        json_pack("{s:[s,s], s:s%, s:[{s:s%, s:s, s:s%, s:o}], s:[s%]}", "@context",
                  "https://www.w3.org/ns/did/v1", "https://w3id.org/security/jwk/v1", "id", did.ptr, did.len,
                  "verificationMethod", "id", id.ptr, id.len, "type", "JsonWebKey", "controller", did.ptr,
                  did.len, "publicKeyJwk", jwk, "assertionMethod", id.ptr, id.len);
    return document == NULL ? ERR_KEY_SHAPE : put_value(document, out);
}
