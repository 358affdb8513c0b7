/* context_unit: a context compiled once, to be put on top of many active contexts. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINKED_CONTEXT_UNIT_H
#define LINKED_CONTEXT_UNIT_H

#include "linked/context.h"

/* Names of the contexts below that a compiled one may depend on; a published one has at most three. Names with a
 * colon are not noted: a context below that defines such a term has nothing compiled put on it. */
#define CONTEXT_UNIT_NEEDS 24u

/* What a name meant in the contexts below when the unit was compiled; NULL: nothing. */
struct context_unit_need {
    struct span name;
    const struct context_term *term;
};

/* A compiled context. It holds wherever the contexts below mean by its needs what they meant then. */
struct context_unit {
    const json_t *json;
    const struct context_layer *layer;
    struct span vocab, language, vocab_below;
    struct context_unit_need *needs;
    uint32_t need_count;
    enum context_direction direction;
    bool sets_vocab, sets_language, sets_direction, needs_vocab;
    bool unusable; /* depends on more than is noted here */
};

/*
 * Compile a context, and the contexts inside its terms.
 *
 * env       its arena keeps the result: the cache's, not a scan's
 * below     what it stands on: NULL for a document's own context
 * json      a context; borrowed as long as the unit
 * base_url  the document's address
 * out       NULL where it has to be processed each time: an array, an address, or one that depends on its place
 *
 * Errors as context_process: the context is wrong
 */
MUST_USE enum err context_unit_compile(struct context_env *env, const struct context *below,
                                       const json_t *json, struct span base_url,
                                       const struct context_unit **out);

/* Note that the layers below were asked for a name. */
void context_unit_note(struct context_unit *unit, struct span name, const struct context_term *term);

/* Put a unit on top of a context; *fits says whether it may stand there, and nothing is done where it may not.
 * ERR_CONTEXT_DEPTH, ERR_CONTEXT_WORK, ERR_NO_ROOM. */
MUST_USE enum err context_unit_apply(struct context_env *env, const struct context_unit *unit, bool override,
                                     struct context *context, bool *fits);

/* The name has a colon behind its first character: an address, or a compact one. */
bool context_unit_has_colon(struct span name);

/* Two definitions say the same, protected or not. */
bool context_unit_same(const struct context_term *a, const struct context_term *b);

#endif
