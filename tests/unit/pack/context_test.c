/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "pack/pack_context.h"
#include "tests/lib/testpack.h"

#define ONE   "https://a.example/c"
#define OTHER "https://b.example/c"

/* A row of the table document. */
struct row {
    const char *address; /* with its kind in front */
    uint8_t hash;        /* each byte of it */
    const char *table;
};

static char *table_of(const char *address, uint8_t hash, const char *lines) {
    char digits[2 * CRYPTO_SHA256_BYTES + 1], *text = NULL;
    for (size_t i = 0; i < CRYPTO_SHA256_BYTES; i++) {
        snprintf(digits + 2 * i, 3, "%02x", hash);
    }
    assert_true(asprintf(&text, "credkiosk-context 1\naddress\t%s\nsource\ta test\nsha256\t%s\n\n%s", address,
                         digits, lines) > 0);
    return text;
}

static void add_row(struct lists *lists, const struct row *row) {
    struct lists_document document = {.address = span_of_text(row->address),
                                      .bytes = span_of_text(row->table)};
    memset(document.sha256, row->hash, sizeof document.sha256);
    assert_ok(lists_add_document(lists, &document));
}

static void add_context(struct lists *lists, const char *address, uint8_t hash, const char *lines) {
    char *table = table_of(address, hash, lines), *named = NULL;
    assert_true(asprintf(&named, "context %s", address) > 0);
    add_row(lists, &(struct row){named, hash, table});
    free(named);
    free(table);
}

static void finish(struct testpack *test, struct lists *lists) {
    assert_ok(lists_add_meta(lists, span_of_text("scheme"), span_of_text("example")));
    assert_ok(lists_finish(lists));
    testpack_sign(test, "lists.db", "lists.tpk");
}

static int start(void **state) {
    struct testpack *test = calloc(1, sizeof *test);
    testpack_start(test);
    *state = test;
    return 0;
}

static int stop(void **state) {
    testpack_stop(*state);
    free(*state);
    return 0;
}

/* A shelf on the heap: it is large. */
struct standing {
    struct shelf shelf;
    struct arena arena;
};

static struct standing *open_shelf(void) {
    struct standing *standing = calloc(1, sizeof *standing);
    standing->arena = arena_over(malloc(LIMIT_SHELF_BYTES), LIMIT_SHELF_BYTES);
    standing->shelf.arena = &standing->arena;
    return standing;
}

static void close_shelf(struct standing *standing) {
    shelf_close(&standing->shelf);
    free(standing->arena.base);
    free(standing);
}

/* What the first version of an address says of "name", after so many tries of others. */
static void assert_means(struct standing *standing, const char *address, unsigned tries, const char *iri) {
    struct shelf_view view = {.shelf = &standing->shelf};
    struct context_library library = shelf_view_library(&view);
    (void)library.find(library.ctx, span_of_text(address));
    for (unsigned i = 0; i < tries; i++) {
        assert_true(shelf_view_next(&view));
    }
    const struct context_document *found = library.find(library.ctx, span_of_text(address));
    assert_non_null(found);
    assert_string_equal(json_string_value(json_object_get(found->context, "name")), iri);
}

static void contexts_of_a_pack_stand_behind_those_that_ship(void **state) {
    struct testpack *test = *state;
    struct lists *lists = testpack_lists(test, "lists.db");
    struct pack *pack = NULL;
    add_context(lists, OTHER, 3, "name\thttps://b.example/name\n");
    add_context(lists, ONE, 2, "name\thttps://a.example/two\n");
    add_context(lists, ONE, 1, "name\thttps://a.example/one\n");
    finish(test, lists);
    assert_ok(testpack_open(test, "lists.tpk", PACK_OPEN_INSTALL, &pack));
    struct standing *standing = open_shelf();
    char *ships = table_of(ONE, 9, "name\thttps://ships.example/name\n");
    assert_ok(shelf_add_table(&standing->shelf, span_of_text(ships)));
    assert_ok(pack_context_shelve(pack, &standing->shelf));
    assert_int_equal(standing->shelf.count, 4);
    assert_means(standing, ONE, 0, "https://ships.example/name");
    assert_means(standing, ONE, 1, "https://a.example/one");
    assert_means(standing, ONE, 2, "https://a.example/two");
    assert_means(standing, OTHER, 0, "https://b.example/name");
    free(ships);
    close_shelf(standing);
    pack_close(pack);
}

static void the_version_that_ships_is_kept_once(void **state) {
    struct testpack *test = *state;
    struct lists *lists = testpack_lists(test, "lists.db");
    struct pack *pack = NULL;
    add_context(lists, ONE, 1, "name\thttps://a.example/one\n");
    finish(test, lists);
    assert_ok(testpack_open(test, "lists.tpk", PACK_OPEN_USE, &pack));
    struct standing *standing = open_shelf();
    assert_ok(pack_context_shelve(pack, &standing->shelf));
    assert_ok(pack_context_shelve(pack, &standing->shelf));
    assert_int_equal(standing->shelf.count, 1);
    close_shelf(standing);
    pack_close(pack);
}

