/* integrity_value: what stands in proofValue and jws, decoded (CID 1.0 section 2.4; RFC 7797). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PROOF_INTEGRITY_VALUE_H
#define PROOF_INTEGRITY_VALUE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/span.h"

/*
 * A signature in base58btc behind the letter z.
 *
 * ERR_PROOF_VALUE  another letter, or a character outside the alphabet
 * ERR_SIGNATURE_SHAPE  longer than any signature is
 * ERR_NO_ROOM
 */
MUST_USE enum err integrity_value_base58(struct span text, struct arena *arena, struct span *out);

/*
 * A signature as a JWS without its payload, "HEADER..SIGNATURE", whose header says exactly alg EdDSA, b64 false and
 * crit b64, in any order (Ed25519Signature2018).
 *
 * header     as it stands, encoded: what is signed begins with it; points into text
 * signature  in the arena
 *
 * ERR_PROOF_VALUE  anything else
 * ERR_NO_ROOM
 */
MUST_USE enum err integrity_value_jws(struct span text, struct arena *arena, struct span *header,
                                      struct span *signature);

#endif
