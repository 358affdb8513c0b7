/* issuing: fields and a key to a signed badge. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BADGE_ISSUING_H
#define CREDCTL_BADGE_ISSUING_H

#include "base/err.h"
#include "base/room.h"
#include "credctl/badge/badge.h"
#include "credctl/badge/fields.h"
#include "credctl/sign/signer.h"

/* Room that any badge fits into. */
#define ISSUING_JWT_BYTES (2u * BADGE_CLAIMS_BYTES)

/*
 * Append the badge as a compact JWS. Where the fields give no id, a random one is made; where they give no
 * kid, it follows from issuer and key.
 *
 * ERR_KEY_MISMATCH  the issuer is a did:key or did:jwk of another key
 * and those of badge_claims, did_own_key and signer_jws
 */
MUST_USE enum err issuing_jwt(const struct fields *fields, enum badge_profile profile, enum badge_vcdm vcdm,
                              const struct signer *signer, struct room *out);

#endif
