/* SPDX-License-Identifier: Apache-2.0 */
#include "codec/cborjson.h"

#include "base/limits.h"
#include "base/sort.h"

#include <math.h>

enum err cborjson_counted(struct cborjson_count *count) {
    return ++count->values > LIMIT_JSON_VALUES ? ERR_JSON_TOO_MANY : ERR_OK;
}

/* A value that jansson made, or did not. */
static enum err made(json_t *value, json_t **out) {
    if (value == NULL) {
        return ERR_NO_MEMORY;
    }
    *out = value;
    return ERR_OK;
}

static bool has_nul(struct span text) {
    return span_find(text, 0, 0) < text.len;
}

/* jansson wants a pointer even for no characters. */
static const char *chars_of(struct span text) {
    return text.len == 0 ? "" : (const char *)text.ptr;
}

static enum err read_text(struct span text, json_t **out) {
    return has_nul(text) ? ERR_CBOR_VALUE : made(json_stringn(chars_of(text), text.len), out);
}

static enum err read_whole(const struct cbor_item *item, json_t **out) {
    bool negative = item->kind == CBOR_NEGATIVE;
    if (item->number > (uint64_t)LIMIT_JSON_INTEGER - (negative ? 1 : 0)) {
        return ERR_CBOR_NUMBER;
    }
    json_int_t number = (json_int_t)item->number;
    return made(json_integer(negative ? -1 - number : number), out);
}

static bool is_whole(double real) {
    return fabs(real) <= (double)LIMIT_JSON_INTEGER && real == trunc(real);
}

static enum err read_real(double real, json_t **out) {
    if (!isfinite(real)) {
        return ERR_CBOR_NUMBER;
    }
    return made(is_whole(real) ? json_integer((json_int_t)real) : json_real(real), out);
}

enum err cborjson_scalar(const struct cbor_item *item, struct cborjson_count *count, json_t **out) {
    TRY(cborjson_counted(count));
    switch (item->kind) {
    case CBOR_UNSIGNED:
    case CBOR_NEGATIVE:
        return read_whole(item, out);
    case CBOR_FLOAT:
        return read_real(item->real, out);
    case CBOR_TEXT:
        return read_text(item->bytes, out);
    case CBOR_FALSE:
    case CBOR_TRUE:
        return made(json_boolean(item->kind == CBOR_TRUE), out);
    case CBOR_NULL:
        return made(json_null(), out);
    case CBOR_TAG:
        return ERR_CBOR_TAG;
    default:
        return ERR_CBOR_VALUE;
    }
}

static enum err read_item(struct span *rest, unsigned depth, struct cborjson_count *count, json_t **out);

static enum err read_members(struct span *rest, uint64_t pairs, unsigned depth, struct cborjson_count *count,
                             json_t *object) {
    for (uint64_t i = 0; i < pairs; i++) {
        struct cbor_item key = {0};
        json_t *value = NULL;
        TRY(cbor_next(rest, &key));
        if (key.kind != CBOR_TEXT || has_nul(key.bytes)) {
            return ERR_CBOR_KEY;
        }
        TRY(read_item(rest, depth, count, &value));
        if (json_object_setn_new(object, chars_of(key.bytes), key.bytes.len, value) != 0) {
            return ERR_NO_MEMORY;
        }
    }
    return ERR_OK;
}

static enum err read_elements(struct span *rest, uint64_t elements, unsigned depth,
                              struct cborjson_count *count, json_t *array) {
    for (uint64_t i = 0; i < elements; i++) {
        json_t *value = NULL;
        TRY(read_item(rest, depth, count, &value));
        if (json_array_append_new(array, value) != 0) {
            return ERR_NO_MEMORY;
        }
    }
    return ERR_OK;
}

static enum err read_nest(struct span *rest, const struct cbor_item *item, unsigned depth,
                          struct cborjson_count *count, json_t **out) {
    bool map = item->kind == CBOR_MAP;
    json_t *nest = NULL;
    if (depth == LIMIT_CBOR_DEPTH) {
        return ERR_CBOR_DEPTH;
    }
    TRY(cborjson_counted(count));
    TRY(made(map ? json_object() : json_array(), &nest));
    enum err err = map ? read_members(rest, item->number, depth + 1, count, nest)
                       : read_elements(rest, item->number, depth + 1, count, nest);
    if (err != ERR_OK) {
        json_decref(nest);
        return err;
    }
    *out = nest;
    return ERR_OK;
}

