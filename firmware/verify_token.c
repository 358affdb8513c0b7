/* SPDX-License-Identifier: Apache-2.0 */
/* A token that holds a presentation, and who signed it (VCDM 1.1 section 6.3.1; VC-JOSE-COSE section 3.1.2). */
#include "codec/jws.h"
#include "crypto/did.h"
#include "verify_run.h"

/* Worth reading as a presentation: by its typ, or by a word that every one has. */
static bool may_hold_one(const struct jws *jws, const struct proof *proof) {
    static const char word[] = "VerifiablePresentation";
    bool says =
        jws->payload.len > 0 && memmem(jws->payload.ptr, jws->payload.len, word, strlen(word)) != NULL;
    return proof->profile == CREDENTIAL_VP_JOSE || (proof->profile == CREDENTIAL_OB3_JWT && says);
}

/* Signed for a time that has ended or has not begun, or that no clock can tell. */
static bool is_out_of_time(const struct verify_scan *scan, const struct presentation_token *token) {
    const struct interval *now = scan->by->now;
    bool early = token->valid_from.present && interval_has_come(now, token->valid_from.time_s) != ANSWER_YES;
    bool late = token->valid_until.present && interval_is_past(now, token->valid_until.time_s) != ANSWER_NO;
    return early || late;
}

/* Who signs is who the token names: a key id under another DID is somebody else's. */
static enum err ask_signer(const struct verify_scan *scan, const struct proof *proof,
                           const struct presentation_token *token, struct verify_holder *out) {
    enum findings_holder signature = FINDINGS_HOLDER_NONE;
    struct span kid = span_starts_with(proof->kid, "did:") ? proof->kid : token->signer;
    struct span did = did_without_fragment(kid);
    if (token->signer.len > 0 && !span_equal(token->signer, did)) {
        return ERR_PROOF_CONTROLLER;
    }
    out->stage = FINDINGS_SIGNATURE;
    TRY(verify_own_key(scan, kid, proof, &signature));
    if (signature == FINDINGS_HOLDER_UNCHECKED || !is_out_of_time(scan, token)) {
        out->signature = signature;
        out->created = token->signed_at;
    }
    return arena_copy(scan->arena, did, &out->did);
}

static enum err read_token(const struct verify_scan *scan, const struct jws *jws,
                           struct presentation_token *out, struct verify_holder *holder) {
    struct proof proof = {0};
    if (proof_read(jws, &proof) != ERR_OK || !may_hold_one(jws, &proof)) {
        return ERR_OK;
    }
    enum err err = presentation_token_read(jws->payload, proof.profile, out);
    if (err == ERR_OK) {
        holder->stage = FINDINGS_PROOF;
        holder->err = ask_signer(scan, &proof, out, holder);
    }
    return err == ERR_CREDENTIAL_NONE ? ERR_OK : err;
}

enum err verify_token(const struct verify_scan *scan, struct span text, struct presentation_token *out,
                      struct verify_holder *holder) {
    struct jws jws = {0};
    if (jws_split(text, scan->arena, &jws) != ERR_OK) {
        return ERR_OK;
    }
    enum err err = read_token(scan, &jws, out, holder);
    jws_close(&jws);
    return err;
}
