/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "codec/jsontext.h"
#include "credctl/build/import_file.h"
#include "credctl/build/issuer_file.h"
#include "credctl/build/line_file.h"
#include "credctl/build/since.h"
#include "tests/lib/temp_folder.h"
#include "tests/lib/testpack.h"

#define FIRST_S  (TESTPACK_IAT_S - 86400)
#define SECOND_S TESTPACK_IAT_S

static const struct import_file_source sample = {
    .is_signed = true,
    .signer = "did:web:lists.example",
    .format = "lote",
    .url = "https://lists.example/l",
    .sha256 = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
    .seq = 7,
    .issued_s = FIRST_S,
    .next_update_s = SECOND_S};

/* An issuer with one key, whose coordinates nobody looks at. */
static json_t *issuer_of(const char *identifier, uint8_t number) {
    json_t *issuer = issuer_file_new(identifier);
    struct lists_key key = {.alg = CRYPTO_EDDSA, .key = {.kind = CRYPTO_KEY_ED25519, .len = 32}};
    key.key.bytes[0] = number;
    assert_ok(issuer_file_set_name(issuer, span_of_text("en"), "A"));
    assert_ok(issuer_file_add_key(issuer, &key, false));
    return issuer;
}

/* Write a list of one issuer. */
static enum err put(const char *folder, const struct import_file_source *source, int64_t time_s,
                    uint8_t number) {
    struct import_file *file = NULL;
    json_t *issuer = issuer_of("did:web:a.example", number);
    enum err err = import_file_begin(folder, "list", time_s, &file);
    if (err == ERR_OK) {
        err = import_file_add(file, issuer);
    }
    if (err == ERR_OK) {
        err = import_file_finish(file, source);
    }
    import_file_close(file);
    json_decref(issuer);
    return err;
}

static void a_list_comes_back_as_it_was_kept(void **state) {
    (void)state;
    char folder[TEMP_FOLDER_SIZE], path[PATH_MAX];
    struct import_file_reading reading = {0};
    json_t *issuer = NULL;
    int64_t since_s = 0;
    assert_true(temp_folder_make(folder));
    assert_ok(put(folder, &sample, FIRST_S, 1));
    assert_ok(put(folder, &sample, SECOND_S, 1));
    assert_ok(import_file_path(folder, "list", path));
    assert_ok(import_file_open(path, &reading));
    assert_true(reading.source.is_signed);
    assert_string_equal(reading.source.signer, sample.signer);
    assert_string_equal(reading.source.format, sample.format);
    assert_string_equal(reading.source.name, "list");
    assert_string_equal(reading.source.url, sample.url);
    assert_string_equal(reading.source.sha256, sample.sha256);
    assert_int_equal(reading.source.seq, sample.seq);
    assert_int_equal(reading.source.issued_s, sample.issued_s);
    assert_int_equal(reading.source.next_update_s, sample.next_update_s);
    assert_int_equal(reading.source.imported_s, SECOND_S);
    assert_ok(import_file_next(&reading, &issuer));
    assert_non_null(issuer);
    assert_ok(issuer_file_since(issuer, 0, &since_s));
    assert_int_equal(since_s, FIRST_S);
    json_decref(issuer);
    assert_ok(import_file_next(&reading, &issuer));
    assert_null(issuer);
    import_file_end(&reading);
    assert_true(temp_folder_remove(folder));
}

/* A number or a date that falls is an older list; so is one that says neither any more. */
static void an_older_list_never_takes_the_place(void **state) {
    (void)state;
    char folder[TEMP_FOLDER_SIZE];
    struct import_file_source other = sample;
    assert_true(temp_folder_make(folder));
    assert_ok(put(folder, &sample, FIRST_S, 1));
    other.seq = 6;
    assert_err(put(folder, &other, FIRST_S, 2), ERR_IMPORT_OLDER);
    other.seq = 0;
    assert_err(put(folder, &other, FIRST_S, 2), ERR_IMPORT_OLDER);
    other.seq = 8;
    other.issued_s = sample.issued_s - 1;
    assert_err(put(folder, &other, FIRST_S, 2), ERR_IMPORT_OLDER);
    other.issued_s = 0;
    assert_err(put(folder, &other, FIRST_S, 2), ERR_IMPORT_OLDER);
    other = sample;
    snprintf(other.format, sizeof other.format, "vci");
    assert_err(put(folder, &other, FIRST_S, 2), ERR_IMPORT_TAKEN);
    other = sample;
    snprintf(other.url, sizeof other.url, "https://b.example/");
    assert_err(put(folder, &other, FIRST_S, 2), ERR_IMPORT_TAKEN);
    assert_ok(put(folder, &sample, FIRST_S, 2));
    assert_true(temp_folder_remove(folder));
}

