/* tag: what makes a credential the same one, however its code is written. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDENTIAL_TAG_H
#define CREDENTIAL_TAG_H

#include "base/arena.h"
#include "credential/credential.h"

/*
 * SHA-256 of issuer and credential id; of issuer and what was signed, where there is no id. Compression, white
 * space and the other signature that ECDSA allows of each change nothing.
 *
 * signed_bytes  header and payload as they were signed
 * arena         receives what is hashed
 *
 * ERR_NO_ROOM, ERR_CRYPTO_FAILED
 */
MUST_USE enum err tag_of(const struct claimed_credential *claimed, struct span signed_bytes,
                         struct arena *arena, uint8_t out[CRYPTO_SHA256_BYTES]);

#endif
