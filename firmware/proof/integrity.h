/* integrity: the Data Integrity proofs inside a JSON document, and the exact bytes that each signs. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PROOF_INTEGRITY_H
#define PROOF_INTEGRITY_H

#include <jansson.h>

#include "linked/linked.h"
#include "proof/proof.h"

/* What a proof must say that it is for: assertionMethod of a credential, authentication of a presentation. */
enum integrity_purpose { INTEGRITY_ASSERTION = 0, INTEGRITY_AUTHENTICATION };

/*
 * The proofs of a document, in its order. All of them must be right for any to count: a set is verified when each of
 * its proofs is. All zero is none.
 */
struct integrity {
    uint32_t count;
    struct proof proofs[LIMIT_PROOFS];
    bool linked; /* one or more sign statements: the facts are read from these, and no others */
    struct linked_document
        statements; /* where linked: of the document without its proofs, in canonical form */
};

/*
 * Read `proof`, one object or an array of these (VC Data Integrity 1.0 sections 2 and 4; its EdDSA and ECDSA
 * cryptosuites; Ed25519Signature2020 and 2018), and make the bytes that each signs. Extracts; checks no signature.
 * A proof in a chain signs the document with the proofs that its previousProof names inside. domain, challenge and nonce
 * are data: nobody here asked for any.
 *
 * document  a credential or presentation, its @context inside; borrowed, must outlive out
 * library   the contexts that may be used, and the scan's budget; not asked for contexts where only JCS suites sign
 * arena     receives all that is made; about 1 kB for each statement, and as much again where proofs are chained
 *
 * ERR_PROOF_NONE       there is no proof
 * ERR_PROOF_SHAPE      a proof is no object, a member is missing or of the wrong type (verificationMethod is an
 *                      address, never a key), a date is none, an end lies before its beginning, or two proofs have
 *                      one id
 * ERR_PROOF_TOO_MANY   more than LIMIT_PROOFS
 * ERR_PROOF_SUITE      a type or cryptosuite that is not judged by this version
 * ERR_PROOF_PURPOSE    another proofPurpose than the document needs
 * ERR_PROOF_VALUE      proofValue or jws is not encoded as its suite asks
 * ERR_PROOF_BASE       an ecdsa-sd-2023 base proof, which a holder keeps and never shows
 * ERR_PROOF_CHAIN      previousProof names a proof that is not there, or proofs wait for each other in a circle
 * ERR_PROOF_CONTEXT    JCS suites: the document's @context does not begin with the proof's own, or has more where
 *                      other proofs sign statements; others: a context makes the signed statements of a proof say
 *                      something else than its members do
 * ERR_SIGNATURE_SHAPE  a length that no signature of the suite has, as DER has
 * ERR_NO_ROOM, ERR_NO_MEMORY, ERR_CRYPTO_FAILED, ERR_BUDGET, and those of linked_canonize, jcs_text and sd_read
 */
MUST_USE enum err integrity_read(const json_t *document, enum integrity_purpose purpose,
                                 const struct context_library *library, struct arena *arena,
                                 struct integrity *out);

#endif
