/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/bitstring.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/datetime.h"
#include "codec/base64url.h"
#include "codec/deflate.h"
#include "codec/jsontext.h"
#include "codec/jws.h"
#include "credctl/build/bitstring_proof.h"
#include "credctl/sign/public_form.h"
#include "crypto/did.h"
#include "crypto/multikey.h"

/* Far beyond any date that a list may carry, and no sum with it overflows. */
#define TIME_MAX_S 253402300799LL

/* Kinds of list. The older one has no multibase letter before its base64url. */
static const struct kind {
    const char *type, *subject;
    bool multibase;
} kinds[] = {{"BitstringStatusListCredential", "BitstringStatusList", true},
             {"StatusList2021Credential", "StatusList2021", false}};

/* base64url of gzip. */
static enum err decode(struct span text, struct room *out) {
    uint8_t *memory = malloc(BASE64URL_ROOM(text.len));
    if (memory == NULL) {
        return ERR_NO_MEMORY;
    }
    struct room gzip = room_over(memory, BASE64URL_ROOM(text.len));
    enum err err = base64url_decode(text, &gzip);
    if (err == ERR_OK) {
        err = inflate_bytes(INFLATE_GZIP, room_span(&gzip), out);
    }
    free(memory);
    return err;
}

enum err bitstring_decode(struct span encoded, struct room *out) {
    return encoded.len < 2 || encoded.ptr[0] != 'u' ? ERR_STATUS_SHAPE
                                                    : decode(span_slice(encoded, 1, encoded.len), out);
}

enum err bitstring_encode(struct span bitmap, struct room *out) {
    size_t cap = bitmap.len + bitmap.len / 1000 + 1024;
    uint8_t *memory = malloc(cap);
    if (memory == NULL) {
        return ERR_NO_MEMORY;
    }
    struct room gzip = room_over(memory, cap);
    enum err err = deflate_bytes(INFLATE_GZIP, bitmap, &gzip);
    if (err == ERR_OK) {
        err = room_put_byte(out, 'u');
    }
    if (err == ERR_OK) {
        err = base64url_encode(room_span(&gzip), out);
    }
    free(memory);
    return err;
}

/* kid is the key's id, or what stands behind '#' in one of both. */
static bool kid_fits(struct span kid, struct span listed) {
    struct span a = span_slice(kid, span_find(kid, '#', 0) + 1, kid.len);
    struct span b = span_slice(listed, span_find(listed, '#', 0) + 1, listed.len);
    bool fragment = kid.ptr[0] == '#' && span_equal(a, b);
    return fragment || span_equal(kid, listed) || (a.len != 0 && span_equal(a, listed)) ||
           (b.len != 0 && span_equal(kid, b));
}

/* The key itself stands behind '#', as Multikey or as its RFC 7638 thumbprint. */
static bool names_itself(struct span kid, const struct crypto_key *key) {
    struct span fragment = did_fragment(kid);
    uint8_t name[BASE64URL_CHARS(CRYPTO_SHA256_BYTES)];
    struct room thumbprint = room_over(name, sizeof name);
    struct crypto_key named = {0};
    return (multikey_read(fragment, &named) == ERR_OK && crypto_key_equal(&named, key)) ||
           (fragment.len > 0 && public_form_thumbprint(key, &thumbprint) == ERR_OK &&
            span_equal(fragment, room_span(&thumbprint)));
}

enum err bitstring_signed_by(const struct bitstring_keys *keys, struct span kid, enum crypto_alg alg,
                             struct span signed_bytes, struct span signature) {
    enum crypto_alg listed_alg = CRYPTO_ALG_NONE;
    struct span listed = {0};
    struct crypto_key key = {0};
    for (size_t i = 0; keys->next(keys->ctx, i, &listed, &listed_alg, &key); i++) {
        bool chosen = kid.len == 0 || listed.len == 0 || kid_fits(kid, listed) || names_itself(kid, &key);
        if (listed_alg == alg && chosen && crypto_verify(alg, &key, signed_bytes, signature) == ERR_OK) {
            return ERR_OK;
        }
    }
    return ERR_STATUS_ISSUER;
}

