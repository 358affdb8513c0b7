/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/pack_walk.h"

#include "pack/rows.h"

static enum err next_identifier(struct pack *pack, struct span after, struct arena *arena, bool *found,
                                struct span *out) {
    sqlite3_stmt *row = rows_fresh(pack, OPENED_NEXT_IDENTIFIER);
    TRY(rows_bind_text(row, 1, after));
    TRY(rows_step(row, found));
    return *found ? rows_copy(row, 0, arena, out) : ERR_OK;
}

enum err pack_walk_next_identifier(struct pack *pack, struct span after, struct arena *arena, bool *found,
                                   struct span *out) {
    enum err err = next_identifier(pack, after, arena, found, out);
    rows_rest(pack);
    return err;
}

static enum err read_step(sqlite3_stmt *row, struct arena *arena, struct pack_walk_key *step) {
    struct span thumbprint = {0};
    TRY(rows_key(row, arena, &step->key));
    TRY(rows_copy(row, ROWS_KEY_COUNT, arena, &step->kid));
    TRY(rows_span(row, ROWS_KEY_COUNT + 1, SQLITE_BLOB, &thumbprint));
    if (thumbprint.len != CRYPTO_SHA256_BYTES) {
        return ERR_PACK_DAMAGED;
    }
    memcpy(step->thumbprint, thumbprint.ptr, CRYPTO_SHA256_BYTES);
    step->begun = true;
    return ERR_OK;
}

static enum err next_key(struct pack *pack, const struct pack_issuer *issuer, struct arena *arena,
                         struct pack_walk_key *step) {
    bool found = false;
    sqlite3_stmt *row = rows_fresh(pack, OPENED_NEXT_KEY);
    TRY(rows_bind_number(row, 1, issuer->row));
    TRY(rows_bind_bytes(row, 2, span_of_bytes(step->thumbprint, step->begun ? CRYPTO_SHA256_BYTES : 0)));
    TRY(rows_step(row, &found));
    step->key.found = found;
    return found ? read_step(row, arena, step) : ERR_OK;
}

enum err pack_walk_next_key(struct pack *pack, const struct pack_issuer *issuer, struct arena *arena,
                            struct pack_walk_key *step) {
    enum err err = next_key(pack, issuer, arena, step);
    rows_rest(pack);
    return err;
}

static enum err next_name(struct pack *pack, const struct pack_issuer *issuer, struct arena *arena,
                          struct pack_walk_name *step) {
    sqlite3_stmt *row = rows_fresh(pack, OPENED_NEXT_NAME);
    TRY(rows_bind_number(row, 1, issuer->row));
    TRY(rows_bind_text(row, 2, step->language));
    TRY(rows_step(row, &step->found));
    if (!step->found) {
        return ERR_OK;
    }
    TRY(rows_copy(row, 0, arena, &step->language));
    return rows_copy(row, 1, arena, &step->name);
}

enum err pack_walk_next_name(struct pack *pack, const struct pack_issuer *issuer, struct arena *arena,
                             struct pack_walk_name *step) {
    enum err err = next_name(pack, issuer, arena, step);
    rows_rest(pack);
    return err;
}

static enum err read_anchor(sqlite3_stmt *row, struct arena *arena, struct pack_walk_anchor *step) {
    struct span sha256 = {0};
    TRY(rows_span(row, 0, SQLITE_BLOB, &sha256));
    if (sha256.len != CRYPTO_SHA256_BYTES) {
        return ERR_PACK_DAMAGED;
    }
    memcpy(step->sha256, sha256.ptr, CRYPTO_SHA256_BYTES);
    TRY(rows_number(row, 1, &step->issuer));
    TRY(rows_copy(row, 2, arena, &step->types));
    return rows_copy(row, 3, arena, &step->achievements);
}

/* The issuer's name in English, else its first. */
static enum err name_anchor(struct pack *pack, struct arena *arena, struct pack_walk_anchor *step) {
    bool found = false;
    sqlite3_stmt *row = rows_fresh(pack, OPENED_NAME);
    TRY(rows_bind_number(row, 1, step->issuer));
    TRY(rows_bind_text(row, 2, span_of_text("en")));
    TRY(rows_step(row, &found));
    if (!found) {
        row = rows_fresh(pack, OPENED_FIRST_NAME);
        TRY(rows_bind_number(row, 1, step->issuer));
        TRY(rows_step(row, &found));
    }
    return found ? rows_copy(row, 0, arena, &step->name) : ERR_PACK_DAMAGED;
}

static enum err next_anchor(struct pack *pack, struct arena *arena, struct pack_walk_anchor *step) {
    sqlite3_stmt *row = rows_fresh(pack, OPENED_NEXT_ANCHOR);
    TRY(rows_bind_bytes(row, 1, span_of_bytes(step->sha256, step->found ? CRYPTO_SHA256_BYTES : 0)));
    TRY(rows_bind_number(row, 2, step->issuer));
    TRY(rows_step(row, &step->found));
    return step->found ? read_anchor(row, arena, step) : ERR_OK;
}

enum err pack_walk_next_anchor(struct pack *pack, struct arena *arena, struct pack_walk_anchor *step) {
    enum err err = next_anchor(pack, arena, step);
    if (err == ERR_OK && step->found) {
        err = name_anchor(pack, arena, step);
    }
    rows_rest(pack);
    return err;
}

static enum err next_status(struct pack *pack, struct arena *arena, struct pack_walk_status *step) {
    bool found = false;
    sqlite3_stmt *row = rows_fresh(pack, OPENED_NEXT_STATUS);
    TRY(rows_bind_number(row, 1, step->list.row));
    TRY(rows_step(row, &found));
    step->list.found = found;
    if (!found) {
        return ERR_OK;
    }
    TRY(rows_status(row, arena, &step->list));
    TRY(rows_copy(row, ROWS_STATUS_COUNT, arena, &step->address));
    return rows_copy(row, ROWS_STATUS_COUNT + 1, arena, &step->list.purpose);
}

enum err pack_walk_next_status(struct pack *pack, struct arena *arena, struct pack_walk_status *step) {
    enum err err = next_status(pack, arena, step);
    rows_rest(pack);
    return err;
}

static enum err meta(struct pack *pack, const char *name, struct arena *arena, struct span *out) {
    bool found = false;
    struct span text = {0};
    sqlite3_stmt *row = rows_fresh(pack, OPENED_META);
    TRY(rows_bind_text(row, 1, span_of_text(name)));
    TRY(rows_step(row, &found));
    if (found) {
        TRY(rows_copy(row, 0, arena, &text));
    }
    *out = text;
    return ERR_OK;
}

enum err pack_walk_meta(struct pack *pack, const char *name, struct arena *arena, struct span *out) {
    enum err err = meta(pack, name, arena, out);
    rows_rest(pack);
    return err;
}
