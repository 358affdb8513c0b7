/* root: the root document: which keys may sign packs. Provisioned as a file, repeated in every pack. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PACK_ROOT_H
#define PACK_ROOT_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/limits.h"
#include "base/span.h"
#include "crypto/crypto.h"

/* The `typ` of a root document, which no other JWS of ours carries. */
#define ROOT_TYP "credkiosk-root+jwt"

/* A public key and its RFC 7638 thumbprint, which in base64url is its key id. */
struct root_key {
    struct crypto_key key;
    uint8_t thumbprint[CRYPTO_SHA256_BYTES];
};

/* A root document whose signatures were right. */
struct root {
    struct span scheme; /* id of the list; in the arena */
    uint64_t version;
    uint64_t threshold; /* how many of `keys` must sign a root */
    bool demo;
    size_t key_count, release_count;
    struct root_key keys[LIMIT_ROOT_KEYS];
    struct root_key release[LIMIT_ROOT_KEYS]; /* any one of them signs packs */
};

/*
 * Read the provisioned root: one compact JWS for each signing key, space separated, all over the same payload
 * {"scheme", "version", "keys": [JWK], "threshold", "release": [JWK], "demo"}. At least `threshold` of its
 * own keys must have signed. Trailing white space is fine.
 *
 * This version knows root 1 alone; rotation, root N+1 signed by thresholds of N and N+1 (The Update
 * Framework), comes behind the same format.
 *
 * arena  receives scheme and what is decoded
 *
 * ERR_ROOT_SHAPE      a claim is missing, of a wrong type or out of range; two documents in one file; a key
 * stands twice ERR_ROOT_TYP        another `typ` ERR_ROOT_VERSION    not version 1 ERR_ROOT_SIGNATURE  a
 * signature is wrong, or by a key that the root does not name ERR_ROOT_THRESHOLD  fewer signatures than it
 * asks for itself ERR_JWS_*, ERR_JSON_*, ERR_BASE64URL, ERR_ALG_*, ERR_KEY_*, ERR_SIGNATURE_SHAPE,
 * ERR_CRYPTO_FAILED, ERR_NO_ROOM
 */
MUST_USE enum err root_read(struct span provisioned, struct arena *arena, struct root *out);

/*
 * Compare a pack's chain of roots with the provisioned root.
 *
 * ERR_ROOT_OTHER    the chain begins with another root
 * ERR_ROOT_ROTATED  it goes on to a newer root, which this version cannot follow
 */
MUST_USE enum err root_check_chain(struct span provisioned, struct span chain);

#endif
