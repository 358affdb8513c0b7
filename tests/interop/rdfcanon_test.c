/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"
#include "tests/lib/interop.h"
#include "tests/lib/nquads.h"

#include <stdio.h>
#include <stdlib.h>

#include "crypto/crypto.h"
#include "linked/rdfc.h"

#define FOLDER "rdf-canon/tests/"
#define MEMORY (8u << 20)

struct suite {
    struct interop interop;
    void *memory;
};

static struct span file_of(const json_t *entry, const char *member) {
    char path[256];
    snprintf(path, sizeof path, FOLDER "%s", json_string_value(json_object_get(entry, member)));
    return interop_read(path);
}

/* Every label of the input and what it became, as the map file has them: without "_:". */
static bool labels_fit(const struct rdf_dataset *set, const struct rdfc_form *form, const json_t *expected) {
    size_t found = 0;
    for (uint32_t i = 1; i < set->term_count; i++) {
        const struct rdf_term *term = &set->terms[i];
        if (term->kind == RDF_BLANK) {
            char label[32];
            struct span name = span_slice(term->text, 2, term->text.len);
            snprintf(label, sizeof label, "c14n%u", form->labels[term->blank]);
            const json_t *want = json_object_getn(expected, (const char *)name.ptr, name.len);
            if (want == NULL || strcmp(json_string_value(want), label) != 0) {
                return false;
            }
            found++;
        }
    }
    return found == json_object_size(expected);
}

static void judge(struct suite *suite, const json_t *entry) {
    const char *id = json_string_value(json_object_get(entry, "id"));
    const char *type = json_string_value(json_object_get(entry, "type"));
    bool sha384 = json_object_get(entry, "hashAlgorithm") != NULL;
    struct arena arena = arena_over(suite->memory, MEMORY);
    struct rdf_dataset set = {0};
    struct rdfc_form form = {0};
    struct span input = file_of(entry, "action");
    bool passed = false;
    assert_ok(rdf_open(&arena, &set));
    nquads_read(input, &set);
    enum err err = rdfc_canonize(&set, sha384 ? RDFC_SHA384 : RDFC_SHA256, &arena, &form);
    if (strcmp(type, "rdfc:RDFC10NegativeEvalTest") == 0) {
        passed = err == ERR_RDFC_WORK;
    } else if (strcmp(type, "rdfc:RDFC10MapTest") == 0) {
        struct span text = file_of(entry, "result");
        json_t *expected = json_loadb((const char *)text.ptr, text.len, 0, NULL);
        passed = err == ERR_OK && labels_fit(&set, &form, expected);
        json_decref(expected);
        interop_free(text);
    } else if (strcmp(type, "rdfc:RDFC10EvalTest") == 0) {
        struct span expected = file_of(entry, "result");
        passed = err == ERR_OK && span_equal(form.text, expected);
        interop_free(expected);
    }
    interop_case(&suite->interop, id, passed, err_name(err));
    interop_free(input);
}

static void rdf_canon(void **state) {
    (void)state;
    struct suite suite = {0};
    interop_open(&suite.interop, "rdf-canon", "rdf-canon");
    suite.memory = malloc(MEMORY);
    assert_ok(crypto_start());
    json_t *manifest = interop_json(FOLDER "manifest.jsonld");
    const json_t *entries = json_object_get(manifest, "entries");
    for (size_t i = 0; i < json_array_size(entries); i++) {
        judge(&suite, json_array_get(entries, i));
    }
    json_decref(manifest);
    free(suite.memory);
    interop_close(&suite.interop);
}

int main(void) {
    static const struct CMUnitTest tests[] = {cmocka_unit_test(rdf_canon)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
