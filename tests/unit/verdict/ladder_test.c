/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include "verdict/findings.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Everything as it should be. */
static struct findings all_good(void) {
    return (struct findings){
        .has_lists = true,
        .band = PACK_FRESH,
        .lists_issued_s = 77,
        .standing = TRUST_LISTED,
        .scope = TRUST_IN_SCOPE,
        .signature = FINDINGS_SIGNATURE_LISTED,
        .dates = POLICY_DATES_IN_FORCE,
        .dates_extent = FINDINGS_WHOLE,
        .status_extent = FINDINGS_WHOLE,
        .status = {.answer = STATUS_GOOD, .has_as_of = true, .as_of_s = 55},
        .event = POLICY_ADMITTED,
        .holder_named = true,
        .holder = FINDINGS_HOLDER_SIGNED,
        .holder_signed = {true, 33},
    };
}

static enum verdict_reason reason_of(const struct findings *findings) {
    struct verdict verdict = {0};
    findings_judge(findings, &verdict);
    return verdict.reason;
}

static void says_valid_when_every_check_has_passed(void **state) {
    (void)state;
    struct findings f = all_good();
    struct verdict verdict = {0};
    findings_judge(&f, &verdict);
    assert_int_equal(verdict.reason, REASON_OK);
    assert_int_equal(verdict_class_of(verdict.reason), VERDICT_VALID);
    assert_int_equal(verdict.notes, 0);
    for (int i = 0; i < CHECK_COUNT; i++) {
        assert_int_equal(verdict.checks[i].result, RESULT_PASSED);
    }
    assert_int_equal(verdict.checks[CHECK_FRESHNESS].as_of_s, 77);
    assert_int_equal(verdict.checks[CHECK_STATUS].as_of_s, 55);
    f.dates = POLICY_DATES_NONE;
    f.status.answer = STATUS_NONE;
    f.event = POLICY_NO_RULES;
    assert_int_equal(reason_of(&f), REASON_OK);
}

static void says_nothing_valid_of_nothing(void **state) {
    (void)state;
    struct findings f = {0};
    struct verdict verdict = {0};
    findings_judge(&f, &verdict);
    assert_int_equal(verdict.reason, REASON_UNFINISHED);
    for (int i = 0; i < CHECK_COUNT; i++) {
        assert_int_equal(verdict.checks[i].result, RESULT_UNKNOWN);
    }
}

/* Every finding of every field but the good ones, one at a time. */
static void never_says_valid_with_one_check_short_of_its_good_value(void **state) {
    (void)state;
    int tried = 0;
#define TRY_EACH(field, first, last, good)                                                                   \
    for (int value = (first); value <= (int)(last); value++) {                                               \
        struct findings f = all_good();                                                                      \
        *(int *)&f.field = value;                                                                            \
        if (!(good)) {                                                                                       \
            tried++;                                                                                         \
            assert_int_not_equal(verdict_class_of(reason_of(&f)), VERDICT_VALID);                            \
        }                                                                                                    \
    }
    TRY_EACH(band, 0, PACK_EXPIRED, value == PACK_FRESH)
    TRY_EACH(standing, 0, TRUST_LISTED + 1, value == TRUST_LISTED)
    TRY_EACH(scope, 0, TRUST_OUT_OF_PERIOD + 1, value == TRUST_IN_SCOPE)
    TRY_EACH(signature, 0, FINDINGS_SIGNATURE_NO_KEY + 1, value == FINDINGS_SIGNATURE_LISTED)
    TRY_EACH(dates, 0, POLICY_DATES_NOT_YET_VALID,
             value == POLICY_DATES_IN_FORCE || value == POLICY_DATES_NONE)
    TRY_EACH(status.answer, 0, STATUS_REVOKED, value == STATUS_GOOD || value == STATUS_NONE)
    TRY_EACH(dates_extent, 0, FINDINGS_PART + 1, value == FINDINGS_WHOLE)
    TRY_EACH(status_extent, 0, FINDINGS_PART + 1, value == FINDINGS_WHOLE)
    TRY_EACH(event, 0, POLICY_NOT_ADMITTED, value == POLICY_ADMITTED || value == POLICY_NO_RULES)
    TRY_EACH(err, ERR_OK + 1, ERR_COUNT - 1, false)
    TRY_EACH(stage, FINDINGS_PAYLOAD, FINDINGS_STAGES, false)
#undef TRY_EACH
    struct findings f = all_good();
    f.key_withdrawn = true;
    assert_int_equal(reason_of(&f), REASON_KEY_WITHDRAWN);
    f = all_good();
    f.holder_named = false;
    assert_int_equal(reason_of(&f), REASON_HOLDER_UNNAMED);
    f = all_good();
    f.has_lists = false;
    assert_int_equal(reason_of(&f), REASON_UNFINISHED);
    assert_true(tried > 100);
}

