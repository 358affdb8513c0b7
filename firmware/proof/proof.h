/* proof: what of a token was signed, by which algorithm, under which key's name. Extracts; checks nothing. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PROOF_PROOF_H
#define PROOF_PROOF_H

#include "base/err.h"
#include "base/span.h"
#include "codec/jws.h"
#include "credential/credential.h"
#include "crypto/crypto.h"

/* How a credential is secured, the lines of suite.def. Zero is a JSON Web Signature. */
enum proof_suite {
#define SUITE(name, code, stated) name,
#include "proof/suite.def"
#undef SUITE
    PROOF_SUITES
};

/* A signature of a part of the document. */
struct proof_part {
    struct span signed_bytes, signature;
};

/*
 * Parts that must be right beside the signature, each signed by a key that the signature covers (Data Integrity
 * ECDSA Cryptosuites section 3.6, ecdsa-sd-2023). None where `count` is zero.
 */
struct proof_parts {
    struct crypto_key key;
    uint32_t count;
    const struct proof_part *list;
};

/* A claim of a signature. All zero is none. Spans point into the JWS, the document, or the arena. */
struct proof {
    enum credential_profile profile;
    enum proof_suite suite;
    enum crypto_alg alg;
    struct span kid; /* or empty; verificationMethod of a Data Integrity proof */
    bool has_jwk;
    struct crypto_key jwk; /* from the header: proves nothing of who it is */
    struct span signed_bytes;
    struct span signature;
    struct proof_parts parts;
    bool partial; /* its holder chose what of the document is shown */
    bool
        status_chosen; /* where partial: the choice took in a credentialStatus, so that others may be hidden */
    struct credential_date created, expires; /* of the proof itself */
};

/* "eddsa-rdfc-2022"; NULL outside the enum. Static. */
const char *proof_suite_code(enum proof_suite suite);

/* What it signs are statements, whatever text they are written in; else the text as it stands. */
bool proof_suite_is_stated(enum proof_suite suite);

/*
 * Read the header of a token under the rules of the profile that its `typ` names (Open Badges 3.0 section
 * 8.2.4.1: alg, kid, jwk, typ; VC-JOSE-COSE section 3: cty also, which says vc or vp as its typ does).
 *
 * jws  taken apart; must outlive out
 *
 * ERR_ALG_REFUSED      none, or an HMAC
 * ERR_ALG_UNSUPPORTED
 * ERR_PROOF_TYP        a typ of neither profile
 * ERR_FORMAT_SD_JWT    by its typ
 * ERR_PROOF_MEMBER     a member that the profile does not list
 * ERR_PROOF_CTY        cty is there and names other contents
 * ERR_JWS_HEADER       jwk is no object, or cty no text
 * ERR_KEY_*            the jwk: see jwk_read
 * ERR_SIGNATURE_SHAPE  a length that no signature of this algorithm has, as DER has
 */
MUST_USE enum err proof_read(const struct jws *jws, struct proof *out);

#endif