/* Lists that were made before had no documents, and later ones may have some that this version does not know. */
static void a_pack_without_contexts_has_none(void **state) {
    struct testpack *test = *state;
    struct lists *lists = testpack_lists(test, "lists.db");
    struct pack *pack = NULL;
    add_row(lists, &(struct row){"assertion https://a.example/1", 1, "something"});
    add_row(lists, &(struct row){"contexts", 1, "something"});
    add_row(lists, &(struct row){"context!https://a.example/1", 1, "something"});
    finish(test, lists);
    assert_ok(testpack_open(test, "lists.tpk", PACK_OPEN_INSTALL, &pack));
    struct standing *standing = open_shelf();
    assert_ok(pack_context_shelve(pack, &standing->shelf));
    assert_int_equal(standing->shelf.count, 0);
    close_shelf(standing);
    pack_close(pack);
}

/* Not taken in; and where it is in already, not used. */
static void assert_refused(struct testpack *test, enum err expected) {
    struct pack *pack = NULL;
    assert_err(testpack_open(test, "lists.tpk", PACK_OPEN_INSTALL, &pack), expected);
    assert_null(pack);
    assert_ok(testpack_open(test, "lists.tpk", PACK_OPEN_USE, &pack));
    struct standing *standing = open_shelf();
    assert_err(pack_context_shelve(pack, &standing->shelf), expected);
    close_shelf(standing);
    pack_close(pack);
}

static void a_pack_with_a_context_that_is_none_is_refused(void **state) {
    struct testpack *test = *state;
    char *good = table_of(ONE, 1, "name\thttps://a.example/one\n");
    char *cut = table_of(ONE, 1, "name\n");
    const struct row rows[] = {
        {"context " ONE, 1, "something"}, {"context " ONE, 1, ""},   {"context " ONE, 1, cut},
        {"context " OTHER, 1, good},      {"context " ONE, 2, good}, {"context ", 1, good},
        {"context  " ONE, 1, good},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lists *lists = testpack_lists(test, "lists.db");
        add_row(lists, &rows[i]);
        finish(test, lists);
        assert_refused(test, ERR_PACK_CONTEXT);
    }
    free(cut);
    free(good);
}

static void put_many(struct testpack *test, unsigned count, const char *lines) {
    struct lists *lists = testpack_lists(test, "lists.db");
    char address[64];
    for (unsigned i = 0; i < count; i++) {
        snprintf(address, sizeof address, "https://a.example/%u", i);
        add_context(lists, address, 1, lines);
    }
    finish(test, lists);
}

static void a_pack_with_too_many_contexts_is_refused(void **state) {
    struct testpack *test = *state;
    struct pack *pack = NULL;
    put_many(test, LIMIT_PACK_CONTEXTS, "name\thttps://a.example/one\n");
    assert_ok(testpack_open(test, "lists.tpk", PACK_OPEN_INSTALL, &pack));
    pack_close(pack);
    put_many(test, LIMIT_PACK_CONTEXTS + 1, "name\thttps://a.example/one\n");
    assert_refused(test, ERR_PACK_CONTEXTS);
}

/* Lines of so many different terms. */
static char *many_terms(unsigned count, const char *tail) {
    struct room text = room_over(malloc(LIMIT_PACK_CONTEXT_BYTES), LIMIT_PACK_CONTEXT_BYTES);
    for (unsigned i = 0; i < count; i++) {
        char line[160];
        snprintf(line, sizeof line, "t%u\thttps://example.org/%u%s\n", i, i, tail);
        assert_ok(room_put_text(&text, line));
    }
    assert_ok(room_put_byte(&text, 0));
    return (char *)text.ptr;
}

static void a_pack_whose_contexts_are_too_large_together_is_refused(void **state) {
    struct testpack *test = *state;
    char *lines =
        many_terms(1200, "/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
    unsigned most = LIMIT_PACK_CONTEXT_BYTES / (unsigned)(strlen(lines) + 128);
    struct pack *pack = NULL;
    put_many(test, most, lines);
    assert_ok(testpack_open(test, "lists.tpk", PACK_OPEN_INSTALL, &pack));
    pack_close(pack);
    put_many(test, most + 1, lines);
    assert_refused(test, ERR_PACK_CONTEXTS);
    free(lines);
}

/* Short lines of many terms: they fit as text, and not as what is made of them. */
static void a_pack_whose_contexts_take_too_much_of_the_shelf_is_refused(void **state) {
    struct testpack *test = *state;
    char *lines = many_terms(4000, "");
    unsigned most = LIMIT_PACK_CONTEXT_BYTES / (unsigned)(strlen(lines) + 128);
    struct pack *pack = NULL;
    put_many(test, most, lines);
    assert_err(testpack_open(test, "lists.tpk", PACK_OPEN_INSTALL, &pack), ERR_PACK_CONTEXTS);
    assert_null(pack);
    free(lines);
}

#define WITH_PACK(test) cmocka_unit_test_setup_teardown(test, start, stop)

int main(void) {
    static const struct CMUnitTest tests[] = {
        WITH_PACK(contexts_of_a_pack_stand_behind_those_that_ship),
        WITH_PACK(the_version_that_ships_is_kept_once),
        WITH_PACK(a_pack_without_contexts_has_none),
        WITH_PACK(a_pack_with_a_context_that_is_none_is_refused),
        WITH_PACK(a_pack_with_too_many_contexts_is_refused),
        WITH_PACK(a_pack_whose_contexts_are_too_large_together_is_refused),
        WITH_PACK(a_pack_whose_contexts_take_too_much_of_the_shelf_is_refused),
    };
    return crypto_start() == ERR_OK ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
