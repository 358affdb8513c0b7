/* proof: what of a token was signed, by which algorithm, under which key's name. Extracts; checks nothing. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PROOF_PROOF_H
#define PROOF_PROOF_H

#include "base/err.h"
#include "base/span.h"
#include "codec/jws.h"
#include "credential/credential.h"
#include "crypto/crypto.h"

/* A claim of a signature. All zero is none. Spans point into the JWS. */
struct proof {
    enum credential_profile profile;
    enum crypto_alg alg;
    struct span kid; /* or empty */
    bool has_jwk;
    struct crypto_key jwk; /* from the header: proves nothing of who it is */
    struct span signed_bytes;
    struct span signature;
};

/*
 * Read the header of a token under the rules of the profile that its `typ` names (Open Badges 3.0 section
 * 8.2.4.1: alg, kid, jwk, typ; VC-JOSE-COSE section 3: cty also).
 *
 * jws  taken apart; must outlive out
 *
 * ERR_ALG_REFUSED      none, or an HMAC
 * ERR_ALG_UNSUPPORTED
 * ERR_PROOF_TYP        a typ of neither profile
 * ERR_FORMAT_PRESENTATION, ERR_FORMAT_SD_JWT   by their typ
 * ERR_PROOF_MEMBER     a member that the profile does not list
 * ERR_PROOF_CTY        cty is there and not vc
 * ERR_JWS_HEADER       jwk is no object, or cty no text
 * ERR_KEY_*            the jwk: see jwk_read
 * ERR_SIGNATURE_SHAPE  a length that no signature of this algorithm has, as DER has
 */
MUST_USE enum err proof_read(const struct jws *jws, struct proof *out);

#endif
