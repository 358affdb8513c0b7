/* SPDX-License-Identifier: Apache-2.0 */
/* A pack's database is hostile, though signed, or something lies beside it: the precautions hold. */
#include "tests/lib/check.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

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

/* Change lists.db by SQL, sign it as it then is, and expect this of opening it. */
static void expect_after(struct testpack *test, const char *sql, enum pack_open_depth depth,
                         enum err expected) {
    char path[PATH_MAX];
    sqlite3 *database = NULL;
    struct pack *pack = NULL;
    testpack_default_lists(test, "lists.db");
    testpack_path(test, "lists.db", path);
    assert_int_equal(sqlite3_open_v2(path, &database, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    sqlite3_db_config(database, SQLITE_DBCONFIG_WRITABLE_SCHEMA, 1, NULL);
    assert_int_equal(sqlite3_exec(database, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(database), SQLITE_OK);
    testpack_sign(test, "lists.db", "a.tpk");
    assert_err(testpack_open(test, "a.tpk", depth, &pack), expected);
    pack_close(pack);
}

static void another_schema_is_refused_though_signed(void **out) {
    struct testpack *test = *out;
    static const char *const changes[] = {
        "CREATE TABLE more(a)",
        "CREATE VIEW more AS SELECT * FROM key",
        "CREATE TRIGGER more AFTER INSERT ON key BEGIN SELECT 1; END",
        "CREATE INDEX more ON key(kid)",
        "DROP INDEX key_by_kid",
        "DROP INDEX status_by_address", /* the last one: nothing but the count is wrong */
        "DROP TABLE anchor",
        "ALTER TABLE anchor ADD COLUMN more TEXT",
        "DROP TABLE issuer_name; CREATE VIEW issuer_name AS SELECT 1 AS issuer, 'en' AS language, 'Evil' AS "
        "name",
        "UPDATE sqlite_schema SET sql = replace(sql, 'NOT NULL', 'NOT  NULL') WHERE name = 'meta'",
        "CREATE VIRTUAL TABLE more USING fts5(a)",
        "UPDATE sqlite_schema SET sql = sql || char(0) || 'more' WHERE name = 'meta'",
        "PRAGMA application_id = 7",
        "PRAGMA journal_mode = WAL; PRAGMA wal_checkpoint(TRUNCATE)",
    };
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        expect_after(test, changes[i], PACK_OPEN_USE, ERR_PACK_SCHEMA);
    }
    expect_after(test, "UPDATE issuer SET territory = 'FI'", PACK_OPEN_INSTALL, ERR_OK);
}

static void rows_of_a_wrong_type_are_damage_though_signed(void **out) {
    struct testpack *test = *out;
    static const char *const changes[] = {
        "UPDATE key SET public = x''",           "UPDATE key SET public = zeroblob(600)",
        "UPDATE key SET algorithm = 'HS256'",    "UPDATE key SET valid_from = 'yesterday'",
        "UPDATE key SET types = x'00'",          "DELETE FROM issuer",
        "UPDATE issuer SET territory = x'4646'",
    };
    uint8_t memory[8192];
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        struct arena arena = arena_over(memory, sizeof memory);
        struct pack *pack = NULL;
        struct pack_issuer issuer = {0};
        struct pack_key key = {0};
        expect_after(test, changes[i], PACK_OPEN_USE, ERR_OK);
        assert_ok(testpack_open(test, "a.tpk", PACK_OPEN_USE, &pack));
        enum err err = pack_find_issuer(pack, span_of_text("did:web:academy.example"), span_of_text("en"),
                                        &arena, &issuer);
        if (err == ERR_OK) {
            err =
                pack_find_key_by_kid(pack, &issuer, span_of_text("did:web:academy.example#1"), &arena, &key);
        }
        assert_err(err, ERR_PACK_DAMAGED);
        assert_false(key.found);
        pack_close(pack);
    }
}

/* What weakens a key or an issuer is read as it stands. */
static void what_weakens_a_key_is_read(void **out) {
    struct testpack *test = *out;
    struct pack *pack = NULL;
    struct pack_issuer issuer = {0};
    struct pack_key key = {0};
    uint8_t memory[8192];
    struct arena arena = arena_over(memory, sizeof memory);
    expect_after(
        test, "UPDATE key SET for_status = 1, withdrawn_at = 7, unsigned = 1; UPDATE issuer SET unsigned = 1",
        PACK_OPEN_USE, ERR_OK);
    assert_ok(testpack_open(test, "a.tpk", PACK_OPEN_USE, &pack));
    assert_ok(
        pack_find_issuer(pack, span_of_text("did:web:academy.example"), span_of_text("en"), &arena, &issuer));
    assert_ok(pack_find_key_by_kid(pack, &issuer, span_of_text("did:web:academy.example#1"), &arena, &key));
    assert_true(issuer.unsigned_source);
    assert_true(key.for_status);
    assert_true(key.unsigned_source);
    assert_int_equal(key.withdrawn_at_s, 7);
    pack_close(pack);
}

/* A national list has tens of thousands; opening it costs no walk over them, and lookups stay bounded. */
static void as_many_status_lists_as_a_pack_holds_are_no_damage(void **out) {
    struct testpack *test = *out;
    struct pack *pack = NULL;
    expect_after(test,
                 "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 40000) "
                 "INSERT INTO status_list SELECT i, 'https://a.example/' || i, 'revocation', "
                 "'BitstringStatusList', 'did:web:a.example', 0, i, 131072, 1, 1, 0 FROM n;"
                 "UPDATE meta SET value = '40000' WHERE name = 'status_lists'",
                 PACK_OPEN_INSTALL, ERR_OK);
    assert_ok(testpack_open(test, "a.tpk", PACK_OPEN_USE, &pack));
    assert_int_equal(pack_info(pack)->status_lists, 40000);
    pack_close(pack);
}

static void counts_that_are_no_numbers_are_damage(void **out) {
    struct testpack *test = *out;
    static const char *const changes[] = {
        "DELETE FROM meta WHERE name = 'status_lists'",
        "DELETE FROM meta WHERE name = 'status_as_of'",
        "UPDATE meta SET value = '-1' WHERE name = 'status_lists'",
        "UPDATE meta SET value = '4294967296' WHERE name = 'status_lists'",
        "UPDATE meta SET value = '9223372036854775808' WHERE name = 'status_as_of'",
        "UPDATE meta SET value = x'31' WHERE name = 'status_lists'",
    };
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        expect_after(test, changes[i], PACK_OPEN_USE, ERR_PACK_DAMAGED);
    }
    expect_after(test, "UPDATE meta SET value = '9223372036854775807' WHERE name = 'status_as_of'",
                 PACK_OPEN_USE, ERR_OK);
    expect_after(test, "UPDATE meta SET value = '4294967295' WHERE name = 'status_lists'", PACK_OPEN_USE,
                 ERR_OK);
}