static enum err read_item(struct span *rest, unsigned depth, struct cborjson_count *count, json_t **out) {
    struct cbor_item item = {0};
    TRY(cbor_next(rest, &item));
    return item.kind == CBOR_MAP || item.kind == CBOR_ARRAY ? read_nest(rest, &item, depth, count, out)
                                                            : cborjson_scalar(&item, count, out);
}

enum err cborjson_read(struct span *rest, struct cborjson_count *count, json_t **out) {
    struct span behind = *rest;
    TRY(read_item(&behind, 0, count, out));
    *rest = behind;
    return ERR_OK;
}

struct member {
    struct span name;
    const json_t *value;
};

/* By the bytes of a whole key: the head holds the length, so shorter ones stand first. */
static int by_key(void *ctx, const void *left, const void *right) {
    (void)ctx;
    const struct member *a = left;
    const struct member *b = right;
    return a->name.len != b->name.len ? (a->name.len > b->name.len) - (a->name.len < b->name.len)
                                      : span_order(a->name, b->name);
}

static enum err write_value(const json_t *value, unsigned depth, struct arena *arena, struct room *out);

static enum err sorted_members(const json_t *object, struct arena *arena, struct member **out) {
    json_t *walked = (json_t *)(uintptr_t)object; /* jansson iterates without const */
    void *taken = NULL;
    size_t at = 0;
    TRY(arena_take(arena, json_object_size(object) * sizeof(struct member), &taken));
    struct member *members = taken;
    for (void *i = json_object_iter(walked); i != NULL; i = json_object_iter_next(walked, i)) {
        struct span name = span_of_bytes(json_object_iter_key(i), json_object_iter_key_len(i));
        members[at++] = (struct member){name, json_object_iter_value(i)};
    }
    sort_items(members, at, sizeof *members, by_key, NULL);
    *out = members;
    return ERR_OK;
}

static enum err write_object(const json_t *object, unsigned depth, struct arena *arena, struct room *out) {
    struct member *members = NULL;
    size_t before = arena->used;
    TRY(sorted_members(object, arena, &members));
    TRY(cbor_put(out, CBOR_MAP, json_object_size(object)));
    for (size_t i = 0; i < json_object_size(object); i++) {
        TRY(cbor_put_string(out, CBOR_TEXT, members[i].name));
        TRY(write_value(members[i].value, depth, arena, out));
    }
    arena->used = before;
    return ERR_OK;
}

static enum err write_array(const json_t *array, unsigned depth, struct arena *arena, struct room *out) {
    TRY(cbor_put(out, CBOR_ARRAY, json_array_size(array)));
    for (size_t i = 0; i < json_array_size(array); i++) {
        TRY(write_value(json_array_get(array, i), depth, arena, out));
    }
    return ERR_OK;
}

static enum err write_whole(json_int_t number, struct room *out) {
    if (number > LIMIT_JSON_INTEGER || number < -LIMIT_JSON_INTEGER) {
        return ERR_CBOR_NUMBER;
    }
    return number < 0 ? cbor_put(out, CBOR_NEGATIVE, (uint64_t)(-1 - number))
                      : cbor_put(out, CBOR_UNSIGNED, (uint64_t)number);
}

static enum err write_scalar(const json_t *value, struct room *out) {
    switch (json_typeof(value)) {
    case JSON_STRING:
        return cbor_put_string(out, CBOR_TEXT,
                               span_of_bytes(json_string_value(value), json_string_length(value)));
    case JSON_INTEGER:
        return write_whole(json_integer_value(value), out);
    case JSON_REAL:
        return is_whole(json_real_value(value)) ? write_whole((json_int_t)json_real_value(value), out)
                                                : cbor_put_float(out, json_real_value(value));
    default:
        return cbor_put(out,
                        json_is_true(value)    ? CBOR_TRUE
                        : json_is_false(value) ? CBOR_FALSE
                                               : CBOR_NULL,
                        0);
    }
}

static enum err write_value(const json_t *value, unsigned depth, struct arena *arena, struct room *out) {
    if (!json_is_object(value) && !json_is_array(value)) {
        return write_scalar(value, out);
    }
    if (depth == LIMIT_JSON_DEPTH) {
        return ERR_JSON_DEPTH;
    }
    return json_is_object(value) ? write_object(value, depth + 1, arena, out)
                                 : write_array(value, depth + 1, arena, out);
}

enum err cborjson_write(const json_t *value, struct arena *arena, struct room *out) {
    return write_value(value, 0, arena, out);
}
