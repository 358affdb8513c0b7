/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/pack.h"

#include "pack/database.h"
#include "pack/rows.h"
#include "pack/schema.h"

/* Each is one search of one index. */
static const char *const texts[OPENED_QUERIES] = {
    [OPENED_META] = "SELECT value FROM meta WHERE name = ?1",
    [OPENED_IDENTIFIER] = "SELECT issuer FROM issuer_identifier WHERE identifier = ?1",
    [OPENED_ISSUER] = "SELECT territory, unsigned FROM issuer WHERE id = ?1",
    [OPENED_NAME] = "SELECT name FROM issuer_name WHERE issuer = ?1 AND language = ?2",
    [OPENED_FIRST_NAME] = "SELECT name FROM issuer_name WHERE issuer = ?1 ORDER BY language LIMIT 1",
    [OPENED_KEY_BY_KID] = "SELECT " ROWS_KEY_COLUMNS " FROM key WHERE issuer = ?1 AND kid = ?2",
    [OPENED_KEY_BY_THUMBPRINT] = "SELECT " ROWS_KEY_COLUMNS " FROM key WHERE issuer = ?1 AND thumbprint = ?2",
    [OPENED_STATUS] = "SELECT " ROWS_STATUS_COLUMNS " FROM status_list WHERE address = ?1 AND purpose = ?2",
    [OPENED_CHUNK] = "SELECT bytes FROM status_chunk WHERE id = ?1",
    [OPENED_STATUS_ID] = "SELECT value FROM status_hash WHERE list = ?1 AND hash = ?2",
    [OPENED_NEXT_IDENTIFIER] =
        "SELECT identifier FROM issuer_identifier WHERE identifier > ?1 ORDER BY identifier LIMIT 1",
    [OPENED_NEXT_OF_ISSUER] = "SELECT identifier FROM issuer_identifier INDEXED BY identifier_by_issuer "
                              "WHERE issuer = ?1 AND identifier > ?2 ORDER BY identifier LIMIT 1",
    [OPENED_NEXT_KEY] = "SELECT " ROWS_KEY_COLUMNS ", coalesce(kid, ''), thumbprint FROM key "
                        "WHERE issuer = ?1 AND thumbprint > ?2 ORDER BY thumbprint LIMIT 1",
    [OPENED_NEXT_STATUS] =
        "SELECT " ROWS_STATUS_COLUMNS ", address, purpose FROM status_list WHERE id > ?1 ORDER BY id LIMIT 1",
    [OPENED_ENDED] =
        "SELECT count(*) FROM (SELECT 1 FROM status_list WHERE expires BETWEEN 1 AND ?1 LIMIT ?2)",
    [OPENED_NEXT_NAME] = "SELECT language, name FROM issuer_name WHERE issuer = ?1 AND language > ?2 "
                         "ORDER BY language LIMIT 1",
    [OPENED_NEXT_ANCHOR] = "SELECT thumbprint, issuer, types, achievements FROM anchor "
                           "WHERE (thumbprint, issuer) > (?1, ?2) ORDER BY thumbprint, issuer LIMIT 1",
    [OPENED_CONTEXTS] =
        ("SELECT address, sha256, bytes FROM document WHERE address >= 'context ' AND address < 'context!' "
         "ORDER BY address, sha256"),
};

static enum err read_meta(struct pack *pack, const char *name, int64_t max, int64_t *out) {
    bool found = false;
    struct span text = {0};
    int64_t number = 0;
    sqlite3_stmt *row = rows_fresh(pack, OPENED_META);
    TRY(rows_bind_text(row, 1, span_of_text(name)));
    TRY(rows_step(row, &found));
    if (!found) {
        return ERR_PACK_DAMAGED;
    }
    TRY(rows_span(row, 0, SQLITE_TEXT, &text));
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9' || number > (max - (text.ptr[i] - '0')) / 10) {
            return ERR_PACK_DAMAGED;
        }
        number = number * 10 + (text.ptr[i] - '0');
    }
    *out = number;
    return ERR_OK;
}

/* What the maker of the list counted: to count here would be a walk over all lists at every start. */
static enum err read_counts(struct pack *pack) {
    int64_t lists = 0;
    TRY(read_meta(pack, SCHEMA_META_STATUS_LISTS, UINT32_MAX, &lists));
    TRY(read_meta(pack, SCHEMA_META_STATUS_AS_OF, INT64_MAX, &pack->info.status_as_of_s));
    pack->info.status_lists = (uint32_t)lists;
    return ERR_OK;
}

