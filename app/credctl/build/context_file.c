/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/context_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "codec/jsontext.h"
#include "credctl/build/workspace.h"
#include "linked/termtable.h"
#include "pack/schema.h"

#define KIND      "contexts"
#define EXTENSION "terms"
/* Digits of a hash, with terminator. */
#define HEX_BYTES (2 * CRYPTO_SHA256_BYTES + 1)

static enum err hash_of(struct span bytes, char out[HEX_BYTES]) {
    static const char digits[] = "0123456789abcdef";
    uint8_t hash[CRYPTO_SHA256_BYTES];
    TRY(crypto_sha256(bytes, hash));
    for (size_t i = 0; i < sizeof hash; i++) {
        out[2 * i] = digits[hash[i] >> 4];
        out[2 * i + 1] = digits[hash[i] & 15];
    }
    out[HEX_BYTES - 1] = 0;
    return ERR_OK;
}

static enum err read_head(struct span table, struct termtable_head *out) {
    json_t *context = NULL;
    TRY(termtable_read(table, out, &context));
    json_decref(context);
    return ERR_OK;
}

/* The table, read back to see that it says something. */
static enum err write_table(const struct termtable_head *head, const json_t *context, struct room *out) {
    struct termtable_head again = {0};
    size_t begin = out->len;
    TRY(termtable_write(head, context, out));
    return read_head(span_slice(room_span(out), begin, out->len), &again);
}

enum err context_file_table(const struct context_file *file, struct room *out) {
    char hash[HEX_BYTES];
    json_t *document = NULL;
    TRY(hash_of(file->published, hash));
    TRY(jsontext_parse(file->json, &document));
    struct termtable_head head = {file->address, file->source, span_of_text(hash)};
    const json_t *context = json_object_get(document, "@context");
    enum err err = context == NULL ? ERR_CONTEXT_REMOTE : write_table(&head, context, out);
    json_decref(document);
    return err;
}

bool context_file_is_table(struct span text) {
    return span_starts_with(text, "credkiosk-context ");
}

/* Apply it alone, or behind one that stands on the shelf. */
static enum err apply(const struct shelf *shelf, const char *behind, json_t *context, struct span address) {
    struct arena arena = *shelf->arena;
    struct shelf_view view = {.shelf = shelf};
    struct context_library library = shelf_view_library(&view);
    struct context_env env = {.arena = &arena, .library = &library};
    const struct context empty = {0}, *out = NULL;
    json_t *local = json_array();
    int failed = behind != NULL && json_array_append_new(local, json_string(behind)) != 0;
    failed |= json_is_array(context) ? json_array_extend(local, context) : json_array_append(local, context);
    enum err err = failed != 0
                       ? ERR_NO_MEMORY
                       : context_process(&env, &empty, local, address, &(struct context_how){0}, &out);
    json_decref(local);
    return err;
}

enum err context_file_try(struct span table, struct shelf *shelf) {
    static const char *const credentials[] = {"https://www.w3.org/ns/credentials/v2",
                                              "https://www.w3.org/2018/credentials/v1"};
    struct termtable_head head = {0};
    json_t *context = NULL;
    TRY(shelf_add_table(shelf, table));
    TRY(termtable_read(table, &head, &context));
    enum err err = apply(shelf, NULL, context, head.address);
    for (size_t i = 0; err != ERR_OK && i < sizeof credentials / sizeof *credentials; i++) {
        err = apply(shelf, credentials[i], context, head.address) == ERR_OK ? ERR_OK : err;
    }
    json_decref(context);
    return err;
}

enum err context_file_keep(const char *folder, struct span table, char place[PATH_MAX]) {
    struct termtable_head head = {0};
    uint8_t memory[LIMIT_NAME_BYTES + HEX_BYTES];
    struct room name = room_over(memory, sizeof memory);
    char contexts[PATH_MAX];
    TRY(read_head(table, &head));
    TRY(head.address.len > LIMIT_NAME_BYTES ? ERR_CONTEXT_TABLE : room_put(&name, head.address));
    TRY(room_put_byte(&name, '#'));
    TRY(room_put(&name, head.sha256));
    TRY(workspace_path(folder, KIND, contexts));
    if (mkdir(contexts, S_IRWXU) != 0 && errno != EEXIST) {
        return ERR_FILE_WRITE;
    }
    TRY(workspace_entry_path(folder, KIND, room_span(&name), EXTENSION, place));
    return file_write(place, table, (struct file_how){.replace = true});
}

