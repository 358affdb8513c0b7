/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/tokenlist.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/limits.h"
#include "codec/base64url.h"
#include "codec/deflate.h"
#include "codec/inflate.h"
#include "codec/jsontext.h"
#include "codec/jws.h"
#include "credctl/build/tokenlist_claims.h"

/* A header with a chain of certificates in it. */
#define HEADER_BYTES_MAX 65536u

/* A media type, whose letters may be capitals, and "application/" left out (RFC 7515 section 4.1.9). */
static bool is_type(struct span typ) {
    return span_equal_small(typ, TOKENLIST_TYP_JWT) ||
           span_equal_small(typ, "application/" TOKENLIST_TYP_JWT);
}

bool tokenlist_is_jwt(struct span text) {
    struct span header = span_slice(text, 0, span_find(text, '.', 0)), typ = {0};
    json_t *json = NULL;
    uint8_t *memory = header.len <= HEADER_BYTES_MAX ? malloc(BASE64URL_ROOM(header.len) + 1) : NULL;
    struct room room = room_over(memory, memory == NULL ? 0 : BASE64URL_ROOM(header.len));
    bool read = memory != NULL && base64url_decode(header, &room) == ERR_OK &&
                jsontext_parse(room_span(&room), &json) == ERR_OK &&
                jsontext_string(json, "typ", &typ) == ERR_OK;
    bool is = read && is_type(typ);
    json_decref(json);
    free(memory);
    return is;
}

/* The same entries with the other end first; once more, and they are as they were. */
static uint8_t turned(uint8_t byte, uint32_t bits) {
    uint32_t mask = (1u << bits) - 1, out = 0;
    for (uint32_t at = 0; at < 8; at += bits) {
        out |= ((uint32_t)byte >> at & mask) << (8 - bits - at);
    }
    return (uint8_t)out;
}

static void turn_all(uint8_t *bytes, size_t len, uint32_t bits) {
    uint8_t table[256];
    for (unsigned i = 0; i < 256; i++) {
        table[i] = turned((uint8_t)i, bits);
    }
    for (size_t i = 0; i < len; i++) {
        bytes[i] = table[bytes[i]];
    }
}

enum err tokenlist_take_bits(struct span lst, uint64_t bits, struct statuslist *list) {
    if (bits != 1 && bits != 2 && bits != 4 && bits != 8) {
        return ERR_STATUS_SHAPE;
    }
    TRY(statuslist_make_room(list));
    TRY(inflate_bytes(INFLATE_ZLIB, lst, &list->bitmap));
    list->bits = (uint32_t)bits;
    list->entries = (uint64_t)list->bitmap.len * 8 / bits;
    turn_all(list->bitmap.ptr, list->bitmap.len, list->bits);
    return list->entries > 0 ? ERR_OK : ERR_STATUS_SHAPE;
}

enum err tokenlist_put_bits(struct span bitmap, uint32_t bits, struct room *out) {
    uint8_t *copy = malloc(bitmap.len + 1);
    if (copy == NULL) {
        return ERR_NO_MEMORY;
    }
    memcpy(copy, bitmap.len > 0 ? bitmap.ptr : (const uint8_t *)"", bitmap.len);
    turn_all(copy, bitmap.len, bits);
    enum err err = deflate_bytes(INFLATE_ZLIB, span_of_bytes(copy, bitmap.len), out);
    free(copy);
    return err;
}

/* lst is base64url here. */
static enum err take_list(const json_t *json, struct statuslist *list) {
    int64_t bits = 0;
    struct span lst = {0};
    if (jsontext_integer(json, "bits", &bits) != ERR_OK || bits < 0 ||
        jsontext_string(json, "lst", &lst) != ERR_OK) {
        return ERR_STATUS_SHAPE;
    }
    uint8_t *memory = malloc(BASE64URL_ROOM(lst.len) + 1);
    struct room room = room_over(memory, BASE64URL_ROOM(lst.len));
    enum err err = memory == NULL ? ERR_NO_MEMORY : base64url_decode(lst, &room);
    if (err == ERR_OK) {
        err = tokenlist_take_bits(room_span(&room), (uint64_t)bits, list);
    }
    free(memory);
    return err;
}

/* A time in whole or broken seconds, the fraction cut off (RFC 7519 section 2). */
static enum err read_time(const json_t *claims, const char *name, struct tokenlist_number *out) {
    const json_t *value = json_object_get(claims, name);
    double seconds = json_number_value(value);
    if (value != NULL &&
        (!json_is_number(value) || !(seconds >= 0 && seconds <= (double)LIMIT_JSON_INTEGER))) {
        return ERR_STATUS_SHAPE;
    }
    *out = (struct tokenlist_number){value != NULL, (int64_t)seconds};
    return ERR_OK;
}

static enum err read_claims(const struct statuslist_source *source, struct statuslist *list) {
    struct tokenlist_claims claims = {0};
    const json_t *json = list->claims;
    if (!json_is_object(json) || jsontext_optional_string(json, "sub", &claims.sub) != ERR_OK ||
        jsontext_optional_string(json, "iss", &claims.iss) != ERR_OK) {
        return ERR_STATUS_SHAPE;
    }
    TRY(read_time(json, "iat", &claims.iat));
    TRY(read_time(json, "exp", &claims.exp));
    TRY(read_time(json, "ttl", &claims.ttl));
    TRY(tokenlist_claims_take(&claims, source->issuer, list));
    return take_list(json_object_get(json, "status_list"), list);
}

static enum err check(const struct statuslist_source *source, const struct jws *jws) {
    enum crypto_alg alg = CRYPTO_ALG_NONE;
    if (!is_type(jws->typ)) {
        return ERR_STATUS_TYPE;
    }
    TRY(crypto_alg_from_name(jws->alg, &alg));
    return statuslist_keys_signed(source->keys, jws->kid, alg, jws->signing_input, jws->signature);
}

static enum err read_signed(const struct statuslist_source *source, struct arena *arena,
                            struct statuslist *list) {
    struct jws jws = {0};
    TRY(jws_split(source->text, arena, &jws));
    enum err err = check(source, &jws);
    if (err == ERR_OK) {
        err = jsontext_parse(jws.payload, &list->claims);
    }
    jws_close(&jws);
    return err;
}

enum err tokenlist_read_jwt(const struct statuslist_source *source, struct statuslist *list) {
    size_t size = source->text.len + HEADER_BYTES_MAX;
    void *memory = malloc(size);
    struct arena arena = arena_over(memory, size);
    enum err err = memory == NULL ? ERR_NO_MEMORY : read_signed(source, &arena, list);
    free(memory);
    list->format = span_of_text("Token Status List (JWT)");
    return err == ERR_OK ? read_claims(source, list) : err;
}
