/* key_file: public keys out of what issuers publish: a JWK, a key set, or a DID document. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_KEY_FILE_H
#define CREDCTL_BUILD_KEY_FILE_H

#include <jansson.h>

#include "base/span.h"
#include "credctl/build/did_document.h"
#include "crypto/crypto.h"

/* Keys of one file; an issuer with more publishes another. */
#define KEY_FILE_MAX 64u

/* A key as the file has it. `kid` points into the JSON, or into `method`. */
struct key_file_key {
    struct span kid; /* or empty */
    struct crypto_key key;
    enum crypto_alg alg;
    struct did_document_method method; /* of a DID document; its dates are the key's */
};

/* The keys of a file. Large: not for the stack. */
struct key_file {
    size_t count;
    size_t passed_over; /* keys of kinds that are not judged here */
    struct key_file_key keys[KEY_FILE_MAX];
};

/*
 * The keys of a file's JSON.
 *
 * A JWK with its "kid" and "alg"; a key set {"keys": [...]}, whose keys for encryption ("use": "enc") are
 * left out; a DID document: the verification methods that assertionMethod names or holds, of the types Multikey,
 * JsonWebKey, JsonWebKey2020, Ed25519VerificationKey2018 and 2020, with the method's id as key id.
 *
 * json    borrowed; must outlive the keys
 * issuer  whose document it must be, where it is a DID document
 * rsa     algorithm of an RSA key that does not say which (RS256 or PS256)
 *
 * ERR_KEY_FILE         none of the three, or it holds no key, or too many; a method without a type, or with its key
 *                      elsewhere or more often than its type says
 * ERR_KEY_FILE_OWNER   another DID's document, or a method in it that another DID names or controls
 * ERR_KEY_UNSUPPORTED  it holds keys, but all of them of kinds that are not judged here
 * ERR_KEY_MISMATCH     a method of the Ed25519 types with another key; and jwk_read's
 * and those of jwk_read, multikey_read, base58_decode and crypto_alg_from_name
 */
MUST_USE enum err key_file_read(const json_t *json, struct span issuer, enum crypto_alg rsa,
                                struct key_file *out);

/* The algorithm that a kind of key is used with. */
enum crypto_alg key_file_alg(enum crypto_key_kind kind, enum crypto_alg rsa);

#endif
