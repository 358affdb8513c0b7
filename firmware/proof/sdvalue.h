/* sdvalue: the proofValue of an ecdsa-sd-2023 derived proof, taken apart (Data Integrity ECDSA section 3.5). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PROOF_SDVALUE_H
#define PROOF_SDVALUE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/span.h"

/* Bytes of an ES256 signature, of the key that signs statements (80 24 and a compressed point of P-256), and of a
 * label: an HMAC-SHA-256. */
#define SDVALUE_SIGNATURE_BYTES 64u
#define SDVALUE_KEY_BYTES       35u
#define SDVALUE_LABEL_BYTES     32u

/* What a derived proof holds, each list in the order in which it stands there. All zero holds nothing. */
struct sdvalue {
    struct span base_signature;
    struct span key; /* with its multicodec 80 24 */
    uint32_t signature_count, label_count, index_count;
    const struct span *signatures; /* of the statements that are not mandatory */
    const struct span *labels;     /* by the N of a canonical label _:c14nN */
    const uint32_t *indexes;       /* of the mandatory statements; ascending */
};

/*
 * Read a proofValue. Only its form is judged: each length, each type, and that labels and indexes do not repeat.
 *
 * text   multibase, hostile; borrowed for the call
 * arena  receives all that out points to
 *
 * ERR_PROOF_VALUE    no multibase 'u' without padding, no header D9 5D, or no array of the five parts
 * ERR_PROOF_BASE     a base proof, which a holder keeps and never shows
 * ERR_PROOF_PARTS    more than LIMIT_PROOF_PARTS signatures
 * ERR_PROOF_LABELS   the labels are not those of _:c14n0 and the following, or two are alike
 * ERR_PROOF_INDEXES  the indexes do not ascend
 * ERR_CBOR_*         as cbor_check finds it
 * ERR_NO_ROOM        the arena is full
 */
MUST_USE enum err sdvalue_read(struct span text, struct arena *arena, struct sdvalue *out);

#endif
