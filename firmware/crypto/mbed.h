/* mbed: ECDSA and RSA signatures by mbedTLS, through its PSA interface. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CRYPTO_MBED_H
#define CRYPTO_MBED_H

#include "crypto/crypto.h"

/* Start PSA; once more does no harm. ERR_CRYPTO_FAILED. */
MUST_USE enum err mbed_start(void);

/*
 * As crypto_verify, for the algorithms whose key is RSA, P-256 or P-384; key->kind is already the one that
 * alg takes.
 */
MUST_USE enum err mbed_verify(enum crypto_alg alg, const struct crypto_key *key, struct span signed_bytes,
                              struct span signature);

#endif
