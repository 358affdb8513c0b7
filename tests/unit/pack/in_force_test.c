/* SPDX-License-Identifier: Apache-2.0 */
/* How many of a pack's status lists are still in force when it is opened. */
#include "tests/lib/check.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/lib/testpack.h"

static int start(void **out) {
    struct testpack *test = calloc(1, sizeof *test);
    testpack_start(test);
    *out = test;
    return 0;
}

static int stop(void **out) {
    testpack_stop(*out);
    free(*out);
    return 0;
}

/* The number in force of `lists` lists, list i ending at the SQL expression `ends` of i and now. */
static uint32_t in_force(struct testpack *test, int lists, const char *ends) {
    char path[PATH_MAX], sql[1024];
    sqlite3 *database = NULL;
    struct pack *pack = NULL;
    testpack_default_lists(test, "lists.db");
    testpack_path(test, "lists.db", path);
    (void)snprintf(sql, sizeof sql,
                   "DELETE FROM status_list;"
                   "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) "
                   "INSERT INTO status_list(id, address, purpose, kind, issuer, unsigned, body, entries, "
                   "bits, as_of, expires) "
                   "SELECT i, 'https://a.example/' || i, 'revocation', "
                   "'BitstringStatusList', 'did:web:a.example', 0, i, 131072, 1, 1, %s "
                   "FROM n, (SELECT %lld AS now);"
                   "UPDATE meta SET value = '%d' WHERE name = 'status_lists'",
                   lists, ends, (long long)test->rules.now.lo_s, lists);
    assert_int_equal(sqlite3_open_v2(path, &database, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_exec(database, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(database), SQLITE_OK);
    testpack_sign(test, "lists.db", "a.tpk");
    assert_ok(testpack_open(test, "a.tpk", PACK_OPEN_USE, &pack));
    uint32_t count = pack_info(pack)->status_in_force;
    assert_int_equal(pack_info(pack)->status_lists, lists);
    pack_close(pack);
    return count;
}

/* Three ended before now, one ends right now, one has no end, the others end later. */
static void lists_that_ended_are_counted_out(void **out) {
    static const char *const mixed =
        "CASE WHEN i < 4 THEN now - 4 + i WHEN i = 4 THEN now WHEN i = 5 THEN 0 ELSE now + i END";
    assert_int_equal(in_force(*out, 41, mixed), 37);
    assert_int_equal(in_force(*out, 41, "now + 1"), 41);
    assert_int_equal(in_force(*out, 41, "0"), 41);
    assert_int_equal(in_force(*out, 41, "9223372036854775807"), 41);
    assert_int_equal(in_force(*out, 41, "1"), 0);
}

/* Counting stops somewhere: then none is called in force. */
static void more_ended_lists_than_are_counted_leave_none_in_force(void **out) {
    assert_int_equal(in_force(*out, 40000, "CASE WHEN i < 4096 THEN 1 ELSE 0 END"), 40000 - 4095);
    assert_int_equal(in_force(*out, 40000, "CASE WHEN i < 4097 THEN 1 ELSE 0 END"), 0);
}

int main(void) {
#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)
    static const struct CMUnitTest tests[] = {
        CASE(lists_that_ended_are_counted_out),
        CASE(more_ended_lists_than_are_counted_leave_none_in_force),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
