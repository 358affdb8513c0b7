/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/sign/private_jwk.h"

#include <sodium.h>

#include "codec/base64url.h"
#include "codec/jsontext.h"
#include "credctl/sign/rsa_der.h"
#include "crypto/jwk.h"

static const char *const rsa_members[RSA_NUMBERS] = {"n", "e", "d", "p", "q", "dp", "dq", "qi"};
static const char *const private_members[] = {"d", "p", "q", "dp", "dq", "qi"};

static enum crypto_alg usual_alg(enum crypto_key_kind kind) {
    static const enum crypto_alg algs[] = {
        [CRYPTO_KEY_NONE] = CRYPTO_ALG_NONE, [CRYPTO_KEY_RSA] = CRYPTO_RS256,
        [CRYPTO_KEY_P256] = CRYPTO_ES256,    [CRYPTO_KEY_P384] = CRYPTO_ES384,
        [CRYPTO_KEY_ED25519] = CRYPTO_EDDSA, [CRYPTO_KEY_P521] = CRYPTO_ALG_NONE,
    };
    return algs[kind];
}

static size_t secret_bytes(enum crypto_key_kind kind) {
    return kind == CRYPTO_KEY_P384 ? 48 : 32;
}

static enum err read_alg(const json_t *jwk, const struct crypto_key *public, enum crypto_alg *out) {
    struct span name;
    enum crypto_alg alg = usual_alg(public->kind);
    TRY(jsontext_optional_string(jwk, "alg", &name));
    if (name.len > 0) {
        TRY(crypto_alg_from_name(name, &alg));
    }
    if (crypto_alg_key_kind(alg) != public->kind) {
        return ERR_KEY_MISMATCH;
    }
    *out = alg;
    return ERR_OK;
}

static enum err read_public(const json_t *jwk, struct crypto_key *out) {
    json_t *copy = json_copy((json_t *)(uintptr_t)jwk);
    if (copy == NULL) {
        return ERR_NO_MEMORY;
    }
    for (size_t i = 0; i < sizeof private_members / sizeof *private_members; i++) {
        json_object_del(copy, private_members[i]);
    }
    enum err err = jwk_read(copy, out);
    json_decref(copy);
    return err;
}

static enum err read_member(const json_t *jwk, const char *member, struct room *out) {
    struct span text;
    if (jsontext_string(jwk, member, &text) != ERR_OK || base64url_decode(text, out) != ERR_OK) {
        return ERR_KEY_SHAPE;
    }
    return ERR_OK;
}

static enum err read_rsa(const json_t *jwk, struct room *secret) {
    uint8_t bytes[RSA_DER_BYTES];
    struct room room = room_over(bytes, sizeof bytes);
    struct span numbers[RSA_NUMBERS];
    enum err err = ERR_OK;
    for (size_t i = 0; i < RSA_NUMBERS && err == ERR_OK; i++) {
        size_t before = room.len;
        err = read_member(jwk, rsa_members[i], &room);
        numbers[i] = span_slice(room_span(&room), before, room.len);
    }
    if (err == ERR_OK) {
        err = rsa_der_write(numbers, secret);
    }
    sodium_memzero(bytes, sizeof bytes);
    return err;
}

static enum err read_scalar(const json_t *jwk, enum crypto_key_kind kind, struct room *secret) {
    size_t before = secret->len;
    TRY(read_member(jwk, "d", secret));
    if (secret->len - before != secret_bytes(kind)) {
        secret->len = before;
        return ERR_KEY_SHAPE;
    }
    return ERR_OK;
}

static enum err read_key(const json_t *jwk, enum crypto_alg *alg, struct crypto_key *public,
                         struct room *secret) {
    struct crypto_key key = {0};
    enum crypto_alg key_alg = CRYPTO_ALG_NONE;
    TRY(read_public(jwk, &key));
    TRY(read_alg(jwk, &key, &key_alg));
    TRY(key.kind == CRYPTO_KEY_RSA ? read_rsa(jwk, secret) : read_scalar(jwk, key.kind, secret));
    *alg = key_alg;
    *public = key;
    return ERR_OK;
}

enum err private_jwk_read(struct span text, enum crypto_alg *alg, struct crypto_key *public,
                          struct room *secret) {
    json_t *jwk = NULL;
    TRY(jsontext_parse(text, &jwk));
    enum err err = json_is_object(jwk) ? read_key(jwk, alg, public, secret) : ERR_KEY_SHAPE;
    json_decref(jwk);
    return err;
}

static enum err put_member(struct room *out, const char *member, struct span bytes) {
    TRY(room_put_text(out, ",\""));
    TRY(room_put_text(out, member));
    TRY(room_put_text(out, "\":\""));
    TRY(base64url_encode(bytes, out));
    return room_put_text(out, "\"");
}

static enum err put_secret(const struct crypto_key *public, struct span secret, struct room *out) {
    if (public->kind != CRYPTO_KEY_RSA) {
        return secret.len == secret_bytes(public->kind) ? put_member(out, "d", secret) : ERR_KEY_SHAPE;
    }
    struct span numbers[RSA_NUMBERS];
    TRY(rsa_der_read(secret, numbers));
    for (size_t i = RSA_D; i < RSA_NUMBERS; i++) {
        TRY(put_member(out, rsa_members[i], numbers[i]));
    }
    return ERR_OK;
}

/* The public JWK, opened again at its closing brace. */
static enum err put_key(enum crypto_alg alg, const struct crypto_key *public, struct span secret,
                        struct room *out) {
    TRY(jwk_write(public, out));
    out->len--;
    TRY(put_secret(public, secret, out));
    TRY(room_put_text(out, ",\"alg\":\""));
    TRY(room_put_text(out, crypto_alg_name(alg)));
    return room_put_text(out, "\"}\n");
}

enum err private_jwk_write(enum crypto_alg alg, const struct crypto_key *public, struct span secret,
                           struct room *out) {
    if (crypto_alg_key_kind(alg) != public->kind || alg == CRYPTO_ALG_NONE) {
        return ERR_KEY_SHAPE;
    }
    size_t before = out->len;
    enum err err = put_key(alg, public, secret, out);
    if (err != ERR_OK) {
        out->len = before;
    }
    return err;
}
