/* verify_run: what the files of the pipeline share: verify.c takes a payload apart, verify_credential.c judges one
 * credential, verify_signers.c asks who signed it, verify_holder.c and verify_token.c who presented it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef VERIFY_RUN_H
#define VERIFY_RUN_H

#include "base/budget.h"
#include "codec/jws.h"
#include "credential/presentation_token.h"
#include "proof/integrity.h"
#include "trust/trust.h"
#include "verdict/findings.h"
#include "verify.h"

/* Who signed the presentation around the credentials. All zero: nobody. */
struct verify_holder {
    enum findings_holder signature; /* NONE, SIGNED, UNCHECKED, REVOKED */
    struct span did;                /* whose key signed, where it is SIGNED */
    struct credential_date created;
    enum findings_stage stage; /* where it was found wrong: none of its credentials is good */
    enum err err;
};

/* What all credentials of a scan share. */
struct verify_scan {
    const struct verify_grounds *by;
    struct arena *arena;
    struct budget *budget;          /* all its attempts and credentials share it */
    struct context_library library; /* spends the same */
    struct verify_holder holder;
};

/* One credential on its way; all of it dies with the call. */
struct verify_candidate {
    const struct verify_scan *scan;
    struct jws jws;
    struct integrity integrity; /* of a token: its one proof */
    struct claimed_credential claimed;
    bool stated;               /* the facts are read from statements */
    bool dated;                /* its own words say from when and until when */
    const struct proof *proof; /* the one that is relied on, and what the list says of its key */
    struct trust trust;
    uint8_t tag[CRYPTO_SHA256_BYTES];
    struct findings findings;
};

/* Keep where the pipeline ended and why; true when it goes on. */
bool verify_passed(struct findings *findings, enum findings_stage stage, enum err err);

/* What the lists and rules say before anything is read. */
void verify_begin(const struct verify_scan *scan, struct findings *out);

/* A verdict on what holds no credential that could be read. */
void verify_refuse(const struct verify_scan *scan, enum findings_stage stage, enum err err,
                   struct verdict *out);

/*
 * Check a proof: its signature by this key, and each part by the key that the signature covers.
 *
 * ERR_BUDGET, and those of crypto_verify
 */
MUST_USE enum err verify_proof(const struct verify_scan *scan, const struct crypto_key *key,
                               const struct proof *proof);

/* trust and the signatures: who says so. Each proof must be right; the one by the best signer is relied on. False where
 * the pipeline ends here: nobody who is trusted signed the facts that were read. */
bool verify_signers(struct verify_candidate *c);

/*
 * Judge one credential: payload's stages behind it, from proof to verdict.
 *
 * credential  a document with its proofs inside, or a token; borrowed
 * out         overwritten
 */
void verify_credential(const struct verify_scan *scan, const struct presented *credential,
                       struct verdict *out);

/*
 * Ask who signed a presentation. A signature by a key that only a network could fetch stays unchecked: it adds nothing.
 *
 * document  the presentation, its proofs inside; out points into it
 * holder    who it says shows it, or empty
 */
void verify_holder(const struct verify_scan *scan, const json_t *document, struct span holder,
                   struct verify_holder *out);

/*
 * Check a holder's proof by the key that the holder's name carries in itself; no list knows holders.
 *
 * kid  the DID URL of that key
 * out  SIGNED; REVOKED, where a freshness token says so of that key; or UNCHECKED, where only a network could tell it
 *
 * Errors of verify_proof
 */
MUST_USE enum err verify_own_key(const struct verify_scan *scan, struct span kid, const struct proof *proof,
                                 enum findings_holder *out);

/*
 * Take a token apart that holds a presentation, and ask who signed it.
 *
 * text    a compact JWS; borrowed, must outlive the other two
 * out     what it holds, for the caller to close; `claims` stays NULL where it is no presentation, or cannot be read so
 *         far: then it is judged as a credential
 * holder  as verify_holder
 *
 * Errors of presentation_token_read but ERR_CREDENTIAL_NONE
 */
MUST_USE enum err verify_token(const struct verify_scan *scan, struct span text,
                               struct presentation_token *out, struct verify_holder *holder);

#endif
