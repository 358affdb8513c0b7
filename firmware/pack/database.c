/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/database.h"

#include <stdlib.h>
#include <string.h>

#include "pack/schema.h"

/* Bytes hashed at once. */
#define HASH_PIECE_BYTES 65536

/* Where the header of an SQLite file says how it is journalled; 1 and 1: by rollback journal, never WAL. */
#define HEADER_WRITE_VERSION 18
#define HEADER_BYTES         100

static const struct {
    int setting, value;
} settings[] = {
    {SQLITE_DBCONFIG_DEFENSIVE, 1},
    {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
    {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
    {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
    {SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0},
    {SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0},
    {SQLITE_DBCONFIG_DQS_DML, 0},
    {SQLITE_DBCONFIG_DQS_DDL, 0},
    {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
};

static const struct {
    int limit, value;
} limits[] = {
    {SQLITE_LIMIT_LENGTH, 16 * 1024 * 1024},
    {SQLITE_LIMIT_SQL_LENGTH, 4096},
    {SQLITE_LIMIT_COLUMN, 32},
    {SQLITE_LIMIT_EXPR_DEPTH, 16},
    {SQLITE_LIMIT_ATTACHED, 0},
    {SQLITE_LIMIT_TRIGGER_DEPTH, 1},
    {SQLITE_LIMIT_WORKER_THREADS, 0},
    {SQLITE_LIMIT_COMPOUND_SELECT, 2},
};

static enum err harden(sqlite3 *database) {
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
        int now = -1;
        if (sqlite3_db_config(database, settings[i].setting, settings[i].value, &now) != SQLITE_OK ||
            now != settings[i].value) {
            return ERR_PACK_DAMAGED;
        }
    }
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        (void)sqlite3_limit(database, limits[i].limit, limits[i].value);
    }
    return ERR_OK;
}

enum err database_open(const char *vfs, sqlite3 **out) {
    sqlite3 *database = NULL;
    int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE;
    uint8_t random[4];
    /* SQLite opens /dev/urandom for its first random number: now, not behind a sandbox. */
    sqlite3_randomness(sizeof random, random);
    enum err err = sqlite3_open_v2("file:/pack?mode=ro&immutable=1", &database, flags, vfs) == SQLITE_OK
                       ? harden(database)
                       : ERR_PACK_DAMAGED;
    if (err != ERR_OK) {
        sqlite3_close_v2(database);
        return err;
    }
    *out = database;
    return ERR_OK;
}

static enum err hash_pieces(sqlite3_file *file, uint64_t bytes, uint8_t *piece, struct crypto_hash *hash) {
    for (uint64_t at = 0; at < bytes; at += HASH_PIECE_BYTES) {
        int amount = bytes - at < HASH_PIECE_BYTES ? (int)(bytes - at) : HASH_PIECE_BYTES;
        int result = file->pMethods->xRead(file, piece, amount, (sqlite3_int64)at);
        if (result != SQLITE_OK) {
            return result == SQLITE_IOERR_SHORT_READ ? ERR_PACK_SIZE : ERR_PACK_READ;
        }
        TRY(crypto_hash_add(hash, span_of_bytes(piece, (size_t)amount)));
    }
    return ERR_OK;
}

static enum err hash_file(sqlite3_file *file, uint64_t bytes, uint8_t out[CRYPTO_SHA256_BYTES]) {
    struct crypto_hash *hash = NULL;
    uint8_t *piece = malloc(HASH_PIECE_BYTES);
    if (piece == NULL) {
        return ERR_NO_MEMORY;
    }
    enum err err = crypto_hash_start(&hash);
    if (err == ERR_OK) {
        err = hash_pieces(file, bytes, piece, hash);
    }
    free(piece);
    if (err != ERR_OK) {
        crypto_hash_close(hash);
        return err;
    }
    return crypto_hash_finish(hash, out);
}

enum err database_hash(sqlite3 *database, uint64_t bytes, uint8_t out[CRYPTO_SHA256_BYTES]) {
    sqlite3_file *file = NULL;
    sqlite3_int64 size = 0;
    if (sqlite3_file_control(database, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK ||
        file == NULL || file->pMethods == NULL || file->pMethods->xFileSize(file, &size) != SQLITE_OK) {
        return ERR_PACK_READ;
    }
    if (size < 0 || (uint64_t)size != bytes) {
        return ERR_PACK_SIZE;
    }
    return hash_file(file, bytes, out);
}

enum err database_prepare(sqlite3 *database, const char *sql, sqlite3_stmt **out) {
    return sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT | SQLITE_PREPARE_NO_VTAB, out,
                              NULL) == SQLITE_OK
               ? ERR_OK
               : ERR_PACK_DAMAGED;
}

/* Does the query's first row hold this text? */
static enum err expect(sqlite3 *database, const char *sql, const char *text, enum err otherwise) {
    sqlite3_stmt *statement = NULL;
    TRY(database_prepare(database, sql, &statement));
    enum err err = ERR_PACK_DAMAGED;
    if (sqlite3_step(statement) == SQLITE_ROW) {
        const char *got = (const char *)sqlite3_column_text(statement, 0);
        err = got != NULL && strcmp(got, text) == 0 ? ERR_OK : otherwise;
    }
    sqlite3_finalize(statement);
    return err;
}

static enum err check_journal(sqlite3 *database) {
    sqlite3_file *file = NULL;
    uint8_t header[HEADER_BYTES];
    if (sqlite3_file_control(database, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK ||
        file == NULL || file->pMethods == NULL ||
        file->pMethods->xRead(file, header, sizeof header, 0) != SQLITE_OK) {
        return ERR_PACK_DAMAGED;
    }
    bool rollback = header[HEADER_WRITE_VERSION] == 1 && header[HEADER_WRITE_VERSION + 1] == 1;
    return rollback ? ERR_OK : ERR_PACK_SCHEMA;
}

/* To the byte: what stands behind a NUL counts too. */
static bool same(sqlite3_stmt *row, int column, const char *expected) {
    const void *text = sqlite3_column_text(row, column);
    size_t len = (size_t)sqlite3_column_bytes(row, column);
    return text != NULL && span_equal_text(span_of_bytes(text, len), expected);
}

static enum err compare_schema(sqlite3_stmt *rows) {
    size_t count = 0;
    int step = sqlite3_step(rows);
    for (; step == SQLITE_ROW; step = sqlite3_step(rows), count++) {
        if (count == schema_object_count) {
            return ERR_PACK_SCHEMA;
        }
        const struct schema_object *object = &schema_objects[count];
        if (!same(rows, 0, object->type) || !same(rows, 1, object->name) || !same(rows, 2, object->table) ||
            !same(rows, 3, object->sql)) {
            return ERR_PACK_SCHEMA;
        }
    }
    if (step != SQLITE_DONE) {
        return ERR_PACK_DAMAGED;
    }
    return count == schema_object_count ? ERR_OK : ERR_PACK_SCHEMA;
}

enum err database_check_schema(sqlite3 *database) {
    static const char pragmas[] = "PRAGMA cell_size_check = ON; PRAGMA query_only = ON; PRAGMA mmap_size = 0;"
                                  "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -2048;";
    TRY(check_journal(database));
    if (sqlite3_exec(database, pragmas, NULL, NULL, NULL) != SQLITE_OK) {
        return ERR_PACK_DAMAGED;
    }
    char id[16];
    sqlite3_snprintf((int)sizeof id, id, "%d", SCHEMA_APPLICATION_ID);
    TRY(expect(database, "PRAGMA cell_size_check", "1", ERR_PACK_DAMAGED));
    TRY(expect(database, "PRAGMA application_id", id, ERR_PACK_SCHEMA));
    TRY(expect(database, "PRAGMA encoding", "UTF-8", ERR_PACK_SCHEMA));
    sqlite3_stmt *rows = NULL;
    TRY(database_prepare(database, "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY rowid",
                         &rows));
    enum err err = compare_schema(rows);
    sqlite3_finalize(rows);
    return err;
}

enum err database_check_pages(sqlite3 *database) {
    return expect(database, "PRAGMA quick_check(1)", "ok", ERR_PACK_DAMAGED);
}

static int too_many_steps(void *ctx) {
    (void)ctx;
    return 1;
}

void database_bound_steps(sqlite3 *database) {
    sqlite3_progress_handler(database, DATABASE_STEPS_MAX, too_many_steps, NULL);
}
