/* SPDX-License-Identifier: Apache-2.0 */
#include "verify.h"

#include "codec/jws.h"
#include "credential/credential.h"
#include "credential/tag.h"
#include "crypto/crypto.h"
#include "payload/payload.h"
#include "policy/policy.h"
#include "proof/proof.h"
#include "status/status.h"
#include "trust/trust.h"
#include "verdict/findings.h"

/* One scan. All of it dies with the call. */
struct scan {
    const struct verify_grounds *by;
    struct arena *arena;
    struct jws jws;
    struct proof proof;
    struct claimed_credential claimed;
    struct trust trust;
    uint8_t tag[CRYPTO_SHA256_BYTES];
    struct findings findings;
};

/* Keep where the pipeline ended and why; true when it goes on. */
static bool passed(struct scan *scan, enum findings_stage stage, enum err err) {
    if (err != ERR_OK) {
        scan->findings.stage = stage;
        scan->findings.err = err;
    }
    return err == ERR_OK;
}

/* payload: what is it, and is it judged? */
static enum err recognise(struct span bytes, struct arena *arena, struct span *token) {
    struct payload payload = {0};
    TRY(payload_recognise(bytes, arena, &payload));
    TRY(payload_kind_error(payload.kind));
    *token = payload.envelope;
    return ERR_OK;
}

/* payload, proof, credential: what the bytes claim. */
static bool read_token(struct scan *scan, struct span bytes) {
    struct span token = {0};
    return passed(scan, FINDINGS_PAYLOAD, recognise(bytes, scan->arena, &token)) &&
           passed(scan, FINDINGS_ENVELOPE, jws_split(token, scan->arena, &scan->jws)) &&
           passed(scan, FINDINGS_PROOF, proof_read(&scan->jws, &scan->proof)) &&
           passed(scan, FINDINGS_CREDENTIAL,
                  credential_read(scan->jws.payload, scan->proof.profile, &scan->claimed));
}

/* The signature by the listed key, whose own algorithm must be the header's; else by the one it names. */
static enum err check_signature(struct scan *scan) {
    const struct proof *proof = &scan->proof;
    const struct trust *trust = &scan->trust;
    bool listed = trust->standing == TRUST_LISTED;
    if (!listed && !trust->has_own_key) {
        scan->findings.signature = FINDINGS_SIGNATURE_NO_KEY;
        return ERR_OK;
    }
    const struct crypto_key *key = listed ? &trust->key.key : &trust->own_key;
    enum err err = crypto_verify(proof->alg, key, proof->signed_bytes, proof->signature);
    if (!listed && err == ERR_KEY_SHAPE) { /* a point off its curve is no key */
        scan->findings.signature = FINDINGS_SIGNATURE_NO_KEY;
        return ERR_OK;
    }
    TRY(err);
    scan->findings.signature = listed ? FINDINGS_SIGNATURE_LISTED : FINDINGS_SIGNATURE_OWN;
    return ERR_OK;
}

/* trust and the signature: who says so. */
static bool check_signer(struct scan *scan) {
    struct findings *found = &scan->findings;
    enum err err = trust_find(scan->by->lists, &scan->claimed, &scan->proof, scan->by->policy->language,
                              scan->arena, &scan->trust);
    if (!passed(scan, FINDINGS_TRUST, err)) {
        return false;
    }
    found->standing = scan->trust.standing;
    if (!passed(scan, FINDINGS_SIGNATURE, check_signature(scan))) {
        return false;
    }
    if (found->standing == TRUST_NO_LIST) {
        return passed(scan, FINDINGS_TRUST, ERR_TRUST_NO_LIST);
    }
    if (found->signature == FINDINGS_SIGNATURE_LISTED) {
        found->scope = trust_scope_of(&scan->trust.key, &scan->claimed, scan->by->now);
        found->key_withdrawn = scan->trust.key.withdrawn_at_s != 0;
    }
    return findings_signer_trusted(found);
}

/* status and policy: what a trusted signer's word is worth here and now. */
static void ask_further(struct scan *scan) {
    const struct claimed_credential *claimed = &scan->claimed;
    struct findings *found = &scan->findings;
    found->dates = policy_dates_of(claimed, scan->by->now);
    found->event = policy_event_of(scan->by->policy, claimed);
    /* An id names its holder, as a name or an address does; a hash names nobody. */
    found->holder_named =
        claimed->holder_name.len > 0 || claimed->holder_identity.len > 0 || claimed->subject_id.len > 0;
    enum err err = status_ask(scan->by->lists, claimed, scan->by->now, scan->arena, &found->status);
    if (passed(scan, FINDINGS_STATUS, err)) {
        (void)passed(scan, FINDINGS_STATUS,
                     tag_of(claimed, scan->proof.signed_bytes, scan->arena, scan->tag));
    }
}

/* What the lists and rules say before anything is read. */
static void begin(struct scan *scan) {
    struct findings *found = &scan->findings;
    found->expired_is_note = scan->by->policy->expired_is_note;
    found->clock_required = scan->by->policy->clock_required;
    found->clock_unbounded = scan->by->now->hi_s == INTERVAL_UNBOUNDED;
    found->has_lists = scan->by->lists != NULL;
    if (found->has_lists) {
        const struct pack_info *info = pack_info(scan->by->lists);
        found->band = pack_band(info, scan->by->now);
        found->lists_issued_s = info->iat_s;
    }
}

/* The verdict; and what it may show: nothing above the rungs that need a trusted signer, and nothing under a
 * withdrawn key, which may be a thief's. */
static void conclude(const struct scan *scan, struct verdict *out) {
    findings_judge(&scan->findings, out);
    out->now = *scan->by->now;
    if (scan->by->lists != NULL) {
        findings_show_lists(pack_info(scan->by->lists), &out->trust);
    }
    if (findings_signer_trusted(&scan->findings) && out->reason > REASON_KEY_WITHDRAWN) {
        struct verified_credential verified = {&scan->claimed, &scan->trust.issuer, scan->proof.alg,
                                               proof_suite_code(scan->proof.suite)};
        out->trust.unsigned_source = scan->trust.issuer.unsigned_source;
        findings_show(&verified, &out->credential);
        _Static_assert(sizeof out->credential.tag == sizeof scan->tag, "a tag is a SHA-256");
        memcpy(out->credential.tag, scan->tag, sizeof scan->tag);
    }
}

void verify(struct span payload, const struct verify_grounds *grounds, struct arena *arena,
            struct verdicts *out) {
    struct scan scan = {.by = grounds, .arena = arena};
    *out = (struct verdicts){.count = 1};
    begin(&scan);
    if (read_token(&scan, payload) && check_signer(&scan)) {
        ask_further(&scan);
    }
    conclude(&scan, &out->list[0]);
    credential_close(&scan.claimed);
    jws_close(&scan.jws);
    arena_wipe(arena);
}
