/* SPDX-License-Identifier: Apache-2.0 */
#include "base/limits.h"
#include "base/sort.h"
#include "linked/expand_run.h"
#include "linked/walk.h"

/* Types that bring contexts of their own, sorted by name; a badge's part has two types. */
#define TYPES_MAX 64u

/* Step 7: the context of a type ends with its object, but for values and mere references. */
static bool reverts(const struct context *context, const json_t *element) {
    if (context->previous == NULL) {
        return false;
    }
    for (struct walk walk = walk_over(element); walk_next(&walk);) {
        enum keyword keyword = context_keyword(context, walk.name);
        if (keyword == KEYWORD_VALUE || (keyword == KEYWORD_ID && json_object_size(element) == 1)) {
            return false;
        }
    }
    return true;
}

/* Steps 7 to 9. */
static enum err enter_object(struct expand_run *run, const struct expand_run_at *at, const json_t *element,
                             const struct context **out) {
    const struct context *context = at->context;
    const json_t *local = json_object_get(element, "@context");
    if (!at->from_map && reverts(context, element)) {
        context = context->previous;
    }
    if (at->term != NULL && at->term->scope != NULL) {
        TRY(context_enter(&run->env, context, at->term, true, false, &context));
    }
    if (local != NULL) {
        const struct context_how how = {0};
        TRY(context_process(&run->env, context, local, run->base, &how, &context));
    }
    *out = context;
    return ERR_OK;
}

static int by_name(void *ctx, const void *left, const void *right) {
    (void)ctx;
    struct span a = (*(const struct context_term *const *)left)->name;
    struct span b = (*(const struct context_term *const *)right)->name;
    return span_order(a, b);
}

/* Step 11.2: the contexts of the types that one member names, in the order of the types' names. */
static enum err enter_types(struct expand_run_object *object, const json_t *types) {
    const struct context_term *scoped[TYPES_MAX];
    size_t count = 0;
    for (size_t i = 0; i < walk_count(types); i++) {
        struct span name = walk_text(walk_item(types, i));
        const struct context_term *term = name.ptr == NULL ? NULL : context_find(object->type_context, name);
        if (term != NULL && term->scope != NULL) {
            if (count == TYPES_MAX) {
                return ERR_CONTEXT_DEPTH;
            }
            scoped[count++] = term;
        }
    }
    sort_items(scoped, count, sizeof *scoped, by_name, NULL);
    for (size_t i = 0; i < count; i++) {
        TRY(context_enter(&object->run->env, object->at.context, scoped[i], false, true,
                          &object->at.context));
    }
    return ERR_OK;
}

/* A member that stands for @type. */
struct type_member {
    struct span name;
    const json_t *value;
};

static int by_member(void *ctx, const void *left, const void *right) {
    (void)ctx;
    struct span a = ((const struct type_member *)left)->name;
    struct span b = ((const struct type_member *)right)->name;
    return span_order(a, b);
}

/* The next member that is not left out. */
static bool next_member(const struct expand_run *run, struct walk *walk) {
    while (walk_next(walk)) {
        bool outermost = run->without.ptr != NULL && walk->object == run->outermost;
        if (!outermost || !span_equal(walk->name, run->without)) {
            return true;
        }
    }
    return false;
}

/* Members that stand for @type: how many, and those that there is room for. */
static size_t find_types(const struct expand_run_object *object, const json_t *element,
                         struct type_member *found, size_t room) {
    size_t count = 0;
    for (struct walk walk = walk_over(element); next_member(object->run, &walk);) {
        if (context_keyword(object->type_context, walk.name) == KEYWORD_TYPE) {
            if (count < room) {
                found[count] = (struct type_member){walk.name, walk.value};
            }
            count++;
        }
    }
    return count;
}

/* Step 12: is the last type of the first such member @json? */
static enum err note_json(struct expand_run_object *object, const json_t *types) {
    struct span last = walk_text(walk_item(types, walk_count(types) - 1));
    struct span type = {0};
    if (walk_count(types) > 0) {
        TRY(context_expand(&object->run->env, object->at.context, last, CONTEXT_VOCABULARY, &type));
    }
    object->json = keyword_of(type) == KEYWORD_JSON;
    return ERR_OK;
}

