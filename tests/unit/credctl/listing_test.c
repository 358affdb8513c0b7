/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/limits.h"
#include "codec/jsontext.h"
#include "credctl/build/listing.h"
#include "credctl/build/sources.h"
#include "credctl/build/workspace.h"
#include "tests/lib/testpack.h"

#define P256                                                                                                 \
    "\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"pAEKlvIXpkA6saLBKFKbwXVgaIrv4hzy2xfuQSwUYDo\","                \
    "\"y\":\"eY9ebKYaZhE0BnvuotzmVu_hJTMlm3edHYXrJ2zj6fQ\""

static void malformed_issuers_are_refused(void **state) {
    (void)state;
    static const struct {
        const char *text;
        enum err err;
    } cases[] = {
        {"{}", ERR_ISSUER_FILE},
        {"{\"identifiers\":[\"did:web:a\"],\"names\":{\"en\":\"A\"},\"source\":\"x\",\"unsigned\":false,"
         "\"keys\":[]}",
         ERR_OK},
#define ISSUER(id)                                                                                           \
    "{\"identifiers\":[\"" id "\"],\"names\":{\"en\":\"A\"},\"source\":\"x\",\"unsigned\":false"
        {ISSUER("a") "}", ERR_ISSUER_FILE},
        {ISSUER("http://a.example") "}", ERR_ISSUER_FILE},
        {ISSUER("did:web:a b") "}", ERR_ISSUER_FILE},
        {ISSUER("did:web:a\\u000a") "}", ERR_ISSUER_FILE},
        {ISSUER("did:web:a#1") "}", ERR_ISSUER_FILE},
        {ISSUER("https://a.example/issuer") "}", ERR_OK},
#define KEY(date)                                                                                            \
    ",\"keys\":[{\"alg\":\"ES256\",\"jwk\":{" P256                                                           \
    "},\"types\":[],\"achievements\":[],\"for_status\":false," date "}]}"
        {ISSUER("did:web:a") KEY("\"withdrawn_at\":\"2026-01-01T00:00:00Z\""), ERR_OK},
        {ISSUER("did:web:a") KEY("\"withdrawn_at\":\"1970-01-01T00:00:00Z\""), ERR_ISSUER_FILE},
        {ISSUER("did:web:a") KEY("\"valid_until\":\"1969-01-01T00:00:00Z\""), ERR_ISSUER_FILE},
        {ISSUER("did:web:a") KEY("\"valid_from\":\"soon\""), ERR_DATETIME},
        {"{\"identifiers\":[],\"names\":{\"en\":\"A\"},\"source\":\"x\",\"unsigned\":false}",
         ERR_ISSUER_FILE},
        {"{\"identifiers\":[\"did:web:a\"],\"names\":{},\"source\":\"x\",\"unsigned\":false}",
         ERR_ISSUER_FILE},
        {"{\"identifiers\":[\"did:web:a\"],\"names\":{\"en\":7},\"source\":\"x\",\"unsigned\":false}",
         ERR_ISSUER_FILE},
        {"{\"identifiers\":[\"did:web:a\"],\"names\":{\"en\":\"A\"},\"source\":\"x\"}", ERR_ISSUER_FILE},
        {"{\"identifiers\":[\"did:web:a\"],\"names\":{\"en\":\"A\"},\"territory\":\"eu\",\"source\":\"x\","
         "\"unsigned\":false}",
         ERR_ISSUER_FILE},
        {"{\"identifiers\":[\"did:web:a\",\"did:web:a\"],\"names\":{\"en\":\"A\"},\"source\":\"x\","
         "\"unsigned\":false}",
         ERR_LISTS_TWICE},
        {"{\"identifiers\":[\"did:web:a\"],\"names\":{\"en\":\"A\"},\"source\":\"x\",\"unsigned\":false,"
         "\"keys\":[{"
         "\"alg\":\"ES256\"}]}",
         ERR_ISSUER_FILE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        json_t *json = NULL;
        assert_ok(jsontext_parse(span_of_text(cases[i].text), &json));
        assert_err(listing_try_issuer(json), cases[i].err);
        json_decref(json);
    }
}

static void the_same_issuer_or_key_twice_is_refused(void **state) {
    (void)state;
    struct testpack test;
    int64_t row = 0, other = 0;
    testpack_start(&test);
    struct lists *lists = testpack_lists(&test, "lists.db");
    struct lists_issuer issuer = {0};
    struct lists_key key = {
        .kid = span_of_text("1"), .key = *signer_public(test.release), .alg = CRYPTO_ES256};
    assert_ok(lists_add_issuer(lists, &issuer, &row));
    assert_ok(lists_add_issuer(lists, &issuer, &other));
    assert_ok(lists_add_identifier(lists, row, span_of_text("did:web:a.example")));
    assert_err(lists_add_identifier(lists, other, span_of_text("did:web:a.example")), ERR_LISTS_TWICE);
    assert_ok(lists_add_key(lists, row, &key));
    assert_err(lists_add_key(lists, row, &key), ERR_LISTS_TWICE);
    assert_ok(lists_add_key(lists, other, &key));
    key.alg = CRYPTO_ES384;
    assert_err(lists_add_key(lists, row, &key), ERR_KEY_MISMATCH);
    lists_close(lists);
    testpack_stop(&test);
}

static void a_folder_that_is_no_workspace_is_refused(void **state) {
    (void)state;
    struct testpack test;
    struct workspace workspace = {0};
    testpack_start(&test);
    assert_err(workspace_open(test.folder, &workspace), ERR_WORKSPACE);
    testpack_put(&test, "scheme.json", span_of_text("{\"scheme\":\"x\",\"seq\":-1,\"demo\":false}"));
    assert_err(workspace_open(test.folder, &workspace), ERR_WORKSPACE);
    testpack_put(&test, "scheme.json", span_of_text("{\"scheme\":\"x\",\"seq\":3,\"demo\":true}"));
    assert_ok(workspace_open(test.folder, &workspace));
    assert_int_equal(workspace.seq, 3);
    assert_true(workspace.demo);
    workspace_close(&workspace);
    testpack_stop(&test);
}

/* Whatever an issuer is called, its file stays in its folder. */
static void no_name_leaves_its_folder(void **state) {
    (void)state;
    static const char *const names[] = {"../../etc/passwd", "..", ".", "/", "a/b", "\n", "did:web:a.example"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[PATH_MAX];
        assert_ok(workspace_entry_path("F", "issuers", span_of_text(names[i]), "json", path));
        assert_int_equal(strncmp(path, "F/issuers/", 10), 0);
        assert_null(strchr(path + 10, '/'));
        assert_true(strlen(strrchr(path, '-')) >= strlen("-.json") + 32);
        assert_int_not_equal(path[10], '.');
    }
}

static json_t *entry(const json_t *issuer, size_t index) {
    return json_array_get(json_object_get(issuer, "keys"), index);
}

/* What is listed changes only where that is asked for, and a withdrawn key stays withdrawn. */
static void a_listed_key_is_not_changed_by_the_way(void **state) {
    (void)state;
    struct testpack test;
    testpack_start(&test);
    json_t *issuer = issuer_file_new("did:web:a.example");
    struct lists_key key = {.kid = span_of_text("1"),
                            .key = *signer_public(test.release),
                            .alg = CRYPTO_ES256,
                            .types = span_of_text("OpenBadgeCredential")};
    assert_ok(issuer_file_add_key(issuer, &key, false));
    assert_ok(issuer_file_add_key(issuer, &key, false));
    assert_int_equal(issuer_file_keys(issuer), 1);
    struct lists_key wider = key;
    wider.types = (struct span){0};
    assert_err(issuer_file_add_key(issuer, &wider, false), ERR_KEY_LISTED);
    assert_int_equal(json_array_size(json_object_get(entry(issuer, 0), "types")), 1);
    assert_ok(issuer_file_add_key(issuer, &wider, true));
    assert_int_equal(json_array_size(json_object_get(entry(issuer, 0), "types")), 0);
    struct lists_key withdrawn = key;
    withdrawn.withdrawn_at_s = TESTPACK_IAT_S;
    assert_ok(issuer_file_add_key(issuer, &withdrawn, false));
    assert_int_equal(json_array_size(json_object_get(entry(issuer, 0), "types")), 0);
    assert_ok(issuer_file_add_key(issuer, &key, false));
    assert_ok(issuer_file_add_key(issuer, &key, true));
    struct issuer_file_key *read = malloc(sizeof *read);
    assert_ok(issuer_file_key(issuer, 0, read));
    assert_int_equal(read->key.withdrawn_at_s, TESTPACK_IAT_S);
    free(read);
    json_decref(issuer);
    testpack_stop(&test);
}

static void a_key_of_another_kind_than_its_algorithm_is_refused(void **state) {
    (void)state;
    json_t *issuer = NULL;
    struct issuer_file_key *key = malloc(sizeof *key);
    assert_ok(jsontext_parse(span_of_text("{\"keys\":[{\"alg\":\"ES384\",\"jwk\":{" P256
                                          "},\"types\":[],\"achievements\":[],\"for_status\":false}]}"),
                             &issuer));
    assert_err(issuer_file_key(issuer, 0, key), ERR_KEY_MISMATCH);
    free(key);
    json_decref(issuer);
}

/* However many status lists there are, the manifest has room for what is said of them. */
static void sources_are_bounded_and_come_back(void **state) {
    (void)state;
    struct testpack test;
    struct sources sources = {0};
    char path[PATH_MAX], origin[LIMIT_NAME_BYTES + 32];
    json_t *read = NULL;
    testpack_start(&test);
    const struct statuslist list = {.kind = span_of_text("BitstringStatusList"),
                                    .issuer = span_of_text("did:web:a.example"),
                                    .as_of_s = TESTPACK_IAT_S};
    assert_ok(sources_add_issuer(&sources, "by hand", false));
    assert_ok(sources_add_issuer(&sources, "by hand", false));
    assert_ok(sources_add_issuer(&sources, "by hand", true));
    for (int i = 0; i < 1000; i++) {
        assert_ok(sources_add_status(&sources, &list, span_of_text("https://a.example/status/1"),
                                     span_of_text("text")));
    }
    struct lists *lists = testpack_lists(&test, "lists.db");
    assert_ok(sources_keep(&sources, lists));
    assert_ok(lists_finish(lists));
    testpack_path(&test, "lists.db", path);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    assert_ok(sources_read(file, &read));
    close(file);
    size_t count = json_array_size(read);
    assert_true(count > 100 && count < 1000);
    assert_string_equal(json_string_value(json_object_get(json_array_get(read, 0), "result")), "2 issuers");
    char further[64];
    snprintf(further, sizeof further, "%zu further status lists, their signatures right", 1003 - count);
    assert_string_equal(json_string_value(json_object_get(json_array_get(read, count - 1), "result")),
                        further);
    assert_true(json_dumpb(read, NULL, 0, JSON_COMPACT) < SOURCES_BYTES_MAX + 1024);
    json_decref(read);
    memset(origin, 'x', sizeof origin);
    origin[sizeof origin - 1] = '\0';
    assert_err(sources_add_issuer(&sources, origin, false), ERR_ISSUER_FILE);
    for (size_t i = 0; i < SOURCES_ORIGINS_MAX - 2; i++) {
        origin[i + 1] = '\0';
        assert_ok(sources_add_issuer(&sources, origin, false));
        origin[i + 1] = 'x';
    }
    assert_err(sources_add_issuer(&sources, "one more", false), ERR_ISSUER_FILE);
    sources_close(&sources);
    testpack_stop(&test);
}

static void another_issuers_file_is_not_taken_for_ones_own(void **state) {
    (void)state;
    json_t *issuer = issuer_file_new("did:web:a.example");
    assert_true(issuer_file_is_of(issuer, "did:web:a.example"));
    assert_false(issuer_file_is_of(issuer, "did:web:a.exampl"));
    assert_false(issuer_file_is_of(issuer, "did:web:a.example2"));
    json_decref(issuer);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(malformed_issuers_are_refused),
        cmocka_unit_test(the_same_issuer_or_key_twice_is_refused),
        cmocka_unit_test(a_folder_that_is_no_workspace_is_refused),
        cmocka_unit_test(a_listed_key_is_not_changed_by_the_way),
        cmocka_unit_test(a_key_of_another_kind_than_its_algorithm_is_refused),
        cmocka_unit_test(sources_are_bounded_and_come_back),
        cmocka_unit_test(another_issuers_file_is_not_taken_for_ones_own),
        cmocka_unit_test(no_name_leaves_its_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