/* Visit each table; a workspace of before has none. */
static enum err each(const char *folder, enum err (*visit)(void *ctx, const char *path), void *ctx) {
    char path[PATH_MAX];
    TRY(workspace_path(folder, KIND, path));
    return access(path, F_OK) == 0 ? workspace_each(folder, KIND, EXTENSION, visit, ctx) : ERR_OK;
}

struct shelving {
    struct shelf *shelf;
    char *trouble;
};

static enum err shelve_one(void *ctx, const char *path) {
    struct shelving *shelving = ctx;
    struct room table = {0};
    snprintf(shelving->trouble, PATH_MAX, "%s", path);
    TRY(file_read(path, LIMIT_CONTEXT_BYTES, &table));
    enum err err = shelf_add_table(shelving->shelf, room_span(&table));
    file_release(&table);
    return err;
}

enum err context_file_shelve(const char *folder, struct shelf *shelf, char trouble[PATH_MAX]) {
    snprintf(trouble, PATH_MAX, "%s", folder);
    return each(folder, shelve_one, &(struct shelving){shelf, trouble});
}

/* A listing in progress; the shelf is as large as a kiosk's half for them. */
struct listing_contexts {
    struct lists *lists;
    uint64_t count;
    size_t bytes;
    struct arena arena;
    struct shelf shelf;
    char *trouble;
};

static enum err add_document(struct listing_contexts *listing, struct span table) {
    struct termtable_head head = {0};
    uint8_t memory[sizeof SCHEMA_DOCUMENT_CONTEXT + LIMIT_NAME_BYTES];
    struct room address = room_over(memory, sizeof memory);
    TRY(read_head(table, &head));
    uint32_t before = listing->shelf.count;
    TRY(shelf_add_table(&listing->shelf, table));
    if (listing->shelf.count == before) {
        return ERR_LISTS_TWICE;
    }
    TRY(room_put_text(&address, SCHEMA_DOCUMENT_CONTEXT));
    TRY(head.address.len > LIMIT_NAME_BYTES ? ERR_CONTEXT_TABLE : room_put(&address, head.address));
    struct lists_document document = {.address = room_span(&address), .bytes = table};
    memcpy(document.sha256, listing->shelf.entries[before].sha256, sizeof document.sha256);
    return lists_add_document(listing->lists, &document);
}

static enum err list_one(void *ctx, const char *path) {
    struct listing_contexts *listing = ctx;
    struct room table = {0};
    snprintf(listing->trouble, PATH_MAX, "%s", path);
    TRY(file_read(path, LIMIT_CONTEXT_BYTES, &table));
    bool fits =
        listing->count < LIMIT_PACK_CONTEXTS && table.len <= LIMIT_PACK_CONTEXT_BYTES - listing->bytes;
    enum err err = fits ? add_document(listing, room_span(&table)) : ERR_PACK_CONTEXTS;
    listing->count++;
    listing->bytes += table.len;
    file_release(&table);
    return err == ERR_NO_ROOM ? ERR_PACK_CONTEXTS : err;
}

enum err context_file_list(const char *folder, struct lists *lists, uint64_t *count, char trouble[PATH_MAX]) {
    *count = 0;
    struct listing_contexts *listing = calloc(1, sizeof *listing);
    void *memory = malloc(LIMIT_SHELF_BYTES / 2);
    enum err err = listing == NULL || memory == NULL ? ERR_NO_MEMORY : ERR_OK;
    if (err == ERR_OK) {
        *listing = (struct listing_contexts){
            .lists = lists, .arena = arena_over(memory, LIMIT_SHELF_BYTES / 2), .trouble = trouble};
        listing->shelf.arena = &listing->arena;
        err = each(folder, list_one, listing);
        *count = listing->count;
        shelf_close(&listing->shelf);
    }
    free(memory);
    free(listing);
    return err;
}
