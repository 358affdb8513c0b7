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
                  struct tree_items items) {
    void *taken = NULL;
    TRY(arena_take(arena, sizeof(struct tree_property), &taken));
    struct tree_property *property = taken;
    *property = (struct tree_property){name, items, *properties};
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
