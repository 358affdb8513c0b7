/* crypto: does this key sign these bytes? mbedTLS by its PSA interface, libsodium for Ed25519. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CRYPTO_CRYPTO_H
#define CRYPTO_CRYPTO_H

#include "base/err.h"
#include "base/span.h"

/* Signature algorithms (RFC 7518, RFC 8037). Zero is none, and verifies nothing. ES512, and keys on
 * P-521, sign what headquarters imports: certificates name them, credentials and lists of kiosks never do. */
enum crypto_alg {
    CRYPTO_ALG_NONE = 0,
    CRYPTO_RS256,
    CRYPTO_PS256,
    CRYPTO_ES256,
    CRYPTO_ES384,
    CRYPTO_EDDSA,
    CRYPTO_ES512
};

enum crypto_key_kind {
    CRYPTO_KEY_NONE = 0,
    CRYPTO_KEY_RSA,
    CRYPTO_KEY_P256,
    CRYPTO_KEY_P384,
    CRYPTO_KEY_ED25519,
    CRYPTO_KEY_P521
};

/* An RSA key of 4,096 bits as PKCS#1 RSAPublicKey takes 526 bytes. */
#define CRYPTO_KEY_BYTES    544u
#define CRYPTO_SHA256_BYTES 32u
#define CRYPTO_SHA384_BYTES 48u
#define CRYPTO_SHA512_BYTES 64u

/*
 * A public key: RSAPublicKey (RFC 8017 A.1.1) in DER; 04 X Y of 65, 97 or 133 bytes; 32 bytes for Ed25519.
 * `only` is the one algorithm that its owner made it for, or CRYPTO_ALG_NONE for any of its kind.
 */
struct crypto_key {
    enum crypto_key_kind kind;
    enum crypto_alg only;
    uint16_t len;
    uint8_t bytes[CRYPTO_KEY_BYTES];
};

/*
 * Start the libraries; before any other call, once a process, and before a sandbox closes (they open files).
 *
 * ERR_CRYPTO_FAILED
 */
MUST_USE enum err crypto_start(void);

/*
 * The algorithm of a JOSE "alg" name.
 *
 * ERR_ALG_REFUSED      "none", or an HMAC (HS256, HS384, HS512), in capitals or not
 * ERR_ALG_UNSUPPORTED  any other name than RS256, PS256, ES256, ES384, EdDSA, Ed25519 (RFC 9864)
 */
MUST_USE enum err crypto_alg_from_name(struct span name, enum crypto_alg *out);

/*
 * The algorithm of a COSE number (RFC 9053 section 2, RFC 8812, RFC 9864): -7 and -9, -8 and -19, -35 and -51, -37, -257.
 *
 * ERR_ALG_REFUSED      4 to 7: a shared secret
 * ERR_ALG_UNSUPPORTED  any other
 */
MUST_USE enum err crypto_alg_from_cose(int64_t number, enum crypto_alg *out);

/* The JOSE name of an algorithm, "ES256"; NULL for CRYPTO_ALG_NONE. EdDSA gives "EdDSA". Static. */
const char *crypto_alg_name(enum crypto_alg alg);

/* The one kind of key that an algorithm takes. */
enum crypto_key_kind crypto_alg_key_kind(enum crypto_alg alg);

/*
 * Check a signature.
 *
 * signed_bytes  what was signed, not hashed
 * signature     RSA: as long as the modulus; ECDSA: r || s (RFC 7518 section 3.4), no DER; Ed25519: 64 bytes
 *
 * ERR_KEY_MISMATCH     the key's kind is not the one the algorithm takes, or the key is for another one only
 * ERR_KEY_SHAPE        no key of its kind: a wrong length, a point off its curve, an RSA key that is no DER
 * ERR_KEY_WEAK         as jwk_read finds it
 * ERR_KEY_UNSUPPORTED  as jwk_read finds it
 * ERR_SIGNATURE_SHAPE  a length that no signature of this key has
 * ERR_SIGNATURE_WRONG  the library says that the signature is not of this key over these bytes; also an RSA
 *                      signature that is not below the modulus (RFC 8017 section 8.2.2, step 2)
 * ERR_CRYPTO_FAILED    the library failed otherwise: nothing is known of the signature
 */
MUST_USE enum err crypto_verify(enum crypto_alg alg, const struct crypto_key *key, struct span signed_bytes,
                                struct span signature);

/* Both are the same public key, whatever `only` says. A key of kind NONE equals nothing. */
bool crypto_key_equal(const struct crypto_key *a, const struct crypto_key *b);

/* SHA-256 and SHA-384 of bytes (FIPS 180-4). ERR_CRYPTO_FAILED. */
MUST_USE enum err crypto_sha256(struct span bytes, uint8_t out[CRYPTO_SHA256_BYTES]);
MUST_USE enum err crypto_sha384(struct span bytes, uint8_t out[CRYPTO_SHA384_BYTES]);

/* SHA-256 of bytes that come in pieces: start, add, then finish, which also releases. ERR_CRYPTO_FAILED,
 * ERR_NO_MEMORY. */
struct crypto_hash;
MUST_USE enum err crypto_hash_start(struct crypto_hash **out);
MUST_USE enum err crypto_hash_add(struct crypto_hash *hash, struct span bytes);
MUST_USE enum err crypto_hash_finish(struct crypto_hash *hash, uint8_t out[CRYPTO_SHA256_BYTES]);
/* Release a hash that is given up; takes NULL. */
void crypto_hash_close(struct crypto_hash *hash);

/* Both hold the same `len` bytes, in time that does not depend on them. */
bool crypto_equal(const uint8_t *a, const uint8_t *b, size_t len);

#endif
