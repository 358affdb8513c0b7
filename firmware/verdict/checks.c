/* SPDX-License-Identifier: Apache-2.0 */
#include "verdict/findings.h"

static struct verdict_check line(enum verdict_result result, enum verdict_sentence sentence) {
    return (struct verdict_check){.result = result, .sentence = sentence};
}

static struct verdict_check signature_line(const struct findings *f) {
    switch (findings_reason(f->stage, f->err)) {
    case REASON_ALTERED:
        return line(RESULT_FAILED, SENTENCE_SIGNATURE_WRONG);
    case REASON_MALFORMED:
        return line(RESULT_FAILED, SENTENCE_SIGNATURE_MALFORMED);
    default:
        break;
    }
    switch (f->signature) {
    case FINDINGS_SIGNATURE_LISTED:
        return line(RESULT_PASSED, SENTENCE_SIGNATURE_RIGHT);
    case FINDINGS_SIGNATURE_OWN:
        return line(RESULT_UNKNOWN, SENTENCE_SIGNATURE_OWN_KEY);
    case FINDINGS_SIGNATURE_NO_KEY:
        return line(RESULT_UNKNOWN, SENTENCE_SIGNATURE_NO_KEY);
    case FINDINGS_SIGNATURE_UNASKED:
        break;
    }
    return line(RESULT_UNKNOWN, SENTENCE_NOT_CHECKED);
}

/* What a freshness token says, as of that token. */
static struct verdict_check revoked_line(const struct fresh_revocation *revoked) {
    static const enum verdict_sentence sentences[FRESH_KINDS] = {
        [FRESH_ISSUER] = SENTENCE_ISSUER_REVOKED_SINCE,
        [FRESH_KEY] = SENTENCE_ISSUER_KEY_REVOKED_SINCE,
        [FRESH_CREDENTIAL] = SENTENCE_STATUS_REVOKED_SINCE,
    };
    struct verdict_check out = line(RESULT_FAILED, sentences[revoked->kind]);
    out.has_as_of = true;
    out.as_of_s = revoked->as_of_s;
    return out;
}

/* The issuer's line under a signature that its listed key made. */
static struct verdict_check listed_line(const struct findings *f) {
    if (f->signer_revoked != NULL) {
        return revoked_line(f->signer_revoked);
    }
    if (f->key_withdrawn) {
        return line(RESULT_FAILED, SENTENCE_ISSUER_KEY_WITHDRAWN);
    }
    switch (f->scope) {
    case TRUST_IN_SCOPE:
        return line(RESULT_PASSED, SENTENCE_ISSUER_LISTED);
    case TRUST_OUT_OF_SCOPE:
        return line(RESULT_UNKNOWN, SENTENCE_ISSUER_OUT_OF_SCOPE);
    case TRUST_OUT_OF_PERIOD:
        return line(RESULT_UNKNOWN, SENTENCE_ISSUER_KEY_PERIOD);
    case TRUST_SCOPE_UNASKED:
        break;
    }
    return line(RESULT_UNKNOWN, SENTENCE_NOT_CHECKED);
}

static struct verdict_check issuer_line(const struct findings *f) {
    switch (f->standing) {
    case TRUST_NO_LIST:
        return line(RESULT_UNKNOWN, SENTENCE_ISSUER_NO_LIST);
    case TRUST_UNKNOWN_ISSUER:
        return line(RESULT_UNKNOWN, SENTENCE_ISSUER_UNKNOWN);
    case TRUST_UNKNOWN_KEY:
        return line(RESULT_UNKNOWN, SENTENCE_ISSUER_KEY_NOT_LISTED);
    case TRUST_LISTED:
        return f->signature == FINDINGS_SIGNATURE_LISTED ? listed_line(f)
                                                         : line(RESULT_UNKNOWN, SENTENCE_NOT_CHECKED);
    case TRUST_UNASKED:
        break;
    }
    return line(RESULT_UNKNOWN, SENTENCE_NOT_CHECKED);
}

/* What is in force by the dates that are shown may not be by one that is not. */
static struct verdict_check in_force_line(const struct findings *f, enum verdict_result result,
                                          enum verdict_sentence sentence) {
    return f->dates_extent == FINDINGS_WHOLE ? line(result, sentence)
                                             : line(RESULT_UNKNOWN, SENTENCE_DATES_HIDDEN);
}

static struct verdict_check dates_line(const struct findings *f) {
    switch (f->dates) {
    case POLICY_DATES_NONE:
        return in_force_line(f, RESULT_NOT_APPLICABLE, SENTENCE_DATES_NONE);
    case POLICY_DATES_IN_FORCE:
        return in_force_line(f, RESULT_PASSED, SENTENCE_DATES_IN_FORCE);
    case POLICY_DATES_EXPIRED:
        return line(RESULT_FAILED,
                    f->expired_is_note ? SENTENCE_DATES_EXPIRED_ACCEPTED : SENTENCE_DATES_EXPIRED);
    case POLICY_DATES_NOT_YET_VALID:
        return line(RESULT_FAILED, SENTENCE_DATES_NOT_YET_VALID);
    case POLICY_DATES_UNKNOWN:
        break;
    }
    return line(RESULT_UNKNOWN, SENTENCE_DATES_UNKNOWN);
}

/* A list that nobody signed is called so, whatever it says. */
static enum verdict_sentence unsigned_sentence(enum verdict_sentence sentence) {
    switch (sentence) {
    case SENTENCE_STATUS_GOOD:
        return SENTENCE_STATUS_GOOD_UNSIGNED;
    case SENTENCE_STATUS_REVOKED:
        return SENTENCE_STATUS_REVOKED_UNSIGNED;
    default:
        return sentence;
    }
}

