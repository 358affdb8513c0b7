/* tokenlist_sign: a Token Status List signed, as JWT or as CWT (draft-ietf-oauth-status-list section 5). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_TOKENLIST_SIGN_H
#define CREDCTL_BUILD_TOKENLIST_SIGN_H

#include "base/room.h"
#include "credctl/sign/signer.h"

/* What is signed. Spans are borrowed. */
struct tokenlist_claimed {
    struct span sub;      /* where credentials say that it is */
    int64_t iat_s, exp_s; /* seconds since 1970 UTC */
    uint32_t bits;        /* of an entry: 1, 2, 4 or 8 */
    struct span bitmap;   /* the first entry in the most significant bits */
};

/* Bytes that always suffice for either form. */
#define TOKENLIST_SIGN_ROOM(bitmap_bytes) ((bitmap_bytes)*2 + 16384)

/*
 * Append the token.
 *
 * kid  for the header; empty: none
 *
 * ERR_ALG_UNSUPPORTED  as CWT: a key of another kind than ES256, ES384 and EdDSA
 * ERR_NO_ROOM, ERR_NO_MEMORY, ERR_CRYPTO_FAILED, and those of signer_jws
 */
MUST_USE enum err tokenlist_sign_jwt(const struct tokenlist_claimed *claimed, const struct signer *signer,
                                     struct span kid, struct room *out);
MUST_USE enum err tokenlist_sign_cwt(const struct tokenlist_claimed *claimed, const struct signer *signer,
                                     struct span kid, struct room *out);

#endif
