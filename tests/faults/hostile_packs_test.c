/* SPDX-License-Identifier: Apache-2.0 */
/* Packs that are cut, swapped, signed anew, mixed, too large, or hostile inside under a right signature: each is refused
 * by its name, and the pack that was accepted before answers as it did. */
#include "tests/lib/check.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kiosk/install.h"
#include "pack/container.h"
#include "pack/schema.h"
#include "tests/lib/testpack.h"

#define PAGE_BYTES ((size_t)SCHEMA_PAGE_BYTES)

/* A kiosk with pack 5, and pack 6, good, of which the hostile ones are made. */
static struct testpack workshop;
static struct room good;       /* 6.tpk */
static struct container parts; /* of it */
static int folder;

static int start(void **state) {
    char path[PATH_MAX];
    (void)state;
    testpack_start(&workshop);
    testpack_default_lists(&workshop, "lists.db");
    testpack_sign(&workshop, "lists.db", "5.tpk");
    workshop.claims.seq = 6;
    testpack_sign(&workshop, "lists.db", "6.tpk");
    good = testpack_read(&workshop, "6.tpk");
    assert_ok(container_split(room_span(&good), &parts));
    testpack_path(&workshop, "data", path);
    assert_int_equal(mkdir(path, 0700), 0);
    folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return 0;
}

static int stop(void **state) {
    (void)state;
    file_release(&good);
    close(folder);
    testpack_stop(&workshop);
    return 0;
}

static enum err install(const char *pack) {
    char path[PATH_MAX];
    struct store_port store = {0};
    enum install_outcome outcome = INSTALL_NOT_DONE;
    testpack_path(&workshop, pack, path);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    assert_true(file >= 0);
    assert_ok(store_open(folder, &store));
    enum err err = install_pack(&store, file, &workshop.rules, &outcome);
    store_close(&store);
    close(file);
    assert_int_equal(outcome != INSTALL_NOT_DONE, err == ERR_OK);
    return err;
}

/* Pack 5 is in use, its issuer and its revoked entry are found, and nothing of another one lies about. */
static void five_answers(const char *after) {
    uint8_t memory[8192];
    struct arena arena = arena_over(memory, sizeof memory);
    struct store_port store = {0};
    struct pack *pack = NULL;
    struct pack_issuer issuer = {0};
    struct pack_status list = {0};
    struct stat found;
    bool covered = false;
    uint32_t value = 0;
    assert_ok(store_open(folder, &store));
    assert_ok(install_current(&store, &workshop.rules, &pack, NULL));
    store_close(&store);
    if (pack_info(pack)->seq != 5) {
        fail_msg("%s took the place of pack 5", after);
    }
    assert_ok(
        pack_find_issuer(pack, span_of_text("did:web:academy.example"), span_of_text("en"), &arena, &issuer));
    assert_span_text(issuer.name, "Example Academy");
    assert_ok(pack_find_status(pack, span_of_text("https://academy.example/status/1"),
                               span_of_text("revocation"), &arena, &list));
    assert_ok(pack_status_value(pack, &list, 7, list.bits, &covered, &value));
    assert_true(covered && value == 1);
    pack_close(pack);
    assert_int_not_equal(fstatat(folder, "incoming/next", &found, 0), 0);
}

/* The pack in "bad.tpk" is refused for this, and changes nothing. */
static void refused(const char *what, enum err expected) {
    enum err err = install("bad.tpk");
    if (err != expected) {
        fail_msg("%s gives %s, not %s", what, err_name(err), err_name(expected));
    }
    five_answers(what);
}

/* Write "bad.tpk" of three parts. */
static void put_parts(struct span manifest, struct span roots, struct span database) {
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    assert_non_null(stream);
    fwrite(manifest.ptr, 1, manifest.len, stream);
    fputc('\n', stream);
    fwrite(roots.ptr, 1, roots.len, stream);
    fputc('\n', stream);
    fwrite(database.ptr, 1, database.len, stream);
    fclose(stream);
    testpack_put(&workshop, "bad.tpk", span_of_bytes(text, size));
    free(text);
}

static struct span good_database(void) {
    return span_slice(room_span(&good), (size_t)parts.database_at, good.len);
}

static void five_is_installed(void **state) {
    (void)state;
    assert_ok(install("5.tpk"));
    five_answers("pack 5");
}

