/* bitstring: a signed status list credential, read and checked (W3C Bitstring Status List 1.0, Status List 2021). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_BITSTRING_H
#define CREDCTL_BUILD_BITSTRING_H

#include <jansson.h>

#include "base/err.h"
#include "base/room.h"
#include "base/span.h"
#include "crypto/crypto.h"
#include "linked/shelf.h"

/* Fewer entries would tell who was asked about (section 6.1). */
#define BITSTRING_ENTRIES_MIN 131072u
/* 134 million entries; a list that is larger is split by its issuer. */
#define BITSTRING_BYTES_MAX (16u * 1024u * 1024u)
/* A signed list of that size which compresses badly. */
#define BITSTRING_TEXT_MAX (64u * 1024u * 1024u)

/* A list whose signature was right. Spans point into `claims`. All zero is none. */
struct bitstring {
    json_t *claims; /* owned */
    struct span id, issuer, purpose;
    struct span kind; /* "BitstringStatusList" or "StatusList2021"; static */
    uint64_t entries;
    uint32_t bits;      /* of an entry */
    int64_t as_of_s;    /* when it was issued */
    int64_t expires_s;  /* the first of validUntil, exp and as_of + ttl; 0 where none of them stands */
    struct room bitmap; /* owned; the first entry in the most significant bits */
};

/* The issuer's keys that may sign lists, one after the other: false past the last. */
struct bitstring_keys {
    void *ctx;
    bool (*next)(void *ctx, size_t index, struct span *kid, enum crypto_alg *alg, struct crypto_key *key);
};

/*
 * Read a list.
 *
 * text    compact JWS (VC-JWT) under VCDM 2.0, or 1.1 with its credential under "vc"; or a JSON document with its proofs
 *         inside, every one of which must be right
 * issuer  who must have made it
 * keys    those keys of that issuer that may sign lists; the key id that the list names, where it does, chooses among
 *         them
 * shelf   contexts for documents with proofs inside; NULL: none
 * out     bitstring_close it
 *
 * ERR_STATUS_SHAPE   not of that form: another type, no purpose, a bitmap that is no gzip in base64url
 * ERR_STATUS_ISSUER  another issuer, or signed by none of the keys
 * ERR_STATUS_SHORT   fewer than BITSTRING_ENTRIES_MIN entries
 * ERR_INFLATE_*, ERR_NO_MEMORY, ERR_DATETIME, and those of jws_split, jsontext_parse, crypto_alg_from_name and
 * bitstring_proof_read
 */
MUST_USE enum err bitstring_read(struct span text, struct span issuer, const struct bitstring_keys *keys,
                                 const struct shelf *shelf, struct bitstring *out);

/* Did one of the keys make this signature, one that has the key id or none, or that the key id spells out behind its
 * '#' (Multikey, RFC 7638 thumbprint)? ERR_STATUS_ISSUER: none did. */
MUST_USE enum err bitstring_signed_by(const struct bitstring_keys *keys, struct span kid, enum crypto_alg alg,
                                      struct span signed_bytes, struct span signature);

/* Append a bitmap as encodedList has it: "u", and base64url of gzip. ERR_NO_ROOM, ERR_NO_MEMORY. */
MUST_USE enum err bitstring_encode(struct span bitmap, struct room *out);

/* Inflate the encodedList of a Bitstring Status List into a room. ERR_STATUS_SHAPE, ERR_BASE64URL, ERR_INFLATE_*, ERR_NO_MEMORY. */
MUST_USE enum err bitstring_decode(struct span encoded, struct room *out);

/* Release it. */
void bitstring_close(struct bitstring *list);

#endif
