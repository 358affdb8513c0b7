/* facts: the members of a credential, read by the names that the data model and Open Badges give them. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDENTIAL_FACTS_H
#define CREDENTIAL_FACTS_H

#include "credential/credential.h"

/*
 * The version that the first @context names (VCDM 1.1 section 4.1, 2.0 section 4.3).
 *
 * ERR_CREDENTIAL_CONTEXT  none of the two
 */
MUST_USE enum err facts_version(const json_t *credential, enum credential_version *out);

/*
 * Read the members of a credential.
 *
 * credential  an object
 * out         its profile and version are known; every other fact is filled, and points into the object
 *
 * Errors of credential_read_document but those of @context and of facts_check
 */
MUST_USE enum err facts_read(const json_t *credential, struct claimed_credential *out);

/*
 * What must hold when all facts are read, and claims joined.
 *
 * ERR_CREDENTIAL_ISSUER, ERR_CREDENTIAL_NAME_LONG, ERR_CREDENTIAL_DATE, ERR_CREDENTIAL_DATE_ORDER
 */
MUST_USE enum err facts_check(const struct claimed_credential *claimed);

#endif
