/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/crypto.h"

#include <psa/crypto.h>
#include <stdlib.h>

struct crypto_hash {
    psa_hash_operation_t operation;
};

enum err crypto_hash_start(struct crypto_hash **out) {
    struct crypto_hash *hash = calloc(1, sizeof *hash);
    if (hash == NULL) {
        return ERR_NO_MEMORY;
    }
    hash->operation = psa_hash_operation_init();
    if (psa_hash_setup(&hash->operation, PSA_ALG_SHA_256) != PSA_SUCCESS) {
        crypto_hash_close(hash);
        return ERR_CRYPTO_FAILED;
    }
    *out = hash;
    return ERR_OK;
}

enum err crypto_hash_add(struct crypto_hash *hash, struct span bytes) {
    return psa_hash_update(&hash->operation, bytes.ptr, bytes.len) == PSA_SUCCESS ? ERR_OK
                                                                                  : ERR_CRYPTO_FAILED;
}

enum err crypto_hash_finish(struct crypto_hash *hash, uint8_t out[CRYPTO_SHA256_BYTES]) {
    size_t len = 0;
    psa_status_t status = psa_hash_finish(&hash->operation, out, CRYPTO_SHA256_BYTES, &len);
    crypto_hash_close(hash);
    return status == PSA_SUCCESS && len == CRYPTO_SHA256_BYTES ? ERR_OK : ERR_CRYPTO_FAILED;
}

void crypto_hash_close(struct crypto_hash *hash) {
    if (hash != NULL) {
        /* its status says nothing that could be acted on; the memory is released either way */
        (void)psa_hash_abort(&hash->operation);
        free(hash);
    }
}
