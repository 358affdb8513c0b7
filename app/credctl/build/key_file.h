/* key_file: public keys out of what issuers publish: a JWK, a key set, or a DID document. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_KEY_FILE_H
#define CREDCTL_BUILD_KEY_FILE_H

#include <jansson.h>

#include "base/span.h"
#include "crypto/crypto.h"

/* Keys of one file; an issuer with more publishes another. */
#define KEY_FILE_MAX 64u

/* A key as the file has it. `kid` points into the JSON, or into `absolute`. */
struct key_file_key {
    struct span kid; /* or empty */
    struct crypto_key key;
    enum crypto_alg alg;
    char absolute[1200]; /* room for the id of a verification method that is relative to its document */
};

/*
 * The keys of a file's JSON.
 *
 * A JWK with its "kid" and "alg"; a key set {"keys": [...]}, whose keys for encryption ("use": "enc") are
 * left out; a DID document: the verification methods that assertionMethod names or holds, by publicKeyJwk or
 * publicKeyMultibase, with the method's id as key id.
 *
 * json    borrowed; must outlive the keys
 * issuer  whose document it must be, where it is a DID document
 * rsa     algorithm of an RSA key that does not say which (RS256 or PS256)
 *
 * ERR_KEY_FILE        none of the three, or it holds no usable key, or too many
 * ERR_KEY_FILE_OWNER  another DID's document, or a method in it that another DID names or controls
 * and those of jwk_read, multikey_read and crypto_alg_from_name
 */
MUST_USE enum err key_file_read(const json_t *json, struct span issuer, enum crypto_alg rsa,
                                struct key_file_key *out, size_t *count);

/* The algorithm that a kind of key is used with. */
enum crypto_alg key_file_alg(enum crypto_key_kind kind, enum crypto_alg rsa);

#endif
