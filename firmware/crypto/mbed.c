/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/mbed.h"

#include "crypto/rsakey.h"

#include <psa/crypto.h>

/* How PSA names an algorithm and its key. */
struct scheme {
    psa_algorithm_t alg;
    psa_algorithm_t hash;
    psa_key_type_t key_type;
    size_t key_len;       /* of an EC point; 0 for RSA */
    size_t signature_len; /* of r || s; 0 for RSA */
};

static struct scheme scheme_of(enum crypto_alg alg) {
    static const psa_key_type_t ec = PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1);
    switch (alg) {
    case CRYPTO_RS256:
        return (struct scheme){PSA_ALG_RSA_PKCS1V15_SIGN(PSA_ALG_SHA_256), PSA_ALG_SHA_256,
                               PSA_KEY_TYPE_RSA_PUBLIC_KEY, 0, 0};
    case CRYPTO_PS256: /* a salt as long as the hash, as RFC 7518 section 3.5 asks */
        return (struct scheme){PSA_ALG_RSA_PSS(PSA_ALG_SHA_256), PSA_ALG_SHA_256, PSA_KEY_TYPE_RSA_PUBLIC_KEY,
                               0, 0};
    case CRYPTO_ES256:
        return (struct scheme){PSA_ALG_ECDSA(PSA_ALG_SHA_256), PSA_ALG_SHA_256, ec, 65, 64};
    case CRYPTO_ES384:
        return (struct scheme){PSA_ALG_ECDSA(PSA_ALG_SHA_384), PSA_ALG_SHA_384, ec, 97, 96};
    case CRYPTO_ES512:
        return (struct scheme){PSA_ALG_ECDSA(PSA_ALG_SHA_512), PSA_ALG_SHA_512, ec, 133, 132};
    default:
        return (struct scheme){0};
    }
}

enum err mbed_start(void) {
    return psa_crypto_init() == PSA_SUCCESS ? ERR_OK : ERR_CRYPTO_FAILED;
}

static enum err check_rsa(const struct crypto_key *key, struct span signature) {
    struct rsakey numbers = {0};
    TRY(rsakey_read(key, &numbers));
    if (signature.len != numbers.n.len) {
        return ERR_SIGNATURE_SHAPE;
    }
    return memcmp(signature.ptr, numbers.n.ptr, signature.len) < 0 ? ERR_OK : ERR_SIGNATURE_WRONG;
}

static enum err check_shapes(const struct scheme *scheme, const struct crypto_key *key,
                             struct span signature) {
    if (scheme->key_len == 0) {
        return check_rsa(key, signature);
    }
    if (key->len != scheme->key_len || key->bytes[0] != 0x04) {
        return ERR_KEY_SHAPE;
    }
    return signature.len == scheme->signature_len ? ERR_OK : ERR_SIGNATURE_SHAPE;
}

/* PSA refuses a point off the curve, and numbers that are no key, as an invalid argument. */
static enum err import(const struct scheme *scheme, const struct crypto_key *key, psa_key_id_t *out) {
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_set_key_type(&attributes, scheme->key_type);
    psa_set_key_algorithm(&attributes, scheme->alg);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_VERIFY_HASH);
    psa_status_t status = psa_import_key(&attributes, key->bytes, key->len, out);
    if (status == PSA_SUCCESS) {
        return ERR_OK;
    }
    return status == PSA_ERROR_INVALID_ARGUMENT ? ERR_KEY_SHAPE : ERR_CRYPTO_FAILED;
}

static enum err hash(psa_algorithm_t alg, struct span bytes, uint8_t *out, size_t len) {
    size_t got = 0;
    psa_status_t status = psa_hash_compute(alg, bytes.ptr, bytes.len, out, len, &got);
    return status == PSA_SUCCESS && got == len ? ERR_OK : ERR_CRYPTO_FAILED;
}

enum err mbed_verify(enum crypto_alg alg, const struct crypto_key *key, struct span signed_bytes,
                     struct span signature) {
    struct scheme scheme = scheme_of(alg);
    uint8_t digest[CRYPTO_SHA512_BYTES] = {0};
    size_t digest_len = PSA_HASH_LENGTH(scheme.hash);
    psa_key_id_t id = 0;
    TRY(check_shapes(&scheme, key, signature));
    TRY(hash(scheme.hash, signed_bytes, digest, digest_len));
    TRY(import(&scheme, key, &id));
    psa_status_t status = psa_verify_hash(id, scheme.alg, digest, digest_len, signature.ptr, signature.len);
    if (alg == CRYPTO_PS256 && status == PSA_ERROR_INVALID_ARGUMENT) {
        /* key, lengths and algorithm are checked by now: what is left is a padding whose topmost bits are
         * set, which RFC 8017 section 9.1.2, step 6, calls inconsistent */
        status = PSA_ERROR_INVALID_SIGNATURE;
    }
    psa_status_t destroyed = psa_destroy_key(id);
    if (status == PSA_SUCCESS && destroyed == PSA_SUCCESS) {
        return ERR_OK;
    }
    return status == PSA_ERROR_INVALID_SIGNATURE ? ERR_SIGNATURE_WRONG : ERR_CRYPTO_FAILED;
}

enum err crypto_sha256(struct span bytes, uint8_t out[CRYPTO_SHA256_BYTES]) {
    return hash(PSA_ALG_SHA_256, bytes, out, CRYPTO_SHA256_BYTES);
}

enum err crypto_sha384(struct span bytes, uint8_t out[CRYPTO_SHA384_BYTES]) {
    return hash(PSA_ALG_SHA_384, bytes, out, CRYPTO_SHA384_BYTES);
}
