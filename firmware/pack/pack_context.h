/* pack_context: the JSON-LD contexts that a pack adds to those that ship with the kiosk. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PACK_PACK_CONTEXT_H
#define PACK_PACK_CONTEXT_H

#include "linked/shelf.h"
#include "linked/termtable.h"
#include "pack/pack.h"

/* One version of a context. The spans live for the visit. */
struct pack_context {
    struct span table; /* linked/termtable.h */
    struct termtable_head head;
};

/*
 * Visit each context of a pack, in the order of addresses and hashes; its table was read, and its head says what its
 * row says.
 *
 * ERR_PACK_CONTEXT   a row is no context, or is kept under another address or hash than its table's
 * ERR_PACK_CONTEXTS  more than LIMIT_PACK_CONTEXTS, or than LIMIT_PACK_CONTEXT_BYTES together
 * ERR_PACK_DAMAGED, ERR_NO_MEMORY; what `visit` gives: the first error ends it
 */
MUST_USE enum err pack_context_each(struct pack *pack,
                                    enum err (*visit)(void *ctx, const struct pack_context *context),
                                    void *ctx);

/*
 * Put them on a shelf, behind what stands there already: of one address those that ship are tried first.
 *
 * The same errors, and those of shelf_add_table
 */
MUST_USE enum err pack_context_shelve(struct pack *pack, struct shelf *shelf);

/*
 * Would they find room on every kiosk's shelf? Beside them stands what ships, which takes no more than half of it.
 *
 * The same errors
 */
MUST_USE enum err pack_context_check(struct pack *pack);

#endif
