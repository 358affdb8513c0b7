/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/registry.h"

#include "tests/lib/check.h"

#include <stdlib.h>

static size_t read_words(const json_t *pairs, struct cborld_word words[REGISTRY_WORDS]) {
    size_t count = json_array_size(pairs);
    assert_true(count <= REGISTRY_WORDS);
    for (size_t i = 0; i < count; i++) {
        const json_t *pair = json_array_get(pairs, i);
        words[i].text = json_string_value(json_array_get(pair, 0));
        words[i].number = (uint64_t)json_integer_value(json_array_get(pair, 1));
        assert_non_null(words[i].text);
    }
    return count;
}

static void read_entry(struct registry *out, size_t at, const json_t *types) {
    struct cborld_entry *entry = &out->entries[at];
    entry->types = out->types[at];
    entry->count = json_array_size(types);
    assert_true(entry->count <= REGISTRY_TYPES);
    for (size_t i = 0; i < entry->count; i++) {
        const json_t *pair = json_array_get(types, i);
        struct cborld_type *type = &out->types[at][i];
        type->type = json_string_value(json_array_get(pair, 0));
        type->words = out->words[at][i];
        type->count = read_words(json_object_get(json_array_get(pair, 1), "__map"), out->words[at][i]);
    }
}

void registry_read(const json_t *tables, const json_t *app_words, struct registry *out) {
    json_t *walked = (json_t *)(uintptr_t)tables;
    *out = (struct registry){0};
    for (void *i = json_object_iter(walked); i != NULL; i = json_object_iter_next(walked, i)) {
        const json_t *types = json_object_get(json_object_iter_value(i), "__map");
        if (types == NULL) {
            continue; /* said to be unknown */
        }
        assert_true(out->registry.count < REGISTRY_ENTRIES);
        size_t at = out->registry.count++;
        out->entries[at].id = strtoull(json_object_iter_key(i), NULL, 10);
        read_entry(out, at, types);
    }
    out->registry.entries = out->entries;
    out->registry.app_words = out->app_words;
    out->registry.app_count = read_words(app_words, out->app_words);
}
