/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/rows.h"

sqlite3_stmt *rows_fresh(struct pack *pack, enum opened_query query) {
    sqlite3_reset(pack->queries[query]);
    sqlite3_clear_bindings(pack->queries[query]);
    /* Steps add up over all runs of a statement, and are bounded (database_bound_steps). */
    (void)sqlite3_stmt_status(pack->queries[query], SQLITE_STMTSTATUS_VM_STEP, 1);
    return pack->queries[query];
}

void rows_rest(struct pack *pack) {
    for (size_t i = 0; i < OPENED_QUERIES; i++) {
        (void)rows_fresh(pack, (enum opened_query)i);
    }
}

enum err rows_bind_text(sqlite3_stmt *statement, int place, struct span text) {
    static const char none[] = "";
    size_t len = text.len > LIMIT_NAME_BYTES + 1 ? LIMIT_NAME_BYTES + 1 : text.len;
    int result = sqlite3_bind_text(statement, place, len == 0 ? none : (const char *)text.ptr, (int)len,
                                   SQLITE_STATIC);
    return result == SQLITE_OK ? ERR_OK : ERR_PACK_DAMAGED;
}

enum err rows_bind_bytes(sqlite3_stmt *statement, int place, struct span bytes) {
    int result = sqlite3_bind_blob64(statement, place, bytes.ptr, bytes.len, SQLITE_STATIC);
    return result == SQLITE_OK ? ERR_OK : ERR_PACK_DAMAGED;
}

enum err rows_bind_number(sqlite3_stmt *statement, int place, int64_t number) {
    return sqlite3_bind_int64(statement, place, number) == SQLITE_OK ? ERR_OK : ERR_PACK_DAMAGED;
}

enum err rows_step(sqlite3_stmt *statement, bool *found) {
    int result = sqlite3_step(statement);
    if (result != SQLITE_ROW && result != SQLITE_DONE) {
        return ERR_PACK_DAMAGED;
    }
    *found = result == SQLITE_ROW;
    return ERR_OK;
}

enum err rows_span(sqlite3_stmt *row, int column, int type, struct span *out) {
    if (sqlite3_column_type(row, column) != type) {
        return ERR_PACK_DAMAGED;
    }
    const void *bytes = sqlite3_column_blob(row, column);
    size_t len = (size_t)sqlite3_column_bytes(row, column);
    if (bytes == NULL && len != 0) {
        return ERR_PACK_DAMAGED;
    }
    *out = span_of_bytes(bytes, len);
    return ERR_OK;
}

enum err rows_copy(sqlite3_stmt *row, int column, struct arena *arena, struct span *out) {
    struct span text = {0};
    TRY(rows_span(row, column, SQLITE_TEXT, &text));
    return arena_copy(arena, text, out);
}

enum err rows_number(sqlite3_stmt *row, int column, int64_t *out) {
    if (sqlite3_column_type(row, column) != SQLITE_INTEGER) {
        return ERR_PACK_DAMAGED;
    }
    *out = sqlite3_column_int64(row, column);
    return ERR_OK;
}

static enum err read_public(sqlite3_stmt *row, struct pack_key *key) {
    struct span algorithm = {0}, public = {0};
    TRY(rows_span(row, 0, SQLITE_TEXT, &algorithm));
    TRY(rows_span(row, 1, SQLITE_BLOB, &public));
    if (crypto_alg_from_name(algorithm, &key->alg) != ERR_OK || public.len == 0 ||
        public.len > CRYPTO_KEY_BYTES) {
        return ERR_PACK_DAMAGED;
    }
    key->key.kind = crypto_alg_key_kind(key->alg);
    key->key.len = (uint16_t) public.len;
    memcpy(key->key.bytes, public.ptr, public.len);
    return ERR_OK;
}

enum err rows_key(sqlite3_stmt *row, struct arena *arena, struct pack_key *out) {
    struct pack_key key = {.found = true};
    int64_t for_status = 0, is_unsigned = 1;
    TRY(read_public(row, &key));
    TRY(rows_number(row, 2, &key.valid_from_s));
    TRY(rows_number(row, 3, &key.valid_until_s));
    TRY(rows_number(row, 4, &key.withdrawn_at_s));
    TRY(rows_number(row, 5, &for_status));
    TRY(rows_number(row, 6, &is_unsigned));
    TRY(rows_copy(row, 7, arena, &key.types));
    TRY(rows_copy(row, 8, arena, &key.achievements));
    key.for_status = for_status != 0;
    key.unsigned_source = is_unsigned != 0;
    *out = key;
    return ERR_OK;
}

enum err rows_status(sqlite3_stmt *row, struct arena *arena, struct pack_status *out) {
    struct pack_status list = {.found = true};
    int64_t entries = 0, bits = 0, is_unsigned = 1;
    TRY(rows_number(row, 0, &list.row));
    TRY(rows_copy(row, 1, arena, &list.kind));
    TRY(rows_copy(row, 2, arena, &list.issuer));
    TRY(rows_number(row, 3, &is_unsigned));
    TRY(rows_number(row, 4, &list.body));
    TRY(rows_number(row, 5, &entries));
    TRY(rows_number(row, 6, &bits));
    TRY(rows_number(row, 7, &list.as_of_s));
    TRY(rows_number(row, 8, &list.expires_s));
    if (entries < 0 || entries > 8 * LIMIT_PACK_BYTES || bits < 0 || bits > 8) {
        return ERR_PACK_DAMAGED;
    }
    list.is_unsigned = is_unsigned != 0;
    list.entries = (uint64_t)entries;
    list.bits = (uint32_t)bits;
    *out = list;
    return ERR_OK;
}
