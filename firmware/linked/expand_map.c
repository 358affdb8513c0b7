/* SPDX-License-Identifier: Apache-2.0 */
#include "linked/expand_run.h"
#include "linked/iri.h"
#include "linked/walk.h"

/* One text of a language map. */
static enum err localized(struct expand_run_object *object, const struct expand_run_member *member,
                          const struct walk *walk, const json_t *text, struct tree_items *items) {
    struct expand_run *run = object->run;
    enum context_direction direction =
        member->term->direction != CONTEXT_UNSET ? member->term->direction : object->at.context->direction;
    struct tree_object *value = NULL;
    if (json_is_null(text)) {
        return expand_run_drop(run, ERR_SAFE_DROPPED);
    }
    if (!json_is_string(text)) {
        return ERR_EXPAND_LANGUAGE_MAP;
    }
    TRY(expand_run_new(run, &value));
    value->has = TREE_HAS(KEYWORD_VALUE);
    value->value = text;
    value->text = walk_text(text);
    if (context_keyword(object->at.context, walk->name) != KEYWORD_NONE) {
        TRY(expand_run_small(run, walk->name, &value->language));
        value->has |= TREE_HAS(KEYWORD_LANGUAGE);
    }
    if (direction == CONTEXT_LTR || direction == CONTEXT_RTL) {
        value->direction = direction;
        value->has |= TREE_HAS(KEYWORD_DIRECTION);
    }
    return tree_append(run->arena, items, value);
}

enum err expand_run_languages(struct expand_run_object *object, const struct expand_run_member *member,
                              struct expand_run_result *out) {
    out->is_array = true;
    for (struct walk walk = walk_over(member->value); walk_next(&walk);) {
        for (size_t i = 0; i < walk_count(walk.value); i++) {
            TRY(localized(object, member, &walk, walk_item(walk.value, i), &out->items));
        }
    }
    return ERR_OK;
}

/* A map by index, id or type, and the key under which values are looked at. */
struct indexed {
    struct expand_run_object *object;
    const struct expand_run_member *member;
    struct span index, iri; /* the key as written, and expanded (no pointer: @none) */
};

/* Step 13.8.3.7.2: the index is a property of its own. */
static enum err put_index_property(const struct indexed *map, struct tree_object *item) {
    struct expand_run *run = map->object->run;
    const struct context *context = map->object->at.context;
    struct span name = {0};
    struct tree_object *value = NULL;
    struct tree_items items = {0};
    if (tree_is(item, KEYWORD_VALUE)) {
        return ERR_EXPAND_VALUE_OBJECT;
    }
    TRY(context_expand(&run->env, context, map->member->term->index, CONTEXT_VOCABULARY, &name));
    const struct context_term *term = context_find(context, map->member->term->index);
    TRY(expand_run_text(run, context, term, map->index, NULL, &value));
    TRY(tree_append(run->arena, &items, value));
    return tree_put(run->arena, &item->properties, name, (struct span){0}, items);
}

/* Steps 13.8.3.7.2 to 13.8.3.7.5: what the key says of an item. */
static enum err mark(const struct indexed *map, struct tree_object *item) {
    struct expand_run *run = map->object->run;
    uint8_t container = map->member->term->container;
    if (map->iri.ptr == NULL) {
        return ERR_OK;
    }
    if ((container & CONTEXT_INDEX) != 0 && map->member->term->index.ptr != NULL) {
        return put_index_property(map, item);
    }
    if ((container & CONTEXT_INDEX) != 0 && !tree_is(item, KEYWORD_INDEX)) {
        item->index = map->index;
        item->has |= TREE_HAS(KEYWORD_INDEX);
        return expand_run_drop(run, ERR_SAFE_DROPPED); /* an index has no place in RDF */
    }
    if ((container & (CONTEXT_ID | CONTEXT_TYPE)) != 0 && tree_is(item, KEYWORD_VALUE)) {
        return ERR_EXPAND_VALUE_OBJECT; /* a plain value has neither */
    }
    if ((container & CONTEXT_ID) != 0 && !tree_is(item, KEYWORD_ID)) {
        TRY(context_expand(&run->env, map->object->at.context, map->index, CONTEXT_DOCUMENT, &item->id));
        item->has |= TREE_HAS(KEYWORD_ID);
        if (!run->lenient && !context_is_iri(item->id) && !iri_is_blank(item->id)) {
            return ERR_SAFE_RELATIVE;
        }
    } else if ((container & CONTEXT_TYPE) != 0) {
        item->types_array = true;
        if (!run->lenient && !context_is_iri(map->iri)) {
            return ERR_SAFE_TYPE;
        }
        return tree_put_type(run->arena, item, map->iri);
    }
    return ERR_OK;
}

/* Step 13.8.3.7. */
static enum err mark_all(const struct indexed *map, struct tree_items found, struct tree_items *items) {
    struct expand_run *run = map->object->run;
    for (struct tree_item *at = found.first; at != NULL; at = at->next) {
        struct tree_object *item = at->object;
        if ((map->member->term->container & CONTEXT_GRAPH) != 0 && !tree_is(item, KEYWORD_GRAPH)) {
            struct tree_items inside = {0};
            TRY(tree_append(run->arena, &inside, item));
            TRY(expand_run_wrap(run, KEYWORD_GRAPH, inside, &item));
        }
        TRY(mark(map, item));
        TRY(tree_append(run->arena, items, item));
    }
    return ERR_OK;
}

/* Steps 13.8.3.1 to 13.8.3.3: the context that holds for the values under a key. */
static enum err map_context(const struct indexed *map, const struct context **out) {
    struct expand_run *run = map->object->run;
    const struct context *context = map->object->at.context;
    uint8_t container = map->member->term->container;
    if ((container & (CONTEXT_ID | CONTEXT_TYPE)) != 0 && context->previous != NULL) {
        context = context->previous;
    }
    const struct context_term *term = context_find(context, map->index);
    if ((container & CONTEXT_TYPE) != 0 && term != NULL && term->scope != NULL) {
        return context_enter(&run->env, context, term, false, false, out);
    }
    *out = (container & (CONTEXT_ID | CONTEXT_TYPE)) != 0 ? context : map->object->at.context;
    return ERR_OK;
}

static enum err expand_key(struct indexed *map, const json_t *value, struct tree_items *items) {
    struct expand_run *run = map->object->run;
    struct expand_run_at at = {.property = map->member->name, .from_map = true};
    TRY(map_context(map, &at.context));
    TRY(context_expand(&run->env, map->object->at.context, map->index, CONTEXT_VOCABULARY, &map->iri));
    if (keyword_of(map->iri) == KEYWORD_NONE) {
        map->iri = (struct span){0};
    } else if (map->iri.ptr == NULL) {
        map->iri = map->index;
    }
    at.term = context_find(at.context, at.property);
    for (size_t i = 0; i < walk_count(value); i++) {
        struct expand_run_result result = {0};
        TRY(expand_run_element(run, &at, walk_item(value, i), &result));
        TRY(mark_all(map, result.items, items));
    }
    return ERR_OK;
}

enum err expand_run_indexed(struct expand_run_object *object, const struct expand_run_member *member,
                            struct expand_run_result *out) {
    out->is_array = true;
    for (struct walk walk = walk_over(member->value); walk_next(&walk);) {
        struct indexed map = {object, member, walk.name, {0}};
        TRY(expand_key(&map, walk.value, &out->items));
    }
    return ERR_OK;
}
