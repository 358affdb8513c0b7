/* findings: what the stages found, as the ladder needs it. The pipeline fills it (verify.c, verify_credential.c). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef VERDICT_FINDINGS_H
#define VERDICT_FINDINGS_H

#include "credential/credential.h"
#include "pack/fresh.h"
#include "policy/policy.h"
#include "status/status.h"
#include "trust/trust.h"
#include "verdict/verdict.h"

/* The step at which the pipeline ended with an error. Zero is none: it ran through. */
enum findings_stage {
    FINDINGS_THROUGH = 0,
    FINDINGS_PAYLOAD,    /* what is it? */
    FINDINGS_ENVELOPE,   /* taking the token apart */
    FINDINGS_PROOF,      /* its header */
    FINDINGS_CREDENTIAL, /* its claims */
    FINDINGS_TRUST,      /* asking the list for issuer and key */
    FINDINGS_SIGNATURE,  /* checking the signature */
    FINDINGS_STATUS,     /* asking the status lists */
    FINDINGS_STAGES
};

/* What is known of the signature. Zero is nothing. */
enum findings_signature {
    FINDINGS_SIGNATURE_UNASKED = 0,
    FINDINGS_SIGNATURE_LISTED, /* right, by the listed key */
    FINDINGS_SIGNATURE_OWN,    /* right, by a key that the credential names itself */
    FINDINGS_SIGNATURE_NO_KEY  /* no key to check it with */
};

/* Who signed the presentation around it. Zero: nobody, which adds nothing. */
enum findings_holder {
    FINDINGS_HOLDER_NONE = 0,
    FINDINGS_HOLDER_SIGNED,    /* the credential's own subject, at holder_signed */
    FINDINGS_HOLDER_OTHER,     /* somebody whom the credential does not name */
    FINDINGS_HOLDER_UNCHECKED, /* there is no key here to check it with */
    FINDINGS_HOLDER_REVOKED    /* somebody with a key that a freshness token revokes */
};

/* Whether all that a check asks about stands before it, where a holder may choose what is shown. Zero: nobody asked. */
enum findings_extent {
    FINDINGS_EXTENT_UNASKED = 0,
    FINDINGS_WHOLE, /* nothing of it can be hidden */
    FINDINGS_PART   /* something of it could be */
};

/* Everything the stages found; all zero found nothing, which is CANNOT CHECK. */
struct findings {
    enum findings_stage stage;
    enum err err; /* of that stage */
    bool has_lists;
    enum pack_band band;
    int64_t lists_issued_s;
    enum trust_standing standing;
    enum trust_scope scope;
    bool key_withdrawn;                            /* by the list, or as the next says */
    const struct fresh_revocation *signer_revoked; /* of issuer or key, by a token; NULL: none says so */
    const struct fresh_revocation
        *credential_revoked; /* the same; then `status` says revoked, as of that token */
    bool
        revocations_lost; /* a token that was accepted cannot be read any more: `status` is never good then */
    int64_t confirmed_s;  /* when the newest token confirmed the lists; 0: none did */
    enum findings_signature signature;
    enum policy_dates dates;
    enum findings_extent dates_extent; /* of its beginning and end */
    struct status status;
    enum findings_extent status_extent; /* of its entries of credentialStatus */
    enum policy_event event;
    bool holder_named;
    enum findings_holder holder;
    struct credential_date holder_signed; /* when the presentation was signed, by the signer's own word */
    bool expired_is_note;                 /* from the policy, as is the next */
    bool clock_required;
    bool clock_unbounded;
};

/* The reason that an error at a stage leads to: one table for the whole program. REASON_NONE for ERR_OK. */
enum verdict_reason findings_reason(enum findings_stage stage, enum err err);

/* The signer is listed, may sign this, and did: rungs 5 to 10 of the ladder may be asked. */
bool findings_signer_trusted(const struct findings *findings);

/*
 * Judge the findings: fills reason, cause, notes and checks of out, and nothing else. The first rung of the
 * ladder that applies wins; the last is taken only when nothing applies and every check has passed or does
 * not apply.
 */
void findings_judge(const struct findings *findings, struct verdict *out);

/* A line for each check: what was found, and unknown where nobody looked. */
void findings_check(const struct findings *findings, struct verdict_check checks[CHECK_COUNT]);

/* What may be shown of a checked credential. */
void findings_show(const struct verified_credential *verified, struct shown_credential *out);

/* What is shown of the lists and of the freshness tokens for them (or NULL), whatever the credential. */
void findings_show_lists(const struct pack_info *info, const struct fresh *fresh, struct shown_trust *out);

#endif
