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

static enum err read_header(struct jws *jws) {
    if (!json_is_object(jws->header) || jsontext_string(jws->header, "alg", &jws->alg) != ERR_OK ||
        jsontext_optional_string(jws->header, "typ", &jws->typ) != ERR_OK ||
        jsontext_optional_string(jws->header, "kid", &jws->kid) != ERR_OK) {
        return ERR_JWS_HEADER;
    }
    if (json_object_get(jws->header, "crit") != NULL) {
        return ERR_JWS_CRIT;
    }
    return json_object_get(jws->header, "b64") != NULL ? ERR_JWS_B64 : ERR_OK;
}

static enum err split(struct span text, struct arena *arena, struct jws *jws) {
    struct parts parts = {0};
    struct span header = {0};
    TRY(find_parts(text, &parts));
    TRY(decode(parts.header, arena, &header));
    TRY(decode(parts.payload, arena, &jws->payload));
    TRY(decode(parts.signature, arena, &jws->signature));
    TRY(jsontext_parse(header, &jws->header));
    jws->signing_input = parts.signing_input;
    return read_header(jws);
}

enum err jws_split(struct span text, struct arena *arena, struct jws *out) {
    struct jws jws = {0};
    enum err err = split(text, arena, &jws);
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
