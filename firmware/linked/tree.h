/* tree: an expanded document: objects whose names are all full addresses (JSON-LD 1.1 expanded document form). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINKED_TREE_H
#define LINKED_TREE_H

#include <jansson.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/span.h"
#include "linked/context.h"
#include "linked/keyword.h"

struct tree_object;

/* Objects one after the other. */
struct tree_item {
    struct tree_object *object;
    struct tree_item *next;
};
struct tree_items {
    struct tree_item *first, *last;
    uint32_t count;
};

/* A property and its values. One name may stand several times; its values are those of all. */
struct tree_property {
    struct span name;
    struct span member; /* what the document calls it; empty where it does not stand there as a member */
    struct tree_items items;
    struct tree_property *next;
};

/* A type: an address, or one of the keywords that stand in its place. */
struct tree_type {
    struct span iri;
    struct tree_type *next;
};

/*
 * A node, a value, a list or (inside the algorithm alone) a set; `has` says which keywords it has, by TREE_HAS.
 * Everything points into the document that was expanded, its contexts, or the arena.
 */
struct tree_object {
    uint32_t has;
    bool types_array; /* @type was written as an array */
    enum context_direction direction;
    struct span id, index, language;
    struct tree_type *types;
    const json_t *source; /* the object of the document that it was made of; NULL for what was none */
    const json_t *value;  /* of a value; NULL where it is `text` */
    struct span text;
    struct tree_items list; /* of @list or @set */
    struct tree_items graph, included;
    struct tree_property *properties, *reverse;
};

#define TREE_HAS(keyword) (1u << (keyword))

static inline bool tree_is(const struct tree_object *object, enum keyword keyword) {
    return (object->has & TREE_HAS(keyword)) != 0;
}

/* Append an object. ERR_NO_ROOM. */
MUST_USE enum err tree_append(struct arena *arena, struct tree_items *items, struct tree_object *object);

/* Put all of `more` behind `items`; `more` must not be used again. */
void tree_join(struct tree_items *items, struct tree_items more);

/* Add values under a name, in front of what is there; `member` as in struct tree_property. ERR_NO_ROOM. */
MUST_USE enum err tree_put(struct arena *arena, struct tree_property **properties, struct span name,
                           struct span member, struct tree_items items);

/* Add a type. ERR_NO_ROOM. */
MUST_USE enum err tree_put_type(struct arena *arena, struct tree_object *object, struct span iri);

/*
 * What a document's object became, wherever it stands in the tree; NULL where it is not there. With tree_meaning it
 * tells whether what is shown under a familiar name is what was signed under the familiar address: a context may
 * give any unprotected name another meaning without changing a statement.
 */
const struct tree_object *tree_of(struct tree_items items, const json_t *source);

/* The address that a member of the document's object was expanded to; empty where it was none. */
struct span tree_meaning(const struct tree_object *object, const char *member);

#endif
