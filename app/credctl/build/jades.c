/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/jades.h"

#include <stdlib.h>

#include "base/datetime.h"
#include "base/limits.h"
#include "codec/base64.h"
#include "codec/base64url.h"
#include "codec/jsontext.h"
#include "codec/jws.h"

#define SIGNED_AT_TEXT "sigT"

/* Members that change what is signed or by which rules: a detached payload, a policy. */
static const char *const not_judged[] = {"sigD", "sigPId"};

static enum err read_chain(const json_t *header, struct arena *arena, struct certificate *out, bool *found) {
    const json_t *chain = json_object_get(header, "x5c");
    struct room der = {0};
    *found = chain != NULL;
    if (chain == NULL) {
        return ERR_OK;
    }
    struct span text = jsontext_span(json_array_get(chain, 0));
    if (text.len == 0 || json_array_size(chain) > JADES_CHAIN_MAX) {
        return ERR_JWS_HEADER;
    }
    TRY(arena_room(arena, BASE64_ROOM(text.len), &der));
    TRY(base64_decode(text, &der));
    return certificate_read(room_span(&der), out);
}

/* x5t#S256: the thumbprint, in base64url. */
static enum err read_thumbprint(const json_t *header, uint8_t out[CRYPTO_SHA256_BYTES], bool *found) {
    struct span text = {0};
    uint8_t bytes[BASE64URL_ROOM(BASE64URL_CHARS(CRYPTO_SHA256_BYTES))];
    struct room room = room_over(bytes, sizeof bytes);
    if (jsontext_optional_string(header, "x5t#S256", &text) != ERR_OK) {
        return ERR_JWS_HEADER;
    }
    *found = text.len > 0;
    if (*found) {
        if (text.len != BASE64URL_CHARS(CRYPTO_SHA256_BYTES) || base64url_decode(text, &room) != ERR_OK ||
            room.len != CRYPTO_SHA256_BYTES) {
            return ERR_JWS_HEADER;
        }
        memcpy(out, bytes, CRYPTO_SHA256_BYTES);
    }
    return ERR_OK;
}

static const struct certificate *pin_of(const struct jades_rules *rules,
                                        const uint8_t thumbprint[CRYPTO_SHA256_BYTES]) {
    for (size_t i = 0; i < rules->pin_count; i++) {
        if (crypto_equal(rules->pins[i].thumbprint, thumbprint, CRYPTO_SHA256_BYTES)) {
            return &rules->pins[i];
        }
    }
    return NULL;
}

/* The signer's certificate, believed or not. */
static enum err find_signer(const json_t *header, const struct jades_rules *rules, struct arena *arena,
                            struct certificate *out) {
    uint8_t thumbprint[CRYPTO_SHA256_BYTES];
    bool has_chain = false, has_thumbprint = false;
    TRY(read_chain(header, arena, out, &has_chain));
    TRY(read_thumbprint(header, thumbprint, &has_thumbprint));
    if (!has_chain && !has_thumbprint) {
        return ERR_JADES_NAMED;
    }
    if (has_chain) {
        bool same = !has_thumbprint || crypto_equal(thumbprint, out->thumbprint, sizeof thumbprint);
        return same ? ERR_OK : ERR_JADES_NAMED;
    }
    const struct certificate *pin = pin_of(rules, thumbprint);
    if (pin == NULL) {
        return ERR_JADES_SIGNER;
    }
    *out = *pin;
    return ERR_OK;
}

static bool in_force(const struct certificate *certificate, const struct interval *now) {
    return interval_has_come(now, certificate->valid_from_s) == ANSWER_YES &&
           now->hi_s <= certificate->valid_until_s;
}

/* It is pinned, or a pinned CA issued it. */
static enum err check_pinned(const struct certificate *signer, const struct jades_rules *rules) {
    if (pin_of(rules, signer->thumbprint) != NULL) {
        return ERR_OK;
    }
    for (size_t i = 0; i < rules->pin_count; i++) {
        const struct certificate *pin = &rules->pins[i];
        if (certificate_check_issuer(signer, pin) == ERR_OK) {
            return in_force(pin, &rules->now) ? ERR_OK : ERR_JADES_TIME;
        }
    }
    return ERR_JADES_SIGNER;
}

/* iat (seconds), or sigT (RFC 3339, in UTC): one of them. */
static enum err read_time(const json_t *header, int64_t *out) {
    struct span text = {0};
    bool has_seconds = json_object_get(header, "iat") != NULL;
    if (jsontext_optional_string(header, SIGNED_AT_TEXT, &text) != ERR_OK) {
        return ERR_JWS_HEADER;
    }
    if (has_seconds == (text.len > 0)) {
        return has_seconds ? ERR_JWS_HEADER : ERR_JADES_TIME;
    }
    if (has_seconds) {
        return jsontext_integer(header, "iat", out) == ERR_OK ? ERR_OK : ERR_JWS_HEADER;
    }
    return text.ptr[text.len - 1] == 'Z' && datetime_parse(text, out) == ERR_OK ? ERR_OK : ERR_JWS_HEADER;
}

