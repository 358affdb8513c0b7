/* integrity_sign: Data Integrity proofs of every suite, made on the spot for tests. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_INTEGRITY_SIGN_H
#define TESTS_LIB_INTEGRITY_SIGN_H

#include <jansson.h>

#include "credctl/sign/signer.h"
#include "linked/context.h"
#include "proof/proof.h"

/* How a proof is made; all borrowed. What is left out is the usual. */
struct integrity_sign {
    enum proof_suite suite;
    const struct signer *signer; /* its algorithm decides P-256 or P-384 */
    const struct context_library *library;
    const char *method;  /* verificationMethod */
    const char *purpose; /* assertionMethod */
    const char *created; /* 2026-01-02T00:00:00Z */
    const char *more;    /* further options, a JSON object's text: {"expires":"..."} */
    /* ecdsa-sd-2023: what the issuer signed, where the document is but a part of it; and texts as sd_sign.h has them,
     * by default those of issuer, types and status */
    const json_t *whole;
    const char *const *mandatory;
};

/*
 * Sign a document and add the proof to it, behind the proofs that it has. Signed is the document without proofs, or
 * with those that previousProof in `more` names. Fails the test when it cannot be done.
 */
void integrity_sign(json_t *document, const struct integrity_sign *how);

/* The document of this text, signed, as text; release by free. */
char *integrity_signed(const char *text, const struct integrity_sign *how);

#endif
