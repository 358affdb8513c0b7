/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/sign/signer.h"

#include <jansson.h>
#include <psa/crypto.h>
#include <sodium.h>
#include <stdlib.h>

#include "codec/base64url.h"
#include "credctl/file.h"
#include "credctl/sign/private_jwk.h"
#include "credctl/sign/rsa_der.h"

#define RSA_BITS        2048
#define SIGNATURE_BYTES 512u

struct signer {
    enum crypto_alg alg;
    struct crypto_key public;
    psa_key_id_t key; /* 0 for Ed25519 */
    size_t secret_len;
    uint8_t secret[RSA_DER_BYTES]; /* as private_jwk.h has it */
};

static psa_algorithm_t psa_alg_of(enum crypto_alg alg) {
    switch (alg) {
    case CRYPTO_RS256:
        return PSA_ALG_RSA_PKCS1V15_SIGN(PSA_ALG_SHA_256);
    case CRYPTO_PS256:
        return PSA_ALG_RSA_PSS(PSA_ALG_SHA_256);
    case CRYPTO_ES256:
        return PSA_ALG_ECDSA(PSA_ALG_SHA_256);
    case CRYPTO_ES384:
        return PSA_ALG_ECDSA(PSA_ALG_SHA_384);
    default:
        return PSA_ALG_NONE;
    }
}

static psa_key_attributes_t attributes_of(enum crypto_alg alg) {
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    bool rsa = crypto_alg_key_kind(alg) == CRYPTO_KEY_RSA;
    psa_set_key_type(&attributes,
                     rsa ? PSA_KEY_TYPE_RSA_KEY_PAIR : PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1));
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_EXPORT);
    psa_set_key_algorithm(&attributes, psa_alg_of(alg));
    return attributes;
}

static enum err export_public(psa_key_id_t key, enum crypto_key_kind kind, struct crypto_key *out) {
    struct crypto_key public = {.kind = kind};
    size_t len = 0;
    if (psa_export_public_key(key, public.bytes, sizeof public.bytes, &len) != PSA_SUCCESS) {
        return ERR_CRYPTO_FAILED;
    }
    public.len = (uint16_t)len;
    *out = public;
    return ERR_OK;
}

static enum err make_psa(struct signer *signer) {
    psa_key_attributes_t attributes = attributes_of(signer->alg);
    enum crypto_key_kind kind = crypto_alg_key_kind(signer->alg);
    psa_set_key_bits(&attributes, kind == CRYPTO_KEY_RSA ? RSA_BITS : kind == CRYPTO_KEY_P384 ? 384 : 256);
    if (psa_generate_key(&attributes, &signer->key) != PSA_SUCCESS ||
        psa_export_key(signer->key, signer->secret, sizeof signer->secret, &signer->secret_len) !=
            PSA_SUCCESS) {
        return ERR_CRYPTO_FAILED;
    }
    return export_public(signer->key, kind, &signer->public);
}

static void ed25519_pair(const uint8_t seed[crypto_sign_SEEDBYTES], struct crypto_key *public,
                         uint8_t pair[crypto_sign_SECRETKEYBYTES]) {
    *public = (struct crypto_key){.kind = CRYPTO_KEY_ED25519, .len = crypto_sign_PUBLICKEYBYTES};
    crypto_sign_seed_keypair(public->bytes, pair, seed);
}

static enum err make_ed25519(struct signer *signer) {
    uint8_t pair[crypto_sign_SECRETKEYBYTES];
    randombytes_buf(signer->secret, crypto_sign_SEEDBYTES);
    signer->secret_len = crypto_sign_SEEDBYTES;
    ed25519_pair(signer->secret, &signer->public, pair);
    sodium_memzero(pair, sizeof pair);
    return ERR_OK;
}

/* A signer without a key yet. */
static enum err blank(enum crypto_alg alg, struct signer **out) {
    if (alg != CRYPTO_EDDSA && psa_alg_of(alg) == PSA_ALG_NONE) {
        return ERR_ALG_UNSUPPORTED;
    }
    *out = calloc(1, sizeof **out);
    if (*out == NULL) {
        return ERR_NO_MEMORY;
    }
    (*out)->alg = alg;
    return ERR_OK;
}

enum err signer_make(enum crypto_alg alg, struct signer **out) {
    struct signer *signer = NULL;
    TRY(blank(alg, &signer));
    enum err err = alg == CRYPTO_EDDSA ? make_ed25519(signer) : make_psa(signer);
    if (err != ERR_OK) {
        signer_close(signer);
        return err;
    }
    *out = signer;
    return ERR_OK;
}

enum err signer_save(const struct signer *signer, const char *path) {
    uint8_t bytes[PRIVATE_JWK_BYTES];
    struct room room = room_over(bytes, sizeof bytes);
    enum err err = private_jwk_write(signer->alg, &signer->public,
                                     span_of_bytes(signer->secret, signer->secret_len), &room);
    if (err == ERR_OK) {
        err = file_write(path, room_span(&room), (struct file_how){.secret = true});
    }
    sodium_memzero(bytes, sizeof bytes);
    return err;
}

