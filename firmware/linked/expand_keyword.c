/* SPDX-License-Identifier: Apache-2.0 */
#include "linked/expand_run.h"
#include "linked/iri.h"
#include "linked/walk.h"

/* Step 13.4.3. */
static enum err put_id(struct expand_run_object *object, const struct expand_run_member *member) {
    struct expand_run *run = object->run;
    struct span id = walk_text(member->value);
    if (id.ptr == NULL) {
        return ERR_EXPAND_ID;
    }
    TRY(context_expand(&run->env, object->at.context, id, CONTEXT_DOCUMENT, &object->result->id));
    if (object->result->id.ptr == NULL) {
        return expand_run_drop(run, ERR_SAFE_RELATIVE);
    }
    bool whole = context_is_iri(object->result->id) || iri_is_blank(object->result->id);
    return whole ? ERR_OK : expand_run_drop(run, ERR_SAFE_RELATIVE);
}

/* Step 13.4.4. */
static enum err put_types(struct expand_run_object *object, const struct expand_run_member *member) {
    struct expand_run *run = object->run;
    object->result->types_array = object->result->types_array || json_is_array(member->value);
    object->result->has |= TREE_HAS(KEYWORD_TYPE);
    for (size_t i = 0; i < walk_count(member->value); i++) {
        struct span type = walk_text(walk_item(member->value, i));
        if (type.ptr == NULL) {
            return ERR_EXPAND_TYPE;
        }
        TRY(context_expand(&run->env, object->type_context, type, CONTEXT_VOCABULARY | CONTEXT_DOCUMENT,
                           &type));
        bool whole = type.ptr != NULL && (context_is_iri(type) || iri_is_blank(type) || object->json);
        TRY(whole ? ERR_OK : expand_run_drop(run, ERR_SAFE_TYPE));
        if (type.ptr != NULL) {
            TRY(tree_put_type(run->arena, object->result, type));
        }
    }
    return ERR_OK;
}

static enum err inner(struct expand_run_object *object, const char *property, const json_t *value,
                      struct expand_run_result *out) {
    const struct expand_run_at at = {object->at.context, span_of_text(property), NULL, false};
    return expand_run_element(object->run, &at, value, out);
}

/* Step 13.4.6: parts that belong together without a relation. */
static enum err put_included(struct expand_run_object *object, const struct expand_run_member *member) {
    const struct expand_run_at at = {.context = object->at.context};
    struct expand_run_result result = {0};
    TRY(expand_run_element(object->run, &at, member->value, &result));
    if (result.items.count == 0 && !result.is_array) {
        return ERR_EXPAND_INCLUDED;
    }
    for (struct tree_item *item = result.items.first; item != NULL; item = item->next) {
        uint32_t not_nodes = TREE_HAS(KEYWORD_VALUE) | TREE_HAS(KEYWORD_LIST) | TREE_HAS(KEYWORD_SET);
        if ((item->object->has & not_nodes) != 0) {
            return ERR_EXPAND_INCLUDED;
        }
    }
    tree_join(&object->result->included, result.items);
    return ERR_OK;
}

/* Step 13.4.7. */
static enum err put_value(struct expand_run_object *object, const struct expand_run_member *member) {
    bool scalar = !json_is_object(member->value) && !json_is_array(member->value);
    if (!object->json && !scalar) {
        return ERR_EXPAND_VALUE;
    }
    object->result->value = member->value;
    object->result->text = walk_text(member->value);
    return ERR_OK;
}

/* Steps 13.4.8 to 13.4.10. */
static enum err put_text(struct expand_run_object *object, const struct expand_run_member *member) {
    struct span text = walk_text(member->value);
    bool ltr = span_equal_text(text, "ltr");
    switch (member->keyword) {
    case KEYWORD_LANGUAGE:
        return text.ptr == NULL ? ERR_EXPAND_LANGUAGE_STRING
                                : expand_run_small(object->run, text, &object->result->language);
    case KEYWORD_DIRECTION:
        if (!ltr && !span_equal_text(text, "rtl")) {
            return ERR_CONTEXT_DIRECTION;
        }
        object->result->direction = ltr ? CONTEXT_LTR : CONTEXT_RTL;
        return ERR_OK;
    default:
        object->result->index = text; /* which has no place in RDF */
        return text.ptr == NULL ? ERR_EXPAND_INDEX : expand_run_drop(object->run, ERR_SAFE_DROPPED);
    }
}

