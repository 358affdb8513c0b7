/* SPDX-License-Identifier: Apache-2.0 */
#include "proof/proof.h"

#include "base/limits.h"
#include "codec/jsontext.h"
#include "crypto/jwk.h"

/* What a typ means. The prefix "application/" may be left out (RFC 7515 section 4.1.9), capitals do not
 * count. */
static const struct {
    const char *typ; /* in small letters */
    enum credential_profile profile;
    enum err err;
} types[] = {
    {"", CREDENTIAL_OB3_JWT, ERR_OK},
    {"jwt", CREDENTIAL_OB3_JWT, ERR_OK},
    {"vc+jwt", CREDENTIAL_VC_JOSE, ERR_OK},
    {"vp+jwt", CREDENTIAL_VP_JOSE, ERR_OK},
    {"vc+sd-jwt", CREDENTIAL_PROFILE_NONE, ERR_FORMAT_SD_JWT},
    {"dc+sd-jwt", CREDENTIAL_PROFILE_NONE, ERR_FORMAT_SD_JWT},
};

const char *proof_suite_code(enum proof_suite suite) {
    static const char *const codes[PROOF_SUITES] = {
#define SUITE(name, code, stated) [name] = code,
#include "proof/suite.def"
#undef SUITE
    };
    return (unsigned)suite < PROOF_SUITES ? codes[suite] : NULL;
}

bool proof_suite_is_stated(enum proof_suite suite) {
    static const bool stated[PROOF_SUITES] = {
#define SUITE(name, code, stated) [name] = stated,
#include "proof/suite.def"
#undef SUITE
    };
    return (unsigned)suite < PROOF_SUITES && stated[suite];
}

static struct span without_application(struct span media_type) {
    size_t len = strlen("application/");
    return span_equal_small(span_slice(media_type, 0, len), "application/")
               ? span_slice(media_type, len, media_type.len - len)
               : media_type;
}

static enum err read_profile(const struct jws *jws, enum credential_profile *out) {
    bool absent = json_object_get(jws->header, "typ") == NULL;
    struct span typ = without_application(jws->typ);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (span_equal_small(typ, types[i].typ) && (typ.len > 0 || absent)) {
            *out = types[i].profile;
            return types[i].err;
        }
    }
    return ERR_PROOF_TYP;
}

/* The contents that `cty` may name; NULL where the profile has no such member. */
static const char *contents_of(enum credential_profile profile) {
    return profile == CREDENTIAL_VC_JOSE ? "vc" : profile == CREDENTIAL_VP_JOSE ? "vp" : NULL;
}

static enum err check_members(const struct jws *jws, enum credential_profile profile) {
    const char *contents = contents_of(profile);
    const char *name = NULL;
    json_t *value = NULL;
    json_object_foreach(jws->header, name, value) {
        bool listed = strcmp(name, "alg") == 0 || strcmp(name, "kid") == 0 || strcmp(name, "jwk") == 0 ||
                      strcmp(name, "typ") == 0 || (contents != NULL && strcmp(name, "cty") == 0);
        if (!listed) {
            return ERR_PROOF_MEMBER;
        }
    }
    const json_t *cty = json_object_get(jws->header, "cty");
    if (cty != NULL && !json_is_string(cty)) {
        return ERR_JWS_HEADER;
    }
    bool good = cty == NULL || span_equal_small(without_application(jsontext_span(cty)), contents);
    return good ? ERR_OK : ERR_PROOF_CTY;
}

/* RFC 7518 sections 3.3 to 3.5, RFC 8037 section 3.1. */
static enum err check_signature_length(enum crypto_alg alg, size_t len) {
    bool good = false;
    switch (alg) {
    case CRYPTO_RS256:
    case CRYPTO_PS256:
        good = len >= LIMIT_RSA_BITS_MIN / 8 && len <= LIMIT_RSA_BITS_MAX / 8;
        break;
    case CRYPTO_ES256:
    case CRYPTO_EDDSA:
        good = len == 64;
        break;
    case CRYPTO_ES384:
        good = len == 96;
        break;
    case CRYPTO_ES512: /* no credential's */
    case CRYPTO_ALG_NONE:
        break;
    }
    return good ? ERR_OK : ERR_SIGNATURE_SHAPE;
}

static enum err read_jwk(const struct jws *jws, struct proof *proof) {
    const json_t *jwk = json_object_get(jws->header, "jwk");
    if (jwk == NULL) {
        return ERR_OK;
    }
    if (!json_is_object(jwk)) {
        return ERR_JWS_HEADER;
    }
    TRY(jwk_read(jwk, &proof->jwk));
    proof->has_jwk = true;
    return ERR_OK;
}

enum err proof_read(const struct jws *jws, struct proof *out) {
    struct proof proof = {.kid = jws->kid, .signed_bytes = jws->signing_input, .signature = jws->signature};
    TRY(crypto_alg_from_name(jws->alg, &proof.alg));
    TRY(read_profile(jws, &proof.profile));
    TRY(check_members(jws, proof.profile));
    TRY(read_jwk(jws, &proof));
    TRY(check_signature_length(proof.alg, proof.signature.len));
    *out = proof;
    return ERR_OK;
}
