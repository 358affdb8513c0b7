/* walk: the members of a JSON object and the items of what may be an array, as spans and borrowed values. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LINKED_WALK_H
#define LINKED_WALK_H

#include <jansson.h>

#include "base/span.h"

/* Where a walk over an object stands: `name` and `value` of the member it came to. */
struct walk {
    json_t *object;
    void *at;
    struct span name;
    const json_t *value;
    bool begun;
};

static inline struct walk walk_over(const json_t *object) {
    return (struct walk){.object = (json_t *)(uintptr_t)object}; /* jansson iterates without const */
}

/* Go to the next member, in the order of the document; false behind the last, and for what is no object. */
static inline bool walk_next(struct walk *walk) {
    walk->at = walk->begun ? json_object_iter_next(walk->object, walk->at) : json_object_iter(walk->object);
    walk->begun = true;
    if (walk->at == NULL) {
        return false;
    }
    walk->name = span_of_bytes(json_object_iter_key(walk->at), json_object_iter_key_len(walk->at));
    walk->value = json_object_iter_value(walk->at);
    return true;
}

/* A member by name; NULL where there is none. */
static inline const json_t *walk_get(const json_t *object, struct span name) {
    return json_object_getn(object, (const char *)name.ptr, name.len);
}

/* How many values `value` stands for where one need not be an array, and the one at `at`. */
static inline size_t walk_count(const json_t *value) {
    return json_is_array(value) ? json_array_size(value) : 1;
}
static inline const json_t *walk_item(const json_t *value, size_t at) {
    return json_is_array(value) ? json_array_get(value, at) : value;
}

/* The characters of a string; no pointer for anything else. */
static inline struct span walk_text(const json_t *value) {
    return json_is_string(value) ? span_of_bytes(json_string_value(value), json_string_length(value))
                                 : (struct span){0};
}

#endif
