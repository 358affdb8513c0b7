/* SPDX-License-Identifier: Apache-2.0 */
#include "codec/jsontext.h"
#include "proof/integrity_claim.h"

static enum err check_ids(const struct integrity_run *run) {
    for (uint32_t i = 0; i < run->count; i++) {
        for (uint32_t k = 0; k < i; k++) {
            if (run->claims[i].id.len > 0 && span_equal(run->claims[i].id, run->claims[k].id)) {
                return ERR_PROOF_SHAPE;
            }
        }
    }
    return ERR_OK;
}

static enum err add_previous(const struct integrity_run *run, const json_t *name, uint32_t *previous) {
    struct span id = jsontext_span(name);
    if (!json_is_string(name) || id.len == 0) {
        return ERR_PROOF_SHAPE;
    }
    for (uint32_t i = 0; i < run->count; i++) {
        if (span_equal(run->claims[i].id, id)) {
            *previous |= UINT32_C(1) << i;
            return ERR_OK;
        }
    }
    return ERR_PROOF_CHAIN;
}

static enum err read_previous(const struct integrity_run *run, struct integrity_claim *claim) {
    const json_t *names = json_object_get(claim->object, "previousProof");
    if (names == NULL) {
        return ERR_OK;
    }
    if (!json_is_array(names)) {
        return add_previous(run, names, &claim->previous);
    }
    for (size_t i = 0; i < json_array_size(names); i++) {
        TRY(add_previous(run, json_array_get(names, i), &claim->previous));
    }
    return ERR_OK;
}

/* Whoever waits for nobody is ready; whoever waits for those is ready next. In a circle nobody ever is. */
static enum err check_circles(const struct integrity_run *run) {
    uint32_t ready = 0;
    for (uint32_t round = 0; round < run->count; round++) {
        for (uint32_t i = 0; i < run->count; i++) {
            if ((run->claims[i].previous & ~ready) == 0) {
                ready |= UINT32_C(1) << i;
            }
        }
    }
    return ready == (UINT32_C(1) << run->count) - 1 ? ERR_OK : ERR_PROOF_CHAIN;
}

enum err integrity_claim_chain(struct integrity_run *run) {
    TRY(check_ids(run));
    for (uint32_t i = 0; i < run->count; i++) {
        TRY(read_previous(run, &run->claims[i]));
    }
    return check_circles(run);
}
