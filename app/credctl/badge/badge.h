/* badge: what an attendance badge says: Open Badges 3.0 (AchievementCredential), as a JWT's payload or by itself. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BADGE_BADGE_H
#define CREDCTL_BADGE_BADGE_H

#include <jansson.h>

#include "base/err.h"
#include "base/room.h"
#include "credctl/badge/fields.h"

/* Which rules the JWT follows: Open Badges 3.0 section 8.2, or VC-JOSE-COSE. */
enum badge_profile { BADGE_OB3 = 0, BADGE_VC_JOSE };

/* Which data model: with 1.1 the credential stands under "vc". VC-JOSE-COSE knows 2.0 alone. */
enum badge_vcdm { BADGE_VCDM_20 = 0, BADGE_VCDM_11 };

/* Room that the claims of any fields fit into. */
#define BADGE_CLAIMS_BYTES 65536u

/*
 * Append the claims as compact JSON.
 *
 * id  the credential's id where the fields give none
 *
 * ERR_NO_MEMORY, ERR_NO_ROOM, ERR_CRYPTO_FAILED (hashing a mail address)
 */
MUST_USE enum err badge_claims(const struct fields *fields, enum badge_profile profile, enum badge_vcdm vcdm,
                               struct span id, struct room *out);

/*
 * The credential by itself, to which a proof is then added: each of its members is defined by one of its contexts.
 *
 * id   the credential's id where the fields give none
 * out  the caller's reference
 *
 * ERR_NO_MEMORY, ERR_CRYPTO_FAILED
 */
MUST_USE enum err badge_credential(const struct fields *fields, enum badge_vcdm vcdm, struct span id,
                                   json_t **out);

/* The header's "typ" of a profile; static. */
const char *badge_typ(enum badge_profile profile);

#endif
