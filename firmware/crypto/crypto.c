/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/crypto.h"

#include "crypto/ed25519.h"
#include "crypto/mbed.h"

#include <sodium.h>

/* The algorithms, and what is accepted as "alg": all but the last. EdDSA stands before its other name, so that it is
 * the one given back. */
static const struct {
    const char *name;
    enum crypto_alg alg;
    enum crypto_key_kind kind;
} algs[] = {
    {"RS256", CRYPTO_RS256, CRYPTO_KEY_RSA},     {"PS256", CRYPTO_PS256, CRYPTO_KEY_RSA},
    {"ES256", CRYPTO_ES256, CRYPTO_KEY_P256},    {"ES384", CRYPTO_ES384, CRYPTO_KEY_P384},
    {"EdDSA", CRYPTO_EDDSA, CRYPTO_KEY_ED25519}, {"Ed25519", CRYPTO_EDDSA, CRYPTO_KEY_ED25519},
    {"ES512", CRYPTO_ES512, CRYPTO_KEY_P521},
};
#define ALGS     (sizeof algs / sizeof *algs)
#define ACCEPTED (ALGS - 1)

enum err crypto_start(void) {
    TRY(mbed_start());
    return ed25519_start();
}

/* None, or a shared secret; in any case, since a name that fools one library fools another. */
static bool is_refused(struct span name) {
    return span_equal_small(name, "none") || span_equal_small(name, "hs256") ||
           span_equal_small(name, "hs384") || span_equal_small(name, "hs512");
}

enum err crypto_alg_from_name(struct span name, enum crypto_alg *out) {
    for (size_t i = 0; i < ACCEPTED; i++) {
        if (span_equal_text(name, algs[i].name)) {
            *out = algs[i].alg;
            return ERR_OK;
        }
    }
    return is_refused(name) ? ERR_ALG_REFUSED : ERR_ALG_UNSUPPORTED;
}

enum err crypto_alg_from_cose(int64_t number, enum crypto_alg *out) {
    static const struct {
        int64_t number;
        enum crypto_alg alg;
    } numbers[] = {{-7, CRYPTO_ES256},  {-9, CRYPTO_ES256},  {-8, CRYPTO_EDDSA},  {-19, CRYPTO_EDDSA},
                   {-35, CRYPTO_ES384}, {-51, CRYPTO_ES384}, {-37, CRYPTO_PS256}, {-257, CRYPTO_RS256}};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (numbers[i].number == number) {
            *out = numbers[i].alg;
            return ERR_OK;
        }
    }
    return number >= 4 && number <= 7 ? ERR_ALG_REFUSED : ERR_ALG_UNSUPPORTED;
}

const char *crypto_alg_name(enum crypto_alg alg) {
    for (size_t i = 0; i < ALGS; i++) {
        if (algs[i].alg == alg) {
            return algs[i].name;
        }
    }
    return NULL;
}

enum crypto_key_kind crypto_alg_key_kind(enum crypto_alg alg) {
    for (size_t i = 0; i < ALGS; i++) {
        if (algs[i].alg == alg) {
            return algs[i].kind;
        }
    }
    return CRYPTO_KEY_NONE;
}

enum err crypto_verify(enum crypto_alg alg, const struct crypto_key *key, struct span signed_bytes,
                       struct span signature) {
    enum crypto_key_kind kind = crypto_alg_key_kind(alg);
    if (kind == CRYPTO_KEY_NONE || key->kind != kind || (key->only != CRYPTO_ALG_NONE && key->only != alg)) {
        return ERR_KEY_MISMATCH;
    }
    if (key->len > CRYPTO_KEY_BYTES) {
        return ERR_KEY_SHAPE;
    }
    return kind == CRYPTO_KEY_ED25519 ? ed25519_verify(key, signed_bytes, signature)
                                      : mbed_verify(alg, key, signed_bytes, signature);
}

bool crypto_key_equal(const struct crypto_key *a, const struct crypto_key *b) {
    return a->kind != CRYPTO_KEY_NONE && a->kind == b->kind && a->len == b->len &&
           a->len <= CRYPTO_KEY_BYTES && memcmp(a->bytes, b->bytes, a->len) == 0;
}

bool crypto_equal(const uint8_t *a, const uint8_t *b, size_t len) {
    return sodium_memcmp(a, b, len) == 0;
}
