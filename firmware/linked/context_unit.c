/* SPDX-License-Identifier: Apache-2.0 */
#include "linked/context_unit.h"

#include "base/limits.h"
#include "linked/context_build.h"
#include "linked/context_layer.h"

/* Terms that a context says again unprotected: `id` and `type` in those of Open Badges. */
#define KEPT_MAX 8u

bool context_unit_same(const struct context_term *a, const struct context_term *b) {
    return span_equal(a->iri, b->iri) && (a->iri.ptr == NULL) == (b->iri.ptr == NULL) &&
           span_equal(a->type, b->type) && span_equal(a->language, b->language) &&
           a->has_language == b->has_language && (a->language.ptr == NULL) == (b->language.ptr == NULL) &&
           span_equal(a->index, b->index) && span_equal(a->nest, b->nest) && a->direction == b->direction &&
           a->container == b->container && a->prefix == b->prefix && a->reverse == b->reverse &&
           (a->scope == b->scope || (a->scope != NULL && b->scope != NULL && json_equal(a->scope, b->scope)));
}

bool context_unit_has_colon(struct span name) {
    return span_find(name, ':', 1) < name.len;
}

void context_unit_note(struct context_unit *unit, struct span name, const struct context_term *term) {
    if (context_unit_has_colon(name)) {
        return;
    }
    for (uint32_t i = 0; i < unit->need_count; i++) {
        if (span_equal(unit->needs[i].name, name)) {
            return;
        }
    }
    if (unit->need_count == CONTEXT_UNIT_NEEDS) {
        unit->unusable = true;
        return;
    }
    unit->needs[unit->need_count++] = (struct context_unit_need){name, term};
}

/* A name means here what it meant where the unit was compiled, as far as IRIs are made of it. */
static bool need_met(const struct context *context, const struct context_unit_need *need) {
    const struct context_term *term = context_layer_search(context->top, need->name);
    if (term == need->term) {
        return true;
    }
    return term != NULL && need->term != NULL && term->prefix == need->term->prefix &&
           span_equal(term->iri, need->term->iri) && (term->iri.ptr == NULL) == (need->term->iri.ptr == NULL);
}

/* Protected terms below a unit that it says again unprotected: they stay as they are. */
struct kept {
    const struct context_term *terms[KEPT_MAX];
    uint32_t count;
};

/* No term of the unit gives a protected one another meaning; those that stay protected are collected. */
static bool keeps_protected(const struct context_unit *unit, const struct context *context,
                            struct kept *kept) {
    for (uint32_t i = 0; i < unit->layer->count; i++) {
        const struct context_term *term = &unit->layer->terms[i];
        const struct context_term *prior = context_layer_search(context->top, term->name);
        if (prior == NULL || prior == term || !prior->is_protected) {
            continue;
        }
        if (!context_unit_same(prior, term) || (!term->is_protected && kept->count == KEPT_MAX)) {
            return false;
        }
        if (!term->is_protected) {
            kept->terms[kept->count++] = prior;
        }
    }
    return true;
}

/* A layer of its own for what stays protected, on top. */
static enum err push_kept(struct context_env *env, const struct kept *kept, struct context *context) {
    struct context_layer *layer = NULL;
    if (kept->count == 0) {
        return ERR_OK;
    }
    TRY(context_layer_open(env->arena, kept->count, &layer));
    for (uint32_t i = 0; i < kept->count; i++) {
        struct context_term *term = NULL;
        TRY(context_layer_add(layer, kept->terms[i]->hash, kept->terms[i]->name, &term));
        *term = *kept->terms[i];
    }
    layer->any_protected = true;
    return context_layer_push(env->arena, context, layer);
}

static bool may_stand_on(const struct context_unit *unit, const struct context *context, bool override,
                         struct kept *kept) {
    if (context->any_colon) {
        return false;
    }
    if (unit->needs_vocab && !(span_equal(unit->vocab_below, context->vocab) &&
                               (unit->vocab_below.ptr == NULL) == (context->vocab.ptr == NULL))) {
        return false;
    }
    for (uint32_t i = 0; i < unit->need_count; i++) {
        if (!need_met(context, &unit->needs[i])) {
            return false;
        }
    }
    return override || !context->any_protected || keeps_protected(unit, context, kept);
}

