/* SPDX-License-Identifier: Apache-2.0 */
#include "base/limits.h"
#include "codec/jsontext.h"

#include <stdlib.h>

/* What is accepted keeps the bounds that were counted before it was parsed. */
static unsigned values_below(const json_t *value, unsigned depth) {
    const char *name = NULL;
    json_t *member = NULL;
    size_t at = 0;
    unsigned count = 1;
    if ((json_is_object(value) || json_is_array(value)) && depth == 0) {
        abort();
    }
    json_object_foreach((json_t *)(uintptr_t)value, name, member) {
        count += values_below(member, depth - 1);
    }
    json_array_foreach(value, at, member) {
        count += values_below(member, depth - 1);
    }
    return count;
}

static void ask_members(const json_t *value) {
    const char *name = NULL;
    json_t *member = NULL;
    json_object_foreach((json_t *)(uintptr_t)value, name, member) {
        struct span text = {0};
        int64_t number = 0;
        enum err err = jsontext_string(value, name, &text);
        if ((err == ERR_OK) != json_is_string(member) || text.len != jsontext_span(member).len) {
            abort();
        }
        if (jsontext_integer(value, name, &number) == ERR_OK &&
            (number > LIMIT_JSON_INTEGER || number < -LIMIT_JSON_INTEGER)) {
            abort();
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    json_t *value = NULL;
    if (jsontext_parse(span_of_bytes(data, size), &value) != ERR_OK) {
        return 0;
    }
    if (values_below(value, LIMIT_JSON_DEPTH) > LIMIT_JSON_VALUES) {
        abort();
    }
    ask_members(value);
    json_decref(value);
    return 0;
}
