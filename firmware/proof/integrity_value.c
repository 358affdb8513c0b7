/* SPDX-License-Identifier: Apache-2.0 */
#include "proof/integrity_value.h"

#include <jansson.h>

#include "codec/base58.h"
#include "codec/base64url.h"
#include "codec/jsontext.h"

/* Characters of base58 that the 96 bytes of a P-384 signature take at most, and bytes that so many decode to. */
#define SIGNATURE_CHARS 132u
#define SIGNATURE_ROOM  SIGNATURE_CHARS

/* A header of three short members takes 41 characters encoded; white space may stand between them. */
#define HEADER_CHARS 256u

enum err integrity_value_base58(struct span text, struct arena *arena, struct span *out) {
    struct room room = {0};
    if (text.len == 0 || text.ptr[0] != 'z') {
        return ERR_PROOF_VALUE;
    }
    if (text.len - 1 > SIGNATURE_CHARS) {
        return ERR_SIGNATURE_SHAPE;
    }
    TRY(arena_room(arena, SIGNATURE_ROOM, &room));
    if (base58_decode(span_slice(text, 1, text.len - 1), &room) != ERR_OK) {
        return ERR_PROOF_VALUE;
    }
    *out = room_span(&room);
    return ERR_OK;
}

/* RFC 7797 section 6: b64 is false and named in crit, which names nothing else. */
static bool is_unencoded_eddsa(const json_t *header) {
    const json_t *crit = json_object_get(header, "crit");
    return json_object_size(header) == 3 &&
           span_equal_text(jsontext_span(json_object_get(header, "alg")), "EdDSA") &&
           json_is_false(json_object_get(header, "b64")) && json_array_size(crit) == 1 &&
           span_equal_text(jsontext_span(json_array_get(crit, 0)), "b64");
}

static enum err check_header(struct span encoded) {
    uint8_t bytes[BASE64URL_ROOM(HEADER_CHARS)];
    struct room text = room_over(bytes, sizeof bytes);
    json_t *header = NULL;
    if (encoded.len > HEADER_CHARS || base64url_decode(encoded, &text) != ERR_OK ||
        jsontext_parse(room_span(&text), &header) != ERR_OK) {
        return ERR_PROOF_VALUE;
    }
    bool good = is_unencoded_eddsa(header);
    json_decref(header);
    return good ? ERR_OK : ERR_PROOF_VALUE;
}

enum err integrity_value_jws(struct span text, struct arena *arena, struct span *header,
                             struct span *signature) {
    struct room room = {0};
    size_t dot = span_find(text, '.', 0);
    struct span first = span_slice(text, 0, dot);
    struct span last = span_slice(text, dot + 2, text.len);
    if (span_find(text, '.', dot + 1) != dot + 1 || last.len > SIGNATURE_CHARS) {
        return ERR_PROOF_VALUE;
    }
    TRY(check_header(first));
    TRY(arena_room(arena, BASE64URL_ROOM(SIGNATURE_CHARS), &room));
    if (base64url_decode(last, &room) != ERR_OK) {
        return ERR_PROOF_VALUE;
    }
    *header = first;
    *signature = room_span(&room);
    return ERR_OK;
}