/* Lists that certainly ended: few, unless nobody has brought a new pack for long. Where they are too many to be counted at
 * every start, none is called in force. */
static enum err read_ended(struct pack *pack, int64_t lo_s) {
    int64_t ended = 0, all = pack->info.status_lists;
    bool found = false;
    sqlite3_stmt *row = rows_fresh(pack, OPENED_ENDED);
    TRY(rows_bind_number(row, 1, lo_s));
    TRY(rows_bind_number(row, 2, LIMIT_STATUS_ENDED));
    TRY(rows_step(row, &found));
    if (!found) {
        return ERR_PACK_DAMAGED;
    }
    TRY(rows_number(row, 0, &ended));
    bool counted = ended < LIMIT_STATUS_ENDED && ended < all;
    pack->info.status_in_force = counted ? (uint32_t)(all - ended) : 0;
    return ERR_OK;
}

/* A search for nothing in each tree that a credential's lookup goes through: the first pages of each are in memory then, before
 * the visitor comes, and a disk has fewer to find. */
static enum err read_roots_of_trees(struct pack *pack) {
    static const enum opened_query texts_alone[] = {OPENED_IDENTIFIER, OPENED_STATUS};
    static const enum opened_query numbers_first[] = {OPENED_ISSUER, OPENED_NAME, OPENED_KEY_BY_KID,
                                                      OPENED_KEY_BY_THUMBPRINT, OPENED_CHUNK};
    struct span nothing = span_of_text("");
    bool found = false;
    for (size_t i = 0; i < sizeof texts_alone / sizeof *texts_alone; i++) {
        sqlite3_stmt *row = rows_fresh(pack, texts_alone[i]);
        TRY(rows_bind_text(row, 1, nothing));
        TRY(sqlite3_bind_parameter_count(row) < 2 ? ERR_OK : rows_bind_text(row, 2, nothing));
        TRY(rows_step(row, &found));
    }
    for (size_t i = 0; i < sizeof numbers_first / sizeof *numbers_first; i++) {
        sqlite3_stmt *row = rows_fresh(pack, numbers_first[i]);
        TRY(rows_bind_number(row, 1, 1));
        TRY(sqlite3_bind_parameter_count(row) < 2 ? ERR_OK : rows_bind_text(row, 2, nothing));
        TRY(rows_step(row, &found));
    }
    return ERR_OK;
}

enum err opened_prepare(struct pack *pack, int64_t lo_s) {
    for (size_t i = 0; i < OPENED_QUERIES; i++) {
        TRY(database_prepare(pack->database, texts[i], &pack->queries[i]));
    }
    enum err err = read_counts(pack);
    err = err == ERR_OK ? read_ended(pack, lo_s) : err;
    err = err == ERR_OK ? read_roots_of_trees(pack) : err;
    rows_rest(pack);
    return err;
}

static enum err name_in(struct pack *pack, int64_t issuer, struct span language, bool *found,
                        struct arena *arena, struct span *out) {
    sqlite3_stmt *row = rows_fresh(pack, OPENED_NAME);
    TRY(rows_bind_number(row, 1, issuer));
    TRY(rows_bind_text(row, 2, language));
    TRY(rows_step(row, found));
    return *found ? rows_copy(row, 0, arena, out) : ERR_OK;
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
    sqlite3_stmt *row = rows_fresh(pack, OPENED_FIRST_NAME);
    TRY(rows_bind_number(row, 1, issuer));
    TRY(rows_step(row, &found));
    return found ? rows_copy(row, 0, arena, out) : ERR_OK;
}

static enum err read_issuer(struct pack *pack, struct pack_issuer *issuer, struct arena *arena) {
    bool found = false;
    int64_t is_unsigned = 1;
    sqlite3_stmt *row = rows_fresh(pack, OPENED_ISSUER);
    TRY(rows_bind_number(row, 1, issuer->row));
    TRY(rows_step(row, &found));
    if (!found) {
        return ERR_PACK_DAMAGED;
    }
    TRY(rows_copy(row, 0, arena, &issuer->territory));
    TRY(rows_number(row, 1, &is_unsigned));
    issuer->unsigned_source = is_unsigned != 0;
    return ERR_OK;
}

