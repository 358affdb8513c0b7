/* integrity_run: a document whose proofs are being read, and what each cryptosuite is given. Private to proof. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PROOF_INTEGRITY_RUN_H
#define PROOF_INTEGRITY_RUN_H

#include "proof/integrity.h"

/* One proof, its members read and held against the rules that all suites share. Spans point into the document. */
struct integrity_claim {
    const json_t *object;
    enum proof_suite suite;
    struct span id;     /* or empty */
    struct span method; /* verificationMethod */
    struct span value;  /* proofValue, or jws of Ed25519Signature2018: not decoded */
    const char *member; /* "proofValue" or "jws" */
    struct credential_date created, expires;
    uint32_t previous; /* bit n: previousProof names claims[n] */
};

/* Hashes that suites use. */
#define INTEGRITY_RUN_HASHES 2u

/* The reading of one document. What is made once for all its proofs is kept here; everything lives in the arena. */
struct integrity_run {
    const json_t *document; /* as it came, its proofs inside */
    enum integrity_purpose purpose;
    const struct context_library *library;
    struct arena *arena;
    uint32_t count;
    struct integrity_claim claims[LIMIT_PROOFS];
    bool stated;                       /* `statements` are made, of the document without its proofs */
    struct linked_document statements; /* its form is that of the first hash that was asked for */
    struct span canonical[INTEGRITY_RUN_HASHES]; /* by enum rdfc_hash, where they were asked for */
};

/*
 * What the signature of a proof is over: the statements of the document without its proofs, or, in a chain, with those
 * that previousProof names and no others. Each stands there once; they are not yet in canonical form.
 *
 * out  owned by the run
 *
 * Errors of expand_document and tordf_statements; ERR_NO_MEMORY
 */
MUST_USE enum err integrity_run_statements(struct integrity_run *run, const struct integrity_claim *claim,
                                           const struct rdf_dataset **out);

/*
 * The proof options in canonical form: the proof without its value, under the document's @context, by RDFC-1.0. Also
 * proves that what the claim says of itself is what these statements say.
 *
 * ERR_PROOF_CONTEXT  the proof has an @context of its own that is not the document's, or a vocabulary gives one of
 *                    its members another meaning than ours
 * Errors of linked_canonize; ERR_NO_MEMORY
 */
MUST_USE enum err integrity_run_options(struct integrity_run *run, const struct integrity_claim *claim,
                                        enum rdfc_hash hash, struct span *out);

/* SHA-256 or SHA-384 of bytes, appended. ERR_CRYPTO_FAILED, ERR_NO_ROOM. */
MUST_USE enum err integrity_run_digest(enum rdfc_hash hash, struct span bytes, struct room *out);

/*
 * What one suite makes of one proof: the algorithm, the signed bytes and the signature, and parts where it has them.
 *
 * out  suite, kid, created and expires are set
 *
 * ERR_PROOF_VALUE      the value is not encoded as the suite asks
 * ERR_SIGNATURE_SHAPE  it is, but no signature has that length
 * ERR_NO_ROOM, ERR_NO_MEMORY, ERR_CRYPTO_FAILED, and those above
 */
MUST_USE enum err integrity_rdfc_read(struct integrity_run *run, const struct integrity_claim *claim,
                                      struct proof *out);
MUST_USE enum err integrity_jcs_read(struct integrity_run *run, const struct integrity_claim *claim,
                                     struct proof *out);
MUST_USE enum err integrity_2018_read(struct integrity_run *run, const struct integrity_claim *claim,
                                      struct proof *out);

#endif
