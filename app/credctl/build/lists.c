/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/lists.h"

#include <sqlite3.h>
#include <stdlib.h>

#include "crypto/jwk.h"
#include "pack/schema.h"

enum insertion { META, ISSUER, IDENTIFIER, NAME, KEY, ANCHOR, STATUS, CHUNK, HASH, DOCUMENT, INSERTIONS };

static const char *const texts[INSERTIONS] = {
    [META] = "INSERT INTO meta VALUES(?, ?)",
    [ISSUER] = "INSERT INTO issuer VALUES(NULL, ?, ?, ?)",
    [IDENTIFIER] = "INSERT INTO issuer_identifier VALUES(?, ?)",
    [NAME] = "INSERT INTO issuer_name VALUES(?, ?, ?)",
    [KEY] = "INSERT INTO key VALUES(NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [ANCHOR] = "INSERT INTO anchor VALUES(?, ?, ?, ?, ?)",
    [STATUS] = "INSERT INTO status_list VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [CHUNK] = "INSERT INTO status_chunk VALUES(?, ?)",
    [HASH] = "INSERT INTO status_hash VALUES(?, ?, 1)",
    [DOCUMENT] = "INSERT INTO document VALUES(?, ?, ?)",
};

struct lists {
    sqlite3 *database;
    sqlite3_stmt *insertions[INSERTIONS];
    int64_t status_rows;
};

static enum err run(struct lists *lists, const char *sql) {
    return sqlite3_exec(lists->database, sql, NULL, NULL, NULL) == SQLITE_OK ? ERR_OK : ERR_FILE_WRITE;
}

static enum err make_tables(struct lists *lists) {
    char id[96];
    sqlite3_snprintf((int)sizeof id, id, "PRAGMA page_size = %d; PRAGMA application_id = %d",
                     SCHEMA_PAGE_BYTES, SCHEMA_APPLICATION_ID);
    TRY(run(lists, id));
    TRY(run(lists, "PRAGMA encoding = 'UTF-8'; PRAGMA journal_mode = OFF; PRAGMA "
                   "synchronous = OFF;"
                   "PRAGMA cache_size = -8192; PRAGMA temp_store = MEMORY; PRAGMA auto_vacuum = NONE"));
    TRY(run(lists, "BEGIN"));
    for (size_t i = 0; i < schema_object_count; i++) {
        TRY(run(lists, schema_objects[i].sql));
    }
    for (size_t i = 0; i < INSERTIONS; i++) {
        if (sqlite3_prepare_v2(lists->database, texts[i], -1, &lists->insertions[i], NULL) != SQLITE_OK) {
            return ERR_FILE_WRITE;
        }
    }
    return ERR_OK;
}

enum err lists_create(const char *path, struct lists **out) {
    struct lists *lists = calloc(1, sizeof *lists);
    if (lists == NULL) {
        return ERR_NO_MEMORY;
    }
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE;
    enum err err = sqlite3_open_v2(path, &lists->database, flags, NULL) == SQLITE_OK ? make_tables(lists)
                                                                                     : ERR_FILE_WRITE;
    if (err != ERR_OK) {
        lists_close(lists);
        return err;
    }
    *out = lists;
    return ERR_OK;
}

static void bind_text(sqlite3_stmt *row, int place, struct span text) {
    (void)sqlite3_bind_text(row, place, text.len == 0 ? "" : (const char *)text.ptr, (int)text.len,
                            SQLITE_STATIC);
}

static void bind_bytes(sqlite3_stmt *row, int place, struct span bytes) {
    (void)sqlite3_bind_blob(row, place, bytes.ptr, (int)bytes.len, SQLITE_STATIC);
}

/* Insert what is bound; a binding that failed leaves NULL, which the columns refuse. */
static enum err insert(struct lists *lists, enum insertion insertion) {
    sqlite3_stmt *row = lists->insertions[insertion];
    int result = sqlite3_step(row);
    (void)sqlite3_reset(row);
    (void)sqlite3_clear_bindings(row);
    if (result == SQLITE_CONSTRAINT) {
        return ERR_LISTS_TWICE;
    }
    return result == SQLITE_DONE ? ERR_OK : ERR_FILE_WRITE;
}

enum err lists_add_meta(struct lists *lists, struct span name, struct span value) {
    bind_text(lists->insertions[META], 1, name);
    bind_text(lists->insertions[META], 2, value);
    return insert(lists, META);
}

enum err lists_add_issuer(struct lists *lists, const struct lists_issuer *issuer, int64_t *row) {
    sqlite3_stmt *statement = lists->insertions[ISSUER];
    bind_text(statement, 1, issuer->territory);
    bind_text(statement, 2, issuer->source);
    (void)sqlite3_bind_int(statement, 3, issuer->unsigned_source);
    TRY(insert(lists, ISSUER));
    *row = sqlite3_last_insert_rowid(lists->database);
    return ERR_OK;
}

enum err lists_add_identifier(struct lists *lists, int64_t row, struct span identifier) {
    bind_text(lists->insertions[IDENTIFIER], 1, identifier);
    (void)sqlite3_bind_int64(lists->insertions[IDENTIFIER], 2, row);
    return insert(lists, IDENTIFIER);
}

enum err lists_add_name(struct lists *lists, int64_t row, struct span language, struct span name) {
    (void)sqlite3_bind_int64(lists->insertions[NAME], 1, row);
    bind_text(lists->insertions[NAME], 2, language);
    bind_text(lists->insertions[NAME], 3, name);
    return insert(lists, NAME);
}

