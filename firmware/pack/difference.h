/* difference: what changes from one opened pack to another: issuers, their keys, status lists; for the people who take it in. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PACK_DIFFERENCE_H
#define PACK_DIFFERENCE_H

#include "pack/pack.h"

/* Of a hundred issuers or keys that kiosks relied on, as many may be lost without somebody's word for it (trust.md section 2). */
#define DIFFERENCE_SHRINK_PERCENT 10u

/* How many of a kind there are, and what became of them. */
struct difference_count {
    uint64_t before, after;
    uint64_t added, removed;
    uint64_t changed;   /* in both, not alike */
    uint64_t withdrawn; /* of the changed ones: keys that are withdrawn from now on */
};

/* An issuer has changed when anything of it has: a name, an identifier, a key. One with several identifiers counts once, under
 * the first of them in the order of bytes. */
struct difference {
    struct difference_count issuers, keys, status_lists;
};

/* What a line is about. */
enum difference_what {
    DIFFERENCE_NONE = 0,
    DIFFERENCE_ISSUER_ADDED,
    DIFFERENCE_ISSUER_REMOVED,
    DIFFERENCE_ISSUER_CHANGED, /* its name, territory, or whether it comes from an unsigned source */
    DIFFERENCE_IDENTIFIER_ADDED,
    DIFFERENCE_IDENTIFIER_REMOVED,
    DIFFERENCE_KEY_ADDED,
    DIFFERENCE_KEY_REMOVED,
    DIFFERENCE_KEY_CHANGED,
    DIFFERENCE_STATUS_ADDED,
    DIFFERENCE_STATUS_REMOVED,
    DIFFERENCE_STATUS_CHANGED
};

/* What of a key or issuer has changed; or-ed. */
enum difference_part {
    DIFFERENCE_PART_WITHDRAWN = 1,  /* it is withdrawn from now on */
    DIFFERENCE_PART_RESTORED = 2,   /* it was withdrawn, and is not any more */
    DIFFERENCE_PART_SCOPE = 4,      /* what it may sign */
    DIFFERENCE_PART_VALIDITY = 8,   /* from when, until when */
    DIFFERENCE_PART_KID = 16,       /* how credentials name it */
    DIFFERENCE_PART_ALGORITHM = 32, /* how it signs */
    DIFFERENCE_PART_NAME = 64,
    DIFFERENCE_PART_TERRITORY = 128,
    DIFFERENCE_PART_UNSIGNED = 256, /* whether somebody signed the source */
    DIFFERENCE_PART_CONTENTS = 512  /* of a status list: entries, date or signer */
};

/* One change. Spans live for the call. */
struct difference_line {
    enum difference_what what;
    unsigned parts;         /* enum difference_part */
    struct span identifier; /* the issuer's first; the address of a status list */
    struct span name;       /* the issuer's in English, else its first; the purpose of a status list */
    struct span kid;        /* of a key, or empty */
    uint8_t thumbprint[CRYPTO_SHA256_BYTES]; /* of a key (RFC 7638) */
};

/* Takes the lines as they are found; all may be NULL. */
struct difference_listener {
    void *ctx;
    enum err (*line)(void *ctx, const struct difference_line *line); /* an error ends the walk */
    enum err (*step)(void *ctx, uint64_t done); /* issuers walked over so far, now and then */
};

/*
 * Compare two packs, in one walk over both in the order of identifiers. Memory does not grow with them, but for a bit for each
 * issuer.
 *
 * before    NULL: there is none; everything is added
 * listener  or NULL
 * out       the counts
 *
 * ERR_PACK_DAMAGED, ERR_NO_ROOM, ERR_NO_MEMORY, and what the listener gives
 */
MUST_USE enum err difference_walk(struct pack *before, struct pack *after,
                                  const struct difference_listener *listener, struct difference *out);

/* Whether more than DIFFERENCE_SHRINK_PERCENT of the issuers, or of the keys, are lost: removed or withdrawn, whatever came in
 * their place. */
bool difference_shrinks(const struct difference *difference);

#endif
