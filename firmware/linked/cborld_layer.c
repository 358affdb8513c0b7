/* SPDX-License-Identifier: Apache-2.0 */
#include "base/limits.h"
#include "base/sort.h"
#include "base/utf8.h"
#include "codec/jsontext.h"
#include "linked/cborld_run.h"
#include "linked/hash.h"

struct cborld_def *cborld_layer_find(const struct cborld_layer *layer, uint64_t hash, struct span name) {
    uint32_t mask = layer->slot_count - 1;
    for (uint32_t slot = (uint32_t)hash & mask; layer->slots[slot] != 0; slot = (slot + 1) & mask) {
        struct cborld_def *def = &layer->defs[layer->slots[slot] - 1];
        if (def->hash == hash && span_equal(def->name, name)) {
            return def;
        }
    }
    return NULL;
}

static enum err layer_open(struct cborld_run *run, const json_t *context, size_t most,
                           struct cborld_layer **out) {
    void *layer = NULL;
    void *defs = NULL;
    void *slots = NULL;
    if (most > LIMIT_CBORLD_TERMS) {
        return ERR_CONTEXT_TERMS;
    }
    uint32_t slot_count = hash_slots(2 * (uint32_t)most);
    TRY(arena_take(run->arena, sizeof **out, &layer));
    TRY(arena_take(run->arena, most * sizeof(struct cborld_def), &defs));
    TRY(arena_take(run->arena, slot_count * sizeof(uint16_t), &slots));
    *out = layer;
    **out = (struct cborld_layer){
        .context = context, .defs = defs, .slots = slots, .slot_count = slot_count, .next = run->layers};
    return ERR_OK;
}

static enum err layer_add(struct cborld_layer *layer, struct cborld_def def) {
    uint32_t mask = layer->slot_count - 1;
    uint32_t slot = (uint32_t)def.hash & mask;
    for (uint32_t probe = 0; layer->slots[slot] != 0; probe++, slot = (slot + 1) & mask) {
        if (probe >= HASH_PROBES_WIDE) {
            return ERR_LINKED_COLLISIONS;
        }
    }
    layer->defs[layer->count++] = def;
    layer->slots[slot] = (uint16_t)layer->count;
    return ERR_OK;
}

/* A meaning by itself: an address, or a name that is or shortens one. */
static bool means_something(struct span name, const json_t *raw) {
    const json_t *id = json_is_object(raw) ? json_object_get(raw, "@id") : raw;
    return id == NULL ? span_find(name, ':', 0) < name.len : json_is_string(id);
}

static enum err define(struct cborld_run *run, struct cborld_layer *layer, struct span name,
                       const json_t *raw) {
    struct cborld_def def = {.name = name, .hash = hash_text(name)};
    if (json_is_null(raw)) {
        return layer_add(layer, def);
    }
    if ((!json_is_string(raw) && !json_is_object(raw)) || (run->strict && !means_something(name, raw))) {
        return ERR_CBORLD_DEFINITION;
    }
    def.raw = raw;
    TRY(cborld_terms_add(run, name, def.hash));
    return layer_add(layer, def);
}

/* The settings of a context that matter here; those of what it imports hold where it has none. */
static void take_settings(const json_t *context, struct cborld_layer *layer) {
    const json_t *is_protected = json_object_get(context, "@protected");
    const json_t *propagate = json_object_get(context, "@propagate");
    layer->is_protected = is_protected == NULL ? layer->is_protected : json_is_true(is_protected);
    layer->says_propagate = layer->says_propagate || propagate != NULL;
    layer->propagate = propagate == NULL ? layer->propagate : json_is_true(propagate);
}

/* Names of an imported context that this one does not define anew. */
static enum err take_import(struct cborld_layer *layer, const struct cborld_layer *imported) {
    layer->is_protected = imported->is_protected;
    layer->says_propagate = imported->says_propagate;
    layer->propagate = imported->propagate;
    for (uint32_t i = 0; i < imported->count; i++) {
        const struct cborld_def *def = &imported->defs[i];
        if (cborld_layer_find(layer, def->hash, def->name) == NULL) {
            TRY(layer_add(layer, (struct cborld_def){.name = def->name, .hash = def->hash, .raw = def->raw}));
        }
    }
    return ERR_OK;
}

