/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/join.h"

#include <stdlib.h>

#include "codec/jsontext.h"
#include "credctl/build/issuer_anchor.h"

static enum err begin(struct join *join, const json_t *piece) {
    join->keys = join->keys != NULL ? join->keys : malloc(JOIN_KEYS_MAX * sizeof *join->keys);
    join->reading = join->reading != NULL ? join->reading : malloc(sizeof *join->reading);
    join->issuer =
        json_pack("{s:O?,s:O?,s:O?,s:O?,s:[],s:[]}", "names", json_object_get(piece, "names"), "territory",
                  json_object_get(piece, "territory"), "source", json_object_get(piece, "source"), "unsigned",
                  json_object_get(piece, "unsigned"), "identifiers", "keys");
    return join->keys == NULL || join->reading == NULL || join->issuer == NULL ? ERR_NO_MEMORY : ERR_OK;
}

static enum err set_text(json_t *key, const char *member, const json_t *from) {
    return json_object_set(key, member, json_object_get(from, member)) == 0 ? ERR_OK : ERR_NO_MEMORY;
}

static bool has_text(const json_t *key, const char *member) {
    return jsontext_span(json_object_get(key, member)).len > 0;
}

/* Whether a key of the issuer has this id. */
static bool kid_is_taken(const json_t *keys, struct span kid) {
    for (size_t i = 0; i < json_array_size(keys); i++) {
        if (span_equal(jsontext_span(json_object_get(json_array_get(keys, i), "kid")), kid)) {
            return true;
        }
    }
    return false;
}

static enum err withdraw(json_t *listed, const json_t *entry, int64_t listed_s, int64_t entry_s) {
    return entry_s != 0 && (listed_s == 0 || entry_s < listed_s) ? set_text(listed, "withdrawn_at", entry)
                                                                 : ERR_OK;
}

/* The key is there: what of the further entry counts? */
static enum err join_same(struct join *join, size_t at, const json_t *entry, const struct lists_key *key) {
    json_t *keys = json_object_get(join->issuer, "keys"), *listed = json_array_get(keys, at);
    int64_t entry_s = key->withdrawn_at_s;
    struct span kid = key->kid;
    bool is_unsigned = key->unsigned_source;
    TRY(issuer_file_key(join->issuer, at, join->reading));
    bool still = is_unsigned && join->reading->key.unsigned_source;
    if (json_object_set_new(listed, "unsigned", json_boolean(still)) != 0) {
        return ERR_NO_MEMORY;
    }
    if (kid.len > 0 && !has_text(listed, "kid") && !kid_is_taken(keys, kid)) {
        TRY(set_text(listed, "kid", entry));
    }
    return withdraw(listed, entry, join->reading->key.withdrawn_at_s, entry_s);
}

static enum err join_new(struct join *join, const json_t *piece, const json_t *entry,
                         const struct lists_key *key) {
    json_t *keys = json_object_get(join->issuer, "keys");
    size_t count = json_array_size(keys);
    if (count == JOIN_KEYS_MAX) {
        return ERR_LISTS_MANY;
    }
    bool taken = key->kid.len > 0 && kid_is_taken(keys, key->kid);
    json_t *copy = json_copy((json_t *)entry);
    if (copy == NULL || json_array_append_new(keys, copy) != 0 ||
        json_object_set_new(copy, "unsigned", json_boolean(key->unsigned_source)) != 0 ||
        (taken && json_object_set_new(copy, "kid", json_string("")) != 0) ||
        (!has_text(copy, "source") &&
         json_object_set(copy, "source", json_object_get(piece, "source")) != 0)) {
        return ERR_NO_MEMORY;
    }
    join->keys[count] = key->key;
    return ERR_OK;
}

static enum err join_key(struct join *join, const json_t *piece, size_t index) {
    const json_t *entry = json_array_get(json_object_get(piece, "keys"), index);
    size_t at = 0, count = issuer_file_keys(join->issuer);
    TRY(issuer_file_key(piece, index, join->reading));
    while (at < count && !crypto_key_equal(&join->keys[at], &join->reading->key.key)) {
        at++;
    }
    return at < count ? join_same(join, at, entry, &join->reading->key)
                      : join_new(join, piece, entry, &join->reading->key);
}

enum err join_add(struct join *join, const json_t *piece, bool whole) {
    if (join->pieces == JOIN_PIECES_MAX) {
        return ERR_LISTS_MANY;
    }
    if (join->issuer == NULL) {
        TRY(begin(join, piece));
    }
    join->pieces++;
    for (size_t i = 0; i < issuer_file_keys(piece); i++) {
        TRY(join_key(join, piece, i));
    }
    return whole ? issuer_anchor_join(join->issuer, piece) : ERR_OK;
}

void join_reset(struct join *join) {
    json_decref(join->issuer);
    join->issuer = NULL;
    join->pieces = 0;
}

void join_close(struct join *join) {
    json_decref(join->issuer);
    free(join->keys);
    free(join->reading);
    *join = (struct join){0};
}
