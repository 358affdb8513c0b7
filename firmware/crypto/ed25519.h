/* ed25519: signatures of Ed25519 by libsodium (RFC 8032). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CRYPTO_ED25519_H
#define CRYPTO_ED25519_H

#include "crypto/crypto.h"

/* Bytes of a public key. */
#define ED25519_KEY_BYTES 32u

/* Start libsodium; once more does no harm. ERR_CRYPTO_FAILED. */
MUST_USE enum err ed25519_start(void);

/*
 * As crypto_verify, for a key of kind CRYPTO_KEY_ED25519. Keys of small order, keys and signatures that are
 * not written canonically are refused as wrong, as libsodium does.
 *
 * ERR_KEY_SHAPE, ERR_SIGNATURE_SHAPE, ERR_SIGNATURE_WRONG
 */
MUST_USE enum err ed25519_verify(const struct crypto_key *key, struct span signed_bytes,
                                 struct span signature);

#endif
