/* expand_run: one expansion under way, and what its steps share. Private to expand. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINKED_EXPAND_RUN_H
#define LINKED_EXPAND_RUN_H

#include "linked/expand.h"

struct expand_run {
    struct context_env env;
    struct arena *arena;
    struct span base;
    const json_t *outermost; /* the document */
    struct span without;     /* its member that is left out; no pointer: none */
    uint32_t nodes;
    unsigned depth;
    bool lenient;
};

/* Where an element stands: the context in force, and the property that led to it (no pointer: none). */
struct expand_run_at {
    const struct context *context;
    struct span property;
    const struct context_term *term; /* the property's definition in `context`, or NULL */
    bool from_map;
};

/* What an element became. Null is no item and no array. */
struct expand_run_result {
    struct tree_items items;
    bool is_array;
};

/* An object under way. */
struct expand_run_object {
    struct expand_run *run;
    struct expand_run_at at;            /* its own active property, and the context inside it */
    const struct context *type_context; /* before its types brought theirs */
    struct tree_object *result;
    bool json; /* its type is @json */
};

/* A name of a member and what it stands for. */
struct expand_run_member {
    struct span name, iri; /* no pointer: nothing */
    enum keyword keyword;
    const struct context_term *term;
    const json_t *value;
};

/* Expand any value (section 5.1.2). */
MUST_USE enum err expand_run_element(struct expand_run *run, const struct expand_run_at *at,
                                     const json_t *element, struct expand_run_result *out);

/* Expand an object, all but its last steps (7 to 14). */
MUST_USE enum err expand_run_object(struct expand_run *run, const struct expand_run_at *at,
                                    const json_t *element, struct tree_object **out);

/* Steps 13.4: a member that is a keyword. */
MUST_USE enum err expand_run_keyword(struct expand_run_object *object,
                                     const struct expand_run_member *member);

/* Steps 13.5 to 13.14: a member that is a property. */
MUST_USE enum err expand_run_property(struct expand_run_object *object,
                                      const struct expand_run_member *member);

/* Steps 13.7 and 13.8: the values of a language map, or of a map by index, id, type. */
MUST_USE enum err expand_run_languages(struct expand_run_object *object,
                                       const struct expand_run_member *member, struct expand_run_result *out);
MUST_USE enum err expand_run_indexed(struct expand_run_object *object, const struct expand_run_member *member,
                                     struct expand_run_result *out);

/* A scalar under a property (section 5.3, Value Expansion). */
MUST_USE enum err expand_run_scalar(struct expand_run *run, const struct context *context,
                                    const struct context_term *term, const json_t *scalar,
                                    struct tree_object **out);

/* The same for text that is no JSON value. */
MUST_USE enum err expand_run_text(struct expand_run *run, const struct context *context,
                                  const struct context_term *term, struct span text, const json_t *scalar,
                                  struct tree_object **out);

/* Put values under a property, or a reversed one: no plain value may stand there. */
MUST_USE enum err expand_run_reversed(struct expand_run_object *object, struct span iri,
                                      struct tree_items items);

/* A new object. ERR_EXPAND_NODES, ERR_NO_ROOM. */
MUST_USE enum err expand_run_new(struct expand_run *run, struct tree_object **out);

/* An object around items, under @list or @graph. ERR_EXPAND_NODES, ERR_NO_ROOM. */
MUST_USE enum err expand_run_wrap(struct expand_run *run, enum keyword keyword, struct tree_items items,
                                  struct tree_object **out);

/* What is dropped: fine where lenient, else the error. */
static inline enum err expand_run_drop(const struct expand_run *run, enum err err) {
    return run->lenient ? ERR_OK : err;
}

/* Text of a language tag, its ASCII capitals made small. ERR_NO_ROOM. */
MUST_USE enum err expand_run_small(struct expand_run *run, struct span tag, struct span *out);

#endif
