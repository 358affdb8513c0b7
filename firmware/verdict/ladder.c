/* SPDX-License-Identifier: Apache-2.0 */
#include "verdict/findings.h"

/* Reasons that apply, one bit each: the lowest is the rung that wins, as reason.def is in their order. */
struct rungs {
    uint64_t applying;
};

static void apply(struct rungs *rungs, enum verdict_reason reason, bool applies) {
    if (applies && reason != REASON_NONE) {
        rungs->applying |= UINT64_C(1) << reason;
    }
}

static bool applies(const struct rungs *rungs, enum verdict_reason reason) {
    return (rungs->applying >> reason & 1u) != 0;
}

bool findings_signer_trusted(const struct findings *findings) {
    return findings->standing == TRUST_LISTED && findings->signature == FINDINGS_SIGNATURE_LISTED &&
           findings->scope == TRUST_IN_SCOPE;
}

/* Rungs 1 to 4: what it is, whether it keeps its format's rules, and who signed. */
static void climb_to_the_signer(const struct findings *f, struct rungs *rungs) {
    apply(rungs, findings_reason(f->stage, f->err), f->err != ERR_OK);
    apply(rungs, REASON_NO_LIST, f->standing == TRUST_NO_LIST);
    apply(rungs, REASON_UNKNOWN_ISSUER, f->standing == TRUST_UNKNOWN_ISSUER);
    apply(rungs, REASON_KEY_NOT_CACHED, f->standing == TRUST_UNKNOWN_KEY);
    apply(rungs, REASON_OUT_OF_SCOPE, f->scope == TRUST_OUT_OF_SCOPE || f->scope == TRUST_OUT_OF_PERIOD);
}

/* Rungs 5 to 9, under a trusted signer. */
static void climb_further(const struct findings *f, struct rungs *rungs) {
    bool expired = f->dates == POLICY_DATES_EXPIRED;
    bool clock_missing = f->clock_unbounded && f->clock_required;
    apply(rungs, REASON_KEY_WITHDRAWN, f->key_withdrawn);
    apply(rungs, REASON_REVOKED, f->status.answer == STATUS_REVOKED);
    apply(rungs, REASON_SUSPENDED, f->status.answer == STATUS_SUSPENDED);
    apply(rungs, REASON_EXPIRED, expired && !f->expired_is_note);
    apply(rungs, REASON_NOT_YET_VALID, f->dates == POLICY_DATES_NOT_YET_VALID);
    apply(rungs, REASON_WRONG_EVENT, f->event == POLICY_NOT_ADMITTED);
    apply(rungs, REASON_LIST_EXPIRED, f->band == PACK_EXPIRED);
    apply(rungs, REASON_CLOCK_REQUIRED, clock_missing);
    apply(rungs, REASON_STATUS_UNKNOWN, f->status.answer == STATUS_UNKNOWN);
    apply(rungs, REASON_STATUS_STALE, f->status.answer == STATUS_STALE);
    apply(rungs, REASON_STATUS_MESSAGE, f->status.message.len > 0);
    apply(rungs, REASON_PARTLY_SHOWN, f->dates_extent == FINDINGS_PART || f->status_extent == FINDINGS_PART);
    apply(rungs, REASON_DATES_UNKNOWN, f->dates == POLICY_DATES_UNKNOWN);
    apply(rungs, REASON_EXPIRED_ACCEPTED, expired && f->expired_is_note);
    apply(rungs, REASON_LIST_STALE, f->band == PACK_STALE || f->band == PACK_CLOCK_UNKNOWN);
    apply(rungs, REASON_HOLDER_UNNAMED, !f->holder_named);
}

/* The first rung that applies, or REASON_NONE. */
static enum verdict_reason first_rung(const struct rungs *rungs) {
    for (enum verdict_reason reason = REASON_NONE + 1; reason < REASON_OK; reason++) {
        if (applies(rungs, reason)) {
            return reason;
        }
    }
    return REASON_NONE;
}

static uint32_t notes_of(const struct rungs *rungs, enum verdict_reason reason) {
    uint64_t above = rungs->applying >> REASON_STATUS_UNKNOWN;
    return verdict_class_of(reason) == VERDICT_VALID_NOTE ? (uint32_t)above : 0;
}

/* Each check's one good value, compared with: nothing that merely was not found bad passes. */
static bool all_is_well(const struct findings *f) {
    return findings_signer_trusted(f) && !f->key_withdrawn && f->stage == FINDINGS_THROUGH &&
           f->err == ERR_OK && f->has_lists && f->band == PACK_FRESH && f->holder_named &&
           f->dates_extent == FINDINGS_WHOLE && f->status_extent == FINDINGS_WHOLE &&
           (f->dates == POLICY_DATES_IN_FORCE || f->dates == POLICY_DATES_NONE) &&
           (f->status.answer == STATUS_GOOD || f->status.answer == STATUS_NONE) &&
           f->status.message.len == 0 && (f->event == POLICY_ADMITTED || f->event == POLICY_NO_RULES);
}

void findings_judge(const struct findings *findings, struct verdict *out) {
    struct rungs rungs = {0};
    climb_to_the_signer(findings, &rungs);
    if (findings_signer_trusted(findings)) {
        climb_further(findings, &rungs);
    }
    out->cause = findings->err;
    out->reason = first_rung(&rungs);
    if (out->reason == REASON_NONE && all_is_well(findings)) {
        out->reason = REASON_OK;
    } else if (out->reason == REASON_NONE) {
        out->reason = REASON_UNFINISHED;
    }
    out->notes = notes_of(&rungs, out->reason);
    findings_check(findings, out->checks);
}