/* Cut at each border and beside it, and at every hundredth of the rest. */
static void packs_that_are_cut(void **state) {
    (void)state;
    size_t borders[] = {0,
                        parts.manifest.len,
                        parts.manifest.len + 1 + parts.roots.len,
                        (size_t)parts.database_at,
                        (size_t)parts.database_at + CONTAINER_MAGIC_BYTES,
                        good.len};
    char what[64];
    for (size_t i = 0; i < sizeof borders / sizeof *borders; i++) {
        for (size_t len = borders[i] < 2 ? 0 : borders[i] - 2; len < borders[i] + 3 && len < good.len;
             len++) {
            bool shaped = len >= parts.database_at + CONTAINER_MAGIC_BYTES;
            snprintf(what, sizeof what, "a pack cut at %zu", len);
            testpack_put(&workshop, "bad.tpk", span_slice(room_span(&good), 0, len));
            refused(what, shaped ? ERR_PACK_SIZE : ERR_PACK_SHAPE);
        }
    }
    for (size_t len = (size_t)parts.database_at + 16; len < good.len; len += good.len / 100) {
        testpack_put(&workshop, "bad.tpk", span_slice(room_span(&good), 0, len));
        refused("a cut pack", ERR_PACK_SIZE);
    }
}

static void packs_whose_parts_are_swapped_or_mixed(void **state) {
    (void)state;
    struct testpack other;
    struct container its = {0};
    testpack_start(&other);
    testpack_default_lists(&other, "lists.db");
    other.claims.seq = 6;
    testpack_sign(&other, "lists.db", "6.tpk");
    struct room bytes = testpack_read(&other, "6.tpk");
    assert_ok(container_split(room_span(&bytes), &its));
    struct span its_database = span_slice(room_span(&bytes), (size_t)its.database_at, bytes.len);
    put_parts(parts.roots, parts.manifest, good_database());
    refused("a pack with its lines swapped", ERR_ROOT_OTHER);
    put_parts(parts.manifest, its.roots, good_database());
    refused("a pack with another's root", ERR_ROOT_OTHER);
    put_parts(its.manifest, parts.roots, its_database);
    refused("another's manifest under our root", ERR_PACK_SIGNER);
    put_parts(its.manifest, its.roots, its_database);
    refused("another's pack", ERR_ROOT_OTHER);
    put_parts(parts.manifest, parts.roots, its_database);
    refused("our manifest over another's database", ERR_PACK_HASH);
    put_parts(parts.manifest, parts.manifest, good_database());
    refused("a manifest in the place of the root", ERR_ROOT_OTHER);
    file_release(&bytes);
    testpack_stop(&other);
}

static void packs_that_somebody_else_signed(void **state) {
    (void)state;
    struct signer *release = workshop.release;
    /* The root key signs roots, and no pack. */
    workshop.release = workshop.root;
    testpack_sign(&workshop, "lists.db", "bad.tpk");
    refused("a pack signed by the root key", ERR_PACK_SIGNER);
    assert_ok(signer_make(CRYPTO_ES256, &workshop.release));
    testpack_sign(&workshop, "lists.db", "bad.tpk");
    refused("a pack signed by a stranger", ERR_PACK_SIGNER);
    signer_close(workshop.release);
    workshop.release = release;
    /* The signature of one manifest under another. */
    struct room five = testpack_read(&workshop, "5.tpk");
    struct container its = {0};
    char text[8192];
    assert_ok(container_split(room_span(&five), &its));
    size_t dot = span_find(parts.manifest, '.', span_find(parts.manifest, '.', 0) + 1);
    size_t its_dot = span_find(its.manifest, '.', span_find(its.manifest, '.', 0) + 1);
    int len = snprintf(text, sizeof text, "%.*s%.*s", (int)dot, (const char *)parts.manifest.ptr,
                       (int)(its.manifest.len - its_dot), (const char *)its.manifest.ptr + its_dot);
    put_parts(span_of_bytes(text, (size_t)len), parts.roots, good_database());
    refused("a pack with another's signature", ERR_PACK_SIGNATURE);
    file_release(&five);
}

