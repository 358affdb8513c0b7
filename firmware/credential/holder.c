/* SPDX-License-Identifier: Apache-2.0 */
#include "credential/holder.h"

#include "codec/jsontext.h"
#include "credential/member.h"

/* One IdentityObject: {"type": "IdentityObject", "hashed", "identityHash", "identityType", "salt"?}. */
static enum err read_identity(const json_t *identity, struct claimed_credential *claimed) {
    const json_t *hashed = json_object_get(identity, "hashed");
    struct span text = {0};
    struct span kind = {0};
    if (!json_is_boolean(hashed) || jsontext_string(identity, "identityHash", &text) != ERR_OK ||
        jsontext_optional_string(identity, "identityType", &kind) != ERR_OK) {
        return ERR_CREDENTIAL_IDENTITY;
    }
    if (json_is_true(hashed)) {
        claimed->holder_hashed = true;
    } else if (span_equal_text(kind, "name")) {
        claimed->holder_name = claimed->holder_name.len == 0 ? text : claimed->holder_name;
    } else {
        claimed->holder_identity = claimed->holder_identity.len == 0 ? text : claimed->holder_identity;
    }
    return ERR_OK;
}

enum err holder_read(const json_t *subject, struct claimed_credential *claimed) {
    const json_t *id = json_object_get(subject, "id");
    claimed->subject_id = jsontext_span(id);
    if (id != NULL && claimed->subject_id.len == 0) {
        return ERR_CREDENTIAL_ID;
    }
    TRY(member_text(subject, "name", &claimed->holder_name));
    for (size_t i = 0; claimed->badge && i < member_count(subject, "identifier"); i++) {
        TRY(read_identity(member_at(subject, "identifier", i), claimed));
    }
    return ERR_OK;
}
