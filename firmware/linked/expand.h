/* expand: a JSON-LD document with every name replaced by the address it stands for (JSON-LD 1.1 API section 5.1). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINKED_EXPAND_H
#define LINKED_EXPAND_H

#include <jansson.h>

#include "linked/context.h"
#include "linked/tree.h"

/*
 * What a document is expanded with. All zero knows no context and is safe: whatever would fall out unsigned is an
 * error. `lenient` drops it as the specification says, for suites alone: nothing that is shown may be judged so.
 */
struct expand_options {
    const struct context_library *library;
    struct span base;      /* the document's address; empty for none */
    const json_t *context; /* applied before the document's own, NULL for none */
    const char *without;   /* a member of the outermost object that is left out, NULL for none */
    bool lenient;
};

/*
 * Expand a document.
 *
 * document  an object or array; borrowed as long as `out`, which points into it and into the contexts
 * out       the items of the expanded document, in the arena
 *
 * ERR_CONTEXT_*, ERR_LINKED_COLLISIONS  a context is wrong, unknown or beyond its limits
 * ERR_EXPAND_*                          the document is no JSON-LD, or beyond its limits
 * ERR_SAFE_TERM      a member that no context defines, or that looks like a keyword
 * ERR_SAFE_TYPE      a type that is no IRI
 * ERR_SAFE_RELATIVE  an identifier that is neither an IRI nor a blank node's
 * ERR_SAFE_DROPPED   null, a value at the top, an object that says nothing, an @index
 * ERR_BUDGET         the library's scan has spent what a scan may cost
 * ERR_NO_ROOM        the arena is full
 */
MUST_USE enum err expand_document(const json_t *document, const struct expand_options *options,
                                  struct arena *arena, struct tree_items *out);

#endif
