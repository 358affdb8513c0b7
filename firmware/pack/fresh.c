/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/fresh.h"

#include "codec/jsontext.h"
#include "pack/document.h"
#include "pack/release.h"

/* The last second of the year 9999. */
#define TIME_MAX_S INTERVAL_LAST_S

/* What a token says, before it is compared with the pack in use. */
struct claims {
    struct span scheme; /* points into the document */
    int64_t root, seq;
    uint8_t id[CRYPTO_SHA256_BYTES];
    struct fresh_token token;
};

static enum fresh_kind kind_of(const json_t *entry) {
    static const char *const names[FRESH_KINDS] = {
        [FRESH_ISSUER] = "issuer", [FRESH_KEY] = "key", [FRESH_CREDENTIAL] = "credential"};
    struct span name = {0};
    if (!document_name(entry, "kind", &name)) {
        return FRESH_NOTHING;
    }
    for (int i = FRESH_NOTHING + 1; i < FRESH_KINDS; i++) {
        if (span_equal_text(name, names[i])) {
            return (enum fresh_kind)i;
        }
    }
    return FRESH_NOTHING;
}

/* A revocation of a kind that is not known is one that could not be kept: the token is refused. */
static enum err read_revoked(const json_t *claims, struct fresh_token *out) {
    const json_t *entries = json_object_get(claims, "revoked");
    size_t count = json_array_size(entries);
    if (!json_is_array(entries)) {
        return ERR_FRESH_SHAPE;
    }
    if (count > LIMIT_FRESH_REVOKED) {
        return ERR_FRESH_MANY;
    }
    for (size_t i = 0; i < count; i++) {
        const json_t *entry = json_array_get(entries, i);
        struct fresh_revocation *revoked = &out->revoked[i];
        revoked->kind = kind_of(entry);
        revoked->as_of_s = out->iat_s;
        if (revoked->kind == FRESH_NOTHING || json_object_size(entry) != 2 ||
            !document_sha256(entry, "sha256", revoked->sha256)) {
            return ERR_FRESH_SHAPE;
        }
    }
    out->count = count;
    return ERR_OK;
}

static enum err read_claims(const json_t *claims, struct claims *out) {
    struct fresh_token *token = &out->token;
    bool whole = document_name(claims, "scheme", &out->scheme) &&
                 document_number(claims, "root", 1, INT32_MAX, &out->root) &&
                 document_number(claims, "seq", 1, LIMIT_JSON_INTEGER, &out->seq) &&
                 document_sha256(claims, "sha256", out->id) &&
                 document_number(claims, "iat", 0, TIME_MAX_S, &token->iat_s) &&
                 document_number(claims, "next_update", token->iat_s, TIME_MAX_S, &token->next_update_s);
    return whole ? read_revoked(claims, token) : ERR_FRESH_SHAPE;
}

/* Does it speak of the pack in use? */
static enum err compare(const struct claims *claims, const struct root *root, const struct pack_info *info) {
    if (!span_equal(claims->scheme, root->scheme)) {
        return ERR_FRESH_SCHEME;
    }
    if ((uint64_t)claims->root != info->root_version) {
        return ERR_FRESH_ROOT;
    }
    if ((uint64_t)claims->seq != info->seq) {
        return (uint64_t)claims->seq < info->seq ? ERR_FRESH_OLDER : ERR_FRESH_NEWER;
    }
    if (memcmp(claims->id, info->id, sizeof claims->id) != 0) {
        return ERR_FRESH_OTHER;
    }
    return claims->token.iat_s < info->iat_s ? ERR_FRESH_SHAPE : ERR_OK;
}

static enum err read_document(const struct document *document, const struct root *root,
                              const struct pack_info *info, struct fresh_token *out) {
    struct claims claims = {0};
    TRY(release_check(document, root, ERR_FRESH_SIGNER, ERR_FRESH_SIGNATURE));
    TRY(read_claims(document->claims, &claims));
    TRY(compare(&claims, root, info));
    if (claims.token.next_update_s > info->expires_s) {
        claims.token.next_update_s = info->expires_s;
    }
    *out = claims.token;
    return ERR_OK;
}