/* Nothing of them is copied: what is said, or what there is, is too large before. */
static void packs_that_are_too_large(void **state) {
    (void)state;
    char path[PATH_MAX];
    testpack_put(&workshop, "bad.tpk", room_span(&good));
    testpack_path(&workshop, "bad.tpk", path);
    assert_int_equal(truncate(path, 3ll * 1024 * 1024 * 1024), 0); /* a file with a hole */
    refused("a pack with gigabytes behind it", ERR_PACK_SIZE);
    char *line = malloc(LIMIT_ROOT_CHAIN_BYTES + 1);
    assert_non_null(line);
    memset(line, 'A', LIMIT_ROOT_CHAIN_BYTES + 1);
    put_parts(span_of_bytes(line, LIMIT_MANIFEST_BYTES + 1), parts.roots, good_database());
    refused("a pack with a long first line", ERR_PACK_SHAPE);
    put_parts(parts.manifest, span_of_bytes(line, LIMIT_ROOT_CHAIN_BYTES + 1), good_database());
    refused("a pack with a long second line", ERR_PACK_SHAPE);
    put_parts(span_of_bytes(line, LIMIT_MANIFEST_BYTES), span_of_bytes(line, LIMIT_ROOT_CHAIN_BYTES),
              good_database());
    refused("a pack with the longest lines", ERR_ROOT_OTHER);
    free(line);
}

/* Sign a database, so that nothing but what is in it is wrong. */
static void put_database(struct span database) {
    testpack_put(&workshop, "bad.db", database);
    testpack_sign(&workshop, "bad.db", "bad.tpk");
}

