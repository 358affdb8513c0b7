/* context_entry: the entries of a term's definition behind its meaning. Private to context. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINKED_CONTEXT_ENTRY_H
#define LINKED_CONTEXT_ENTRY_H

#include "linked/context_build.h"

/* A term being defined: what the context says of it, and the definition so far. */
struct context_entry {
    struct context_build *build;
    struct span name;
    const json_t *value; /* an object, or a string or null in its place */
    struct context_term term;
    bool has_colon, has_slash; /* a colon elsewhere than first or last; a slash anywhere */
    bool ignored;              /* has the form of a keyword: no definition comes of it */
};

/* An entry by name; NULL where the definition has none. */
static inline const json_t *context_entry_get(const struct context_entry *d, const char *name) {
    return json_object_get(d->value, name);
}

/* @container, section 4.2 step 19. ERR_CONTEXT_CONTAINER, ERR_CONTEXT_TYPE. */
MUST_USE enum err context_entry_container(struct context_entry *d);

/* @index, step 20. ERR_CONTEXT_TERM, and what expanding it gives. */
MUST_USE enum err context_entry_index(struct context_entry *d);

/* @context, step 21. ERR_CONTEXT_SCOPED, or the limit that it reached. */
MUST_USE enum err context_entry_scope(struct context_entry *d);

/* @language and @direction, steps 22 and 23. ERR_CONTEXT_TERM_LANGUAGE, ERR_CONTEXT_DIRECTION. */
MUST_USE enum err context_entry_text(struct context_entry *d);

/* @nest and @prefix, steps 24 and 25. ERR_CONTEXT_NEST, ERR_CONTEXT_PREFIX, ERR_CONTEXT_TERM. */
MUST_USE enum err context_entry_nest_and_prefix(struct context_entry *d);

#endif
