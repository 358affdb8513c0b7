/* SPDX-License-Identifier: Apache-2.0 */
#include "codec/jws.h"
#include "crypto/did.h"
#include "crypto/jwk.h"

#include <stdlib.h>

static uint8_t memory[512 * 1024];

/* A key that the attacker names: in the header, or as a DID that carries it. */
static enum err key_of(const struct jws *jws, struct arena *arena, struct crypto_key *out) {
    const json_t *jwk = json_object_get(jws->header, "jwk");
    return jwk != NULL ? jwk_read(jwk, out) : did_own_key(jws->kid, arena, out);
}

static void judge(const struct jws *jws, struct arena *arena) {
    struct crypto_key key = {0};
    enum crypto_alg alg = CRYPTO_ALG_NONE;
    uint8_t thumbprint[CRYPTO_SHA256_BYTES];
    if (key_of(jws, arena, &key) != ERR_OK) {
        return;
    }
    if (key.kind == CRYPTO_KEY_NONE || jwk_thumbprint(&key, thumbprint) != ERR_OK) {
        abort();
    }
    if (crypto_alg_from_name(jws->alg, &alg) == ERR_OK &&
        crypto_verify(alg, &key, jws->signing_input, jws->signature) == ERR_CRYPTO_FAILED) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static bool started = false;
    if (!started && crypto_start() != ERR_OK) {
        abort();
    }
    started = true;
    struct arena arena = arena_over(memory, sizeof memory);
    struct jws jws = {0};
    if (jws_split(span_of_bytes(data, size), &arena, &jws) == ERR_OK) {
        if (jws.alg.ptr == NULL || jws.signature.len == 0 || jws.signing_input.ptr != data) {
            abort();
        }
        judge(&jws, &arena);
        jws_close(&jws);
    }
    return 0;
}
