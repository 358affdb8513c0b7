/* SPDX-License-Identifier: Apache-2.0 */
/* Who signed a presentation: the holder's proof of authentication (VCDM 2.0 section 4.13, VC Data Integrity 1.0). */
#include "crypto/crypto.h"
#include "crypto/did.h"
#include "crypto/jwk.h"
#include "proof/integrity.h"
#include "verify_run.h"

/* A proof of a kind, for a purpose, or under a vocabulary that is not judged here adds as little as none. */
static bool is_unread(enum err err) {
    return err == ERR_PROOF_PURPOSE || findings_reason(FINDINGS_PROOF, err) == REASON_UNSUPPORTED;
}

/* A holder that the presentation names is the one whose key signs. */
static enum err check_controller(struct span holder, struct span did) {
    return holder.len == 0 || span_equal(holder, did) ? ERR_OK : ERR_PROOF_CONTROLLER;
}

/* Signed for a time that has ended, or of which no clock can tell that it has not. */
static bool has_ended(const struct verify_scan *scan, const struct proof *proof) {
    return proof->expires.present && interval_is_past(scan->by->now, proof->expires.time_s) != ANSWER_NO;
}

enum err verify_own_key(const struct verify_scan *scan, struct span kid, const struct proof *proof,
                        enum findings_holder *out) {
    struct crypto_key key;
    if (!did_is_self_certifying(did_without_fragment(kid)) || did_own_key(kid, scan->arena, &key) != ERR_OK) {
        *out = FINDINGS_HOLDER_UNCHECKED;
        return ERR_OK;
    }
    TRY(verify_proof(scan, &key, proof));
    uint8_t thumbprint[CRYPTO_SHA256_BYTES];
    TRY(jwk_thumbprint(&key, thumbprint));
    bool revoked = fresh_find(scan->by->fresh, FRESH_KEY, thumbprint) != NULL;
    *out = revoked ? FINDINGS_HOLDER_REVOKED : FINDINGS_HOLDER_SIGNED;
    return ERR_OK;
}

/* One proof of several: a signature that is right and still in time speaks for the holder, one unchecked for nobody. */
static enum err ask(const struct verify_scan *scan, struct span holder, const struct proof *proof,
                    struct verify_holder *out) {
    enum findings_holder signature = FINDINGS_HOLDER_NONE;
    struct span did = did_without_fragment(proof->kid);
    TRY(check_controller(holder, did));
    out->stage = FINDINGS_SIGNATURE;
    TRY(verify_own_key(scan, proof->kid, proof, &signature));
    if (signature == FINDINGS_HOLDER_UNCHECKED) {
        out->signature = signature;
    } else if (out->signature == FINDINGS_HOLDER_NONE && !has_ended(scan, proof)) {
        out->signature = signature;
        out->did = did;
        out->created = proof->created;
    }
    return ERR_OK;
}

static enum err ask_all(const struct verify_scan *scan, struct span holder, const struct integrity *integrity,
                        struct verify_holder *out) {
    for (uint32_t i = 0; i < integrity->count; i++) {
        out->stage = FINDINGS_PROOF;
        TRY(ask(scan, holder, &integrity->proofs[i], out));
    }
    return ERR_OK;
}

void verify_holder(const struct verify_scan *scan, const json_t *document, struct span holder,
                   struct verify_holder *out) {
    struct integrity integrity = {0};
    struct verify_holder found = {.stage = FINDINGS_PROOF};
    found.err = integrity_read(document, INTEGRITY_AUTHENTICATION, &scan->library, scan->arena, &integrity);
    if (found.err == ERR_OK) {
        found.err = ask_all(scan, holder, &integrity, &found);
    } else if (found.err == ERR_PROOF_NONE || is_unread(found.err)) {
        bool none = found.err == ERR_PROOF_NONE;
        found = (struct verify_holder){.signature = none ? FINDINGS_HOLDER_NONE : FINDINGS_HOLDER_UNCHECKED};
    }
    *out = found;
}
