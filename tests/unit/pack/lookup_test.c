/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <sqlite3.h>
#include <stdlib.h>

#include "crypto/jwk.h"
#include "tests/lib/testpack.h"

/* A pack over the default lists, and an arena. */
struct state {
    struct testpack test;
    struct pack *pack;
    struct arena arena;
    uint8_t memory[65536];
};

static int start(void **out) {
    struct state *state = calloc(1, sizeof *state);
    testpack_start(&state->test);
    testpack_default_lists(&state->test, "lists.db");
    testpack_sign(&state->test, "lists.db", "a.tpk");
    assert_ok(testpack_open(&state->test, "a.tpk", PACK_OPEN_USE, &state->pack));
    state->arena = arena_over(state->memory, sizeof state->memory);
    *out = state;
    return 0;
}

static int stop(void **out) {
    struct state *state = *out;
    pack_close(state->pack);
    testpack_stop(&state->test);
    free(state);
    return 0;
}

static struct pack_issuer academy(struct state *state, const char *language) {
    struct pack_issuer issuer = {0};
    assert_ok(pack_find_issuer(state->pack, span_of_text("did:web:academy.example"), span_of_text(language),
                               &state->arena, &issuer));
    return issuer;
}

static void finds_an_issuer_by_its_exact_identifier(void **out) {
    struct state *state = *out;
    struct pack_issuer issuer = academy(state, "en");
    assert_true(issuer.found);
    assert_span_text(issuer.name, "Example Academy");
    assert_span_text(issuer.identifier, "did:web:academy.example");
    assert_span_text(issuer.territory, "EX");
    assert_false(issuer.unsigned_source);
    static const char *const others[] = {"", "did:web:academy.exampl", "did:web:academy.example ",
                                         "DID:WEB:ACADEMY.EXAMPLE", "%"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        issuer.found = true;
        assert_ok(pack_find_issuer(state->pack, span_of_text(others[i]), span_of_text("en"), &state->arena,
                                   &issuer));
        assert_false(issuer.found);
    }
}

static void a_name_with_a_nul_is_another_name(void **out) {
    struct state *state = *out;
    struct pack_issuer issuer = {0};
    assert_ok(pack_find_issuer(state->pack, span_of_bytes("did:web:academy.example\0x", 25),
                               span_of_text("en"), &state->arena, &issuer));
    assert_false(issuer.found);
}

static void an_overlong_name_is_not_found(void **out) {
    struct state *state = *out;
    struct pack_issuer issuer = {0};
    static uint8_t name[1u << 20];
    memset(name, 'a', sizeof name);
    assert_ok(pack_find_issuer(state->pack, span_of_bytes(name, sizeof name),
                               span_of_bytes(name, sizeof name), &state->arena, &issuer));
    assert_false(issuer.found);
}

static void gives_the_name_in_the_language_asked_for_else_english(void **out) {
    struct state *state = *out;
    assert_span_text(academy(state, "ru").name, "Академия Пример");
    assert_span_text(academy(state, "ar").name, "أكاديمية المثال");
    assert_span_text(academy(state, "fi").name, "Example Academy");
    assert_span_text(academy(state, "").name, "Example Academy");
}

static void finds_a_key_by_kid_and_by_thumbprint(void **out) {
    struct state *state = *out;
    struct pack_issuer issuer = academy(state, "en");
    struct pack_key key = {0};
    assert_ok(pack_find_key_by_kid(state->pack, &issuer, span_of_text("did:web:academy.example#1"),
                                   &state->arena, &key));
    assert_true(key.found);
    assert_true(crypto_key_equal(&key.key, signer_public(state->test.release)));
    assert_int_equal(key.alg, CRYPTO_ES256);
    assert_int_equal(key.valid_from_s, 1);
    assert_int_equal(key.valid_until_s, 0);
    assert_int_equal(key.withdrawn_at_s, 0);
    assert_false(key.for_status);
    assert_span_text(key.types, "OpenBadgeCredential");
    assert_span_text(key.achievements, "");
    uint8_t thumbprint[CRYPTO_SHA256_BYTES];
    struct pack_key again = {0};
    assert_ok(jwk_thumbprint(&key.key, thumbprint));
    assert_ok(pack_find_key_by_thumbprint(state->pack, &issuer, thumbprint, &state->arena, &again));
    assert_true(again.found);
    assert_true(crypto_key_equal(&again.key, &key.key));
    thumbprint[31] ^= 1;
    assert_ok(pack_find_key_by_thumbprint(state->pack, &issuer, thumbprint, &state->arena, &again));
    assert_false(again.found);
}

