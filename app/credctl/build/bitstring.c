/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/bitstring.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/datetime.h"
#include "codec/base64url.h"
#include "codec/deflate.h"
#include "codec/inflate.h"
#include "codec/jsontext.h"
#include "codec/jws.h"
#include "credctl/build/bitstring_proof.h"

/* Far beyond any date that a list may carry, and no sum with it overflows. */
#define TIME_MAX_S 253402300799LL

/* Kinds of list. The older one has no multibase letter before its base64url. */
static const struct kind {
    const char *type, *subject;
    bool multibase, sized; /* whether credentials may state the size of entries */
} kinds[] = {{"BitstringStatusListCredential", "BitstringStatusList", true, true},
             {"StatusList2021Credential", "StatusList2021", false, false}};

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

static enum err check_signature(const struct jws *jws, const struct statuslist_keys *keys) {
    enum crypto_alg alg = CRYPTO_ALG_NONE;
    TRY(crypto_alg_from_name(jws->alg, &alg));
    return statuslist_keys_signed(keys, jws->kid, alg, jws->signing_input, jws->signature);
}

/* "issuer" is a string, or an object with an id. */
static struct span issuer_of(const json_t *credential) {
    const json_t *issuer = json_object_get(credential, "issuer");
    return jsontext_span(json_is_object(issuer) ? json_object_get(issuer, "id") : issuer);
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

static enum err read_times(const json_t *claims, const json_t *credential, const json_t *subject,
                           struct statuslist *list) {
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
    statuslist_end_at(list, until);
    statuslist_end_at(list, exp);
    if (json_object_get(subject, "ttl") != NULL) {
        if (jsontext_integer(subject, "ttl", &ttl_ms) != ERR_OK || ttl_ms < 0 || ttl_ms / 1000 > TIME_MAX_S) {
            return ERR_STATUS_SHAPE;
        }
        statuslist_end_at(list, list->as_of_s + ttl_ms / 1000);
    }
    return ERR_OK;
}

/* The standard has the size stated by each credential; a list that states it too holds to it. */
static enum err read_bitmap(const json_t *subject, const struct kind *kind, struct statuslist *list) {
    struct span encoded = {0};
    int64_t bits = kind->sized ? 0 : 1;
    if (json_object_get(subject, "statusSize") != NULL &&
        (jsontext_integer(subject, "statusSize", &bits) != ERR_OK || bits < 1 || bits > 8)) {
        return ERR_STATUS_SHAPE;
    }
    if (jsontext_string(subject, "encodedList", &encoded) != ERR_OK) {
        return ERR_STATUS_SHAPE;
    }
    TRY(statuslist_make_room(list));
    TRY(kind->multibase ? bitstring_decode(encoded, &list->bitmap) : decode(encoded, &list->bitmap));
    list->bits = (uint32_t)bits;
    list->entries = (uint64_t)list->bitmap.len * 8 / (bits == 0 ? 1 : list->bits);
    return list->entries < LIMIT_STATUS_ENTRIES_MIN ? ERR_STATUS_SHORT : ERR_OK;
}

/* One more purpose, which no other repeats. */
static enum err add_purpose(const json_t *purpose, struct statuslist *list) {
    struct span text = jsontext_span(purpose);
    bool twice = false;
    for (size_t i = 0; i < list->purpose_count; i++) {
        twice = twice || span_equal(text, list->purposes[i]);
    }
    if (text.len == 0 || text.len > LIMIT_NAME_BYTES || twice ||
        list->purpose_count == STATUSLIST_PURPOSES_MAX) {
        return ERR_STATUS_SHAPE;
    }
    list->purposes[list->purpose_count++] = text;
    return ERR_OK;
}

/* A text, or an array of them (section 2.2). */
static enum err read_purposes(const json_t *subject, struct statuslist *list) {
    const json_t *purpose = json_object_get(subject, "statusPurpose");
    if (!json_is_array(purpose)) {
        return add_purpose(purpose, list);
    }
    for (size_t i = 0; i < json_array_size(purpose); i++) {
        TRY(add_purpose(json_array_get(purpose, i), list));
    }
    return list->purpose_count > 0 ? ERR_OK : ERR_STATUS_SHAPE;
}

static const struct kind *kind_of(const json_t *credential, const json_t *subject) {
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (jsontext_names(credential, "type", kinds[i].type) &&
            jsontext_names(subject, "type", kinds[i].subject)) {
            return &kinds[i];
        }
    }
    return NULL;
}

/* The credential itself, and the claims around it, or NULL where its proof stands inside. */
static enum err read_credential(const json_t *credential, const json_t *claims, struct statuslist *list) {
    const json_t *subject = json_object_get(credential, "credentialSubject");
    const struct kind *kind = kind_of(credential, subject);
    if (kind == NULL || !jsontext_names(credential, "type", "VerifiableCredential") ||
        jsontext_optional_string(credential, "id", &list->id) != ERR_OK) {
        return ERR_STATUS_SHAPE;
    }
    list->kind = span_of_text(kind->subject);
    list->format = span_of_text(kind->type);
    TRY(read_purposes(subject, list));
    TRY(read_times(claims, credential, subject, list));
    return read_bitmap(subject, kind, list);
}

static enum err read_claims(struct span issuer, struct statuslist *list) {
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

enum err bitstring_read_document(const struct statuslist_source *source, struct statuslist *list) {
    struct bitstring_proof proof = {0};
    TRY(bitstring_proof_read(source->text, source->issuer, source->keys, source->shelf, &proof));
    list->claims = proof.credential;
    list->issuer = issuer_of(proof.credential);
    if (!span_equal(list->issuer, source->issuer)) {
        return ERR_STATUS_ISSUER;
    }
    statuslist_end_at(list, proof.expires_s);
    return read_credential(proof.credential, NULL, list);
}

static enum err read_signed(const struct statuslist_source *source, struct arena *arena,
                            struct statuslist *list) {
    struct jws jws = {0};
    TRY(jws_split(source->text, arena, &jws));
    enum err err = check_signature(&jws, source->keys);
    if (err == ERR_OK) {
        err = jsontext_parse(jws.payload, &list->claims);
    }
    jws_close(&jws);
    return err;
}

enum err bitstring_read_token(const struct statuslist_source *source, struct statuslist *list) {
    size_t size = source->text.len + 65536;
    void *memory = malloc(size);
    struct arena arena = arena_over(memory, size);
    enum err err = memory == NULL ? ERR_NO_MEMORY : read_signed(source, &arena, list);
    free(memory);
    return err == ERR_OK ? read_claims(source->issuer, list) : err;
}
