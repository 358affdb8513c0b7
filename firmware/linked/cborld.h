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

/* The entries that are known here: 100, the barcodes of W3C vc-barcodes. Static. */
const struct cborld_registry *cborld_registered(void);

/*
 * Read CBOR-LD, compressed or not, to the JSON-LD document that was written.
 *
 * bytes     hostile; borrowed for the call
 * registry  what is known beside entries 0 and 1; NULL: cborld_registered()
 * library   the contexts that may be used, and no others; not asked where nothing is compressed
 * arena     takes what the work needs; nothing of it is used after
 * out       an object or array, within LIMIT_JSON_VALUES and LIMIT_JSON_DEPTH; the caller's reference
 *
 * ERR_CBORLD_HEADER      the bytes do not begin as one of the three headers
 * ERR_CBORLD_ENTRY       the entry is not in the registry
 * ERR_CBORLD_TAG         a tag inside the document
 * ERR_CBORLD_DOCUMENT    the document, or what is in the place of a part of it, is no map
 * ERR_CBORLD_KEY         a key that is neither a number nor text
 * ERR_CBORLD_TERM        a number that stands for no term
 * ERR_CBORLD_TWICE       a member stands twice, by its number, as one and as many, or by its name
 * ERR_CBORLD_MANY        what its key calls many is no array
 * ERR_CBORLD_CONTEXT     a context is neither text, a map nor a number of the table
 * ERR_CBORLD_VALUE       a value that its type cannot have, or whose number stands for none
 * ERR_CBORLD_NUMBER      a number that JSON does not hold
 * ERR_CBORLD_DEFINITION  a context defines a term in a way that gives it no meaning of its own
 * ERR_CBORLD_WORK        contexts are changed more often than LIMIT_CONTEXT_WORK allows
 * ERR_CONTEXT_UNKNOWN, ERR_CONTEXT_REMOTE, ERR_CONTEXT_PROTECTED, ERR_CONTEXT_OVERFLOW
 * ERR_CBOR_*, ERR_JSON_DEPTH, ERR_JSON_TOO_MANY, ERR_NO_ROOM, ERR_NO_MEMORY
 */
MUST_USE enum err cborld_decode(struct span bytes, const struct cborld_registry *registry,
                                const struct context_library *library, struct arena *arena, json_t **out);

/*
 * Write a document as CBOR-LD, and append it to out. What cannot be made smaller without loss stays as it is.
 *
 * document  an object, or an array of objects; borrowed
 * form      the header, and by which entry it is compressed
 * registry, library, arena  as above
 *
 * ERR_CBORLD_HEADER    no header, or one that does not go with the entry
 * ERR_CBORLD_DOCUMENT  the document, or a part that is compressed, is no object
 * ERR_CBORLD_VALUE     an address, or a date, that is no text
 * and of the above ERR_CBORLD_ENTRY, ERR_CBORLD_CONTEXT, ERR_CBORLD_NUMBER, ERR_CBORLD_DEFINITION, ERR_CBORLD_WORK,
 * ERR_CONTEXT_*, ERR_JSON_DEPTH, ERR_JSON_TOO_MANY, ERR_NO_ROOM
 */
MUST_USE enum err cborld_encode(const json_t *document, struct cborld_form form,
                                const struct cborld_registry *registry, const struct context_library *library,
                                struct arena *arena, struct room *out);

#endif
