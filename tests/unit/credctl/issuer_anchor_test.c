/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "credctl/build/issuer_anchor.h"
#include "tests/lib/certificate_files.h"
#include "tests/lib/temp_folder.h"

static int start(void **state) {
    (void)state;
    return crypto_start() == ERR_OK ? 0 : 1;
}

static json_t *issuer_known_by(const char *const names[], size_t count) {
    json_t *issuer = issuer_file_new("did:web:a.example");
    assert_ok(issuer_file_set_name(issuer, span_of_text("en"), "A"));
    for (size_t i = 0; i < count; i++) {
        struct certificate_file file;
        certificate_files_read(names[i], &file);
        assert_ok(issuer_anchor_add(issuer, &file.certificate, span_of_text("One\nTwo"), (struct span){0}));
    }
    return issuer;
}

static void a_certificate_comes_back_as_it_was_added_and_once(void **state) {
    (void)state;
    json_t *issuer = issuer_known_by((const char *const[]){"ca", "leaf", "ca"}, 3);
    struct issuer_anchor *anchor = malloc(sizeof *anchor);
    struct certificate_file leaf;
    certificate_files_read("leaf", &leaf);
    assert_int_equal(issuer_anchor_count(issuer), 2);
    assert_ok(issuer_anchor_nth(issuer, 1, anchor));
    assert_true(span_equal(anchor->certificate.der, leaf.der));
    assert_span_text(anchor->types, "One\nTwo");
    assert_int_equal(anchor->achievements.len, 0);
    assert_err(issuer_anchor_nth(issuer, 2, anchor), ERR_ISSUER_FILE);
    free(anchor);
    json_decref(issuer);
}

static void certificates_of_two_files_are_joined(void **state) {
    (void)state;
    json_t *issuer = issuer_known_by((const char *const[]){"ca"}, 1);
    json_t *other = issuer_known_by((const char *const[]){"leaf", "ca"}, 2);
    assert_ok(issuer_anchor_join(issuer, other));
    assert_int_equal(issuer_anchor_count(issuer), 2);
    json_decref(issuer);
    json_decref(other);
}

/* What the database has: rows of the one issuer with this thumbprint, scope and bytes. */
static int rows(const char *path, const struct certificate_file *file) {
    sqlite3 *database = NULL;
    sqlite3_stmt *row = NULL;
    assert_int_equal(sqlite3_open(path, &database), SQLITE_OK);
    assert_int_equal(
        sqlite3_prepare_v2(database,
                           "SELECT count(*) FROM anchor JOIN issuer ON issuer.id = anchor.issuer "
                           "WHERE thumbprint = ? AND certificate = ? AND types = 'One\nTwo' AND "
                           "achievements = ''",
                           -1, &row, NULL),
        SQLITE_OK);
    sqlite3_bind_blob(row, 1, file->certificate.thumbprint, CRYPTO_SHA256_BYTES, SQLITE_STATIC);
    sqlite3_bind_blob(row, 2, file->der.ptr, (int)file->der.len, SQLITE_STATIC);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    int count = sqlite3_column_int(row, 0);
    sqlite3_finalize(row);
    sqlite3_close(database);
    return count;
}

static void certificates_are_listed_by_their_thumbprint(void **state) {
    (void)state;
    char folder[TEMP_FOLDER_SIZE], path[TEMP_FOLDER_SIZE + 8];
    json_t *issuer = issuer_known_by((const char *const[]){"leaf"}, 1);
    json_t *second = issuer_file_new("did:web:b.example");
    struct lists *lists = NULL;
    struct certificate_file leaf;
    certificate_files_read("leaf", &leaf);
    assert_true(temp_folder_make(folder));
    (void)snprintf(path, sizeof path, "%s/db", folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fclose(file);
    assert_ok(lists_create(path, &lists));
    assert_ok(issuer_file_list(issuer, lists));
    assert_ok(issuer_file_set_name(second, span_of_text("en"), "B")); /* one certificate may stand for two */
    assert_ok(issuer_anchor_join(second, issuer));
    assert_ok(issuer_file_list(second, lists));
    assert_ok(lists_finish(lists));
    assert_int_equal(rows(path, &leaf), 2);
    assert_true(temp_folder_remove(folder));
    json_decref(issuer);
    json_decref(second);
}

static void refuses_what_is_no_certificate(void **state) {
    (void)state;
    static const struct {
        const char *entry;
        enum err err;
    } cases[] = {
        {"1", ERR_ISSUER_FILE},
        {"{\"types\":[],\"achievements\":[]}", ERR_ISSUER_FILE},
        {"{\"der\":\"QUJD\",\"types\":[],\"achievements\":[]}", ERR_CERTIFICATE},
        {"{\"der\":\"?\",\"types\":[],\"achievements\":[]}", ERR_BASE64},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        json_t *issuer = issuer_known_by(NULL, 0);
        json_object_set_new(issuer, "certificates",
                            json_pack("[o]", json_loads(cases[i].entry, JSON_DECODE_ANY, NULL)));
        assert_err(issuer_file_check(issuer), cases[i].err);
        json_decref(issuer);
    }
    json_t *issuer = issuer_known_by((const char *const[]){"leaf"}, 1);
    json_t *entry = json_array_get(json_object_get(issuer, "certificates"), 0);
    assert_ok(issuer_file_check(issuer));
    json_object_del(entry, "types");
    assert_err(issuer_file_check(issuer), ERR_ISSUER_FILE);
    json_object_set_new(issuer, "certificates", json_object());
    assert_err(issuer_file_check(issuer), ERR_ISSUER_FILE);
    json_decref(issuer);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_certificate_comes_back_as_it_was_added_and_once),
        cmocka_unit_test(certificates_of_two_files_are_joined),
        cmocka_unit_test(certificates_are_listed_by_their_thumbprint),
        cmocka_unit_test(refuses_what_is_no_certificate),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
