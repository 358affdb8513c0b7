/* SPDX-License-Identifier: Apache-2.0 */
#include "linked/shelf.h"

#include "codec/jsontext.h"
#include "linked/context_unit.h"
#include "linked/termtable.h"
#include "linked/walk.h"

static bool known(const struct shelf *shelf, const struct shelf_entry *entry) {
    for (uint32_t i = 0; i < shelf->count; i++) {
        if (span_equal(shelf->entries[i].document.address, entry->document.address) &&
            memcmp(shelf->entries[i].sha256, entry->sha256, sizeof entry->sha256) == 0) {
            return true;
        }
    }
    return false;
}

/* Compile and keep an entry whose address, hash and context are set; its JSON is taken over, also on an error. */
static enum err keep(struct shelf *shelf, struct shelf_entry *entry) {
    struct shelf_view view = {.shelf = shelf};
    struct context_library library = shelf_view_library(&view);
    struct context_env env = {.arena = shelf->arena, .library = &library};
    enum err err = shelf->count < LIMIT_SHELF_CONTEXTS ? ERR_OK : ERR_CONTEXT_FULL;
    if (err == ERR_OK && known(shelf, entry)) {
        json_decref(entry->json);
        return ERR_OK;
    }
    size_t mark = shelf->arena->used;
    err = err == ERR_OK ? arena_copy(shelf->arena, entry->document.address, &entry->document.address) : err;
    err = err == ERR_OK ? context_unit_compile(&env, NULL, entry->document.context, entry->document.address,
                                               &entry->document.unit)
                        : err;
    if (err == ERR_NO_ROOM || err == ERR_CONTEXT_FULL) {
        shelf->arena->used = mark;
        json_decref(entry->json);
        return err;
    }
    entry->document.unit = err == ERR_OK ? entry->document.unit : NULL; /* it may be right where it is used */
    shelf->entries[shelf->count++] = *entry;
    return ERR_OK;
}

static enum err hex_digit(uint8_t c, uint8_t *out) {
    if (c >= '0' && c <= '9') {
        *out = (uint8_t)(c - '0');
        return ERR_OK;
    }
    *out = (uint8_t)(c - 'a' + 10);
    return c >= 'a' && c <= 'f' ? ERR_OK : ERR_CONTEXT_TABLE;
}

static enum err unhex(struct span text, uint8_t out[CRYPTO_SHA256_BYTES]) {
    for (size_t i = 0; i < CRYPTO_SHA256_BYTES; i++) {
        uint8_t high = 0;
        uint8_t low = 0;
        TRY(hex_digit(text.ptr[2 * i], &high));
        TRY(hex_digit(text.ptr[2 * i + 1], &low));
        out[i] = (uint8_t)(high << 4 | low);
    }
    return ERR_OK;
}

enum err shelf_add_table(struct shelf *shelf, struct span text) {
    struct shelf_entry entry = {0};
    struct termtable_head head = {0};
    TRY(termtable_read(text, &head, &entry.json));
    entry.document.address = head.address;
    entry.document.context = entry.json;
    enum err err = unhex(head.sha256, entry.sha256);
    if (err != ERR_OK) {
        json_decref(entry.json);
        return err;
    }
    return keep(shelf, &entry);
}

enum err shelf_add_json(struct shelf *shelf, struct span address, struct span text) {
    struct shelf_entry entry = {.document.address = address};
    if (text.len > LIMIT_CONTEXT_BYTES) {
        return ERR_CONTEXT_LARGE;
    }
    TRY(crypto_sha256(text, entry.sha256));
    TRY(jsontext_parse(text, &entry.json));
    entry.document.context = json_object_get(entry.json, "@context");
    if (entry.document.context == NULL) {
        json_decref(entry.json);
        return ERR_CONTEXT_REMOTE;
    }
    return keep(shelf, &entry);
}

void shelf_close(struct shelf *shelf) {
    for (uint32_t i = 0; i < shelf->count; i++) {
        json_decref(shelf->entries[i].json);
    }
    *shelf = (struct shelf){0};
}

/* The entry that is the n-th version, from 0, of an address; NULL where there is none. */
static const struct shelf_entry *version_of(const struct shelf *shelf, struct span address, unsigned n) {
    for (uint32_t i = 0; i < shelf->count; i++) {
        if (span_equal(shelf->entries[i].document.address, address) && n-- == 0) {
            return &shelf->entries[i];
        }
    }
    return NULL;
}

static const struct context_document *find(void *ctx, struct span address) {
    struct shelf_view *view = ctx;
    const struct shelf_entry *first = view->shelf == NULL ? NULL : version_of(view->shelf, address, 0);
    if (first == NULL) {
        return NULL;
    }
    size_t at = (size_t)(first - view->shelf->entries);
    view->asked[at] = true;
    const struct shelf_entry *seen = version_of(view->shelf, address, view->version[at]);
    return seen == NULL ? NULL : &seen->document;
}

struct context_library shelf_view_library(struct shelf_view *view) {
    return (struct context_library){.find = find, .ctx = view};
}

bool shelf_view_next(struct shelf_view *view) {
    if (view->shelf == NULL || ++view->tries >= LIMIT_SHELF_TRIES) {
        return false;
    }
    for (uint32_t i = 0; i < view->shelf->count; i++) {
        if (view->asked[i]) {
            struct span address = view->shelf->entries[i].document.address;
            if (version_of(view->shelf, address, view->version[i] + 1u) != NULL) {
                view->version[i]++;
                return true;
            }
            view->version[i] = 0;
        }
    }
    return false;
}
