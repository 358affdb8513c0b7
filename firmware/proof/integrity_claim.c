/* SPDX-License-Identifier: Apache-2.0 */
#include "proof/integrity_claim.h"

#include "base/datetime.h"
#include "codec/jsontext.h"

/* How a suite is named: `type` alone, or DataIntegrityProof with a cryptosuite. */
static const struct suite_name {
    enum proof_suite suite;
    const char *type, *cryptosuite, *value;
    bool dated; /* created must stand there */
} names[] = {
    {PROOF_EDDSA_RDFC_2022, "DataIntegrityProof", "eddsa-rdfc-2022", "proofValue", false},
    {PROOF_ECDSA_RDFC_2019, "DataIntegrityProof", "ecdsa-rdfc-2019", "proofValue", false},
    {PROOF_EDDSA_JCS_2022, "DataIntegrityProof", "eddsa-jcs-2022", "proofValue", false},
    {PROOF_ECDSA_JCS_2019, "DataIntegrityProof", "ecdsa-jcs-2019", "proofValue", false},
    {PROOF_ECDSA_SD_2023, "DataIntegrityProof", "ecdsa-sd-2023", "proofValue", false},
    {PROOF_ED25519_2020, "Ed25519Signature2020", NULL, "proofValue", true},
    {PROOF_ED25519_2018, "Ed25519Signature2018", NULL, "jws", true},
};

/* A member that must be text of at least one character. */
static enum err text_of(const json_t *object, const char *member, struct span *out) {
    enum err err = jsontext_string(object, member, out);
    return err == ERR_OK && out->len > 0 ? ERR_OK : ERR_PROOF_SHAPE;
}

/* The same where it may be absent. */
static enum err optional_text(const json_t *object, const char *member, struct span *out) {
    return json_object_get(object, member) == NULL ? ERR_OK : text_of(object, member, out);
}

static enum err find_suite(const json_t *object, const struct suite_name **out) {
    struct span type = {0};
    struct span cryptosuite = {0};
    TRY(text_of(object, "type", &type));
    TRY(optional_text(object, "cryptosuite", &cryptosuite));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *named = names[i].cryptosuite == NULL ? "" : names[i].cryptosuite;
        if (span_equal_text(type, names[i].type) && span_equal_text(cryptosuite, named)) {
            *out = &names[i];
            return ERR_OK;
        }
    }
    bool incomplete = span_equal_text(type, "DataIntegrityProof") && cryptosuite.len == 0;
    return incomplete ? ERR_PROOF_SHAPE : ERR_PROOF_SUITE;
}

static enum err read_purpose(const json_t *object, enum integrity_purpose purpose) {
    struct span said = {0};
    TRY(text_of(object, "proofPurpose", &said));
    const char *needed = purpose == INTEGRITY_ASSERTION ? "assertionMethod" : "authentication";
    return span_equal_text(said, needed) ? ERR_OK : ERR_PROOF_PURPOSE;
}

static enum err read_date(const json_t *object, const char *member, struct span *text,
                          struct credential_date *out) {
    TRY(optional_text(object, member, text));
    if (text->len == 0) {
        return ERR_OK;
    }
    out->present = true;
    return datetime_parse(*text, &out->time_s) == ERR_OK ? ERR_OK : ERR_PROOF_SHAPE;
}

static enum err read_dates(const json_t *object, bool dated, struct integrity_claim *claim) {
    TRY(read_date(object, "created", &claim->created_text, &claim->created));
    TRY(read_date(object, "expires", &claim->expires_text, &claim->expires));
    if (dated && !claim->created.present) {
        return ERR_PROOF_SHAPE;
    }
    bool turned =
        claim->created.present && claim->expires.present && claim->expires.time_s < claim->created.time_s;
    return turned ? ERR_PROOF_SHAPE : ERR_OK;
}

/* Text, or an array of texts. */
static bool is_texts(const json_t *value) {
    for (size_t i = 0; i < json_array_size(value); i++) {
        if (!json_is_string(json_array_get(value, i))) {
            return false;
        }
    }
    return json_is_array(value) || json_is_string(value);
}

/* What binds a proof to whoever asked for it: data, of which only the form is judged here. */
static enum err check_bindings(const json_t *object) {
    struct span ignored = {0};
    const json_t *domain = json_object_get(object, "domain");
    TRY(optional_text(object, "challenge", &ignored));
    TRY(optional_text(object, "nonce", &ignored));
    return domain == NULL || is_texts(domain) ? ERR_OK : ERR_PROOF_SHAPE;
}

static enum err read_claim(const json_t *object, enum integrity_purpose purpose,
                           struct integrity_claim *claim) {
    const struct suite_name *name = NULL;
    if (!json_is_object(object)) {
        return ERR_PROOF_SHAPE;
    }
    claim->object = object;
    TRY(find_suite(object, &name));
    claim->suite = name->suite;
    TRY(optional_text(object, "id", &claim->id));
    TRY(read_purpose(object, purpose));
    TRY(text_of(object, "verificationMethod", &claim->method));
    TRY(text_of(object, name->value, &claim->value));
    TRY(check_bindings(object));
    return read_dates(object, name->dated, claim);
}

enum err integrity_claim_all(struct integrity_run *run) {
    const json_t *proofs = json_object_get(run->document, "proof");
    size_t count = json_is_array(proofs) ? json_array_size(proofs) : 1;
    if (proofs == NULL || count == 0) {
        return ERR_PROOF_NONE;
    }
    if (count > LIMIT_PROOFS) {
        return ERR_PROOF_TOO_MANY;
    }
    for (size_t i = 0; i < count; i++) {
        const json_t *proof = json_is_array(proofs) ? json_array_get(proofs, i) : proofs;
        TRY(read_claim(proof, run->purpose, &run->claims[i]));
    }
    run->count = (uint32_t)count;
    return ERR_OK;
}