/* Whatever is wrong with a kept list, it is not read as another one. */
static void a_malformed_list_is_refused(void **state) {
    (void)state;
#define HEAD(seq, hash, unsigned, next)                                                                      \
    "{\"format\":\"x\",\"name\":\"list\",\"url\":\"\",\"sha256\":\"" hash                                    \
    "\",\"signer\":\"\",\"unsigned\":" unsigned ",\"seq\":" seq ",\"issued\":\"\",\"next_update\":\"" next   \
                                                "\",\"imported\":\"2026-08-01T00:00:00Z\"}\n"
#define HASH "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
    static const char *const texts[] = {"",
                                        "\n",
                                        "[]\n",
                                        "{\n",
                                        HEAD("-1", HASH, "false", ""),
                                        HEAD("1.5", HASH, "false", ""),
                                        HEAD("1", "0123", "false", ""),
                                        HEAD("1", HASH, "\"no\"", ""),
                                        HEAD("1", HASH, "false", "soon")};
    char folder[TEMP_FOLDER_SIZE], path[PATH_MAX];
    struct import_file_reading reading = {0};
    json_t *issuer = NULL;
    assert_true(temp_folder_make(folder));
    snprintf(path, sizeof path, "%s/list", folder);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_ok(file_write(path, span_of_text(texts[i]), (struct file_how){.replace = true}));
        assert_err(import_file_open(path, &reading), ERR_IMPORT_FILE);
        import_file_end(&reading);
    }
    assert_ok(file_write(path, span_of_text(HEAD("1", HASH, "true", "") "{\"identifiers\":[]}\n"),
                         (struct file_how){.replace = true}));
    assert_ok(import_file_open(path, &reading));
    assert_false(reading.source.is_signed);
    assert_err(import_file_next(&reading, &issuer), ERR_IMPORT_FILE);
    assert_null(issuer);
    import_file_end(&reading);
    assert_true(temp_folder_remove(folder));
}

static void since_is_the_earliest_and_the_issuers_own(void **state) {
    (void)state;
    struct since since = {0};
    int64_t found_s = 0;
    struct crypto_key key = {.kind = CRYPTO_KEY_ED25519, .len = 32};
    for (uint8_t i = 0; i < 200; i++) {
        key.bytes[0] = i;
        assert_ok(since_note(&since, span_of_text("did:web:a"), &key, 1000 + i));
        assert_ok(since_note(&since, span_of_text("did:web:a"), &key, 500 + i));
    }
    for (uint8_t i = 0; i < 200; i++) {
        key.bytes[0] = i;
        assert_ok(since_find(&since, span_of_text("did:web:a"), &key, 7, &found_s));
        assert_int_equal(found_s, 500 + i);
    }
    assert_ok(since_find(&since, span_of_text("did:web:b"), &key, 7, &found_s));
    assert_int_equal(found_s, 7);
    key.bytes[0] = 200;
    assert_ok(since_find(&since, span_of_text("did:web:a"), &key, 8, &found_s));
    assert_int_equal(found_s, 8);
    since_close(&since);
}

/* Lines of every length around the size of the buffer come back whole, and say where they stood. */
static void lines_come_back_whole(void **state) {
    (void)state;
    char folder[TEMP_FOLDER_SIZE], path[PATH_MAX];
    static const size_t lengths[] = {0, 1, 5, LINE_FILE_MAX - 1, LINE_FILE_MAX, 0, 3, 70000};
    const size_t count = sizeof lengths / sizeof *lengths;
    struct line_file lines = {0};
    struct span line = {0};
    bool found = false;
    uint64_t at = 0;
    assert_true(temp_folder_make(folder));
    snprintf(path, sizeof path, "%s/lines", folder);
    FILE *file = fopen(path, "w");
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < lengths[i]; k++) {
            fputc('a' + (int)(i + k) % 26, file);
        }
        fputs(i + 1 < count ? "\n" : "", file);
    }
    fclose(file);
    assert_ok(line_file_open(path, &lines));
    for (size_t i = 0; i < count; i++) {
        assert_ok(line_file_next(&lines, &found, &line));
        assert_true(found);
        assert_int_equal(line.len, lengths[i]);
        assert_int_equal(lines.offset, at);
        for (size_t k = 0; k < line.len; k += 997) {
            assert_int_equal(line.ptr[k], 'a' + (int)(i + k) % 26);
        }
        at += line.len + 1;
    }
    assert_ok(line_file_next(&lines, &found, &line));
    assert_false(found);
    line_file_close(&lines);
    file = fopen(path, "w");
    for (size_t k = 0; k <= LINE_FILE_MAX; k++) {
        fputc('x', file);
    }
    fclose(file);
    assert_ok(line_file_open(path, &lines));
    assert_err(line_file_next(&lines, &found, &line), ERR_FILE_LARGE);
    line_file_close(&lines);
    assert_true(temp_folder_remove(folder));
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_comes_back_as_it_was_kept),
        cmocka_unit_test(an_older_list_never_takes_the_place),
        cmocka_unit_test(a_malformed_list_is_refused),
        cmocka_unit_test(since_is_the_earliest_and_the_issuers_own),
        cmocka_unit_test(lines_come_back_whole),
    };
    if (crypto_start() != ERR_OK) {
        return 1;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
