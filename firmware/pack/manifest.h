/* manifest: the signed first line of a pack: which database, of which list, from when until when. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PACK_MANIFEST_H
#define PACK_MANIFEST_H

#include "base/arena.h"
#include "base/err.h"
#include "base/span.h"
#include "crypto/crypto.h"
#include "pack/pack.h"
#include "pack/root.h"

/* The `typ` of a manifest, which no other JWS of ours carries. */
#define MANIFEST_TYP "credkiosk-pack+jwt"

/* A manifest whose signature was right. Spans live in the arena; times are seconds since 1970 UTC. */
struct manifest {
    struct span scheme;
    struct span audience; /* or empty */
    uint64_t seq, root_version, min_app, database_bytes;
    int64_t iat_s, next_update_s, expires_s;
    uint8_t database_sha256[CRYPTO_SHA256_BYTES];
    uint8_t id[CRYPTO_SHA256_BYTES];     /* SHA-256 of the JWS signing input */
    uint8_t signer[CRYPTO_SHA256_BYTES]; /* RFC 7638 thumbprint of the release key that signed it */
};

/*
 * Check a manifest and read its claims {"scheme", "seq", "iat", "next_update", "expires", "root", "min_app",
 * "audience"?, "db": {"bytes", "sha256" in hex}, "sources"?}.
 *
 * text   a compact JWS by ES256, ES384 or EdDSA
 * root   names the release keys
 * rules  audience, app_version and now are used
 *
 * ERR_PACK_TYP        another `typ`
 * ERR_PACK_SIGNER     the key id names no release key of the root
 * ERR_PACK_SIGNATURE  the signature is wrong
 * ERR_PACK_MANIFEST   a claim is missing, of a wrong type or out of range, or iat, next_update, expires do
 * not follow each other ERR_PACK_SCHEME     another list ERR_PACK_ROOT       made under another root version
 * ERR_PACK_AUDIENCE   for another site or group
 * ERR_PACK_MIN_APP    asks for a newer program
 * ERR_PACK_LIFETIME   lasts longer than LIMIT_PACK_LIFETIME_S
 * ERR_PACK_FUTURE     iat lies above a finite now.hi_s
 * ERR_JWS_*, ERR_JSON_*, ERR_BASE64URL, ERR_ALG_*, ERR_KEY_MISMATCH, ERR_SIGNATURE_SHAPE, ERR_CRYPTO_FAILED,
 * ERR_NO_ROOM
 */
MUST_USE enum err manifest_read(struct span text, const struct root *root, const struct pack_rules *rules,
                                struct arena *arena, struct manifest *out);

#endif
