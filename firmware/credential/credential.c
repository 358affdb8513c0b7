/* SPDX-License-Identifier: Apache-2.0 */
#include "credential/credential.h"

#include "codec/jsontext.h"
#include "credential/claims.h"
#include "credential/facts.h"
#include "credential/member.h"
#include "credential/statement.h"
#include "credential/statusentry.h"

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
    TRY(facts_version(credential, &out->version));
    bool version_1 = out->version == CREDENTIAL_VCDM_1;
    bool misplaced = (nested && !version_1) || (out->profile == CREDENTIAL_VC_JOSE && version_1);
    return misplaced ? ERR_CREDENTIAL_CONTEXT : ERR_OK;
}

static enum err read_claims(const json_t *claims, struct claimed_credential *out) {
    const json_t *credential = NULL;
    bool nested = false;
    if (!json_is_object(claims)) {
        return ERR_CREDENTIAL_NONE;
    }
    if (out->profile == CREDENTIAL_VP_JOSE) {
        return ERR_FORMAT_PRESENTATION;
    }
    TRY(find_credential(claims, out->profile, &nested, &credential));
    if (is_stripped_sd_jwt(claims, credential)) {
        return ERR_FORMAT_SD_JWT;
    }
    TRY(read_version(credential, nested, out));
    TRY(facts_read(credential, out));
    TRY(statusentry_read_claim(claims, out));
    TRY(claims_check(claims, nested, out));
    return facts_check(out);
}

/* No claims stand around a document, so nothing may stand where a token has its credential. */
static enum err read_document(const json_t *document, struct claimed_credential *out) {
    if (!json_is_object(document)) {
        return ERR_CREDENTIAL_NONE;
    }
    TRY(name_stranger(document));
    if (json_object_get(document, "vc") != NULL) {
        return ERR_CREDENTIAL_TWICE;
    }
    TRY(facts_version(document, &out->version));
    TRY(facts_read(document, out));
    return facts_check(out);
}

enum err credential_read_document(json_t *document, struct claimed_credential *out) {
    struct claimed_credential claimed = {.profile = CREDENTIAL_DATA_INTEGRITY};
    TRY(read_document(document, &claimed));
    claimed.document = json_incref(document);
    *out = claimed;
    return ERR_OK;
}

/* VCDM 1.1 and 2.0 have the same vocabulary but for the dates: only 1.1 is issued and expires. */
static enum err read_stated(const json_t *credential, struct claimed_credential *out) {
    bool version_1 = json_object_get(credential, "issuanceDate") != NULL ||
                     json_object_get(credential, "expirationDate") != NULL;
    out->version = version_1 ? CREDENTIAL_VCDM_1 : CREDENTIAL_VCDM_2;
    TRY(facts_read(credential, out));
    return facts_check(out);
}

enum err credential_read_statements(const struct rdf_dataset *set, struct arena *arena,
                                    struct claimed_credential *out) {
    struct claimed_credential claimed = {.profile = CREDENTIAL_DATA_INTEGRITY};
    TRY(statement_credential(set, arena, &claimed.document));
    enum err err = read_stated(claimed.document, &claimed);
    if (err != ERR_OK) {
        credential_close(&claimed);
        return err;
    }
    *out = claimed;
    return ERR_OK;
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
