/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "linked/hash.h"
#include "linked/rdf.h"

#define MEMORY (24u << 20)

static int open_memory(void **state) {
    *state = malloc(MEMORY);
    return 0;
}

static int close_memory(void **state) {
    free(*state);
    return 0;
}

static void open_set(void **state, struct arena *arena, struct rdf_dataset *set) {
    *arena = arena_over(*state, MEMORY);
    assert_ok(rdf_open(arena, set));
}

static void keeps_each_term_once(void **state) {
    struct arena arena;
    struct rdf_dataset set = {0};
    uint32_t terms[6] = {0};
    uint32_t again = 0;
    struct span none = {0};
    open_set(state, &arena, &set);
    assert_ok(rdf_iri(&set, span_of_text("urn:a"), &terms[0]));
    assert_ok(rdf_literal(&set, span_of_text("urn:a"), none, none, &terms[1]));
    assert_ok(rdf_literal(&set, span_of_text("a"), span_of_text("urn:t"), none, &terms[2]));
    assert_ok(rdf_literal(&set, span_of_text("a"), none, span_of_text("en"), &terms[3]));
    assert_ok(rdf_blank(&set, span_of_text("_:a"), &terms[4]));
    assert_ok(rdf_fresh_blank(&set, &terms[5]));
    for (uint32_t i = 0; i < 6; i++) {
        assert_int_equal(terms[i], i + 1);
    }
    assert_int_equal(set.blank_count, 2);
    size_t used = arena.used;
    assert_ok(rdf_iri(&set, span_of_text("urn:a"), &again));
    assert_int_equal(again, terms[0]);
    assert_ok(rdf_literal(&set, span_of_text("urn:a"),
                          span_of_text("http://www.w3.org/2001/XMLSchema#string"), none, &again));
    assert_int_equal(again, terms[1]);
    assert_ok(rdf_blank(&set, span_of_text("_:a"), &again));
    assert_int_equal(again, terms[4]);
    assert_int_equal(arena.used, used);
}

static void escapes_as_canonical_n_quads_ask(void **state) {
    struct arena arena;
    struct rdf_dataset set = {0};
    uint32_t term = 0;
    open_set(state, &arena, &set);
    assert_ok(rdf_literal(&set, span_of_bytes("\0\b\t\n\v\f\r\x1f \"\\\x7f\xc3\xa9", 14), (struct span){0},
                          (struct span){0}, &term));
    assert_span_text(set.terms[term].text,
                     "\"\\u0000\\b\\t\\n\\u000B\\f\\r\\u001F \\\"\\\\\\u007F\xc3\xa9\"");
}

static void refuses_what_would_break_out_of_its_brackets(void **state) {
    struct arena arena;
    struct rdf_dataset set = {0};
    uint32_t term = 77;
    struct span none = {0};
    open_set(state, &arena, &set);
    assert_err(rdf_iri(&set, span_of_text("urn:a> <urn:b"), &term), ERR_RDF_IRI);
    assert_err(rdf_iri(&set, span_of_text("relative"), &term), ERR_RDF_IRI);
    assert_err(rdf_literal(&set, none, span_of_text("urn:a b"), none, &term), ERR_RDF_IRI);
    assert_err(rdf_literal(&set, none, none, span_of_text("en us"), &term), ERR_RDF_LANGUAGE);
    assert_err(rdf_literal(&set, none, none, span_of_text("123"), &term), ERR_RDF_LANGUAGE);
    assert_err(rdf_literal(&set, none, none, span_of_text("en-"), &term), ERR_RDF_LANGUAGE);
    assert_err(rdf_literal(&set, none, none, span_of_text("en-toolonger"), &term), ERR_RDF_LANGUAGE);
    assert_ok(rdf_literal(&set, none, none, span_of_text("de-1996-x-a"), &term));
}

static void takes_out_what_stands_there_twice(void **state) {
    struct arena arena;
    struct rdf_dataset set = {0};
    open_set(state, &arena, &set);
    for (uint32_t i = 0; i < 1000; i++) {
        assert_ok(rdf_add(&set, (struct rdf_quad){i % 7, i % 3, i % 5, 0}));
    }
    rdf_distinct(&set);
    assert_int_equal(set.quad_count, 7 * 3 * 5);
}

static void bounds_terms_and_quads(void **state) {
    struct arena arena;
    struct rdf_dataset set = {0};
    uint32_t term = 0;
    enum err err = ERR_OK;
    open_set(state, &arena, &set);
    for (uint32_t i = 0; i < LIMIT_RDF_QUADS; i++) {
        assert_ok(rdf_add(&set, (struct rdf_quad){1, 1, 1, 0}));
    }
    assert_err(rdf_add(&set, (struct rdf_quad){1, 1, 1, 0}), ERR_RDF_QUADS);
    open_set(state, &arena, &set);
    for (uint32_t i = 0; i <= LIMIT_RDF_TERMS && err == ERR_OK; i++) {
        char iri[32];
        snprintf(iri, sizeof iri, "urn:%u", i);
        err = rdf_iri(&set, span_of_text(iri), &term);
    }
    assert_int_equal(term, LIMIT_RDF_TERMS);
    assert_err(err, ERR_RDF_TERMS);
    struct arena small = arena_over(*state, 64);
    assert_err(rdf_open(&small, &set), ERR_NO_ROOM);
}

static void refuses_terms_that_collide(void **state) {
    struct arena arena;
    struct rdf_dataset set = {0};
    enum err err = ERR_OK;
    unsigned count = 0;
    open_set(state, &arena, &set);
    for (unsigned i = 0; err == ERR_OK && count < 128; i++) {
        char iri[32];
        uint32_t term = 0;
        snprintf(iri, sizeof iri, "<urn:%u>", i);
        if ((hash_text(span_of_text(iri)) & (set.slot_count - 1)) == 3) {
            err = rdf_iri(&set, span_slice(span_of_text(iri), 1, strlen(iri) - 2), &term);
            count++;
        }
    }
    assert_err(err, ERR_LINKED_COLLISIONS);
    assert_true(count > HASH_PROBES_MAX);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_each_term_once),
        cmocka_unit_test(escapes_as_canonical_n_quads_ask),
        cmocka_unit_test(refuses_what_would_break_out_of_its_brackets),
        cmocka_unit_test(takes_out_what_stands_there_twice),
        cmocka_unit_test(bounds_terms_and_quads),
        cmocka_unit_test(refuses_terms_that_collide),
    };
    return cmocka_run_group_tests(tests, open_memory, close_memory);
}
