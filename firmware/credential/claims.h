/* claims: the JWT claims around a credential, held against its own members. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDENTIAL_CLAIMS_H
#define CREDENTIAL_CLAIMS_H

#include "credential/credential.h"

/*
 * Compare iss, jti, sub, nbf and exp with what was read of the credential. Times are equal to the whole
 * second.
 *
 * OB 3.0 profile: iss, jti and nbf must stand there, sub where the subject has an id, exp where there is an
 * end (Open Badges 3.0 section 8.2.4.1). Under `vc` a claim may stand alone, and then fills the fact
 * (VCDM 1.1 section 6.3.1). VC-JOSE-COSE: each is optional; nbf and exp speak of the signature and are
 * further limits of the validity (section 3.2.1).
 *
 * claims   the token's payload
 * nested   the credential stands under `vc`
 * claimed  its profile, id, issuer, subject_id and dates are read; and filled or narrowed
 *
 * ERR_CREDENTIAL_CLAIM, ERR_CREDENTIAL_CLAIM_DIFFERS
 */
MUST_USE enum err claims_check(const json_t *claims, bool nested, struct claimed_credential *claimed);

/*
 * A claim that must be text. *present says whether it stands there; *out is empty where not.
 *
 * ERR_CREDENTIAL_CLAIM  not text, or empty
 */
MUST_USE enum err claims_text(const json_t *claims, const char *name, bool *present, struct span *out);

/*
 * A NumericDate (RFC 7519 section 2), its fraction cut off as those of the credential's dates are.
 *
 * ERR_CREDENTIAL_CLAIM  no number, or beyond LIMIT_JSON_INTEGER
 */
MUST_USE enum err claims_time(const json_t *claims, const char *name, struct credential_date *out);

#endif
