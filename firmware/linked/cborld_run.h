/* cborld_run: what reading or writing one CBOR-LD document goes by: its terms, contexts and tables. Private to cborld. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINKED_CBORLD_RUN_H
#define LINKED_CBORLD_RUN_H

#include "codec/cborjson.h"
#include "linked/cborld.h"

struct cborld_node;

/* What a context says of a name. */
struct cborld_def {
    struct span name;
    uint64_t hash;
    const json_t *raw; /* text or an object; NULL: the name means nothing */
    const struct cborld_node *resolved_on;
    struct span id, type; /* addresses, resolved there; without a pointer: none */
};

/* What one context defines, with what it imports. */
struct cborld_layer {
    const json_t *context;
    const struct cborld_layer *next; /* another one of this document */
    struct cborld_def *defs;
    uint16_t *slots;
    uint32_t count, slot_count;
    bool is_protected;
    bool says_propagate, propagate;
};

/*
 * The names that mean something at one place, as a chain. A link is a layer on top of what is below; or, without a
 * layer, what is left of `reverted` when all that does not propagate has gone.
 */
struct cborld_node {
    const struct cborld_layer *layer;
    const struct cborld_node *below;
    const struct cborld_active *reverted;
    bool propagate;
    bool any_transient; /* something in the chain does not propagate */
    bool any_protected;
    unsigned depth;
};

/* The names in force, and those that were before them. */
struct cborld_active {
    const struct cborld_node *top;
    const struct cborld_active *previous;
};

/* How a context is met. */
enum cborld_scope { CBORLD_EMBEDDED, CBORLD_BY_TYPE, CBORLD_BY_PROPERTY };

/* What came of a context on top of others, kept for the next time: every item of a list has one type. */
struct cborld_memo {
    const struct cborld_node *on, *result;
    const json_t *context;
    enum cborld_scope scope;
};
#define CBORLD_MEMOS 64u

/* A name that has a number. */
struct cborld_name {
    struct span text;
    uint64_t hash;
};

/* Open it zeroed but for what is above the line; then cborld_terms_open. */
struct cborld_run {
    const struct context_library *library;
    struct arena *arena;
    const struct cborld_entry *entry; /* its tables; NULL: none */
    const struct cborld_word *app_words;
    size_t app_count;
    bool legacy; /* CBORLD_SINGLETON */
    bool strict; /* each term must mean an address: what is written must be readable for others */
    /* ---- */
    struct cborjson_count count;
    struct span document; /* what is read, and where all that nests in it ends (cbor_survey) */
    uint32_t *ends;
    struct cborld_name *names; /* the number of names[i] is CBORLD_FIRST_TERM + 2 * i */
    uint32_t name_count, name_cap;
    uint16_t *slots; /* four for each name that there is room for: a quarter full at most */
    const struct cborld_layer *layers;
    uint32_t work;
    struct cborld_memo memos[CBORLD_MEMOS];
};

/* Keywords have the even numbers below. */
#define CBORLD_FIRST_TERM  100u
#define CBORLD_CONTEXT     0u
#define CBORLD_CONTEXT_SET 1u

/* Room for the names. ERR_NO_ROOM. */
MUST_USE enum err cborld_terms_open(struct cborld_run *run);

/* The name is a keyword of JSON-LD, which no context defines. */
bool cborld_terms_keyword(struct span name);

/* The number of a name for one value; false: none. */
bool cborld_terms_number(const struct cborld_run *run, struct span name, uint64_t *out);

/* The name of an even number; false: none. */
bool cborld_terms_name(const struct cborld_run *run, uint64_t number, struct span *out);

/* Give the name a number if it has none; `hash` is its hash_text. ERR_CONTEXT_TERMS, ERR_LINKED_COLLISIONS,
 * ERR_NO_ROOM. */
MUST_USE enum err cborld_terms_add(struct cborld_run *run, struct span name, uint64_t hash);

/*
 * The layer of a context, made once; its names are numbered.
 *
 * context  an address or an object; borrowed as long as the run
 *
 * ERR_CBORLD_CONTEXT  neither
 * ERR_CONTEXT_UNKNOWN, ERR_CONTEXT_REMOTE, ERR_CONTEXT_OVERFLOW, ERR_CONTEXT_WORK, ERR_CBORLD_DEFINITION,
 * ERR_CONTEXT_TERMS, ERR_LINKED_COLLISIONS, ERR_NO_ROOM
 */
MUST_USE enum err cborld_layer_of(struct cborld_run *run, const json_t *context,
                                  const struct cborld_layer **out);

/* A name's definition in one layer, hidden ones too; NULL: it says nothing of it. */
struct cborld_def *cborld_layer_find(const struct cborld_layer *layer, uint64_t hash, struct span name);

/* A definition and the link that it stands in. All zero: the name means nothing. */
struct cborld_found {
    struct cborld_def *def;
    const struct cborld_node *node;
};

/* What a name means. ERR_CONTEXT_WORK. */
MUST_USE enum err cborld_active_find(struct cborld_run *run, const struct cborld_node *top, struct span name,
                                     struct cborld_found *out);

/* Resolve what a definition's id and type mean, where they are compact. Errors of cborld_active_find,
 * ERR_CBORLD_DEFINITION, ERR_NO_ROOM. */
MUST_USE enum err cborld_active_resolve(struct cborld_run *run, struct cborld_found found);

