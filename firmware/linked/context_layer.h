/* context_layer: the table of terms that one context defines. Private to context. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINKED_CONTEXT_LAYER_H
#define LINKED_CONTEXT_LAYER_H

#include "linked/context.h"

/* An empty layer with room for `most` terms. ERR_NO_ROOM. */
MUST_USE enum err context_layer_open(struct arena *arena, uint32_t most, struct context_layer **out);

/* The definition under a name, also an absent or pending one; NULL where there is none. */
struct context_term *context_layer_find(const struct context_layer *layer, uint64_t hash, struct span name);

/* A new definition under a name that has none yet. ERR_LINKED_COLLISIONS. */
MUST_USE enum err context_layer_add(struct context_layer *layer, uint64_t hash, struct span name,
                                    struct context_term **out);

/* The definition that a chain gives under a name, of all its layers; NULL where none or hidden. */
const struct context_term *context_layer_search(const struct context_link *top, struct span name);

/* Put a layer on top of a context. ERR_CONTEXT_DEPTH, ERR_NO_ROOM. */
MUST_USE enum err context_layer_push(struct arena *arena, struct context *context,
                                     const struct context_layer *layer);

#endif
