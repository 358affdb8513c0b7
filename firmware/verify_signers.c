/* SPDX-License-Identifier: Apache-2.0 */
/* Who signed a credential: trust finds the key of each proof, and crypto says whether it signed. */
#include "crypto/crypto.h"
#include "crypto/jwk.h"
#include "trust/trust.h"
#include "verify_run.h"

static bool passed(struct verify_candidate *c, enum findings_stage stage, enum err err) {
    return verify_passed(&c->findings, stage, err);
}

/* Check one signature, and count what that costs. */
static enum err check(const struct verify_scan *scan, enum crypto_alg alg, const struct crypto_key *key,
                      struct span signed_bytes, struct span signature) {
    static const uint32_t steps[] = {[CRYPTO_KEY_NONE] = 0,
                                     [CRYPTO_KEY_RSA] = BUDGET_RSA,
                                     [CRYPTO_KEY_P256] = BUDGET_P256,
                                     [CRYPTO_KEY_P384] = BUDGET_P384,
                                     [CRYPTO_KEY_ED25519] = BUDGET_ED25519,
                                     [CRYPTO_KEY_P521] = 0 /* no credential's */};
    TRY(budget_spend(scan->budget, steps[crypto_alg_key_kind(alg)]));
    return crypto_verify(alg, key, signed_bytes, signature);
}

enum err verify_proof(const struct verify_scan *scan, const struct crypto_key *key,
                      const struct proof *proof) {
    TRY(check(scan, proof->alg, key, proof->signed_bytes, proof->signature));
    for (uint32_t i = 0; i < proof->parts.count; i++) {
        const struct proof_part *part = &proof->parts.list[i];
        TRY(check(scan, proof->alg, &proof->parts.key, part->signed_bytes, part->signature));
    }
    return ERR_OK;
}

/* The signature by the listed key, whose own algorithm must be the header's; else by the one it names. */
static enum err check_signature(const struct verify_scan *scan, const struct proof *proof,
                                const struct trust *trust, enum findings_signature *out) {
    bool listed = trust->standing == TRUST_LISTED;
    if (!listed && !trust->has_own_key) {
        *out = FINDINGS_SIGNATURE_NO_KEY;
        return ERR_OK;
    }
    enum err err = verify_proof(scan, listed ? &trust->key.key : &trust->own_key, proof);
    if (!listed && err == ERR_KEY_SHAPE) { /* a point off its curve is no key */
        *out = FINDINGS_SIGNATURE_NO_KEY;
        return ERR_OK;
    }
    TRY(err);
    *out = listed ? FINDINGS_SIGNATURE_LISTED : FINDINGS_SIGNATURE_OWN;
    return ERR_OK;
}

/* What was found of one proof's signer. */
struct signer {
    struct trust trust;
    enum findings_signature signature;
    enum trust_scope scope;
    const struct fresh_revocation *revoked; /* by a freshness token, or NULL */
};

/* How far a proof carries the facts that were read, more is better: by one who may sign it, one who is listed, any
 * other; of equals, one over all that the signer has seen says more than one over a holder's choice. One over another
 * form of the document does not carry them. */
static int worth(const struct verify_candidate *c, const struct signer *signer, const struct proof *proof) {
    if (proof_suite_is_stated(proof->suite) != c->stated) {
        return 0;
    }
    bool listed = signer->trust.standing == TRUST_LISTED;
    bool trusted = listed && signer->scope == TRUST_IN_SCOPE;
    int rank = trusted && signer->trust.key.withdrawn_at_s == 0 ? 4 : trusted ? 3 : listed ? 2 : 1;
    return 2 * rank + (proof->partial ? 0 : 1);
}

/* A key that the credential names itself may be a point of which half is written: the other half is computed. */
static enum err spend_on_key(const struct verify_scan *scan, enum crypto_alg alg) {
    bool point = alg == CRYPTO_ES256 || alg == CRYPTO_ES384;
    return point ? budget_spend(scan->budget, BUDGET_POINT) : ERR_OK;
}

static bool revokes_issuers(const struct fresh *fresh) {
    bool any = false;
    for (size_t i = 0; i < fresh->count; i++) {
        any = any || fresh->revoked[i].kind == FRESH_ISSUER;
    }
    return any;
}

