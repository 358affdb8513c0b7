/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/pack.h"

#include "pack/database.h"
#include "pack/opened.h"
#include "pack/schema.h"

/* Each is one search of one index. */
#define KEY_COLUMNS                                                                                          \
    "SELECT algorithm, public, valid_from, valid_until, withdrawn_at, for_status, types, achievements FROM " \
    "key "
static const char *const texts[OPENED_QUERIES] = {
    [OPENED_IDENTIFIER] = "SELECT issuer FROM issuer_identifier WHERE identifier = ?1",
    [OPENED_ISSUER] = "SELECT territory, unsigned FROM issuer WHERE id = ?1",
    [OPENED_NAME] = "SELECT name FROM issuer_name WHERE issuer = ?1 AND language = ?2",
    [OPENED_FIRST_NAME] = "SELECT name FROM issuer_name WHERE issuer = ?1 ORDER BY language LIMIT 1",
    [OPENED_KEY_BY_KID] = KEY_COLUMNS "WHERE issuer = ?1 AND kid = ?2",
    [OPENED_KEY_BY_THUMBPRINT] = KEY_COLUMNS "WHERE issuer = ?1 AND thumbprint = ?2",
    [OPENED_STATUS] = ("SELECT id, kind, issuer, entries, bits, as_of, expires FROM status_list "
                       "WHERE address = ?1 AND purpose = ?2"),
    [OPENED_CHUNK] = "SELECT bytes FROM status_chunk WHERE list = ?1 AND chunk = ?2",
};

static enum err count_status(struct pack *pack) {
    sqlite3_stmt *row = NULL;
    TRY(database_prepare(pack->database, "SELECT count(*), coalesce(min(as_of), 0) FROM status_list", &row));
    enum err err = sqlite3_step(row) == SQLITE_ROW ? ERR_OK : ERR_PACK_DAMAGED;
    if (err == ERR_OK) {
        pack->info.status_lists = (uint32_t)sqlite3_column_int64(row, 0);
        pack->info.status_as_of_s = sqlite3_column_int64(row, 1);
    }
    sqlite3_finalize(row);
    return err;
}

enum err opened_prepare(struct pack *pack) {
    for (size_t i = 0; i < OPENED_QUERIES; i++) {
        TRY(database_prepare(pack->database, texts[i], &pack->queries[i]));
    }
    return count_status(pack);
}

/* Make a query ready for another lookup. */
static sqlite3_stmt *fresh(struct pack *pack, enum opened_query query) {
    sqlite3_reset(pack->queries[query]);
    sqlite3_clear_bindings(pack->queries[query]);
    /* Steps add up over all runs of a statement, and are bounded (database_bound_steps). */
    (void)sqlite3_stmt_status(pack->queries[query], SQLITE_STMTSTATUS_VM_STEP, 1);
    return pack->queries[query];
}

/* Borrowed text; a name longer than any list holds finds nothing and costs nothing. */
static enum err bind_text(sqlite3_stmt *statement, int place, struct span text) {
    static const char none[] = "";
    size_t len = text.len > LIMIT_NAME_BYTES + 1 ? LIMIT_NAME_BYTES + 1 : text.len;
    int result = sqlite3_bind_text(statement, place, len == 0 ? none : (const char *)text.ptr, (int)len,
                                   SQLITE_STATIC);
    return result == SQLITE_OK ? ERR_OK : ERR_PACK_DAMAGED;
}

static enum err bind_number(sqlite3_stmt *statement, int place, int64_t number) {
    return sqlite3_bind_int64(statement, place, number) == SQLITE_OK ? ERR_OK : ERR_PACK_DAMAGED;
}

/* The one row, or none. */
static enum err step(sqlite3_stmt *statement, bool *found) {
    int result = sqlite3_step(statement);
    if (result != SQLITE_ROW && result != SQLITE_DONE) {
        return ERR_PACK_DAMAGED;
    }
    *found = result == SQLITE_ROW;
    return ERR_OK;
}

/* A column that must hold text or bytes, as `type` says; borrowed until the query is reset. */
static enum err column_span(sqlite3_stmt *row, int column, int type, struct span *out) {
    if (sqlite3_column_type(row, column) != type) {
        return ERR_PACK_DAMAGED;
    }
    const void *bytes = sqlite3_column_blob(row, column);
    *out = span_of_bytes(bytes, (size_t)sqlite3_column_bytes(row, column));
    return bytes == NULL && out->len != 0 ? ERR_PACK_DAMAGED : ERR_OK;
}

static enum err column_copy(sqlite3_stmt *row, int column, struct arena *arena, struct span *out) {
    struct span text = {0};
    TRY(column_span(row, column, SQLITE_TEXT, &text));
    return arena_copy(arena, text, out);
}

