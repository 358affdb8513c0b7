/* shelf: the contexts that are at hand, by address, several versions of one address beside each other. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINKED_SHELF_H
#define LINKED_SHELF_H

#include <jansson.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/limits.h"
#include "crypto/crypto.h"
#include "linked/context.h"

/* One version of a context; `sha256` is the hash of the file as it was published. */
struct shelf_entry {
    struct context_document document;
    uint8_t sha256[CRYPTO_SHA256_BYTES];
    json_t *json;
};

/* Open it with its arena set; close it, and it is all zero again. */
struct shelf {
    struct arena *arena; /* keeps what is compiled; not a scan's */
    struct shelf_entry entries[LIMIT_SHELF_CONTEXTS];
    uint32_t count;
};

/*
 * Add a context, compiled: a table (termtable.h), or a JSON document with an @context under an address. The first
 * version added under an address is the first to be tried. The same version twice is kept once.
 *
 * text     borrowed for the call
 * address  copied
 *
 * ERR_CONTEXT_FULL   LIMIT_SHELF_CONTEXTS are there
 * ERR_CONTEXT_LARGE  more than LIMIT_CONTEXT_BYTES
 * ERR_CONTEXT_TABLE  not a table
 * ERR_CONTEXT_REMOTE  a JSON document without an @context
 * ERR_JSON_*, ERR_CRYPTO_FAILED, ERR_NO_ROOM, ERR_NO_MEMORY
 *
 * A context that is wrong, or right only on top of others, is kept too: that shows where it is used.
 */
MUST_USE enum err shelf_add_table(struct shelf *shelf, struct span text);
MUST_USE enum err shelf_add_json(struct shelf *shelf, struct span address, struct span text);

/* Release the documents; the compiled contexts in the arena must not be used after. */
void shelf_close(struct shelf *shelf);

/*
 * A reader's view of the shelf: which version of each address it sees. Set `shelf` and zero the rest: it sees the
 * first of each. As long as a proof fails, shelf_view_next goes on to the next choice.
 */
struct shelf_view {
    const struct shelf *shelf;
    uint8_t version[LIMIT_SHELF_CONTEXTS]; /* at the first entry of an address: the version it sees */
    bool asked[LIMIT_SHELF_CONTEXTS];      /* at the first entry of an address: it was looked for */
    uint32_t tries;
};

/* The view as a library; it lives as long as the view stays where it is. */
struct context_library shelf_view_library(struct shelf_view *view);

/* See the next choice of versions among the addresses that were asked for; false when all, or LIMIT_SHELF_TRIES,
 * were seen. */
bool shelf_view_next(struct shelf_view *view);

#endif