/* An issuer is revoked by any of its identifiers, whichever of them the credential names. */
static enum err find_issuer(const struct verify_scan *scan, const struct pack_issuer *issuer,
                            const struct fresh_revocation **out) {
    uint8_t sha256[CRYPTO_SHA256_BYTES];
    struct span identifier = {0};
    *out = NULL;
    if (!revokes_issuers(scan->by->fresh)) {
        return ERR_OK;
    }
    for (size_t i = 0; i < LIMIT_ISSUER_IDENTIFIERS && *out == NULL; i++) {
        TRY(pack_next_identifier(scan->by->lists, issuer, identifier, scan->arena, &identifier));
        if (identifier.len == 0) {
            return ERR_OK;
        }
        TRY(crypto_sha256(identifier, sha256));
        *out = fresh_find(scan->by->fresh, FRESH_ISSUER, sha256);
    }
    return *out != NULL ? ERR_OK : ERR_PACK_DAMAGED;
}

/* What was revoked since the list was made is withdrawn as if the list itself said so. */
static enum err ask_fresh(const struct verify_scan *scan, struct signer *signer) {
    uint8_t sha256[CRYPTO_SHA256_BYTES];
    struct trust *trust = &signer->trust;
    if (scan->by->fresh == NULL || trust->standing != TRUST_LISTED) {
        return ERR_OK;
    }
    TRY(find_issuer(scan, &trust->issuer, &signer->revoked));
    if (signer->revoked == NULL) {
        TRY(jwk_thumbprint(&trust->key.key, sha256));
        signer->revoked = fresh_find(scan->by->fresh, FRESH_KEY, sha256);
    }
    if (signer->revoked != NULL && trust->key.withdrawn_at_s == 0) {
        trust->key.withdrawn_at_s = signer->revoked->as_of_s;
    }
    return ERR_OK;
}

/* trust and the signature of one proof. */
static bool ask_signer(struct verify_candidate *c, const struct proof *proof, struct signer *out) {
    const struct verify_grounds *by = c->scan->by;
    if (!passed(c, FINDINGS_TRUST, spend_on_key(c->scan, proof->alg)) ||
        !passed(
            c, FINDINGS_TRUST,
            trust_find(by->lists, &c->claimed, proof, by->policy->language, c->scan->arena, &out->trust)) ||
        !passed(c, FINDINGS_TRUST, ask_fresh(c->scan, out)) ||
        !passed(c, FINDINGS_SIGNATURE, check_signature(c->scan, proof, &out->trust, &out->signature))) {
        return false;
    }
    if (out->signature == FINDINGS_SIGNATURE_LISTED) {
        out->scope = trust_scope_of(&out->trust.key, &c->claimed, by->now);
    }
    return true;
}

/* Take a signer as the one that is relied on. */
static void rely_on(struct verify_candidate *c, const struct proof *proof, const struct signer *signer) {
    c->proof = proof;
    c->trust = signer->trust;
    c->findings.standing = signer->trust.standing;
    c->findings.signature = signer->signature;
    c->findings.scope = signer->scope;
    c->findings.key_withdrawn =
        signer->signature == FINDINGS_SIGNATURE_LISTED && signer->trust.key.withdrawn_at_s != 0;
    c->findings.signer_revoked = c->findings.key_withdrawn ? signer->revoked : NULL;
}

/* trust and the signatures: who says so. Each proof must be right; the one by the best signer is relied on. */
bool verify_signers(struct verify_candidate *c) {
    int best = 0;
    bool foreign = true;
    for (uint32_t i = 0; i < c->integrity.count; i++) {
        struct signer signer = {0};
        const struct proof *proof = &c->integrity.proofs[i];
        if (!ask_signer(c, proof, &signer)) {
            c->findings.standing = signer.trust.standing;
            return false;
        }
        foreign = foreign && signer.trust.foreign;
        if (worth(c, &signer, proof) > best) {
            best = worth(c, &signer, proof);
            rely_on(c, proof, &signer);
        }
    }
    if (!passed(c, FINDINGS_PROOF, foreign ? ERR_PROOF_CONTROLLER : ERR_OK)) {
        return false;
    }
    if (c->findings.standing == TRUST_NO_LIST) {
        return passed(c, FINDINGS_TRUST, ERR_TRUST_NO_LIST);
    }
    return findings_signer_trusted(&c->findings);
}
