/* badge: what an Open Badge was given for (Open Badges 3.0, Achievement). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDENTIAL_BADGE_H
#define CREDENTIAL_BADGE_H

#include "credential/credential.h"

/*
 * Read credentialSubject.achievement: id and name must stand there; type, description and criteria may. The first
 * badges with a proof inside were issued under drafts that asked for no id: there it may be absent.
 *
 * claimed  the achievement fields, description and criteria are filled
 *
 * ERR_CREDENTIAL_ACHIEVEMENT  no achievement object, or without id or name
 * ERR_CREDENTIAL_ID, ERR_CREDENTIAL_TEXT
 */
MUST_USE enum err badge_read(const json_t *subject, struct claimed_credential *claimed);

#endif
