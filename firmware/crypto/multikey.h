/* multikey: public keys as did:key and Multikey write them: multibase 'z' of a multicodec key (CID 1.0). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CRYPTO_MULTIKEY_H
#define CRYPTO_MULTIKEY_H

#include "base/err.h"
#include "base/room.h"
#include "crypto/crypto.h"

/*
 * Read a key: "z" and base58btc of ED 01 (Ed25519), 80 24 (P-256) or 81 24 (P-384; both compressed points,
 * which are decompressed and proved to lie on their curve).
 *
 * ERR_BASE58_CHARACTER, ERR_NO_ROOM (longer than any such key)
 * ERR_KEY_UNSUPPORTED  no 'z', or another multicodec
 * ERR_KEY_SHAPE        a wrong length, or no point of the curve
 * ERR_CRYPTO_FAILED    the library failed, for want of memory
 */
MUST_USE enum err multikey_read(struct span text, struct crypto_key *out);

/* Append the key as Multikey text. ERR_KEY_UNSUPPORTED for RSA, ERR_KEY_SHAPE, ERR_NO_ROOM. */
MUST_USE enum err multikey_write(const struct crypto_key *key, struct room *out);

#endif
