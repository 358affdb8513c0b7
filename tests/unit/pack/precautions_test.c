/* SPDX-License-Identifier: Apache-2.0 */
/* What an opened database is kept from, beside the comparison of its schema. */
#include "tests/lib/check.h"

#include <sqlite3.h>
#include <stdlib.h>

#include "pack/opened.h"
#include "pack/schema.h"
#include "tests/lib/testpack.h"

static int start(void **out) {
    struct testpack *test = calloc(1, sizeof *test);
    testpack_start(test);
    testpack_default_lists(test, "lists.db");
    *out = test;
    return 0;
}

static int stop(void **out) {
    testpack_stop(*out);
    free(*out);
    return 0;
}

/* Whatever a signed schema held, it could do nothing: each precaution by itself, for the comparison of the schema
 * hides them all. */
static void an_opened_database_is_locked_down(void **out) {
    struct testpack *test = *out;
    struct pack *pack = NULL;
    static const struct {
        int setting, value;
    } settings[] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1},       {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        {SQLITE_DBCONFIG_ENABLE_VIEW, 0},     {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
        {SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0}, {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
    };
    static const char *const refused[] = {"UPDATE issuer SET territory = 'XX'", "CREATE TABLE more(a)",
                                          "CREATE TEMP TABLE more(a)", "ATTACH ':memory:' AS more",
                                          /* and a query that goes astray is stopped */
                                          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
                                          "WHERE i < 1000000) SELECT max(i) FROM n"};
    testpack_sign(test, "lists.db", "a.tpk");
    assert_ok(testpack_open(test, "a.tpk", PACK_OPEN_USE, &pack));
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
        int now = -1;
        assert_int_equal(sqlite3_db_config(pack->database, settings[i].setting, -1, &now), SQLITE_OK);
        assert_int_equal(now, settings[i].value);
    }
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        assert_int_not_equal(sqlite3_exec(pack->database, refused[i], NULL, NULL, NULL), SQLITE_OK);
    }
    assert_int_equal(sqlite3_db_readonly(pack->database, "main"), 1);
    pack_close(pack);
}

static void another_encoding_is_refused_though_signed(void **out) {
    struct testpack *test = *out;
    char path[PATH_MAX];
    sqlite3 *database = NULL;
    struct pack *pack = NULL;
    testpack_put(test, "wide.db", (struct span){0});
    testpack_path(test, "wide.db", path);
    assert_int_equal(sqlite3_open_v2(path, &database, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_exec(database,
                                  "PRAGMA encoding = 'UTF-16le'; PRAGMA application_id = 1953524529", NULL,
                                  NULL, NULL),
                     SQLITE_OK);
    for (size_t i = 0; i < schema_object_count; i++) {
        assert_int_equal(sqlite3_exec(database, schema_objects[i].sql, NULL, NULL, NULL), SQLITE_OK);
    }
    assert_int_equal(sqlite3_exec(database,
                                  "INSERT INTO meta VALUES('status_lists', '0'), ('status_as_of', '0')", NULL,
                                  NULL, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_close(database), SQLITE_OK);
    testpack_sign(test, "wide.db", "a.tpk");
    assert_err(testpack_open(test, "a.tpk", PACK_OPEN_USE, &pack), ERR_PACK_SCHEMA);
}

int main(void) {
#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)
    static const struct CMUnitTest tests[] = {
        CASE(an_opened_database_is_locked_down),
        CASE(another_encoding_is_refused_though_signed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
