/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/issuer_file.h"

#include <stdlib.h>

#include "base/datetime.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "codec/jsontext.h"
#include "credctl/build/issuer_anchor.h"
#include "crypto/jwk.h"

json_t *issuer_file_new(const char *identifier) {
    return json_pack("{s:[s],s:{},s:s,s:s,s:b,s:[]}", "identifiers", identifier, "names", "territory", "",
                     "source", "by hand", "unsigned", 0, "keys");
}

bool issuer_file_is_of(const json_t *issuer, const char *identifier) {
    const json_t *identifiers = json_object_get(issuer, "identifiers");
    for (size_t i = 0; i < json_array_size(identifiers); i++) {
        if (span_equal_text(jsontext_span(json_array_get(identifiers, i)), identifier)) {
            return true;
        }
    }
    return false;
}

bool issuer_file_may_name(struct span identifier) {
    if (identifier.len > LIMIT_NAME_BYTES || !utf8_valid(identifier) ||
        (!span_starts_with(identifier, "did:") && !span_starts_with(identifier, "https://"))) {
        return false;
    }
    for (size_t i = 0; i < identifier.len; i++) {
        if (identifier.ptr[i] <= ' ' || identifier.ptr[i] == 0x7F || identifier.ptr[i] == '#') {
            return false;
        }
    }
    return true;
}

enum err issuer_file_add_identifier(json_t *issuer, const char *identifier) {
    json_t *identifiers = json_object_get(issuer, "identifiers");
    if (issuer_file_is_of(issuer, identifier)) {
        return ERR_OK;
    }
    return json_array_append_new(identifiers, json_string(identifier)) == 0 ? ERR_OK : ERR_NO_MEMORY;
}

enum err issuer_file_set_name(json_t *issuer, struct span language, const char *name) {
    char member[36];
    if (language.len >= sizeof member) {
        return ERR_ISSUER_FILE;
    }
    memcpy(member, language.ptr, language.len);
    member[language.len] = '\0';
    return json_object_set_new(json_object_get(issuer, "names"), member, json_string(name)) == 0
               ? ERR_OK
               : ERR_NO_MEMORY;
}

/* One name a line, to an array; and back. */
json_t *issuer_file_scope_json(struct span lines) {
    json_t *array = json_array();
    for (size_t at = 0; at < lines.len;) {
        size_t end = span_find(lines, '\n', at);
        if (json_array_append_new(array, json_stringn((const char *)lines.ptr + at, end - at)) != 0) {
            json_decref(array);
            return NULL;
        }
        at = end + 1;
    }
    return array;
}

enum err issuer_file_scope(const json_t *array, char out[ISSUER_FILE_SCOPE_BYTES], struct span *lines) {
    struct room room = room_over(out, ISSUER_FILE_SCOPE_BYTES);
    if (!json_is_array(array)) {
        return ERR_ISSUER_FILE;
    }
    for (size_t i = 0; i < json_array_size(array); i++) {
        struct span name = jsontext_span(json_array_get(array, i));
        if (name.len == 0 || name.len > LIMIT_NAME_BYTES || span_find(name, '\n', 0) != name.len) {
            return ERR_ISSUER_FILE;
        }
        if (i > 0) {
            TRY(room_put_byte(&room, '\n'));
        }
        TRY(room_put(&room, name));
    }
    *lines = room_span(&room);
    return ERR_OK;
}

static json_t *json_of_time(int64_t time_s) {
    char text[DATETIME_TEXT_SIZE] = "";
    if (time_s != 0) {
        datetime_text(time_s, text);
    }
    return json_string(text);
}

static enum err read_time(const json_t *object, const char *member, int64_t *out) {
    struct span text = {0};
    *out = 0;
    if (jsontext_optional_string(object, member, &text) != ERR_OK) {
        return ERR_ISSUER_FILE;
    }
    if (text.len == 0) {
        return ERR_OK;
    }
    TRY(datetime_parse(text, out));
    /* 0 says "absent": a key withdrawn at the beginning of 1970 would not be withdrawn at all. */
    return *out > 0 ? ERR_OK : ERR_ISSUER_FILE;
}

static json_t *json_of_key(const struct crypto_key *key) {
    uint8_t text[2048];
    struct room room = room_over(text, sizeof text);
    return jwk_write(key, &room) == ERR_OK ? json_loadb((const char *)text, room.len, 0, NULL) : NULL;
}

static json_t *json_of_entry(const struct lists_key *key) {
    return json_pack(
        "{s:s%,s:s,s:o,s:o,s:o,s:b,s:o,s:o,s:o}", "kid", key->kid.len == 0 ? "" : (const char *)key->kid.ptr,
        key->kid.len, "alg", crypto_alg_name(key->alg), "jwk", json_of_key(&key->key), "types",
        issuer_file_scope_json(key->types), "achievements", issuer_file_scope_json(key->achievements),
        "for_status", key->for_status, "valid_from", json_of_time(key->valid_from_s), "valid_until",
        json_of_time(key->valid_until_s), "withdrawn_at", json_of_time(key->withdrawn_at_s));
}

