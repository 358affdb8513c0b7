/* SPDX-License-Identifier: Apache-2.0 */
#include "credential/badge.h"

#include "credential/member.h"

/* The criteria's narrative, else its address. */
static enum err read_criteria(const json_t *achievement, struct claimed_credential *claimed) {
    const json_t *criteria = json_object_get(achievement, "criteria");
    if (json_is_object(criteria)) {
        TRY(member_text(criteria, "narrative", &claimed->criteria));
    }
    return claimed->criteria.len > 0 ? ERR_OK : member_id(achievement, "criteria", &claimed->criteria);
}

enum err badge_read(const json_t *subject, struct claimed_credential *claimed) {
    const json_t *achievement = json_object_get(subject, "achievement");
    if (!json_is_object(achievement)) {
        return ERR_CREDENTIAL_ACHIEVEMENT;
    }
    TRY(member_id(subject, "achievement", &claimed->achievement_id));
    TRY(member_text(achievement, "name", &claimed->achievement_name));
    bool id_needed = claimed->profile != CREDENTIAL_DATA_INTEGRITY;
    if ((id_needed && claimed->achievement_id.len == 0) || claimed->achievement_name.len == 0) {
        return ERR_CREDENTIAL_ACHIEVEMENT;
    }
    TRY(member_text(achievement, "achievementType", &claimed->achievement_type));
    TRY(member_text(achievement, "description", &claimed->description));
    return read_criteria(achievement, claimed);
}
