/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"
#include "tests/lib/interop.h"

#include <stdlib.h>

#include "crypto/crypto.h"
#include "linked/context_layer.h"
#include "linked/context_unit.h"
#include "linked/shelf.h"
#include "linked/termtable.h"

#define FOLDER "jsonld-contexts"
#define MEMORY (8u << 20)
#define SHA256 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

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
static bool same_context(struct context_env *env, const json_t *a, const json_t *b, struct span address) {
    const struct context_unit *left = NULL;
    const struct context_unit *right = NULL;
    if (json_is_array(a) && json_array_size(a) > 1) {
        bool same = json_array_size(a) == json_array_size(b);
        for (size_t i = 0; same && i < json_array_size(a); i++) {
            same = same_context(env, json_array_get(a, i), json_array_get(b, i), address);
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

/* JSON to a table and back: both mean the same. */
static void round_trip(void *ctx, const char *name, struct span bytes) {
    struct interop *interop = ctx;
    json_error_t error;
    json_t *json = json_loadb((const char *)bytes.ptr, bytes.len, 0, &error);
    const json_t *context = json_object_get(json, "@context");
    if (context == NULL) { /* the index */
        json_decref(json);
        return;
    }
    void *memory = malloc(MEMORY);
    struct arena arena = arena_over(memory, MEMORY);
    struct context_env env = {.arena = &arena};
    struct room table = {0};
    struct termtable_head head = {span_of_text("https://example.org/c"), span_of_text("a test"),
                                  span_of_text(SHA256)};
    json_t *again = NULL;
    assert_ok(arena_room(&arena, 1 << 17, &table));
    enum err err = termtable_write(&head, context, &table);
    err = err == ERR_OK ? termtable_read(room_span(&table), &head, &again) : err;
    bool same = err == ERR_OK && span_equal_text(head.sha256, SHA256) &&
                same_context(&env, context, again, head.address);
    interop_case(interop, name, same, err_name(err));
    json_decref(again);
    json_decref(json);
    free(memory);
}

static void contexts_as_tables(void **state) {
    (void)state;
    struct interop interop = {0};
    interop_open(&interop, "contexts", FOLDER);
    interop_each_file(FOLDER "/bundle", round_trip, &interop);
    interop_each_file(FOLDER "/openbadges-spec/ob_v3p0", round_trip, &interop);
    interop_close(&interop);
}

int main(void) {
    static const struct CMUnitTest tests[] = {cmocka_unit_test(contexts_as_tables)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
