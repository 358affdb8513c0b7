/* SPDX-License-Identifier: Apache-2.0 */
/* What assets/contexts says beside what was published: every table means the same. */
#include "tests/lib/check.h"
#include "tests/lib/interop.h"
#include "tests/lib/same_context.h"
#include "tests/lib/shipped.h"

#include <stdio.h>
#include <stdlib.h>

#define FOLDER "jsonld-contexts"
#define MEMORY (8u << 20)
/* The address in the vectors of what stood under Open Badges 3.0's address before that was final. */
#define BETA  "OBv3_beta"
#define BADGE "https://purl.imsglobal.org/spec/ob/v3p0/context.json"

/* Has this address stood before in the list? */
static bool further_version(const struct shelf *shelf, uint32_t at) {
    for (uint32_t i = 0; i < at; i++) {
        if (span_equal(shelf->entries[i].document.address, shelf->entries[at].document.address)) {
            return true;
        }
    }
    return false;
}

static json_t *published(const json_t *index, const char *address) {
    char path[512];
    const char *file = json_string_value(json_object_get(json_object_get(index, address), "file"));
    if (file == NULL) {
        return NULL;
    }
    snprintf(path, sizeof path, FOLDER "/bundle/%s", file);
    return interop_json(path);
}

static bool same(const struct shelf_entry *entry, const json_t *document) {
    void *memory = malloc(MEMORY);
    assert_non_null(memory);
    struct arena arena = arena_over(memory, MEMORY);
    struct context_env env = {.arena = &arena};
    bool result = same_context_meaning(&env, json_object_get(document, "@context"), entry->document.context,
                                       entry->document.address);
    free(memory);
    return result;
}

static void compare(struct interop *interop, const json_t *index, const struct shelf *shelf, uint32_t at) {
    const struct shelf_entry *entry = &shelf->entries[at];
    char address[512];
    struct span text = entry->document.address;
    assert_in_range(text.len, 1, sizeof address - 1);
    memcpy(address, text.ptr, text.len);
    address[text.len] = 0;
    bool beta = further_version(shelf, at);
    assert_true(!beta || strcmp(address, BADGE) == 0);
    json_t *document = published(index, beta ? BETA : address);
    if (document == NULL) {
        interop_exclude(interop, address, 1, "not among the vectors");
        return;
    }
    interop_case(interop, address, same(entry, document), "another meaning");
    json_decref(document);
}

static void tables_mean_what_was_published(void **state) {
    (void)state;
    struct interop interop = {0};
    interop_open(&interop, "shipped-contexts", FOLDER);
    struct vocabulary vocabulary = {0};
    json_t *index = interop_json(FOLDER "/bundle/index.json");
    shipped_open(&vocabulary);
    for (uint32_t i = 0; i < vocabulary.shelf.count; i++) {
        compare(&interop, index, &vocabulary.shelf, i);
    }
    json_decref(index);
    vocabulary_close(&vocabulary);
    interop_close(&interop);
}

int main(void) {
    static const struct CMUnitTest tests[] = {cmocka_unit_test(tables_mean_what_was_published)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
