/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"
#include "tests/lib/interop.h"
#include "tests/lib/library.h"
#include "tests/lib/nquads.h"
#include "tests/lib/tree_json.h"

#include <stdio.h>
#include <stdlib.h>

#include "crypto/crypto.h"
#include "linked/expand.h"
#include "linked/rdfc.h"
#include "linked/tordf.h"

#define FOLDER "json-ld-api"
#define BASE   "https://w3c.github.io/json-ld-api/tests/"
#define MEMORY (4u << 20)

#define ONLY_1_0    "asks for JSON-LD 1.0; only 1.1 is processed"
#define GENERALISED "asks for generalised RDF, with blank nodes as predicates; no signature is made over it"

/* Error codes of the specification, and what they are called here. */
static const struct {
    const char *code;
    enum err err;
} codes[] = {
    {"colliding keywords", ERR_EXPAND_COLLIDING},
    {"cyclic IRI mapping", ERR_CONTEXT_CYCLE},
    {"invalid @id value", ERR_EXPAND_ID},
    {"invalid @import value", ERR_CONTEXT_IMPORT},
    {"invalid @included value", ERR_EXPAND_INCLUDED},
    {"invalid @index value", ERR_EXPAND_INDEX},
    {"invalid @nest value", ERR_CONTEXT_NEST},
    {"invalid @prefix value", ERR_CONTEXT_PREFIX},
    {"invalid @propagate value", ERR_CONTEXT_PROPAGATE},
    {"invalid @protected value", ERR_CONTEXT_PROTECTED_VALUE},
    {"invalid @reverse value", ERR_EXPAND_REVERSE},
    {"invalid @version value", ERR_CONTEXT_VERSION},
    {"invalid IRI mapping", ERR_CONTEXT_IRI},
    {"invalid base IRI", ERR_CONTEXT_BASE},
    {"invalid base direction", ERR_CONTEXT_DIRECTION},
    {"invalid container mapping", ERR_CONTEXT_CONTAINER},
    {"invalid context entry", ERR_CONTEXT_ENTRY},
    {"invalid context nullification", ERR_CONTEXT_NULLIFIED},
    {"invalid default language", ERR_CONTEXT_LANGUAGE},
    {"invalid keyword alias", ERR_CONTEXT_ALIAS},
    {"invalid language map value", ERR_EXPAND_LANGUAGE_MAP},
    {"invalid language mapping", ERR_CONTEXT_TERM_LANGUAGE},
    {"invalid language-tagged string", ERR_EXPAND_LANGUAGE_STRING},
    {"invalid language-tagged value", ERR_EXPAND_LANGUAGE_VALUE},
    {"invalid local context", ERR_CONTEXT_LOCAL},
    {"invalid remote context", ERR_CONTEXT_REMOTE},
    {"invalid reverse property map", ERR_EXPAND_REVERSE_MAP},
    {"invalid reverse property value", ERR_EXPAND_REVERSE_VALUE},
    {"invalid reverse property", ERR_CONTEXT_REVERSE},
    {"invalid scoped context", ERR_CONTEXT_SCOPED},
    {"invalid set or list object", ERR_EXPAND_SET},
    {"invalid term definition", ERR_CONTEXT_TERM},
    {"invalid type mapping", ERR_CONTEXT_TYPE},
    {"invalid type value", ERR_EXPAND_TYPE},
    {"invalid typed value", ERR_EXPAND_TYPED},
    {"invalid value object value", ERR_EXPAND_VALUE},
    {"invalid value object", ERR_EXPAND_VALUE_OBJECT},
    {"invalid vocab mapping", ERR_CONTEXT_VOCAB},
    {"keyword redefinition", ERR_CONTEXT_KEYWORD},
    {"loading remote context failed", ERR_CONTEXT_UNKNOWN},
    {"loading document failed", ERR_CONTEXT_UNKNOWN},
    {"protected term redefinition", ERR_CONTEXT_PROTECTED},
    {"recursive context inclusion", ERR_CONTEXT_OVERFLOW},
    {"context overflow", ERR_CONTEXT_OVERFLOW},
};

static enum err err_of(const char *code) {
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (strcmp(codes[i].code, code) == 0) {
            return codes[i].err;
        }
    }
    return ERR_OK;
}

/* One case as it runs. */
struct trial {
    const json_t *entry, *option;
    struct library library;
    struct arena arena;
    struct rdf_dataset set;
    struct tree_items items;
    json_t *document, *context;
};

static const char *text_of(const json_t *object, const char *name) {
    const char *text = json_string_value(json_object_get(object, name));
    return text == NULL ? "" : text;
}

static json_t *load(const char *name) {
    char path[512];
    snprintf(path, sizeof path, FOLDER "/%s", name);
    struct span bytes = interop_read(path);
    json_error_t error;
    json_t *value = json_loadb((const char *)bytes.ptr, bytes.len, JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);
    interop_free(bytes);
    if (value == NULL) {
        fail_msg("%s: %s", path, error.text);
    }
    return value;
}

