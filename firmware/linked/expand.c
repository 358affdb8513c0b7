/* SPDX-License-Identifier: Apache-2.0 */
#include "linked/expand.h"

#include "base/limits.h"
#include "linked/expand_run.h"
#include "linked/iri.h"
#include "linked/walk.h"

static bool at_top(const struct expand_run_at *at) {
    return at->property.ptr == NULL || span_equal_text(at->property, "@graph");
}

/* Step 4. */
static enum err expand_scalar(struct expand_run *run, const struct expand_run_at *at, const json_t *element,
                              struct expand_run_result *out) {
    const struct context *context = at->context;
    const struct context_term *term = at->term;
    struct tree_object *value = NULL;
    if (at_top(at)) {
        return expand_run_drop(run, ERR_SAFE_DROPPED);
    }
    if (term != NULL && term->scope != NULL) {
        TRY(context_enter(&run->env, context, term, true, false, &context));
        term = context_find(context, at->property);
    }
    TRY(expand_run_scalar(run, context, term, element, &value));
    return tree_append(run->arena, &out->items, value);
}

/* Step 5. */
static enum err expand_array(struct expand_run *run, const struct expand_run_at *at, const json_t *element,
                             struct expand_run_result *out) {
    bool lists = at->term != NULL && (at->term->container & CONTEXT_LIST) != 0;
    out->is_array = true;
    for (size_t i = 0; i < json_array_size(element); i++) {
        struct expand_run_result result = {0};
        TRY(expand_run_element(run, at, json_array_get(element, i), &result));
        if (lists && result.is_array) {
            struct tree_object *list = NULL;
            TRY(expand_run_wrap(run, KEYWORD_LIST, result.items, &list));
            result.items = (struct tree_items){0};
            TRY(tree_append(run->arena, &result.items, list));
        }
        tree_join(&out->items, result.items);
    }
    return ERR_OK;
}

/* Step 15; *drop for a value that is null. */
static enum err check_value(const struct tree_object *value, bool *drop) {
    uint32_t allowed = TREE_HAS(KEYWORD_DIRECTION) | TREE_HAS(KEYWORD_INDEX) | TREE_HAS(KEYWORD_LANGUAGE) |
                       TREE_HAS(KEYWORD_TYPE) | TREE_HAS(KEYWORD_VALUE);
    bool spoken = tree_is(value, KEYWORD_LANGUAGE) || tree_is(value, KEYWORD_DIRECTION);
    bool typed = tree_is(value, KEYWORD_TYPE);
    if ((value->has & ~allowed) != 0 || value->properties != NULL || (typed && spoken)) {
        return ERR_EXPAND_VALUE_OBJECT;
    }
    struct span type = value->types == NULL ? (struct span){0} : value->types->iri;
    if (keyword_of(type) == KEYWORD_JSON && !value->types_array) {
        return ERR_OK;
    }
    *drop = json_is_null(value->value);
    if (*drop) {
        return ERR_OK;
    }
    if (tree_is(value, KEYWORD_LANGUAGE) && !json_is_string(value->value)) {
        return ERR_EXPAND_LANGUAGE_VALUE;
    }
    bool fits = !typed || (!value->types_array && type.ptr != NULL && context_is_iri(type));
    return fits ? ERR_OK : ERR_EXPAND_TYPED;
}

/* Step 17. */
static enum err check_list(const struct tree_object *list) {
    uint32_t allowed = TREE_HAS(KEYWORD_LIST) | TREE_HAS(KEYWORD_SET) | TREE_HAS(KEYWORD_INDEX);
    bool both = tree_is(list, KEYWORD_LIST) && tree_is(list, KEYWORD_SET);
    return (list->has & ~allowed) != 0 || list->properties != NULL || both ? ERR_EXPAND_SET : ERR_OK;
}

/* Step 19: at the top, what makes no statement; elsewhere an object without any entry still is a node. */
static bool says_nothing(const struct expand_run_at *at, const struct tree_object *object) {
    bool only_id = (object->has & ~TREE_HAS(KEYWORD_ID)) == 0 && object->properties == NULL;
    bool plain = tree_is(object, KEYWORD_VALUE) || tree_is(object, KEYWORD_LIST);
    return at_top(at) && (only_id || plain);
}