static enum err find_issuer(struct pack *pack, struct span identifier, struct span language,
                            struct arena *arena, struct pack_issuer *out) {
    struct pack_issuer issuer = {0};
    sqlite3_stmt *row = rows_fresh(pack, OPENED_IDENTIFIER);
    TRY(rows_bind_text(row, 1, identifier));
    TRY(rows_step(row, &issuer.found));
    if (issuer.found) {
        TRY(rows_number(row, 0, &issuer.row));
        TRY(read_issuer(pack, &issuer, arena));
        TRY(find_name(pack, issuer.row, language, arena, &issuer.name));
        TRY(arena_copy(arena, identifier, &issuer.identifier));
    }
    *out = issuer;
    return ERR_OK;
}

enum err pack_find_issuer(struct pack *pack, struct span identifier, struct span language,
                          struct arena *arena, struct pack_issuer *out) {
    enum err err = find_issuer(pack, identifier, language, arena, out);
    rows_rest(pack);
    return err;
}

static enum err next_identifier(struct pack *pack, const struct pack_issuer *issuer, struct span after,
                                struct arena *arena, struct span *out) {
    bool found = false;
    struct span identifier = {0};
    sqlite3_stmt *row = rows_fresh(pack, OPENED_NEXT_OF_ISSUER);
    TRY(rows_bind_number(row, 1, issuer->row));
    TRY(rows_bind_text(row, 2, after));
    TRY(rows_step(row, &found));
    TRY(found ? rows_copy(row, 0, arena, &identifier) : ERR_OK);
    *out = identifier;
    return ERR_OK;
}

enum err pack_next_identifier(struct pack *pack, const struct pack_issuer *issuer, struct span after,
                              struct arena *arena, struct span *out) {
    enum err err = next_identifier(pack, issuer, after, arena, out);
    rows_rest(pack);
    return err;
}

/* Step over the one key whose search is bound. */
static enum err step_key(enum err bound, sqlite3_stmt *row, struct arena *arena, struct pack_key *out) {
    struct pack_key key = {0};
    bool found = false;
    TRY(bound);
    TRY(rows_step(row, &found));
    if (found) {
        TRY(rows_key(row, arena, &key));
    }
    *out = key;
    return ERR_OK;
}

enum err pack_find_key_by_kid(struct pack *pack, const struct pack_issuer *issuer, struct span kid,
                              struct arena *arena, struct pack_key *out) {
    sqlite3_stmt *row = rows_fresh(pack, OPENED_KEY_BY_KID);
    enum err err = rows_bind_number(row, 1, issuer->row);
    if (err == ERR_OK) {
        err = rows_bind_text(row, 2, kid);
    }
    err = step_key(err, row, arena, out);
    rows_rest(pack);
    return err;
}

enum err pack_find_key_by_thumbprint(struct pack *pack, const struct pack_issuer *issuer,
                                     const uint8_t thumbprint[CRYPTO_SHA256_BYTES], struct arena *arena,
                                     struct pack_key *out) {
    sqlite3_stmt *row = rows_fresh(pack, OPENED_KEY_BY_THUMBPRINT);
    enum err err = rows_bind_number(row, 1, issuer->row);
    if (err == ERR_OK) {
        err = rows_bind_bytes(row, 2, span_of_bytes(thumbprint, CRYPTO_SHA256_BYTES));
    }
    err = step_key(err, row, arena, out);
    rows_rest(pack);
    return err;
}

static enum err find_status(struct pack *pack, struct span address, struct span purpose, struct arena *arena,
                            struct pack_status *out) {
    struct pack_status list = {0};
    bool found = false;
    sqlite3_stmt *row = rows_fresh(pack, OPENED_STATUS);
    TRY(rows_bind_text(row, 1, address));
    TRY(rows_bind_text(row, 2, purpose));
    TRY(rows_step(row, &found));
    if (found) {
        TRY(rows_status(row, arena, &list));
        TRY(arena_copy(arena, purpose, &list.purpose));
    }
    *out = list;
    return ERR_OK;
}

enum err pack_find_status(struct pack *pack, struct span address, struct span purpose, struct arena *arena,
                          struct pack_status *out) {
    enum err err = find_status(pack, address, purpose, arena, out);
    rows_rest(pack);
    return err;
}
