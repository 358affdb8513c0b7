/* SPDX-License-Identifier: Apache-2.0 */
#include "credctl/build/status_file.h"

#include "base/limits.h"
#include "codec/jsontext.h"
#include "credctl/build/statuslist.h"
#include "credctl/build/workspace.h"
#include "credctl/file.h"
#include "pack/document.h"

/* Eight million numbers with their commas. */
#define FILE_BYTES_MAX (80u * 1024u * 1024u)

/* An element of "set" is a number, or a number and its value. */
static int64_t index_of(const json_t *element) {
    const json_t *number = json_is_array(element) ? json_array_get(element, 0) : element;
    return json_is_integer(number) ? json_integer_value(number) : -1;
}

static int64_t value_of(const json_t *element) {
    return json_is_array(element) ? json_integer_value(json_array_get(element, 1)) : 1;
}

static bool holds(int64_t bits, int64_t value) {
    return value >= 0 && value < (INT64_C(1) << bits);
}

/* The entries that are set must be numbers of the list, ascending, with values that their bits hold. */
static bool set_is_sound(const json_t *set, int64_t entries, int64_t bits) {
    int64_t last = -1;
    for (size_t i = 0; i < json_array_size(set); i++) {
        const json_t *element = json_array_get(set, i);
        if (index_of(element) <= last || index_of(element) >= entries || value_of(element) == 0 ||
            !holds(bits, value_of(element))) {
            return false;
        }
        last = index_of(element);
    }
    return json_is_array(set);
}

/* Token Status Lists have entries of 1, 2, 4 or 8 bits, and no least number of them. */
static enum err check_shape(const struct status_file *file) {
    bool halves = file->bits == 1 || file->bits == 2 || file->bits == 4 || file->bits == 8;
    if ((file->token && !halves) || file->entries > (int64_t)STATUSLIST_BYTES_MAX * 8 / file->bits ||
        !set_is_sound(json_object_get(file->json, "set"), file->entries, file->bits)) {
        return ERR_STATUS_SHAPE;
    }
    return file->token || file->entries >= (int64_t)LIMIT_STATUS_ENTRIES_MIN ? ERR_OK : ERR_STATUS_SHORT;
}

static enum err take(json_t *json, struct status_file *out) {
    struct status_file file = {.json = json, .bits = 1};
    enum err err = ERR_STATUS_SHAPE;
    bool sized = json_object_get(json, "bits") == NULL || document_number(json, "bits", 1, 8, &file.bits);
    if (sized && document_name(json, "issuer", &file.issuer) &&
        document_name(json, "address", &file.address) && document_name(json, "purpose", &file.purpose) &&
        document_number(json, "entries", 1, (int64_t)STATUSLIST_BYTES_MAX * 8, &file.entries)) {
        file.token = span_equal_text(file.purpose, STATUS_FILE_TOKEN);
        err = check_shape(&file);
    }
    if (err != ERR_OK) {
        status_file_close(&file);
        return err;
    }
    *out = file;
    return ERR_OK;
}

enum err status_file_make(const char *issuer, const char *address, const char *purpose, int64_t entries,
                          int64_t bits, struct status_file *out) {
    json_t *json = json_pack("{s:s,s:s,s:s,s:I,s:I,s:[]}", "issuer", issuer, "address", address, "purpose",
                             purpose, "entries", (json_int_t)entries, "bits", (json_int_t)bits, "set");
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
        if (index_of(json_array_get(set, middle)) < index) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

uint32_t status_file_value(const struct status_file *file, int64_t index) {
    const json_t *set = json_object_get(file->json, "set");
    const json_t *element = json_array_get(set, place_of(set, index));
    return element != NULL && index_of(element) == index ? (uint32_t)value_of(element) : 0;
}

static json_t *element_of(const struct status_file *file, int64_t index, uint32_t value) {
    return file->bits == 1 ? json_integer(index) : json_pack("[I,I]", (json_int_t)index, (json_int_t)value);
}

enum err status_file_set(struct status_file *file, int64_t index, uint32_t value, bool *changed) {
    json_t *set = json_object_get(file->json, "set");
    if (index < 0 || index >= file->entries) {
        return ERR_STATUS_INDEX;
    }
    if (!holds(file->bits, value)) {
        return ERR_STATUS_VALUE;
    }
    uint32_t before = status_file_value(file, index);
    size_t at = place_of(set, index);
    *changed = before != value;
    if (*changed && before != 0 && json_array_remove(set, at) != 0) {
        return ERR_NO_MEMORY;
    }
    bool insert = *changed && value != 0;
    return !insert || json_array_insert_new(set, at, element_of(file, index, value)) == 0 ? ERR_OK
                                                                                          : ERR_NO_MEMORY;
}

size_t status_file_bytes(const struct status_file *file) {
    return (size_t)((file->entries * file->bits + 7) / 8);
}

/* Bit by bit: an entry may straddle bytes. */
static void put_value(uint8_t *bitmap, uint64_t from, int64_t bits, uint64_t value) {
    for (int64_t i = 0; i < bits; i++) {
        uint64_t at = from + (uint64_t)i;
        if (value >> (bits - 1 - i) & 1) {
            bitmap[at / 8] |= (uint8_t)(0x80u >> (at % 8));
        }
    }
}

enum err status_file_bitmap(const struct status_file *file, struct room *out) {
    const json_t *set = json_object_get(file->json, "set");
    size_t bytes = status_file_bytes(file);
    if (bytes > out->cap - out->len) {
        return ERR_NO_ROOM;
    }
    uint8_t *bitmap = out->ptr + out->len;
    memset(bitmap, 0, bytes);
    for (size_t i = 0; i < json_array_size(set); i++) {
        const json_t *element = json_array_get(set, i);
        put_value(bitmap, (uint64_t)(index_of(element) * file->bits), file->bits,
                  (uint64_t)value_of(element));
    }
    out->len += bytes;
    return ERR_OK;
}

void status_file_close(struct status_file *file) {
    json_decref(file->json);
    *file = (struct status_file){0};
}
