/* integrity_run: a document whose proofs are being read, and what each cryptosuite is given. Private to proof. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PROOF_INTEGRITY_RUN_H
#define PROOF_INTEGRITY_RUN_H

#include "base/room.h"
#include "proof/integrity.h"

/* One proof, its members read and held against the rules that all suites share. Spans point into the document. */
struct integrity_claim {
    const json_t *object;
    enum proof_suite suite;
    struct span id;     /* or empty */
    struct span method; /* verificationMethod */
    struct span value;  /* proofValue, or jws of Ed25519Signature2018: not decoded */
    struct span created_text, expires_text;
    struct credential_date created, expires;
    uint32_t previous; /* bit n: previousProof names claims[n] */
};

/* Hashes that suites use. */
#define INTEGRITY_RUN_HASHES 2u

/* What was made once for all proofs of a document, by enum rdfc_hash. A digest without bytes was not asked for. */
struct integrity_made {
    bool canonical;
    struct rdfc_form form;
    struct span rdfc_digest, jcs_digest;
};

/* The reading of one document. Everything that is made lives in the arena. */
struct integrity_run {
    const json_t *document; /* as it came, its proofs inside */
    enum integrity_purpose purpose;
    const struct context_library *library;
    struct arena *arena;
    uint32_t count;
    struct integrity_claim claims[LIMIT_PROOFS];
    bool narrowed; /* a JCS suite signs the document under fewer contexts than are shown */
    bool stated;   /* `statements` are made, of the document without its proofs */
    struct linked_document statements; /* without a form: these are in `made` */
    struct integrity_made made[INTEGRITY_RUN_HASHES];
};

/* Make the statements that all proofs outside chains are over, unless they are made. Errors of linked_state. */
MUST_USE enum err integrity_run_state(struct integrity_run *run);

/*
 * What the signature of a proof is over: the statements of the document without its proofs, or, in a chain, with those
 * that previousProof names and no others (VC Data Integrity 1.0 section 4.5). Each stands there once.
 *
 * out  in the arena
 *
 * Errors of linked_state; ERR_NO_MEMORY
 */
MUST_USE enum err integrity_run_statements(struct integrity_run *run, const struct integrity_claim *claim,
                                           struct rdf_dataset *out);

/* The same in canonical form. Errors as above, and those of rdfc_canonize. */
MUST_USE enum err integrity_run_form(struct integrity_run *run, const struct integrity_claim *claim,
                                     enum rdfc_hash hash, struct rdfc_form *out);

/* Append the SHA-256 or SHA-384 of bytes. ERR_CRYPTO_FAILED, ERR_NO_ROOM. */
MUST_USE enum err integrity_run_digest(enum rdfc_hash hash, struct span bytes, struct room *out);

/*
 * Append the digest of the proof options in canonical form: the proof without its value, under the document's @context
 * (Proof Configuration of the cryptosuites). Also proves that these statements say what the claim says.
 *
 * ERR_PROOF_CONTEXT  a vocabulary gives a member of the proof another meaning than ours
 * Errors of linked_state, rdfc_canonize and integrity_run_digest; ERR_NO_MEMORY
 */
MUST_USE enum err integrity_run_options(struct integrity_run *run, const struct integrity_claim *claim,
                                        enum rdfc_hash hash, struct room *out);

/* Two digests, those of the proof options and of the document; SHA-384 at most. */
#define INTEGRITY_RUN_SIGNED_BYTES (2u * CRYPTO_SHA384_BYTES)

/*
 * The signature in proofValue, for suites that have one of a fixed length: sets alg and signature, and tells the hash.
 * Those of ECDSA are r || s: 64 bytes are P-256 with SHA-256, 96 P-384 with SHA-384.
 *
 * ERR_PROOF_VALUE, ERR_SIGNATURE_SHAPE, ERR_NO_ROOM
 */
MUST_USE enum err integrity_run_signature(struct integrity_run *run, const struct integrity_claim *claim,
                                          struct proof *out, enum rdfc_hash *hash);

/*
 * A new document for one proof: without proofs, or in a chain with an array of those that previousProof names. The
 * caller's reference; NULL for want of memory.
 */
json_t *integrity_run_document(const struct integrity_run *run, const struct integrity_claim *claim);

/* The proof without its value; the caller's reference, NULL as above. */
json_t *integrity_run_bare(const struct integrity_claim *claim);

/*
 * What one suite makes of one proof: the algorithm, the signed bytes and the signature, and parts where it has them.
 *
 * out  profile, suite, kid, created and expires are set; the suite fills the rest
 *
 * ERR_PROOF_VALUE      the value is not encoded as the suite asks
 * ERR_SIGNATURE_SHAPE  it is, but no signature has that length
 * ERR_NO_ROOM, ERR_NO_MEMORY, ERR_CRYPTO_FAILED, and those above; of JCS suites ERR_PROOF_CONTEXT, ERR_JSON_DEPTH;
 * of ecdsa-sd-2023 those of sd_read
 */
MUST_USE enum err integrity_rdfc_read(struct integrity_run *run, const struct integrity_claim *claim,
                                      struct proof *out);
MUST_USE enum err integrity_jcs_read(struct integrity_run *run, const struct integrity_claim *claim,
                                     struct proof *out);
MUST_USE enum err integrity_sd_read(struct integrity_run *run, const struct integrity_claim *claim,
                                    struct proof *out);
MUST_USE enum err integrity_2018_read(struct integrity_run *run, const struct integrity_claim *claim,
                                      struct proof *out);

#endif