static enum err check_time(const struct certificate *signer, const struct jades_rules *rules,
                           int64_t signed_at_s) {
    bool good = interval_has_come(&rules->now, signed_at_s) == ANSWER_YES &&
                signed_at_s >= signer->valid_from_s && signed_at_s <= signer->valid_until_s &&
                in_force(signer, &rules->now);
    return good ? ERR_OK : ERR_JADES_TIME;
}

/* JAdES takes the algorithms of certificates' keys; ES512 is no name that credentials may use. */
static enum err read_alg(struct span name, enum crypto_alg *out) {
    if (span_equal_text(name, crypto_alg_name(CRYPTO_ES512))) {
        *out = CRYPTO_ES512;
        return ERR_OK;
    }
    return crypto_alg_from_name(name, out);
}

static enum err check(const struct jws *jws, const struct jades_rules *rules, struct arena *arena,
                      struct jades *out) {
    enum crypto_alg alg = CRYPTO_ALG_NONE;
    for (size_t i = 0; i < sizeof not_judged / sizeof *not_judged; i++) {
        TRY(json_object_get(jws->header, not_judged[i]) == NULL ? ERR_OK : ERR_JWS_HEADER);
    }
    TRY(read_alg(jws->alg, &alg));
    TRY(find_signer(jws->header, rules, arena, &out->signer));
    TRY(check_pinned(&out->signer, rules));
    TRY(out->signer.may_sign ? ERR_OK : ERR_KEY_USE);
    TRY(read_time(jws->header, &out->signed_at_s));
    TRY(check_time(&out->signer, rules, out->signed_at_s));
    TRY(crypto_verify(alg, &out->signer.key, jws->signing_input, jws->signature));
    out->payload = jws->payload;
    return ERR_OK;
}

enum err jades_read(struct span text, const struct jades_rules *rules, struct arena *arena,
                    struct jades *out) {
    static const char *const understood[] = {SIGNED_AT_TEXT};
    struct jws jws = {0};
    struct jades jades = {0};
    if (span_find(text, '.', 0) > JADES_HEADER_BYTES) {
        return ERR_JWS_HEADER;
    }
    TRY(jws_split_understanding(text, understood, 1, arena, &jws));
    enum err err = check(&jws, rules, arena, &jades);
    jws_close(&jws);
    if (err == ERR_OK) {
        *out = jades;
    }
    return err;
}

static char *header_of(const struct signer *signer, const struct certificate *certificate,
                       int64_t signed_at_s) {
    char der[BASE64_CHARS(LIMIT_CERTIFICATE_BYTES)], thumbprint[BASE64URL_CHARS(CRYPTO_SHA256_BYTES)];
    struct room der_room = room_over(der, sizeof der),
                thumbprint_room = room_over(thumbprint, sizeof thumbprint);
    if (base64_encode(certificate->der, &der_room) != ERR_OK ||
        base64url_encode(span_of_bytes(certificate->thumbprint, CRYPTO_SHA256_BYTES), &thumbprint_room) !=
            ERR_OK) {
        return NULL;
    }
    json_t *header =
        json_pack("{s:s,s:s%,s:[s%],s:I}", "alg", crypto_alg_name(signer_alg(signer)), "x5t#S256", thumbprint,
                  thumbprint_room.len, "x5c", der, der_room.len, "iat", (json_int_t)signed_at_s);
    char *text = header == NULL ? NULL : json_dumps(header, JSON_COMPACT);
    json_decref(header);
    return text;
}

static enum err put(const struct signer *signer, struct span header, struct span payload, struct room *out) {
    uint8_t bytes[LIMIT_RSA_BITS_MAX / 8];
    struct room signature = room_over(bytes, sizeof bytes);
    size_t start = out->len;
    TRY(base64url_encode(header, out));
    TRY(room_put_byte(out, '.'));
    TRY(base64url_encode(payload, out));
    struct span input = span_slice(room_span(out), start, out->len);
    TRY(signer_sign(signer, input, &signature));
    TRY(crypto_verify(signer_alg(signer), signer_public(signer), input, room_span(&signature)));
    TRY(room_put_byte(out, '.'));
    return base64url_encode(room_span(&signature), out);
}

enum err jades_sign(const struct signer *signer, const struct certificate *certificate, int64_t signed_at_s,
                    struct span payload, struct room *out) {
    size_t before = out->len;
    if (!crypto_key_equal(signer_public(signer), &certificate->key)) {
        return ERR_KEY_MISMATCH;
    }
    TRY(certificate->may_sign ? ERR_OK : ERR_KEY_USE);
    if (signed_at_s < certificate->valid_from_s || signed_at_s > certificate->valid_until_s) {
        return ERR_JADES_TIME;
    }
    char *header = header_of(signer, certificate, signed_at_s);
    enum err err = header == NULL ? ERR_NO_MEMORY : put(signer, span_of_text(header), payload, out);
    if (err != ERR_OK) {
        out->len = before;
    }
    free(header);
    return err;
}
