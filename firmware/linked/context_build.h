/* context_build: one local context, an object, being made into a layer. Private to context. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINKED_CONTEXT_BUILD_H
#define LINKED_CONTEXT_BUILD_H

#include "linked/context.h"
#include "linked/context_unit.h"

/* The context under way. `result` is the active context that will be; its top layer is `layer`. */
struct context_build {
    struct context_env *env;
    struct context *result;
    struct context_layer *layer;
    const json_t *own, *imported; /* entries; those of its own go before */
    struct span base_url;
    const struct context_how *how;
    struct context_unit
        *recording; /* notes what the layers below were asked; NULL where nobody wants to know */
    bool protect;
};

/*
 * Make the layer of a context object and put it on `result`, with what it says of base, vocabulary, language
 * and direction (JSON-LD 1.1 API section 4.1, steps 5.5 to 5.13). Errors as context_process.
 */
MUST_USE enum err context_build_object(struct context_build *build, const json_t *object);

/* Define a term, unless it is (section 4.2, Create Term Definition). Errors as context_process. */
MUST_USE enum err context_build_term(struct context_build *build, struct span name);

/* For context_build_expand: the name is the term under definition, whose prefix need not be marked as one. */
#define CONTEXT_BUILD_SELF 4u

/* As context_expand, but terms of the context under way are defined first where they are needed. */
MUST_USE enum err context_build_expand(struct context_build *build, struct span name, unsigned as,
                                       struct span *out);

/* The entry of the context under way; NULL where it has none. */
const json_t *context_build_entry(const struct context_build *build, struct span name);

/* The document under an address. ERR_CONTEXT_UNKNOWN, ERR_CONTEXT_REMOTE. */
MUST_USE enum err context_build_load(struct context_env *env, struct span base_url, const json_t *address,
                                     const struct context_document **out);

#endif
