/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"
#include "tests/lib/interop.h"

#include <stdio.h>

#include "base/datetime.h"
#include "codec/jsontext.h"
#include "credctl/build/issuer_anchor.h"
#include "credctl/import/lote_shape.h"
#include "tests/lib/imported.h"

#define FOLDER "trust/lote-json/"

static int start(void **state) {
    (void)state;
    return crypto_start() == ERR_OK ? 0 : 1;
}

/* Lists that others published, read while they were in force. */
static const struct {
    const char *file, *entry; /* the entry that is at fault, or "" */
    enum err form;            /* of ETSI TS 119 602's schema, of the list and each entity */
    enum err err;             /* of the import */
    size_t issuers, keys, anchors;
    int year, month, day;
} cases[] = {
    {"valid-emptyTE.json", "", ERR_OK, ERR_OK, 0, 0, 0, 2025, 7, 20},
    /* the certificate is a placeholder: the bytes "samplecertificate" */
    {"valid.json", "Example Trusted Entity", ERR_OK, ERR_CERTIFICATE, 0, 0, 0, 2025, 7, 20},
    /* the certificate is cut short with dots; its pointers have members that the schema names otherwise, and leaves open */
    {"valid-full.json", "Certified Service Provider", ERR_OK, ERR_BASE64, 0, 0, 0, 2025, 7, 20},
    /* no "LoTE", no scheme, names without a language */
    {"invalid.json", "", ERR_IMPORT_SHAPE, ERR_IMPORT_SHAPE, 0, 0, 0, 2025, 7, 20},
    /* no JSON: an object with a text in the place of a member */
    {"Mock_PID_Provider_List_v0.0.1.json", "", ERR_JSON_SYNTAX, ERR_JSON_SYNTAX, 0, 0, 0, 2025, 7, 20},
    /* one seal, known by its certificate alone */
    {"Mock_PID_Provider_List_v0.0.1-fixed.json", "Example PID provider", ERR_OK, ERR_OK, 1, 1, 1, 2025, 7,
     20},
    /* 15 authorities, 17 certificates: 14 of CAs that sign certificates alone, two of end entities, one that may do both */
    {"Mock_PID_Provider_List_v0.0.2.json", "GRNET", ERR_OK, ERR_OK, 15, 3, 17, 2026, 1, 1},
    /* the scheme stands under the name that a draft gave it */
    {"empty-only-schema-extensions.json", "", ERR_IMPORT_SHAPE, ERR_IMPORT_SHAPE, 0, 0, 0, 2025, 9, 10},
};
#define CASES (sizeof cases / sizeof *cases)

static enum err check_form(const char *path) {
    json_t *document = NULL;
    struct span text = interop_read(path);
    enum err err = jsontext_parse(text, &document);
    err = err == ERR_OK ? lote_shape_check_list(document) : err;
    const json_t *entities = json_object_get(json_object_get(document, "LoTE"), "TrustedEntitiesList");
    for (size_t i = 0; err == ERR_OK && i < json_array_size(entities); i++) {
        err = lote_shape_check_entity(json_array_get(entities, i));
    }
    json_decref(document);
    interop_free(text);
    return err;
}

static bool reads_as_expected(size_t at, struct imported *out) {
    char path[200];
    (void)snprintf(path, sizeof path, "../shared/interop/" FOLDER "%s", cases[at].file);
    struct imported_how how = {.now_s = datetime_seconds((struct datetime){cases[at].year, cases[at].month,
                                                                           cases[at].day, 0, 0, 0})};
    size_t keys = 0, anchors = 0;
    *out = imported_file(&import_lote, path, &how);
    for (size_t i = 0; i < json_array_size(out->issuers); i++) {
        keys += issuer_file_keys(json_array_get(out->issuers, i));
        anchors += issuer_anchor_count(json_array_get(out->issuers, i));
    }
    return out->err == cases[at].err && strcmp(out->job.entry, cases[at].entry) == 0 &&
           json_array_size(out->issuers) == cases[at].issuers && keys == cases[at].keys &&
           anchors == cases[at].anchors && !out->job.source.is_signed;
}

static void lists_of_trusted_entities(void **state) {
    (void)state;
    struct interop interop;
    interop_open(&interop, "lote-json", FOLDER);
    for (size_t i = 0; i < CASES; i++) {
        char path[200], name[200], got[200];
        (void)snprintf(path, sizeof path, FOLDER "%s", cases[i].file);
        enum err form = check_form(path);
        (void)snprintf(name, sizeof name, "%s: form", cases[i].file);
        interop_case(&interop, name, form == cases[i].form, err_name(form));
        struct imported out = {0};
        bool good = reads_as_expected(i, &out);
        (void)snprintf(got, sizeof got, "%s at %s, %zu issuers, %d keys", err_name(out.err), out.job.entry,
                       json_array_size(out.issuers), (int)out.job.keys);
        interop_case(&interop, cases[i].file, good, got);
        imported_close(&out);
    }
    interop_close(&interop);
}

/* Every list of the folder is one of the cases. */
static void note_file(void *ctx, const char *name, struct span bytes) {
    (void)bytes;
    bool known = strncmp(name, "schema_", 7) == 0 || strcmp(name, "SOURCE.txt") == 0;
    for (size_t i = 0; i < CASES; i++) {
        known = known || strcmp(name, cases[i].file) == 0;
    }
    *(bool *)ctx = *(bool *)ctx && known;
}

static void no_list_of_the_folder_is_left_out(void **state) {
    (void)state;
    struct interop interop;
    bool all = true;
    interop_open(&interop, "lote-json-files", FOLDER);
    interop_each_file("trust/lote-json", note_file, &all);
    interop_case(&interop, "all files", all, "a list that is no case");
    interop_close(&interop);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_of_trusted_entities),
        cmocka_unit_test(no_list_of_the_folder_is_left_out),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
