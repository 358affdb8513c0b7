/* SPDX-License-Identifier: Apache-2.0 */
#include "base/limits.h"
#include "base/sort.h"
#include "base/utf8.h"
#include "codec/jsontext.h"
#include "linked/cborld_run.h"
#include "linked/hash.h"

/* Compact addresses whose beginning stands for a compact address, and so on. */
#define CURIES_MAX 16

static enum err step(struct cborld_run *run) {
    return ++run->work > LIMIT_CBORLD_WORK ? ERR_CONTEXT_WORK : ERR_OK;
}

/* Down a chain to the first link that says something of the name, or that takes something back. */
static enum err search(struct cborld_run *run, const struct cborld_node *node, uint64_t hash,
                       struct span name, struct cborld_found *out, const struct cborld_active **reverted) {
    *out = (struct cborld_found){0};
    *reverted = NULL;
    for (; node != NULL; node = node->below) {
        TRY(step(run));
        if (node->layer == NULL) {
            *reverted = node->reverted;
            return ERR_OK;
        }
        struct cborld_def *def = cborld_layer_find(node->layer, hash, name);
        if (def != NULL) {
            *out = def->raw == NULL ? (struct cborld_found){0} : (struct cborld_found){def, node};
            return ERR_OK;
        }
    }
    return ERR_OK;
}

/*
 * Where something was taken back, a name means what it meant when it last propagated, if it means anything at all. Each
 * step leads to what was in force before, so that this ends.
 */
static enum err find(struct cborld_run *run, const struct cborld_node *top, struct span name,
                     struct cborld_found *out) {
    uint64_t hash = hash_text(name);
    const struct cborld_active *within = NULL;
    const struct cborld_active *reverted = NULL;
    TRY(search(run, top, hash, name, out, &reverted));
    while (reverted != NULL || (within != NULL && out->def != NULL && !out->node->propagate)) {
        within = reverted != NULL ? reverted : within->previous;
        TRY(search(run, within == NULL ? NULL : within->top, hash, name, out, &reverted));
    }
    return ERR_OK;
}

enum err cborld_active_find(struct cborld_run *run, const struct cborld_node *top, struct span name,
                            struct cborld_found *out) {
    struct cborld_found found = {0};
    TRY(find(run, top, name, &found));
    *out = found;
    return ERR_OK;
}

/* What the beginning of a compact address stands for; empty: nothing. */
static enum err prefix_of(struct cborld_run *run, const struct cborld_node *node, struct span prefix,
                          struct span *out) {
    struct cborld_found found = {cborld_layer_find(node->layer, hash_text(prefix), prefix), node};
    *out = (struct span){0};
    if (found.def == NULL || found.def->raw == NULL) {
        TRY(find(run, node->below, prefix, &found));
    }
    if (found.def != NULL) {
        const json_t *raw = found.def->raw;
        *out = jsontext_span(json_is_object(raw) ? json_object_get(raw, "@id") : raw);
    }
    return ERR_OK;
}

static enum err join(struct cborld_run *run, struct span a, struct span b, struct span *out) {
    struct room room = {0};
    if (a.len + b.len > LIMIT_CONTEXT_IRI_BYTES) {
        return ERR_CBORLD_DEFINITION;
    }
    TRY(arena_room(run->arena, a.len + b.len, &room));
    TRY(room_put(&room, a));
    TRY(room_put(&room, b));
    *out = room_span(&room);
    return ERR_OK;
}

/* An address written out, as far as what is below and in the same context tells. */
static enum err resolve(struct cborld_run *run, const struct cborld_node *node, struct span text,
                        struct span *out) {
    for (int i = 0; i < CURIES_MAX; i++) {
        size_t colon = span_find(text, ':', 0);
        struct span meaning = {0};
        if (colon < text.len) {
            TRY(prefix_of(run, node, span_slice(text, 0, colon), &meaning));
        }
        if (meaning.len == 0) {
            *out = text;
            return ERR_OK;
        }
        TRY(join(run, meaning, span_slice(text, colon + 1, text.len), &text));
    }
    return ERR_CBORLD_DEFINITION;
}

/* The address that a definition gives, or that its name is. */
static struct span raw_id(const struct cborld_def *def) {
    const json_t *id = json_is_object(def->raw) ? json_object_get(def->raw, "@id") : def->raw;
    bool is_name = id == NULL && span_find(def->name, ':', 0) < def->name.len;
    return is_name ? def->name : jsontext_span(id);
}

enum err cborld_active_resolve(struct cborld_run *run, struct cborld_found found) {
    struct span id = {0};
    struct span type = {0};
    if (found.def->resolved_on == found.node) {
        return ERR_OK;
    }
    TRY(resolve(run, found.node, raw_id(found.def), &id));
    TRY(resolve(run, found.node, jsontext_span(json_object_get(found.def->raw, "@type")), &type));
    found.def->id = id;
    found.def->type = type;
    found.def->resolved_on = found.node;
    return ERR_OK;
}

/* An entry beside @id and @type that says something: tables of terms have "@prefix": false wherever a definition is no
 * text, which JSON-LD takes for granted. */
static bool is_other(const char *key, const json_t *value) {
    return strcmp(key, "@id") != 0 && strcmp(key, "@type") != 0 &&
           !(strcmp(key, "@prefix") == 0 && json_is_false(value));
}

static size_t other_entries(const json_t *raw) {
    return json_object_size(raw) - (json_object_get(raw, "@id") != NULL) -
           (json_object_get(raw, "@type") != NULL) - (json_is_false(json_object_get(raw, "@prefix")) ? 1 : 0);
}

