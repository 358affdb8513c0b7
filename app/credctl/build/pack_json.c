/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/pack_json.h"

#include <stdio.h>

#include "base/datetime.h"
#include "codec/base64url.h"
#include "crypto/jwk.h"

static const char *const bands[] = {[PACK_CLOCK_UNKNOWN] = "unknown",
                                    [PACK_FRESH] = "fresh",
                                    [PACK_STALE] = "stale",
                                    [PACK_EXPIRED] = "expired"};

static json_t *of_span(struct span text) {
    return text.len == 0 ? json_string("") : json_stringn((const char *)text.ptr, text.len);
}

static json_t *of_time(int64_t time_s) {
    char text[DATETIME_TEXT_SIZE];
    if (time_s == 0) {
        return json_null();
    }
    datetime_text(time_s, text);
    return json_string(text);
}

static json_t *of_hex(const uint8_t bytes[CRYPTO_SHA256_BYTES]) {
    char hex[2 * CRYPTO_SHA256_BYTES + 1];
    for (size_t i = 0; i < CRYPTO_SHA256_BYTES; i++) {
        snprintf(hex + 2 * i, 3, "%02x", bytes[i]);
    }
    return json_string(hex);
}

static json_t *of_lines(struct span lines) {
    json_t *array = json_array();
    for (size_t at = 0; at < lines.len;) {
        size_t end = span_find(lines, '\n', at);
        json_array_append_new(array, of_span(span_slice(lines, at, end - at)));
        at = end + 1;
    }
    return array;
}

static json_t *of_thumbprint(const uint8_t thumbprint[CRYPTO_SHA256_BYTES]) {
    uint8_t text[BASE64URL_CHARS(CRYPTO_SHA256_BYTES)];
    struct room room = room_over(text, sizeof text);
    enum err err = base64url_encode(span_of_bytes(thumbprint, CRYPTO_SHA256_BYTES), &room);
    return err == ERR_OK ? of_span(room_span(&room)) : NULL;
}

static json_t *of_public(const struct crypto_key *key) {
    uint8_t text[2048];
    struct room room = room_over(text, sizeof text);
    return jwk_write(key, &room) == ERR_OK ? json_loadb((const char *)text, room.len, 0, NULL) : NULL;
}

json_t *pack_json_key(const struct pack_walk_key *step) {
    const struct pack_key *key = &step->key;
    return json_pack("{s:o,s:o,s:s,s:o,s:o,s:o,s:b,s:b,s:o,s:o,s:o}", "kid", of_span(step->kid), "thumbprint",
                     of_thumbprint(step->thumbprint), "alg", crypto_alg_name(key->alg), "jwk",
                     of_public(&key->key), "types", of_lines(key->types), "achievements",
                     of_lines(key->achievements), "for_status", key->for_status, "unsigned",
                     key->unsigned_source, "valid_from", of_time(key->valid_from_s), "valid_until",
                     of_time(key->valid_until_s), "withdrawn_at", of_time(key->withdrawn_at_s));
}

json_t *pack_json_issuer(const struct pack_issuer *issuer, json_t *names, json_t *keys) {
    return json_pack("{s:o,s:o,s:o,s:o,s:b,s:o}", "identifier", of_span(issuer->identifier), "name",
                     of_span(issuer->name), "names", names, "territory", of_span(issuer->territory),
                     "unsigned", issuer->unsigned_source, "keys", keys);
}

json_t *pack_json_anchor(const struct pack_walk_anchor *step) {
    return json_pack("{s:o,s:o,s:o,s:o}", "sha256", of_hex(step->sha256), "name", of_span(step->name),
                     "types", of_lines(step->types), "achievements", of_lines(step->achievements));
}

json_t *pack_json_status(const struct pack_walk_status *step) {
    const struct pack_status *list = &step->list;
    return json_pack("{s:o,s:o,s:o,s:o,s:b,s:I,s:I,s:o,s:o}", "address", of_span(step->address), "purpose",
                     of_span(list->purpose), "kind", of_span(list->kind), "issuer", of_span(list->issuer),
                     "unsigned", list->is_unsigned, "entries", (json_int_t)list->entries, "bits",
                     (json_int_t)list->bits, "as_of", of_time(list->as_of_s), "expires",
                     of_time(list->expires_s));
}

json_t *pack_json_context(const struct pack_context *context) {
    const struct termtable_head *head = &context->head;
    return json_pack("{s:o,s:o,s:o,s:I}", "address", of_span(head->address), "sha256", of_span(head->sha256),
                     "source", of_span(head->source), "bytes", (json_int_t)context->table.len);
}

json_t *pack_json_head(const struct pack_info *info, const struct interval *now, json_t *sources) {
    int64_t at_s = now->source == INTERVAL_STATED ? now->lo_s : 0;
    return json_pack("{s:o,s:I,s:I,s:b,s:o,s:o,s:o,s:s,s:o,s:I,s:o,s:o,s:o}", "scheme", of_span(info->scheme),
                     "seq", (json_int_t)info->seq, "root", (json_int_t)info->root_version, "demo", info->demo,
                     "issued", of_time(info->iat_s), "next_update", of_time(info->next_update_s), "expires",
                     of_time(info->expires_s), "band", bands[pack_band(info, now)], "at", of_time(at_s),
                     "bytes", (json_int_t)info->database_bytes, "sha256", of_hex(info->sha256), "id",
                     of_hex(info->id), "sources", sources);
}