/* One finding at a time, worst first: each row is added to those below it, and wins. */
static void lets_the_first_rung_win(void **state) {
    (void)state;
    struct findings f = all_good();
    f.holder_named = false;
    assert_int_equal(reason_of(&f), REASON_HOLDER_UNNAMED);
    f.band = PACK_STALE;
    assert_int_equal(reason_of(&f), REASON_LIST_STALE);
    f.dates = POLICY_DATES_UNKNOWN;
    assert_int_equal(reason_of(&f), REASON_DATES_UNKNOWN);
    f.dates_extent = FINDINGS_PART;
    assert_int_equal(reason_of(&f), REASON_PARTLY_SHOWN);
    f.status.message = span_of_text("under review");
    assert_int_equal(reason_of(&f), REASON_STATUS_MESSAGE);
    f.status.answer = STATUS_STALE;
    assert_int_equal(reason_of(&f), REASON_STATUS_STALE);
    f.status.answer = STATUS_UNKNOWN;
    assert_int_equal(reason_of(&f), REASON_STATUS_UNKNOWN);
    f.clock_required = true;
    f.clock_unbounded = true;
    assert_int_equal(reason_of(&f), REASON_CLOCK_REQUIRED);
    f.band = PACK_EXPIRED;
    assert_int_equal(reason_of(&f), REASON_LIST_EXPIRED);
    f.event = POLICY_NOT_ADMITTED;
    assert_int_equal(reason_of(&f), REASON_WRONG_EVENT);
    f.dates = POLICY_DATES_NOT_YET_VALID;
    assert_int_equal(reason_of(&f), REASON_NOT_YET_VALID);
    f.dates = POLICY_DATES_EXPIRED;
    assert_int_equal(reason_of(&f), REASON_EXPIRED);
    f.status.answer = STATUS_SUSPENDED;
    assert_int_equal(reason_of(&f), REASON_SUSPENDED);
    f.status.answer = STATUS_REVOKED;
    assert_int_equal(reason_of(&f), REASON_REVOKED);
    f.key_withdrawn = true;
    assert_int_equal(reason_of(&f), REASON_KEY_WITHDRAWN);
    f.scope = TRUST_OUT_OF_SCOPE;
    assert_int_equal(reason_of(&f), REASON_OUT_OF_SCOPE);
    f.standing = TRUST_UNKNOWN_KEY;
    assert_int_equal(reason_of(&f), REASON_KEY_NOT_CACHED);
    f.standing = TRUST_UNKNOWN_ISSUER;
    assert_int_equal(reason_of(&f), REASON_UNKNOWN_ISSUER);
    f.standing = TRUST_NO_LIST;
    assert_int_equal(reason_of(&f), REASON_NO_LIST);
    f.stage = FINDINGS_SIGNATURE;
    f.err = ERR_SIGNATURE_WRONG;
    assert_int_equal(reason_of(&f), REASON_ALTERED);
}

static void keeps_every_note(void **state) {
    (void)state;
    struct findings f = all_good();
    struct verdict verdict = {0};
    f.holder_named = false;
    f.status.answer = STATUS_STALE;
    f.dates = POLICY_DATES_EXPIRED;
    f.expired_is_note = true;
    findings_judge(&f, &verdict);
    assert_int_equal(verdict.reason, REASON_STATUS_STALE);
    assert_int_equal(verdict.notes, 1u << (REASON_STATUS_STALE - REASON_STATUS_UNKNOWN) |
                                        1u << (REASON_EXPIRED_ACCEPTED - REASON_STATUS_UNKNOWN) |
                                        1u << (REASON_HOLDER_UNNAMED - REASON_STATUS_UNKNOWN));
    f.status.answer = STATUS_GOOD;
    findings_judge(&f, &verdict);
    assert_int_equal(verdict.reason, REASON_EXPIRED_ACCEPTED);
    assert_int_equal(verdict.checks[CHECK_DATES].sentence, SENTENCE_DATES_EXPIRED_ACCEPTED);
    f.status.answer = STATUS_REVOKED;
    findings_judge(&f, &verdict);
    assert_int_equal(verdict.reason, REASON_REVOKED);
    assert_int_equal(verdict.notes, 0);
}