struct entry {
    struct span name;
    const json_t *raw;
};

static int by_utf16(void *ctx, const void *left, const void *right) {
    (void)ctx;
    return utf8_order_utf16(((const struct entry *)left)->name, ((const struct entry *)right)->name);
}

/* The entries of a context that are no keywords, in the order in which their names are numbered. */
static enum err sorted(struct cborld_run *run, const json_t *context, struct entry **out, size_t *count) {
    json_t *walked = (json_t *)(uintptr_t)context; /* jansson iterates without const */
    void *taken = NULL;
    TRY(arena_take(run->arena, json_object_size(context) * sizeof(struct entry), &taken));
    struct entry *entries = taken;
    *count = 0;
    for (void *i = json_object_iter(walked); i != NULL; i = json_object_iter_next(walked, i)) {
        struct span name = span_of_bytes(json_object_iter_key(i), json_object_iter_key_len(i));
        if (!cborld_terms_keyword(name)) {
            entries[(*count)++] = (struct entry){name, json_object_iter_value(i)};
        }
    }
    sort_items(entries, *count, sizeof *entries, by_utf16, NULL);
    *out = entries;
    return ERR_OK;
}

static enum err define_all(struct cborld_run *run, const json_t *context, const struct cborld_layer *imported,
                           const struct cborld_layer **out) {
    struct cborld_layer *layer = NULL;
    struct entry *entries = NULL;
    size_t count = 0;
    TRY(sorted(run, context, &entries, &count));
    TRY(layer_open(run, context, count + (imported == NULL ? 0 : imported->count), &layer));
    for (size_t i = 0; i < count; i++) {
        TRY(define(run, layer, entries[i].name, entries[i].raw));
    }
    if (imported != NULL) {
        TRY(take_import(layer, imported));
    }
    take_settings(context, layer);
    run->work += (uint32_t)count;
    run->layers = layer;
    *out = layer;
    return ERR_OK;
}

static enum err from_library(struct cborld_run *run, struct span address, const json_t **out) {
    const struct context_library *library = run->library;
    const struct context_document *document = library == NULL ? NULL : library->find(library->ctx, address);
    if (document == NULL) {
        return ERR_CONTEXT_UNKNOWN;
    }
    *out = document->context;
    return document->context == NULL ? ERR_CONTEXT_REMOTE : ERR_OK;
}

static enum err layer_of(struct cborld_run *run, const json_t *context, unsigned chain,
                         const struct cborld_layer **out) {
    const struct cborld_layer *imported = NULL;
    if (json_is_string(context)) {
        TRY(from_library(run, jsontext_span(context), &context));
        if (!json_is_object(context)) {
            return ERR_CBORLD_DEFINITION;
        }
    }
    for (const struct cborld_layer *layer = run->layers; layer != NULL; layer = layer->next) {
        if (layer->context == context) {
            *out = layer;
            return ERR_OK;
        }
        run->work++;
    }
    if (!json_is_object(context)) {
        return ERR_CBORLD_CONTEXT;
    }
    if (run->work > LIMIT_CBORLD_WORK) {
        return ERR_CONTEXT_WORK;
    }
    const json_t *import = json_object_get(context, "@import");
    if (import != NULL && (chain == LIMIT_CONTEXT_CHAIN || !json_is_string(import))) {
        return chain == LIMIT_CONTEXT_CHAIN ? ERR_CONTEXT_OVERFLOW : ERR_CBORLD_CONTEXT;
    }
    if (import != NULL) {
        TRY(layer_of(run, import, chain + 1, &imported));
    }
    return define_all(run, context, imported, out);
}

enum err cborld_layer_of(struct cborld_run *run, const json_t *context, const struct cborld_layer **out) {
    return layer_of(run, context, 0, out);
}
