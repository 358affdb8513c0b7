/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "codec/jsontext.h"
#include "tests/lib/interop.h"
#include "tests/lib/library.h"
#include "tests/lib/registry.h"

#define MEMORY (3u << 20)
#define OUTPUT (256u << 10)

struct suite {
    struct interop interop;
    struct registry registry;
    const json_t *contexts; /* by address */
    struct context_document document;
    struct library published;
    uint8_t *memory, *output;
};

/* A context of the case at hand. */
static const struct context_document *find(void *ctx, struct span address) {
    struct suite *suite = ctx;
    const json_t *document = json_object_getn(suite->contexts, (const char *)address.ptr, address.len);
    suite->document =
        (struct context_document){.address = address, .context = json_object_get(document, "@context")};
    return document == NULL ? NULL : &suite->document;
}

static struct cborld_form form_of(const json_t *test) {
    const char *format = json_string_value(json_object_get(test, "format"));
    uint64_t entry = (uint64_t)json_integer_value(json_object_get(test, "registryEntryId"));
    if (format == NULL || strcmp(format, "cbor-ld-1.0") == 0) {
        return (struct cborld_form){CBORLD_1_0, entry};
    }
    if (strcmp(format, "legacy-range") == 0) {
        return (struct cborld_form){CBORLD_RANGE, entry};
    }
    const json_t *mode = json_object_get(test, "compressionMode");
    return (struct cborld_form){CBORLD_SINGLETON, mode == NULL ? 1 : (uint64_t)json_integer_value(mode)};
}

static enum err decode(struct suite *suite, struct span bytes, json_t **out) {
    struct arena arena = arena_over(suite->memory, MEMORY);
    struct context_library library = {.find = find, .ctx = suite};
    return cborld_decode(bytes, &suite->registry.registry, &library, &arena, out);
}

static enum err encode(struct suite *suite, const json_t *document, struct cborld_form form,
                       struct room *out) {
    struct arena arena = arena_over(suite->memory, MEMORY);
    struct context_library library = {.find = find, .ctx = suite};
    *out = room_over(suite->output, OUTPUT);
    return cborld_encode(document, form, &suite->registry.registry, &library, &arena, out);
}

/* What our error must be where the others have this one. */
static enum err expected_error(const char *code) {
    static const struct {
        const char *code;
        enum err err;
    } errors[] = {
        {"ERR_NO_TYPETABLE", ERR_CBORLD_ENTRY},
        {"TypeError", ERR_CBORLD_ENTRY}, /* no tables at all */
        {"ERR_UNDEFINED_COMPRESSED_CONTEXT", ERR_CBORLD_CONTEXT},
        {"ERR_INVALID_TERM_DEFINITION", ERR_CBORLD_DEFINITION},
        {"ERR_PROTECTED_TERM_REDEFINITION", ERR_CONTEXT_PROTECTED},
    };
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
        if (code != NULL && strcmp(errors[i].code, code) == 0) {
            return errors[i].err;
        }
    }
    return ERR_OK;
}

static void check_decoded(struct suite *suite, const char *name, const json_t *test, struct span bytes) {
    enum err expected = expected_error(json_string_value(json_object_get(test, "error")));
    json_t *got = NULL;
    enum err err = decode(suite, bytes, &got);
    bool same = err == ERR_OK && json_equal(got, json_object_get(test, "jsonldDocument"));
    char *text = got == NULL ? NULL : json_dumps(got, JSON_COMPACT);
    interop_case(&suite->interop, name, expected == ERR_OK ? same : err == expected,
                 err == ERR_OK ? text : err_name(err));
    free(text);
    json_decref(got);
}

static void check_encoded(struct suite *suite, const char *name, const json_t *test, struct span bytes) {
    enum err expected = expected_error(json_string_value(json_object_get(test, "error")));
    struct room got = {0};
    json_t *back = NULL;
    const json_t *document = json_object_get(test, "jsonldDocument");
    enum err err = encode(suite, document, form_of(test), &got);
    bool same = err == ERR_OK && span_equal(room_span(&got), bytes);
    interop_case(&suite->interop, name, expected == ERR_OK ? same : err == expected,
                 err == ERR_OK ? "other bytes" : err_name(err));
    if (err == ERR_OK) {
        assert_ok(decode(suite, room_span(&got), &back));
        assert_true(json_equal(back, document));
        json_decref(back);
    }
}

