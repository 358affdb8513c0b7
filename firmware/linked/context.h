/* context: what the names in a document mean: active contexts of JSON-LD 1.1, as chains of tables that never change. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINKED_CONTEXT_H
#define LINKED_CONTEXT_H

#include <jansson.h>

#include "base/arena.h"
#include "base/budget.h"
#include "base/err.h"
#include "base/span.h"
#include "linked/keyword.h"

/* Containers of a term; a term may have several. */
#define CONTEXT_LIST     0x01u
#define CONTEXT_SET      0x02u
#define CONTEXT_INDEX    0x04u
#define CONTEXT_LANGUAGE 0x08u
#define CONTEXT_ID       0x10u
#define CONTEXT_TYPE     0x20u
#define CONTEXT_GRAPH    0x40u

/* A base direction; UNSET is "nothing said", NONE is "said to have none". */
enum context_direction { CONTEXT_UNSET = 0, CONTEXT_NONE, CONTEXT_LTR, CONTEXT_RTL };

struct context_unit;

/*
 * A term definition (JSON-LD 1.1 API section 4.2). Spans without a pointer say "none"; an `iri` without one says
 * that the term means nothing on purpose. `absent` hides a definition further down the chain.
 */
struct context_term {
    struct span name, iri, type, language, index, nest, scope_base;
    uint64_t hash;
    const json_t *scope;             /* a context that holds where the term is used */
    const struct context_unit *unit; /* the same, compiled; NULL where it was not */
    enum keyword keyword;            /* what the term is another name for */
    enum keyword type_keyword;       /* @id, @vocab, @json, @none; else `type` is an IRI or none */
    enum context_direction direction;
    uint8_t container;
    bool has_language, prefix, is_protected, reverse, absent, pending;
};

/* The terms that one context defines. */
struct context_layer {
    struct context_term *terms;
    uint32_t *slots;
    uint32_t count, slot_count;
    bool any_protected;
    bool any_colon; /* a term whose name has a colon, "schema:name" */
};

/* A layer on top of others. */
struct context_link {
    const struct context_layer *layer;
    const struct context_link *below;
    unsigned depth;
};

/* An active context; all zero is the empty one. Nothing in it changes once it is given out. */
struct context {
    const struct context_link *top;
    struct span base, original_base, vocab, language;
    const struct context *previous; /* what holds again in the next object */
    enum context_direction direction;
    bool any_protected, any_colon;
};

/*
 * A context document of the cache. `context` is what stands under its @context, borrowed, NULL where it has none;
 * `unit` the same compiled (context_unit.h), or NULL.
 */
struct context_document {
    struct span address;
    const json_t *context;
    const struct context_unit *unit;
};

/* Where contexts come from: the caller's cache, by address. `find` gives NULL for what it does not hold; what it
 * gives lives as long as the documents that are read with it. */
struct context_library {
    const struct context_document *(*find)(void *ctx, struct span address);
    void *ctx;
    struct budget *budget; /* of the scan that it is used for; NULL: nobody counts */
};

/* A result kept for the next time that the same context is met on top of the same others. */
struct context_memo {
    const struct context *on, *result;
    const void *what;
    bool override, no_propagate;
};
#define CONTEXT_MEMOS 64u

/* What reading one document shares: the memory, the cache, the work done. Open it zeroed but for these. */
struct context_env {
    struct arena *arena;
    const struct context_library *library;
    uint32_t work;
    struct context_memo memos[CONTEXT_MEMOS];
};

/* An address that led here, so that circles end. */
struct context_chain {
    const struct context_chain *up;
    struct span address;
    unsigned depth;
};

/* How a context is applied (JSON-LD 1.1 API section 4.1, the optional inputs); all zero is the usual way. */
struct context_how {
    const struct context_chain *chain;
    const struct context_unit *unit; /* `local` compiled, where it is */
    bool override;                   /* protected terms may be redefined: property-scoped contexts */
    bool no_propagate;               /* holds for one object alone: type-scoped contexts */
    bool no_validate;                /* inside a scoped context that is only being tried */
};

/* Count terms defined or compared. ERR_CONTEXT_WORK beyond LIMIT_CONTEXT_WORK in one document, ERR_BUDGET. */
MUST_USE enum err context_spend(struct context_env *env, size_t terms);

/* The definition of a name, or NULL. */
const struct context_term *context_find(const struct context *context, struct span name);

/* The keyword that a name is or stands for. */
enum keyword context_keyword(const struct context *context, struct span name);

/*
 * Apply a local context on top of an active one (Context Processing Algorithm).
 *
 * active    stays as it is; `out` refers to it
 * local     null, an address, an object, or an array of these; borrowed as long as `out`
 * base_url  what relative addresses in it refer to; may be empty
 * out       the new active context, in the arena
 *
 * ERR_CONTEXT_*, ERR_LINKED_COLLISIONS, ERR_BUDGET, ERR_NO_ROOM: as base/err.def words them
 */
MUST_USE enum err context_process(struct context_env *env, const struct context *active, const json_t *local,
                                  struct span base_url, const struct context_how *how,
                                  const struct context **out);

/* The context inside a term's definition, applied. Errors as above. */
MUST_USE enum err context_enter(struct context_env *env, const struct context *active,
                                const struct context_term *term, bool override, bool no_propagate,
                                const struct context **out);

/* What else a name may be taken for, beside a compact IRI (section 5.2, IRI Expansion). */
#define CONTEXT_VOCABULARY 1u /* a term, or relative to @vocab */
#define CONTEXT_DOCUMENT   2u /* relative to the base */

/*
 * Expand a name to an IRI, a blank node identifier or a keyword (section 5.2).
 *
 * out  no pointer where the name means nothing (null); else into the name, the context or the arena
 *
 * ERR_NO_ROOM
 */
MUST_USE enum err context_expand(struct context_env *env, const struct context *context, struct span name,
                                 unsigned as, struct span *out);

/* A scheme, a colon and no white space: what JSON-LD takes for an IRI. */
bool context_is_iri(struct span text);

#endif
