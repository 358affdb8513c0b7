/* SPDX-License-Identifier: Apache-2.0 */
#include "proof/integrity.h"

#include "proof/integrity_claim.h"

/* What reads the proofs of a suite; NULL for a token's, which no document has inside. */
static enum err (*const suites[PROOF_SUITES])(struct integrity_run *run, const struct integrity_claim *claim,
                                              struct proof *out) = {
    [PROOF_EDDSA_JCS_2022] = integrity_jcs_read,   [PROOF_ECDSA_JCS_2019] = integrity_jcs_read,
    [PROOF_EDDSA_RDFC_2022] = integrity_rdfc_read, [PROOF_ECDSA_RDFC_2019] = integrity_rdfc_read,
    [PROOF_ED25519_2020] = integrity_rdfc_read,    [PROOF_ED25519_2018] = integrity_2018_read,
    [PROOF_ECDSA_SD_2023] = integrity_sd_read,
};

static enum err read_proof(struct integrity_run *run, const struct integrity_claim *claim,
                           struct proof *out) {
    *out = (struct proof){.profile = CREDENTIAL_DATA_INTEGRITY,
                          .suite = claim->suite,
                          .kid = claim->method,
                          .created = claim->created,
                          .expires = claim->expires};
    return suites[claim->suite] == NULL ? ERR_PROOF_SUITE : suites[claim->suite](run, claim, out);
}

/* The statements with a form, of whichever hash it was made for. Whoever signed under fewer contexts may not have meant
 * what the document says under all: then nobody knows whose words the statements are. */
static enum err hand_out_statements(struct integrity_run *run, struct integrity *out) {
    const struct integrity_claim unchained = {0};
    enum rdfc_hash hash = run->made[RDFC_SHA384].canonical ? RDFC_SHA384 : RDFC_SHA256;
    if (!run->stated) {
        return ERR_OK;
    }
    if (run->narrowed) {
        return ERR_PROOF_CONTEXT;
    }
    out->linked = true;
    out->statements = run->statements;
    return integrity_run_form(run, &unchained, hash, &out->statements.form);
}

enum err integrity_read(const json_t *document, enum integrity_purpose purpose,
                        const struct context_library *library, struct arena *arena, struct integrity *out) {
    void *run_memory = NULL;
    void *found_memory = NULL;
    TRY(arena_take(arena, sizeof(struct integrity_run), &run_memory));
    TRY(arena_take(arena, sizeof(struct integrity), &found_memory));
    struct integrity_run *run = run_memory;
    struct integrity *found = found_memory;
    run->document = document;
    run->purpose = purpose;
    run->library = library;
    run->arena = arena;
    TRY(integrity_claim_all(run));
    TRY(integrity_claim_chain(run));
    for (uint32_t i = 0; i < run->count; i++) {
        TRY(read_proof(run, &run->claims[i], &found->proofs[i]));
    }
    found->count = run->count;
    TRY(hand_out_statements(run, found));
    *out = *found;
    return ERR_OK;
}
