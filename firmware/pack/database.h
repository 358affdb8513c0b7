/* database: a pack's SQLite file, opened so that neither its contents nor what lies beside it can do more
 * than answer lookups. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PACK_DATABASE_H
#define PACK_DATABASE_H

#include <sqlite3.h>

#include "base/err.h"
#include "crypto/crypto.h"

/* The sign of a lookup gone astray: no search over an honest tree takes so many steps of SQLite's machine. */
#define DATABASE_STEPS_MAX 100000

/*
 * Open a database of a file system that holds nothing else: read-only, immutable, defensive. Nothing is read
 * of it yet.
 *
 * vfs  name of the file system (descriptor_vfs)
 * out  sqlite3_close_v2 it
 *
 * ERR_PACK_DAMAGED  SQLite refuses, or one of the precautions cannot be taken
 */
MUST_USE enum err database_open(const char *vfs, sqlite3 **out);

/*
 * SHA-256 of the database, read by the handle through which SQLite will read it; before the first query.
 *
 * bytes  how long it must be
 *
 * ERR_PACK_SIZE  it is shorter or longer
 * ERR_PACK_READ, ERR_CRYPTO_FAILED
 */
MUST_USE enum err database_hash(sqlite3 *database, uint64_t bytes, uint8_t out[CRYPTO_SHA256_BYTES]);

/*
 * The rest of the precautions, and the comparison of the schema's text with the one expected.
 *
 * ERR_PACK_SCHEMA   other tables, views, triggers, another text, encoding, application id or journal
 * ERR_PACK_DAMAGED  SQLite cannot read it
 */
MUST_USE enum err database_check_schema(sqlite3 *database);

/* SQLite's quick_check of every page. ERR_PACK_DAMAGED. */
MUST_USE enum err database_check_pages(sqlite3 *database);

/* Let no later query take more than DATABASE_STEPS_MAX steps. */
void database_bound_steps(sqlite3 *database);

/* Prepare a query that is kept. ERR_PACK_DAMAGED. */
MUST_USE enum err database_prepare(sqlite3 *database, const char *sql, sqlite3_stmt **out);

#endif
