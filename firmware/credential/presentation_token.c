/* SPDX-License-Identifier: Apache-2.0 */
#include "credential/presentation_token.h"

#include "codec/jsontext.h"
#include "credential/claims.h"
#include "credential/facts.h"
#include "credential/member.h"

/* A member of a presentation beside `vp`, which nobody would read. */
static bool stands_beside(const json_t *claims) {
    static const char *const names[] = {"@context", "type", "verifiableCredential", "holder", "vc"};
    bool beside = false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        beside = beside || json_object_get(claims, names[i]) != NULL;
    }
    return beside;
}

/* The presentation inside the claims: under `vp` (VCDM 1.1 alone), or the claims themselves. */
static enum err find_presentation(const json_t *claims, enum credential_profile profile, bool *nested,
                                  const json_t **out) {
    const json_t *vp = json_object_get(claims, "vp");
    bool any = vp != NULL || json_object_get(claims, "vc") != NULL;
    if (profile != CREDENTIAL_OB3_JWT && (profile != CREDENTIAL_VP_JOSE || any)) {
        return ERR_CREDENTIAL_CLAIM;
    }
    if (vp != NULL && stands_beside(claims)) {
        return ERR_CREDENTIAL_TWICE;
    }
    *nested = vp != NULL;
    *out = vp != NULL ? vp : claims;
    return ERR_OK;
}

/* Nested is 1.1 alone; VC-JOSE-COSE is 2.0 alone. */
static enum err check_version(const json_t *presentation, enum credential_profile profile, bool nested) {
    enum credential_version version = CREDENTIAL_VERSION_NONE;
    TRY(facts_version(presentation, &version));
    bool misplaced = (nested && version != CREDENTIAL_VCDM_1) ||
                     (profile == CREDENTIAL_VP_JOSE && version != CREDENTIAL_VCDM_2);
    return misplaced ? ERR_CREDENTIAL_CONTEXT : ERR_OK;
}

/* A claim that, where both stand there, is equal to the presentation's own member. */
static enum err equal_claim(const json_t *claims, const char *name, struct span *fact) {
    bool present = false;
    struct span claim = {0};
    TRY(claims_text(claims, name, &present, &claim));
    if (present && fact->len > 0 && !span_equal(claim, *fact)) {
        return ERR_CREDENTIAL_CLAIM_DIFFERS;
    }
    *fact = present ? claim : *fact;
    return ERR_OK;
}

/* One audience or an array of them (RFC 7519 section 4.1.3); nobody was asked for one here. */
static enum err read_audience(const json_t *claims, struct span *out) {
    for (size_t i = 0; i < member_count(claims, "aud"); i++) {
        if (!json_is_string(member_at(claims, "aud", i))) {
            return ERR_CREDENTIAL_CLAIM;
        }
    }
    *out = jsontext_span(member_at(claims, "aud", 0));
    return ERR_OK;
}

static enum err read_around(const json_t *claims, struct presentation_token *out) {
    bool present = false;
    out->signer = out->presentation.holder;
    TRY(equal_claim(claims, "iss", &out->signer));
    TRY(equal_claim(claims, "jti", &out->presentation.id));
    TRY(claims_time(claims, "nbf", &out->valid_from));
    TRY(claims_time(claims, "exp", &out->valid_until));
    if (json_is_number(json_object_get(claims, "iat"))) {
        TRY(claims_time(claims, "iat", &out->signed_at));
    }
    TRY(read_audience(claims, &out->audience));
    return claims_text(claims, "nonce", &present, &out->nonce);
}

static enum err read_token(const json_t *claims, enum credential_profile profile,
                           struct presentation_token *out) {
    const json_t *presentation = NULL;
    bool nested = false;
    TRY(find_presentation(claims, profile, &nested, &presentation));
    TRY(presentation_read(presentation, &out->presentation));
    TRY(check_version(presentation, profile, nested));
    return read_around(claims, out);
}

enum err presentation_token_read(struct span payload, enum credential_profile profile,
                                 struct presentation_token *out) {
    struct presentation_token token = {0};
    TRY(jsontext_parse(payload, &token.claims));
    enum err err = read_token(token.claims, profile, &token);
    if (err != ERR_OK) {
        presentation_token_close(&token);
        return err;
    }
    *out = token;
    return ERR_OK;
}

void presentation_token_close(struct presentation_token *token) {
    json_decref(token->claims);
    *token = (struct presentation_token){0};
}
