/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdlib.h>

#include "credctl/build/issuer_anchor.h"
#include "credctl/build/join.h"
#include "pack/pack_walk.h"
#include "tests/lib/certificate_files.h"
#include "tests/lib/testpack.h"

/* What a list says: an issuer with the keys of these numbers. */
static json_t *piece_of(const char *source, bool is_unsigned, const char *kid, const uint8_t numbers[],
                        size_t count) {
    json_t *piece = issuer_file_new("did:web:a.example");
    assert_int_equal(json_object_set_new(piece, "source", json_string(source)), 0);
    assert_int_equal(json_object_set_new(piece, "unsigned", json_boolean(is_unsigned)), 0);
    assert_ok(issuer_file_set_name(piece, span_of_text("en"), source));
    for (size_t i = 0; i < count; i++) {
        struct lists_key key = {
            .alg = CRYPTO_EDDSA, .kid = span_of_text(kid), .key = {.kind = CRYPTO_KEY_ED25519, .len = 32}};
        key.key.bytes[0] = numbers[i];
        assert_ok(issuer_file_add_key(piece, &key, false));
    }
    return piece;
}

static void withdraw(json_t *piece, const char *time) {
    json_t *key = json_array_get(json_object_get(piece, "keys"), 0);
    assert_int_equal(json_object_set_new(key, "withdrawn_at", json_string(time)), 0);
}

static const char *of_key(const struct join *join, size_t index, const char *member) {
    return json_string_value(
        json_object_get(json_array_get(json_object_get(join->issuer, "keys"), index), member));
}

static bool key_is_unsigned(const struct join *join, size_t index) {
    return json_is_true(
        json_object_get(json_array_get(json_object_get(join->issuer, "keys"), index), "unsigned"));
}

static void the_first_names_it_and_a_key_is_listed_once(void **state) {
    (void)state;
    static const uint8_t one[] = {1}, both[] = {2, 1};
    struct join join = {0};
    json_t *first = piece_of("by hand", false, "", one, 1);
    json_t *second = piece_of("wild", true, "kid", both, 1),
           *third = piece_of("wild", true, "other", both, 2);
    assert_ok(join_add(&join, first, true));
    assert_ok(join_add(&join, second, false));
    assert_ok(join_add(&join, third, false));
    assert_string_equal(json_string_value(json_object_get(join.issuer, "source")), "by hand");
    assert_string_equal(json_string_value(json_object_get(json_object_get(join.issuer, "names"), "en")),
                        "by hand");
    assert_int_equal(issuer_file_keys(join.issuer), 2);
    assert_string_equal(of_key(&join, 0, "kid"), "other"); /* it had none before */
    assert_string_equal(of_key(&join, 1, "kid"), "kid");
    assert_false(key_is_unsigned(&join, 0));
    assert_true(key_is_unsigned(&join, 1));
    assert_string_equal(of_key(&join, 0, "source"), "by hand");
    assert_string_equal(of_key(&join, 1, "source"), "wild");
    join_close(&join);
    json_decref(first);
    json_decref(second);
    json_decref(third);
}

static void the_earliest_withdrawal_counts_wherever_it_stands(void **state) {
    (void)state;
    static const uint8_t one[] = {1};
    static const char *const times[][3] = {
        {"", "2026-02-01T00:00:00Z", "2026-02-01T00:00:00Z"},
        {"2026-02-01T00:00:00Z", "", "2026-02-01T00:00:00Z"},
        {"2026-02-01T00:00:00Z", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z"},
        {"2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z", "2026-01-01T00:00:00Z"},
    };
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        struct join join = {0};
        json_t *first = piece_of("a", false, "k", one, 1), *second = piece_of("b", true, "k", one, 1);
        withdraw(first, times[i][0]);
        withdraw(second, times[i][1]);
        assert_ok(join_add(&join, first, true));
        assert_ok(join_add(&join, second, false));
        assert_string_equal(of_key(&join, 0, "withdrawn_at"), times[i][2]);
        join_close(&join);
        json_decref(first);
        json_decref(second);
    }
}

