/* integrity_stated: a proof's statements must say what its JSON members say. Private to proof. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PROOF_INTEGRITY_STATED_H
#define PROOF_INTEGRITY_STATED_H

#include "proof/integrity_run.h"

/*
 * The members are read from the JSON, but statements are what is signed, and a context decides which member makes
 * which statement. So hold them against each other: type, cryptosuite, created, expires, proofPurpose,
 * verificationMethod and previousProof each stand there with the value that was read, once, said of the proof; what
 * was not read does not stand there (VC Data Integrity 1.0 section 2.1, "Contexts and Vocabularies").
 *
 * set  the statements of the proof options
 *
 * ERR_PROOF_CONTEXT  they differ
 */
MUST_USE enum err integrity_stated(const struct integrity_run *run, const struct integrity_claim *claim,
                                   const struct rdf_dataset *set);

#endif
