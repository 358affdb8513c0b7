/* SPDX-License-Identifier: Apache-2.0 */
#include "codec/jcs.h"
#include "proof/integrity_run.h"

/* The values of an @context one after the other: it may be one, or an array. */
static size_t values_of(const json_t *context) {
    return json_is_array(context) ? json_array_size(context) : 1;
}
static json_t *value_at(const json_t *context, size_t at) {
    return json_is_array(context) ? json_array_get(context, at) : (json_t *)(uintptr_t)context;
}

/* The document's @context begins with all of the proof's, in their order, and there is at least one (EdDSA cryptosuites
 * section 3.3.2, step 4). */
static bool begins_with(const json_t *whole, const json_t *part) {
    size_t count = values_of(part);
    if (whole == NULL || count == 0 || count > values_of(whole)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (json_equal(value_at(whole, i), value_at(part, i)) != 1) {
            return false;
        }
    }
    return true;
}

/* Append the digest of a value's canonical form; its text is given back to the arena. */
static enum err digest_json(struct integrity_run *run, const json_t *value, enum rdfc_hash hash,
                            struct room *out) {
    size_t mark = run->arena->used;
    struct span text = {0};
    TRY(jcs_text(value, run->arena, &text));
    TRY(budget_spend(run->library == NULL ? NULL : run->library->budget, text.len / BUDGET_BYTES));
    TRY(integrity_run_digest(hash, text, out));
    run->arena->used = mark;
    return ERR_OK;
}

static enum err digest_options(struct integrity_run *run, const struct integrity_claim *claim,
                               enum rdfc_hash hash, struct room *out) {
    json_t *bare = integrity_run_bare(claim);
    if (bare == NULL) {
        return ERR_NO_MEMORY;
    }
    enum err err = digest_json(run, bare, hash, out);
    json_decref(bare);
    return err;
}

/* The document that was signed, under the proof's own @context where it has one. */
static enum err digest_document(struct integrity_run *run, const struct integrity_claim *claim,
                                json_t *context, enum rdfc_hash hash, struct room *out) {
    json_t *document = integrity_run_document(run, claim);
    enum err err = document == NULL ? ERR_NO_MEMORY : ERR_OK;
    if (err == ERR_OK && context != NULL && json_object_set(document, "@context", context) != 0) {
        err = ERR_NO_MEMORY;
    }
    err = err == ERR_OK ? digest_json(run, document, hash, out) : err;
    json_decref(document);
    return err;
}

/* Append the digest of the document; most proofs of one document are over the same, which is made once. */
static enum err put_document(struct integrity_run *run, const struct integrity_claim *claim,
                             enum rdfc_hash hash, struct room *out) {
    json_t *context = json_object_get(claim->object, "@context");
    const json_t *shown = json_object_get(run->document, "@context");
    struct span *kept = &run->made[hash].jcs_digest;
    if (context != NULL && !begins_with(shown, context)) {
        return ERR_PROOF_CONTEXT;
    }
    bool whole = context == NULL || json_equal(context, (json_t *)(uintptr_t)shown);
    bool common = claim->previous == 0 && whole;
    run->narrowed = run->narrowed || !whole;
    if (common && kept->len > 0) {
        return room_put(out, *kept);
    }
    size_t from = out->len;
    TRY(digest_document(run, claim, context, hash, out));
    *kept = common ? span_slice(room_span(out), from, out->len) : *kept;
    return ERR_OK;
}

enum err integrity_jcs_read(struct integrity_run *run, const struct integrity_claim *claim,
                            struct proof *out) {
    enum rdfc_hash hash = RDFC_SHA256;
    struct room bytes = {0};
    TRY(integrity_run_signature(run, claim, out, &hash));
    TRY(arena_room(run->arena, INTEGRITY_RUN_SIGNED_BYTES, &bytes));
    TRY(digest_options(run, claim, hash, &bytes));
    TRY(put_document(run, claim, hash, &bytes));
    out->signed_bytes = room_span(&bytes);
    return ERR_OK;
}
