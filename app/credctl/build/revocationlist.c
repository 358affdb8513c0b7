/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/revocationlist.h"

#include <stdlib.h>

#include "base/limits.h"
#include "base/sort.h"
#include "codec/jsontext.h"

/* Kinds of list: their type, where the revoked stand, and what an entry is named by. */
static const struct kind {
    const char *type, *member, *format;
    const char *names[2];
    bool may_be_lifted; /* an entry may say that it is revoked no more */
} kinds[] = {
    {"1EdTechRevocationList", "revokedCredential", "1EdTech Revocation List", {"id"}, true},
    {"RevocationList", "revokedAssertions", "Open Badges 2.0 RevocationList", {"id", "uid"}, false},
};

#define KIND_COUNT (sizeof kinds / sizeof *kinds)

static bool is_of(const json_t *document, const struct kind *kind) {
    return span_equal_text(jsontext_span(json_object_get(document, "type")), kind->type) ||
           json_object_get(document, kind->member) != NULL;
}

/* 1EdTech calls its own kind RevocationList, too: what a list holds goes before what it is called. */
static const struct kind *kind_of(const json_t *document) {
    const struct kind *found = NULL;
    for (size_t i = 0; i < KIND_COUNT; i++) {
        found = found == NULL && json_object_get(document, kinds[i].member) != NULL ? &kinds[i] : found;
    }
    for (size_t i = 0; i < KIND_COUNT; i++) {
        found = found == NULL && is_of(document, &kinds[i]) ? &kinds[i] : found;
    }
    return found;
}

bool revocationlist_is(struct span text) {
    json_t *document = NULL;
    bool is = jsontext_parse_large(text, REVOCATIONLIST_VALUES_MAX, &document) == ERR_OK &&
              kind_of(document) != NULL;
    json_decref(document);
    return is;
}

static enum err add_id(const json_t *id, struct room *hashes) {
    uint8_t hash[CRYPTO_SHA256_BYTES];
    struct span text = jsontext_span(id);
    if (text.len == 0) {
        return ERR_STATUS_SHAPE;
    }
    TRY(crypto_sha256(text, hash));
    return room_put(hashes, span_of_bytes(hash, sizeof hash));
}

/* Every name of an entry revokes; one that is not there does not. */
static enum err add_names(const json_t *entry, const struct kind *kind, struct room *hashes) {
    size_t before = hashes->len;
    for (size_t i = 0; i < 2 && kind->names[i] != NULL; i++) {
        const json_t *name = json_object_get(entry, kind->names[i]);
        if (name != NULL) {
            TRY(add_id(name, hashes));
        }
    }
    return hashes->len > before ? ERR_OK : ERR_STATUS_SHAPE;
}

static enum err add_entry(const json_t *entry, const struct kind *kind, struct room *hashes) {
    const json_t *revoked = json_object_get(entry, "revoked");
    if (json_is_string(entry)) {
        return add_id(entry, hashes);
    }
    if (!json_is_object(entry) || (kind->may_be_lifted && revoked != NULL && !json_is_boolean(revoked))) {
        return ERR_STATUS_SHAPE;
    }
    bool lifted = kind->may_be_lifted && json_is_false(revoked);
    return lifted ? ERR_OK : add_names(entry, kind, hashes);
}

static int order_hashes(void *ctx, const void *a, const void *b) {
    (void)ctx;
    return memcmp(a, b, CRYPTO_SHA256_BYTES);
}

/* In their order, none twice. */
static void order(struct room *hashes) {
    uint8_t *bytes = hashes->ptr;
    size_t kept = 0;
    sort_items(bytes, hashes->len / CRYPTO_SHA256_BYTES, CRYPTO_SHA256_BYTES, order_hashes, NULL);
    for (size_t at = 0; at < hashes->len; at += CRYPTO_SHA256_BYTES) {
        if (kept == 0 || memcmp(bytes + at, bytes + kept - CRYPTO_SHA256_BYTES, CRYPTO_SHA256_BYTES) != 0) {
            memmove(bytes + kept, bytes + at, CRYPTO_SHA256_BYTES);
            kept += CRYPTO_SHA256_BYTES;
        }
    }
    hashes->len = kept;
}

/* One entry may stand without an array around it; none at all is an empty list. */
static enum err read_entries(const json_t *document, const struct kind *kind, struct statuslist *list) {
    const json_t *entries = json_object_get(document, kind->member);
    size_t count = json_is_array(entries) ? json_array_size(entries) : entries != NULL;
    size_t cap = 2 * count * CRYPTO_SHA256_BYTES;
    uint8_t *memory = malloc(cap + 1);
    if (memory == NULL) {
        return ERR_NO_MEMORY;
    }
    list->hashes = room_over(memory, cap);
    for (size_t i = 0; i < count; i++) {
        TRY(add_entry(json_is_array(entries) ? json_array_get(entries, i) : entries, kind, &list->hashes));
    }
    order(&list->hashes);
    list->entries = list->hashes.len / CRYPTO_SHA256_BYTES;
    return ERR_OK;
}

/* The issuer is a string, an object with an id, or not named. */
static bool names_other(const json_t *document, struct span issuer) {
    const json_t *named = json_object_get(document, "issuer");
    const json_t *id = json_is_object(named) ? json_object_get(named, "id") : named;
    return named != NULL && !span_equal(jsontext_span(id), issuer);
}

static bool holds_both(const json_t *document) {
    return json_object_get(document, kinds[0].member) != NULL &&
           json_object_get(document, kinds[1].member) != NULL;
}

enum err revocationlist_read(const struct statuslist_source *source, struct statuslist *list) {
    TRY(jsontext_parse_large(source->text, REVOCATIONLIST_VALUES_MAX, &list->claims));
    const struct kind *kind = kind_of(list->claims);
    if (kind == NULL || holds_both(list->claims) ||
        jsontext_optional_string(list->claims, "id", &list->id) != ERR_OK) {
        return ERR_STATUS_SHAPE;
    }
    if (names_other(list->claims, source->issuer)) {
        return ERR_STATUS_ISSUER;
    }
    if (!source->accept_unsigned) {
        return ERR_STATUS_UNSIGNED;
    }
    list->kind = span_of_text(kind->type);
    list->format = span_of_text(kind->format);
    list->issuer = source->issuer;
    list->purpose_count = 1;
    list->is_unsigned = true;
    list->as_of_s = source->fetched_s;
    return read_entries(list->claims, kind, list);
}