static void put_changed_by(const char *sql) {
    char path[PATH_MAX];
    sqlite3 *database = NULL;
    testpack_put(&workshop, "bad.db", good_database());
    testpack_path(&workshop, "bad.db", path);
    assert_int_equal(sqlite3_open_v2(path, &database, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    sqlite3_db_config(database, SQLITE_DBCONFIG_WRITABLE_SCHEMA, 1, NULL);
    assert_int_equal(sqlite3_exec(database, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(database), SQLITE_OK);
    testpack_sign(&workshop, "bad.db", "bad.tpk");
}

static void signed_packs_whose_database_does_more_than_hold_rows(void **state) {
    (void)state;
    static const char *const changes[] = {
        "CREATE TRIGGER t AFTER UPDATE ON issuer BEGIN DELETE FROM key; END",
        "CREATE TRIGGER t INSTEAD OF INSERT ON v BEGIN SELECT 1; END",
        "CREATE VIEW v AS SELECT * FROM key",
        "DROP TABLE key; CREATE VIEW key AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
        "SELECT * FROM n",
        "DROP TABLE key; CREATE VIEW key AS SELECT * FROM key",
        "CREATE VIRTUAL TABLE f USING fts5(a)",
        "DROP TABLE anchor; CREATE VIRTUAL TABLE anchor USING fts5(a)",
        "CREATE TABLE more(a)",
        "CREATE TABLE g(a INTEGER, b AS (a + 1))",
        "CREATE INDEX more ON key(abs(id))",
        "DROP TABLE status_hash",
        "DROP INDEX key_by_kid; CREATE INDEX key_by_kid ON key(issuer, kid)",
        "ALTER TABLE issuer ADD COLUMN more",
        "UPDATE sqlite_schema SET sql = sql || ' ' WHERE name = 'key'",
        "PRAGMA application_id = 0",
    };
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        if (strstr(changes[i], "INSTEAD OF") != NULL) {
            put_changed_by(
                "CREATE VIEW v AS SELECT * FROM key; CREATE TRIGGER t INSTEAD OF INSERT ON v BEGIN "
                "SELECT 1; END");
        } else {
            put_changed_by(changes[i]);
        }
        refused(changes[i], ERR_PACK_SCHEMA);
    }
}

/* Root pages of tables, which lead to each other or out of the file, under an unchanged text of the schema. */
static void signed_packs_whose_tables_lie_elsewhere(void **state) {
    (void)state;
    static const char *const changes[] = {
        "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'issuer') "
        "WHERE "
        "name = 'key'",
        "UPDATE sqlite_schema SET rootpage = 1 WHERE name = 'key'",
        "UPDATE sqlite_schema SET rootpage = 1000000 WHERE name = 'key'",
        "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'key_by_kid') "
        "WHERE "
        "name = 'key_by_thumbprint'",
    };
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        put_changed_by(changes[i]);
        refused(changes[i], ERR_PACK_DAMAGED);
    }
}

static uint32_t number_at(const uint8_t *at) {
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* Pages that lead back to themselves, or behind the end, under a right hash. */
static void signed_packs_with_pages_in_a_circle(void **state) {
    (void)state;
    struct span honest = good_database();
    uint8_t *bytes = malloc(honest.len);
    assert_non_null(bytes);
    unsigned circles = 0;
    for (size_t page = 1; page < honest.len / PAGE_BYTES; page++) {
        const uint8_t *was = honest.ptr + page * PAGE_BYTES;
        if (was[0] != 2 && was[0] != 5) { /* not an inner page of an index or table */
            continue;
        }
        for (int behind = 0; behind < 2; behind++) {
            memcpy(bytes, honest.ptr, honest.len);
            uint32_t to = behind ? 1000000u : (uint32_t)page + 1;
            uint8_t *last = bytes + page * PAGE_BYTES + 8; /* the right-most child */
            assert_true(number_at(last) <= honest.len / PAGE_BYTES);
            for (int i = 0; i < 4; i++) {
                last[i] = (uint8_t)(to >> (24 - 8 * i));
            }
            put_database(span_of_bytes(bytes, honest.len));
            refused(behind ? "a page behind the end" : "a page in itself", ERR_PACK_DAMAGED);
            circles++;
        }
    }
    assert_true(circles > 0);
    free(bytes);
}

/* Every page in turn is rubbish at its start; the header page says something untrue of the file. */
static void signed_packs_with_rotten_pages(void **state) {
    (void)state;
    struct span honest = good_database();
    uint8_t *bytes = malloc(honest.len);
    static const struct {
        size_t at;
        uint8_t value;
        enum err err;
    } headers[] = {{16, 0x02, ERR_PACK_DAMAGED}, {18, 9, ERR_PACK_SCHEMA},  {21, 63, ERR_PACK_DAMAGED},
                   {47, 9, ERR_PACK_DAMAGED},    {59, 2, ERR_PACK_DAMAGED}, {100, 0x0A, ERR_PACK_DAMAGED}};
    assert_non_null(bytes);
    for (size_t page = 1; page < honest.len / PAGE_BYTES; page++) {
        memcpy(bytes, honest.ptr, honest.len);
        memset(bytes + page * PAGE_BYTES, 0xA5, 64);
        put_database(span_of_bytes(bytes, honest.len));
        refused("a rotten page", ERR_PACK_DAMAGED);
    }
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        memcpy(bytes, honest.ptr, honest.len);
        bytes[headers[i].at] = headers[i].value;
        put_database(span_of_bytes(bytes, honest.len));
        char what[64];
        snprintf(what, sizeof what, "byte %zu of the header", headers[i].at);
        refused(what, headers[i].err);
    }
    free(bytes);
}

static void signed_packs_that_are_no_database(void **state) {
    (void)state;
    uint8_t bytes[PAGE_BYTES] = "SQLite format 3";
    put_database(span_of_bytes(bytes, 16));
    refused("sixteen bytes of a database", ERR_PACK_DAMAGED);
    put_database(span_of_bytes(bytes, sizeof bytes));
    refused("an empty page", ERR_PACK_SCHEMA);
    put_database(span_slice(good_database(), 0, PAGE_BYTES));
    refused("the first page alone", ERR_PACK_DAMAGED);
}

static void after_all_that_the_next_pack_is_taken(void **state) {
    (void)state;
    assert_ok(install("6.tpk"));
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(five_is_installed),
        cmocka_unit_test(packs_that_are_cut),
        cmocka_unit_test(packs_whose_parts_are_swapped_or_mixed),
        cmocka_unit_test(packs_that_somebody_else_signed),
        cmocka_unit_test(packs_that_are_too_large),
        cmocka_unit_test(signed_packs_whose_database_does_more_than_hold_rows),
        cmocka_unit_test(signed_packs_whose_tables_lie_elsewhere),
        cmocka_unit_test(signed_packs_with_pages_in_a_circle),
        cmocka_unit_test(signed_packs_with_rotten_pages),
        cmocka_unit_test(signed_packs_that_are_no_database),
        cmocka_unit_test(after_all_that_the_next_pack_is_taken),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