static enum err expand(struct trial *trial) {
    char base[512];
    const char *given = text_of(trial->option, "base");
    snprintf(base, sizeof base, "%s%s", *given != 0 ? given : BASE,
             *given != 0 ? "" : text_of(trial->entry, "input"));
    struct expand_options options = {.library = &trial->library.library, .lenient = true};
    TRY(arena_copy(&trial->arena, span_of_text(base), &options.base));
    trial->document = load(text_of(trial->entry, "input"));
    if (json_object_get(trial->option, "expandContext") != NULL) {
        trial->context = load(text_of(trial->option, "expandContext"));
    }
    options.context = trial->context;
    return expand_document(trial->document, &options, &trial->arena, &trial->items);
}

static enum err to_rdf(struct trial *trial) {
    const char *direction = text_of(trial->option, "rdfDirection");
    const struct tordf_options options = {
        .direction = strcmp(direction, "i18n-datatype") == 0      ? TORDF_DIRECTION_I18N
                     : strcmp(direction, "compound-literal") == 0 ? TORDF_DIRECTION_COMPOUND
                                                                  : TORDF_DIRECTION_NONE,
        .lenient = true};
    TRY(expand(trial));
    TRY(rdf_open(&trial->arena, &trial->set));
    return tordf_statements(trial->items, &options, &trial->set);
}

static bool same_tree(struct trial *trial) {
    json_t *expected = load(text_of(trial->entry, "expect"));
    json_t *got = tree_json(trial->items);
    bool same = tree_json_equal(got, expected);
    json_decref(got);
    json_decref(expected);
    return same;
}

/* Datasets are the same where their canonical forms are. */
static bool same_statements(struct trial *trial) {
    char path[512];
    struct rdf_dataset wanted = {0};
    struct rdfc_form got = {0};
    struct rdfc_form expected = {0};
    snprintf(path, sizeof path, FOLDER "/%s", text_of(trial->entry, "expect"));
    struct span text = interop_read(path);
    assert_ok(rdf_open(&trial->arena, &wanted));
    nquads_read(text, &wanted);
    interop_free(text);
    assert_ok(rdfc_canonize(&wanted, RDFC_SHA256, &trial->arena, &expected));
    assert_ok(rdfc_canonize(&trial->set, RDFC_SHA256, &trial->arena, &got));
    return span_equal(got.text, expected.text);
}

static bool typed(const json_t *entry, const char *type) {
    const json_t *types = json_object_get(entry, "@type");
    for (size_t i = 0; i < json_array_size(types); i++) {
        if (strcmp(json_string_value(json_array_get(types, i)), type) == 0) {
            return true;
        }
    }
    return false;
}

static const char *excluded(const json_t *option) {
    if (strcmp(text_of(option, "specVersion"), "json-ld-1.0") == 0 ||
        strcmp(text_of(option, "processingMode"), "json-ld-1.0") == 0) {
        return ONLY_1_0;
    }
    return json_object_get(option, "produceGeneralizedRdf") != NULL ? GENERALISED : NULL;
}

static bool run(struct trial *trial, enum err *err) {
    bool rdf = typed(trial->entry, "jld:ToRDFTest");
    *err = rdf ? to_rdf(trial) : expand(trial);
    if (typed(trial->entry, "jld:NegativeEvaluationTest")) {
        return *err != ERR_OK && *err == err_of(text_of(trial->entry, "expectErrorCode"));
    }
    if (*err != ERR_OK || typed(trial->entry, "jld:PositiveSyntaxTest")) {
        return *err == ERR_OK;
    }
    return rdf ? same_statements(trial) : same_tree(trial);
}

/*
 * Each case twice: with contexts processed as they come, and with those of files compiled. A case that asks for what
 * is not done here is run too: some of them say the same of JSON-LD 1.1.
 */
static void judge(struct interop *interop, const json_t *entry) {
    const json_t *option = json_object_get(entry, "option");
    const char *reason = excluded(option);
    const char *id = text_of(entry, "@id");
    enum err err = ERR_OK;
    bool passed = true;
    for (int compile = 0; compile < 2 && passed; compile++) {
        struct trial trial = {.entry = entry, .option = option};
        void *memory = malloc(MEMORY);
        trial.arena = arena_over(memory, MEMORY);
        library_open(&trial.library, BASE, FOLDER, NULL, compile == 1);
        passed = run(&trial, &err);
        library_close(&trial.library);
        json_decref(trial.document);
        json_decref(trial.context);
        free(memory);
    }
    if (reason != NULL && !passed) {
        interop_exclude(interop, id, 1, reason);
    } else {
        interop_case(interop, id, passed, err_name(err));
    }
}

static void run_manifest(const char *suite, const char *path) {
    struct interop interop = {0};
    interop_open(&interop, suite, FOLDER);
    assert_ok(crypto_start());
    json_t *manifest = interop_json(path);
    const json_t *entries = json_object_get(manifest, "sequence");
    for (size_t i = 0; i < json_array_size(entries); i++) {
        judge(&interop, json_array_get(entries, i));
    }
    json_decref(manifest);
    interop_close(&interop);
}

static void json_ld_expand(void **state) {
    (void)state;
    run_manifest("json-ld-expand", FOLDER "/expand-manifest.jsonld");
}

static void json_ld_to_rdf(void **state) {
    (void)state;
    run_manifest("json-ld-to-rdf", FOLDER "/toRdf-manifest.jsonld");
}

int main(void) {
    static const struct CMUnitTest tests[] = {cmocka_unit_test(json_ld_expand),
                                              cmocka_unit_test(json_ld_to_rdf)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
