/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"
#include "tests/lib/nquads.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "crypto/crypto.h"
#include "linked/rdfc.h"

#define MEMORY (16u << 20)

struct fixture {
    void *memory;
    struct arena arena;
    struct rdf_dataset set;
    struct rdfc_form form;
};

static int open_fixture(void **state) {
    struct fixture *f = calloc(1, sizeof *f);
    f->memory = malloc(MEMORY);
    *state = f;
    return crypto_start() == ERR_OK ? 0 : 1;
}

static int close_fixture(void **state) {
    struct fixture *f = *state;
    free(f->memory);
    free(f);
    return 0;
}

static void read_text(struct fixture *f, const char *text) {
    f->arena = arena_over(f->memory, MEMORY);
    assert_ok(rdf_open(&f->arena, &f->set));
    nquads_read(span_of_text(text), &f->set);
}

static void labels_do_not_matter(void **state) {
    struct fixture *f = *state;
    static const char *const texts[] = {
        "_:a <urn:p> _:b .\n_:b <urn:q> \"v\" .\n_:a <urn:p> _:c .\n_:c <urn:q> \"w\" _:a .\n",
        "_:z <urn:q> \"w\" _:x .\n_:x <urn:p> _:z .\n_:x <urn:p> _:y .\n_:y <urn:q> \"v\" .\n_:y <urn:q> "
        "\"v\" .\n",
    };
    char first[512] = "";
    for (int i = 0; i < 2; i++) {
        read_text(f, texts[i]);
        assert_ok(rdfc_canonize(&f->set, RDFC_SHA256, &f->arena, &f->form));
        assert_int_equal(f->form.line_count, 4);
        if (i == 0) {
            snprintf(first, sizeof first, "%.*s", (int)f->form.text.len, (const char *)f->form.text.ptr);
        }
        assert_span_text(f->form.text, first);
    }
    size_t length = 0;
    for (uint32_t i = 0; i < f->form.line_count; i++) {
        assert_ptr_equal(f->form.lines[i].ptr, f->form.text.ptr + length);
        length += f->form.lines[i].len;
    }
    assert_int_equal(length, f->form.text.len);
}

static void the_hash_decides_the_labels(void **state) {
    struct fixture *f = *state;
    char text[2][512];
    for (int i = 0; i < 2; i++) {
        read_text(f, "_:a <urn:p> \"1\" .\n_:b <urn:p> \"2\" .\n_:c <urn:p> \"3\" .\n_:d <urn:p> \"4\" .\n");
        assert_ok(rdfc_canonize(&f->set, i == 0 ? RDFC_SHA256 : RDFC_SHA384, &f->arena, &f->form));
        snprintf(text[i], sizeof text[i], "%.*s", (int)f->form.text.len, (const char *)f->form.text.ptr);
    }
    assert_string_not_equal(text[0], text[1]);
}

static void other_labels_give_another_order(void **state) {
    struct fixture *f = *state;
    read_text(f, "_:a <urn:p> _:b <urn:g> .\n_:b <urn:p> \"1\" .\n");
    const struct span names[] = {span_of_text("_:z"), span_of_text("_:y")};
    assert_ok(rdfc_rename(&f->set, names, &f->arena, &f->form));
    assert_span_text(f->form.text, "_:y <urn:p> \"1\" .\n_:z <urn:p> _:y <urn:g> .\n");
    assert_int_equal(f->form.line_count, 2);
    struct arena none = {0};
    assert_err(rdfc_rename(&f->set, names, &none, &f->form), ERR_NO_ROOM);
}

static void an_empty_dataset_is_an_empty_text(void **state) {
    struct fixture *f = *state;
    read_text(f, "");
    uint32_t unused = 0;
    assert_ok(rdf_blank(&f->set, span_of_text("_:a"), &unused));
    assert_ok(rdfc_canonize(&f->set, RDFC_SHA256, &f->arena, &f->form));
    assert_int_equal(f->form.text.len, 0);
    assert_int_equal(f->form.labels[0], RDFC_UNLABELLED);
}

/* Blank nodes, each joined to `ways` others by one relation, in a ring. */
static void ring(struct fixture *f, uint32_t count, uint32_t ways) {
    uint32_t relation = 0;
    f->arena = arena_over(f->memory, MEMORY);
    assert_ok(rdf_open(&f->arena, &f->set));
    assert_ok(rdf_iri(&f->set, span_of_text("urn:p"), &relation));
    for (uint32_t i = 0; i < count; i++) {
        uint32_t blank = 0;
        assert_ok(rdf_fresh_blank(&f->set, &blank));
    }
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t j = 1; j <= ways; j++) {
            assert_ok(rdf_add(&f->set, (struct rdf_quad){2 + i, relation, 2 + (i + j) % count, 0}));
        }
    }
    rdf_distinct(&f->set);
}