/* Import the secret, and find the public half that the file claims. */
static enum err take_secret(struct signer *signer) {
    struct crypto_key public = {0};
    if (signer->alg == CRYPTO_EDDSA) {
        uint8_t pair[crypto_sign_SECRETKEYBYTES];
        ed25519_pair(signer->secret, &public, pair);
        sodium_memzero(pair, sizeof pair);
    } else {
        psa_key_attributes_t attributes = attributes_of(signer->alg);
        if (psa_import_key(&attributes, signer->secret, signer->secret_len, &signer->key) != PSA_SUCCESS) {
            return ERR_KEY_SHAPE;
        }
        TRY(export_public(signer->key, crypto_alg_key_kind(signer->alg), &public));
    }
    return crypto_key_equal(&public, &signer->public) ? ERR_OK : ERR_KEY_SHAPE;
}

static enum err parse(struct span text, struct signer **out) {
    struct signer *signer = NULL;
    TRY(blank(CRYPTO_EDDSA, &signer));
    struct room secret = room_over(signer->secret, sizeof signer->secret);
    enum err err = private_jwk_read(text, &signer->alg, &signer->public, &secret);
    signer->secret_len = secret.len;
    if (err == ERR_OK) {
        err = take_secret(signer);
    }
    if (err != ERR_OK) {
        signer_close(signer);
        return err;
    }
    *out = signer;
    return ERR_OK;
}

enum err signer_load(const char *path, struct signer **out) {
    struct room file = {0};
    TRY(file_read(path, PRIVATE_JWK_BYTES, &file));
    enum err err = parse(room_span(&file), out);
    file_release(&file);
    return err;
}

enum crypto_alg signer_alg(const struct signer *signer) {
    return signer->alg;
}

const struct crypto_key *signer_public(const struct signer *signer) {
    return &signer->public;
}

enum err signer_sign(const struct signer *signer, struct span bytes, struct room *out) {
    uint8_t signature[SIGNATURE_BYTES];
    size_t len = 0;
    if (signer->alg == CRYPTO_EDDSA) {
        struct crypto_key public;
        uint8_t pair[crypto_sign_SECRETKEYBYTES];
        ed25519_pair(signer->secret, &public, pair);
        int result = crypto_sign_detached(signature, NULL, bytes.ptr, bytes.len, pair);
        len = crypto_sign_BYTES;
        sodium_memzero(pair, sizeof pair);
        if (result != 0) {
            return ERR_CRYPTO_FAILED;
        }
    } else if (psa_sign_message(signer->key, psa_alg_of(signer->alg), bytes.ptr, bytes.len, signature,
                                sizeof signature, &len) != PSA_SUCCESS) {
        return ERR_CRYPTO_FAILED;
    }
    return room_put(out, span_of_bytes(signature, len));
}

static enum err header_text(const struct signer *signer, struct span typ, struct span kid, char **out) {
    json_t *header = json_pack("{s:s}", "alg", crypto_alg_name(signer->alg));
    bool typ_put =
        typ.len == 0 || json_object_set_new(header, "typ", json_stringn((const char *)typ.ptr, typ.len)) == 0;
    bool kid_put =
        kid.len == 0 || json_object_set_new(header, "kid", json_stringn((const char *)kid.ptr, kid.len)) == 0;
    *out = typ_put && kid_put ? json_dumps(header, JSON_COMPACT) : NULL;
    json_decref(header);
    return *out != NULL ? ERR_OK : ERR_NO_MEMORY;
}

static enum err put_jws(const struct signer *signer, struct span header, struct span payload,
                        struct room *out) {
    uint8_t bytes[SIGNATURE_BYTES];
    struct room signature = room_over(bytes, sizeof bytes);
    size_t start = out->len;
    TRY(base64url_encode(header, out));
    TRY(room_put_text(out, "."));
    TRY(base64url_encode(payload, out));
    TRY(signer_sign(signer, span_slice(room_span(out), start, out->len), &signature));
    TRY(crypto_verify(signer->alg, &signer->public, span_slice(room_span(out), start, out->len),
                      room_span(&signature)));
    TRY(room_put_text(out, "."));
    return base64url_encode(room_span(&signature), out);
}

enum err signer_jws(const struct signer *signer, struct span typ, struct span kid, struct span payload,
                    struct room *out) {
    char *header = NULL;
    size_t before = out->len;
    TRY(header_text(signer, typ, kid, &header));
    enum err err = put_jws(signer, span_of_text(header), payload, out);
    if (err != ERR_OK) {
        out->len = before;
    }
    free(header);
    return err;
}

void signer_close(struct signer *signer) {
    if (signer == NULL) {
        return;
    }
    if (signer->key != 0) {
        psa_destroy_key(signer->key);
    }
    sodium_memzero(signer, sizeof *signer);
    free(signer);
}
