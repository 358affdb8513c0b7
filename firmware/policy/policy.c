/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/policy.h"

static bool lists_name(const struct policy_list *list, struct span name) {
    for (size_t i = 0; i < list->count && i < POLICY_LIST_MAX; i++) {
        if (name.len > 0 && span_equal(list->names[i], name)) {
            return true;
        }
    }
    return false;
}

static bool admits_types(const struct policy_list *list, const struct claimed_credential *claimed) {
    for (size_t i = 0; i < claimed->type_count; i++) {
        if (lists_name(list, claimed->types[i])) {
            return true;
        }
    }
    return list->count == 0 || lists_name(list, claimed->achievement_type);
}

enum policy_event policy_event_of(const struct policy *policy, const struct claimed_credential *claimed) {
    if (policy->issuers.count == 0 && policy->types.count == 0 && policy->achievements.count == 0) {
        return POLICY_NO_RULES;
    }
    bool issuer = policy->issuers.count == 0 || lists_name(&policy->issuers, claimed->issuer);
    bool achievement =
        policy->achievements.count == 0 || lists_name(&policy->achievements, claimed->achievement_id);
    return issuer && achievement && admits_types(&policy->types, claimed) ? POLICY_ADMITTED
                                                                          : POLICY_NOT_ADMITTED;
}

enum policy_dates policy_dates_of(const struct claimed_credential *claimed, const struct interval *now) {
    if (!claimed->valid_from.present && !claimed->valid_until.present) {
        return POLICY_DATES_NONE;
    }
    enum answer begun =
        claimed->valid_from.present ? interval_has_come(now, claimed->valid_from.time_s) : ANSWER_YES;
    enum answer ended =
        claimed->valid_until.present ? interval_is_past(now, claimed->valid_until.time_s) : ANSWER_NO;
    if (ended == ANSWER_YES) {
        return POLICY_DATES_EXPIRED;
    }
    if (begun == ANSWER_NO) {
        return POLICY_DATES_NOT_YET_VALID;
    }
    return begun == ANSWER_YES && ended == ANSWER_NO ? POLICY_DATES_IN_FORCE : POLICY_DATES_UNKNOWN;
}
