/* sd: ecdsa-sd-2023: credentials of which the holder shows a part (Data Integrity ECDSA Cryptosuites section 3.6). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PROOF_SD_H
#define PROOF_SD_H

#include "linked/rdfc.h"
#include "proof/proof.h"

/*
 * Read a derived proof: what the issuer signed (the hash of the proof's options, the key that signs statements, the
 * hash of the statements that every showing must hold), and each other statement with its signature. Extracts;
 * checks no signature.
 *
 * value         the proofValue, hostile; borrowed for the call
 * options_hash  SHA-256 of the proof's options in canonical form; CRYPTO_SHA256_BYTES
 * set           the statements of what is shown, without its proofs; borrowed for the call
 * labels        as rdfc_canonize finds them with RDFC_SHA256
 * arena         receives all that out points to
 * out           `alg`, `signed_bytes`, `signature`, `parts`, `partial` and `status_chosen` are filled; the rest stays
 *               as it is
 *
 * ERR_PROOF_VALUE, ERR_PROOF_BASE, ERR_PROOF_PARTS and ERR_CBOR_*  as sdvalue_read
 * ERR_PROOF_LABELS    as sdvalue_read, or there are more or fewer labels than blank nodes
 * ERR_PROOF_INDEXES   as sdvalue_read, or beyond the statements
 * ERR_PROOF_UNSIGNED  more or fewer signatures than statements that are not mandatory
 * ERR_KEY_SHAPE       the key is no point of P-256
 * ERR_NO_ROOM, ERR_CRYPTO_FAILED
 */
MUST_USE enum err sd_read(struct span value, struct span options_hash, const struct rdf_dataset *set,
                          const uint32_t *labels, struct arena *arena, struct proof *out);

#endif
