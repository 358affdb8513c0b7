/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/jwk.h"

#include "base/limits.h"
#include "codec/base64url.h"
#include "codec/jsontext.h"
#include "crypto/ed25519.h"
#include "crypto/rsakey.h"

/* Longest JWK of required members alone: a 4,096-bit modulus of 683 characters and a few names. */
#define JWK_CHARS_MAX 800u

/* The curves of elliptic keys: bytes of one coordinate. */
static const struct {
    const char *crv;
    enum crypto_key_kind kind;
    size_t bytes;
} curves[] = {{"P-256", CRYPTO_KEY_P256, 32}, {"P-384", CRYPTO_KEY_P384, 48}};

static enum err refuse_private(const json_t *jwk) {
    static const char *const members[] = {"d", "p", "q", "dp", "dq", "qi", "oth", "k"};
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        if (json_object_get(jwk, members[i]) != NULL) {
            return ERR_KEY_PRIVATE;
        }
    }
    return ERR_OK;
}

/* "use" and "key_ops", where they stand, allow the checking of signatures (RFC 7517 sections 4.2 and 4.3). */
static enum err check_use(const json_t *jwk) {
    const json_t *use = json_object_get(jwk, "use");
    const json_t *ops = json_object_get(jwk, "key_ops");
    if (use != NULL && !span_equal_text(jsontext_span(use), "sig")) {
        return ERR_KEY_USE;
    }
    bool verify = ops == NULL;
    for (size_t i = 0; i < json_array_size(ops); i++) {
        verify = verify || span_equal_text(jsontext_span(json_array_get(ops, i)), "verify");
    }
    return verify ? ERR_OK : ERR_KEY_USE;
}

static enum err read_alg(const json_t *jwk, struct crypto_key *key) {
    if (json_object_get(jwk, "alg") == NULL) {
        return ERR_OK;
    }
    struct span name = {0};
    if (jsontext_string(jwk, "alg", &name) != ERR_OK) {
        return ERR_KEY_SHAPE;
    }
    if (crypto_alg_from_name(name, &key->only) != ERR_OK) {
        return ERR_KEY_UNSUPPORTED;
    }
    return crypto_alg_key_kind(key->only) == key->kind ? ERR_OK : ERR_KEY_MISMATCH;
}

/* A base64url member, appended to room. */
static enum err number(const json_t *jwk, const char *member, struct room *room) {
    struct span text = {0};
    if (jsontext_string(jwk, member, &text) != ERR_OK || base64url_decode(text, room) != ERR_OK) {
        return ERR_KEY_SHAPE;
    }
    return ERR_OK;
}

static enum err read_rsa(const json_t *jwk, struct crypto_key *out) {
    uint8_t bytes[LIMIT_RSA_BITS_MAX / 8 + RSAKEY_EXPONENT_BYTES];
    struct room room = room_over(bytes, sizeof bytes);
    struct span n = {0};
    struct span e = {0};
    if (jsontext_string(jwk, "n", &n) != ERR_OK || jsontext_string(jwk, "e", &e) != ERR_OK) {
        return ERR_KEY_SHAPE;
    }
    if (n.len > BASE64URL_CHARS(LIMIT_RSA_BITS_MAX / 8) || e.len > BASE64URL_CHARS(RSAKEY_EXPONENT_BYTES)) {
        return ERR_KEY_WEAK;
    }
    TRY(number(jwk, "n", &room));
    size_t n_len = room.len;
    TRY(number(jwk, "e", &room));
    struct span both = room_span(&room);
    struct rsakey numbers = {span_slice(both, 0, n_len), span_slice(both, n_len, both.len - n_len)};
    return rsakey_write(&numbers, out);
}

static enum err read_ec(const json_t *jwk, struct crypto_key *out) {
    struct span crv = {0};
    if (jsontext_string(jwk, "crv", &crv) != ERR_OK) {
        return ERR_KEY_SHAPE;
    }
    for (size_t i = 0; i < sizeof curves / sizeof *curves; i++) {
        if (span_equal_text(crv, curves[i].crv)) {
            struct room room = room_over(out->bytes, 1 + 2 * curves[i].bytes);
            TRY(room_put_byte(&room, 0x04));
            TRY(number(jwk, "x", &room));
            if (room.len != 1 + curves[i].bytes) {
                return ERR_KEY_SHAPE;
            }
            TRY(number(jwk, "y", &room));
            out->kind = curves[i].kind;
            out->len = (uint16_t)room.len;
            return room.len == room.cap ? ERR_OK : ERR_KEY_SHAPE;
        }
    }
    return ERR_KEY_UNSUPPORTED;
}

