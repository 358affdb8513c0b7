/* lists: writes the database of a pack: issuers, their keys and scopes, status lists. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_LISTS_H
#define CREDCTL_BUILD_LISTS_H

#include <stdbool.h>

#include "base/err.h"
#include "base/span.h"
#include "crypto/crypto.h"

/* A database being written. */
struct lists;

/* Where an issuer comes from. */
struct lists_issuer {
    struct span territory; /* ISO 3166-1 alpha-2, or empty */
    struct span source;    /* "by hand", or the list it was read from */
    bool unsigned_source;
};

/* A key as lookups will find it; see struct pack_key. */
struct lists_key {
    struct span kid; /* empty: found by its thumbprint alone */
    struct crypto_key key;
    enum crypto_alg alg;
    int64_t valid_from_s, valid_until_s, withdrawn_at_s;
    bool for_status;
    bool unsigned_source;            /* nobody signed the list that it comes from */
    struct span types, achievements; /* names, one a line */
};

/* A certificate by which an issuer is known, or those whom it certifies. */
struct lists_anchor {
    uint8_t thumbprint[CRYPTO_SHA256_BYTES]; /* SHA-256 of the DER */
    struct span der;
    struct span types, achievements; /* scope: names, one a line; empty: all */
};

/* A status list; see struct pack_status. The bitmap's first entry is in the most significant bits. */
struct lists_status {
    struct span address, purpose, kind, issuer;
    const struct span *also; /* further purposes of the same entries */
    size_t also_count;
    bool is_unsigned;
    uint64_t entries;
    uint32_t bits; /* 1 to 8; 0: credentials state it, or they are ids */
    int64_t as_of_s, expires_s;
    struct span bitmap; /* entries * bits, rounded up to bytes */
    struct span hashes; /* or the SHA-256 of each revoked id, ascending, none twice */
};

/* A document of any kind; see the table document in schema.def. */
struct lists_document {
    struct span address; /* with its kind in front */
    uint8_t sha256[CRYPTO_SHA256_BYTES];
    struct span bytes;
};

/*
 * Begin a database in a file that is there and empty. No journal is written beside it: the caller gives it
 * its name when it is whole. The same additions in the same order give the same bytes.
 *
 * ERR_FILE_WRITE, ERR_NO_MEMORY
 */
MUST_USE enum err lists_create(const char *path, struct lists **out);

/* A line about the lists as a whole. ERR_LISTS_TWICE, ERR_FILE_WRITE. */
MUST_USE enum err lists_add_meta(struct lists *lists, struct span name, struct span value);

/* Add an issuer; *row names it in the calls below. ERR_FILE_WRITE. */
MUST_USE enum err lists_add_issuer(struct lists *lists, const struct lists_issuer *issuer, int64_t *row);

/* Add a DID or address by which credentials name it. ERR_LISTS_TWICE: an issuer has it already;
 * ERR_FILE_WRITE. */
MUST_USE enum err lists_add_identifier(struct lists *lists, int64_t row, struct span identifier);

/* Add its name in a language (BCP 47). Errors as above. */
MUST_USE enum err lists_add_name(struct lists *lists, int64_t row, struct span language, struct span name);

/* Add a key. ERR_LISTS_TWICE: the issuer has the same key, or another with this key id; ERR_KEY_MISMATCH: it is
 * of another kind than its algorithm; ERR_FILE_WRITE, and those of jwk_thumbprint. */
MUST_USE enum err lists_add_key(struct lists *lists, int64_t row, const struct lists_key *key);

/* Add a certificate. ERR_LISTS_TWICE: the issuer has it already; ERR_FILE_WRITE. */
MUST_USE enum err lists_add_anchor(struct lists *lists, int64_t row, const struct lists_anchor *anchor);

/* Add a status list. ERR_LISTS_TWICE: address and purpose stand already, or a hash does; ERR_FILE_WRITE. */
MUST_USE enum err lists_add_status(struct lists *lists, const struct lists_status *status);

/* Add a document. ERR_LISTS_TWICE: address and hash stand already; ERR_FILE_WRITE. */
MUST_USE enum err lists_add_document(struct lists *lists, const struct lists_document *document);

/* Write the rest and close; `lists` is gone in either case. ERR_FILE_WRITE. */
MUST_USE enum err lists_finish(struct lists *lists);

/* Give it up; takes NULL. */
void lists_close(struct lists *lists);

#endif