/* Steps 10 to 12. */
static enum err begin_types(struct expand_run_object *object, const json_t *element) {
    struct type_member one = {0};
    struct type_member *found = &one;
    size_t count = find_types(object, element, found, 1);
    if (count > 1) {
        void *taken = NULL;
        TRY(arena_take(object->run->arena, count * sizeof *found, &taken));
        found = taken;
        (void)find_types(object, element, found, count);
        sort_items(found, count, sizeof *found, by_member, NULL);
    }
    for (size_t i = 0; i < count; i++) {
        TRY(enter_types(object, found[i].value));
    }
    return count == 0 ? ERR_OK : note_json(object, found[0].value);
}

/* Step 13.2, with the definition that the name has. */
static enum err resolve(const struct expand_run_object *object, struct expand_run_member *member) {
    member->keyword = keyword_of(member->name);
    member->iri = member->name;
    if (member->keyword != KEYWORD_NOT) {
        return ERR_OK;
    }
    member->term = context_find(object->at.context, member->name);
    if (member->term != NULL) {
        member->iri = member->term->iri;
        member->keyword = member->term->keyword;
        return ERR_OK;
    }
    return context_expand(&object->run->env, object->at.context, member->name, CONTEXT_VOCABULARY,
                          &member->iri);
}

/* Steps 13 and 14; members that nest others are kept for the end. */
static enum err expand_members(struct expand_run_object *object, const json_t *element);

/* Step 14. */
static enum err expand_nested(struct expand_run_object *object, const struct expand_run_member *member) {
    const struct context *outside = object->at.context;
    if (++object->run->depth > LIMIT_JSON_DEPTH) {
        return ERR_EXPAND_DEPTH;
    }
    if (member->term != NULL && member->term->scope != NULL) {
        TRY(context_enter(&object->run->env, outside, member->term, true, false, &object->at.context));
    }
    for (size_t i = 0; i < walk_count(member->value); i++) {
        const json_t *nested = walk_item(member->value, i);
        if (!json_is_object(nested)) {
            return ERR_CONTEXT_NEST;
        }
        for (struct walk walk = walk_over(nested); walk_next(&walk);) {
            if (context_keyword(object->at.context, walk.name) == KEYWORD_VALUE) {
                return ERR_CONTEXT_NEST;
            }
        }
        TRY(expand_members(object, nested));
    }
    object->at.context = outside;
    object->run->depth--;
    return ERR_OK;
}

static enum err expand_member(struct expand_run_object *object, const struct expand_run_member *member) {
    if (member->keyword != KEYWORD_NOT) {
        return expand_run_keyword(object, member);
    }
    if (member->iri.ptr == NULL || span_find(member->iri, ':', 0) == member->iri.len) {
        return expand_run_drop(object->run, ERR_SAFE_TERM);
    }
    return expand_run_property(object, member);
}

static enum err expand_members(struct expand_run_object *object, const json_t *element) {
    bool nests = false;
    for (struct walk walk = walk_over(element); next_member(object->run, &walk);) {
        struct expand_run_member member = {.name = walk.name, .value = walk.value};
        TRY(resolve(object, &member));
        nests = nests || member.keyword == KEYWORD_NEST;
        if (member.keyword != KEYWORD_NEST && keyword_of(walk.name) != KEYWORD_CONTEXT) {
            TRY(expand_member(object, &member));
        }
    }
    for (struct walk walk = walk_over(nests ? element : NULL); nests && next_member(object->run, &walk);) {
        struct expand_run_member member = {.name = walk.name, .value = walk.value};
        TRY(resolve(object, &member));
        if (member.keyword == KEYWORD_NEST) {
            TRY(expand_nested(object, &member));
        }
    }
    return ERR_OK;
}

enum err expand_run_object(struct expand_run *run, const struct expand_run_at *at, const json_t *element,
                           struct tree_object **out) {
    struct expand_run_object object = {.run = run, .at = *at};
    TRY(enter_object(run, at, element, &object.at.context));
    object.type_context = object.at.context;
    TRY(begin_types(&object, element));
    TRY(expand_run_new(run, &object.result));
    object.result->source = element;
    TRY(expand_members(&object, element));
    *out = object.result;
    return ERR_OK;
}