static enum err check_signature(const struct jws *jws, const struct bitstring_keys *keys) {
    enum crypto_alg alg = CRYPTO_ALG_NONE;
    TRY(crypto_alg_from_name(jws->alg, &alg));
    return bitstring_signed_by(keys, jws->kid, alg, jws->signing_input, jws->signature);
}

/* "issuer" is a string, or an object with an id. */
static struct span issuer_of(const json_t *credential) {
    const json_t *issuer = json_object_get(credential, "issuer");
    return jsontext_span(json_is_object(issuer) ? json_object_get(issuer, "id") : issuer);
}

static bool has_type(const json_t *object, const char *name) {
    const json_t *type = json_object_get(object, "type");
    if (span_equal_text(jsontext_span(type), name)) {
        return true;
    }
    for (size_t i = 0; i < json_array_size(type); i++) {
        if (span_equal_text(jsontext_span(json_array_get(type, i)), name)) {
            return true;
        }
    }
    return false;
}

/* A date of the credential, else a claim in seconds; 0 where neither stands. */
static enum err read_time(const json_t *credential, const char *member, const json_t *claims,
                          const char *claim, int64_t *out) {
    struct span text = {0};
    *out = 0;
    if (jsontext_optional_string(credential, member, &text) != ERR_OK) {
        return ERR_STATUS_SHAPE;
    }
    if (text.len != 0) {
        return datetime_parse(text, out);
    }
    if (json_is_integer(json_object_get(claims, claim))) {
        TRY(jsontext_integer(claims, claim, out));
    }
    return *out >= 0 && *out <= TIME_MAX_S ? ERR_OK : ERR_STATUS_SHAPE;
}

static void end_at(struct bitstring *list, int64_t time_s) {
    if (time_s != 0 && (list->expires_s == 0 || time_s < list->expires_s)) {
        list->expires_s = time_s;
    }
}

static enum err read_times(const json_t *claims, const json_t *credential, const json_t *subject,
                           struct bitstring *list) {
    int64_t until = 0, exp = 0, ttl_ms = 0;
    TRY(read_time(credential, "validFrom", claims, "nbf", &list->as_of_s));
    if (list->as_of_s == 0) {
        TRY(read_time(credential, "issuanceDate", claims, "iat", &list->as_of_s));
    }
    if (list->as_of_s == 0) {
        return ERR_STATUS_SHAPE;
    }
    TRY(read_time(credential, "validUntil", claims, "exp", &until));
    TRY(read_time(credential, "expirationDate", claims, "exp", &exp));
    end_at(list, until);
    end_at(list, exp);
    if (json_object_get(subject, "ttl") != NULL) {
        if (jsontext_integer(subject, "ttl", &ttl_ms) != ERR_OK || ttl_ms < 0 || ttl_ms / 1000 > TIME_MAX_S) {
            return ERR_STATUS_SHAPE;
        }
        end_at(list, list->as_of_s + ttl_ms / 1000);
    }
    return ERR_OK;
}

/* statusSize is 1 where it does not stand; sizes that straddle bytes are not in use. */
static enum err read_bitmap(const json_t *subject, const struct kind *kind, struct bitstring *list) {
    struct span encoded = {0};
    int64_t bits = 1;
    if (json_object_get(subject, "statusSize") != NULL &&
        jsontext_integer(subject, "statusSize", &bits) != ERR_OK) {
        return ERR_STATUS_SHAPE;
    }
    if ((bits != 1 && bits != 2 && bits != 4 && bits != 8) ||
        jsontext_string(subject, "encodedList", &encoded) != ERR_OK) {
        return ERR_STATUS_SHAPE;
    }
    uint8_t *memory = malloc(BITSTRING_BYTES_MAX);
    if (memory == NULL) {
        return ERR_NO_MEMORY;
    }
    list->bitmap = room_over(memory, BITSTRING_BYTES_MAX);
    TRY(kind->multibase ? bitstring_decode(encoded, &list->bitmap) : decode(encoded, &list->bitmap));
    list->bits = (uint32_t)bits;
    list->entries = (uint64_t)list->bitmap.len * 8 / list->bits;
    return list->entries < BITSTRING_ENTRIES_MIN ? ERR_STATUS_SHORT : ERR_OK;
}

