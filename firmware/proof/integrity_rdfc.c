/* SPDX-License-Identifier: Apache-2.0 */
#include "proof/integrity_run.h"
#include "proof/integrity_value.h"
#include "proof/sd.h"

/* Append the digest of the document; all proofs outside chains are over the same, which is made once. */
static enum err put_document(struct integrity_run *run, const struct integrity_claim *claim,
                             enum rdfc_hash hash, struct room *out) {
    struct span *kept = &run->made[hash].rdfc_digest;
    struct rdfc_form form = {0};
    if (claim->previous == 0 && kept->len > 0) {
        return room_put(out, *kept);
    }
    size_t from = out->len;
    TRY(integrity_run_state(run));
    size_t mark = run->arena->used;
    TRY(integrity_run_form(run, claim, hash, &form));
    TRY(integrity_run_digest(hash, form.text, out));
    if (claim->previous == 0) {
        *kept = span_slice(room_span(out), from, out->len);
    } else {
        run->arena->used = mark; /* nobody asks for it again */
    }
    return ERR_OK;
}

/* Append the digests of the proof options and of the document, in this order. */
static enum err put_digests(struct integrity_run *run, const struct integrity_claim *claim,
                            enum rdfc_hash hash, struct room *out) {
    TRY(integrity_run_options(run, claim, hash, out));
    return put_document(run, claim, hash, out);
}

/* EdDSA Cryptosuites section 3.2, ECDSA Cryptosuites section 3.2; Ed25519Signature2020 is hashed alike. */
enum err integrity_rdfc_read(struct integrity_run *run, const struct integrity_claim *claim,
                             struct proof *out) {
    enum rdfc_hash hash = RDFC_SHA256;
    struct room bytes = {0};
    TRY(integrity_run_signature(run, claim, out, &hash));
    TRY(arena_room(run->arena, INTEGRITY_RUN_SIGNED_BYTES, &bytes));
    TRY(put_digests(run, claim, hash, &bytes));
    out->signed_bytes = room_span(&bytes);
    return ERR_OK;
}

/* Ed25519Signature2018: the digests are the payload of a JWS, as they are and not in base64url (RFC 7797 section 3). */
enum err integrity_2018_read(struct integrity_run *run, const struct integrity_claim *claim,
                             struct proof *out) {
    struct span header = {0};
    struct room bytes = {0};
    TRY(integrity_value_jws(claim->value, run->arena, &header, &out->signature));
    TRY(arena_room(run->arena, header.len + 1 + INTEGRITY_RUN_SIGNED_BYTES, &bytes));
    TRY(room_put(&bytes, header));
    TRY(room_put_byte(&bytes, '.'));
    TRY(put_digests(run, claim, RDFC_SHA256, &bytes));
    out->alg = CRYPTO_EDDSA;
    out->signed_bytes = room_span(&bytes);
    return out->signature.len == 64 ? ERR_OK : ERR_SIGNATURE_SHAPE;
}

/* ECDSA Cryptosuites section 3.6: the options and statements are as of ecdsa-rdfc-2019 with P-256; the rest is sd's. */
enum err integrity_sd_read(struct integrity_run *run, const struct integrity_claim *claim,
                           struct proof *out) {
    uint8_t digest[CRYPTO_SHA256_BYTES];
    struct room bytes = room_over(digest, sizeof digest);
    struct rdf_dataset set = {0};
    struct rdfc_form form = {0};
    TRY(integrity_run_options(run, claim, RDFC_SHA256, &bytes));
    TRY(integrity_run_statements(run, claim, &set));
    TRY(integrity_run_form(run, claim, RDFC_SHA256, &form));
    return sd_read(claim->value, room_span(&bytes), &set, form.labels, run->arena, out);
}
