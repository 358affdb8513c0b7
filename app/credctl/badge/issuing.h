/* issuing: fields and a key to a signed badge. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BADGE_ISSUING_H
#define CREDCTL_BADGE_ISSUING_H

#include "base/arena.h"
#include "base/err.h"
#include "base/room.h"
#include "credctl/badge/badge.h"
#include "credctl/badge/fields.h"
#include "credctl/sign/signer.h"
#include "linked/context.h"

/* Room that any badge fits into. */
#define ISSUING_BYTES (2u * BADGE_CLAIMS_BYTES)

/*
 * Append the badge as a compact JWS. Where the fields give no id, a random one is made; where they give no
 * kid, it follows from issuer and key.
 *
 * ERR_KEY_MISMATCH  the issuer is a did:key or did:jwk of another key
 * ERR_NO_MEMORY, and those of badge_claims, public_form_check_did, public_form_kid and signer_jws
 */
MUST_USE enum err issuing_jwt(const struct fields *fields, enum badge_profile profile, enum badge_vcdm vcdm,
                              const struct signer *signer, struct room *out);

/*
 * Append the badge as JSON with a Data Integrity proof inside, by the suite that the key signs by. Id as above; the
 * fields' kid is the key's name inside the issuer (data_integrity_method).
 *
 * created_s  when it is signed, seconds since 1970 UTC
 * library    the contexts of badges
 * arena      as linked_canonize takes it
 *
 * ERR_KEY_MISMATCH, as above
 * ERR_NO_MEMORY, ERR_NO_ROOM, and those of badge_credential, public_form_check_did, data_integrity_method and
 * data_integrity_add
 */
MUST_USE enum err issuing_document(const struct fields *fields, enum badge_vcdm vcdm, int64_t created_s,
                                   const struct signer *signer, const struct context_library *library,
                                   struct arena *arena, struct room *out);

#endif
