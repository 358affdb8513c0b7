/* SPDX-License-Identifier: Apache-2.0 */
#include "credential/credential.h"

#include "codec/jsontext.h"
#include "credential/badge.h"
#include "credential/claims.h"
#include "credential/holder.h"
#include "credential/member.h"
#include "credential/statusentry.h"

#define CONTEXT_1 "https://www.w3.org/2018/credentials/v1"
#define CONTEXT_2 "https://www.w3.org/ns/credentials/v2"

/* The members that make a claim set a credential itself. */
static bool is_like_one(const json_t *claims) {
    return json_object_get(claims, "@context") != NULL || json_object_get(claims, "type") != NULL ||
           json_object_get(claims, "credentialSubject") != NULL;
}

/* Open Badges 2.0 and presentations are credentials of other formats; anything else without type is none. */
static enum err name_stranger(const json_t *claims) {
    if (json_object_get(claims, "vp") != NULL || member_says(claims, "type", "VerifiablePresentation")) {
        return ERR_FORMAT_PRESENTATION;
    }
    if (member_says(claims, "type", "Assertion")) {
        return ERR_FORMAT_OPEN_BADGE_2;
    }
    return is_like_one(claims) ? ERR_OK : ERR_CREDENTIAL_NONE;
}

/* A member of the credential beside `vc`, which nobody would read. */
static bool stands_beside(const json_t *claims) {
    static const char *const names[] = {
        "issuer", "issuanceDate", "expirationDate", "validFrom", "validUntil", "credentialStatus", "vp"};
    bool beside = is_like_one(claims);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        beside = beside || json_object_get(claims, names[i]) != NULL;
    }
    return beside;
}

/* The credential inside the claims: under `vc` (VCDM 1.1), or the claims themselves. */
static enum err find_credential(const json_t *claims, enum credential_profile profile, bool *nested,
                                const json_t **out) {
    const json_t *vc = json_object_get(claims, "vc");
    if (profile == CREDENTIAL_VC_JOSE && is_like_one(claims) &&
        (vc != NULL || json_object_get(claims, "vp") != NULL)) {
        return ERR_CREDENTIAL_CLAIM;
    }
    if (vc == NULL) {
        TRY(name_stranger(claims));
    } else if (stands_beside(claims)) {
        return ERR_CREDENTIAL_TWICE;
    } else if (!json_is_object(vc) || profile == CREDENTIAL_VC_JOSE) {
        return ERR_CREDENTIAL_CLAIM;
    }
    *nested = vc != NULL;
    *out = vc != NULL ? vc : claims;
    return ERR_OK;
}

static bool has_digests(const json_t *object) {
    return json_object_get(object, "_sd") != NULL || json_object_get(object, "_sd_alg") != NULL;
}

/* An SD-JWT without its tildes: what was not disclosed may be its end or its status: RFC 9901. */
static bool is_stripped_sd_jwt(const json_t *claims, const json_t *credential) {
    return has_digests(claims) || has_digests(credential) ||
           has_digests(member_at(credential, "credentialSubject", 0));
}

/* Nested is 1.1 alone; VC-JOSE-COSE is 2.0 alone; Open Badges 3.0 puts either at the top level. */
static enum err read_version(const json_t *credential, bool nested, struct claimed_credential *out) {
    struct span first = jsontext_span(member_at(credential, "@context", 0));
    bool version_1 = span_equal_text(first, CONTEXT_1);
    bool version_2 = span_equal_text(first, CONTEXT_2);
    if ((!version_1 && !version_2) || (nested && version_2) ||
        (out->profile == CREDENTIAL_VC_JOSE && version_1)) {
        return ERR_CREDENTIAL_CONTEXT;
    }
    out->version = version_1 ? CREDENTIAL_VCDM_1 : CREDENTIAL_VCDM_2;
    return ERR_OK;
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

static enum err read_members(const json_t *credential, struct claimed_credential *out) {
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

/* What must hold when claims and members are joined. */
static enum err check_whole(const struct claimed_credential *claimed) {
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

static enum err read_claims(const json_t *claims, struct claimed_credential *out) {
    const json_t *credential = NULL;
    bool nested = false;
    if (!json_is_object(claims)) {
        return ERR_CREDENTIAL_NONE;
    }
    TRY(find_credential(claims, out->profile, &nested, &credential));
    if (is_stripped_sd_jwt(claims, credential)) {
        return ERR_FORMAT_SD_JWT;
    }
    TRY(read_version(credential, nested, out));
    TRY(read_members(credential, out));
    TRY(statusentry_read_claim(claims, out));
    TRY(claims_check(claims, nested, out));
    return check_whole(out);
}

enum err credential_read(struct span payload, enum credential_profile profile,
                         struct claimed_credential *out) {
    struct claimed_credential claimed = {.profile = profile};
    TRY(jsontext_parse(payload, &claimed.document));
    enum err err = read_claims(claimed.document, &claimed);
    if (err != ERR_OK) {
        credential_close(&claimed);
        return err;
    }
    *out = claimed;
    return ERR_OK;
}

void credential_limit(struct claimed_credential *claimed, struct credential_date expires) {
    struct credential_date *until = &claimed->valid_until;
    if (expires.present && (!until->present || expires.time_s < until->time_s)) {
        *until = expires;
    }
}

void credential_close(struct claimed_credential *claimed) {
    json_decref(claimed->document);
    *claimed = (struct claimed_credential){0};
}
