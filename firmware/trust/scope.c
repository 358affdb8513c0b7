/* SPDX-License-Identifier: Apache-2.0 */
#include "trust/trust.h"

/* A line of the list is this word. */
static bool lists_word(struct span lines, struct span word) {
    size_t at = 0;
    while (at < lines.len) {
        size_t end = span_find(lines, '\n', at);
        if (word.len > 0 && span_equal(span_slice(lines, at, end - at), word)) {
            return true;
        }
        at = end + 1;
    }
    return false;
}

static bool types_admit(struct span types, const struct claimed_credential *claimed) {
    for (size_t i = 0; i < claimed->type_count; i++) {
        if (lists_word(types, claimed->types[i])) {
            return true;
        }
    }
    return types.len == 0;
}

static bool achievements_admit(struct span achievements, const struct claimed_credential *claimed) {
    return achievements.len == 0 || lists_word(achievements, claimed->achievement_id);
}

/* The key is in use by now, and the credential began before the key ended; one without a date begins now. A
 * badge may well be dated before a newer key of its issuer. */
static bool within_period(const struct pack_key *key, const struct claimed_credential *claimed,
                          const struct interval *now) {
    int64_t issued_s = claimed->valid_from.present ? claimed->valid_from.time_s : now->hi_s;
    bool begun = key->valid_from_s == 0 || interval_has_come(now, key->valid_from_s) == ANSWER_YES;
    bool before_end = key->valid_until_s == 0 || issued_s <= key->valid_until_s;
    return begun && before_end;
}

enum trust_scope trust_scope_of(const struct pack_key *key, const struct claimed_credential *claimed,
                                const struct interval *now) {
    if (key->for_status || !types_admit(key->types, claimed) ||
        !achievements_admit(key->achievements, claimed)) {
        return TRUST_OUT_OF_SCOPE;
    }
    /* withdrawn outweighs ended: else an old stolen key would only look out of date */
    bool in_period = key->withdrawn_at_s != 0 || within_period(key, claimed, now);
    return in_period ? TRUST_IN_SCOPE : TRUST_OUT_OF_PERIOD;
}
