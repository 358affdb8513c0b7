/* integrity_claim: the members of a document's proofs, and the rules that all cryptosuites share. Private to proof. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PROOF_INTEGRITY_CLAIM_H
#define PROOF_INTEGRITY_CLAIM_H

#include "proof/integrity_run.h"

/*
 * Read all proofs of the run's document into its claims (VC Data Integrity 1.0 section 2.1; Ed25519Signature2020
 * section 3.1): type and cryptosuite, id, proofPurpose, verificationMethod, created, expires, the value.
 *
 * ERR_PROOF_NONE, ERR_PROOF_SHAPE, ERR_PROOF_TOO_MANY, ERR_PROOF_SUITE, ERR_PROOF_PURPOSE: as integrity.h has them
 */
MUST_USE enum err integrity_claim_all(struct integrity_run *run);

/*
 * Find what previousProof names in each claim (VC Data Integrity 1.0 section 2.1.2, proof chains).
 *
 * ERR_PROOF_SHAPE  neither text nor an array of texts; or two proofs have one id
 * ERR_PROOF_CHAIN  no proof has that id, or proofs wait for each other in a circle
 */
MUST_USE enum err integrity_claim_chain(struct integrity_run *run);

#endif
