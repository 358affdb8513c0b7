/* SPDX-License-Identifier: Apache-2.0 */
#include "codec/jws.h"

#include "codec/base64url.h"
#include "codec/jsontext.h"

/* The three parts as they stand in the text. */
struct parts {
    struct span header, payload, signature, signing_input;
};

static enum err find_parts(struct span text, struct parts *out) {
    size_t first = span_find(text, '.', 0);
    size_t second = span_find(text, '.', first + 1);
    if (first == 0 || second + 1 >= text.len || span_find(text, '.', second + 1) != text.len) {
        return ERR_JWS_SHAPE;
    }
    out->header = span_slice(text, 0, first);
    out->payload = span_slice(text, first + 1, second - first - 1);
    out->signature = span_slice(text, second + 1, text.len - second - 1);
    out->signing_input = span_slice(text, 0, second);
    return ERR_OK;
}

static enum err decode(struct span part, struct arena *arena, struct span *out) {
    struct room room = {0};
    TRY(arena_room(arena, BASE64URL_ROOM(part.len), &room));
    TRY(base64url_decode(part, &room));
    *out = room_span(&room);
    return ERR_OK;
}

/* Names that "crit" may list. */
struct understood {
    const char *const *names;
    size_t count;
};

static bool is_understood(struct span name, const struct understood *understood) {
    for (size_t i = 0; i < understood->count; i++) {
        if (span_equal_text(name, understood->names[i])) {
            return true;
        }
    }
    return false;
}

/* There may be no more than are understood, so that none stands there too often. */
static enum err check_crit(const json_t *header, const struct understood *understood) {
    const json_t *crit = json_object_get(header, "crit");
    size_t count = json_array_size(crit);
    if (crit != NULL && (count == 0 || count > understood->count)) {
        return ERR_JWS_CRIT;
    }
    for (size_t i = 0; i < count; i++) {
        const json_t *name = json_array_get(crit, i);
        if (!is_understood(jsontext_span(name), understood) ||
            json_object_get(header, json_string_value(name)) == NULL) {
            return ERR_JWS_CRIT;
        }
        for (size_t other = 0; other < i; other++) {
            if (json_equal(name, json_array_get(crit, other))) {
                return ERR_JWS_CRIT;
            }
        }
    }
    return ERR_OK;
}

static enum err read_header(struct jws *jws, const struct understood *understood) {
    if (!json_is_object(jws->header) || jsontext_string(jws->header, "alg", &jws->alg) != ERR_OK ||
        jsontext_optional_string(jws->header, "typ", &jws->typ) != ERR_OK ||
        jsontext_optional_string(jws->header, "kid", &jws->kid) != ERR_OK) {
        return ERR_JWS_HEADER;
    }
    TRY(check_crit(jws->header, understood));
    return json_object_get(jws->header, "b64") != NULL ? ERR_JWS_B64 : ERR_OK;
}

static enum err split(struct span text, const struct understood *understood, struct arena *arena,
                      struct jws *jws) {
    struct parts parts = {0};
    struct span header = {0};
    TRY(find_parts(text, &parts));
    TRY(decode(parts.header, arena, &header));
    TRY(decode(parts.payload, arena, &jws->payload));
    TRY(decode(parts.signature, arena, &jws->signature));
    TRY(jsontext_parse(header, &jws->header));
    jws->signing_input = parts.signing_input;
    return read_header(jws, understood);
}

enum err jws_split(struct span text, struct arena *arena, struct jws *out) {
    return jws_split_understanding(text, NULL, 0, arena, out);
}

enum err jws_split_understanding(struct span text, const char *const understood[], size_t count,
                                 struct arena *arena, struct jws *out) {
    struct jws jws = {0};
    struct understood names = {understood, count};
    enum err err = split(text, &names, arena, &jws);
    if (err != ERR_OK) {
        jws_close(&jws);
        return err;
    }
    *out = jws;
    return ERR_OK;
}

void jws_close(struct jws *jws) {
    json_decref(jws->header);
    *jws = (struct jws){0};
}
