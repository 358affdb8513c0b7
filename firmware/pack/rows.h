/* rows: binding names to prepared queries and reading typed columns, for the files of this folder alone. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PACK_ROWS_H
#define PACK_ROWS_H

#include "base/arena.h"
#include "pack/opened.h"

/* What a key's row begins with, in the order that rows_key reads. */
#define ROWS_KEY_COLUMNS                                                                                     \
    "algorithm, public, valid_from, valid_until, withdrawn_at, for_status, unsigned, types, achievements"
#define ROWS_KEY_COUNT 9
/* The same for a status list. */
#define ROWS_STATUS_COLUMNS "id, kind, issuer, unsigned, body, entries, bits, as_of, expires"
#define ROWS_STATUS_COUNT   9

/* A query made ready for another lookup. */
sqlite3_stmt *rows_fresh(struct pack *pack, enum opened_query query);

/* Make all queries ready: nothing of the caller's stays bound, and no page stays held. */
void rows_rest(struct pack *pack);

/* Bind borrowed text, cut behind LIMIT_NAME_BYTES + 1: no list holds so long a name. ERR_PACK_DAMAGED. */
MUST_USE enum err rows_bind_text(sqlite3_stmt *statement, int place, struct span text);

/* Bind borrowed bytes, or a number. ERR_PACK_DAMAGED. */
MUST_USE enum err rows_bind_bytes(sqlite3_stmt *statement, int place, struct span bytes);
MUST_USE enum err rows_bind_number(sqlite3_stmt *statement, int place, int64_t number);

/* Step to the one row, or to none. ERR_PACK_DAMAGED. */
MUST_USE enum err rows_step(sqlite3_stmt *statement, bool *found);

/* A column that must hold what `type` (SQLITE_TEXT, SQLITE_BLOB) says; borrowed until the query is made
 * fresh. ERR_PACK_DAMAGED. */
MUST_USE enum err rows_span(sqlite3_stmt *row, int column, int type, struct span *out);

/* A text column, copied into the arena. ERR_PACK_DAMAGED, ERR_NO_ROOM. */
MUST_USE enum err rows_copy(sqlite3_stmt *row, int column, struct arena *arena, struct span *out);

/* An integer column. ERR_PACK_DAMAGED. */
MUST_USE enum err rows_number(sqlite3_stmt *row, int column, int64_t *out);

/* A key from ROWS_KEY_COLUMNS, a status list (without its purpose) from ROWS_STATUS_COLUMNS.
 * ERR_PACK_DAMAGED, ERR_NO_ROOM. */
MUST_USE enum err rows_key(sqlite3_stmt *row, struct arena *arena, struct pack_key *out);
MUST_USE enum err rows_status(sqlite3_stmt *row, struct arena *arena, struct pack_status *out);

#endif