static void says_nothing_further_under_a_signer_who_is_not_trusted(void **state) {
    (void)state;
    struct findings f = all_good();
    struct verdict verdict = {0};
    f.standing = TRUST_UNKNOWN_ISSUER;
    f.status.answer = STATUS_REVOKED;
    findings_judge(&f, &verdict);
    assert_int_equal(verdict.reason, REASON_UNKNOWN_ISSUER);
    assert_int_equal(verdict.checks[CHECK_STATUS].sentence, SENTENCE_NOT_CHECKED);
    assert_int_equal(verdict.checks[CHECK_DATES].sentence, SENTENCE_NOT_CHECKED);
    assert_int_equal(verdict.checks[CHECK_EVENT].sentence, SENTENCE_NOT_CHECKED);
}

/* Whoever signed the presentation: a line of its own, and never a reason. */
static void tells_who_signed_the_presentation_and_changes_nothing(void **state) {
    (void)state;
    static const struct {
        enum findings_holder holder;
        enum verdict_result result;
        enum verdict_sentence sentence;
    } cases[] = {
        {FINDINGS_HOLDER_NONE, RESULT_NOT_APPLICABLE, SENTENCE_HOLDER_NONE},
        {FINDINGS_HOLDER_SIGNED, RESULT_PASSED, SENTENCE_HOLDER_SIGNED},
        {FINDINGS_HOLDER_OTHER, RESULT_UNKNOWN, SENTENCE_HOLDER_OTHER},
        {FINDINGS_HOLDER_UNCHECKED, RESULT_UNKNOWN, SENTENCE_HOLDER_UNCHECKED},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct findings f = all_good();
        struct verdict verdict = {0};
        f.holder = cases[i].holder;
        findings_judge(&f, &verdict);
        const struct verdict_check *line = &verdict.checks[CHECK_HOLDER];
        assert_int_equal(line->result, cases[i].result);
        assert_int_equal(line->sentence, cases[i].sentence);
        assert_int_equal(line->has_as_of, f.holder == FINDINGS_HOLDER_SIGNED);
        assert_int_equal(line->as_of_s, f.holder == FINDINGS_HOLDER_SIGNED ? 33 : 0);
        assert_int_equal(verdict.reason, REASON_OK);
        assert_int_equal(verdict.notes, 0);
        f.status.answer = STATUS_REVOKED;
        assert_int_equal(reason_of(&f), REASON_REVOKED);
        f.standing = TRUST_UNKNOWN_ISSUER; /* whom a stranger names as the holder is nobody's business */
        findings_judge(&f, &verdict);
        assert_int_equal(verdict.checks[CHECK_HOLDER].sentence, SENTENCE_NOT_CHECKED);
    }
    struct findings f = all_good();
    struct verdict verdict = {0};
    f.holder_signed.present = false;
    findings_judge(&f, &verdict);
    assert_false(verdict.checks[CHECK_HOLDER].has_as_of);
}

/* A note; no good line where the bad could be hidden; and what is bad stays bad. */
static void passes_nothing_that_could_be_hidden(void **state) {
    (void)state;
    static const struct {
        enum policy_dates dates;
        enum status_answer status;
        enum verdict_sentence dates_sentence, status_sentence;
        enum verdict_result dates_result, status_result;
        enum verdict_reason reason;
    } cases[] = {
        {POLICY_DATES_IN_FORCE, STATUS_GOOD, SENTENCE_DATES_HIDDEN, SENTENCE_STATUS_HIDDEN, RESULT_UNKNOWN,
         RESULT_UNKNOWN, REASON_PARTLY_SHOWN},
        {POLICY_DATES_NONE, STATUS_NONE, SENTENCE_DATES_HIDDEN, SENTENCE_STATUS_HIDDEN, RESULT_UNKNOWN,
         RESULT_UNKNOWN, REASON_PARTLY_SHOWN},
        {POLICY_DATES_UNKNOWN, STATUS_STALE, SENTENCE_DATES_UNKNOWN, SENTENCE_STATUS_STALE, RESULT_UNKNOWN,
         RESULT_UNKNOWN, REASON_STATUS_STALE},
        {POLICY_DATES_EXPIRED, STATUS_UNKNOWN, SENTENCE_DATES_EXPIRED, SENTENCE_STATUS_NOT_COVERED,
         RESULT_FAILED, RESULT_UNKNOWN, REASON_EXPIRED},
        {POLICY_DATES_NOT_YET_VALID, STATUS_REVOKED, SENTENCE_DATES_NOT_YET_VALID, SENTENCE_STATUS_REVOKED,
         RESULT_FAILED, RESULT_FAILED, REASON_REVOKED},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct findings f = all_good();
        struct verdict verdict = {0};
        f.dates_extent = FINDINGS_PART;
        f.status_extent = FINDINGS_PART;
        f.dates = cases[i].dates;
        f.status.answer = cases[i].status;
        findings_judge(&f, &verdict);
        assert_int_equal(verdict.reason, cases[i].reason);
        assert_int_equal(verdict.checks[CHECK_DATES].sentence, cases[i].dates_sentence);
        assert_int_equal(verdict.checks[CHECK_DATES].result, cases[i].dates_result);
        assert_int_equal(verdict.checks[CHECK_STATUS].sentence, cases[i].status_sentence);
        assert_int_equal(verdict.checks[CHECK_STATUS].result, cases[i].status_result);
    }
    struct findings f = all_good();
    f.status_extent = FINDINGS_PART;
    assert_int_equal(reason_of(&f), REASON_PARTLY_SHOWN);
    f = all_good();
    f.dates_extent = FINDINGS_PART;
    assert_int_equal(reason_of(&f), REASON_PARTLY_SHOWN);
}

