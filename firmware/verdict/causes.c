/* SPDX-License-Identifier: Apache-2.0 */
#include "verdict/findings.h"

/* What an error means at any stage. */
static const struct {
    enum err err;
    enum verdict_reason reason;
} everywhere[] = {
    {ERR_CRYPTO_FAILED, REASON_UNFINISHED},
    {ERR_NO_MEMORY, REASON_UNFINISHED},
    {ERR_NO_ROOM, REASON_UNSUPPORTED},
    {ERR_PACK_DAMAGED, REASON_NO_LIST},
    {ERR_TRUST_NO_LIST, REASON_NO_LIST},
    {ERR_PAYLOAD_OFFER, REASON_OFFER},
    {ERR_PAYLOAD_LINK, REASON_NEEDS_NETWORK},
    {ERR_PAYLOAD_TOO_LARGE, REASON_UNSUPPORTED},
    {ERR_PAYLOAD_NESTED, REASON_UNSUPPORTED},
    {ERR_INFLATE_TOO_LARGE, REASON_UNSUPPORTED},
    {ERR_FORMAT_SD_JWT, REASON_UNSUPPORTED},
    {ERR_FORMAT_JWE, REASON_UNSUPPORTED},
    {ERR_FORMAT_JSON, REASON_UNSUPPORTED},
    {ERR_FORMAT_JADES, REASON_UNSUPPORTED},
    {ERR_FORMAT_CBOR_LD, REASON_UNSUPPORTED},
    {ERR_FORMAT_CBOR, REASON_UNSUPPORTED},
    {ERR_FORMAT_COSE, REASON_UNSUPPORTED},
    {ERR_FORMAT_HEALTH, REASON_UNSUPPORTED},
    {ERR_FORMAT_NZCP, REASON_UNSUPPORTED},
    {ERR_FORMAT_SHC, REASON_UNSUPPORTED},
    {ERR_FORMAT_MULTIPART, REASON_UNSUPPORTED},
    {ERR_FORMAT_PRESENTATION, REASON_UNSUPPORTED},
    {ERR_FORMAT_OPEN_BADGE_2, REASON_UNSUPPORTED},
    {ERR_ALG_UNSUPPORTED, REASON_UNSUPPORTED},
    {ERR_KEY_UNSUPPORTED, REASON_UNSUPPORTED},
    {ERR_PROOF_TYP, REASON_UNSUPPORTED},
    {ERR_PROOF_MEMBER, REASON_UNSUPPORTED},
    {ERR_CREDENTIAL_NONE, REASON_NOT_A_CREDENTIAL},
    {ERR_CREDENTIAL_LIST, REASON_NOT_A_CREDENTIAL},
    {ERR_CREDENTIAL_TOO_MANY, REASON_UNSUPPORTED},
    {ERR_CREDENTIAL_NAME_LONG, REASON_UNSUPPORTED},
    {ERR_CREDENTIAL_SUBJECTS, REASON_UNSUPPORTED},
};

/* What any other error means at its stage. A token that breaks its format's rules is malformed; what is wrong
 * with the lists or the machine is never the credential's fault. */
static const enum verdict_reason otherwise[FINDINGS_STAGES] = {
    [FINDINGS_THROUGH] = REASON_UNFINISHED,   [FINDINGS_PAYLOAD] = REASON_NOT_A_CREDENTIAL,
    [FINDINGS_ENVELOPE] = REASON_MALFORMED,   [FINDINGS_PROOF] = REASON_MALFORMED,
    [FINDINGS_CREDENTIAL] = REASON_MALFORMED, [FINDINGS_TRUST] = REASON_UNFINISHED,
    [FINDINGS_SIGNATURE] = REASON_UNFINISHED, [FINDINGS_STATUS] = REASON_UNFINISHED,
};

/* What the check of a signature finds when it is not the key's over these bytes. */
static bool says_altered(enum err err) {
    return err == ERR_SIGNATURE_WRONG || err == ERR_SIGNATURE_SHAPE || err == ERR_KEY_MISMATCH;
}

enum verdict_reason findings_reason(enum findings_stage stage, enum err err) {
    if (err == ERR_OK) {
        return REASON_NONE;
    }
    if (stage == FINDINGS_SIGNATURE && says_altered(err)) {
        return REASON_ALTERED;
    }
    for (size_t i = 0; i < sizeof everywhere / sizeof *everywhere; i++) {
        if (everywhere[i].err == err) {
            return everywhere[i].reason;
        }
    }
    return (unsigned)stage < FINDINGS_STAGES ? otherwise[stage] : REASON_UNFINISHED;
}