static enum err read_okp(const json_t *jwk, struct crypto_key *out) {
    struct span crv = {0};
    if (jsontext_string(jwk, "crv", &crv) != ERR_OK) {
        return ERR_KEY_SHAPE;
    }
    if (!span_equal_text(crv, "Ed25519")) {
        return ERR_KEY_UNSUPPORTED;
    }
    struct room room = room_over(out->bytes, ED25519_KEY_BYTES);
    TRY(number(jwk, "x", &room));
    out->kind = CRYPTO_KEY_ED25519;
    out->len = (uint16_t)room.len;
    return room.len == ED25519_KEY_BYTES ? ERR_OK : ERR_KEY_SHAPE;
}

static enum err read_numbers(const json_t *jwk, struct crypto_key *out) {
    struct span kty = {0};
    if (jsontext_string(jwk, "kty", &kty) != ERR_OK) {
        return ERR_KEY_SHAPE;
    }
    if (span_equal_text(kty, "RSA")) {
        return read_rsa(jwk, out);
    }
    if (span_equal_text(kty, "EC")) {
        return read_ec(jwk, out);
    }
    return span_equal_text(kty, "OKP") ? read_okp(jwk, out) : ERR_KEY_UNSUPPORTED;
}

enum err jwk_read(const json_t *jwk, struct crypto_key *out) {
    struct crypto_key key = {0};
    TRY(refuse_private(jwk));
    TRY(check_use(jwk));
    TRY(read_numbers(jwk, &key));
    TRY(read_alg(jwk, &key));
    *out = key;
    return ERR_OK;
}

static enum err put_number(struct room *room, const char *before, struct span bytes) {
    TRY(room_put_text(room, before));
    return base64url_encode(bytes, room);
}

static enum err write_rsa(const struct crypto_key *key, struct room *room) {
    struct rsakey numbers = {0};
    if (rsakey_read(key, &numbers) != ERR_OK) {
        return ERR_KEY_SHAPE;
    }
    TRY(put_number(room, "{\"e\":\"", numbers.e));
    TRY(put_number(room, "\",\"kty\":\"RSA\",\"n\":\"", numbers.n));
    return room_put_text(room, "\"}");
}

static enum err write_ec(const struct crypto_key *key, const char *crv, size_t bytes, struct room *room) {
    if (key->len != 1 + 2 * bytes || key->bytes[0] != 0x04) {
        return ERR_KEY_SHAPE;
    }
    TRY(room_put_text(room, "{\"crv\":\""));
    TRY(room_put_text(room, crv));
    TRY(put_number(room, "\",\"kty\":\"EC\",\"x\":\"", span_of_bytes(key->bytes + 1, bytes)));
    TRY(put_number(room, "\",\"y\":\"", span_of_bytes(key->bytes + 1 + bytes, bytes)));
    return room_put_text(room, "\"}");
}

static enum err write_okp(const struct crypto_key *key, struct room *room) {
    if (key->len != ED25519_KEY_BYTES) {
        return ERR_KEY_SHAPE;
    }
    TRY(put_number(room, "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"",
                   span_of_bytes(key->bytes, key->len)));
    return room_put_text(room, "\"}");
}

static enum err write_any(const struct crypto_key *key, struct room *room) {
    for (size_t i = 0; i < sizeof curves / sizeof *curves; i++) {
        if (key->kind == curves[i].kind) {
            return write_ec(key, curves[i].crv, curves[i].bytes, room);
        }
    }
    if (key->kind == CRYPTO_KEY_RSA) {
        return write_rsa(key, room);
    }
    return key->kind == CRYPTO_KEY_ED25519 ? write_okp(key, room) : ERR_KEY_SHAPE;
}

enum err jwk_write(const struct crypto_key *key, struct room *out) {
    char text[JWK_CHARS_MAX];
    struct room room = room_over(text, sizeof text);
    TRY(write_any(key, &room));
    return room_put(out, room_span(&room));
}

enum err jwk_thumbprint(const struct crypto_key *key, uint8_t out[CRYPTO_SHA256_BYTES]) {
    char text[JWK_CHARS_MAX];
    struct room room = room_over(text, sizeof text);
    TRY(jwk_write(key, &room));
    return crypto_sha256(room_span(&room), out);
}