/* A list that nobody signed says so in its line; what it says stands. */
static void calls_an_unsigned_list_so(void **state) {
    (void)state;
    static const struct {
        enum status_answer answer;
        bool noted;
        enum verdict_sentence sentence;
        enum verdict_reason reason;
    } cases[] = {
        {STATUS_GOOD, false, SENTENCE_STATUS_GOOD_UNSIGNED, REASON_OK},
        {STATUS_REVOKED, false, SENTENCE_STATUS_REVOKED_UNSIGNED, REASON_REVOKED},
        {STATUS_STALE, false, SENTENCE_STATUS_STALE, REASON_STATUS_STALE},
        {STATUS_UNKNOWN, false, SENTENCE_STATUS_NOT_COVERED, REASON_STATUS_UNKNOWN},
        {STATUS_GOOD, true, SENTENCE_STATUS_MESSAGE, REASON_STATUS_MESSAGE},
        {STATUS_REVOKED, true, SENTENCE_STATUS_REVOKED_UNSIGNED, REASON_REVOKED},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct findings f = all_good();
        struct verdict verdict = {0};
        f.status = (struct status){cases[i].answer, true, 77, true, {0}};
        f.status.message = span_of_text(cases[i].noted ? "note" : "");
        findings_judge(&f, &verdict);
        assert_int_equal(verdict.reason, cases[i].reason);
        assert_int_equal(verdict.checks[CHECK_STATUS].sentence, cases[i].sentence);
        assert_int_equal(verdict.checks[CHECK_STATUS].as_of_s, 77);
    }
}

