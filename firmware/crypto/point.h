/* point: points of P-256 and P-384 between their compressed and uncompressed forms (SEC 1 section 2.3). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CRYPTO_POINT_H
#define CRYPTO_POINT_H

#include "crypto/crypto.h"

/* Bytes of a compressed point: 33 for P-256, 49 for P-384; 0 for any other kind. */
size_t point_compressed_len(enum crypto_key_kind kind);

/*
 * Decompress a point (02 X or 03 X) and prove that it lies on its curve.
 *
 * ERR_KEY_SHAPE       a wrong length or first byte, X not below the field's prime, or no point has this X
 * ERR_CRYPTO_FAILED   the library failed, for want of memory
 */
MUST_USE enum err point_decompress(enum crypto_key_kind kind, struct span compressed, struct crypto_key *out);

/* Compress the point of a key into point_compressed_len(key->kind) bytes. ERR_KEY_SHAPE: it is no 04 X Y. */
MUST_USE enum err point_compress(const struct crypto_key *key, uint8_t *out);

#endif
