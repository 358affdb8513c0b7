/* jwk: public JSON Web Keys (RFC 7517, RFC 7518 section 6, RFC 8037) and their thumbprints (RFC 7638). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CRYPTO_JWK_H
#define CRYPTO_JWK_H

#include <jansson.h>

#include "base/err.h"
#include "base/room.h"
#include "crypto/crypto.h"

/*
 * Read a public key: kty RSA, EC (P-256, P-384) or OKP (Ed25519). A member "alg" becomes the key's `only`.
 * Whether an EC point lies on its curve is found by crypto_verify, where the library takes the key.
 *
 * ERR_KEY_PRIVATE      a member of a private key stands in it (d, p, q, dp, dq, qi, oth, k)
 * ERR_KEY_UNSUPPORTED  another kty or crv, an "alg" that is not judged here, or an RSA modulus whose bits
 *                      are no multiple of eight (PSA takes none)
 * ERR_KEY_MISMATCH     an "alg" that takes another kind of key
 * ERR_KEY_USE          "use" is not "sig", or "key_ops" has no "verify"
 * ERR_KEY_WEAK         RSA outside LIMIT_RSA_BITS_MIN and MAX, or an exponent that is even, under 3 or over
 *                      RSAKEY_EXPONENT_BYTES
 * ERR_KEY_SHAPE        a member is missing, no base64url, of a wrong length, or has leading zeros (RSA)
 */
MUST_USE enum err jwk_read(const json_t *jwk, struct crypto_key *out);

/* Append the key as a JWK of its required members alone, in the order of RFC 7638. ERR_NO_ROOM,
 * ERR_KEY_SHAPE. */
MUST_USE enum err jwk_write(const struct crypto_key *key, struct room *out);

/* SHA-256 thumbprint of a key (RFC 7638). ERR_KEY_SHAPE, ERR_CRYPTO_FAILED. */
MUST_USE enum err jwk_thumbprint(const struct crypto_key *key, uint8_t out[CRYPTO_SHA256_BYTES]);

#endif
