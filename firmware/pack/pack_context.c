/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/pack_context.h"

#include <stdlib.h>

#include "pack/rows.h"
#include "pack/schema.h"

/* How far a walk has come. */
struct walk {
    size_t count, bytes;
};

static bool is_hex_of(struct span digits, struct span bytes) {
    static const char alphabet[] = "0123456789abcdef";
    bool same = bytes.len == CRYPTO_SHA256_BYTES && digits.len == 2 * bytes.len;
    for (size_t i = 0; same && i < bytes.len; i++) {
        same = digits.ptr[2 * i] == alphabet[bytes.ptr[i] >> 4] &&
               digits.ptr[2 * i + 1] == alphabet[bytes.ptr[i] & 15];
    }
    return same;
}

/* Does the table say of itself what its row says? The address of the row has its kind in front. */
static enum err check_row(struct span address, struct span sha256, struct pack_context *context) {
    json_t *json = NULL;
    enum err err = termtable_read(context->table, &context->head, &json);
    json_decref(json);
    if (err != ERR_OK) {
        return err == ERR_NO_MEMORY ? err : ERR_PACK_CONTEXT;
    }
    struct span bare = span_slice(address, strlen(SCHEMA_DOCUMENT_CONTEXT), address.len);
    return span_equal(bare, context->head.address) && is_hex_of(context->head.sha256, sha256)
               ? ERR_OK
               : ERR_PACK_CONTEXT;
}

static enum err read_row(sqlite3_stmt *row, struct walk *walk, struct pack_context *out) {
    struct span address = {0}, sha256 = {0};
    TRY(rows_span(row, 0, SQLITE_TEXT, &address));
    TRY(rows_span(row, 1, SQLITE_BLOB, &sha256));
    TRY(rows_span(row, 2, SQLITE_BLOB, &out->table));
    if (++walk->count > LIMIT_PACK_CONTEXTS || out->table.len > LIMIT_PACK_CONTEXT_BYTES - walk->bytes) {
        return ERR_PACK_CONTEXTS;
    }
    walk->bytes += out->table.len;
    return check_row(address, sha256, out);
}

static enum err walk_rows(struct pack *pack, enum err (*visit)(void *ctx, const struct pack_context *context),
                          void *ctx) {
    sqlite3_stmt *row = rows_fresh(pack, OPENED_CONTEXTS);
    struct walk walk = {0};
    for (;;) {
        struct pack_context context = {0};
        bool found = false;
        TRY(rows_step(row, &found));
        if (!found) {
            return ERR_OK;
        }
        TRY(read_row(row, &walk, &context));
        TRY(visit(ctx, &context));
    }
}

enum err pack_context_each(struct pack *pack,
                           enum err (*visit)(void *ctx, const struct pack_context *context), void *ctx) {
    enum err err = walk_rows(pack, visit, ctx);
    rows_rest(pack);
    return err;
}

static enum err shelve(void *ctx, const struct pack_context *context) {
    return shelf_add_table(ctx, context->table);
}

enum err pack_context_shelve(struct pack *pack, struct shelf *shelf) {
    return pack_context_each(pack, shelve, shelf);
}

enum err pack_context_check(struct pack *pack) {
    void *memory = malloc(LIMIT_SHELF_BYTES / 2);
    if (memory == NULL) {
        return ERR_NO_MEMORY;
    }
    struct arena arena = arena_over(memory, LIMIT_SHELF_BYTES / 2);
    struct shelf shelf = {.arena = &arena};
    enum err err = pack_context_shelve(pack, &shelf);
    shelf_close(&shelf);
    free(memory);
    return err == ERR_NO_ROOM ? ERR_PACK_CONTEXTS : err;
}
