/* SPDX-License-Identifier: Apache-2.0 */
#include "credential/claims.h"

#include <math.h>

#include "codec/jsontext.h"

/* What a profile asks of a claim whose fact is absent from the credential, or the other way round. */
struct rules {
    bool required;     /* the claim must stand where the fact does */
    bool always;       /* and even where it does not */
    bool may_be_alone; /* a claim without its fact fills the fact */
};

enum err claims_text(const json_t *claims, const char *name, bool *present, struct span *out) {
    const json_t *value = json_object_get(claims, name);
    *present = value != NULL;
    *out = jsontext_span(value);
    return value == NULL || (json_is_string(value) && out->len > 0) ? ERR_OK : ERR_CREDENTIAL_CLAIM;
}

static enum err check_text(const json_t *claims, const char *name, struct rules rules, struct span *fact) {
    bool present = false;
    struct span claim = {0};
    TRY(claims_text(claims, name, &present, &claim));
    if (!present) {
        return rules.always || (rules.required && fact->len > 0) ? ERR_CREDENTIAL_CLAIM : ERR_OK;
    }
    if (fact->len == 0) {
        *fact = rules.may_be_alone ? claim : *fact;
        return rules.may_be_alone ? ERR_OK : ERR_CREDENTIAL_CLAIM_DIFFERS;
    }
    return span_equal(claim, *fact) ? ERR_OK : ERR_CREDENTIAL_CLAIM_DIFFERS;
}

enum err claims_time(const json_t *claims, const char *name, struct credential_date *out) {
    const json_t *value = json_object_get(claims, name);
    *out = (struct credential_date){.present = value != NULL};
    if (value == NULL) {
        return ERR_OK;
    }
    double seconds = floor(json_number_value(value));
    if (!json_is_number(value) || !(fabs(seconds) <= (double)LIMIT_JSON_INTEGER)) {
        return ERR_CREDENTIAL_CLAIM;
    }
    out->time_s = json_is_integer(value) ? json_integer_value(value) : (int64_t)seconds;
    return ERR_OK;
}

static enum err check_time(const json_t *claims, const char *name, struct rules rules,
                           struct credential_date *fact) {
    struct credential_date claim = {0};
    TRY(claims_time(claims, name, &claim));
    if (!claim.present) {
        return rules.always || (rules.required && fact->present) ? ERR_CREDENTIAL_CLAIM : ERR_OK;
    }
    if (!fact->present) {
        *fact = rules.may_be_alone ? claim : *fact;
        return rules.may_be_alone ? ERR_OK : ERR_CREDENTIAL_CLAIM_DIFFERS;
    }
    return claim.time_s == fact->time_s ? ERR_OK : ERR_CREDENTIAL_CLAIM_DIFFERS;
}

/* The credential's dates narrowed by those of its signature. */
static enum err narrow_dates(const json_t *claims, struct claimed_credential *claimed) {
    struct credential_date nbf = {0};
    struct credential_date exp = {0};
    TRY(claims_time(claims, "nbf", &nbf));
    TRY(claims_time(claims, "exp", &exp));
    if (nbf.present && (!claimed->valid_from.present || nbf.time_s > claimed->valid_from.time_s)) {
        claimed->valid_from = nbf;
    }
    if (exp.present && (!claimed->valid_until.present || exp.time_s < claimed->valid_until.time_s)) {
        claimed->valid_until = exp;
    }
    return ERR_OK;
}

static enum err check_vc_jose(const json_t *claims, struct claimed_credential *claimed) {
    static const struct rules equal = {0};
    TRY(check_text(claims, "iss", equal, &claimed->issuer));
    TRY(check_text(claims, "jti", equal, &claimed->id));
    TRY(check_text(claims, "sub", equal, &claimed->subject_id));
    return narrow_dates(claims, claimed);
}

enum err claims_check(const json_t *claims, bool nested, struct claimed_credential *claimed) {
    if (claimed->profile == CREDENTIAL_VC_JOSE) {
        return check_vc_jose(claims, claimed);
    }
    const struct rules always = {.required = true, .always = true, .may_be_alone = nested};
    const struct rules where_present = {.required = true, .may_be_alone = nested};
    TRY(check_text(claims, "iss", always, &claimed->issuer));
    TRY(check_text(claims, "jti", always, &claimed->id));
    TRY(check_text(claims, "sub", where_present, &claimed->subject_id));
    TRY(check_time(claims, "nbf", always, &claimed->valid_from));
    return check_time(claims, "exp", where_present, &claimed->valid_until);
}
