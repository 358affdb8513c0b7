/* SPDX-License-Identifier: Apache-2.0 */
#include "proof/integrity_run.h"

#include "proof/integrity_stated.h"
#include "proof/integrity_value.h"

/* jansson copies without const: it counts one more reference to each member. */
static json_t *copy_of(const json_t *object) {
    return json_copy((json_t *)(uintptr_t)object);
}

/* The proofs that previousProof names, in the document's order; NULL for want of memory. */
static json_t *previous_proofs(const struct integrity_run *run, uint32_t previous) {
    json_t *array = json_array();
    for (uint32_t i = 0; i < run->count && array != NULL; i++) {
        json_t *proof = (json_t *)(uintptr_t)run->claims[i].object;
        if ((previous & UINT32_C(1) << i) != 0 && json_array_append(array, proof) != 0) {
            json_decref(array);
            return NULL;
        }
    }
    return array;
}

json_t *integrity_run_document(const struct integrity_run *run, const struct integrity_claim *claim) {
    json_t *document = copy_of(run->document);
    if (document == NULL || json_object_del(document, "proof") != 0) {
        json_decref(document);
        return NULL;
    }
    if (claim->previous != 0 &&
        json_object_set_new(document, "proof", previous_proofs(run, claim->previous)) != 0) {
        json_decref(document);
        return NULL;
    }
    return document;
}

json_t *integrity_run_bare(const struct integrity_claim *claim) {
    json_t *bare = copy_of(claim->object);
    const char *value = claim->suite == PROOF_ED25519_2018 ? "jws" : "proofValue";
    if (bare == NULL || json_object_del(bare, value) != 0) {
        json_decref(bare);
        return NULL;
    }
    return bare;
}

enum err integrity_run_state(struct integrity_run *run) {
    if (!run->stated) {
        TRY(linked_state(run->document, "proof", run->library, run->arena, &run->statements));
        run->stated = true;
    }
    return ERR_OK;
}

enum err integrity_run_statements(struct integrity_run *run, const struct integrity_claim *claim,
                                  struct rdf_dataset *out) {
    TRY(integrity_run_state(run));
    if (claim->previous == 0) {
        *out = run->statements.set;
        return ERR_OK;
    }
    struct linked_document stated = {0};
    json_t *document = integrity_run_document(run, claim);
    if (document == NULL) {
        return ERR_NO_MEMORY;
    }
    enum err err = linked_state(document, NULL, run->library, run->arena, &stated);
    json_decref(document);
    *out = stated.set;
    return err;
}

enum err integrity_run_form(struct integrity_run *run, const struct integrity_claim *claim,
                            enum rdfc_hash hash, struct rdfc_form *out) {
    struct integrity_made *made = &run->made[hash];
    struct rdf_dataset set = {0};
    TRY(integrity_run_statements(run, claim, &set));
    if (claim->previous != 0) {
        return rdfc_canonize(&set, hash, run->arena, out);
    }
    if (!made->canonical) {
        TRY(rdfc_canonize(&set, hash, run->arena, &made->form));
        made->canonical = true;
    }
    *out = made->form;
    return ERR_OK;
}

/* The proof without its value, under the document's @context; NULL for want of memory. */
static json_t *options_document(const struct integrity_run *run, const struct integrity_claim *claim) {
    json_t *options = integrity_run_bare(claim);
    json_t *context = json_object_get(run->document, "@context");
    if (options == NULL || context == NULL) {
        return options; /* without a context nothing has a meaning, and safe mode says so */
    }
    if (json_object_set(options, "@context", context) != 0) {
        json_decref(options);
        return NULL;
    }
    return options;
}

enum err integrity_run_options(struct integrity_run *run, const struct integrity_claim *claim,
                               enum rdfc_hash hash, struct room *out) {
    struct linked_document stated = {0};
    struct rdfc_form form = {0};
    size_t mark = run->arena->used;
    json_t *options = options_document(run, claim);
    if (options == NULL) {
        return ERR_NO_MEMORY;
    }
    enum err err = linked_state(options, NULL, run->library, run->arena, &stated);
    json_decref(options);
    TRY(err);
    TRY(integrity_stated(run, claim, &stated.set));
    TRY(rdfc_canonize(&stated.set, hash, run->arena, &form));
    TRY(integrity_run_digest(hash, form.text, out));
    run->arena->used = mark;
    return ERR_OK;
}

enum err integrity_run_digest(enum rdfc_hash hash, struct span bytes, struct room *out) {
    uint8_t digest[CRYPTO_SHA384_BYTES];
    if (hash == RDFC_SHA384) {
        TRY(crypto_sha384(bytes, digest));
        return room_put(out, span_of_bytes(digest, CRYPTO_SHA384_BYTES));
    }
    TRY(crypto_sha256(bytes, digest));
    return room_put(out, span_of_bytes(digest, CRYPTO_SHA256_BYTES));
}

enum err integrity_run_signature(struct integrity_run *run, const struct integrity_claim *claim,
                                 struct proof *out, enum rdfc_hash *hash) {
    bool ecdsa = claim->suite == PROOF_ECDSA_RDFC_2019 || claim->suite == PROOF_ECDSA_JCS_2019;
    TRY(integrity_value_base58(claim->value, run->arena, &out->signature));
    bool large = ecdsa && out->signature.len == 96;
    *hash = large ? RDFC_SHA384 : RDFC_SHA256;
    out->alg = large ? CRYPTO_ES384 : ecdsa ? CRYPTO_ES256 : CRYPTO_EDDSA;
    return large || out->signature.len == 64 ? ERR_OK : ERR_SIGNATURE_SHAPE;
}