struct span issuer_file_first(const json_t *issuer) {
    return jsontext_span(json_array_get(json_object_get(issuer, "identifiers"), 0));
}

enum err issuer_file_mark_key(json_t *issuer, size_t index, const char *source, int64_t since_s) {
    json_t *key = json_array_get(json_object_get(issuer, "keys"), index);
    if (!json_is_object(key)) {
        return ERR_ISSUER_FILE;
    }
    int failed = json_object_set_new(key, "source", json_string(source)) |
                 json_object_set_new(key, "since", json_of_time(since_s));
    return failed == 0 ? ERR_OK : ERR_NO_MEMORY;
}

enum err issuer_file_mark_unsigned(json_t *issuer) {
    json_t *keys = json_object_get(issuer, "keys");
    for (size_t i = 0; i < json_array_size(keys); i++) {
        /* Nothing is said of a key that says nothing itself: it takes its issuer's word. */
        (void)json_object_del(json_array_get(keys, i), "unsigned");
    }
    return json_object_set_new(issuer, "unsigned", json_true()) == 0 ? ERR_OK : ERR_NO_MEMORY;
}

enum err issuer_file_withdraw_key(json_t *issuer, size_t index, int64_t time_s) {
    json_t *key = json_array_get(json_object_get(issuer, "keys"), index);
    return json_object_set_new(key, "withdrawn_at", json_of_time(time_s)) == 0 ? ERR_OK : ERR_ISSUER_FILE;
}

enum err issuer_file_withdrawn(const json_t *issuer, size_t index, int64_t *out_s) {
    return read_time(json_array_get(json_object_get(issuer, "keys"), index), "withdrawn_at", out_s);
}

enum err issuer_file_since(const json_t *issuer, size_t index, int64_t *out_s) {
    return read_time(json_array_get(json_object_get(issuer, "keys"), index), "since", out_s);
}

size_t issuer_file_keys(const json_t *issuer) {
    return json_array_size(json_object_get(issuer, "keys"));
}

/* Where the key stands among the issuer's; behind the last: nowhere. */
static enum err find_key(const json_t *issuer, const struct crypto_key *key, size_t *out) {
    struct issuer_file_key *other = malloc(sizeof *other);
    enum err err = other == NULL ? ERR_NO_MEMORY : ERR_OK;
    size_t at = 0;
    for (; err == ERR_OK && at < issuer_file_keys(issuer); at++) {
        err = issuer_file_key(issuer, at, other);
        if (err == ERR_OK && crypto_key_equal(&other->key.key, key)) {
            break;
        }
    }
    free(other);
    *out = at;
    return err;
}

/* From which list a key comes, and since when, is nothing of the key. */
static const char *const marks[] = {"source", "since"};

static bool same_entry(const json_t *listed, const json_t *entry) {
    json_t *plain = json_copy((json_t *)listed);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        (void)json_object_del(plain, marks[i]);
    }
    bool same = json_equal(plain, entry) == 1;
    json_decref(plain);
    return same;
}

static enum err keep_marks(const json_t *listed, json_t *entry) {
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        json_t *mark = json_object_get(listed, marks[i]);
        if (mark != NULL && json_object_set(entry, marks[i], mark) != 0) {
            return ERR_NO_MEMORY;
        }
    }
    return ERR_OK;
}

/* The key is listed: what of the new entry counts? */
static enum err merge_key(json_t *keys, size_t at, const struct lists_key *key, json_t *entry, bool replace) {
    json_t *listed = json_array_get(keys, at);
    if (key->withdrawn_at_s != 0) {
        return json_object_set_new(listed, "withdrawn_at", json_of_time(key->withdrawn_at_s)) == 0
                   ? ERR_OK
                   : ERR_NO_MEMORY;
    }
    bool withdrawn = jsontext_span(json_object_get(listed, "withdrawn_at")).len != 0;
    if (withdrawn || same_entry(listed, entry)) {
        return ERR_OK;
    }
    if (!replace) {
        return ERR_KEY_LISTED;
    }
    TRY(keep_marks(listed, entry));
    return json_array_set(keys, at, entry) == 0 ? ERR_OK : ERR_NO_MEMORY;
}

enum err issuer_file_add_key(json_t *issuer, const struct lists_key *key, bool replace) {
    json_t *keys = json_object_get(issuer, "keys");
    size_t at = 0;
    TRY(find_key(issuer, &key->key, &at));
    json_t *entry = json_of_entry(key);
    if (entry == NULL) {
        return ERR_NO_MEMORY;
    }
    enum err err = ERR_OK;
    if (at < json_array_size(keys)) {
        err = merge_key(keys, at, key, entry, replace);
    } else {
        err = json_array_append(keys, entry) == 0 ? ERR_OK : ERR_NO_MEMORY;
    }
    json_decref(entry);
    return err;
}

/* What the key says of its source, else what the issuer says. */
static const json_t *unsigned_of(const json_t *issuer, const json_t *entry) {
    const json_t *own = json_object_get(entry, "unsigned");
    return own != NULL ? own : json_object_get(issuer, "unsigned");
}

