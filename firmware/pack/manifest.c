/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/manifest.h"

#include "base/limits.h"
#include "codec/jsontext.h"
#include "pack/document.h"
#include "pack/release.h"

/* The last second of the year 9999. */
#define TIME_MAX_S 253402300799LL

static bool read_numbers(const json_t *claims, struct manifest *out) {
    int64_t seq = 0, root = 0, min_app = 0, bytes = 0;
    const json_t *database = json_object_get(claims, "db");
    bool whole = document_number(claims, "seq", 1, LIMIT_JSON_INTEGER, &seq) &&
                 document_number(claims, "root", 1, INT32_MAX, &root) &&
                 document_number(claims, "min_app", 0, UINT32_MAX, &min_app) &&
                 document_number(claims, "iat", 0, TIME_MAX_S, &out->iat_s) &&
                 document_number(claims, "next_update", out->iat_s, TIME_MAX_S, &out->next_update_s) &&
                 document_number(claims, "expires", out->next_update_s, TIME_MAX_S, &out->expires_s) &&
                 document_number(database, "bytes", 1, LIMIT_PACK_BYTES, &bytes);
    out->seq = (uint64_t)seq;
    out->root_version = (uint64_t)root;
    out->min_app = (uint64_t)min_app;
    out->database_bytes = (uint64_t)bytes;
    return whole;
}

static enum err read_claims(const json_t *claims, struct arena *arena, struct manifest *out) {
    struct span scheme = {0}, audience = {0};
    if (!read_numbers(claims, out) || !document_name(claims, "scheme", &scheme) ||
        !document_sha256(json_object_get(claims, "db"), "sha256", out->database_sha256)) {
        return ERR_PACK_MANIFEST;
    }
    if (json_object_get(claims, "audience") != NULL && !document_name(claims, "audience", &audience)) {
        return ERR_PACK_MANIFEST;
    }
    TRY(arena_copy(arena, audience, &out->audience));
    return arena_copy(arena, scheme, &out->scheme);
}

static enum err check_rules(const struct manifest *manifest, const struct root *root,
                            const struct pack_rules *rules) {
    if (!span_equal(manifest->scheme, root->scheme)) {
        return ERR_PACK_SCHEME;
    }
    if (manifest->root_version != root->version) {
        return ERR_PACK_ROOT;
    }
    if (manifest->audience.len != 0 && !span_equal(manifest->audience, rules->audience)) {
        return ERR_PACK_AUDIENCE;
    }
    if (manifest->min_app > rules->app_version) {
        return ERR_PACK_MIN_APP;
    }
    if (manifest->expires_s - manifest->iat_s > LIMIT_PACK_LIFETIME_S) {
        return ERR_PACK_LIFETIME;
    }
    if (rules->now.hi_s != INTERVAL_UNBOUNDED && manifest->iat_s > rules->now.hi_s) {
        return ERR_PACK_FUTURE;
    }
    return ERR_OK;
}

enum err manifest_read(struct span text, const struct root *root, const struct pack_rules *rules,
                       struct arena *arena, struct manifest *out) {
    struct document document = {0};
    struct manifest manifest = {0};
    TRY(document_split(text, MANIFEST_TYP, ERR_PACK_TYP, arena, &document));
    enum err err = release_check(&document, root, ERR_PACK_SIGNER, ERR_PACK_SIGNATURE);
    if (err == ERR_OK) {
        err = crypto_sha256(document.jws.signing_input, manifest.id);
        memcpy(manifest.signer, document.kid, sizeof manifest.signer);
    }
    if (err == ERR_OK) {
        err = read_claims(document.claims, arena, &manifest);
    }
    document_close(&document);
    TRY(err);
    TRY(check_rules(&manifest, root, rules));
    *out = manifest;
    return ERR_OK;
}
