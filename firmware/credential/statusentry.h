/* statusentry: where a credential says that its revocation is written down. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDENTIAL_STATUSENTRY_H
#define CREDENTIAL_STATUSENTRY_H

#include "credential/credential.h"

/* What an entry in a Token Status List is called, in credentialStatus and for the `status` claim. */
#define STATUSENTRY_TOKEN "TokenStatusListEntry"

/*
 * Read credentialStatus, one entry or an array (Bitstring Status List v1.0 section 2.1, StatusList2021,
 * 1EdTech Revocation List Status Method 1.0, and a Token Status List as issuers name it there). What
 * an entry lacks stays empty, so that status/ calls it not covered: an odd entry is no reason to call the
 * credential false, and none to call it good.
 *
 * credential  the object that holds it
 * claimed     statuses and status_count are filled
 *
 * ERR_CREDENTIAL_STATUS    an entry is not an object
 * ERR_CREDENTIAL_TOO_MANY  over LIMIT_CREDENTIAL_STATUSES entries
 */
MUST_USE enum err statusentry_read(const json_t *credential, struct claimed_credential *claimed);

/*
 * A `status` claim (Token Status List section 6): its status_list is one more entry. Whatever else stands in the claim is
 * another way to say the status, and so is a claim without one, or an array: an entry that no list covers. A text is a remark.
 *
 * ERR_CREDENTIAL_TOO_MANY
 */
MUST_USE enum err statusentry_read_claim(const json_t *claims, struct claimed_credential *claimed);

#endif
