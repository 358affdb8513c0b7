/* pack_walk: the rows of a pack one after the other, for people who want to see what it holds. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PACK_PACK_WALK_H
#define PACK_PACK_WALK_H

#include "pack/pack.h"

/* A step over an issuer's keys. All zero begins; give it back as it came. */
struct pack_walk_key {
    struct pack_key key; /* not found: there are no more */
    struct span kid;     /* or empty; in the arena */
    uint8_t thumbprint[CRYPTO_SHA256_BYTES];
    bool begun;
};

/* A step over the status lists. All zero begins; give it back as it came. */
struct pack_walk_status {
    struct pack_status list; /* not found: there are no more */
    struct span address;     /* in the arena */
};

/* A step over an issuer's names. All zero begins; give it back as it came. */
struct pack_walk_name {
    bool found;
    struct span language, name; /* in the arena; the language must live until the next step */
};

/* A step over the certificates of all issuers. All zero begins; give it back as it came. */
struct pack_walk_anchor {
    bool found;
    uint8_t sha256[CRYPTO_SHA256_BYTES]; /* of the certificate in DER */
    int64_t issuer;                      /* its row */
    struct span name;                    /* of the issuer, in the arena: in English, else its first */
    struct span types, achievements;     /* scope, as in struct pack_key; in the arena */
};

/* The identifier that follows `after` (empty: the first). Points into the arena. ERR_PACK_DAMAGED,
 * ERR_NO_ROOM. */
MUST_USE enum err pack_walk_next_identifier(struct pack *pack, struct span after, struct arena *arena,
                                            bool *found, struct span *out);

/* The next key of an issuer, in the order of thumbprints. Errors as above. */
MUST_USE enum err pack_walk_next_key(struct pack *pack, const struct pack_issuer *issuer, struct arena *arena,
                                     struct pack_walk_key *step);

/* The next name of an issuer, in the order of languages. Errors as above. */
MUST_USE enum err pack_walk_next_name(struct pack *pack, const struct pack_issuer *issuer,
                                      struct arena *arena, struct pack_walk_name *step);

/* The next certificate, in the order of hashes. Errors as above. */
MUST_USE enum err pack_walk_next_anchor(struct pack *pack, struct arena *arena,
                                        struct pack_walk_anchor *step);

/* The next status list, in the order of rows. Errors as above. */
MUST_USE enum err pack_walk_next_status(struct pack *pack, struct arena *arena,
                                        struct pack_walk_status *step);

/* What the lists say of themselves under a name of schema.h; empty where they do not. Points into the arena.
 * Errors as above. */
MUST_USE enum err pack_walk_meta(struct pack *pack, const char *name, struct arena *arena, struct span *out);

#endif
