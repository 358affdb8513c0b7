/* pack: the signed trust pack, opened read-only: who issues, with which keys, and whose status bits. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PACK_PACK_H
#define PACK_PACK_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/interval.h"
#include "base/span.h"
#include "crypto/crypto.h"

/* An opened, checked pack. */
struct pack;

/* What an accepted pack must fulfil beside its signature. Spans are borrowed for the call. */
struct pack_rules {
    struct span root;     /* the provisioned root, or the chain from root 1 to a later one (see root.h) */
    struct span audience; /* this kiosk's site or group; empty takes packs without an audience only */
    uint32_t app_version; /* PACK_APP_VERSION of the program that reads it */
    struct interval now;  /* an expired pack is opened (it still shows its age) but pack_band says so */
};

/* Version of this program as manifests compare it: major * 1,000,000 + minor * 1,000 + patch. */
#define PACK_APP_VERSION 1000u

/* What the manifest says. Spans live as long as the pack. */
struct pack_info {
    struct span scheme;
    uint64_t seq;
    int64_t iat_s, next_update_s, expires_s;
    uint64_t root_version;                     /* of the last root of the chain */
    uint64_t roots_bytes;                      /* length of the chain of roots */
    uint8_t roots_sha256[CRYPTO_SHA256_BYTES]; /* and its hash */
    uint8_t id[CRYPTO_SHA256_BYTES];           /* of what the manifest's signature covers: names the pack */
    uint8_t signer[CRYPTO_SHA256_BYTES]; /* RFC 7638 thumbprint of the release key that signed the manifest */
    uint64_t database_bytes;
    uint8_t sha256[CRYPTO_SHA256_BYTES]; /* of the database */
    bool demo;                           /* the root document says "demo": true */
    uint32_t status_lists;
    uint32_t status_in_force; /* of them, those that had not ended when the pack was opened */
    int64_t status_as_of_s;   /* of the oldest status list; 0 where there is none */
};

/* How old the lists are, as far as the clock can say. Zero: "the clock cannot tell", which is never fresh. */
enum pack_band { PACK_CLOCK_UNKNOWN = 0, PACK_FRESH, PACK_STALE, PACK_EXPIRED };

/* An issuer of the list. Spans point into the arena given to the lookup. */
struct pack_issuer {
    bool found;
    int64_t row;
    struct span identifier; /* the DID or address that credentials name */
    struct span name;       /* in the language asked for, else English, else the first */
    struct span territory;  /* ISO 3166-1 alpha-2, or empty */
    bool unsigned_source;
};

/* A key of an issuer. Times are seconds since 1970 UTC, 0 where absent. */
struct pack_key {
    bool found;
    struct crypto_key key;
    enum crypto_alg alg;
    int64_t valid_from_s, valid_until_s, withdrawn_at_s;
    bool for_status;          /* signs status lists, and nothing else */
    bool unsigned_source;     /* nobody signed the list that it comes from */
    struct span types;        /* scope: credential types, one a line; empty admits all */
    struct span achievements; /* scope: achievement ids, one a line; empty admits all */
};

/* A status list of the pack. */
struct pack_status {
    bool found;
    int64_t row;
    struct span kind; /* "BitstringStatusList" */
    struct span
        purpose;        /* "revocation", "suspension", or what the list says; empty where its kind has none */
    struct span issuer; /* who signed it */
    bool is_unsigned;   /* nobody did; it was taken from the issuer as it stood */
    int64_t body;       /* where its entries are */
    uint64_t entries;   /* how many; of one bit where `bits` is 0 */
    uint32_t bits;      /* an entry's size; 0: each credential states it, or it is a list of ids */
    int64_t as_of_s, expires_s;
};

/* What the manifest says. Lives as long as the pack. */
const struct pack_info *pack_info(const struct pack *pack);

/*
 * How fresh the lists are at a time (trust.md sections 1 and 3): EXPIRED when lo >= expires; STALE when lo >=
 * next_update, or when a finite hi >= next_update; FRESH when hi < next_update; CLOCK_UNKNOWN when hi is
 * unbounded, below the pack's own iat, or below lo.
 */
enum pack_band pack_band(const struct pack_info *info, const struct interval *now);

/*
 * May something with this `iat` be taken in at a time: a pack, a freshness token (trust.md section 3)?
 *
 * ERR_PACK_FUTURE      iat lies above a finite hi
 * ERR_PACK_FAR_AHEAD   iat lies more than a year above the floor of the clock, and nobody has said the time
 */
MUST_USE enum err pack_admit_time(int64_t iat_s, const struct interval *now);

/*
 * May a pack that opened be taken in at a time (trust.md sections 1 and 3)?
 *
 * ERR_PACK_EXPIRED     lo >= expires
 * and those of pack_admit_time
 */
MUST_USE enum err pack_admit(const struct pack_info *info, const struct interval *now);

/* Look an issuer up by the exact identifier. `found` is false where it is not listed. ERR_PACK_DAMAGED,
 * ERR_NO_ROOM. */
MUST_USE enum err pack_find_issuer(struct pack *pack, struct span identifier, struct span language,
                                   struct arena *arena, struct pack_issuer *out);

/* The next of the identifiers that name an issuer, in the order of their bytes; empty behind the last.
 *
 * after  the one before, or empty
 *
 * Errors as above. */
MUST_USE enum err pack_next_identifier(struct pack *pack, const struct pack_issuer *issuer, struct span after,
                                       struct arena *arena, struct span *out);

/* A key of an issuer by its key id, exactly as listed. Errors as above. */
MUST_USE enum err pack_find_key_by_kid(struct pack *pack, const struct pack_issuer *issuer, struct span kid,
                                       struct arena *arena, struct pack_key *out);

/* A key of an issuer by its RFC 7638 SHA-256 thumbprint. Errors as above. */
MUST_USE enum err pack_find_key_by_thumbprint(struct pack *pack, const struct pack_issuer *issuer,
                                              const uint8_t thumbprint[CRYPTO_SHA256_BYTES],
                                              struct arena *arena, struct pack_key *out);

/* A status list by the address that credentials name, and its purpose. Errors as above. */
MUST_USE enum err pack_find_status(struct pack *pack, struct span address, struct span purpose,
                                   struct arena *arena, struct pack_status *out);

/*
 * The value of one entry of a list of bits.
 *
 * bits     the entry's size as the credential states it, 1 to 8
 * covered  false past the end of the list, and where the list states another size
 *
 * Errors as above.
 */
MUST_USE enum err pack_status_value(struct pack *pack, const struct pack_status *list, uint64_t index,
                                    uint32_t bits, bool *covered, uint32_t *value);

/* What a list of ids says of the one with this SHA-256: 1 is revoked, 0 that it does not stand there. Errors as above. */
MUST_USE enum err pack_status_of_id(struct pack *pack, const struct pack_status *list,
                                    const uint8_t sha256[CRYPTO_SHA256_BYTES], uint32_t *value);

/* Release it; takes NULL. */
void pack_close(struct pack *pack);

#endif
