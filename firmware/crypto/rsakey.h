/* rsakey: RSA public keys as RSAPublicKey in DER (RFC 8017 A.1.1), written and read. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CRYPTO_RSAKEY_H
#define CRYPTO_RSAKEY_H

#include "crypto/crypto.h"

/* Longest exponent: keys in use have 65537; a long one would only make the check slow. */
#define RSAKEY_EXPONENT_BYTES 8u

/* Modulus and exponent, big-endian, without leading zeros. */
struct rsakey {
    struct span n;
    struct span e;
};

/*
 * Make a key from its numbers.
 *
 * ERR_KEY_SHAPE        a number is empty or has leading zeros, or the modulus is even
 * ERR_KEY_WEAK         the modulus is outside LIMIT_RSA_BITS_MIN and MAX; the exponent is even, under 3 or
 *                      longer than RSAKEY_EXPONENT_BYTES
 * ERR_KEY_UNSUPPORTED  the modulus has bits that are no multiple of eight
 */
MUST_USE enum err rsakey_write(const struct rsakey *numbers, struct crypto_key *out);

/*
 * The numbers of a key of kind CRYPTO_KEY_RSA; they point into it. They are checked as rsakey_write does, and
 * the DER must be what rsakey_write makes of them.
 *
 * ERR_KEY_SHAPE, ERR_KEY_WEAK, ERR_KEY_UNSUPPORTED
 */
MUST_USE enum err rsakey_read(const struct crypto_key *key, struct rsakey *out);

#endif
