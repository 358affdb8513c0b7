/* fresh_file: what a workspace remembers of the pack signed last and of the freshness tokens made for it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_FRESH_FILE_H
#define CREDCTL_BUILD_FRESH_FILE_H

#include "pack/fresh.h"

/*
 * fresh.json of the workspace: {"root", "seq", "sha256" (pack_info.id), "issued", "expires", "iat" (of the last token, or
 * 0), "revoked": as in a token}. Each token repeats what the ones before it revoked, so that a kiosk that met only
 * the last one knows all; a newer pack begins anew. Its lists must have what was revoked: this file is the reminder.
 */
#define FRESH_FILE "fresh.json"

/* Times are seconds since 1970 UTC. */
struct fresh_file {
    uint64_t root, seq;
    uint8_t id[CRYPTO_SHA256_BYTES];
    int64_t issued_s, expires_s, iat_s;
    size_t count;
    struct fresh_revocation revoked[LIMIT_FRESH_REVOKED];
};

/* Remember a pack that was just signed; when the last token was made stays. ERR_FILE_WRITE, ERR_NO_MEMORY, ERR_NO_ROOM. */
MUST_USE enum err fresh_file_begin(const char *folder, const struct pack_info *info);

/* Read it. ERR_FILE_MISSING: no pack was signed yet; ERR_FRESH_SHAPE: malformed; ERR_FILE_READ, ERR_JSON_*. */
MUST_USE enum err fresh_file_read(const char *folder, struct fresh_file *out);

/* Write it. ERR_FILE_WRITE, ERR_NO_MEMORY, ERR_NO_ROOM. */
MUST_USE enum err fresh_file_write(const char *folder, const struct fresh_file *file);

/* Add a revocation, once. ERR_FRESH_MANY. */
MUST_USE enum err fresh_file_revoke(struct fresh_file *file, enum fresh_kind kind,
                                    const uint8_t sha256[CRYPTO_SHA256_BYTES]);

#endif
