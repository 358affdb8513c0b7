/* SPDX-License-Identifier: Apache-2.0 */
#include "credential/facts.h"

#include "codec/jsontext.h"
#include "credential/badge.h"
#include "credential/holder.h"
#include "credential/member.h"
#include "credential/statusentry.h"

#define CONTEXT_1 "https://www.w3.org/2018/credentials/v1"
#define CONTEXT_2 "https://www.w3.org/ns/credentials/v2"

enum err facts_version(const json_t *credential, enum credential_version *out) {
    struct span first = jsontext_span(member_at(credential, "@context", 0));
    if (span_equal_text(first, CONTEXT_1)) {
        *out = CREDENTIAL_VCDM_1;
        return ERR_OK;
    }
    if (span_equal_text(first, CONTEXT_2)) {
        *out = CREDENTIAL_VCDM_2;
        return ERR_OK;
    }
    return ERR_CREDENTIAL_CONTEXT;
}

/* Status lists are credentials in form only: an issuer signs one in public, and anybody could hold it up. */
static bool is_status_list(const json_t *credential) {
    return member_says(credential, "type", "BitstringStatusListCredential") ||
           member_says(credential, "type", "StatusList2021Credential") ||
           member_says(credential, "type", "RevocationList2020Credential");
}

static enum err read_types(const json_t *credential, struct claimed_credential *out) {
    size_t count = member_count(credential, "type");
    if (count > LIMIT_CREDENTIAL_TYPES) {
        return ERR_CREDENTIAL_TOO_MANY;
    }
    for (size_t i = 0; i < count; i++) {
        out->types[i] = jsontext_span(member_at(credential, "type", i));
        if (out->types[i].len == 0) {
            return ERR_CREDENTIAL_TYPE;
        }
    }
    if (is_status_list(credential)) {
        return ERR_CREDENTIAL_LIST;
    }
    out->type_count = count;
    out->badge = member_says(credential, "type", "OpenBadgeCredential") ||
                 member_says(credential, "type", "AchievementCredential");
    return member_says(credential, "type", "VerifiableCredential") ? ERR_OK : ERR_CREDENTIAL_TYPE;
}

static enum err read_dates(const json_t *credential, struct claimed_credential *out) {
    static const char *const names[2][2] = {{"issuanceDate", "expirationDate"}, {"validFrom", "validUntil"}};
    size_t own = out->version == CREDENTIAL_VCDM_1 ? 0 : 1;
    if (json_object_get(credential, names[1 - own][0]) != NULL ||
        json_object_get(credential, names[1 - own][1]) != NULL) {
        return ERR_CREDENTIAL_DATE;
    }
    TRY(member_date(credential, names[own][0], &out->valid_from));
    TRY(member_date(credential, names[own][1], &out->valid_until));
    return member_date(credential, "awardedDate", &out->awarded);
}

static enum err read_issuer(const json_t *credential, struct claimed_credential *out) {
    bool shaped = member_id(credential, "issuer", &out->issuer) == ERR_OK;
    bool present = json_object_get(credential, "issuer") != NULL;
    return shaped && (!present || out->issuer.len > 0) ? ERR_OK : ERR_CREDENTIAL_ISSUER;
}

static enum err read_subject(const json_t *credential, struct claimed_credential *out) {
    size_t count = member_count(credential, "credentialSubject");
    if (count > 1) {
        return ERR_CREDENTIAL_SUBJECTS;
    }
    const json_t *subject = member_at(credential, "credentialSubject", 0);
    if (!json_is_object(subject)) {
        return ERR_CREDENTIAL_SUBJECT;
    }
    TRY(holder_read(subject, out));
    return out->badge ? badge_read(subject, out) : ERR_OK;
}

enum err facts_read(const json_t *credential, struct claimed_credential *out) {
    const json_t *id = json_object_get(credential, "id");
    out->id = jsontext_span(id);
    if (id != NULL && out->id.len == 0) {
        return ERR_CREDENTIAL_ID;
    }
    TRY(read_types(credential, out));
    TRY(read_issuer(credential, out));
    TRY(member_text(credential, "name", &out->name));
    TRY(member_text(credential, "description", &out->description));
    TRY(read_dates(credential, out));
    TRY(read_subject(credential, out));
    return statusentry_read(credential, out);
}

enum err facts_check(const struct claimed_credential *claimed) {
    if (claimed->issuer.len == 0) {
        return ERR_CREDENTIAL_ISSUER;
    }
    if (claimed->issuer.len > LIMIT_NAME_BYTES) {
        return ERR_CREDENTIAL_NAME_LONG;
    }
    if (claimed->version == CREDENTIAL_VCDM_1 && !claimed->valid_from.present) {
        return ERR_CREDENTIAL_DATE;
    }
    return claimed->valid_from.present && claimed->valid_until.present &&
                   claimed->valid_until.time_s < claimed->valid_from.time_s
               ? ERR_CREDENTIAL_DATE_ORDER
               : ERR_OK;
}