enum err lists_add_key(struct lists *lists, int64_t row, const struct lists_key *key) {
    sqlite3_stmt *statement = lists->insertions[KEY];
    uint8_t thumbprint[CRYPTO_SHA256_BYTES];
    const char *algorithm = crypto_alg_name(key->alg);
    if (algorithm == NULL || crypto_alg_key_kind(key->alg) != key->key.kind) {
        return ERR_KEY_MISMATCH;
    }
    TRY(jwk_thumbprint(&key->key, thumbprint));
    (void)sqlite3_bind_int64(statement, 1, row);
    if (key->kid.len != 0) {
        bind_text(statement, 2, key->kid);
    }
    bind_bytes(statement, 3, span_of_bytes(thumbprint, sizeof thumbprint));
    bind_text(statement, 4, span_of_text(algorithm));
    bind_bytes(statement, 5, span_of_bytes(key->key.bytes, key->key.len));
    (void)sqlite3_bind_int64(statement, 6, key->valid_from_s);
    (void)sqlite3_bind_int64(statement, 7, key->valid_until_s);
    (void)sqlite3_bind_int64(statement, 8, key->withdrawn_at_s);
    (void)sqlite3_bind_int(statement, 9, key->for_status);
    (void)sqlite3_bind_int(statement, 10, key->unsigned_source);
    bind_text(statement, 11, key->types);
    bind_text(statement, 12, key->achievements);
    return insert(lists, KEY);
}

enum err lists_add_anchor(struct lists *lists, int64_t row, const struct lists_anchor *anchor) {
    sqlite3_stmt *statement = lists->insertions[ANCHOR];
    bind_bytes(statement, 1, span_of_bytes(anchor->thumbprint, sizeof anchor->thumbprint));
    (void)sqlite3_bind_int64(statement, 2, row);
    bind_bytes(statement, 3, anchor->der);
    bind_text(statement, 4, anchor->types);
    bind_text(statement, 5, anchor->achievements);
    return insert(lists, ANCHOR);
}

static enum err add_chunks(struct lists *lists, int64_t row, struct span bitmap) {
    for (size_t at = 0; at < bitmap.len; at += SCHEMA_CHUNK_BYTES) {
        (void)sqlite3_bind_int64(lists->insertions[CHUNK], 1, SCHEMA_CHUNK_ID(row, at / SCHEMA_CHUNK_BYTES));
        bind_bytes(lists->insertions[CHUNK], 2, span_slice(bitmap, at, SCHEMA_CHUNK_BYTES));
        TRY(insert(lists, CHUNK));
    }
    return ERR_OK;
}

static enum err add_hashes(struct lists *lists, int64_t row, struct span hashes) {
    for (size_t at = 0; at < hashes.len; at += CRYPTO_SHA256_BYTES) {
        (void)sqlite3_bind_int64(lists->insertions[HASH], 1, row);
        bind_bytes(lists->insertions[HASH], 2, span_slice(hashes, at, CRYPTO_SHA256_BYTES));
        TRY(insert(lists, HASH));
    }
    return ERR_OK;
}

/* A line for one purpose; the entries are those of `body`. */
static enum err add_purpose(struct lists *lists, const struct lists_status *status, struct span purpose,
                            int64_t body) {
    sqlite3_stmt *statement = lists->insertions[STATUS];
    (void)sqlite3_bind_int64(statement, 1, ++lists->status_rows);
    bind_text(statement, 2, status->address);
    bind_text(statement, 3, purpose);
    bind_text(statement, 4, status->kind);
    bind_text(statement, 5, status->issuer);
    (void)sqlite3_bind_int(statement, 6, status->is_unsigned);
    (void)sqlite3_bind_int64(statement, 7, body);
    (void)sqlite3_bind_int64(statement, 8, (sqlite3_int64)status->entries);
    (void)sqlite3_bind_int64(statement, 9, status->bits);
    (void)sqlite3_bind_int64(statement, 10, status->as_of_s);
    (void)sqlite3_bind_int64(statement, 11, status->expires_s);
    return insert(lists, STATUS);
}

enum err lists_add_status(struct lists *lists, const struct lists_status *status) {
    int64_t body = lists->status_rows + 1;
    TRY(add_purpose(lists, status, status->purpose, body));
    for (size_t i = 0; i < status->also_count; i++) {
        TRY(add_purpose(lists, status, status->also[i], body));
    }
    TRY(add_chunks(lists, body, status->bitmap));
    return add_hashes(lists, body, status->hashes);
}

enum err lists_add_document(struct lists *lists, const struct lists_document *document) {
    sqlite3_stmt *statement = lists->insertions[DOCUMENT];
    bind_text(statement, 1, document->address);
    bind_bytes(statement, 2, span_of_bytes(document->sha256, sizeof document->sha256));
    bind_bytes(statement, 3, document->bytes);
    return insert(lists, DOCUMENT);
}

/* A kiosk reads these at every start, and must not have to count. */
static const char counts[] =
    "INSERT INTO meta SELECT '" SCHEMA_META_STATUS_LISTS "', CAST(count(*) AS TEXT) FROM status_list;"
    "INSERT INTO meta SELECT '" SCHEMA_META_STATUS_AS_OF
    "', CAST(coalesce(min(as_of), 0) AS TEXT) FROM status_list;";

enum err lists_finish(struct lists *lists) {
    enum err err = run(lists, counts);
    err = err == ERR_OK ? run(lists, "COMMIT") : err;
    lists_close(lists);
    return err;
}

void lists_close(struct lists *lists) {
    if (lists == NULL) {
        return;
    }
    for (size_t i = 0; i < INSERTIONS; i++) {
        sqlite3_finalize(lists->insertions[i]);
    }
    sqlite3_close_v2(lists->database);
    free(lists);
}
