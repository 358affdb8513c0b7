/* SPDX-License-Identifier: Apache-2.0 */
#include "verdict/verdict.h"

/* Notes travel as bits of one word, and the ladder as another (ladder.c). */
_Static_assert(REASON_COUNT <= 64, "the ladder keeps one bit a reason");
_Static_assert(REASON_COUNT - REASON_STATUS_UNKNOWN <= 33, "a verdict keeps one bit a note");
_Static_assert(REASON_OK == REASON_COUNT - 1, "nothing stands below the last rung");

struct reason_row {
    const char *code;
    enum verdict_class class;
    const char *sentence;
    const char *advice;
};

static const struct reason_row reasons[REASON_COUNT] = {
#define REASON(name, code, class, sentence, advice) [name] = {code, class, sentence, advice},
#include "verdict/reason.def"
#undef REASON
};

static const char *const sentences[SENTENCE_COUNT] = {
#define SENTENCE(name, text) [name] = text,
#include "verdict/sentence.def"
#undef SENTENCE
};

static const struct reason_row *row_of(enum verdict_reason reason) {
    return (unsigned)reason < REASON_COUNT ? &reasons[reason] : &reasons[REASON_NONE];
}

enum verdict_class verdict_class_of(enum verdict_reason reason) {
    enum verdict_class class = row_of(reason)->class;
    return class == VERDICT_NONE ? VERDICT_CANNOT_CHECK : class;
}

static bool is_worse(enum verdict_reason a, enum verdict_reason b) {
    static const uint8_t badness[VERDICT_CLASSES] = {
        [VERDICT_VALID] = 1, [VERDICT_VALID_NOTE] = 2, [VERDICT_CANNOT_CHECK] = 3, [VERDICT_NOT_VALID] = 4};
    uint8_t bad = badness[verdict_class_of(a)], other = badness[verdict_class_of(b)];
    return bad > other || (bad == other && a < b);
}

uint32_t verdict_worst(const struct verdicts *verdicts) {
    uint32_t worst = 0;
    for (uint32_t i = 1; i < verdicts->count && i < LIMIT_PRESENTED; i++) {
        worst = is_worse(verdicts->list[i].reason, verdicts->list[worst].reason) ? i : worst;
    }
    return worst;
}

const char *verdict_reason_code(enum verdict_reason reason) {
    return row_of(reason)->code;
}

const char *verdict_reason_sentence(enum verdict_reason reason) {
    return row_of(reason)->sentence;
}

const char *verdict_reason_advice(enum verdict_reason reason) {
    return row_of(reason)->advice;
}

const char *verdict_class_code(enum verdict_class class) {
    static const char *const codes[VERDICT_CLASSES] = {NULL, "valid", "valid_note", "not_valid",
                                                       "cannot_check"};
    return (unsigned)class < VERDICT_CLASSES ? codes[class] : NULL;
}

const char *verdict_check_code(enum verdict_check_kind check) {
    static const char *const codes[CHECK_COUNT] = {"signature", "issuer",    "dates", "status",
                                                   "event",     "freshness", "holder"};
    return (unsigned)check < CHECK_COUNT ? codes[check] : NULL;
}

const char *verdict_result_code(enum verdict_result result) {
    static const char *const codes[RESULT_COUNT] = {"unknown", "passed", "failed", "not_applicable"};
    return (unsigned)result < RESULT_COUNT ? codes[result] : NULL;
}

const char *verdict_sentence_text(enum verdict_sentence sentence) {
    return sentences[(unsigned)sentence < SENTENCE_COUNT ? sentence : SENTENCE_NOT_CHECKED];
}