enum err fresh_read(struct span text, const struct root *root, const struct pack_info *info,
                    struct arena *arena, struct fresh_token *out) {
    struct document document = {0};
    if (text.len > LIMIT_FRESH_BYTES) {
        return ERR_FRESH_SHAPE;
    }
    TRY(document_split(text, FRESH_TYP, ERR_FRESH_TYP, arena, &document));
    enum err err = read_document(&document, root, info, out);
    document_close(&document);
    return err;
}

enum err fresh_admit(const struct fresh_token *token, int64_t last_s, const struct interval *now) {
    if (token->iat_s <= last_s) {
        return ERR_FRESH_REPLAYED;
    }
    enum err err = pack_admit_time(token->iat_s, now);
    return err == ERR_PACK_FUTURE ? ERR_FRESH_FUTURE : err == ERR_PACK_FAR_AHEAD ? ERR_FRESH_FAR_AHEAD : err;
}

static bool is_same(const struct fresh_revocation *revoked, enum fresh_kind kind,
                    const uint8_t sha256[CRYPTO_SHA256_BYTES]) {
    return revoked->kind == kind && memcmp(revoked->sha256, sha256, CRYPTO_SHA256_BYTES) == 0;
}

static const struct fresh_revocation *find(const struct fresh_revocation *revoked, size_t count,
                                           enum fresh_kind kind, const uint8_t sha256[CRYPTO_SHA256_BYTES]) {
    for (size_t i = 0; i < count; i++) {
        if (is_same(&revoked[i], kind, sha256)) {
            return &revoked[i];
        }
    }
    return NULL;
}

bool fresh_covers(const struct fresh_token *token, const struct fresh_token *other) {
    for (size_t i = 0; i < other->count; i++) {
        const struct fresh_revocation *one = &other->revoked[i];
        if (find(token->revoked, token->count, one->kind, one->sha256) == NULL) {
            return false;
        }
    }
    return true;
}

/* Said twice it counts once, as of the newer. */
static void add(const struct fresh_revocation *revoked, struct fresh *fresh) {
    for (size_t i = 0; i < fresh->count; i++) {
        struct fresh_revocation *known = &fresh->revoked[i];
        if (is_same(known, revoked->kind, revoked->sha256)) {
            known->as_of_s = revoked->as_of_s > known->as_of_s ? revoked->as_of_s : known->as_of_s;
            return;
        }
    }
    fresh->revoked[fresh->count++] = *revoked;
}

enum err fresh_join(const struct fresh_token *token, struct fresh *fresh) {
    size_t room = sizeof fresh->revoked / sizeof *fresh->revoked - fresh->count;
    if (fresh->tokens >= LIMIT_FRESH_TOKENS || token->count > room) {
        return ERR_FRESH_FULL;
    }
    for (size_t i = 0; i < token->count; i++) {
        add(&token->revoked[i], fresh);
    }
    if (fresh->tokens == 0 || token->iat_s > fresh->iat_s) {
        fresh->iat_s = token->iat_s;
        fresh->next_update_s = token->next_update_s;
    }
    fresh->tokens++;
    return ERR_OK;
}

const struct fresh_revocation *fresh_find(const struct fresh *fresh, enum fresh_kind kind,
                                          const uint8_t sha256[CRYPTO_SHA256_BYTES]) {
    return fresh == NULL ? NULL : find(fresh->revoked, fresh->count, kind, sha256);
}

struct pack_info fresh_extend(const struct fresh *fresh, const struct pack_info *info) {
    struct pack_info out = *info;
    if (fresh != NULL && fresh->tokens > 0) {
        int64_t until_s = fresh->next_update_s < info->expires_s ? fresh->next_update_s : info->expires_s;
        out.next_update_s = until_s > info->next_update_s ? until_s : info->next_update_s;
    }
    return out;
}
