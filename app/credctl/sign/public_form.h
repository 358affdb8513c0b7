/* public_form: the public half of a key as those who list it want it: JWK, JWKS, DID, DID document. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_SIGN_PUBLIC_FORM_H
#define CREDCTL_SIGN_PUBLIC_FORM_H

#include "base/err.h"
#include "base/room.h"
#include "crypto/crypto.h"

/* Room that every form of every key fits into. */
#define PUBLIC_FORM_BYTES 8192u

/* Append the RFC 7638 thumbprint in base64url: the kid of a key that was given no other. */
MUST_USE enum err public_form_thumbprint(const struct crypto_key *key, struct room *out);

/*
 * Append a public JWK with "kid" and "alg" (RFC 7517).
 *
 * kid  empty: the thumbprint
 *
 * ERR_NO_ROOM, ERR_NO_MEMORY, and those of jwk_write and jwk_thumbprint
 */
MUST_USE enum err public_form_jwk(enum crypto_alg alg, const struct crypto_key *key, struct span kid,
                                  struct room *out);

/* Append a JWK Set of this one key. Errors as above. */
MUST_USE enum err public_form_jwks(enum crypto_alg alg, const struct crypto_key *key, struct span kid,
                                   struct room *out);

/* Append did:key (Ed25519, P-256, P-384) or did:jwk (RSA). Errors as above. */
MUST_USE enum err public_form_did(const struct crypto_key *key, struct room *out);

/*
 * Append the key id under which a credential of this issuer names this key: for a did:key its fragment form,
 * for did:jwk "#0", for another DID "DID#THUMBPRINT", for an address the thumbprint alone.
 */
MUST_USE enum err public_form_kid(const struct crypto_key *key, struct span issuer, struct room *out);

/* An issuer or holder that is its own key (did:key, did:jwk) must be this key: ERR_KEY_MISMATCH, and the errors of
 * did_own_key. Any other may have it. */
MUST_USE enum err public_form_check_did(const struct crypto_key *key, struct span did);

/*
 * Append a DID document (CID 1.0) with this key as verification and assertion method.
 *
 * did  the document's id, "did:web:example.org"
 * kid  the method's id; empty: as public_form_kid has it
 */
MUST_USE enum err public_form_document(enum crypto_alg alg, const struct crypto_key *key, struct span did,
                                       struct span kid, struct room *out);

#endif