static void check_case(struct suite *suite, size_t at, const json_t *test) {
    char name[512];
    const char *code = json_string_value(json_object_get(test, "error"));
    const char *said = json_string_value(json_object_get(test, "errorMessage"));
    const char *hex = json_string_value(json_object_get(test, "cborldHex"));
    bool encodes = strcmp(json_string_value(json_object_get(test, "op")), "encode") == 0;
    snprintf(name, sizeof name, "%zu %s", at, json_string_value(json_object_get(test, "test")));
    if (code != NULL && strstr(said, "\"typeTable\" is not allowed") != NULL) {
        interop_exclude(&suite->interop, name, 1, "gives an argument that the interface here does not have");
        return;
    }
    struct span bytes = interop_unhex(hex == NULL ? "" : hex);
    suite->contexts = json_object_get(test, "contexts");
    registry_read(json_object_get(test, "typeTables"), json_object_get(test, "appContextMap"),
                  &suite->registry);
    if (encodes) {
        check_encoded(suite, name, test, bytes);
    } else {
        check_decoded(suite, name, test, bytes);
    }
    interop_free(bytes);
}

static void decodes_and_encodes_as_others_do(void **state) {
    struct suite suite = {0};
    (void)state;
    interop_open(&suite.interop, "cborld-vectors", "cborld-vectors");
    suite.memory = malloc(MEMORY);
    suite.output = malloc(OUTPUT);
    json_t *tests = interop_json("cborld-vectors/vectors.json");
    for (size_t i = 0; i < json_array_size(tests); i++) {
        check_case(&suite, i, json_array_get(tests, i));
    }
    interop_close(&suite.interop);
    json_decref(tests);
    free(suite.memory);
    free(suite.output);
}

/* The examples' own vocabulary stands beside them. */
static const struct context_document *find_example(void *ctx, struct span address) {
    struct suite *suite = ctx;
    if (!span_equal_text(address, "https://www.w3.org/ns/activitystreams")) {
        return suite->published.library.find(&suite->published, address);
    }
    suite->document = (struct context_document){.address = address,
                                                .context = json_object_get(suite->contexts, "@context")};
    return &suite->document;
}

/* The bytes are read as the document, and it is written as something that reads the same. */
static bool same_example(struct suite *suite, struct span bytes, const json_t *want, const char **got) {
    struct arena arena = arena_over(suite->memory, MEMORY);
    struct context_library library = {.find = find_example, .ctx = suite};
    struct room room = room_over(suite->output, OUTPUT);
    json_t *document = NULL;
    json_t *back = NULL;
    enum err err = cborld_decode(bytes, NULL, &library, &arena, &document);
    bool same = err == ERR_OK && json_equal(document, want);
    *got = err == ERR_OK ? "another document" : err_name(err);
    arena = arena_over(suite->memory, MEMORY);
    assert_ok(cborld_encode(want, (struct cborld_form){CBORLD_SINGLETON, 1}, NULL, &library, &arena, &room));
    assert_ok(cborld_decode(room_span(&room), NULL, &library, &arena, &back));
    assert_true(json_equal(back, want));
    json_decref(document);
    json_decref(back);
    return same;
}

static void reads_examples_of_older_generations(void **state) {
    static const char *const names[] = {"cit",  "didKey", "empty-array",   "empty-object",
                                        "note", "prc",    "uncompressible"};
    struct suite suite = {0};
    (void)state;
    interop_open(&suite.interop, "cborld-examples", "cborld-vectors/examples");
    suite.memory = malloc(MEMORY);
    suite.output = malloc(OUTPUT);
    json_t *vocabulary = interop_json("cborld-vectors/tests/contexts/activitystreams.jsonld");
    suite.contexts = vocabulary;
    library_open(&suite.published, NULL, "jsonld-contexts/bundle", "index.json", false);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[200];
        const char *got = NULL;
        snprintf(path, sizeof path, "cborld-vectors/examples/%s.cborld", names[i]);
        struct span bytes = interop_read(path);
        snprintf(path, sizeof path, "cborld-vectors/examples/%s.jsonld", names[i]);
        json_t *want = interop_json(path);
        bool same = same_example(&suite, bytes, want, &got);
        interop_case(&suite.interop, names[i], same, got);
        interop_free(bytes);
        json_decref(want);
    }
    json_decref(vocabulary);
    library_close(&suite.published);
    free(suite.memory);
    free(suite.output);
    interop_close(&suite.interop);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decodes_and_encodes_as_others_do),
        cmocka_unit_test(reads_examples_of_older_generations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
