/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/did.h"

#include "codec/base64url.h"
#include "codec/jsontext.h"
#include "crypto/jwk.h"
#include "crypto/multikey.h"

#define DID_KEY "did:key:"
#define DID_JWK "did:jwk:"

struct span did_without_fragment(struct span url) {
    return span_slice(url, 0, span_find(url, '#', 0));
}

struct span did_fragment(struct span url) {
    return span_slice(url, span_find(url, '#', 0) + 1, url.len);
}

bool did_is_self_certifying(struct span did) {
    return span_starts_with(did, DID_KEY) || span_starts_with(did, DID_JWK);
}

static enum err read_did_key(struct span id, struct span fragment, bool has_fragment,
                             struct crypto_key *out) {
    if (has_fragment && !span_equal(fragment, id)) {
        return ERR_KEY_SHAPE;
    }
    return multikey_read(id, out);
}

static enum err read_jwk(struct span text, struct crypto_key *out) {
    json_t *jwk = NULL;
    TRY(jsontext_parse(text, &jwk));
    enum err err = jwk_read(jwk, out);
    json_decref(jwk);
    return err;
}

static enum err read_did_jwk(struct span id, struct span fragment, bool has_fragment, struct arena *arena,
                             struct crypto_key *out) {
    if (id.len > DID_JWK_CHARS_MAX) {
        return ERR_NO_ROOM;
    }
    if (has_fragment && !span_equal_text(fragment, "0")) {
        return ERR_KEY_SHAPE;
    }
    struct room room = {0};
    TRY(arena_room(arena, BASE64URL_ROOM(id.len), &room));
    TRY(base64url_decode(id, &room));
    return read_jwk(room_span(&room), out);
}

enum err did_own_key(struct span did_url, struct arena *arena, struct crypto_key *out) {
    struct span did = did_without_fragment(did_url);
    struct span fragment = did_fragment(did_url);
    bool has_fragment = did.len < did_url.len;
    struct span id = span_slice(did, strlen(DID_KEY), did.len);
    if (span_starts_with(did, DID_KEY)) {
        return read_did_key(id, fragment, has_fragment, out);
    }
    return span_starts_with(did, DID_JWK) ? read_did_jwk(id, fragment, has_fragment, arena, out)
                                          : ERR_KEY_UNSUPPORTED;
}
