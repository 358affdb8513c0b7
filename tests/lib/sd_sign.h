/* sd_sign: ecdsa-sd-2023 as an issuer and a holder's wallet make it: a credential signed statement by statement, of
 * which a part is shown. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LIB_SD_SIGN_H
#define TESTS_LIB_SD_SIGN_H

#include "credctl/sign/signer.h"
#include "linked/linked.h"
#include "proof/sdvalue.h"

/* Statements, and blank nodes, of one document. */
#define SD_SIGN_MOST 160

/* What is signed, and what is shown of it. All borrowed. */
struct sd_sign_order {
    const struct linked_document *whole, *shown; /* without proofs; RDFC_SHA256 */
    struct span options_hash;
    const char *const *mandatory; /* texts: a statement that holds one must be shown always; NULL ends them */
    const struct signer *issuer;  /* ES256 */
    const struct signer *statement; /* ES256: signs each other statement */
};

/* A derived proof, open to be changed before it is written. */
struct sd_sign {
    uint8_t base_signature[SDVALUE_SIGNATURE_BYTES];
    uint8_t key[SDVALUE_KEY_BYTES];
    uint32_t signature_count, label_count, index_count;
    uint8_t signatures[SD_SIGN_MOST][SDVALUE_SIGNATURE_BYTES];
    uint8_t labels[SD_SIGN_MOST][SDVALUE_LABEL_BYTES]; /* by the N of _:c14nN in what is shown */
    uint32_t indexes[SD_SIGN_MOST];
};

/* Sign the whole, then derive what proves the part; fails the test where the part is none of the whole, or lacks a
 * mandatory statement. Up to seven blank nodes are found by trying. */
void sd_sign_derive(const struct sd_sign_order *order, struct arena *arena, struct sd_sign *out);

/* Append the whole proofValue. */
void sd_sign_value(const struct sd_sign *proof, struct arena *arena, struct room *out);

#endif
