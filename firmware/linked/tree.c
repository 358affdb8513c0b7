/* SPDX-License-Identifier: Apache-2.0 */
#include "linked/tree.h"

enum err tree_append(struct arena *arena, struct tree_items *items, struct tree_object *object) {
    void *taken = NULL;
    TRY(arena_take(arena, sizeof(struct tree_item), &taken));
    struct tree_item *item = taken;
    item->object = object;
    tree_join(items, (struct tree_items){item, item, 1});
    return ERR_OK;
}

void tree_join(struct tree_items *items, struct tree_items more) {
    if (more.first == NULL) {
        return;
    }
    if (items->last == NULL) {
        *items = more;
        return;
    }
    items->last->next = more.first;
    items->last = more.last;
    items->count += more.count;
}

enum err tree_put(struct arena *arena, struct tree_property **properties, struct span name,
                  struct span member, struct tree_items items) {
    void *taken = NULL;
    TRY(arena_take(arena, sizeof(struct tree_property), &taken));
    struct tree_property *property = taken;
    *property = (struct tree_property){name, member, items, *properties};
    *properties = property;
    return ERR_OK;
}

enum err tree_put_type(struct arena *arena, struct tree_object *object, struct span iri) {
    void *taken = NULL;
    TRY(arena_take(arena, sizeof(struct tree_type), &taken));
    struct tree_type *type = taken;
    *type = (struct tree_type){iri, object->types};
    object->types = type;
    object->has |= TREE_HAS(KEYWORD_TYPE);
    return ERR_OK;
}

static const struct tree_object *of_properties(const struct tree_property *properties, const json_t *source) {
    const struct tree_object *found = NULL;
    for (; found == NULL && properties != NULL; properties = properties->next) {
        found = tree_of(properties->items, source);
    }
    return found;
}

/* As deep as the document, which expansion has bounded. */
static const struct tree_object *of_object(const struct tree_object *object, const json_t *source) {
    const struct tree_object *found =
        object->source == source ? object : of_properties(object->properties, source);
    found = found != NULL ? found : tree_of(object->list, source);
    found = found != NULL ? found : tree_of(object->graph, source);
    found = found != NULL ? found : tree_of(object->included, source);
    return found != NULL ? found : of_properties(object->reverse, source);
}

const struct tree_object *tree_of(struct tree_items items, const json_t *source) {
    const struct tree_object *found = NULL;
    for (const struct tree_item *item = items.first; found == NULL && item != NULL; item = item->next) {
        found = of_object(item->object, source);
    }
    return source == NULL ? NULL : found;
}

struct span tree_meaning(const struct tree_object *object, const char *member) {
    for (const struct tree_property *p = object->properties; p != NULL; p = p->next) {
        if (span_equal_text(p->member, member)) {
            return p->name;
        }
    }
    return (struct span){0};
}