enum err issuer_file_key(const json_t *issuer, size_t index, struct issuer_file_key *out) {
    const json_t *entry = json_array_get(json_object_get(issuer, "keys"), index);
    const json_t *for_status = json_object_get(entry, "for_status");
    const json_t *is_unsigned = unsigned_of(issuer, entry);
    struct lists_key *key = &out->key;
    struct span alg = {0};
    *key = (struct lists_key){0};
    if (jsontext_optional_string(entry, "kid", &key->kid) != ERR_OK || key->kid.len > LIMIT_NAME_BYTES ||
        jsontext_string(entry, "alg", &alg) != ERR_OK || !json_is_boolean(for_status) ||
        (is_unsigned != NULL && !json_is_boolean(is_unsigned))) {
        return ERR_ISSUER_FILE;
    }
    TRY(crypto_alg_from_name(alg, &key->alg));
    TRY(jwk_read(json_object_get(entry, "jwk"), &key->key));
    TRY(issuer_file_scope(json_object_get(entry, "types"), out->types, &key->types));
    TRY(issuer_file_scope(json_object_get(entry, "achievements"), out->achievements, &key->achievements));
    TRY(read_time(entry, "valid_from", &key->valid_from_s));
    TRY(read_time(entry, "valid_until", &key->valid_until_s));
    TRY(read_time(entry, "withdrawn_at", &key->withdrawn_at_s));
    key->for_status = json_is_true(for_status);
    key->unsigned_source = json_is_true(is_unsigned);
    return crypto_alg_key_kind(key->alg) == key->key.kind ? ERR_OK : ERR_KEY_MISMATCH;
}

/* What is listed is checked first; where nothing is to be listed, that is all. */
static enum err list_names(const json_t *issuer, struct lists *lists, int64_t row) {
    json_t *names = json_object_get(issuer, "names");
    const char *language = NULL;
    json_t *value = NULL;
    if (json_object_size(names) == 0) {
        return ERR_ISSUER_FILE;
    }
    json_object_foreach(names, language, value) {
        struct span name = jsontext_span(value);
        if (name.len == 0 || name.len > LIMIT_NAME_BYTES) {
            return ERR_ISSUER_FILE;
        }
        TRY(lists == NULL ? ERR_OK : lists_add_name(lists, row, span_of_text(language), name));
    }
    return ERR_OK;
}

static enum err list_identifiers(const json_t *issuer, struct lists *lists, int64_t row) {
    const json_t *identifiers = json_object_get(issuer, "identifiers");
    if (json_array_size(identifiers) == 0) {
        return ERR_ISSUER_FILE;
    }
    for (size_t i = 0; i < json_array_size(identifiers); i++) {
        struct span identifier = jsontext_span(json_array_get(identifiers, i));
        if (!issuer_file_may_name(identifier)) {
            return ERR_ISSUER_FILE;
        }
        TRY(lists == NULL ? ERR_OK : lists_add_identifier(lists, row, identifier));
    }
    return ERR_OK;
}

static enum err list_keys(const json_t *issuer, struct lists *lists, int64_t row) {
    struct issuer_file_key *key = malloc(sizeof *key);
    enum err err = key == NULL ? ERR_NO_MEMORY : ERR_OK;
    for (size_t i = 0; err == ERR_OK && i < issuer_file_keys(issuer); i++) {
        err = issuer_file_key(issuer, i, key);
        if (err == ERR_OK && lists != NULL) {
            err = lists_add_key(lists, row, &key->key);
        }
    }
    free(key);
    return err;
}

static bool is_territory(struct span text) {
    return text.len == 0 || (text.len == 2 && text.ptr[0] >= 'A' && text.ptr[0] <= 'Z' &&
                             text.ptr[1] >= 'A' && text.ptr[1] <= 'Z');
}

static enum err read_head(const json_t *issuer, struct lists_issuer *head) {
    const json_t *is_unsigned = json_object_get(issuer, "unsigned");
    if (jsontext_optional_string(issuer, "territory", &head->territory) != ERR_OK ||
        !is_territory(head->territory) || jsontext_string(issuer, "source", &head->source) != ERR_OK ||
        !json_is_boolean(is_unsigned)) {
        return ERR_ISSUER_FILE;
    }
    head->unsigned_source = json_is_true(is_unsigned);
    return ERR_OK;
}

enum err issuer_file_check(const json_t *issuer) {
    struct lists_issuer head = {0};
    TRY(read_head(issuer, &head));
    TRY(list_identifiers(issuer, NULL, 0));
    TRY(list_names(issuer, NULL, 0));
    TRY(list_keys(issuer, NULL, 0));
    return issuer_anchor_list(issuer, NULL, 0);
}

enum err issuer_file_list(const json_t *issuer, struct lists *lists) {
    struct lists_issuer head = {0};
    int64_t row = 0;
    TRY(read_head(issuer, &head));
    TRY(lists_add_issuer(lists, &head, &row));
    TRY(list_identifiers(issuer, lists, row));
    TRY(list_names(issuer, lists, row));
    TRY(list_keys(issuer, lists, row));
    return issuer_anchor_list(issuer, lists, row);
}
