/* presentation_token: a presentation that somebody signed as a JWT (VCDM 1.1 section 6.3.1; Securing VCs using JOSE
 * and COSE section 3.1.2). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDENTIAL_PRESENTATION_TOKEN_H
#define CREDENTIAL_PRESENTATION_TOKEN_H

#include "credential/credential.h"
#include "credential/presentation.h"

/*
 * What such a token claims. Nobody has checked its signature. All zero claims nothing and is safe to close; spans
 * point into `claims`.
 */
struct presentation_token {
    json_t *claims; /* owned */
    struct presentation presentation;
    struct span signer;               /* `iss`, else the holder; or empty: its key alone says who */
    struct credential_date signed_at; /* iat */
    struct credential_date valid_from, valid_until; /* nbf and exp: of the signature */
    struct span audience;                           /* aud, the first of several; or empty, as is the next */
    struct span nonce;
};

/*
 * Read the payload of a token that credential_read calls ERR_FORMAT_PRESENTATION: under `vp` (VCDM 1.1), or the
 * payload itself (2.0).
 *
 * payload  the decoded payload of the token; borrowed for the call
 * profile  what proof_read found in the header: CREDENTIAL_OB3_JWT (typ JWT or absent) or CREDENTIAL_VP_JOSE
 * out      the caller's: presentation_token_close it
 *
 * ERR_JSON_*                    not JSON within its limits
 * ERR_CREDENTIAL_NONE           no presentation
 * ERR_CREDENTIAL_TWICE          under `vp`, and members of one at the top level, or a `vc`
 * ERR_CREDENTIAL_CONTEXT        a version of the data model that does not stand at this place
 * ERR_CREDENTIAL_CLAIM          iss, jti, nbf, exp, aud or nonce of a wrong type; vp or vc where none may be; or a
 *                               profile of credentials. An iat that is no number counts as absent
 * ERR_CREDENTIAL_CLAIM_DIFFERS  iss is not the holder, or jti not the id
 * ERR_PRESENTATION_*, ERR_CREDENTIAL_ID, ERR_FORMAT_COSE as presentation_read gives them
 */
MUST_USE enum err presentation_token_read(struct span payload, enum credential_profile profile,
                                          struct presentation_token *out);

/* Release what presentation_token_read allocated, and zero it. */
void presentation_token_close(struct presentation_token *token);

#endif