static void poison_ends_in_an_error(void **state) {
    struct fixture *f = *state;
    ring(f, 12, 11);
    assert_err(rdfc_canonize(&f->set, RDFC_SHA256, &f->arena, &f->form), ERR_RDFC_WORK);
    ring(f, 4000, 1);
    assert_err(rdfc_canonize(&f->set, RDFC_SHA256, &f->arena, &f->form), ERR_RDFC_DEPTH);
    ring(f, 10, 1);
    assert_ok(rdfc_canonize(&f->set, RDFC_SHA256, &f->arena, &f->form));
}

/* Statements, the bytes of their form, and telling nodes apart each cost; poison costs too. */
static void the_scan_pays(void **state) {
    struct fixture *f = *state;
    struct budget budget = {0};
    read_text(f, "<urn:s> <urn:p> \"0123456789abcdef0123456789abcdef\" .\n");
    f->set.budget = &budget;
    assert_ok(rdfc_canonize(&f->set, RDFC_SHA256, &f->arena, &f->form));
    assert_in_range(budget.spent, BUDGET_QUAD + f->form.text.len / BUDGET_BYTES, 100);
    ring(f, 10, 1);
    f->set.budget = &budget;
    budget.spent = 0;
    assert_ok(rdfc_canonize(&f->set, RDFC_SHA256, &f->arena, &f->form));
    assert_in_range(budget.spent, 10 * (BUDGET_QUAD + BUDGET_BLANK), LIMIT_SCAN_BUDGET / 100);
    ring(f, 12, 11);
    f->set.budget = &budget;
    budget.spent = 0;
    assert_err(rdfc_canonize(&f->set, RDFC_SHA256, &f->arena, &f->form), ERR_RDFC_WORK);
    assert_in_range(budget.spent, LIMIT_RDFC_WORK * BUDGET_BLANK / 2, LIMIT_SCAN_BUDGET);
    for (uint32_t left = 0; left < 10 * (BUDGET_QUAD + BUDGET_BLANK); left += 9) {
        ring(f, 10, 1);
        f->set.budget = &budget;
        budget.spent = LIMIT_SCAN_BUDGET - left;
        assert_err(rdfc_canonize(&f->set, RDFC_SHA256, &f->arena, &f->form), ERR_BUDGET);
    }
}

/* Ten thousand nodes that nothing tells apart cost as much as ten thousand nodes, not more. */
static void many_alike_are_no_poison(void **state) {
    struct fixture *f = *state;
    uint32_t relation = 0;
    uint32_t value = 0;
    f->arena = arena_over(f->memory, MEMORY);
    assert_ok(rdf_open(&f->arena, &f->set));
    assert_ok(rdf_iri(&f->set, span_of_text("urn:p"), &relation));
    assert_ok(rdf_iri(&f->set, span_of_text("urn:v"), &value));
    for (uint32_t i = 0; i < 10000; i++) {
        uint32_t blank = 0;
        assert_ok(rdf_fresh_blank(&f->set, &blank));
        assert_ok(rdf_add(&f->set, (struct rdf_quad){blank, relation, value, 0}));
    }
    rdf_distinct(&f->set);
    assert_ok(rdfc_canonize(&f->set, RDFC_SHA256, &f->arena, &f->form));
    assert_int_equal(f->form.line_count, 10000);
}

static void says_when_the_arena_is_full(void **state) {
    struct fixture *f = *state;
    ring(f, 6, 2);
    size_t used = f->arena.used;
    assert_ok(rdfc_canonize(&f->set, RDFC_SHA256, &f->arena, &f->form));
    size_t need = f->arena.used;
    for (size_t size = used; size < need; size += 37) {
        f->arena.used = used;
        f->arena.size = size;
        assert_err(rdfc_canonize(&f->set, RDFC_SHA256, &f->arena, &f->form), ERR_NO_ROOM);
        assert_int_equal(f->arena.size, size);
    }
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(labels_do_not_matter),
        cmocka_unit_test(the_hash_decides_the_labels),
        cmocka_unit_test(other_labels_give_another_order),
        cmocka_unit_test(an_empty_dataset_is_an_empty_text),
        cmocka_unit_test(poison_ends_in_an_error),
        cmocka_unit_test(the_scan_pays),
        cmocka_unit_test(many_alike_are_no_poison),
        cmocka_unit_test(says_when_the_arena_is_full),
    };
    return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