static void a_key_belongs_to_its_issuer_alone(void **out) {
    struct state *state = *out;
    struct pack_issuer issuer = academy(state, "en");
    struct pack_key key = {.found = true};
    issuer.row++;
    assert_ok(pack_find_key_by_kid(state->pack, &issuer, span_of_text("did:web:academy.example#1"),
                                   &state->arena, &key));
    assert_false(key.found);
}

static void reads_every_entry_of_a_status_list(void **out) {
    struct state *state = *out;
    struct pack_status list = {0};
    assert_ok(pack_find_status(state->pack, span_of_text("https://academy.example/status/1"),
                               span_of_text("revocation"), &state->arena, &list));
    assert_true(list.found);
    assert_int_equal(list.entries, 131072);
    assert_int_equal(list.bits, 1);
    assert_int_equal(list.as_of_s, TESTPACK_IAT_S - 3600);
    assert_span_text(list.kind, "BitstringStatusList");
    assert_span_text(list.issuer, "did:web:academy.example");
    for (uint64_t i = 0; i < 131072; i++) {
        bool covered = false;
        uint32_t value = 9;
        assert_ok(pack_status_value(state->pack, &list, i, 1, &covered, &value));
        assert_true(covered);
        assert_int_equal(value, i == 7 || i == 4096 || i == 131071);
    }
}

static void past_the_end_and_another_purpose_are_not_covered(void **out) {
    struct state *state = *out;
    struct pack_status list = {0};
    bool covered = true;
    uint32_t value = 9;
    struct span address = span_of_text("https://academy.example/status/1");
    assert_ok(pack_find_status(state->pack, address, span_of_text("suspension"), &state->arena, &list));
    assert_false(list.found);
    assert_ok(pack_status_value(state->pack, &list, 0, 1, &covered, &value));
    assert_false(covered);
    assert_ok(pack_find_status(state->pack, address, span_of_text("revocation"), &state->arena, &list));
    static const uint64_t outside[] = {131072, 131073, UINT64_MAX, UINT64_MAX / 8};
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++) {
        covered = true;
        assert_ok(pack_status_value(state->pack, &list, outside[i], 1, &covered, &value));
        assert_false(covered);
    }
    assert_int_equal(value, 9);
}

static void tells_what_the_manifest_says(void **out) {
    struct state *state = *out;
    const struct pack_info *info = pack_info(state->pack);
    assert_span_text(info->scheme, "example");
    assert_int_equal(info->seq, 5);
    assert_int_equal(info->iat_s, TESTPACK_IAT_S);
    assert_int_equal(info->root_version, 1);
    assert_int_equal(info->status_lists, 1);
    assert_int_equal(info->status_as_of_s, TESTPACK_IAT_S - 3600);
    assert_false(info->demo);
}

static void a_full_arena_is_said_and_changes_nothing(void **out) {
    struct state *state = *out;
    uint8_t little[8];
    struct arena arena = arena_over(little, sizeof little);
    struct pack_issuer issuer = {.row = 77};
    assert_err(pack_find_issuer(state->pack, span_of_text("did:web:academy.example"), span_of_text("en"),
                                &arena, &issuer),
               ERR_NO_ROOM);
    assert_int_equal(issuer.row, 77);
    assert_true(academy(state, "en").found);
}

