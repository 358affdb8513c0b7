/* root: which keys may sign packs: the chain of root documents from the provisioned one on (as The Update Framework
 * has it). */
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

/* A root document. */
struct root {
    struct span scheme; /* id of the list; in the arena */
    uint64_t version;   /* from 1 on */
    uint64_t threshold; /* how many of `keys` must sign this root and the next one */
    bool demo;
    size_t key_count, release_count;
    struct root_key keys[LIMIT_ROOT_KEYS];
    struct root_key release[LIMIT_ROOT_KEYS]; /* any one of them signs packs and tokens */
};

/*
 * Follow a chain of root documents from the provisioned ones to the last, whose keys count from then on.
 *
 * A chain is root 1, root 2 and so on, each as one compact JWS for every key that signed it, all of one version over
 * the same payload {"scheme", "version", "keys": [JWK], "threshold", "release": [JWK], "demo"} and next to each other,
 * space separated. Each version must count one up, keep scheme and demo, and be signed by the threshold of its own keys
 * and, behind root 1, by the threshold of the keys before it (The Update Framework 1.0.33, section 5.3). However often
 * a key signs a version, it counts once.
 *
 * provisioned  what this kiosk was given by hand: root 1, or the chain from root 1 to some later version, which no
 *              kiosk so provisioned goes back behind. Trailing white space is fine.
 * chain        what came with a pack; begins with the provisioned bytes
 * arena        receives the scheme; what is decoded is given back
 * out          the last root
 *
 * ERR_ROOT_OTHER      the chain does not begin with the provisioned roots
 * ERR_ROOT_OLDER      it ends before the last provisioned root
 * ERR_ROOT_MANY       more than LIMIT_ROOT_VERSIONS
 * ERR_ROOT_THRESHOLD  a version is signed by too few of its own keys
 * ERR_ROOT_HANDOVER   a version is signed by too few keys of the one before it
 * and those of root_version_read
 */
MUST_USE enum err root_follow(struct span provisioned, struct span chain, struct arena *arena,
                              struct root *out);

/* The same for a provisioned text alone: its own last root. */
MUST_USE enum err root_read(struct span provisioned, struct arena *arena, struct root *out);

/* A provisioned text without its trailing white space: what a chain begins with. */
struct span root_trim(struct span provisioned);

#endif