static enum err column_number(sqlite3_stmt *row, int column, int64_t *out) {
    if (sqlite3_column_type(row, column) != SQLITE_INTEGER) {
        return ERR_PACK_DAMAGED;
    }
    *out = sqlite3_column_int64(row, column);
    return ERR_OK;
}

static enum err name_in(struct pack *pack, int64_t issuer, struct span language, bool *found,
                        struct arena *arena, struct span *out) {
    sqlite3_stmt *row = fresh(pack, OPENED_NAME);
    TRY(bind_number(row, 1, issuer));
    TRY(bind_text(row, 2, language));
    TRY(step(row, found));
    return *found ? column_copy(row, 0, arena, out) : ERR_OK;
}

static enum err find_name(struct pack *pack, int64_t issuer, struct span language, struct arena *arena,
                          struct span *out) {
    bool found = false;
    TRY(name_in(pack, issuer, language, &found, arena, out));
    if (!found) {
        TRY(name_in(pack, issuer, span_of_text("en"), &found, arena, out));
    }
    if (found) {
        return ERR_OK;
    }
    sqlite3_stmt *row = fresh(pack, OPENED_FIRST_NAME);
    TRY(bind_number(row, 1, issuer));
    TRY(step(row, &found));
    return found ? column_copy(row, 0, arena, out) : ERR_OK;
}

static enum err read_issuer(struct pack *pack, struct pack_issuer *issuer, struct arena *arena) {
    bool found = false;
    int64_t is_unsigned = 1;
    sqlite3_stmt *row = fresh(pack, OPENED_ISSUER);
    TRY(bind_number(row, 1, issuer->row));
    TRY(step(row, &found));
    if (!found) {
        return ERR_PACK_DAMAGED;
    }
    TRY(column_copy(row, 0, arena, &issuer->territory));
    TRY(column_number(row, 1, &is_unsigned));
    issuer->unsigned_source = is_unsigned != 0;
    return ERR_OK;
}

static enum err find_issuer(struct pack *pack, struct span identifier, struct span language,
                            struct arena *arena, struct pack_issuer *out) {
    struct pack_issuer issuer = {0};
    sqlite3_stmt *row = fresh(pack, OPENED_IDENTIFIER);
    TRY(bind_text(row, 1, identifier));
    TRY(step(row, &issuer.found));
    if (issuer.found) {
        TRY(column_number(row, 0, &issuer.row));
        TRY(read_issuer(pack, &issuer, arena));
        TRY(find_name(pack, issuer.row, language, arena, &issuer.name));
        TRY(arena_copy(arena, identifier, &issuer.identifier));
    }
    *out = issuer;
    return ERR_OK;
}

/* Nothing of the caller's stays bound, and no page stays held. */
static void rest(struct pack *pack) {
    for (size_t i = 0; i < OPENED_QUERIES; i++) {
        (void)fresh(pack, (enum opened_query)i);
    }
}

enum err pack_find_issuer(struct pack *pack, struct span identifier, struct span language,
                          struct arena *arena, struct pack_issuer *out) {
    enum err err = find_issuer(pack, identifier, language, arena, out);
    rest(pack);
    return err;
}

static enum err read_public(sqlite3_stmt *row, struct pack_key *key) {
    struct span algorithm = {0}, public = {0};
    TRY(column_span(row, 0, SQLITE_TEXT, &algorithm));
    TRY(column_span(row, 1, SQLITE_BLOB, &public));
    if (crypto_alg_from_name(algorithm, &key->alg) != ERR_OK || public.len == 0 ||
        public.len > CRYPTO_KEY_BYTES) {
        return ERR_PACK_DAMAGED;
    }
    key->key.kind = crypto_alg_key_kind(key->alg);
    key->key.len = (uint16_t) public.len;
    memcpy(key->key.bytes, public.ptr, public.len);
    return ERR_OK;
}

static enum err read_key(sqlite3_stmt *row, struct arena *arena, struct pack_key *key) {
    int64_t for_status = 0;
    TRY(read_public(row, key));
    TRY(column_number(row, 2, &key->valid_from_s));
    TRY(column_number(row, 3, &key->valid_until_s));
    TRY(column_number(row, 4, &key->withdrawn_at_s));
    TRY(column_number(row, 5, &for_status));
    key->for_status = for_status != 0;
    TRY(column_copy(row, 6, arena, &key->types));
    return column_copy(row, 7, arena, &key->achievements);
}