/* The plan of each query is one search of one index, never a scan. */
static void every_lookup_is_an_index_search(void **out) {
    struct state *state = *out;
    char path[PATH_MAX];
    sqlite3 *database = NULL;
    sqlite3_stmt *statement = NULL;
    static const char *const queries[] = {
        "SELECT issuer FROM issuer_identifier WHERE identifier = ?1",
        "SELECT identifier FROM issuer_identifier INDEXED BY identifier_by_issuer "
        "WHERE issuer = ?1 AND identifier > ?2 ORDER BY identifier LIMIT 1",
        "SELECT public FROM key WHERE issuer = ?1 AND kid = ?2",
        "SELECT public FROM key WHERE issuer = ?1 AND thumbprint = ?2",
        "SELECT id FROM status_list WHERE address = ?1 AND purpose = ?2",
        "SELECT bytes FROM status_chunk WHERE id = ?1",
        "SELECT name FROM issuer_name WHERE issuer = ?1 ORDER BY language LIMIT 1",
    };
    testpack_path(&state->test, "lists.db", path);
    assert_int_equal(sqlite3_open_v2(path, &database, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        char sql[256];
        snprintf(sql, sizeof sql, "EXPLAIN QUERY PLAN %s", queries[i]);
        assert_int_equal(sqlite3_prepare_v2(database, sql, -1, &statement, NULL), SQLITE_OK);
        assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
        assert_int_equal(strncmp((const char *)sqlite3_column_text(statement, 3), "SEARCH ", 7), 0);
        assert_int_equal(sqlite3_step(statement), SQLITE_DONE);
        sqlite3_finalize(statement);
    }
    sqlite3_close(database);
}

/* Entries of every size, read bit by bit for comparison; they straddle bytes, and rows. */
static void reads_entries_that_straddle_bytes_and_rows(void **out) {
    struct state *state = *out;
    enum { BYTES = 2048 };
    static uint8_t bitmap[BYTES], memory[8192];
    for (size_t i = 0; i < BYTES; i++) {
        bitmap[i] = (uint8_t)(i * 167 + (i >> 3) * 59 + 13);
    }
    struct lists *lists = testpack_lists(&state->test, "sized.db");
    struct lists_status status = {.address = span_of_text("a:1"),
                                  .purpose = span_of_text("revocation"),
                                  .kind = span_of_text("BitstringStatusList"),
                                  .issuer = span_of_text("did:web:a.example"),
                                  .entries = BYTES * 8,
                                  .bitmap = span_of_bytes(bitmap, BYTES)};
    assert_ok(lists_add_status(lists, &status));
    assert_ok(lists_finish(lists));
    testpack_sign(&state->test, "sized.db", "sized.tpk");
    struct pack *pack = NULL;
    struct arena arena = arena_over(memory, sizeof memory);
    struct pack_status list = {0};
    assert_ok(testpack_open(&state->test, "sized.tpk", PACK_OPEN_USE, &pack));
    assert_ok(pack_find_status(pack, status.address, status.purpose, &arena, &list));
    for (uint32_t bits = 1; bits <= 8; bits++) {
        bool covered = true;
        uint32_t value = 0;
        for (uint64_t i = 0; i < BYTES * 8 / bits; i++) {
            uint32_t wanted = 0;
            for (uint64_t bit = i * bits; bit < (i + 1) * bits; bit++) {
                wanted = wanted << 1 | ((uint32_t)bitmap[bit / 8] >> (7 - bit % 8) & 1u);
            }
            assert_ok(pack_status_value(pack, &list, i, bits, &covered, &value));
            assert_true(covered && value == wanted);
        }
        assert_ok(pack_status_value(pack, &list, BYTES * 8 / bits, bits, &covered, &value));
        assert_false(covered);
    }
    bool covered = true;
    uint32_t value = 0;
    assert_ok(pack_status_value(pack, &list, 0, 9, &covered, &value));
    assert_false(covered);
    pack_close(pack);
}

/* A list of several purposes has its entries once, and answers for each. */
static void finds_a_list_by_each_of_its_purposes(void **out) {
    struct state *state = *out;
    static const uint8_t bitmap[16384] = {0x40};
    static uint8_t memory[8192];
    const struct span also[] = {span_of_text("suspension"), span_of_text("refresh")};
    struct lists *lists = testpack_lists(&state->test, "several.db");
    struct lists_status status = {.address = span_of_text("a:1"),
                                  .purpose = span_of_text("revocation"),
                                  .also = also,
                                  .also_count = 2,
                                  .kind = span_of_text("BitstringStatusList"),
                                  .issuer = span_of_text("did:web:a.example"),
                                  .entries = 131072,
                                  .bits = 1,
                                  .bitmap = span_of_bytes(bitmap, sizeof bitmap)};
    assert_ok(lists_add_status(lists, &status));
    status.address = span_of_text("a:2");
    status.also_count = 0;
    assert_ok(lists_add_status(lists, &status));
    assert_ok(lists_finish(lists));
    testpack_sign(&state->test, "several.db", "several.tpk");
    struct pack *pack = NULL;
    struct arena arena = arena_over(memory, sizeof memory);
    assert_ok(testpack_open(&state->test, "several.tpk", PACK_OPEN_USE, &pack));
    static const char *const purposes[] = {"revocation", "suspension", "refresh"};
    for (size_t i = 0; i < 3; i++) {
        struct pack_status list = {0};
        bool covered = false;
        uint32_t value = 0;
        assert_ok(pack_find_status(pack, span_of_text("a:1"), span_of_text(purposes[i]), &arena, &list));
        assert_ok(pack_status_value(pack, &list, 1, 1, &covered, &value));
        assert_true(list.found && !list.is_unsigned && covered && value == 1);
    }
    pack_close(pack);
}

/* Ids are found by their hash; a value that says nothing is damage. */
static void finds_the_ids_of_an_unsigned_list(void **out) {
    struct state *state = *out;
    uint8_t hashes[2 * CRYPTO_SHA256_BYTES] = {0}, other[CRYPTO_SHA256_BYTES] = {7};
    static uint8_t memory[8192];
    hashes[CRYPTO_SHA256_BYTES] = 1;
    struct lists *lists = testpack_lists(&state->test, "ids.db");
    struct lists_status status = {.address = span_of_text("a:1"),
                                  .kind = span_of_text("1EdTechRevocationList"),
                                  .issuer = span_of_text("did:web:a.example"),
                                  .is_unsigned = true,
                                  .entries = 2,
                                  .hashes = span_of_bytes(hashes, sizeof hashes)};
    assert_ok(lists_add_status(lists, &status));
    status.address = span_of_text("a:2");
    status.entries = 0;
    status.hashes.len = 0;
    assert_ok(lists_add_status(lists, &status));
    status.address = span_of_text("a:3");
    hashes[CRYPTO_SHA256_BYTES] = 0;
    status.hashes.len = sizeof hashes;
    assert_err(lists_add_status(lists, &status), ERR_LISTS_TWICE);
    assert_ok(lists_finish(lists));
    hashes[CRYPTO_SHA256_BYTES] = 1;
    testpack_sign(&state->test, "ids.db", "ids.tpk");
    struct pack *pack = NULL;
    struct arena arena = arena_over(memory, sizeof memory);
    struct pack_status list = {0};
    uint32_t value = 9;
    assert_ok(testpack_open(&state->test, "ids.tpk", PACK_OPEN_USE, &pack));
    assert_ok(pack_find_status(pack, span_of_text("a:1"), (struct span){0}, &arena, &list));
    assert_true(list.found && list.is_unsigned && list.entries == 2);
    assert_ok(pack_status_of_id(pack, &list, hashes, &value));
    assert_int_equal(value, 1);
    assert_ok(pack_status_of_id(pack, &list, hashes + CRYPTO_SHA256_BYTES, &value));
    assert_int_equal(value, 1);
    assert_ok(pack_status_of_id(pack, &list, other, &value));
    assert_int_equal(value, 0);
    assert_ok(pack_find_status(pack, span_of_text("a:2"), (struct span){0}, &arena, &list));
    assert_true(list.found && list.entries == 0);
    assert_ok(pack_status_of_id(pack, &list, hashes, &value));
    assert_int_equal(value, 0);
    pack_close(pack);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(finds_an_issuer_by_its_exact_identifier, start, stop),
        cmocka_unit_test_setup_teardown(a_name_with_a_nul_is_another_name, start, stop),
        cmocka_unit_test_setup_teardown(an_overlong_name_is_not_found, start, stop),
        cmocka_unit_test_setup_teardown(gives_the_name_in_the_language_asked_for_else_english, start, stop),
        cmocka_unit_test_setup_teardown(finds_a_key_by_kid_and_by_thumbprint, start, stop),
        cmocka_unit_test_setup_teardown(a_key_belongs_to_its_issuer_alone, start, stop),
        cmocka_unit_test_setup_teardown(reads_every_entry_of_a_status_list, start, stop),
        cmocka_unit_test_setup_teardown(reads_entries_that_straddle_bytes_and_rows, start, stop),
        cmocka_unit_test_setup_teardown(finds_a_list_by_each_of_its_purposes, start, stop),
        cmocka_unit_test_setup_teardown(finds_the_ids_of_an_unsigned_list, start, stop),
        cmocka_unit_test_setup_teardown(past_the_end_and_another_purpose_are_not_covered, start, stop),
        cmocka_unit_test_setup_teardown(tells_what_the_manifest_says, start, stop),
        cmocka_unit_test_setup_teardown(a_full_arena_is_said_and_changes_nothing, start, stop),
        cmocka_unit_test_setup_teardown(every_lookup_is_an_index_search, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
