/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/same_context.h"

#include "tests/lib/check.h"

#include "linked/context_layer.h"
#include "linked/context_unit.h"

static bool same_unit(const struct context_unit *a, const struct context_unit *b);

static bool same_text(struct span a, struct span b) {
    return span_equal(a, b) && (a.ptr == NULL) == (b.ptr == NULL);
}

/* As context_unit_same, but the contexts inside are compared as compiled: a table writes some of them otherwise. */
static bool same_term(const struct context_term *a, const struct context_term *b) {
    struct context_term left = *a;
    struct context_term right = *b;
    left.scope = NULL;
    right.scope = NULL;
    return context_unit_same(&left, &right) && a->is_protected == b->is_protected && a->absent == b->absent &&
           a->keyword == b->keyword && (a->scope == NULL) == (b->scope == NULL) &&
           same_unit(a->unit, b->unit);
}

static bool same_unit(const struct context_unit *a, const struct context_unit *b) {
    if (a == NULL || b == NULL) {
        return a == b;
    }
    if (a->layer->count != b->layer->count || !same_text(a->vocab, b->vocab) ||
        !same_text(a->language, b->language) || a->direction != b->direction ||
        a->sets_vocab != b->sets_vocab || a->need_count != b->need_count ||
        json_is_false(json_object_get(a->json, "@propagate")) !=
            json_is_false(json_object_get(b->json, "@propagate"))) {
        return false;
    }
    for (uint32_t i = 0; i < a->layer->count; i++) {
        const struct context_term *term = &a->layer->terms[i];
        const struct context_term *other = context_layer_find(b->layer, term->hash, term->name);
        if (other == NULL || !same_term(term, other)) {
            return false;
        }
    }
    return true;
}

/* Arrays of contexts have no unit: their parts are compared. */
bool same_context_meaning(struct context_env *env, const json_t *a, const json_t *b, struct span address) {
    const struct context_unit *left = NULL;
    const struct context_unit *right = NULL;
    if (json_is_array(a) && json_array_size(a) > 1) {
        bool same = json_array_size(a) == json_array_size(b);
        for (size_t i = 0; same && i < json_array_size(a); i++) {
            same = same_context_meaning(env, json_array_get(a, i), json_array_get(b, i), address);
        }
        return same;
    }
    a = json_is_array(a) ? json_array_get(a, 0) : a;
    if (!json_is_object(a)) {
        return json_equal(a, b);
    }
    assert_ok(context_unit_compile(env, NULL, a, address, &left));
    assert_ok(context_unit_compile(env, NULL, b, address, &right));
    return left != NULL && same_unit(left, right);
}