/*
 * Put contexts on top.
 *
 * contexts  NULL: nothing; an address, an object, or an array of these; null only inside a definition
 *
 * ERR_CONTEXT_PROTECTED, ERR_CONTEXT_DEPTH, and the errors of cborld_layer_of
 */
MUST_USE enum err cborld_active_apply(struct cborld_run *run, const json_t *contexts, enum cborld_scope scope,
                                      const struct cborld_node **top);

/* What is in force inside a property: without what does not propagate, with the context in its definition. */
MUST_USE enum err cborld_active_enter(struct cborld_run *run, const struct cborld_active *active,
                                      struct cborld_found property, struct cborld_active *out);

/* The names of types in an object, each once, sorted; the texts are borrowed. */
struct cborld_types {
    struct span *texts;
    size_t count;
};

/* Put the contexts inside the definitions of types on top. Sorts `types`. */
MUST_USE enum err cborld_active_typed(struct cborld_run *run, struct cborld_types types,
                                      const struct cborld_node **top);

/* How values of a term are made smaller. */
enum cborld_codec { CBORLD_PLAIN, CBORLD_URL, CBORLD_MULTIBASE, CBORLD_DATE, CBORLD_DATE_TIME, CBORLD_TYPED };
struct cborld_kind {
    enum cborld_codec codec;
    struct span type;
    const struct cborld_type *table; /* words of an entry; NULL: none */
    bool by_bytes;                   /* a word's number stands in a string of bytes */
};

/* The kind of a term's values; `found` may be all zero. Errors of cborld_active_resolve. */
MUST_USE enum err cborld_kind_of(struct cborld_run *run, struct span term, struct cborld_found found,
                                 struct cborld_kind *out);

/* The kind of types and addresses. */
struct cborld_kind cborld_kind_url(const struct cborld_run *run);

/* The term holds types: @type or another name for it. Errors of cborld_active_resolve. */
MUST_USE enum err cborld_kind_is_type(struct cborld_run *run, struct span term, struct cborld_found found,
                                      bool *out);

/* Words of a kind, in the entry and in what was built in. */
bool cborld_kind_has_words(const struct cborld_run *run, const struct cborld_kind *kind);
bool cborld_kind_number(const struct cborld_run *run, const struct cborld_kind *kind, struct span text,
                        uint64_t *out);
bool cborld_kind_text(const struct cborld_run *run, const struct cborld_kind *kind, uint64_t number,
                      struct span *out);

/* The kind of addresses of contexts. */
struct cborld_kind cborld_kind_context(const struct cborld_run *run);

/*
 * Turn an item into the text or number that its type's table or codec stands for; what is not made smaller stays as
 * it is.
 *
 * rest  behind the item's head; moved where the item was an array that is one value
 *
 * ERR_CBORLD_VALUE, ERR_CBORLD_TERM, ERR_NO_ROOM, and the errors of cbor_next
 */
MUST_USE enum err cborld_value_read(struct cborld_run *run, const struct cborld_kind *kind, struct span *rest,
                                    struct cbor_item *item);

/* Append a value that is no array and no object, as small as its type allows. ERR_CBORLD_VALUE, ERR_CBOR_NUMBER,
 * ERR_NO_ROOM. */
MUST_USE enum err cborld_value_write(struct cborld_run *run, const struct cborld_kind *kind,
                                     const json_t *value, struct room *out);

/*
 * Addresses as arrays of a number for how they begin, and the rest.
 *
 * read   rest: the array's elements, `count` of them. ERR_CBORLD_VALUE and the errors of cbor_next
 * write  *done: whether the address could be written so without loss
 */
MUST_USE enum err cborld_url_read(struct cborld_run *run, struct span *rest, uint64_t count,
                                  struct span *out);
MUST_USE enum err cborld_url_write(struct cborld_run *run, struct span url, struct room *out, bool *done);

/* Multibase text as its bytes, dates as seconds; as above. */
MUST_USE enum err cborld_multibase_read(struct cborld_run *run, struct span bytes, struct span *out);
MUST_USE enum err cborld_multibase_write(struct cborld_run *run, struct span text, struct room *out,
                                         bool *done);
MUST_USE enum err cborld_date_read(struct cborld_run *run, enum cborld_codec codec,
                                   const struct cbor_item *seconds, const struct cbor_item *millis,
                                   struct span *out);
MUST_USE enum err cborld_date_write(enum cborld_codec codec, struct span text, struct room *out, bool *done);

/* A document's head. `rest` is moved to the document itself. ERR_CBORLD_HEADER and the errors of cbor_next. */
MUST_USE enum err cborld_header_read(struct span *rest, struct cborld_form *out);

/* Append a head. ERR_CBORLD_HEADER, ERR_NO_ROOM. */
MUST_USE enum err cborld_header_write(struct cborld_form form, struct room *out);

/* Count the work of writing bytes in base58, which grows with their square. */
void cborld_run_base58(struct cborld_run *run, size_t bytes);

/* Take what was done from the scan's budget, and give on how it ended. ERR_BUDGET. */
MUST_USE enum err cborld_run_spend(const struct cborld_run *run, enum err err);

/* Set the run's tables to those of a form. ERR_CBORLD_ENTRY. */
MUST_USE enum err cborld_run_tables(struct cborld_run *run, struct cborld_form form,
                                    const struct cborld_registry *registry);

#endif
