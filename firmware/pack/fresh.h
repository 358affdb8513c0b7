/* fresh: a freshness token: the lists of a pack are still the newest, and this was revoked since they were made. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PACK_FRESH_H
#define PACK_FRESH_H

#include "base/limits.h"
#include "pack/pack.h"
#include "pack/root.h"

/* The `typ` of a freshness token, which no other JWS of ours carries. */
#define FRESH_TYP "credkiosk-fresh+jwt"

/* What is revoked, and so what its SHA-256 is of: an issuer's identifier as credentials name it (which
 * revokes it under all of its identifiers), a key as its RFC 7638
 * thumbprint, a credential as its tag (credential/tag.h). */
enum fresh_kind { FRESH_NOTHING = 0, FRESH_ISSUER, FRESH_KEY, FRESH_CREDENTIAL, FRESH_KINDS };

struct fresh_revocation {
    enum fresh_kind kind;
    uint8_t sha256[CRYPTO_SHA256_BYTES];
    int64_t as_of_s; /* `iat` of the token that says so */
};

/* One token whose signature was right and that speaks of the pack in use. Times are seconds since 1970 UTC. */
struct fresh_token {
    int64_t iat_s;
    int64_t next_update_s; /* never past the pack's expires */
    size_t count;
    struct fresh_revocation revoked[LIMIT_FRESH_REVOKED];
};

/* What the accepted tokens of one pack say together. All zero: there is none. */
struct fresh {
    size_t tokens;   /* how many were joined */
    bool incomplete; /* one that was accepted cannot be read any more: what else was revoked is not known */
    int64_t iat_s;   /* of the newest */
    int64_t next_update_s; /* what the newest says */
    size_t count;
    struct fresh_revocation revoked[LIMIT_FRESH_TOKENS * LIMIT_FRESH_REVOKED];
};

/*
 * Check a token and read its claims {"scheme", "root", "seq", "sha256" (pack_info.id in hex), "iat", "next_update",
 * "revoked": [{"kind": "issuer" | "key" | "credential", "sha256" in hex}]}. It says that time has passed, never that
 * it has not: a photograph of it can be shown again.
 *
 * text   a compact JWS by a release key of the root (ES256, ES384 or EdDSA), nothing around it; borrowed
 * root   the last root of the pack in use
 * info   of the pack in use; a next_update beyond its expires is cut down to that
 * arena  for what is decoded; nothing of it is needed afterwards
 *
 * ERR_FRESH_TYP        another `typ`
 * ERR_FRESH_SIGNER     the key id names no release key of the root
 * ERR_FRESH_SIGNATURE  the signature is wrong
 * ERR_FRESH_SHAPE      too long, a claim is missing, of a wrong type or out of range, or it is dated before its pack
 * ERR_FRESH_MANY       more than LIMIT_FRESH_REVOKED revocations
 * ERR_FRESH_SCHEME     of another list
 * ERR_FRESH_ROOT       made under another root version
 * ERR_FRESH_OLDER      for a lower sequence number than the pack's
 * ERR_FRESH_NEWER      for a higher one
 * ERR_FRESH_OTHER      for this number with other contents
 * ERR_JWS_*, ERR_JSON_*, ERR_BASE64URL, ERR_ALG_*, ERR_KEY_MISMATCH, ERR_SIGNATURE_SHAPE, ERR_CRYPTO_FAILED,
 * ERR_NO_ROOM
 */
MUST_USE enum err fresh_read(struct span text, const struct root *root, const struct pack_info *info,
                             struct arena *arena, struct fresh_token *out);

/*
 * May a token that was read be taken in at a time (trust.md sections 1 and 3)?
 *
 * last_s  `iat` of the last token that was accepted, seconds since 1970 UTC; 0: none was
 *
 * ERR_FRESH_REPLAYED   its iat is not above that
 * ERR_FRESH_FUTURE     its iat lies above a finite hi
 * ERR_FRESH_FAR_AHEAD  its iat lies further ahead than now allows (pack_admit_time)
 */
MUST_USE enum err fresh_admit(const struct fresh_token *token, int64_t last_s, const struct interval *now);

/* Everything that `other` revokes is revoked by `token` too: then the newer of both says it all. */
bool fresh_covers(const struct fresh_token *token, const struct fresh_token *other);

/*
 * Add what a token says. Revocations add up; next_update is the newest token's.
 *
 * ERR_FRESH_FULL  more revocations than are kept, or more tokens; `fresh` is as before
 */
MUST_USE enum err fresh_join(const struct fresh_token *token, struct fresh *fresh);

/* Is it revoked? NULL: no token says so. `fresh` may be NULL. */
const struct fresh_revocation *fresh_find(const struct fresh *fresh, enum fresh_kind kind,
                                          const uint8_t sha256[CRYPTO_SHA256_BYTES]);

/* The pack's claims with its next_update extended as far as the tokens say; never shortened, never past expires.
 * `fresh` may be NULL. */
struct pack_info fresh_extend(const struct fresh *fresh, const struct pack_info *info);

#endif