static void more_lists_than_are_joined_are_refused(void **state) {
    (void)state;
    static const uint8_t one[] = {1};
    struct join join = {0};
    json_t *piece = piece_of("a", false, "k", one, 1);
    for (size_t i = 0; i < JOIN_PIECES_MAX; i++) {
        assert_ok(join_add(&join, piece, true));
    }
    assert_err(join_add(&join, piece, true), ERR_LISTS_MANY);
    join_reset(&join);
    assert_ok(join_add(&join, piece, true));
    join_close(&join);
    json_decref(piece);
}

static json_t *certified(const char *source, const char *name) {
    static const uint8_t none[1] = {0};
    struct certificate_file file;
    json_t *piece = piece_of(source, false, "k", none, 0);
    certificate_files_read(name, &file);
    assert_ok(issuer_anchor_add(piece, &file.certificate, span_of_text("One"), (struct span){0}));
    return piece;
}

/* What is joined comes back out of a pack: names in every language, certificates with their scope. */
static void certificates_are_those_of_lists_that_may_speak_for_it(void **state) {
    (void)state;
    struct join join = {0};
    struct testpack test;
    struct pack *pack = NULL;
    struct pack_issuer issuer = {0};
    struct pack_walk_anchor anchor = {0};
    struct pack_walk_name name = {0};
    static uint8_t memory[65536];
    struct arena arena = arena_over(memory, sizeof memory);
    struct certificate_file ca;
    json_t *first = certified("by hand", "ca"), *second = certified("wild", "leaf");
    assert_ok(issuer_file_set_name(first, span_of_text("ar"), "A"));
    assert_ok(join_add(&join, first, true));
    assert_ok(join_add(&join, second, false));
    assert_ok(issuer_file_add_identifier(join.issuer, "did:web:a.example"));
    testpack_start(&test);
    struct lists *lists = testpack_lists(&test, "lists.db");
    assert_ok(issuer_file_list(join.issuer, lists));
    assert_ok(lists_finish(lists));
    testpack_sign(&test, "lists.db", "a.tpk");
    assert_ok(testpack_open(&test, "a.tpk", PACK_OPEN_INSTALL, &pack));
    assert_ok(pack_walk_next_anchor(pack, &arena, &anchor));
    assert_true(anchor.found);
    certificate_files_read("ca", &ca);
    uint8_t sha256[CRYPTO_SHA256_BYTES];
    assert_ok(crypto_sha256(ca.der, sha256));
    assert_memory_equal(anchor.sha256, sha256, sizeof sha256);
    assert_span_text(anchor.types, "One");
    assert_span_text(anchor.name, "by hand");
    assert_ok(pack_walk_next_anchor(pack, &arena, &anchor));
    assert_false(anchor.found);
    assert_ok(pack_find_issuer(pack, span_of_text("did:web:a.example"), span_of_text("en"), &arena, &issuer));
    static const char *const languages[] = {"ar", "en"};
    for (size_t i = 0; i < 2; i++) {
        assert_ok(pack_walk_next_name(pack, &issuer, &arena, &name));
        assert_true(name.found);
        assert_span_text(name.language, languages[i]);
    }
    assert_ok(pack_walk_next_name(pack, &issuer, &arena, &name));
    assert_false(name.found);
    pack_close(pack);
    testpack_stop(&test);
    join_close(&join);
    json_decref(first);
    json_decref(second);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_names_it_and_a_key_is_listed_once),
        cmocka_unit_test(the_earliest_withdrawal_counts_wherever_it_stands),
        cmocka_unit_test(more_lists_than_are_joined_are_refused),
        cmocka_unit_test(certificates_are_those_of_lists_that_may_speak_for_it),
    };
    return crypto_start() == ERR_OK ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
