/* SPDX-License-Identifier: Apache-2.0 */
#include "codec/jcs.h"

#include "base/limits.h"
#include "base/sort.h"
#include "base/utf8.h"

#include <stdlib.h>

/* Members sorted without asking for memory. */
#define FEW_MEMBERS 32u

struct member {
    struct span name;
    const json_t *value;
};

static int by_utf16(void *ctx, const void *left, const void *right) {
    (void)ctx;
    return utf8_order_utf16(((const struct member *)left)->name, ((const struct member *)right)->name);
}

static enum err put_escape(struct room *out, uint8_t byte) {
    static const char digits[] = "0123456789abcdef";
    static const char names[] = "btn fr"; /* 08 to 0D; 0B has none */
    if (byte == '"' || byte == '\\') {
        const uint8_t pair[2] = {'\\', byte};
        return room_put(out, span_of_bytes(pair, sizeof pair));
    }
    if (byte >= 8 && byte <= 13 && byte != 11) {
        const uint8_t pair[2] = {'\\', (uint8_t)names[byte - 8]};
        return room_put(out, span_of_bytes(pair, sizeof pair));
    }
    const uint8_t six[6] = {'\\', 'u', '0', '0', (uint8_t)digits[byte >> 4], (uint8_t)digits[byte & 15]};
    return room_put(out, span_of_bytes(six, sizeof six));
}

static enum err put_string(struct room *out, struct span text) {
    size_t from = 0;
    TRY(room_put_byte(out, '"'));
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < 0x20 || text.ptr[i] == '"' || text.ptr[i] == '\\') {
            TRY(room_put(out, span_slice(text, from, i - from)));
            TRY(put_escape(out, text.ptr[i]));
            from = i + 1;
        }
    }
    TRY(room_put(out, span_slice(text, from, text.len - from)));
    return room_put_byte(out, '"');
}

static enum err put_value(struct room *out, const json_t *value, unsigned depth);

static enum err put_array(struct room *out, const json_t *array, unsigned depth) {
    TRY(room_put_byte(out, '['));
    for (size_t i = 0; i < json_array_size(array); i++) {
        if (i > 0) {
            TRY(room_put_byte(out, ','));
        }
        TRY(put_value(out, json_array_get(array, i), depth));
    }
    return room_put_byte(out, ']');
}

static enum err put_members(struct room *out, struct member *members, size_t count, unsigned depth) {
    sort_items(members, count, sizeof *members, by_utf16, NULL);
    TRY(room_put_byte(out, '{'));
    for (size_t i = 0; i < count; i++) {
        if (i > 0) {
            TRY(room_put_byte(out, ','));
        }
        TRY(put_string(out, members[i].name));
        TRY(room_put_byte(out, ':'));
        TRY(put_value(out, members[i].value, depth));
    }
    return room_put_byte(out, '}');
}

static enum err put_object(struct room *out, const json_t *object, unsigned depth) {
    struct member few[FEW_MEMBERS];
    size_t count = json_object_size(object);
    struct member *members = count <= FEW_MEMBERS ? few : calloc(count, sizeof *members);
    if (members == NULL) {
        return ERR_NO_MEMORY;
    }
    json_t *walked = (json_t *)(uintptr_t)object; /* jansson iterates without const */
    size_t at = 0;
    for (void *i = json_object_iter(walked); i != NULL; i = json_object_iter_next(walked, i)) {
        struct span name = span_of_bytes(json_object_iter_key(i), json_object_iter_key_len(i));
        members[at++] = (struct member){name, json_object_iter_value(i)};
    }
    enum err err = put_members(out, members, count, depth);
    if (members != few) {
        free(members);
    }
    return err;
}

static enum err put_number(struct room *out, double number) {
    char text[JCS_NUMBER_CHARS];
    jcs_number(number, text);
    return room_put_text(out, text);
}

static enum err put_value(struct room *out, const json_t *value, unsigned depth) {
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return depth == 0 ? ERR_JSON_DEPTH : put_object(out, value, depth - 1);
    case JSON_ARRAY:
        return depth == 0 ? ERR_JSON_DEPTH : put_array(out, value, depth - 1);
    case JSON_STRING:
        return put_string(out, span_of_bytes(json_string_value(value), json_string_length(value)));
    case JSON_INTEGER:
        return put_number(out, (double)json_integer_value(value));
    case JSON_REAL:
        return put_number(out, json_real_value(value));
    case JSON_TRUE:
        return room_put_text(out, "true");
    case JSON_FALSE:
        return room_put_text(out, "false");
    default:
        return room_put_text(out, "null");
    }
}

enum err jcs_write(const json_t *value, struct room *out) {
    return put_value(out, value, LIMIT_JSON_DEPTH);
}

enum err jcs_text(const json_t *value, struct arena *arena, struct span *out) {
    struct room rest =
        room_over(arena->base == NULL ? NULL : arena->base + arena->used, arena->size - arena->used);
    TRY(jcs_write(value, &rest));
    arena->used += rest.len;
    *out = room_span(&rest);
    return ERR_OK;
}