/* Steps 13.4.11 and 13.4.12. */
static enum err put_list(struct expand_run_object *object, const struct expand_run_member *member) {
    struct expand_run_result result = {0};
    bool top = object->at.property.ptr == NULL || span_equal_text(object->at.property, "@graph");
    if (member->keyword == KEYWORD_LIST && top) {
        object->result->has &= ~TREE_HAS(KEYWORD_LIST);
        return expand_run_drop(object->run, ERR_SAFE_DROPPED);
    }
    struct expand_run_at at = object->at;
    at.term = at.property.ptr == NULL ? NULL : context_find(at.context, at.property);
    TRY(expand_run_element(object->run, &at, member->value, &result));
    object->result->list = result.items;
    return ERR_OK;
}

enum err expand_run_reversed(struct expand_run_object *object, struct span iri, struct tree_items items) {
    for (struct tree_item *item = items.first; item != NULL; item = item->next) {
        if (tree_is(item->object, KEYWORD_VALUE) || tree_is(item->object, KEYWORD_LIST)) {
            return ERR_EXPAND_REVERSE_VALUE;
        }
    }
    object->result->has |= TREE_HAS(KEYWORD_REVERSE);
    return tree_put(object->run->arena, &object->result->reverse, iri, (struct span){0}, items);
}

/* Step 13.4.13: what is reversed twice is a property again. */
static enum err put_reverse(struct expand_run_object *object, const struct expand_run_member *member) {
    struct expand_run_result result = {0};
    if (!json_is_object(member->value)) {
        return ERR_EXPAND_REVERSE;
    }
    bool had = object->result->reverse != NULL;
    TRY(inner(object, "@reverse", member->value, &result));
    object->result->has &= had ? ~0u : ~TREE_HAS(KEYWORD_REVERSE);
    struct tree_object *found = result.items.first == NULL ? NULL : result.items.first->object;
    for (struct tree_property *p = found == NULL ? NULL : found->reverse; p != NULL; p = p->next) {
        TRY(tree_put(object->run->arena, &object->result->properties, p->name, (struct span){0}, p->items));
    }
    for (struct tree_property *p = found == NULL ? NULL : found->properties; p != NULL; p = p->next) {
        TRY(expand_run_reversed(object, p->name, p->items));
    }
    return ERR_OK;
}

static enum err put_graph(struct expand_run_object *object, const struct expand_run_member *member) {
    struct expand_run_result result = {0};
    TRY(inner(object, "@graph", member->value, &result));
    tree_join(&object->result->graph, result.items);
    return ERR_OK;
}

/* Steps 13.4.1 and 13.4.2. */
static enum err check_place(const struct expand_run_object *object, const struct expand_run_member *member) {
    if (span_equal_text(object->at.property, "@reverse")) {
        return ERR_EXPAND_REVERSE_MAP;
    }
    bool mergeable = member->keyword == KEYWORD_INCLUDED || member->keyword == KEYWORD_TYPE;
    return tree_is(object->result, member->keyword) && !mergeable ? ERR_EXPAND_COLLIDING : ERR_OK;
}

enum err expand_run_keyword(struct expand_run_object *object, const struct expand_run_member *member) {
    TRY(check_place(object, member));
    object->result->has |= TREE_HAS(member->keyword);
    switch (member->keyword) {
    case KEYWORD_ID:
        return put_id(object, member);
    case KEYWORD_TYPE:
        return put_types(object, member);
    case KEYWORD_GRAPH:
        return put_graph(object, member);
    case KEYWORD_INCLUDED:
        return put_included(object, member);
    case KEYWORD_VALUE:
        return put_value(object, member);
    case KEYWORD_LANGUAGE:
    case KEYWORD_DIRECTION:
    case KEYWORD_INDEX:
        return put_text(object, member);
    case KEYWORD_LIST:
    case KEYWORD_SET:
        return put_list(object, member);
    case KEYWORD_REVERSE:
        return put_reverse(object, member);
    default: /* a keyword that means something in contexts alone */
        object->result->has &= ~TREE_HAS(member->keyword);
        return expand_run_drop(object->run, ERR_SAFE_TERM);
    }
}
