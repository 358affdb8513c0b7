/* SPDX-License-Identifier: Apache-2.0 */
/* A kiosk whose vocabulary is missing or damaged says so; it never judges by less than what ships. */
#include "tests/lib/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/lib/rig.h"
#include "tests/lib/temp_folder.h"
#include "vocabulary/vocabulary.h"

#define SOON_MS 15000
/* EX_UNAVAILABLE: what a kiosk ends with whose fonts or translations are missing. */
#define UNAVAILABLE 69
#define TABLE                                                                                                \
    "credkiosk-context 1\naddress\thttps://example.org/c\nsource\ta test\nsha256\t"                          \
    "0000000000000000000000000000000000000000000000000000000000000000\n\nname\thttps://example.org/name\n"

struct fixture {
    struct rig rig;
    char folder[TEMP_FOLDER_SIZE]; /* assets of the test's own */
};

static int start(void **state) {
    char fonts[PATH_MAX], here[PATH_MAX];
    struct fixture *fixture = calloc(1, sizeof *fixture);
    rig_start(&fixture->rig);
    assert_true(temp_folder_make(fixture->folder));
    assert_non_null(realpath("assets/fonts", here));
    snprintf(fonts, sizeof fonts, "%s/fonts", fixture->folder);
    assert_int_equal(symlink(here, fonts), 0);
    snprintf(fonts, sizeof fonts, "%s/contexts", fixture->folder);
    assert_int_equal(mkdir(fonts, 0755), 0);
    snprintf(fixture->rig.assets, sizeof fixture->rig.assets, "%s", fixture->folder);
    rig_put_badge(&fixture->rig, "good", &(struct rig_badge){.status_index = 3});
    rig_put_script(&fixture->rig, RIG_CLOCK "empty 10\nscene good\nframe good.jpg for 1200 ms\nempty 60\n");
    *state = fixture;
    return 0;
}

static int stop(void **state) {
    struct fixture *fixture = *state;
    rig_stop(&fixture->rig);
    assert_true(temp_folder_remove(fixture->folder));
    free(fixture);
    return 0;
}

static void put(const struct fixture *fixture, const char *name, struct span text) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/contexts/%s", fixture->folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text.ptr, 1, text.len, file), text.len);
    assert_int_equal(fclose(file), 0);
}

/* A list with the right hash of a table. */
static void put_table(const struct fixture *fixture, const char *text) {
    char list[128];
    uint8_t hash[CRYPTO_SHA256_BYTES];
    assert_ok(crypto_sha256(span_of_text(text), hash));
    for (size_t i = 0; i < sizeof hash; i++) {
        snprintf(list + 2 * i, 3, "%02x", hash[i]);
    }
    snprintf(list + 64, sizeof list - 64, "  c.terms\n");
    put(fixture, VOCABULARY_LIST, span_of_text(list));
    put(fixture, "c.terms", span_of_text(text));
}

static void does_not_start(struct fixture *fixture, const char *because) {
    char table[2048];
    assert_int_equal(rig_tour(&fixture->rig, table, sizeof table), UNAVAILABLE);
    struct room log = testpack_read(&fixture->rig.pack, "log");
    assert_non_null(memmem(log.ptr, log.len, because, strlen(because)));
    free(log.ptr);
    assert_int_equal(rig_count(&fixture->rig, "verdict"), 0);
}

static void a_kiosk_without_a_vocabulary_does_not_start(void **state) {
    does_not_start(*state,
                   "/contexts/contexts.list: The list of vocabularies is missing or has a wrong line.");
}

static void a_kiosk_with_half_a_vocabulary_does_not_start(void **state) {
    struct fixture *fixture = *state;
    put_table(fixture, TABLE);
    put(fixture, "c.terms", span_slice(span_of_text(TABLE), 0, strlen(TABLE) - 5));
    does_not_start(fixture, "/contexts/c.terms: A vocabulary is not the file that the list names.");
    put(fixture, VOCABULARY_LIST,
        span_of_text("0000000000000000000000000000000000000000000000000000000000000000"
                     "  absent.terms\n"));
    does_not_start(fixture, "/contexts/absent.terms: A vocabulary that the list names is not there.");
}

/* The list fits, but what it names is no table: no verifier can use it. */
static void a_vocabulary_that_is_none_puts_the_kiosk_out_of_order(void **state) {
    struct fixture *fixture = *state;
    put_table(fixture, "no table\n");
    rig_run(&fixture->rig);
    assert_true(rig_wait(&fixture->rig, "state out_of_order problem=ERR_CONTEXT_TABLE", 1, SOON_MS));
    assert_int_equal(rig_end(&fixture->rig), 0);
}

static void a_vocabulary_of_one_table_is_one(void **state) {
    struct fixture *fixture = *state;
    put_table(fixture, TABLE);
    rig_run(&fixture->rig);
    assert_true(rig_wait(&fixture->rig, "verdict class=valid", 1, SOON_MS));
    assert_int_equal(rig_count(&fixture->rig, "out_of_order"), 0);
    assert_int_equal(rig_end(&fixture->rig), 0);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_kiosk_without_a_vocabulary_does_not_start, start, stop),
        cmocka_unit_test_setup_teardown(a_kiosk_with_half_a_vocabulary_does_not_start, start, stop),
        cmocka_unit_test_setup_teardown(a_vocabulary_that_is_none_puts_the_kiosk_out_of_order, start, stop),
        cmocka_unit_test_setup_teardown(a_vocabulary_of_one_table_is_one, start, stop),
    };
    return crypto_start() == ERR_OK ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
