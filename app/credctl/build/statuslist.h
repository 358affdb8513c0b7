/* statuslist: a status list of any kind, as its issuer published it, read and checked: one registry of kinds. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_STATUSLIST_H
#define CREDCTL_BUILD_STATUSLIST_H

#include <jansson.h>

#include "base/err.h"
#include "base/room.h"
#include "credctl/build/statuslist_keys.h"
#include "linked/shelf.h"

/* 134 million entries of one bit; a list that is larger is split by its issuer. */
#define STATUSLIST_BYTES_MAX (16u * 1024u * 1024u)
/* A signed list of that size which does not compress: base64url twice. */
#define STATUSLIST_TEXT_MAX (32u * 1024u * 1024u)
/* Purposes that one list may serve. */
#define STATUSLIST_PURPOSES_MAX 4u

/* A list as it came. Borrowed for the call. */
struct statuslist_source {
    struct span text;                   /* compact JWS, a JSON document, or COSE */
    struct span issuer;                 /* who must have made it */
    const struct statuslist_keys *keys; /* those of that issuer that may sign lists */
    const struct shelf *shelf;          /* contexts for documents with proofs inside; NULL: none */
    bool accept_unsigned;               /* take a list of a kind that nobody signs */
    int64_t fetched_s;                  /* and call it as old as that, seconds since 1970 UTC */
};

/* A list that was found good. Spans point into `claims` and `memory`, or are static. All zero is none. */
struct statuslist {
    json_t *claims;     /* owned */
    void *memory;       /* owned */
    struct span kind;   /* as packs call it: "BitstringStatusList", "TokenStatusList" ... */
    struct span format; /* as people call what was published */
    struct span id;     /* where it says that it is, or empty */
    bool only_there;    /* credentials must name it by that id */
    struct span issuer;
    size_t purpose_count; /* of kinds without purposes one, which is empty */
    struct span purposes[STATUSLIST_PURPOSES_MAX];
    bool is_unsigned;
    uint64_t entries;
    uint32_t bits;      /* of an entry; 0: credentials state it (entries counts bits), or they are ids */
    int64_t as_of_s;    /* when it was issued */
    int64_t expires_s;  /* the first end that it names; 0 where it names none */
    struct room bitmap; /* owned; the first entry in the most significant bits */
    struct room hashes; /* owned; or the SHA-256 of each revoked id, ascending */
};

/*
 * Read a list of whatever kind it is.
 *
 * out  statuslist_close it
 *
 * ERR_STATUS_SHAPE     not of its form
 * ERR_STATUS_ISSUER    another issuer's, or signed by none of the keys
 * ERR_STATUS_SHORT     fewer entries than its standard asks for
 * ERR_STATUS_UNSIGNED  nobody signed it, and that is not accepted
 * ERR_STATUS_TYPE      a signature over something that is no status list
 * ERR_INFLATE_*, ERR_BASE64URL, ERR_NO_MEMORY, ERR_DATETIME, and those of jws_split, cose_split, cbor_check, jsontext_parse,
 * crypto_alg_from_name, crypto_alg_from_cose and bitstring_proof_read
 */
MUST_USE enum err statuslist_read(const struct statuslist_source *source, struct statuslist *out);

/* It ends then, if not before; 0 is no end. For those who read a kind. */
void statuslist_end_at(struct statuslist *list, int64_t time_s);

/* Give it an empty bitmap with room for STATUSLIST_BYTES_MAX. ERR_NO_MEMORY. */
MUST_USE enum err statuslist_make_room(struct statuslist *list);

/* Release it. */
void statuslist_close(struct statuslist *list);

#endif
