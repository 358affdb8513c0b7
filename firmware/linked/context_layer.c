/* SPDX-License-Identifier: Apache-2.0 */
#include "linked/context_layer.h"

#include "base/limits.h"
#include "linked/hash.h"

enum err context_layer_open(struct arena *arena, uint32_t most, struct context_layer **out) {
    void *layer = NULL;
    void *terms = NULL;
    void *slots = NULL;
    uint32_t slot_count = hash_slots(2 * most);
    TRY(arena_take(arena, sizeof **out, &layer));
    TRY(arena_take(arena, most * sizeof(struct context_term), &terms));
    TRY(arena_take(arena, slot_count * sizeof(uint32_t), &slots));
    *out = layer;
    **out = (struct context_layer){.terms = terms, .slots = slots, .slot_count = slot_count};
    return ERR_OK;
}

struct context_term *context_layer_find(const struct context_layer *layer, uint64_t hash, struct span name) {
    uint32_t mask = layer->slot_count - 1;
    for (uint32_t slot = (uint32_t)hash & mask; layer->slots[slot] != 0; slot = (slot + 1) & mask) {
        struct context_term *term = &layer->terms[layer->slots[slot] - 1];
        if (term->hash == hash && span_equal(term->name, name)) {
            return term;
        }
    }
    return NULL;
}

enum err context_layer_add(struct context_layer *layer, uint64_t hash, struct span name,
                           struct context_term **out) {
    uint32_t mask = layer->slot_count - 1;
    uint32_t slot = (uint32_t)hash & mask;
    for (uint32_t probe = 0; layer->slots[slot] != 0; probe++, slot = (slot + 1) & mask) {
        if (probe >= HASH_PROBES_WIDE) {
            return ERR_LINKED_COLLISIONS;
        }
    }
    struct context_term *term = &layer->terms[layer->count++];
    *term = (struct context_term){.name = name, .hash = hash};
    layer->slots[slot] = layer->count;
    *out = term;
    return ERR_OK;
}

const struct context_term *context_layer_search(const struct context_link *top, struct span name) {
    uint64_t hash = hash_text(name);
    for (; top != NULL; top = top->below) {
        const struct context_term *term = context_layer_find(top->layer, hash, name);
        if (term != NULL) {
            return term->absent ? NULL : term;
        }
    }
    return NULL;
}

enum err context_layer_push(struct arena *arena, struct context *context, const struct context_layer *layer) {
    void *taken = NULL;
    unsigned depth = context->top == NULL ? 0 : context->top->depth + 1;
    if (depth >= LIMIT_CONTEXT_LAYERS) {
        return ERR_CONTEXT_DEPTH;
    }
    TRY(arena_take(arena, sizeof(struct context_link), &taken));
    struct context_link *link = taken;
    *link = (struct context_link){layer, context->top, depth};
    context->top = link;
    context->any_protected = context->any_protected || layer->any_protected;
    context->any_colon = context->any_colon || layer->any_colon;
    return ERR_OK;
}