static const struct kind *kind_of(const json_t *credential, const json_t *subject) {
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (has_type(credential, kinds[i].type) && has_type(subject, kinds[i].subject)) {
            return &kinds[i];
        }
    }
    return NULL;
}

/* The credential itself, and the claims around it, or NULL where its proof stands inside. */
static enum err read_credential(const json_t *credential, const json_t *claims, struct bitstring *list) {
    const json_t *subject = json_object_get(credential, "credentialSubject");
    const struct kind *kind = kind_of(credential, subject);
    if (kind == NULL || !has_type(credential, "VerifiableCredential") ||
        jsontext_string(subject, "statusPurpose", &list->purpose) != ERR_OK ||
        jsontext_optional_string(credential, "id", &list->id) != ERR_OK || list->purpose.len == 0) {
        return ERR_STATUS_SHAPE;
    }
    list->kind = span_of_text(kind->subject);
    TRY(read_times(claims, credential, subject, list));
    return read_bitmap(subject, kind, list);
}

static enum err read_claims(struct span issuer, struct bitstring *list) {
    const json_t *nested = json_object_get(list->claims, "vc");
    const json_t *credential = nested != NULL ? nested : list->claims;
    struct span iss = {0};
    list->issuer = issuer_of(credential);
    if (jsontext_optional_string(list->claims, "iss", &iss) != ERR_OK) {
        return ERR_STATUS_SHAPE;
    }
    if (list->issuer.len == 0) {
        list->issuer = iss;
    }
    if (!span_equal(list->issuer, issuer) || (iss.len != 0 && !span_equal(iss, issuer))) {
        return ERR_STATUS_ISSUER;
    }
    return read_credential(credential, list->claims, list);
}

/* A document with its proofs inside. */
static enum err read_proved(struct span text, struct span issuer, const struct bitstring_keys *keys,
                            const struct shelf *shelf, struct bitstring *list) {
    struct bitstring_proof proof = {0};
    TRY(bitstring_proof_read(text, issuer, keys, shelf, &proof));
    list->claims = proof.credential;
    list->issuer = issuer_of(proof.credential);
    if (!span_equal(list->issuer, issuer)) {
        return ERR_STATUS_ISSUER;
    }
    end_at(list, proof.expires_s);
    return read_credential(proof.credential, NULL, list);
}

static enum err read_signed(struct span text, struct span issuer, const struct bitstring_keys *keys,
                            struct arena *arena, struct bitstring *list) {
    struct jws jws = {0};
    TRY(jws_split(text, arena, &jws));
    enum err err = check_signature(&jws, keys);
    if (err == ERR_OK) {
        err = jsontext_parse(jws.payload, &list->claims);
    }
    jws_close(&jws);
    TRY(err);
    return read_claims(issuer, list);
}

static enum err read_token(struct span text, struct span issuer, const struct bitstring_keys *keys,
                           struct bitstring *list) {
    size_t size = text.len + 65536;
    void *memory = malloc(size);
    struct arena arena = arena_over(memory, size);
    enum err err = memory == NULL ? ERR_NO_MEMORY : read_signed(text, issuer, keys, &arena, list);
    free(memory);
    return err;
}

enum err bitstring_read(struct span text, struct span issuer, const struct bitstring_keys *keys,
                        const struct shelf *shelf, struct bitstring *out) {
    struct bitstring list = {0};
    while (text.len > 0 && (text.ptr[text.len - 1] == '\n' || text.ptr[text.len - 1] == '\r')) {
        text.len--;
    }
    enum err err = text.len > 0 && text.ptr[0] == '{' ? read_proved(text, issuer, keys, shelf, &list)
                                                      : read_token(text, issuer, keys, &list);
    if (err != ERR_OK) {
        bitstring_close(&list);
        return err;
    }
    *out = list;
    return ERR_OK;
}

void bitstring_close(struct bitstring *list) {
    json_decref(list->claims);
    free(list->bitmap.ptr);
    *list = (struct bitstring){0};
}
