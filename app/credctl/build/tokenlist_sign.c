/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/tokenlist_sign.h"

#include <jansson.h>
#include <stdlib.h>

#include "codec/base64url.h"
#include "codec/cbor.h"
#include "credctl/build/tokenlist.h"

#define TAG_SIGN1 18u

/* The list deflated. Release by free. */
static enum err deflated(const struct tokenlist_claimed *claimed, struct room *out) {
    size_t cap = claimed->bitmap.len + claimed->bitmap.len / 1000 + 1024;
    uint8_t *memory = malloc(cap);
    *out = room_over(memory, memory == NULL ? 0 : cap);
    return memory == NULL ? ERR_NO_MEMORY : tokenlist_put_bits(claimed->bitmap, claimed->bits, out);
}

static json_t *base64url_json(struct span bytes) {
    size_t cap = BASE64URL_CHARS(bytes.len) + 1;
    uint8_t *memory = malloc(cap);
    struct room text = room_over(memory, memory == NULL ? 0 : cap);
    json_t *json = memory != NULL && base64url_encode(bytes, &text) == ERR_OK
                       ? json_stringn((const char *)text.ptr, text.len)
                       : NULL;
    free(memory);
    return json;
}

enum err tokenlist_sign_jwt(const struct tokenlist_claimed *claimed, const struct signer *signer,
                            struct span kid, struct room *out) {
    struct room lst = {0};
    enum err err = deflated(claimed, &lst);
    json_t *json =
        err == ERR_OK
            ? json_pack("{s:s%,s:I,s:I,s:{s:I,s:o}}", "sub", claimed->sub.ptr, claimed->sub.len, "iat",
                        (json_int_t)claimed->iat_s, "exp", (json_int_t)claimed->exp_s, "status_list", "bits",
                        (json_int_t)claimed->bits, "lst", base64url_json(room_span(&lst)))
            : NULL;
    char *text = json != NULL ? json_dumps(json, JSON_COMPACT) : NULL;
    if (err == ERR_OK) {
        err = text == NULL
                  ? ERR_NO_MEMORY
                  : signer_jws(signer, span_of_text(TOKENLIST_TYP_JWT), kid, span_of_text(text), out);
    }
    free(text);
    json_decref(json);
    free(lst.ptr);
    return err;
}

static enum err put_label(struct room *out, uint64_t label) {
    return cbor_put(out, CBOR_UNSIGNED, label);
}

/* The claims of section 5.2. */
static enum err put_claims(const struct tokenlist_claimed *claimed, struct span lst, struct room *out) {
    TRY(cbor_put(out, CBOR_MAP, 4));
    TRY(put_label(out, 2));
    TRY(cbor_put_string(out, CBOR_TEXT, claimed->sub));
    TRY(put_label(out, 4));
    TRY(cbor_put(out, CBOR_UNSIGNED, (uint64_t)claimed->exp_s));
    TRY(put_label(out, 6));
    TRY(cbor_put(out, CBOR_UNSIGNED, (uint64_t)claimed->iat_s));
    TRY(put_label(out, 65533));
    TRY(cbor_put(out, CBOR_MAP, 2));
    TRY(cbor_put_string(out, CBOR_TEXT, span_of_text("lst")));
    TRY(cbor_put_string(out, CBOR_BYTES, lst));
    TRY(cbor_put_string(out, CBOR_TEXT, span_of_text("bits")));
    return cbor_put(out, CBOR_UNSIGNED, claimed->bits);
}

/* alg as COSE counts: -1 - number. */
static enum err alg_number(enum crypto_alg alg, uint64_t *out) {
    switch (alg) {
    case CRYPTO_ES256:
        *out = 6;
        return ERR_OK;
    case CRYPTO_ES384:
        *out = 34;
        return ERR_OK;
    case CRYPTO_EDDSA:
        *out = 7;
        return ERR_OK;
    default:
        return ERR_ALG_UNSUPPORTED;
    }
}

static enum err put_protected(enum crypto_alg alg, struct room *out) {
    uint64_t number = 0;
    TRY(alg_number(alg, &number));
    TRY(cbor_put(out, CBOR_MAP, 2));
    TRY(put_label(out, 1));
    TRY(cbor_put(out, CBOR_NEGATIVE, number));
    TRY(put_label(out, 16));
    return cbor_put_string(out, CBOR_TEXT, span_of_text("application/" TOKENLIST_TYP_CWT));
}

/* What a token is put together in. */
struct pieces {
    struct room claims, signed_bytes, header, signature;
    uint8_t header_bytes[128], signature_bytes[256];
};

/* The Sig_structure (RFC 9052 section 4.4), signed. */
static enum err sign(struct pieces *pieces, const struct signer *signer) {
    TRY(cbor_put(&pieces->signed_bytes, CBOR_ARRAY, 4));
    TRY(cbor_put_string(&pieces->signed_bytes, CBOR_TEXT, span_of_text("Signature1")));
    TRY(cbor_put_string(&pieces->signed_bytes, CBOR_BYTES, room_span(&pieces->header)));
    TRY(cbor_put_string(&pieces->signed_bytes, CBOR_BYTES, (struct span){0}));
    TRY(cbor_put_string(&pieces->signed_bytes, CBOR_BYTES, room_span(&pieces->claims)));
    TRY(signer_sign(signer, room_span(&pieces->signed_bytes), &pieces->signature));
    return crypto_verify(signer_alg(signer), signer_public(signer), room_span(&pieces->signed_bytes),
                         room_span(&pieces->signature));
}

static enum err put_cose(const struct pieces *pieces, struct span kid, struct room *out) {
    TRY(cbor_put(out, CBOR_TAG, TAG_SIGN1));
    TRY(cbor_put(out, CBOR_ARRAY, 4));
    TRY(cbor_put_string(out, CBOR_BYTES, room_span(&pieces->header)));
    TRY(cbor_put(out, CBOR_MAP, kid.len > 0));
    if (kid.len > 0) {
        TRY(put_label(out, 4));
        TRY(cbor_put_string(out, CBOR_BYTES, kid));
    }
    TRY(cbor_put_string(out, CBOR_BYTES, room_span(&pieces->claims)));
    return cbor_put_string(out, CBOR_BYTES, room_span(&pieces->signature));
}

static enum err make_cwt(const struct tokenlist_claimed *claimed, struct span lst,
                         const struct signer *signer, struct span kid, struct room *out) {
    struct pieces pieces = {0};
    size_t cap = lst.len + claimed->sub.len + 512;
    uint8_t *memory = malloc(2 * cap);
    if (memory == NULL) {
        return ERR_NO_MEMORY;
    }
    pieces.claims = room_over(memory, cap);
    pieces.signed_bytes = room_over(memory + cap, cap);
    pieces.header = room_over(pieces.header_bytes, sizeof pieces.header_bytes);
    pieces.signature = room_over(pieces.signature_bytes, sizeof pieces.signature_bytes);
    enum err err = put_protected(signer_alg(signer), &pieces.header);
    err = err == ERR_OK ? put_claims(claimed, lst, &pieces.claims) : err;
    err = err == ERR_OK ? sign(&pieces, signer) : err;
    err = err == ERR_OK ? put_cose(&pieces, kid, out) : err;
    free(memory);
    return err;
}

enum err tokenlist_sign_cwt(const struct tokenlist_claimed *claimed, const struct signer *signer,
                            struct span kid, struct room *out) {
    struct room lst = {0};
    enum err err = deflated(claimed, &lst);
    err = err == ERR_OK ? make_cwt(claimed, room_span(&lst), signer, kid, out) : err;
    free(lst.ptr);
    return err;
}
