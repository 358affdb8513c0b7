/* context_file: JSON-LD contexts as tables of terms: made of what was published, kept in a workspace, listed. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREDCTL_BUILD_CONTEXT_FILE_H
#define CREDCTL_BUILD_CONTEXT_FILE_H

#include <limits.h>

#include "base/room.h"
#include "credctl/build/lists.h"
#include "linked/shelf.h"

/* A published context. Spans are borrowed. */
struct context_file {
    struct span json;      /* a document with an @context */
    struct span published; /* the file whose hash the table names; often the same */
    struct span address;   /* where credentials say that it is */
    struct span source;    /* who published it */
};

/*
 * Make its table; out is appended to, LIMIT_CONTEXT_BYTES suffice for what is not refused.
 *
 * ERR_CONTEXT_REMOTE  the document has no @context
 * ERR_CONTEXT_TABLE   it holds what a table of terms cannot say; so does an empty or control character
 * ERR_CONTEXT_DEPTH, ERR_NO_ROOM, ERR_JSON_*, ERR_CRYPTO_FAILED, ERR_NO_MEMORY
 */
MUST_USE enum err context_file_table(const struct context_file *file, struct room *out);

/* Is this text a table already? */
bool context_file_is_table(struct span text);

/*
 * Is the context right? Alone, or where that is no use on top of the credentials' own, as credentials use it.
 *
 * shelf  what ships; the table is added
 *
 * ERR_CONTEXT_...  what is wrong with it alone
 * ERR_NO_ROOM      it is larger than what kiosks keep
 * ERR_NO_MEMORY
 */
MUST_USE enum err context_file_try(struct span table, struct shelf *shelf);

/*
 * Keep a table in a workspace: contexts/NAME.terms, beside other versions of its address.
 *
 * place  where it was put
 *
 * ERR_CONTEXT_TABLE, ERR_FILE_WRITE, ERR_NO_ROOM, ERR_CRYPTO_FAILED
 */
MUST_USE enum err context_file_keep(const char *folder, struct span table, char place[PATH_MAX]);

/*
 * Put all contexts of a workspace on a shelf, behind what stands there.
 *
 * trouble  the file that an error came from
 *
 * ERR_FILE_*, and those of shelf_add_table
 */
MUST_USE enum err context_file_shelve(const char *folder, struct shelf *shelf, char trouble[PATH_MAX]);

/*
 * List all contexts of a workspace, each checked as a kiosk checks it.
 *
 * count    how many there were
 * trouble  the file that an error came from
 *
 * ERR_PACK_CONTEXTS  more than LIMIT_PACK_CONTEXTS, or together more than kiosks keep
 * ERR_CONTEXT_TABLE, ERR_LISTS_TWICE, ERR_FILE_*, ERR_NO_MEMORY
 */
MUST_USE enum err context_file_list(const char *folder, struct lists *lists, uint64_t *count,
                                    char trouble[PATH_MAX]);

#endif
