/* cborld: JSON-LD in few bytes: names and values as the numbers that contexts and tables give them (CBOR-LD 1.0). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINKED_CBORLD_H
#define LINKED_CBORLD_H

#include <jansson.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/room.h"
#include "base/span.h"
#include "linked/context.h"

/* How the bytes begin. */
enum cborld_header {
    CBORLD_NONE = 0,
    CBORLD_1_0,      /* tag 0xCB1D around an array of registry entry and document */
    CBORLD_RANGE,    /* tags 0x0600 to 0x06FF: the entry is in the tag, an id above 127 goes on behind it */
    CBORLD_SINGLETON /* tag 0x0500 for entry 0, tag 0x0501 for entry 1 */
};

/* What the header says. Entry 0 is not compressed; entry 1 by contexts alone, in CBORLD_SINGLETON by the table of
 * that time too; others also by the tables that are registered for them. */
struct cborld_form {
    enum cborld_header header;
    uint64_t entry;
};

/* A value and the number that stands for it. */
struct cborld_word {
    const char *text;
    uint64_t number;
};

/* The words of one type: "context" (addresses of contexts), "url", "none" (values without a type), or the type's IRI. */
struct cborld_type {
    const char *type;
    const struct cborld_word *words;
    size_t count;
};

/* A registered entry. */
struct cborld_entry {
    uint64_t id;
    const struct cborld_type *types;
    size_t count;
};

/* What is registered beside entries 0 and 1, and the addresses that an application added to CBORLD_SINGLETON. */
struct cborld_registry {
    const struct cborld_entry *entries;
    size_t count;
    const struct cborld_word *app_words;
    size_t app_count;
};

/* What is known here: entry 100, the barcodes of W3C vc-barcodes, and their addresses as an application's. Static. */
const struct cborld_registry *cborld_registered(void);

/*
 * Read CBOR-LD, compressed or not, to the JSON-LD document that was written.
 *
 * bytes     hostile; borrowed for the call
 * registry  what is known beside entries 0 and 1; NULL: cborld_registered()
 * library   the contexts that may be used, and no others, and the scan's budget; not asked for contexts where none is
 *           named by an address; NULL: there are none
 * arena     takes what the work needs: four bytes for each that is read, and 30 kB for a badge; nothing of it is used after
 * out       an object or array, within LIMIT_JSON_VALUES and LIMIT_JSON_DEPTH; the caller's reference
 *
 * ERR_CBORLD_HEADER      the bytes do not begin as one of the three headers
 * ERR_CBORLD_ENTRY       the entry is not in the registry
 * ERR_CBORLD_DOCUMENT    no map, and no array of maps
 * ERR_CBORLD_KEY         a key that is neither a number nor text, or a context under its name in place of its number
 * ERR_CBORLD_TERM        a number that stands for no term
 * ERR_CBORLD_TWICE       a member stands twice: by its number, as one and as many, or by its name
 * ERR_CBORLD_MANY        what its key calls many is no array
 * ERR_CBORLD_CONTEXT     a context is neither text, a map nor a number of the table
 * ERR_CBORLD_VALUE       a value that its type cannot have, or whose number stands for none
 * ERR_CBORLD_DEFINITION  a context that terms cannot be numbered by: an array, or a term that is no text and no object
 * ERR_CONTEXT_UNKNOWN    a context that the library does not hold
 * ERR_CONTEXT_REMOTE     one that it holds without an @context
 * ERR_CONTEXT_PROTECTED  a protected term gets another meaning
 * ERR_CONTEXT_OVERFLOW   contexts import each other more than LIMIT_CONTEXT_CHAIN deep
 * ERR_CONTEXT_TERMS      contexts have more than LIMIT_CBORLD_TERMS names in all
 * ERR_CONTEXT_DEPTH      more than LIMIT_CBORLD_CONTEXTS contexts hold in one place
 * ERR_CONTEXT_WORK       more than LIMIT_CBORLD_WORK look-ups
 * ERR_CBOR_*             the bytes are no CBOR, or hold what JSON cannot (cbor_check, cborjson_read)
 * ERR_LINKED_COLLISIONS, ERR_BUDGET, ERR_JSON_TOO_MANY, ERR_NO_ROOM, ERR_NO_MEMORY
 */
MUST_USE enum err cborld_decode(struct span bytes, const struct cborld_registry *registry,
                                const struct context_library *library, struct arena *arena, json_t **out);

/*
 * Write a document as CBOR-LD, and append it to out. What cannot be made smaller without loss stays as it is, so that
 * cborld_decode gives the same document again.
 *
 * document  an object, or an array of objects; borrowed
 * form      the header, and by which entry it is compressed
 * registry, library, arena  as above
 *
 * ERR_CBORLD_HEADER      no header, or one that does not go with the entry
 * ERR_CBORLD_DOCUMENT    no object, and no array of objects
 * ERR_CBORLD_CONTEXT     a context that is neither text nor an object
 * ERR_CBORLD_VALUE       a value that would be read back as another one: an address, type or date that is no text, or an
 *                        array of arrays of them
 * ERR_CBORLD_DEFINITION  as above, or a term without a meaning of its own, which other programs refuse
 * ERR_CBOR_NUMBER        a whole number past 2^53
 * ERR_JSON_DEPTH         nested deeper than LIMIT_JSON_DEPTH
 * and of the above ERR_CBORLD_ENTRY, ERR_CONTEXT_*, ERR_LINKED_COLLISIONS, ERR_BUDGET, ERR_NO_ROOM
 */
MUST_USE enum err cborld_encode(const json_t *document, struct cborld_form form,
                                const struct cborld_registry *registry, const struct context_library *library,
                                struct arena *arena, struct room *out);

#endif
