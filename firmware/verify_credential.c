/* SPDX-License-Identifier: Apache-2.0 */
/* One credential: proof, facts, its signers (verify_signers.c), status, policy, verdict. */
#include "credential/credential.h"
#include "credential/tag.h"
#include "payload/payload.h"
#include "policy/policy.h"
#include "status/status.h"
#include "verify_run.h"

bool verify_passed(struct findings *findings, enum findings_stage stage, enum err err) {
    if (err != ERR_OK) {
        findings->stage = stage;
        findings->err = err;
    }
    return err == ERR_OK;
}

static bool passed(struct verify_candidate *c, enum findings_stage stage, enum err err) {
    return verify_passed(&c->findings, stage, err);
}

/* What stands for a token may be of a kind that is not judged. */
static enum err check_kind(const struct verify_candidate *c, struct span token) {
    struct payload payload = {0};
    TRY(payload_recognise(token, c->scan->arena, &payload));
    return payload.kind == PAYLOAD_JWS ? ERR_OK : payload_kind_error(payload.kind);
}

/* proof and credential of a token: what it claims. */
static bool read_token(struct verify_candidate *c, struct span token) {
    struct proof *proof = &c->integrity.proofs[0];
    if (!passed(c, FINDINGS_ENVELOPE, check_kind(c, token)) ||
        !passed(c, FINDINGS_ENVELOPE, jws_split(token, c->scan->arena, &c->jws)) ||
        !passed(c, FINDINGS_PROOF, proof_read(&c->jws, proof))) {
        return false;
    }
    c->integrity.count = 1;
    return passed(c, FINDINGS_CREDENTIAL, credential_read(c->jws.payload, proof->profile, &c->claimed));
}

/* What a document claims, by its statements or as it stands. A proof that ends, ends the credential. */
static enum err read_facts(struct verify_candidate *c, json_t *document) {
    if (c->stated) {
        TRY(credential_read_statements(&c->integrity.statements.set, c->scan->arena, &c->claimed));
    } else {
        TRY(credential_read_document(document, &c->claimed));
    }
    c->dated = c->claimed.valid_from.present && c->claimed.valid_until.present;
    for (uint32_t i = 0; i < c->integrity.count; i++) {
        credential_limit(&c->claimed, c->integrity.proofs[i].expires);
    }
    return ERR_OK;
}

/* Read one form of a document, and ask who signed it. */
static bool judge_form(struct verify_candidate *c, json_t *document, bool stated) {
    credential_close(&c->claimed);
    verify_begin(c->scan, &c->findings);
    c->stated = stated;
    return passed(c, FINDINGS_CREDENTIAL, read_facts(c, document)) && verify_signers(c);
}

static bool any_as_it_stands(const struct integrity *integrity) {
    bool any = false;
    for (uint32_t i = 0; i < integrity->count; i++) {
        any = any || !proof_suite_is_stated(integrity->proofs[i].suite);
    }
    return any;
}

/* proof, credential, trust and signatures of a document. Where both its text and its statements are signed, its text is
 * believed if a trusted signer signed it; else its statements. */
static bool judge_document(struct verify_candidate *c, json_t *document) {
    const struct verify_scan *scan = c->scan;
    enum err err = integrity_read(document, INTEGRITY_ASSERTION, &scan->library, scan->arena, &c->integrity);
    if (!passed(c, FINDINGS_PROOF, err)) {
        return false;
    }
    bool both = c->integrity.linked && any_as_it_stands(&c->integrity);
    if (both && judge_form(c, document, false) && !c->findings.key_withdrawn) {
        return true;
    }
    return judge_form(c, document, c->integrity.linked);
}

/* Who presented it: its own subject, or somebody else. */
static void ask_holder(struct verify_candidate *c) {
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
static void ask_extent(struct verify_candidate *c) {
    const struct proof *proof = c->proof;
    bool dates = !proof->partial || c->dated;
    bool status = !proof->partial || (c->claimed.status_count > 0 && !proof->status_chosen);
    c->findings.dates_extent = dates ? FINDINGS_WHOLE : FINDINGS_PART;
    c->findings.status_extent = status ? FINDINGS_WHOLE : FINDINGS_PART;
}

/* A freshness token may revoke what every list calls good; where one is lost, nobody knows what it revoked. */
static void ask_fresh(struct verify_candidate *c) {
    struct findings *found = &c->findings;
    const struct fresh_revocation *revoked = fresh_find(c->scan->by->fresh, FRESH_CREDENTIAL, c->tag);
    bool bad = found->status.answer == STATUS_REVOKED || found->status.answer == STATUS_SUSPENDED;
    if (revoked != NULL) {
        found->credential_revoked = revoked;
        found->status.answer = STATUS_REVOKED;
    } else if (found->revocations_lost && !bad) {
        found->status.answer = STATUS_UNKNOWN;
    }
}

/* status and policy: what a trusted signer's word is worth here and now. */
static void ask_further(struct verify_candidate *c) {
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
    if (passed(c, FINDINGS_STATUS, err) &&
        passed(c, FINDINGS_STATUS, tag_of(claimed, c->proof->signed_bytes, c->scan->arena, c->tag))) {
        ask_fresh(c);
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
        struct pack_info info = fresh_extend(by->fresh, pack_info(by->lists));
        out->band = pack_band(&info, by->now);
        out->lists_issued_s = info.iat_s;
    }
    if (by->fresh != NULL) {
        out->confirmed_s = by->fresh->tokens > 0 ? by->fresh->iat_s : 0;
        out->revocations_lost = by->fresh->incomplete;
    }
}

/* The verdict, by these lists at this time. */
static void judge(const struct verify_scan *scan, const struct findings *findings, struct verdict *out) {
    *out = (struct verdict){.now = *scan->by->now};
    findings_judge(findings, out);
    if (scan->by->lists != NULL) {
        findings_show_lists(pack_info(scan->by->lists), scan->by->fresh, &out->trust);
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
static void conclude(const struct verify_candidate *c, struct verdict *out) {
    judge(c->scan, &c->findings, out);
    if (findings_signer_trusted(&c->findings) && out->reason > REASON_KEY_WITHDRAWN) {
        struct verified_credential verified = {&c->claimed, &c->trust.issuer, c->proof->alg,
                                               proof_suite_code(c->proof->suite)};
        out->trust.unsigned_source = c->trust.issuer.unsigned_source || c->trust.key.unsigned_source;
        findings_show(&verified, &out->credential);
        shown_set(&out->credential.status_message, c->findings.status.message);
        _Static_assert(sizeof out->credential.tag == sizeof c->tag, "a tag is a SHA-256");
        memcpy(out->credential.tag, c->tag, sizeof c->tag);
    }
}

void verify_credential(const struct verify_scan *scan, const struct presented *credential,
                       struct verdict *out) {
    struct verify_candidate c = {.scan = scan};
    size_t used = scan->arena->used;
    verify_begin(scan, &c.findings);
    bool good =
        passed(&c, FINDINGS_ENVELOPE, credential->err) && passed(&c, scan->holder.stage, scan->holder.err);
    if (good && credential->document != NULL) {
        good = judge_document(&c, credential->document);
    } else if (good) {
        good = read_token(&c, credential->token) && verify_signers(&c);
    }
    if (good) {
        ask_further(&c);
    }
    conclude(&c, out);
    credential_close(&c.claimed);
    jws_close(&c.jws);
    arena_rewind(scan->arena, used);
}
