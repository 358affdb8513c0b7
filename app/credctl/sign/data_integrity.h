/* data_integrity: proofs that stand inside a JSON-LD document: eddsa-rdfc-2022 and ecdsa-rdfc-2019, made. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_SIGN_DATA_INTEGRITY_H
#define CREDCTL_SIGN_DATA_INTEGRITY_H

#include <jansson.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/span.h"
#include "credctl/sign/signer.h"
#include "linked/context.h"
#include "proof/integrity.h"
#include "proof/proof.h"

/* Room for a key's name inside an issuer: "ISSUER#MULTIKEY". */
#define DATA_INTEGRITY_METHOD_BYTES 4096u

/* What the proof says beside the signature. */
struct data_integrity_options {
    enum proof_suite suite; /* as data_integrity_suite gives it for the key */
    enum integrity_purpose purpose;
    struct span method;    /* verificationMethod, as data_integrity_method has it */
    int64_t created_s;     /* since 1970 UTC */
    struct span challenge; /* what the verifier asked to be signed too; empty: left out */
};

/* The suite that a key signs by: eddsa-rdfc-2022 for Ed25519, ecdsa-rdfc-2019 for P-256 and P-384; PROOF_JWS for RSA,
 * which signs by neither. */
enum proof_suite data_integrity_suite(enum crypto_alg alg);

/*
 * Append the verificationMethod under which a controller's key is found.
 *
 * controller  the issuer or holder: a DID or an https address
 * kid         its own name for the key: a URL as it stands, else what follows '#'; empty: a did:key's and did:jwk's
 *             own fragment, and else the key itself as Multikey, by which any list that holds the key finds it
 *
 * ERR_NO_ROOM, and those of public_form_kid and multikey_write
 */
MUST_USE enum err data_integrity_method(const struct crypto_key *key, struct span controller, struct span kid,
                                        struct room *out);

/*
 * Sign a document and put `proof` into it (VC Data Integrity 1.0 section 4.2; Data Integrity EdDSA Cryptosuites 1.0
 * section 3.2, ECDSA section 3.2). The signature is checked before it is given out.
 *
 * document  its @context defines every member, and DataIntegrityProof; without a proof so far
 * library   the contexts that it may name
 * arena     as linked_canonize takes it
 *
 * ERR_KEY_MISMATCH   the key does not sign by this suite
 * ERR_PROOF_SHAPE    the document is no object, or has a proof
 * ERR_CRYPTO_FAILED, ERR_SIGNATURE_WRONG, ERR_NO_ROOM, ERR_NO_MEMORY, and those of linked_canonize
 */
MUST_USE enum err data_integrity_add(json_t *document, const struct signer *signer,
                                     const struct data_integrity_options *options,
                                     const struct context_library *library, struct arena *arena);

#endif