/* A language or direction of a node: no statement holds it. */
static bool speaks_of_no_text(const struct tree_object *object) {
    return !tree_is(object, KEYWORD_VALUE) &&
           (tree_is(object, KEYWORD_LANGUAGE) || tree_is(object, KEYWORD_DIRECTION));
}

/* Steps 15 to 20. */
static enum err finish(struct expand_run *run, const struct expand_run_at *at, struct tree_object *object,
                       struct expand_run_result *out) {
    bool drop = false;
    if (tree_is(object, KEYWORD_VALUE)) {
        TRY(check_value(object, &drop));
    } else if (tree_is(object, KEYWORD_SET) || tree_is(object, KEYWORD_LIST)) {
        TRY(check_list(object));
        if (tree_is(object, KEYWORD_SET)) {
            out->items = object->list;
            out->is_array = true;
            return ERR_OK;
        }
    }
    if (speaks_of_no_text(object)) {
        TRY(expand_run_drop(run, ERR_SAFE_DROPPED));
    }
    bool only_language = object->has == TREE_HAS(KEYWORD_LANGUAGE) && object->properties == NULL;
    if (drop || only_language || says_nothing(at, object)) {
        return expand_run_drop(run, ERR_SAFE_DROPPED);
    }
    return tree_append(run->arena, &out->items, object);
}

static enum err expand_any(struct expand_run *run, const struct expand_run_at *at, const json_t *element,
                           struct expand_run_result *out) {
    struct tree_object *object = NULL;
    if (json_is_null(element)) {
        return expand_run_drop(run, ERR_SAFE_DROPPED);
    }
    if (json_is_array(element)) {
        return expand_array(run, at, element, out);
    }
    if (!json_is_object(element)) {
        return expand_scalar(run, at, element, out);
    }
    TRY(expand_run_object(run, at, element, &object));
    return finish(run, at, object, out);
}

enum err expand_run_element(struct expand_run *run, const struct expand_run_at *at, const json_t *element,
                            struct expand_run_result *out) {
    if (run->depth > LIMIT_JSON_DEPTH) {
        return ERR_EXPAND_DEPTH;
    }
    run->depth++;
    enum err err = expand_any(run, at, element, out);
    run->depth--;
    return err;
}

static enum err first_context(struct expand_run *run, const struct expand_options *options,
                              const struct context **out) {
    const struct context_how how = {0};
    void *taken = NULL;
    TRY(arena_take(run->arena, sizeof(struct context), &taken));
    struct context *context = taken;
    context->base = options->base;
    context->original_base = options->base;
    *out = context;
    if (options->context == NULL) {
        return ERR_OK;
    }
    const json_t *inner = json_object_get(options->context, "@context");
    return context_process(&run->env, context, inner == NULL ? options->context : inner, options->base, &how,
                           out);
}

/* A document that is nothing but a graph is that graph. */
static struct tree_items unwrap(struct tree_items items) {
    struct tree_object *only = items.count == 1 ? items.first->object : NULL;
    bool graph = only != NULL && only->has == TREE_HAS(KEYWORD_GRAPH) && only->properties == NULL;
    return graph ? only->graph : items;
}

enum err expand_document(const json_t *document, const struct expand_options *options, struct arena *arena,
                         struct tree_items *out) {
    struct expand_run_result result = {0};
    struct expand_run_at at = {0};
    void *taken = NULL;
    TRY(arena_take(arena, sizeof(struct expand_run), &taken));
    struct expand_run *run = taken;
    run->env = (struct context_env){.arena = arena, .library = options->library};
    run->arena = arena;
    run->base = options->base;
    run->lenient = options->lenient;
    run->outermost = document;
    run->without = options->without == NULL ? (struct span){0} : span_of_text(options->without);
    TRY(first_context(run, options, &at.context));
    TRY(expand_run_element(run, &at, document, &result));
    *out = json_is_object(document) ? unwrap(result.items) : result.items;
    return ERR_OK;
}