enum err context_unit_apply(struct context_env *env, const struct context_unit *unit, bool override,
                            struct context *context, bool *fits) {
    TRY(context_spend(env, (size_t)unit->layer->count + 1));
    struct kept kept = {0};
    *fits = may_stand_on(unit, context, override, &kept);
    if (!*fits) {
        return ERR_OK;
    }
    TRY(context_layer_push(env->arena, context, unit->layer));
    TRY(push_kept(env, &kept, context));
    context->vocab = unit->sets_vocab ? unit->vocab : context->vocab;
    context->language = unit->sets_language ? unit->language : context->language;
    context->direction = unit->sets_direction ? unit->direction : context->direction;
    return ERR_OK;
}

/* The contexts inside the terms of a layer that is finished. */
static enum err compile_scopes(struct context_env *env, const struct context *on,
                               struct context_layer *layer) {
    for (uint32_t i = 0; i < layer->count; i++) {
        struct context_term *term = &layer->terms[i];
        if (term->scope != NULL) {
            TRY(context_unit_compile(env, on, term->scope, term->scope_base, &term->unit));
        }
    }
    return ERR_OK;
}

static void copy_settings(struct context_unit *unit, const struct context *result) {
    unit->sets_vocab = json_object_get(unit->json, "@vocab") != NULL;
    unit->sets_language = json_object_get(unit->json, "@language") != NULL;
    unit->sets_direction = json_object_get(unit->json, "@direction") != NULL;
    unit->vocab = result->vocab;
    unit->language = result->language;
    unit->direction = result->direction;
}

/* The needs noted so far, from the stack into the arena. */
static enum err keep_needs(struct arena *arena, struct context_unit *unit) {
    void *kept = NULL;
    TRY(arena_take(arena, unit->need_count * sizeof *unit->needs, &kept));
    if (unit->need_count > 0) {
        memcpy(kept, unit->needs, unit->need_count * sizeof *unit->needs);
    }
    unit->needs = kept;
    return ERR_OK;
}

/* One that imports, or that moves the base, is processed where it is used. */
static bool depends_on_its_place(const json_t *json) {
    return !json_is_object(json) || json_object_get(json, "@import") != NULL ||
           json_object_get(json, "@base") != NULL;
}

enum err context_unit_compile(struct context_env *env, const struct context *below, const json_t *json,
                              struct span base_url, const struct context_unit **out) {
    static const struct context empty;
    void *taken = NULL;
    *out = NULL;
    if (depends_on_its_place(json)) {
        return ERR_OK;
    }
    TRY(arena_take(env->arena, sizeof(struct context_unit), &taken));
    struct context_unit *unit = taken;
    TRY(arena_take(env->arena, sizeof(struct context), &taken));
    struct context *result = taken;
    *result = below == NULL ? empty : *below;
    unsigned depth = result->top == NULL ? 0 : result->top->depth;
    if (depth >= LIMIT_CONTEXT_SCOPES) {
        return ERR_CONTEXT_DEPTH;
    }
    unit->json = json;
    struct context_unit_need needs[CONTEXT_UNIT_NEEDS];
    unit->needs = needs;
    unit->vocab_below = result->vocab;
    unit->sets_vocab = json_object_get(json, "@vocab") != NULL;
    const struct context_how how = {.override = true};
    struct context_build build = {
        .env = env, .result = result, .base_url = base_url, .how = &how, .recording = unit};
    TRY(context_build_object(&build, json));
    unit->layer = build.layer;
    TRY(keep_needs(env->arena, unit));
    copy_settings(unit, result);
    TRY(compile_scopes(env, result, build.layer));
    *out = unit->unusable ? NULL : unit;
    return ERR_OK;
}