/* Where the pipeline stopped, and the reason that is given for it. */
static const struct {
    enum findings_stage stage;
    enum err err;
    enum verdict_reason expected;
} stopped[] = {
    {FINDINGS_PAYLOAD, ERR_OK, REASON_NONE},
    {FINDINGS_PAYLOAD, ERR_PAYLOAD_UNKNOWN, REASON_NOT_A_CREDENTIAL},
    {FINDINGS_PAYLOAD, ERR_JSON_SYNTAX, REASON_NOT_A_CREDENTIAL},
    {FINDINGS_PAYLOAD, ERR_FORMAT_SD_JWT, REASON_UNSUPPORTED},
    {FINDINGS_PAYLOAD, ERR_INFLATE_TOO_LARGE, REASON_UNSUPPORTED},
    {FINDINGS_PAYLOAD, ERR_PAYLOAD_OFFER, REASON_OFFER},
    {FINDINGS_PAYLOAD, ERR_PAYLOAD_LINK, REASON_NEEDS_NETWORK},
    {FINDINGS_ENVELOPE, ERR_JSON_SYNTAX, REASON_MALFORMED},
    {FINDINGS_ENVELOPE, ERR_JWS_CRIT, REASON_MALFORMED},
    {FINDINGS_PROOF, ERR_ALG_REFUSED, REASON_MALFORMED},
    {FINDINGS_PROOF, ERR_ALG_UNSUPPORTED, REASON_UNSUPPORTED},
    {FINDINGS_PROOF, ERR_PROOF_MEMBER, REASON_UNSUPPORTED},
    {FINDINGS_PROOF, ERR_PROOF_PARTS, REASON_UNSUPPORTED},
    {FINDINGS_PROOF, ERR_PROOF_UNSIGNED, REASON_MALFORMED},
    {FINDINGS_PROOF, ERR_SIGNATURE_SHAPE, REASON_MALFORMED},
    {FINDINGS_PROOF, ERR_KEY_PRIVATE, REASON_MALFORMED},
    {FINDINGS_PROOF, ERR_KEY_MISMATCH, REASON_MALFORMED},
    {FINDINGS_TRUST, ERR_SIGNATURE_WRONG, REASON_UNFINISHED},
    {FINDINGS_CREDENTIAL, ERR_CREDENTIAL_CLAIM_DIFFERS, REASON_MALFORMED},
    {FINDINGS_PROOF, ERR_CONTEXT_UNKNOWN, REASON_UNSUPPORTED},
    {FINDINGS_PROOF, ERR_RDFC_WORK, REASON_UNSUPPORTED},
    {FINDINGS_PROOF, ERR_SAFE_TERM, REASON_MALFORMED},
    {FINDINGS_PROOF, ERR_CONTEXT_PROTECTED, REASON_MALFORMED},
    {FINDINGS_CREDENTIAL, ERR_CREDENTIAL_NONE, REASON_NOT_A_CREDENTIAL},
    {FINDINGS_CREDENTIAL, ERR_CREDENTIAL_SUBJECTS, REASON_UNSUPPORTED},
    {FINDINGS_CREDENTIAL, ERR_PRESENTATION_MANY, REASON_UNSUPPORTED},
    {FINDINGS_CREDENTIAL, ERR_PRESENTATION_EMPTY, REASON_NOT_A_CREDENTIAL},
    {FINDINGS_CREDENTIAL, ERR_PRESENTATION_MEMBER, REASON_MALFORMED},
    {FINDINGS_TRUST, ERR_PACK_DAMAGED, REASON_NO_LIST},
    {FINDINGS_TRUST, ERR_TRUST_NO_LIST, REASON_NO_LIST},
    {FINDINGS_TRUST, ERR_KEY_SHAPE, REASON_UNFINISHED},
    {FINDINGS_SIGNATURE, ERR_SIGNATURE_WRONG, REASON_ALTERED},
    {FINDINGS_SIGNATURE, ERR_SIGNATURE_SHAPE, REASON_ALTERED},
    {FINDINGS_SIGNATURE, ERR_KEY_MISMATCH, REASON_ALTERED},
    {FINDINGS_SIGNATURE, ERR_CRYPTO_FAILED, REASON_UNFINISHED},
    {FINDINGS_STATUS, ERR_PACK_DAMAGED, REASON_NO_LIST},
    {FINDINGS_STATUS, ERR_NO_ROOM, REASON_UNSUPPORTED},
    {(enum findings_stage)99, ERR_JSON_SYNTAX, REASON_UNFINISHED},
};

static void turns_each_error_and_stage_into_one_reason(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(stopped); i++) {
        if (findings_reason(stopped[i].stage, stopped[i].err) != stopped[i].expected) {
            fail_msg("stage %d, %s: %s", (int)stopped[i].stage, err_name(stopped[i].err),
                     verdict_reason_code(findings_reason(stopped[i].stage, stopped[i].err)));
        }
    }
}

static void leads_no_error_at_any_stage_to_a_good_verdict(void **state) {
    (void)state;
    for (int stage = 0; stage <= FINDINGS_STAGES; stage++) {
        for (int err = ERR_OK + 1; err < ERR_COUNT; err++) {
            enum verdict_reason reason = findings_reason((enum findings_stage)stage, (enum err)err);
            enum verdict_class class = verdict_class_of(reason);
            assert_true(reason != REASON_NONE);
            assert_true(class == VERDICT_CANNOT_CHECK || class == VERDICT_NOT_VALID);
        }
    }
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_valid_when_every_check_has_passed),
        cmocka_unit_test(says_nothing_valid_of_nothing),
        cmocka_unit_test(never_says_valid_with_one_check_short_of_its_good_value),
        cmocka_unit_test(lets_the_first_rung_win),
        cmocka_unit_test(keeps_every_note),
        cmocka_unit_test(says_nothing_further_under_a_signer_who_is_not_trusted),
        cmocka_unit_test(tells_who_signed_the_presentation_and_changes_nothing),
        cmocka_unit_test(passes_nothing_that_could_be_hidden),
        cmocka_unit_test(calls_an_unsigned_list_so),
        cmocka_unit_test(turns_each_error_and_stage_into_one_reason),
        cmocka_unit_test(leads_no_error_at_any_stage_to_a_good_verdict),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
