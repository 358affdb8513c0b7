/* statuslist_keys: the keys of an issuer that may sign status lists, and which of them signed one. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_STATUSLIST_KEYS_H
#define CREDCTL_BUILD_STATUSLIST_KEYS_H

#include <stdbool.h>

#include "base/err.h"
#include "base/span.h"
#include "crypto/crypto.h"

/* The keys, one after the other: false past the last. */
struct statuslist_keys {
    void *ctx;
    bool (*next)(void *ctx, size_t index, struct span *kid, enum crypto_alg *alg, struct crypto_key *key);
};

/* Did one of the keys make this signature, one that has the key id or none, or that the key id spells out behind its
 * '#' (Multikey, RFC 7638 thumbprint)? An empty key id chooses none of them. ERR_STATUS_ISSUER: none did. */
MUST_USE enum err statuslist_keys_signed(const struct statuslist_keys *keys, struct span kid,
                                         enum crypto_alg alg, struct span signed_bytes,
                                         struct span signature);

#endif
