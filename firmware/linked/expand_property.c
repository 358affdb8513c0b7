/* SPDX-License-Identifier: Apache-2.0 */
#include "linked/expand_run.h"
#include "linked/walk.h"

/* Step 13.6: any JSON at all is the value. */
static enum err literal(struct expand_run_object *object, const struct expand_run_member *member,
                        struct expand_run_result *out) {
    struct tree_object *value = NULL;
    TRY(expand_run_new(object->run, &value));
    value->has = TREE_HAS(KEYWORD_VALUE);
    value->value = member->value;
    value->text = walk_text(member->value);
    TRY(tree_put_type(object->run->arena, value, span_of_text("@json")));
    return tree_append(object->run->arena, &out->items, value);
}

static uint8_t container_of(const struct expand_run_member *member) {
    return member->term == NULL ? 0 : member->term->container;
}

/* Steps 13.6 to 13.9. */
static enum err expand_by_container(struct expand_run_object *object, const struct expand_run_member *member,
                                    struct expand_run_result *out) {
    uint8_t container = container_of(member);
    if (member->term != NULL && member->term->type_keyword == KEYWORD_JSON) {
        return literal(object, member, out);
    }
    if ((container & CONTEXT_LANGUAGE) != 0 && json_is_object(member->value)) {
        return expand_run_languages(object, member, out);
    }
    if ((container & (CONTEXT_INDEX | CONTEXT_TYPE | CONTEXT_ID)) != 0 && json_is_object(member->value)) {
        return expand_run_indexed(object, member, out);
    }
    const struct expand_run_at at = {object->at.context, member->name, member->term, false};
    return expand_run_element(object->run, &at, member->value, out);
}

static bool is_list(const struct expand_run_result *result) {
    return !result->is_array && result->items.count == 1 &&
           tree_is(result->items.first->object, KEYWORD_LIST);
}

/* Steps 13.11 and 13.12. */
static enum err wrap(struct expand_run_object *object, uint8_t container, struct expand_run_result *result) {
    struct expand_run *run = object->run;
    struct tree_items items = {0};
    struct tree_object *wrapped = NULL;
    if ((container & CONTEXT_LIST) != 0 && !is_list(result)) {
        TRY(expand_run_wrap(run, KEYWORD_LIST, result->items, &wrapped));
        TRY(tree_append(run->arena, &items, wrapped));
        result->items = items;
    }
    if ((container & CONTEXT_GRAPH) != 0 && (container & (CONTEXT_ID | CONTEXT_INDEX)) == 0) {
        for (struct tree_item *item = result->items.first; item != NULL; item = item->next) {
            struct tree_items inside = {0};
            TRY(tree_append(run->arena, &inside, item->object));
            TRY(expand_run_wrap(run, KEYWORD_GRAPH, inside, &wrapped));
            TRY(tree_append(run->arena, &items, wrapped));
        }
        result->items = items;
    }
    return ERR_OK;
}

enum err expand_run_property(struct expand_run_object *object, const struct expand_run_member *member) {
    struct expand_run_result result = {0};
    TRY(expand_by_container(object, member, &result));
    if (result.items.count == 0 && !result.is_array) {
        return expand_run_drop(object->run, ERR_SAFE_DROPPED); /* step 13.10 */
    }
    TRY(wrap(object, container_of(member), &result));
    if (member->term != NULL && member->term->reverse) {
        return expand_run_reversed(object, member->iri, result.items);
    }
    return tree_put(object->run->arena, &object->result->properties, member->iri, member->name, result.items);
}
