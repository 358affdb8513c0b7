/* SPDX-License-Identifier: Apache-2.0 */
/* One credential: proof, facts, trust and signature, status, policy, verdict. */
#include "codec/jws.h"
#include "crypto/crypto.h"
#include "credential/credential.h"
#include "credential/tag.h"
#include "payload/payload.h"
#include "policy/policy.h"
#include "proof/integrity.h"
#include "status/status.h"
#include "trust/trust.h"
#include "verify_run.h"

/* All of it dies with the call. */
struct candidate {
    const struct verify_scan *scan;
    struct jws jws;
    struct integrity integrity; /* of a token: its one proof */
    struct claimed_credential claimed;
    bool dated;                /* its own words say from when and until when */
    const struct proof *proof; /* the one that is relied on, and what the list says of its key */
    struct trust trust;
    uint8_t tag[CRYPTO_SHA256_BYTES];
    struct findings findings;
};

bool verify_passed(struct findings *findings, enum findings_stage stage, enum err err) {
    if (err != ERR_OK) {
        findings->stage = stage;
        findings->err = err;
    }
    return err == ERR_OK;
}

static bool passed(struct candidate *c, enum findings_stage stage, enum err err) {
    return verify_passed(&c->findings, stage, err);
}

/* What stands for a token may be of a kind that is not judged. */
static enum err check_kind(const struct candidate *c, struct span token) {
    struct payload payload = {0};
    TRY(payload_recognise(token, c->scan->arena, &payload));
    return payload.kind == PAYLOAD_JWS ? ERR_OK : payload_kind_error(payload.kind);
}

/* proof and credential of a token: what it claims. */
static bool read_token(struct candidate *c, struct span token) {
    struct proof *proof = &c->integrity.proofs[0];
    if (!passed(c, FINDINGS_ENVELOPE, check_kind(c, token)) ||
        !passed(c, FINDINGS_ENVELOPE, jws_split(token, c->scan->arena, &c->jws)) ||
        !passed(c, FINDINGS_PROOF, proof_read(&c->jws, proof))) {
        return false;
    }
    c->integrity.count = 1;
    return passed(c, FINDINGS_CREDENTIAL, credential_read(c->jws.payload, proof->profile, &c->claimed));
}

/* What a document claims: where statements were signed, they alone say it. */
static enum err read_facts(struct candidate *c, json_t *document) {
    return c->integrity.linked
               ? credential_read_statements(&c->integrity.statements.set, c->scan->arena, &c->claimed)
               : credential_read_document(document, &c->claimed);
}

/* proof and credential of a document. A proof that ends, ends the credential. */
static bool read_document(struct candidate *c, json_t *document) {
    if (!passed(c, FINDINGS_PROOF,
                integrity_read(document, INTEGRITY_ASSERTION, &c->scan->library, c->scan->arena,
                               &c->integrity)) ||
        !passed(c, FINDINGS_CREDENTIAL, read_facts(c, document))) {
        return false;
    }
    c->dated = c->claimed.valid_from.present && c->claimed.valid_until.present;
    for (uint32_t i = 0; i < c->integrity.count; i++) {
        credential_limit(&c->claimed, c->integrity.proofs[i].expires);
    }
    return true;
}

/* Check one signature, and count what that costs. */
static enum err check(const struct verify_scan *scan, enum crypto_alg alg, const struct crypto_key *key,
                      struct span signed_bytes, struct span signature) {
    static const uint32_t steps[] = {[CRYPTO_KEY_NONE] = 0,
                                     [CRYPTO_KEY_RSA] = BUDGET_RSA,
                                     [CRYPTO_KEY_P256] = BUDGET_P256,
                                     [CRYPTO_KEY_P384] = BUDGET_P384,
                                     [CRYPTO_KEY_ED25519] = BUDGET_ED25519};
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
};

/* How far a proof carries a credential, more is better: by one who may sign it, one who is listed, any other; of
 * equals, one over all that the signer has seen says more than one over a holder's choice. */
static int worth(const struct signer *signer, const struct proof *proof) {
    bool listed = signer->trust.standing == TRUST_LISTED;
    bool trusted = listed && signer->scope == TRUST_IN_SCOPE;
    int rank = trusted && signer->trust.key.withdrawn_at_s == 0 ? 4 : trusted ? 3 : listed ? 2 : 1;
    return 2 * rank + (proof->partial ? 0 : 1);
}

/* trust and the signature of one proof. */
static bool ask_signer(struct candidate *c, const struct proof *proof, struct signer *out) {
    const struct verify_grounds *by = c->scan->by;
    if (!passed(
            c, FINDINGS_TRUST,
            trust_find(by->lists, &c->claimed, proof, by->policy->language, c->scan->arena, &out->trust)) ||
        !passed(c, FINDINGS_SIGNATURE, check_signature(c->scan, proof, &out->trust, &out->signature))) {
        return false;
    }
    if (out->signature == FINDINGS_SIGNATURE_LISTED) {
        out->scope = trust_scope_of(&out->trust.key, &c->claimed, by->now);
    }
    return true;
}