static void a_status_list_that_lies_about_itself_is_damage(void **out) {
    struct testpack *test = *out;
    static const char *const changes[] = {
        "UPDATE status_list SET bits = 9",
        "UPDATE status_list SET entries = -1",
        "UPDATE status_list SET entries = 1000000",
        "DELETE FROM status_chunk WHERE id % 65536 = 31",
        "UPDATE status_chunk SET bytes = x'00' WHERE id % 65536 = 31",
        "UPDATE status_chunk SET bytes = zeroblob(513)",
        "UPDATE status_chunk SET bytes = 'text'",
    };
    uint8_t memory[8192];
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        struct arena arena = arena_over(memory, sizeof memory);
        struct pack *pack = NULL;
        struct pack_status list = {0};
        bool covered = false;
        uint32_t value = 0;
        expect_after(test, changes[i], PACK_OPEN_USE, ERR_OK);
        assert_ok(testpack_open(test, "a.tpk", PACK_OPEN_USE, &pack));
        enum err err = pack_find_status(pack, span_of_text("https://academy.example/status/1"),
                                        span_of_text("revocation"), &arena, &list);
        if (err == ERR_OK) {
            err = pack_status_value(pack, &list, list.entries - 1, list.bits, &covered, &value);
        }
        assert_err(err, ERR_PACK_DAMAGED);
        assert_false(covered);
        pack_close(pack);
    }
}

