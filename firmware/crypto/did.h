/* did: the identifiers that carry their own key (did:key, did:jwk), and the parts of DID URLs. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CRYPTO_DID_H
#define CRYPTO_DID_H

#include "base/arena.h"
#include "base/err.h"
#include "base/span.h"
#include "crypto/crypto.h"

/* Longest base64url part of a did:jwk that is read. An RSA key of 4,096 bits with a few further members takes
 * 1,100 characters, so that such a name is longer than LIMIT_NAME_BYTES and is no name of a list; its key can
 * be read. */
#define DID_JWK_CHARS_MAX 2048u

/* The DID of a DID URL, or the address of any other URL: what stands before '#'. Points into url. */
struct span did_without_fragment(struct span url);

/* What stands behind '#', or empty. Points into url. */
struct span did_fragment(struct span url);

/* The text is a did:key or did:jwk: its key can be read from itself. */
bool did_is_self_certifying(struct span did);

/*
 * The key inside a did:key or did:jwk, with or without a fragment (which must then name that very key: the
 * same multikey, or "0" for did:jwk).
 *
 * ERR_KEY_UNSUPPORTED  another DID method
 * ERR_KEY_SHAPE        a fragment that names something else
 * ERR_NO_ROOM          a did:jwk longer than DID_JWK_CHARS_MAX, or the arena is full
 * and those of multikey_read, jwk_read, base64url_decode, jsontext_parse
 */
MUST_USE enum err did_own_key(struct span did_url, struct arena *arena, struct crypto_key *out);

#endif