/* What the lists say, in a line; whether they are old. */
static struct verdict_check answer_line(const struct status *status) {
    static const struct verdict_check lines[] = {
        [STATUS_UNKNOWN] = {.result = RESULT_UNKNOWN, .sentence = SENTENCE_STATUS_NOT_COVERED},
        [STATUS_NONE] = {.result = RESULT_NOT_APPLICABLE, .sentence = SENTENCE_STATUS_NONE},
        [STATUS_GOOD] = {.result = RESULT_PASSED, .sentence = SENTENCE_STATUS_GOOD},
        [STATUS_STALE] = {.result = RESULT_UNKNOWN, .sentence = SENTENCE_STATUS_STALE},
        [STATUS_SUSPENDED] = {.result = RESULT_FAILED, .sentence = SENTENCE_STATUS_SUSPENDED},
        [STATUS_REVOKED] = {.result = RESULT_FAILED, .sentence = SENTENCE_STATUS_REVOKED},
    };
    bool noted = status->answer == STATUS_GOOD && status->message.len > 0;
    struct verdict_check out = noted ? line(RESULT_UNKNOWN, SENTENCE_STATUS_MESSAGE) : lines[status->answer];
    out.sentence = status->is_unsigned ? unsigned_sentence(out.sentence) : out.sentence;
    out.has_as_of = status->has_as_of;
    out.as_of_s = status->as_of_s;
    return out;
}

static struct verdict_check status_line(const struct findings *f) {
    if (f->credential_revoked != NULL) {
        return revoked_line(f->credential_revoked);
    }
    if (f->revocations_lost && f->status.answer == STATUS_UNKNOWN) {
        return line(RESULT_UNKNOWN, SENTENCE_STATUS_LOST);
    }
    bool clear = f->status.answer == STATUS_NONE || f->status.answer == STATUS_GOOD;
    bool hidden = clear && f->status_extent != FINDINGS_WHOLE;
    return hidden ? line(RESULT_UNKNOWN, SENTENCE_STATUS_HIDDEN) : answer_line(&f->status);
}

static struct verdict_check event_line(const struct findings *f) {
    switch (f->event) {
    case POLICY_NO_RULES:
        return line(RESULT_NOT_APPLICABLE, SENTENCE_EVENT_NO_RULES);
    case POLICY_ADMITTED:
        return line(RESULT_PASSED, SENTENCE_EVENT_ADMITTED);
    case POLICY_NOT_ADMITTED:
        return line(RESULT_FAILED, SENTENCE_EVENT_NOT_ADMITTED);
    case POLICY_EVENT_UNASKED:
        break;
    }
    return line(RESULT_UNKNOWN, SENTENCE_NOT_CHECKED);
}

static struct verdict_check freshness_line(const struct findings *f) {
    static const struct verdict_check lines[] = {
        [PACK_CLOCK_UNKNOWN] = {.result = RESULT_UNKNOWN, .sentence = SENTENCE_FRESHNESS_CLOCK},
        [PACK_FRESH] = {.result = RESULT_PASSED, .sentence = SENTENCE_FRESHNESS_FRESH},
        [PACK_STALE] = {.result = RESULT_UNKNOWN, .sentence = SENTENCE_FRESHNESS_STALE},
        [PACK_EXPIRED] = {.result = RESULT_FAILED, .sentence = SENTENCE_FRESHNESS_EXPIRED},
    };
    if (!f->has_lists) {
        return line(RESULT_UNKNOWN, SENTENCE_FRESHNESS_NO_LIST);
    }
    struct verdict_check out = lines[f->band];
    out.has_as_of = true;
    out.as_of_s = f->lists_issued_s;
    if (f->band == PACK_FRESH && f->confirmed_s != 0) {
        out.sentence = SENTENCE_FRESHNESS_CONFIRMED;
        out.as_of_s = f->confirmed_s;
    }
    return out;
}

/* Who holds it, by the presentation around it: never a reason by itself. */
static struct verdict_check holder_line(const struct findings *f) {
    static const struct verdict_check lines[] = {
        [FINDINGS_HOLDER_NONE] = {.result = RESULT_NOT_APPLICABLE, .sentence = SENTENCE_HOLDER_NONE},
        [FINDINGS_HOLDER_SIGNED] = {.result = RESULT_PASSED, .sentence = SENTENCE_HOLDER_SIGNED},
        [FINDINGS_HOLDER_OTHER] = {.result = RESULT_UNKNOWN, .sentence = SENTENCE_HOLDER_OTHER},
        [FINDINGS_HOLDER_UNCHECKED] = {.result = RESULT_UNKNOWN, .sentence = SENTENCE_HOLDER_UNCHECKED},
        [FINDINGS_HOLDER_REVOKED] = {.result = RESULT_FAILED, .sentence = SENTENCE_HOLDER_REVOKED},
    };
    struct verdict_check out = lines[f->holder];
    if (f->holder == FINDINGS_HOLDER_SIGNED && f->holder_signed.present) {
        out.has_as_of = true;
        out.as_of_s = f->holder_signed.time_s;
    }
    return out;
}

void findings_check(const struct findings *findings, struct verdict_check checks[CHECK_COUNT]) {
    memset(checks, 0, CHECK_COUNT * sizeof *checks);
    checks[CHECK_SIGNATURE] = signature_line(findings);
    checks[CHECK_ISSUER] = issuer_line(findings);
    checks[CHECK_FRESHNESS] = freshness_line(findings);
    if (findings_signer_trusted(findings)) {
        checks[CHECK_DATES] = dates_line(findings);
        checks[CHECK_STATUS] = status_line(findings);
        checks[CHECK_EVENT] = event_line(findings);
        checks[CHECK_HOLDER] = holder_line(findings);
    }
}
