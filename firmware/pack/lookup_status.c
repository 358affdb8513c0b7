/* SPDX-License-Identifier: Apache-2.0 */
/* What status lists say of single credentials: a bit or a few of a bitmap, or an id among others. */
#include "pack/pack.h"

#include "pack/rows.h"
#include "pack/schema.h"

/* A byte of a bitmap. */
static enum err read_byte(struct pack *pack, int64_t body, uint64_t at, uint8_t *out) {
    bool found = false;
    struct span bytes = {0};
    sqlite3_stmt *row = rows_fresh(pack, OPENED_CHUNK);
    if (body < 0 || body > SCHEMA_CHUNK_LISTS) {
        return ERR_PACK_DAMAGED;
    }
    TRY(rows_bind_number(row, 1, SCHEMA_CHUNK_ID(body, at / SCHEMA_CHUNK_BYTES)));
    TRY(rows_step(row, &found));
    if (!found) {
        return ERR_PACK_DAMAGED;
    }
    TRY(rows_span(row, 0, SQLITE_BLOB, &bytes));
    if (bytes.len > SCHEMA_CHUNK_BYTES || at % SCHEMA_CHUNK_BYTES >= bytes.len) {
        return ERR_PACK_DAMAGED;
    }
    *out = bytes.ptr[at % SCHEMA_CHUNK_BYTES];
    return ERR_OK;
}

/* Up to eight bits from a place on, which may straddle two bytes, and these two rows. */
static enum err read_bits(struct pack *pack, int64_t body, uint64_t from, uint32_t bits, uint32_t *out) {
    uint8_t first = 0, second = 0;
    TRY(read_byte(pack, body, from / 8, &first));
    if (from % 8 + bits > 8) {
        TRY(read_byte(pack, body, from / 8 + 1, &second));
    }
    uint32_t window = (uint32_t)first << 8 | second;
    *out = window >> (16 - bits - from % 8) & ((1u << bits) - 1);
    return ERR_OK;
}

/* The list has such an entry, of this size. */
static bool covers(const struct pack_status *list, uint64_t index, uint32_t bits) {
    bool sized = bits >= 1 && bits <= 8 && (list->bits == 0 || list->bits == bits);
    return list->found && sized && index < (list->bits == 0 ? list->entries / bits : list->entries);
}

enum err pack_status_value(struct pack *pack, const struct pack_status *list, uint64_t index, uint32_t bits,
                           bool *covered, uint32_t *value) {
    uint32_t found = 0;
    if (!covers(list, index, bits)) {
        *covered = false;
        return ERR_OK;
    }
    enum err err = read_bits(pack, list->body, index * bits, bits, &found);
    rows_rest(pack);
    TRY(err);
    *covered = true;
    *value = found;
    return ERR_OK;
}

static enum err find_id(struct pack *pack, int64_t body, const uint8_t sha256[CRYPTO_SHA256_BYTES],
                        int64_t *value) {
    bool found = false;
    sqlite3_stmt *row = rows_fresh(pack, OPENED_STATUS_ID);
    TRY(rows_bind_number(row, 1, body));
    TRY(rows_bind_bytes(row, 2, span_of_bytes(sha256, CRYPTO_SHA256_BYTES)));
    TRY(rows_step(row, &found));
    if (!found) {
        *value = 0;
        return ERR_OK;
    }
    TRY(rows_number(row, 0, value));
    return *value >= 1 && *value <= UINT8_MAX ? ERR_OK : ERR_PACK_DAMAGED;
}

enum err pack_status_of_id(struct pack *pack, const struct pack_status *list,
                           const uint8_t sha256[CRYPTO_SHA256_BYTES], uint32_t *value) {
    int64_t said = 0;
    enum err err = find_id(pack, list->body, sha256, &said);
    rows_rest(pack);
    TRY(err);
    *value = (uint32_t)said;
    return ERR_OK;
}
