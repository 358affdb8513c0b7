/* join: what several lists say of one issuer, as one issuer. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_JOIN_H
#define CREDCTL_BUILD_JOIN_H

#include <jansson.h>

#include "base/err.h"
#include "credctl/build/issuer_file.h"

/* Keys of one issuer from all lists, and lists or lines of them that speak of it: the largest issuers publish some fifty keys. */
#define JOIN_KEYS_MAX   1024u
#define JOIN_PIECES_MAX 1024u

/* An issuer being joined. All zero is none. */
struct join {
    json_t *issuer; /* in the form of issuer_file.h; owned */
    size_t pieces;
    struct crypto_key *keys; /* of issuer's "keys", in their order; owned */
    struct issuer_file_key *reading;
};

/*
 * Join what a further list says; the first one counts most:
 *   name, territory and source are the first one's, and so are a key's algorithm, scope and dates
 *   keys are those of all; the same key stands there once
 *   a key withdrawn anywhere is withdrawn, at the earliest of these times
 *   a key is unsigned where every list that has it is
 *   a key id is the first key's that has it; a further key with that id is found by its thumbprint alone
 *   certificates are those of lists that may speak for the issuer as a whole
 * Identifiers are left to whoever knows which of them are the issuer's: the joined issuer has none yet.
 *
 * whole  the list may speak for the issuer as a whole; otherwise it lends keys
 *
 * ERR_LISTS_MANY  more than JOIN_KEYS_MAX keys, or JOIN_PIECES_MAX pieces
 * ERR_NO_MEMORY, and those of issuer_file_key and issuer_anchor_join
 */
MUST_USE enum err join_add(struct join *join, const json_t *piece, bool whole);

/* Begin anew, with another issuer. */
void join_reset(struct join *join);

/* Release it. */
void join_close(struct join *join);

#endif