static bool same_others(const json_t *a, const json_t *b) {
    json_t *walked = (json_t *)(uintptr_t)a; /* jansson iterates without const */
    for (void *i = json_object_iter(walked); i != NULL; i = json_object_iter_next(walked, i)) {
        const char *key = json_object_iter_key(i);
        const json_t *value = json_object_iter_value(i);
        if (is_other(key, value) && !json_equal(value, json_object_get(b, key))) {
            return false;
        }
    }
    return other_entries(a) == other_entries(b);
}

/* The definition says of its term what another one says. */
static enum err same(struct cborld_run *run, struct cborld_found a, struct cborld_found b, bool *out) {
    *out = a.def->raw == b.def->raw;
    if (*out) {
        return ERR_OK;
    }
    TRY(cborld_active_resolve(run, a));
    TRY(cborld_active_resolve(run, b));
    *out = span_equal(a.def->id, b.def->id) && span_equal(a.def->type, b.def->type) &&
           same_others(a.def->raw, b.def->raw);
    return ERR_OK;
}

/* No term that is protected below gets another meaning. */
static enum err check_protected(struct cborld_run *run, const struct cborld_node *node) {
    for (uint32_t i = 0; i < node->layer->count; i++) {
        struct cborld_found below = {0};
        bool alike = true;
        struct cborld_def *def = &node->layer->defs[i];
        if (def->raw == NULL) {
            continue;
        }
        TRY(find(run, node->below, def->name, &below));
        if (below.def != NULL && below.node->layer->is_protected) {
            TRY(same(run, (struct cborld_found){def, node}, below, &alike));
        }
        if (!alike) {
            return ERR_CONTEXT_PROTECTED;
        }
    }
    return ERR_OK;
}

static enum err push(struct cborld_run *run, struct cborld_node node, const struct cborld_node **top) {
    void *taken = NULL;
    const struct cborld_node *below = node.layer == NULL ? node.reverted->top : node.below;
    node.depth = below == NULL ? 0 : below->depth + 1;
    node.any_protected = node.any_protected || (below != NULL && below->any_protected);
    if (node.depth == LIMIT_CBORLD_CONTEXTS) {
        return ERR_CONTEXT_DEPTH;
    }
    TRY(arena_take(run->arena, sizeof node, &taken));
    *(struct cborld_node *)taken = node;
    *top = taken;
    return ERR_OK;
}

static struct cborld_memo *memo_of(struct cborld_run *run, const struct cborld_node *on,
                                   const json_t *context) {
    uintptr_t mixed = ((uintptr_t)on >> 4) * 31 + ((uintptr_t)context >> 4);
    return &run->memos[(mixed ^ mixed >> 7) % CBORLD_MEMOS];
}

static enum err apply_one(struct cborld_run *run, const json_t *context, enum cborld_scope scope,
                          const struct cborld_node **top) {
    const struct cborld_layer *layer = NULL;
    const struct cborld_node *added = NULL;
    struct cborld_memo *memo = memo_of(run, *top, context);
    if (json_is_null(context) && scope != CBORLD_EMBEDDED) {
        *top = NULL;
        return ERR_OK;
    }
    if (memo->context == context && memo->on == *top && memo->scope == scope) {
        *top = memo->result;
        return ERR_OK;
    }
    TRY(cborld_layer_of(run, context, &layer));
    struct cborld_node node = {.layer = layer, .below = *top, .any_protected = layer->is_protected};
    node.propagate = layer->says_propagate ? layer->propagate : scope != CBORLD_BY_TYPE;
    node.any_transient = !node.propagate || (*top != NULL && (*top)->any_transient);
    TRY(push(run, node, &added));
    if (scope != CBORLD_BY_PROPERTY && *top != NULL && (*top)->any_protected) {
        TRY(check_protected(run, added));
    }
    *memo = (struct cborld_memo){*top, added, context, scope};
    *top = added;
    return ERR_OK;
}

enum err cborld_active_apply(struct cborld_run *run, const json_t *contexts, enum cborld_scope scope,
                             const struct cborld_node **top) {
    if (contexts == NULL) {
        return ERR_OK;
    }
    if (!json_is_array(contexts)) {
        return apply_one(run, contexts, scope, top);
    }
    for (size_t i = 0; i < json_array_size(contexts); i++) {
        TRY(apply_one(run, json_array_get(contexts, i), scope, top));
    }
    return ERR_OK;
}

static const json_t *context_in(struct cborld_found found) {
    return found.def == NULL ? NULL : json_object_get(found.def->raw, "@context");
}

enum err cborld_active_enter(struct cborld_run *run, const struct cborld_active *active,
                             struct cborld_found property, struct cborld_active *out) {
    const struct cborld_node *top = active->top;
    if (top != NULL && top->any_transient) {
        TRY(push(run, (struct cborld_node){.reverted = active, .propagate = true}, &top));
    }
    TRY(cborld_active_apply(run, context_in(property), CBORLD_BY_PROPERTY, &top));
    *out = (struct cborld_active){top, active};
    return ERR_OK;
}

static int by_utf16(void *ctx, const void *left, const void *right) {
    (void)ctx;
    return utf8_order_utf16(*(const struct span *)left, *(const struct span *)right);
}

enum err cborld_active_typed(struct cborld_run *run, struct cborld_types types,
                             const struct cborld_node **top) {
    sort_items(types.texts, types.count, sizeof *types.texts, by_utf16, NULL);
    for (size_t i = 0; i < types.count; i++) {
        struct cborld_found found = {0};
        if (i > 0 && span_equal(types.texts[i], types.texts[i - 1])) {
            continue;
        }
        TRY(find(run, *top, types.texts[i], &found));
        TRY(cborld_active_apply(run, context_in(found), CBORLD_BY_TYPE, top));
    }
    return ERR_OK;
}