static enum err finish_key(struct pack *pack, enum err bound, sqlite3_stmt *row, struct arena *arena,
                           struct pack_key *out) {
    struct pack_key key = {0};
    enum err err = bound;
    if (err == ERR_OK) {
        err = step(row, &key.found);
    }
    if (err == ERR_OK && key.found) {
        err = read_key(row, arena, &key);
    }
    rest(pack);
    if (err == ERR_OK) {
        *out = key;
    }
    return err;
}

enum err pack_find_key_by_kid(struct pack *pack, const struct pack_issuer *issuer, struct span kid,
                              struct arena *arena, struct pack_key *out) {
    sqlite3_stmt *row = fresh(pack, OPENED_KEY_BY_KID);
    enum err err = bind_number(row, 1, issuer->row);
    if (err == ERR_OK) {
        err = bind_text(row, 2, kid);
    }
    return finish_key(pack, err, row, arena, out);
}

enum err pack_find_key_by_thumbprint(struct pack *pack, const struct pack_issuer *issuer,
                                     const uint8_t thumbprint[CRYPTO_SHA256_BYTES], struct arena *arena,
                                     struct pack_key *out) {
    sqlite3_stmt *row = fresh(pack, OPENED_KEY_BY_THUMBPRINT);
    enum err err = bind_number(row, 1, issuer->row);
    if (err == ERR_OK &&
        sqlite3_bind_blob(row, 2, thumbprint, CRYPTO_SHA256_BYTES, SQLITE_STATIC) != SQLITE_OK) {
        err = ERR_PACK_DAMAGED;
    }
    return finish_key(pack, err, row, arena, out);
}

static enum err read_status(sqlite3_stmt *row, struct arena *arena, struct pack_status *list) {
    int64_t entries = 0, bits = 0;
    TRY(column_number(row, 0, &list->row));
    TRY(column_copy(row, 1, arena, &list->kind));
    TRY(column_copy(row, 2, arena, &list->issuer));
    TRY(column_number(row, 3, &entries));
    TRY(column_number(row, 4, &bits));
    TRY(column_number(row, 5, &list->as_of_s));
    TRY(column_number(row, 6, &list->expires_s));
    if (entries < 1 || entries > LIMIT_PACK_BYTES || (bits != 1 && bits != 2 && bits != 4 && bits != 8)) {
        return ERR_PACK_DAMAGED;
    }
    list->entries = (uint64_t)entries;
    list->bits = (uint32_t)bits;
    return ERR_OK;
}

static enum err find_status(struct pack *pack, struct span address, struct span purpose, struct arena *arena,
                            struct pack_status *out) {
    struct pack_status list = {0};
    sqlite3_stmt *row = fresh(pack, OPENED_STATUS);
    TRY(bind_text(row, 1, address));
    TRY(bind_text(row, 2, purpose));
    TRY(step(row, &list.found));
    if (list.found) {
        TRY(read_status(row, arena, &list));
        TRY(arena_copy(arena, purpose, &list.purpose));
    }
    *out = list;
    return ERR_OK;
}

enum err pack_find_status(struct pack *pack, struct span address, struct span purpose, struct arena *arena,
                          struct pack_status *out) {
    enum err err = find_status(pack, address, purpose, arena, out);
    rest(pack);
    return err;
}

/* The byte of the bitmap that holds an entry; an entry never straddles two. */
static enum err read_byte(struct pack *pack, int64_t list, uint64_t at, uint8_t *out) {
    bool found = false;
    struct span bytes = {0};
    sqlite3_stmt *row = fresh(pack, OPENED_CHUNK);
    TRY(bind_number(row, 1, list));
    TRY(bind_number(row, 2, (int64_t)(at / SCHEMA_CHUNK_BYTES)));
    TRY(step(row, &found));
    if (!found) {
        return ERR_PACK_DAMAGED;
    }
    TRY(column_span(row, 0, SQLITE_BLOB, &bytes));
    if (bytes.len > SCHEMA_CHUNK_BYTES || at % SCHEMA_CHUNK_BYTES >= bytes.len) {
        return ERR_PACK_DAMAGED;
    }
    *out = bytes.ptr[at % SCHEMA_CHUNK_BYTES];
    return ERR_OK;
}

enum err pack_status_value(struct pack *pack, const struct pack_status *list, uint64_t index, bool *covered,
                           uint32_t *value) {
    if (!list->found || index >= list->entries) {
        *covered = false;
        return ERR_OK;
    }
    uint64_t bit = index * list->bits;
    uint8_t byte = 0;
    enum err err = read_byte(pack, list->row, bit / 8, &byte);
    rest(pack);
    TRY(err);
    *covered = true;
    *value = (uint32_t)(byte >> (8 - list->bits - bit % 8)) & ((1u << list->bits) - 1);
    return ERR_OK;
}
