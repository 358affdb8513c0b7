/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/limits.h"
#include "linked/termtable.h"
#include "tests/lib/temp_folder.h"
#include "vocabulary/vocabulary.h"

#define SHIPPED "assets/contexts"
#define ADDRESS "https://example.org/c"
#define ZEROS   "0000000000000000000000000000000000000000000000000000000000000000"
#define HEAD    "credkiosk-context 1\naddress\t" ADDRESS "\nsource\ta test\nsha256\t"
#define TABLE   HEAD ZEROS "\n\nname\thttps://example.org/name\n"

/* ---- what ships */

struct shipped {
    struct room bundle, list;
    struct vocabulary vocabulary;
};

static void read_whole(const char *path, struct room *out) {
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    *out = room_over(malloc(LIMIT_CONTEXT_BYTES), LIMIT_CONTEXT_BYTES);
    out->len = fread(out->ptr, 1, out->cap, file);
    assert_int_equal(fclose(file), 0);
}

static int open_shipped(void **state) {
    struct shipped *shipped = calloc(1, sizeof *shipped);
    struct vocabulary_complaint why = {""};
    assert_ok(vocabulary_read(SHIPPED, &shipped->bundle, &why));
    assert_ok(vocabulary_open(room_span(&shipped->bundle), &shipped->vocabulary));
    read_whole(SHIPPED "/" VOCABULARY_LIST, &shipped->list);
    *state = shipped;
    return 0;
}

static int close_shipped(void **state) {
    struct shipped *shipped = *state;
    vocabulary_close(&shipped->vocabulary);
    vocabulary_release(&shipped->bundle);
    free(shipped->list.ptr);
    free(shipped);
    return 0;
}

/* The name of the n-th table of the list. */
static void name_of(const struct shipped *shipped, uint32_t n, char out[VOCABULARY_NAME_SIZE]) {
    struct span list = room_span(&shipped->list);
    size_t at = 0;
    for (uint32_t i = 0; i < n; i++) {
        at = span_find(list, '\n', at) + 1;
    }
    struct span name = span_slice(list, at + 66, span_find(list, '\n', at) - at - 66);
    assert_in_range(name.len, 1, VOCABULARY_NAME_SIZE - 1);
    memcpy(out, name.ptr, name.len);
    out[name.len] = 0;
}

static unsigned version_of(const struct shelf *shelf, uint32_t at) {
    unsigned version = 1;
    for (uint32_t i = 0; i < at; i++) {
        version += span_equal(shelf->entries[i].document.address, shelf->entries[at].document.address);
    }
    return version;
}

/* https://w3id.org/dcc/v1 in w3id.org_dcc_v1.terms; a further version in ....version2.terms. */
static void each_table_is_named_after_its_address(void **state) {
    const struct shipped *shipped = *state;
    const struct shelf *shelf = &shipped->vocabulary.shelf;
    assert_in_range(shelf->count, 25, LIMIT_SHELF_CONTEXTS);
    for (uint32_t i = 0; i < shelf->count; i++) {
        char name[VOCABULARY_NAME_SIZE], expected[VOCABULARY_NAME_SIZE], version[16] = "";
        struct span address = shelf->entries[i].document.address;
        assert_true(span_starts_with(address, "https://"));
        if (version_of(shelf, i) > 1) {
            snprintf(version, sizeof version, ".version%u", version_of(shelf, i));
        }
        snprintf(expected, sizeof expected, "%.*s%s.terms", (int)address.len - 8, address.ptr + 8, version);
        for (char *c = expected; *c != 0; c++) {
            *c = *c == '/' ? '_' : *c;
        }
        name_of(shipped, i, name);
        assert_string_equal(name, expected);
    }
}

static void every_table_of_the_folder_is_on_the_list(void **state) {
    const struct shipped *shipped = *state;
    uint32_t tables = 0;
    DIR *folder = opendir(SHIPPED);
    assert_non_null(folder);
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        size_t len = strlen(entry->d_name);
        tables += len > 6 && strcmp(entry->d_name + len - 6, ".terms") == 0;
    }
    closedir(folder);
    assert_int_equal(tables, shipped->vocabulary.shelf.count);
}

