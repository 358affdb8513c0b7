/* document: a signed document of our own (root, manifest, freshness token): a compact JWS whose header holds alg, typ and kid,
 * and nothing else. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PACK_DOCUMENT_H
#define PACK_DOCUMENT_H

#include "base/arena.h"
#include "base/err.h"
#include "codec/jws.h"
#include "crypto/crypto.h"

/* Taken apart, not checked. All zero is none. */
struct document {
    struct jws jws;
    json_t *claims; /* the payload, an object; owned */
    enum crypto_alg alg;
    uint8_t kid[CRYPTO_SHA256_BYTES]; /* RFC 7638 thumbprint of the signing key */
};

/*
 * Take a document apart; its signature is the caller's to check.
 *
 * typ      what the header must say
 * typ_err  what comes back when it says something else
 * out      document_close it
 *
 * typ_err
 * ERR_JWS_HEADER       members beside alg, typ and kid, or a kid that is no SHA-256 in base64url
 * ERR_ALG_UNSUPPORTED  another algorithm than ES256, ES384 and EdDSA
 * ERR_JSON_TYPE        the payload is no object
 * and those of jws_split, crypto_alg_from_name and jsontext_parse
 */
MUST_USE enum err document_split(struct span text, const char *typ, enum err typ_err, struct arena *arena,
                                 struct document *out);

/* Release it, and zero it. */
void document_close(struct document *document);

/* A whole number from min to max. False: it is something else, or absent. */
bool document_number(const json_t *claims, const char *member, int64_t min, int64_t max, int64_t *out);

/* A string of 1 to LIMIT_NAME_BYTES bytes. False: it is something else, or absent. */
bool document_name(const json_t *claims, const char *member, struct span *out);

/* 64 small hexadecimal digits. False: it is something else, or absent; out is then undefined. */
bool document_sha256(const json_t *claims, const char *member, uint8_t out[CRYPTO_SHA256_BYTES]);

#endif
