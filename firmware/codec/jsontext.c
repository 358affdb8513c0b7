/* SPDX-License-Identifier: Apache-2.0 */
#include "codec/jsontext.h"

#include "base/limits.h"

#include <math.h>

/* What is counted before jansson allocates. It knows brackets, commas and strings, and leaves it the rest. */
struct census {
    unsigned depth;
    unsigned values, values_max;
    bool opened; /* the last sign was an opening bracket: whatever follows but its end is a value */
};

/* The offset behind the string whose opening quote stands at `at`. */
static size_t behind_string(struct span text, size_t at) {
    for (at++; at < text.len && text.ptr[at] != '"'; at++) {
        at += text.ptr[at] == '\\' ? 1 : 0;
    }
    return at < text.len ? at + 1 : text.len;
}

static enum err count_sign(struct census *census, uint8_t sign) {
    bool closes = sign == '}' || sign == ']';
    census->values += (census->opened && !closes) || sign == ',' ? 1 : 0;
    census->opened = sign == '{' || sign == '[';
    if (census->opened && ++census->depth > LIMIT_JSON_DEPTH) {
        return ERR_JSON_DEPTH;
    }
    census->depth -= closes && census->depth > 0 ? 1 : 0;
    return census->values > census->values_max ? ERR_JSON_TOO_MANY : ERR_OK;
}

/* One pass, no recursion, no memory. Exact up to the first error of syntax, where jansson stops too. */
static enum err take_census(struct span text, unsigned values_max) {
    struct census census = {.values = 1, .values_max = values_max};
    size_t at = 0;
    while (at < text.len) {
        uint8_t sign = text.ptr[at];
        if (sign != ' ' && sign != '\t' && sign != '\n' && sign != '\r') {
            TRY(count_sign(&census, sign));
        }
        at = sign == '"' ? behind_string(text, at) : at + 1;
    }
    return ERR_OK;
}

static enum err err_from_jansson(const json_error_t *error) {
    switch (json_error_code(error)) {
    case json_error_duplicate_key:
        return ERR_JSON_DUPLICATE;
    case json_error_numeric_overflow:
        return ERR_JSON_NUMBER;
    case json_error_out_of_memory:
        return ERR_NO_MEMORY;
    case json_error_unknown: /* jansson says nothing where an allocation fails early */
        return error->text[0] == 0 ? ERR_NO_MEMORY : ERR_JSON_SYNTAX;
    default:
        return ERR_JSON_SYNTAX;
    }
}

enum err jsontext_parse(struct span text, json_t **out) {
    return jsontext_parse_large(text, LIMIT_JSON_VALUES, out);
}

enum err jsontext_parse_large(struct span text, unsigned values_max, json_t **out) {
    TRY(take_census(text, values_max));
    json_error_t error = {0};
    json_t *value = json_loadb((const char *)text.ptr, text.len, JSON_REJECT_DUPLICATES, &error);
    if (value == NULL) {
        return err_from_jansson(&error);
    }
    *out = value;
    return ERR_OK;
}

struct span jsontext_span(const json_t *value) {
    const char *chars = json_string_value(value);
    return chars == NULL ? (struct span){0} : span_of_bytes(chars, json_string_length(value));
}

enum err jsontext_string(const json_t *object, const char *member, struct span *out) {
    const json_t *value = json_object_get(object, member);
    if (!json_is_string(value)) {
        return ERR_JSON_TYPE;
    }
    *out = jsontext_span(value);
    return ERR_OK;
}

enum err jsontext_optional_string(const json_t *object, const char *member, struct span *out) {
    if (json_is_object(object) && json_object_get(object, member) == NULL) {
        *out = (struct span){0};
        return ERR_OK;
    }
    return jsontext_string(object, member, out);
}

static bool whole(const json_t *value, int64_t *out) {
    if (json_is_integer(value)) {
        *out = json_integer_value(value);
        return *out >= -LIMIT_JSON_INTEGER && *out <= LIMIT_JSON_INTEGER;
    }
    double real = json_real_value(value);
    if (!json_is_real(value) || !(fabs(real) <= (double)LIMIT_JSON_INTEGER) || real != trunc(real)) {
        return false;
    }
    *out = (int64_t)real;
    return true;
}

enum err jsontext_integer(const json_t *object, const char *member, int64_t *out) {
    int64_t value = 0;
    if (!whole(json_object_get(object, member), &value)) {
        return ERR_JSON_TYPE;
    }
    *out = value;
    return ERR_OK;
}

bool jsontext_names(const json_t *object, const char *member, const char *text) {
    const json_t *value = json_object_get(object, member);
    bool found = span_equal_text(jsontext_span(value), text);
    for (size_t i = 0; !found && i < json_array_size(value); i++) {
        found = span_equal_text(jsontext_span(json_array_get(value, i)), text);
    }
    return found;
}