/* Each says who published it: "npm PACKAGE@VERSION, FILE"; and the hash of that file. */
static void each_table_names_source_version_and_hash(void **state) {
    const struct shipped *shipped = *state;
    for (uint32_t i = 0; i < shipped->vocabulary.shelf.count; i++) {
        char path[PATH_MAX], name[VOCABULARY_NAME_SIZE];
        struct room text = {0};
        struct termtable_head head = {0};
        json_t *context = NULL;
        name_of(shipped, i, name);
        snprintf(path, sizeof path, SHIPPED "/%s", name);
        read_whole(path, &text);
        assert_ok(termtable_read(room_span(&text), &head, &context));
        size_t version = span_find(head.source, '@', 5), file = span_find(head.source, ',', 0);
        assert_true(span_starts_with(head.source, "npm "));
        assert_true(version < file && file + 2 < head.source.len);
        assert_in_range(head.source.ptr[version + 1], '0', '9');
        assert_int_equal(head.sha256.len, 64);
        json_decref(context);
        free(text.ptr);
    }
}

/* All of them, so that a scan compiles none. */
static void each_table_is_compiled(void **state) {
    const struct shipped *shipped = *state;
    const struct shelf *shelf = &shipped->vocabulary.shelf;
    for (uint32_t i = 0; i < shelf->count; i++) {
        bool one = !json_is_array(shelf->entries[i].document.context);
        assert_true(!one || shelf->entries[i].document.unit != NULL);
    }
    assert_in_range(shipped->vocabulary.arena.used, 1, LIMIT_SHELF_BYTES / 2);
}

/* ---- what may be wrong with a folder */

static void put(const char *folder, const char *name, const char *text) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

/* A line of the list for a table that is as it should be. */
static void put_list(const char *folder, const char *before, const char *text, const char *after) {
    char list[2048], digits[65];
    uint8_t hash[CRYPTO_SHA256_BYTES];
    assert_ok(crypto_sha256(span_of_text(text), hash));
    for (size_t i = 0; i < sizeof hash; i++) {
        snprintf(digits + 2 * i, 3, "%02x", hash[i]);
    }
    snprintf(list, sizeof list, "%s%s%s", before, digits, after);
    put(folder, VOCABULARY_LIST, list);
}

static void refuses(const char *folder, enum err expected, const char *culprit) {
    struct room bundle = {0};
    struct vocabulary_complaint why = {""};
    assert_err(vocabulary_read(folder, &bundle, &why), expected);
    assert_string_equal(why.name, culprit);
    assert_null(bundle.ptr);
}

static int make_folder(void **state) {
    char *folder = malloc(TEMP_FOLDER_SIZE);
    *state = folder;
    return temp_folder_make(folder) ? 0 : -1;
}

static int remove_folder(void **state) {
    bool removed = temp_folder_remove(*state);
    free(*state);
    return removed ? 0 : -1;
}

static void reads_what_the_list_names(void **state) {
    const char *folder = *state;
    struct room bundle = {0};
    struct vocabulary_complaint why = {""};
    struct vocabulary vocabulary = {0};
    put(folder, "a.terms", TABLE);
    put(folder, "b.terms", "nobody names this one");
    put_list(folder, "", TABLE, "  a.terms\n");
    assert_ok(vocabulary_read(folder, &bundle, &why));
    assert_ok(vocabulary_open(room_span(&bundle), &vocabulary));
    assert_int_equal(vocabulary.shelf.count, 1);
    assert_span_text(vocabulary.shelf.entries[0].document.address, ADDRESS);
    vocabulary_close(&vocabulary);
    vocabulary_release(&bundle);
}

static void refuses_a_folder_without_a_list(void **state) {
    refuses(*state, ERR_VOCABULARY_LIST, VOCABULARY_LIST);
    refuses("/no/such/folder", ERR_VOCABULARY_LIST, VOCABULARY_LIST);
}

static void refuses_a_list_of_another_form(void **state) {
    static const char *const tails[] = {" a.terms\n",     "  a.terms",     "  \n",           "\n",
                                        "  ../a.terms\n", "  a.terms\n\n", "  a.terms\r\n\n"};
    const char *folder = *state;
    put(folder, "a.terms", TABLE);
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
        put_list(folder, "", TABLE, tails[i]);
        struct room bundle = {0};
        struct vocabulary_complaint why = {""};
        enum err err = vocabulary_read(folder, &bundle, &why);
        assert_true(err == ERR_VOCABULARY_LIST || (i == 6 && err == ERR_VOCABULARY_MISSING));
    }
    put_list(folder, "# a heading\n", TABLE, "  a.terms\n");
    refuses(folder, ERR_VOCABULARY_LIST, VOCABULARY_LIST);
    put(folder, VOCABULARY_LIST, "");
    refuses(folder, ERR_VOCABULARY_LIST, VOCABULARY_LIST);
}

