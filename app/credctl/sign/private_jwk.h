/* private_jwk: private keys as JSON Web Keys (RFC 7517, RFC 7518 section 6, RFC 8037). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_SIGN_PRIVATE_JWK_H
#define CREDCTL_SIGN_PRIVATE_JWK_H

#include "base/err.h"
#include "base/room.h"
#include "base/span.h"
#include "crypto/crypto.h"

/* Longest private JWK that is read: RSA of 4,096 bits takes 3,300 characters. */
#define PRIVATE_JWK_BYTES 16384u

/*
 * Read a private key.
 *
 * text    the JSON
 * alg     its "alg"; where that is absent RS256, ES256, ES384 or EdDSA, by the kind of key
 * public  its public members, checked by themselves; that they belong to the secret is the caller's to check
 * secret  appended: PKCS#1 DER for RSA, the scalar padded to the curve's length for EC, the seed for Ed25519
 *
 * ERR_KEY_MISMATCH     "alg" is for another kind of key
 * ERR_KEY_SHAPE        a private member is missing, no base64url, or of a wrong length
 * and those of jsontext_parse, crypto_alg_from_name and jwk_read
 */
MUST_USE enum err private_jwk_read(struct span text, enum crypto_alg *alg, struct crypto_key *public,
                                   struct room *secret);

/* Append a private JWK with "alg", and a line feed. Secret as above. ERR_KEY_SHAPE, ERR_NO_ROOM. */
MUST_USE enum err private_jwk_write(enum crypto_alg alg, const struct crypto_key *public, struct span secret,
                                    struct room *out);

#endif