/* Take a signer as the one that is relied on. */
static void rely_on(struct candidate *c, const struct proof *proof, const struct signer *signer) {
    c->proof = proof;
    c->trust = signer->trust;
    c->findings.standing = signer->trust.standing;
    c->findings.signature = signer->signature;
    c->findings.scope = signer->scope;
    c->findings.key_withdrawn =
        signer->signature == FINDINGS_SIGNATURE_LISTED && signer->trust.key.withdrawn_at_s != 0;
}

/* trust and the signatures: who says so. Each proof must be right; the one by the best signer is relied on. */
static bool check_signers(struct candidate *c) {
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
        if (worth(&signer, proof) > best) {
            best = worth(&signer, proof);
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

/* Who presented it: its own subject, or somebody else. */
static void ask_holder(struct candidate *c) {
    const struct verify_holder *holder = &c->scan->holder;
    c->findings.holder = holder->signature;
    if (holder->signature == FINDINGS_HOLDER_SIGNED) {
        bool own = c->claimed.subject_id.len > 0 && span_equal(holder->did, c->claimed.subject_id);
        c->findings.holder = own ? FINDINGS_HOLDER_SIGNED : FINDINGS_HOLDER_OTHER;
        c->findings.holder_signed = holder->created;
    }
}

/* What could be hidden from the checks: a date that is not shown; any entry of its status, where none is shown or the
 * holder chose which. */
static void ask_extent(struct candidate *c) {
    const struct proof *proof = c->proof;
    bool dates = !proof->partial || c->dated;
    bool status = !proof->partial || (c->claimed.status_count > 0 && !proof->status_chosen);
    c->findings.dates_extent = dates ? FINDINGS_WHOLE : FINDINGS_PART;
    c->findings.status_extent = status ? FINDINGS_WHOLE : FINDINGS_PART;
}

/* status and policy: what a trusted signer's word is worth here and now. */
static void ask_further(struct candidate *c) {
    const struct verify_grounds *by = c->scan->by;
    const struct claimed_credential *claimed = &c->claimed;
    struct findings *found = &c->findings;
    found->dates = policy_dates_of(claimed, by->now);
    found->event = policy_event_of(by->policy, claimed);
    /* An id names its holder, as a name or an address does; a hash names nobody. */
    found->holder_named =
        claimed->holder_name.len > 0 || claimed->holder_identity.len > 0 || claimed->subject_id.len > 0;
    ask_holder(c);
    ask_extent(c);
    enum err err = status_ask(by->lists, claimed, by->now, c->scan->arena, &found->status);
    if (passed(c, FINDINGS_STATUS, err)) {
        (void)passed(c, FINDINGS_STATUS, tag_of(claimed, c->proof->signed_bytes, c->scan->arena, c->tag));
    }
}

void verify_begin(const struct verify_scan *scan, struct findings *out) {
    const struct verify_grounds *by = scan->by;
    *out = (struct findings){
        .has_lists = by->lists != NULL,
        .expired_is_note = by->policy->expired_is_note,
        .clock_required = by->policy->clock_required,
        .clock_unbounded = by->now->hi_s == INTERVAL_UNBOUNDED,
    };
    if (out->has_lists) {
        const struct pack_info *info = pack_info(by->lists);
        out->band = pack_band(info, by->now);
        out->lists_issued_s = info->iat_s;
    }
}

/* The verdict, by these lists at this time. */
static void judge(const struct verify_scan *scan, const struct findings *findings, struct verdict *out) {
    *out = (struct verdict){.now = *scan->by->now};
    findings_judge(findings, out);
    if (scan->by->lists != NULL) {
        findings_show_lists(pack_info(scan->by->lists), &out->trust);
    }
}

void verify_refuse(const struct verify_scan *scan, enum findings_stage stage, enum err err,
                   struct verdict *out) {
    struct findings findings;
    verify_begin(scan, &findings);
    (void)verify_passed(&findings, stage, err);
    judge(scan, &findings, out);
}

/* The verdict; and what it may show: nothing above the rungs that need a trusted signer, and nothing under a
 * withdrawn key, which may be a thief's. */
static void conclude(const struct candidate *c, struct verdict *out) {
    judge(c->scan, &c->findings, out);
    if (findings_signer_trusted(&c->findings) && out->reason > REASON_KEY_WITHDRAWN) {
        struct verified_credential verified = {&c->claimed, &c->trust.issuer, c->proof->alg,
                                               proof_suite_code(c->proof->suite)};
        out->trust.unsigned_source = c->trust.issuer.unsigned_source;
        findings_show(&verified, &out->credential);
        _Static_assert(sizeof out->credential.tag == sizeof c->tag, "a tag is a SHA-256");
        memcpy(out->credential.tag, c->tag, sizeof c->tag);
    }
}

void verify_credential(const struct verify_scan *scan, const struct presented *credential,
                       struct verdict *out) {
    struct candidate c = {.scan = scan};
    size_t used = scan->arena->used;
    verify_begin(scan, &c.findings);
    bool good =
        passed(&c, FINDINGS_ENVELOPE, credential->err) && passed(&c, scan->holder.stage, scan->holder.err);
    if (good && credential->document != NULL) {
        good = read_document(&c, credential->document);
    } else if (good) {
        good = read_token(&c, credential->token);
    }
    if (good && check_signers(&c)) {
        ask_further(&c);
    }
    conclude(&c, out);
    credential_close(&c.claimed);
    jws_close(&c.jws);
    arena_rewind(scan->arena, used);
}