static void refuses_a_table_that_is_not_there(void **state) {
    const char *folder = *state;
    put_list(folder, "", TABLE, "  a.terms\n");
    refuses(folder, ERR_VOCABULARY_MISSING, "a.terms");
}

static void refuses_a_table_that_was_changed(void **state) {
    const char *folder = *state;
    put_list(folder, "", TABLE, "  a.terms\n");
    put(folder, "a.terms", TABLE "more\thttps://example.org/more\n");
    refuses(folder, ERR_VOCABULARY_DAMAGED, "a.terms");
    put(folder, "a.terms", "");
    refuses(folder, ERR_VOCABULARY_DAMAGED, "a.terms");
    put_list(folder, ZEROS, "", "  a.terms\n"); /* more digits than a hash has */
    refuses(folder, ERR_VOCABULARY_LIST, VOCABULARY_LIST);
}

static void refuses_tables_that_are_too_much_together(void **state) {
    const char *folder = *state;
    char *large = malloc(LIMIT_VOCABULARY_BYTES + 1);
    assert_non_null(large);
    memset(large, 'x', LIMIT_VOCABULARY_BYTES);
    large[LIMIT_VOCABULARY_BYTES] = 0;
    put(folder, "large.terms", large);
    put_list(folder, "", large, "  large.terms\n");
    refuses(folder, ERR_NO_ROOM, "large.terms");
    large[LIMIT_VOCABULARY_BYTES - VOCABULARY_LENGTH_BYTES] = 0; /* to the last byte */
    put(folder, "large.terms", large);
    put_list(folder, "", large, "  large.terms\n");
    struct room bundle = {0};
    struct vocabulary_complaint why = {""};
    assert_ok(vocabulary_read(folder, &bundle, &why));
    assert_int_equal(bundle.len, LIMIT_VOCABULARY_BYTES);
    vocabulary_release(&bundle);
    free(large);
}

/* ---- what may be wrong with a bundle */

static void an_empty_bundle_is_an_empty_shelf(void **state) {
    (void)state;
    struct vocabulary vocabulary = {0};
    assert_ok(vocabulary_open((struct span){0}, &vocabulary));
    assert_int_equal(vocabulary.shelf.count, 0);
    vocabulary_close(&vocabulary);
    assert_null(vocabulary.arena.base);
    vocabulary_close(&vocabulary);
}

static void refuses_a_bundle_that_is_cut(void **state) {
    const struct shipped *shipped = *state;
    struct vocabulary vocabulary = {0};
    for (size_t len = 1; len < 300; len++) {
        struct span cut = span_slice(room_span(&shipped->bundle), 0, len);
        assert_err(vocabulary_open(cut, &vocabulary), ERR_VOCABULARY_LIST);
        assert_null(vocabulary.arena.base);
    }
}

static void refuses_a_bundle_with_a_table_that_is_none(void **state) {
    (void)state;
    struct vocabulary vocabulary = {0};
    assert_err(vocabulary_open(span_of_bytes("\0\0\0\2no", 6), &vocabulary), ERR_CONTEXT_TABLE);
    assert_null(vocabulary.arena.base);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)
#define SHIPS(test)     cmocka_unit_test_setup_teardown(test, open_shipped, close_shipped)

int main(void) {
    static const struct CMUnitTest tests[] = {
        SHIPS(each_table_is_named_after_its_address),
        SHIPS(every_table_of_the_folder_is_on_the_list),
        SHIPS(each_table_names_source_version_and_hash),
        SHIPS(each_table_is_compiled),
        IN_FOLDER(reads_what_the_list_names),
        IN_FOLDER(refuses_a_folder_without_a_list),
        IN_FOLDER(refuses_a_list_of_another_form),
        IN_FOLDER(refuses_a_table_that_is_not_there),
        IN_FOLDER(refuses_a_table_that_was_changed),
        IN_FOLDER(refuses_tables_that_are_too_much_together),
        cmocka_unit_test(an_empty_bundle_is_an_empty_shelf),
        SHIPS(refuses_a_bundle_that_is_cut),
        cmocka_unit_test(refuses_a_bundle_with_a_table_that_is_none),
    };
    return crypto_start() == ERR_OK ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
