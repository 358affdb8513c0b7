/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/sealed_change.h"

#include "tests/lib/check.h"

#include <stdio.h>
#include <stdlib.h>

/* Who is told of each change. */
struct visitor {
    void (*visit)(void *ctx, const char *change, const char *member);
    void *ctx;
};

/* The n-th other value in place of one; NULL behind the last. */
static json_t *other_value(const json_t *value, unsigned n) {
    static const char *const texts[] = {"%sx", "x%s", "%.0s"};
    if (json_is_string(value) && n < 3) {
        bool empty = json_string_length(value) == 0;
        return empty ? json_string("x") : json_sprintf(texts[n], json_string_value(value));
    }
    if (json_is_integer(value) && n < 1) {
        return json_integer(json_integer_value(value) + 1);
    }
    if (json_is_real(value) && n < 1) {
        return json_real(json_real_value(value) + 1);
    }
    if (json_is_boolean(value) && n < 1) {
        return json_boolean(!json_is_true(value));
    }
    unsigned simple = json_is_string(value) ? 3 : json_is_object(value) || json_is_array(value) ? 0 : 1;
    return n == simple       ? json_null()
           : n == simple + 1 ? json_pack("[O,s]", value, "x")
           : n == simple + 2 ? json_object()
                             : NULL;
}

static void change_below(const struct visitor *to, json_t *value);

static void change_member(const struct visitor *to, json_t *object, const char *name) {
    json_t *value = json_incref(json_object_get(object, name));
    char renamed[256];
    json_t *other = other_value(value, 0);
    for (unsigned n = 1; other != NULL; other = other_value(value, n++)) {
        json_object_set_new(object, name, other);
        to->visit(to->ctx, "with another value", name);
    }
    json_object_set(object, name, value);
    change_below(to, value);
    json_object_del(object, name);
    to->visit(to->ctx, "left out", name);
    snprintf(renamed, sizeof renamed, "%sx", name);
    json_object_set(object, renamed, value);
    to->visit(to->ctx, "under another name", name);
    json_object_del(object, renamed);
    json_object_set_new(object, name, value);
}

static void change_object(const struct visitor *to, json_t *object) {
    static const char *const more[] = {"name", "description", "id", "unheard"};
    size_t count = 0;
    const char *names[128];
    for (void *at = json_object_iter(object); at != NULL; at = json_object_iter_next(object, at)) {
        assert_in_range(count, 0, 127);
        names[count++] = strdup(json_object_iter_key(at));
    }
    for (size_t i = 0; i < count; i++) {
        change_member(to, object, names[i]);
        free((void *)(uintptr_t)names[i]);
    }
    for (size_t i = 0; i < sizeof more / sizeof *more; i++) {
        if (json_object_get(object, more[i]) == NULL) {
            json_object_set_new(object, more[i], json_string("urn:eve"));
            to->visit(to->ctx, "added", more[i]);
            json_object_del(object, more[i]);
        }
    }
}

static void change_array(const struct visitor *to, json_t *array) {
    for (size_t i = 0; i < json_array_size(array); i++) {
        json_t *value = json_incref(json_array_get(array, i));
        json_t *other = other_value(value, 0);
        for (unsigned n = 1; other != NULL; other = other_value(value, n++)) {
            json_array_set_new(array, i, other);
            to->visit(to->ctx, "another", "item");
        }
        json_array_set(array, i, value);
        change_below(to, value);
        json_array_remove(array, i);
        to->visit(to->ctx, "left out", "item");
        json_array_insert_new(array, i, value);
    }
    json_array_append_new(array, json_string("x"));
    to->visit(to->ctx, "added", "item");
    json_array_remove(array, json_array_size(array) - 1);
}

static void change_below(const struct visitor *to, json_t *value) {
    if (json_is_object(value)) {
        change_object(to, value);
    } else if (json_is_array(value)) {
        change_array(to, value);
    }
}

void sealed_change_each(json_t *document, void (*visit)(void *ctx, const char *change, const char *member),
                        void *ctx) {
    const struct visitor to = {visit, ctx};
    change_below(&to, document);
}