/* A page that is rubbish, under a signature that covers it: the installation looks at every page. */
static void a_rotten_page_is_found_at_installation(void **out) {
    struct testpack *test = *out;
    struct room bytes = testpack_read(test, "lists.db");
    struct pack *pack = NULL;
    size_t pages = bytes.len / SCHEMA_PAGE_BYTES, found = 0;
    for (size_t page = 1; page < pages; page++) {
        uint8_t was[64];
        uint8_t *at = bytes.ptr + page * SCHEMA_PAGE_BYTES;
        memcpy(was, at, sizeof was);
        memset(at, 0xA5, sizeof was);
        testpack_put(test, "bad.db", room_span(&bytes));
        testpack_sign(test, "bad.db", "a.tpk");
        enum err err = testpack_open(test, "a.tpk", PACK_OPEN_INSTALL, &pack);
        assert_err(err, ERR_PACK_DAMAGED);
        found++;
        memcpy(at, was, sizeof was);
    }
    assert_true(found > 10);
    file_release(&bytes);
}

/* Bytes beside the database never matter: an installed one is opened with a -wal and a -journal planted. */
static void a_planted_wal_does_not_matter(void **out) {
    struct testpack *test = *out;
    char path[PATH_MAX];
    sqlite3 *database = NULL;
    uint8_t manifest_bytes[8192], memory[8192];
    struct room manifest = room_over(manifest_bytes, sizeof manifest_bytes);
    struct arena arena = arena_over(memory, sizeof memory);
    testpack_path(test, "lists.db", path);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    assert_ok(packer_sign_manifest(&test->claims, file, test->release, &manifest));
    struct room honest = testpack_read(test, "lists.db");
    /* The attacker's copy: renames the issuer, in a WAL that is never checkpointed. */
    assert_int_equal(sqlite3_open_v2(path, &database, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_exec(database, "PRAGMA journal_mode = WAL", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_exec(database,
                                  "PRAGMA wal_autocheckpoint = 0; UPDATE issuer_name SET name = 'Evil'", NULL,
                                  NULL, NULL),
                     SQLITE_OK);
    struct room wal = testpack_read(test, "lists.db-wal");
    sqlite3_close(database);
    testpack_put(test, "lists.db", room_span(&honest));
    testpack_put(test, "lists.db-wal", room_span(&wal));
    testpack_put(test, "lists.db-journal", room_span(&wal));
    struct pack *pack = NULL;
    struct pack_issuer issuer = {0};
    assert_ok(pack_open_descriptors(file, room_span(&manifest), span_of_text(test->root_text), &test->rules,
                                    NULL, PACK_OPEN_INSTALL, &pack));
    assert_ok(
        pack_find_issuer(pack, span_of_text("did:web:academy.example"), span_of_text("en"), &arena, &issuer));
    assert_span_text(issuer.name, "Example Academy");
    pack_close(pack);
    close(file);
    file_release(&honest);
    file_release(&wal);
}

static void manifest_and_database_of_two_packs_do_not_mix(void **out) {
    struct testpack *test = *out;
    uint8_t bytes[8192];
    char path[PATH_MAX];
    struct room manifest = room_over(bytes, sizeof bytes);
    struct pack *pack = NULL;
    testpack_path(test, "lists.db", path);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    assert_ok(packer_sign_manifest(&test->claims, file, test->release, &manifest));
    close(file);
    expect_after(test, "UPDATE issuer SET territory = 'FI'", PACK_OPEN_USE, ERR_OK);
    testpack_write(test, room_span(&manifest), span_of_text(test->root_text), "lists.db", "a.tpk");
    assert_err(testpack_open(test, "a.tpk", PACK_OPEN_USE, &pack), ERR_PACK_HASH);
}

/* A receipt holds for the very file that was hashed, and for nothing else. */
static void a_receipt_is_no_way_round_the_hash(void **out) {
    struct testpack *test = *out;
    uint8_t bytes[8192];
    char path[PATH_MAX];
    struct room manifest = room_over(bytes, sizeof bytes);
    struct pack *pack = NULL;
    struct span roots = span_of_text(test->root_text);
    testpack_path(test, "lists.db", path);
    int file = open(path, O_RDWR | O_CLOEXEC);
    assert_ok(packer_sign_manifest(&test->claims, file, test->release, &manifest));
    assert_ok(
        pack_open_descriptors(file, room_span(&manifest), roots, &test->rules, NULL, PACK_OPEN_USE, &pack));
    struct pack_receipt receipt = pack_open_receipt(pack);
    pack_close(pack);
    assert_ok(pack_open_descriptors(file, room_span(&manifest), roots, &test->rules, &receipt, PACK_OPEN_USE,
                                    &pack));
    pack_close(pack);
    usleep(20000);
    assert_int_equal(pwrite(file, "X", 1, 9000), 1);
    assert_err(pack_open_descriptors(file, room_span(&manifest), roots, &test->rules, &receipt, PACK_OPEN_USE,
                                     &pack),
               ERR_PACK_HASH);
    receipt = (struct pack_receipt){0};
    assert_err(pack_open_descriptors(file, room_span(&manifest), roots, &test->rules, &receipt, PACK_OPEN_USE,
                                     &pack),
               ERR_PACK_HASH);
    close(file);
}

/* One field off, and the file is hashed; none off, and it is not, which an altered file shows. */
static void every_field_of_a_receipt_counts(void **out) {
    struct testpack *test = *out;
    uint8_t bytes[8192];
    char path[PATH_MAX];
    struct stat file;
    struct room manifest = room_over(bytes, sizeof bytes);
    struct pack *pack = NULL;
    testpack_path(test, "lists.db", path);
    int descriptor = open(path, O_RDWR | O_CLOEXEC);
    assert_ok(packer_sign_manifest(&test->claims, descriptor, test->release, &manifest));
    assert_ok(pack_open_descriptors(descriptor, room_span(&manifest), span_of_text(test->root_text),
                                    &test->rules, NULL, PACK_OPEN_USE, &pack));
    struct pack_receipt receipt = pack_open_receipt(pack);
    pack_close(pack);
    assert_int_equal(pwrite(descriptor, "X", 1, 90), 1); /* a byte of the header that SQLite keeps free */
    assert_int_equal(fstat(descriptor, &file), 0);
    receipt.modified_s = file.st_mtim.tv_sec;
    receipt.modified_ns = file.st_mtim.tv_nsec;
    receipt.changed_s = file.st_ctim.tv_sec;
    receipt.changed_ns = file.st_ctim.tv_nsec;
    for (size_t i = 0; i <= sizeof receipt; i++) {
        struct pack_receipt given = receipt;
        if (i < sizeof receipt) {
            ((uint8_t *)&given)[i] ^= 1;
        }
        enum err err = pack_open_descriptors(descriptor, room_span(&manifest), span_of_text(test->root_text),
                                             &test->rules, &given, PACK_OPEN_USE, &pack);
        assert_err(err, i < sizeof receipt ? ERR_PACK_HASH : ERR_OK);
    }
    pack_close(pack);
    close(descriptor);
}

static void a_memfd_serves_as_well_as_a_file(void **out) {
    struct testpack *test = *out;
    uint8_t bytes[8192];
    struct room manifest = room_over(bytes, sizeof bytes);
    struct pack *pack = NULL;
    struct room database = testpack_read(test, "lists.db");
    int memory = memfd_create("lists", MFD_CLOEXEC);
    assert_int_equal(write(memory, database.ptr, database.len), database.len);
    assert_ok(packer_sign_manifest(&test->claims, memory, test->release, &manifest));
    assert_ok(pack_open_descriptors(memory, room_span(&manifest), span_of_text(test->root_text), &test->rules,
                                    NULL, PACK_OPEN_INSTALL, &pack));
    assert_int_equal(pack_info(pack)->status_lists, 1);
    pack_close(pack);
    close(memory);
    file_release(&database);
}

int main(void) {
#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)
    static const struct CMUnitTest tests[] = {
        CASE(another_schema_is_refused_though_signed),
        CASE(rows_of_a_wrong_type_are_damage_though_signed),
        CASE(what_weakens_a_key_is_read),
        CASE(as_many_status_lists_as_a_pack_holds_are_no_damage),
        CASE(counts_that_are_no_numbers_are_damage),
        CASE(a_status_list_that_lies_about_itself_is_damage),
        CASE(a_rotten_page_is_found_at_installation),
        CASE(a_planted_wal_does_not_matter),
        CASE(manifest_and_database_of_two_packs_do_not_mix),
        CASE(every_field_of_a_receipt_counts),
        CASE(a_receipt_is_no_way_round_the_hash),
        CASE(a_memfd_serves_as_well_as_a_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
