/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/difference_side.h"

#include <stdlib.h>

#include "pack/database.h"
#include "pack/rows.h"

static const char *const texts[DIFFERENCE_SIDE_QUERIES] = {
    [DIFFERENCE_SIDE_IDENTIFIERS] = "SELECT identifier, issuer FROM issuer_identifier WHERE identifier > ?1 "
                                    "ORDER BY identifier LIMIT 64",
    [DIFFERENCE_SIDE_LAST_ROW] = "SELECT coalesce(max(id), 0) FROM issuer",
    [DIFFERENCE_SIDE_ISSUER] = "SELECT territory, unsigned FROM issuer WHERE id = ?1",
    [DIFFERENCE_SIDE_NAMES] = "SELECT language, name FROM issuer_name WHERE issuer = ?1 ORDER BY language",
    [DIFFERENCE_SIDE_KEYS] = "SELECT " ROWS_KEY_COLUMNS ", coalesce(kid, ''), thumbprint FROM key "
                             "WHERE issuer = ?1 ORDER BY thumbprint",
};
_Static_assert(DIFFERENCE_SIDE_BATCH == 64, "the query says so");

static sqlite3_stmt *fresh(struct difference_side *side, enum difference_side_query query) {
    sqlite3_stmt *row = side->queries[query];
    sqlite3_reset(row);
    sqlite3_clear_bindings(row);
    /* Steps add up over all runs of a statement, and are bounded (database_bound_steps). */
    (void)sqlite3_stmt_status(row, SQLITE_STMTSTATUS_VM_STEP, 1);
    return row;
}

static enum err read_last_row(struct difference_side *side) {
    bool found = false;
    sqlite3_stmt *row = fresh(side, DIFFERENCE_SIDE_LAST_ROW);
    TRY(rows_step(row, &found));
    TRY(found ? rows_number(row, 0, &side->rows) : ERR_PACK_DAMAGED);
    (void)fresh(side, DIFFERENCE_SIDE_LAST_ROW);
    return side->rows >= 0 && side->rows <= DIFFERENCE_SIDE_ROWS_MAX ? ERR_OK : ERR_PACK_DAMAGED;
}

enum err difference_side_open(struct pack *pack, struct difference_side *out) {
    out->pack = pack;
    if (pack == NULL) {
        out->ended = true;
        return ERR_OK;
    }
    for (size_t i = 0; i < DIFFERENCE_SIDE_QUERIES; i++) {
        TRY(database_prepare(pack->database, texts[i], &out->queries[i]));
    }
    TRY(read_last_row(out));
    for (size_t i = 0; i < DIFFERENCE_SIDE_MARKS; i++) {
        out->marks[i] = calloc(1, (size_t)out->rows / 8 + 1);
        if (out->marks[i] == NULL) {
            return ERR_NO_MEMORY;
        }
    }
    return ERR_OK;
}

void difference_side_rewind(struct difference_side *side) {
    side->count = side->at = side->last_len = 0;
    side->ended = side->pack == NULL;
}

/* One row of the batch, copied: the query is made anew before the names are used up. */
static enum err take_row(struct difference_side *side, sqlite3_stmt *row) {
    struct span identifier = {0};
    int64_t number = 0;
    TRY(rows_span(row, 0, SQLITE_TEXT, &identifier));
    TRY(rows_number(row, 1, &number));
    if (identifier.len > LIMIT_NAME_BYTES || number < 0 || number > side->rows) {
        return ERR_PACK_DAMAGED;
    }
    uint8_t *place = side->memory + side->count * LIMIT_NAME_BYTES;
    memcpy(place, identifier.ptr, identifier.len);
    side->batch[side->count].identifier = span_of_bytes(place, identifier.len);
    side->batch[side->count].row = number;
    side->count++;
    return ERR_OK;
}

static enum err read_batch(struct difference_side *side) {
    sqlite3_stmt *row = fresh(side, DIFFERENCE_SIDE_IDENTIFIERS);
    bool found = true;
    side->count = side->at = 0;
    TRY(rows_bind_text(row, 1, span_of_bytes(side->last, side->last_len)));
    while (side->count < DIFFERENCE_SIDE_BATCH) {
        TRY(rows_step(row, &found));
        if (!found) {
            break;
        }
        TRY(take_row(side, row));
    }
    side->ended = side->count == 0;
    if (side->count > 0) {
        struct span last = side->batch[side->count - 1].identifier;
        memcpy(side->last, last.ptr, last.len);
        side->last_len = last.len;
    }
    return ERR_OK;
}

enum err difference_side_current(struct difference_side *side, bool *found, struct span *identifier,
                                 int64_t *row) {
    if (!side->ended && side->at == side->count) {
        enum err err = read_batch(side);
        (void)fresh(side, DIFFERENCE_SIDE_IDENTIFIERS);
        TRY(err);
    }
    *found = !side->ended;
    if (*found) {
        *identifier = side->batch[side->at].identifier;
        *row = side->batch[side->at].row;
    }
    return ERR_OK;
}

void difference_side_next(struct difference_side *side) {
    side->at++;
}

bool difference_side_marked(const struct difference_side *side, enum difference_side_mark mark, int64_t row) {
    return (side->marks[mark][row / 8] >> (row % 8) & 1) != 0;
}

bool difference_side_mark(struct difference_side *side, enum difference_side_mark mark, int64_t row) {
    bool before = difference_side_marked(side, mark, row);
    side->marks[mark][row / 8] |= (uint8_t)(1u << (row % 8));
    return before;
}

enum err difference_side_query(struct difference_side *side, enum difference_side_query query, int64_t row,
                               sqlite3_stmt **out) {
    *out = fresh(side, query);
    return rows_bind_number(*out, 1, row);
}

void difference_side_close(struct difference_side *side) {
    for (size_t i = 0; i < DIFFERENCE_SIDE_QUERIES; i++) {
        sqlite3_finalize(side->queries[i]);
    }
    for (size_t i = 0; i < DIFFERENCE_SIDE_MARKS; i++) {
        free(side->marks[i]);
    }
    *side = (struct difference_side){0};
}
