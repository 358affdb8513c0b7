/* holder: whom a credential speaks of. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDENTIAL_HOLDER_H
#define CREDENTIAL_HOLDER_H

#include "credential/credential.h"

/*
 * Read id, name and identifiers of a subject (VCDM; Open Badges 3.0, AchievementSubject and IdentityObject).
 *
 * subject  credentialSubject, an object
 * claimed  subject_id and the holder fields are filled
 *
 * ERR_CREDENTIAL_ID, ERR_CREDENTIAL_TEXT
 * ERR_CREDENTIAL_IDENTITY  an IdentityObject without `hashed` and `identityHash`
 */
MUST_USE enum err holder_read(const json_t *subject, struct claimed_credential *claimed);

#endif
