/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/ed25519.h"

#include <sodium.h>

enum err ed25519_start(void) {
    int started = sodium_init();
    return started == 0 || started == 1 ? ERR_OK : ERR_CRYPTO_FAILED; /* 1: it was started before */
}

enum err ed25519_verify(const struct crypto_key *key, struct span signed_bytes, struct span signature) {
    if (key->len != ED25519_KEY_BYTES) {
        return ERR_KEY_SHAPE;
    }
    if (signature.len != crypto_sign_BYTES) {
        return ERR_SIGNATURE_SHAPE;
    }
    int checked = crypto_sign_verify_detached(signature.ptr, signed_bytes.ptr, signed_bytes.len, key->bytes);
    return checked == 0 ? ERR_OK : ERR_SIGNATURE_WRONG;
}
