/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/status_file.h"

#include "base/limits.h"
#include "codec/jsontext.h"
#include "credctl/build/bitstring.h"
#include "credctl/build/workspace.h"
#include "credctl/file.h"
#include "pack/document.h"

/* Eight million numbers with their commas. */
#define FILE_BYTES_MAX (80u * 1024u * 1024u)

/* The entries that are set must be numbers of the list, ascending. */
static bool set_is_sound(const json_t *set, int64_t entries) {
    int64_t last = -1;
    for (size_t i = 0; i < json_array_size(set); i++) {
        const json_t *number = json_array_get(set, i);
        if (!json_is_integer(number) || json_integer_value(number) <= last ||
            json_integer_value(number) >= entries) {
            return false;
        }
        last = json_integer_value(number);
    }
    return json_is_array(set);
}

static enum err take(json_t *json, struct status_file *out) {
    struct status_file file = {.json = json};
    enum err err = ERR_OK;
    if (!document_name(json, "issuer", &file.issuer) || !document_name(json, "address", &file.address) ||
        !document_name(json, "purpose", &file.purpose) ||
        !document_number(json, "entries", 1, (int64_t)STATUSLIST_BYTES_MAX * 8, &file.entries) ||
        !set_is_sound(json_object_get(json, "set"), file.entries)) {
        err = ERR_STATUS_SHAPE;
    } else if (file.entries < (int64_t)LIMIT_STATUS_ENTRIES_MIN) {
        err = ERR_STATUS_SHORT;
    }
    if (err != ERR_OK) {
        status_file_close(&file);
        return err;
    }
    *out = file;
    return ERR_OK;
}

enum err status_file_make(const char *issuer, const char *address, const char *purpose, int64_t entries,
                          struct status_file *out) {
    json_t *json = json_pack("{s:s,s:s,s:s,s:I,s:[]}", "issuer", issuer, "address", address, "purpose",
                             purpose, "entries", (json_int_t)entries, "set");
    return json == NULL ? ERR_STATUS_SHAPE : take(json, out);
}

/* The file may hold millions of numbers, more than jsontext takes from strangers: it is the issuer's own. */
enum err status_file_read(const char *path, struct status_file *out) {
    struct room text = {0};
    TRY(file_read(path, FILE_BYTES_MAX, &text));
    json_t *json = json_loadb((const char *)text.ptr, text.len, JSON_REJECT_DUPLICATES, NULL);
    file_release(&text);
    return json == NULL ? ERR_STATUS_SHAPE : take(json, out);
}

enum err status_file_write(const struct status_file *file, const char *path, bool replace) {
    return workspace_write_json(path, file->json, replace);
}

/* Where the index stands or would stand in the ascending array. */
static size_t place_of(const json_t *set, int64_t index) {
    size_t low = 0, high = json_array_size(set);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (json_integer_value(json_array_get(set, middle)) < index) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

enum err status_file_set(struct status_file *file, int64_t index, bool value, bool *changed) {
    json_t *set = json_object_get(file->json, "set");
    if (index < 0 || index >= file->entries) {
        return ERR_STATUS_INDEX;
    }
    size_t at = place_of(set, index);
    bool is_set = at < json_array_size(set) && json_integer_value(json_array_get(set, at)) == index;
    *changed = is_set != value;
    if (!*changed) {
        return ERR_OK;
    }
    int failed = value ? json_array_insert_new(set, at, json_integer(index)) : json_array_remove(set, at);
    return failed == 0 ? ERR_OK : ERR_NO_MEMORY;
}

enum err status_file_bitmap(const struct status_file *file, struct room *out) {
    const json_t *set = json_object_get(file->json, "set");
    size_t bytes = ((size_t)file->entries + 7) / 8;
    if (bytes > out->cap - out->len) {
        return ERR_NO_ROOM;
    }
    uint8_t *bitmap = out->ptr + out->len;
    memset(bitmap, 0, bytes);
    for (size_t i = 0; i < json_array_size(set); i++) {
        uint64_t index = (uint64_t)json_integer_value(json_array_get(set, i));
        bitmap[index / 8] |= (uint8_t)(0x80u >> (index % 8));
    }
    out->len += bytes;
    return ERR_OK;
}

void status_file_close(struct status_file *file) {
    json_decref(file->json);
    *file = (struct status_file){0};
}
