/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/tree_json.h"

#include <stdlib.h>

#include "linked/walk.h"

static json_t *text(struct span span) {
    return span.ptr == NULL ? json_null() : json_stringn((const char *)span.ptr, span.len);
}

static json_t *types_of(const struct tree_object *object) {
    if (tree_is(object, KEYWORD_VALUE) && object->types != NULL) {
        return text(object->types->iri);
    }
    json_t *types = json_array();
    for (const struct tree_type *type = object->types; type != NULL; type = type->next) {
        json_array_insert_new(types, 0, text(type->iri));
    }
    return types;
}

/* Values under a name, behind those that stand there. */
static void put_properties(json_t *into, const struct tree_property *properties) {
    for (; properties != NULL; properties = properties->next) {
        char name[1024] = {0};
        memcpy(name, properties->name.ptr, properties->name.len);
        json_t *items = tree_json(properties->items);
        json_t *there = json_object_get(into, name);
        if (there == NULL) {
            json_object_set_new(into, name, items);
        } else {
            json_array_extend(there, items);
            json_decref(items);
        }
    }
}

static json_t *json_of(const struct tree_object *object) {
    json_t *out = json_object();
    put_properties(out, object->properties);
    if (tree_is(object, KEYWORD_ID)) {
        json_object_set_new(out, "@id", text(object->id));
    }
    if (tree_is(object, KEYWORD_TYPE)) {
        json_object_set_new(out, "@type", types_of(object));
    }
    if (tree_is(object, KEYWORD_VALUE)) {
        json_object_set_new(out, "@value",
                            object->value != NULL ? json_deep_copy(object->value) : text(object->text));
    }
    if (tree_is(object, KEYWORD_LANGUAGE)) {
        json_object_set_new(out, "@language", text(object->language));
    }
    if (tree_is(object, KEYWORD_DIRECTION)) {
        json_object_set_new(out, "@direction", json_string(object->direction == CONTEXT_LTR ? "ltr" : "rtl"));
    }
    if (tree_is(object, KEYWORD_INDEX)) {
        json_object_set_new(out, "@index", text(object->index));
    }
    if (tree_is(object, KEYWORD_LIST)) {
        json_object_set_new(out, "@list", tree_json(object->list));
    }
    if (tree_is(object, KEYWORD_GRAPH)) {
        json_object_set_new(out, "@graph", tree_json(object->graph));
    }
    if (tree_is(object, KEYWORD_INCLUDED)) {
        json_object_set_new(out, "@included", tree_json(object->included));
    }
    if (object->reverse != NULL) {
        json_t *reverse = json_object();
        put_properties(reverse, object->reverse);
        json_object_set_new(out, "@reverse", reverse);
    }
    return out;
}

json_t *tree_json(struct tree_items items) {
    json_t *out = json_array();
    for (const struct tree_item *item = items.first; item != NULL; item = item->next) {
        json_array_append_new(out, json_of(item->object));
    }
    return out;
}

static bool equal(const json_t *a, const json_t *b, bool ordered);

static bool arrays_equal(const json_t *a, const json_t *b, bool ordered) {
    size_t count = json_array_size(a);
    bool *used = calloc(count + 1, sizeof *used);
    size_t matched = 0;
    for (size_t i = 0; i < count; i++) {
        size_t j = ordered ? i : 0;
        while (j < count && (used[j] || !equal(json_array_get(a, i), json_array_get(b, j), false))) {
            j = ordered ? count : j + 1;
        }
        if (j < count) {
            used[j] = true;
            matched++;
        }
    }
    free(used);
    return count == json_array_size(b) && matched == count;
}

static bool equal(const json_t *a, const json_t *b, bool ordered) {
    if (json_is_number(a) && json_is_number(b)) {
        return json_number_value(a) == json_number_value(b);
    }
    if (json_is_array(a) && json_is_array(b)) {
        return arrays_equal(a, b, ordered);
    }
    if (!json_is_object(a) || !json_is_object(b)) {
        return json_equal(a, b) == 1;
    }
    if (json_object_size(a) != json_object_size(b)) {
        return false;
    }
    for (struct walk walk = walk_over(a); walk_next(&walk);) {
        const json_t *other = walk_get(b, walk.name);
        bool list = span_equal_text(walk.name, "@list") || span_equal_text(walk.name, "@value");
        if (other == NULL || !equal(walk.value, other, list)) {
            return false;
        }
    }
    return true;
}

bool tree_json_equal(const json_t *a, const json_t *b) {
    return equal(a, b, false);
}
