/* SPDX-License-Identifier: Apache-2.0 */
/* Each refusal of a pack by its own name. */
#include "tests/lib/check.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "pack/container.h"
#include "pack/manifest.h"
#include "pack/root.h"
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

/* Sign what the claims say now, and expect this of opening it. */
static void expect_of(struct testpack *test, enum err expected) {
    struct pack *pack = NULL;
    testpack_sign(test, "lists.db", "a.tpk");
    assert_err(testpack_open(test, "a.tpk", PACK_OPEN_INSTALL, &pack), expected);
    assert_int_equal(pack != NULL, expected == ERR_OK);
    pack_close(pack);
}

/* A manifest with these claims under this typ, by this key, over lists.db as it is. */
static void expect_of_manifest(struct testpack *test, const char *claims, const char *typ,
                               const struct signer *signer, enum err expected) {
    uint8_t kid_bytes[PACKER_KID_BYTES], text[8192];
    struct room kid = room_over(kid_bytes, sizeof kid_bytes), manifest = room_over(text, sizeof text);
    struct pack *pack = NULL;
    assert_ok(packer_kid(signer_public(signer), &kid));
    assert_ok(signer_jws(signer, span_of_text(typ), room_span(&kid), span_of_text(claims), &manifest));
    testpack_write(test, room_span(&manifest), span_of_text(test->root_text), "lists.db", "a.tpk");
    assert_err(testpack_open(test, "a.tpk", PACK_OPEN_USE, &pack), expected);
    assert_null(pack);
}

/* The release key of every algorithm that signs packs. */
static void a_good_pack_opens_with_each_algorithm(void **out) {
    struct testpack *test = *out;
    static const enum crypto_alg algs[] = {CRYPTO_ES256, CRYPTO_ES384, CRYPTO_EDDSA};
    for (size_t i = 0; i < 3; i++) {
        const struct signer *signers[] = {test->root};
        signer_close(test->release);
        assert_ok(signer_make(algs[i], &test->release));
        struct packer_root root = {.scheme = span_of_text("example"),
                                   .version = 1,
                                   .keys = signer_public(test->root),
                                   .key_count = 1,
                                   .threshold = 1,
                                   .release = signer_public(test->release),
                                   .release_count = 1};
        memset(test->root_text, 0, sizeof test->root_text);
        struct room text = room_over(test->root_text, sizeof test->root_text - 1);
        assert_ok(packer_sign_root(&root, signers, 1, &text));
        test->rules.root = room_span(&text);
        expect_of(test, ERR_OK);
    }
}

static void another_scheme_is_refused(void **out) {
    struct testpack *test = *out;
    test->claims.scheme = span_of_text("another");
    expect_of(test, ERR_PACK_SCHEME);
}

static void another_root_version_is_refused(void **out) {
    struct testpack *test = *out;
    test->claims.root_version = 2;
    expect_of(test, ERR_PACK_ROOT);
}

static void the_audience_must_be_this_kiosks(void **out) {
    struct testpack *test = *out;
    test->claims.audience = span_of_text("hall-3");
    expect_of(test, ERR_PACK_AUDIENCE);
    test->rules.audience = span_of_text("hall-33");
    expect_of(test, ERR_PACK_AUDIENCE);
    test->rules.audience = span_of_text("hall-3");
    expect_of(test, ERR_OK);
    test->claims.audience = (struct span){0};
    expect_of(test, ERR_OK);
}

static void a_newer_program_may_be_asked_for(void **out) {
    struct testpack *test = *out;
    test->claims.min_app = PACK_APP_VERSION;
    expect_of(test, ERR_OK);
    test->claims.min_app = PACK_APP_VERSION + 1;
    expect_of(test, ERR_PACK_MIN_APP);
}

static void six_months_are_the_longest(void **out) {
    struct testpack *test = *out;
    test->claims.expires_s = TESTPACK_IAT_S + LIMIT_PACK_LIFETIME_S;
    expect_of(test, ERR_OK);
    test->claims.expires_s++;
    expect_of(test, ERR_PACK_LIFETIME);
}

static void the_future_of_a_finite_clock_is_refused(void **out) {
    struct testpack *test = *out;
    test->rules.now = interval_at(TESTPACK_IAT_S);
    expect_of(test, ERR_OK);
    test->rules.now = interval_at(TESTPACK_IAT_S - 1);
    expect_of(test, ERR_PACK_FUTURE);
    test->rules.now = (struct interval){0, INTERVAL_UNBOUNDED, INTERVAL_NO_CLOCK, 0};
    expect_of(test, ERR_OK);
}

static void an_expired_pack_opens_and_is_not_admitted(void **out) {
    struct testpack *test = *out;
    test->rules.now = interval_at(TESTPACK_IAT_S + 60 * TESTPACK_DAY_S);
    expect_of(test, ERR_OK);
    struct pack *pack = NULL;
    assert_ok(testpack_open(test, "a.tpk", PACK_OPEN_USE, &pack));
    assert_int_equal(pack_band(pack_info(pack), &test->rules.now), PACK_EXPIRED);
    assert_err(pack_admit(pack_info(pack), &test->rules.now), ERR_PACK_EXPIRED);
    pack_close(pack);
}

static void dates_must_follow_each_other(void **out) {
    struct testpack *test = *out;
    test->claims.next_update_s = test->claims.iat_s - 1;
    expect_of(test, ERR_PACK_MANIFEST);
    test->claims.next_update_s = test->claims.expires_s + 1;
    expect_of(test, ERR_PACK_MANIFEST);
}

static void numbers_begin_at_one(void **out) {
    struct testpack *test = *out;
    test->claims.seq = 0;
    expect_of(test, ERR_PACK_MANIFEST);
}

static void malformed_claims_are_refused(void **out) {
    struct testpack *test = *out;
    static const char *const claims[] = {
        "{}",
        "{\"scheme\":\"example\"}",
        "{\"scheme\":\"example\",\"seq\":\"5\",\"iat\":1,\"next_update\":2,\"expires\":3,\"root\":1,\"min_"
        "app\":0,"
        "\"db\":{\"bytes\":1,\"sha256\":\"00\"}}",
        "{\"scheme\":\"example\",\"seq\":5,\"iat\":1,\"next_update\":2,\"expires\":3,\"root\":1,\"min_app\":"
        "0,"
        "\"db\":{\"bytes\":1,\"sha256\":\"00\"}}",
        "{\"scheme\":\"example\",\"seq\":5,\"iat\":1,\"next_update\":2,\"expires\":3,\"root\":1,\"min_app\":"
        "0,"
        "\"db\":{\"bytes\":1,\"sha256\":\"AA00000000000000000000000000000000000000000000000000000000000000\"}"
        "}",
        "{\"scheme\":\"example\",\"seq\":5.5,\"iat\":1,\"next_update\":2,\"expires\":3,\"root\":1,\"min_"
        "app\":0,"
        "\"db\":{\"bytes\":1,\"sha256\":\"aa00000000000000000000000000000000000000000000000000000000000000\"}"
        "}",
        "{\"scheme\":\"example\",\"audience\":7,\"seq\":5,\"iat\":1,\"next_update\":2,\"expires\":3,\"root\":"
        "1,\"min_app\":0,"
        "\"db\":{\"bytes\":1,\"sha256\":\"aa00000000000000000000000000000000000000000000000000000000000000\"}"
        "}",
    };
    for (size_t i = 0; i < sizeof claims / sizeof *claims; i++) {
        expect_of_manifest(test, claims[i], MANIFEST_TYP, test->release, ERR_PACK_MANIFEST);
    }
    expect_of_manifest(test, "[]", MANIFEST_TYP, test->release, ERR_JSON_TYPE);
    expect_of_manifest(test, "{\"a\":1,\"a\":2}", MANIFEST_TYP, test->release, ERR_JSON_DUPLICATE);
}

static void another_typ_is_refused(void **out) {
    struct testpack *test = *out;
    expect_of_manifest(test, "{}", "JWT", test->release, ERR_PACK_TYP);
    expect_of_manifest(test, "{}", "", test->release, ERR_PACK_TYP);
    expect_of_manifest(test, "{}", ROOT_TYP, test->release, ERR_PACK_TYP);
}

static void a_key_that_the_root_does_not_name_is_refused(void **out) {
    struct testpack *test = *out;
    struct signer *stranger = NULL;
    assert_ok(signer_make(CRYPTO_ES256, &stranger));
    expect_of_manifest(test, "{}", MANIFEST_TYP, stranger, ERR_PACK_SIGNER);
    expect_of_manifest(test, "{}", MANIFEST_TYP, test->root, ERR_PACK_SIGNER);
    signer_close(stranger);
}

/* The chain of roots is part of the file, and must begin with the provisioned root to the byte. */
static void another_chain_of_roots_is_refused(void **out) {
    struct testpack *test = *out;
    char path[PATH_MAX], longer[sizeof test->root_text + 8];
    uint8_t text[8192];
    struct room manifest = room_over(text, sizeof text);
    struct pack *pack = NULL;
    testpack_path(test, "lists.db", path);
    int database = open(path, O_RDONLY | O_CLOEXEC);
    assert_ok(packer_sign_manifest(&test->claims, database, test->release, &manifest));
    close(database);
    testpack_write(test, room_span(&manifest), span_of_text("a.b.c"), "lists.db", "a.tpk");
    assert_err(testpack_open(test, "a.tpk", PACK_OPEN_USE, &pack), ERR_ROOT_OTHER);
    snprintf(longer, sizeof longer, "%s a.b.c", test->root_text);
    testpack_write(test, room_span(&manifest), span_of_text(longer), "lists.db", "a.tpk");
    assert_err(testpack_open(test, "a.tpk", PACK_OPEN_USE, &pack), ERR_BASE64URL);
}

static void an_rsa_signature_is_not_judged(void **out) {
    struct testpack *test = *out;
    struct signer *rsa = NULL;
    assert_ok(signer_make(CRYPTO_RS256, &rsa));
    expect_of_manifest(test, "{}", MANIFEST_TYP, rsa, ERR_ALG_UNSUPPORTED);
    signer_close(rsa);
}

static void any_changed_character_of_the_manifest_is_refused(void **out) {
    struct testpack *test = *out;
    testpack_sign(test, "lists.db", "a.tpk");
    struct room bytes = testpack_read(test, "a.tpk");
    size_t end = span_find(room_span(&bytes), '\n', 0);
    bool wrong_signature = false;
    for (size_t i = 0; i < end; i += i < 8 || i > end - 8 ? 1 : 7) {
        struct pack *pack = NULL;
        uint8_t was = bytes.ptr[i];
        bytes.ptr[i] = was == 'A' ? 'B' : 'A';
        testpack_put(test, "b.tpk", room_span(&bytes));
        enum err err = testpack_open(test, "b.tpk", PACK_OPEN_USE, &pack);
        assert_int_not_equal(err, ERR_OK);
        assert_null(pack);
        wrong_signature = wrong_signature || err == ERR_PACK_SIGNATURE;
        bytes.ptr[i] = was;
    }
    assert_true(wrong_signature);
    file_release(&bytes);
}

static void any_changed_byte_of_the_database_is_refused(void **out) {
    struct testpack *test = *out;
    testpack_sign(test, "lists.db", "a.tpk");
    struct room bytes = testpack_read(test, "a.tpk");
    size_t first = span_find(room_span(&bytes), '\n', span_find(room_span(&bytes), '\n', 0) + 1) + 1;
    for (size_t i = first + CONTAINER_MAGIC_BYTES; i < bytes.len; i += 1999) {
        struct pack *pack = NULL;
        bytes.ptr[i] ^= 1;
        testpack_put(test, "b.tpk", room_span(&bytes));
        assert_err(testpack_open(test, "b.tpk", PACK_OPEN_USE, &pack), ERR_PACK_HASH);
        bytes.ptr[i] ^= 1;
    }
    file_release(&bytes);
}

/* The manifest names a hash that is right but for its last digit. */
static void the_whole_hash_is_compared(void **out) {
    struct testpack *test = *out;
    struct room bytes = testpack_read(test, "lists.db");
    uint8_t hash[CRYPTO_SHA256_BYTES];
    char digits[2 * CRYPTO_SHA256_BYTES + 1], claims[512];
    assert_ok(crypto_sha256(room_span(&bytes), hash));
    for (size_t i = 0; i < sizeof hash; i++) {
        (void)snprintf(digits + 2 * i, 3, "%02x", hash[i] ^ (i + 1 == sizeof hash));
    }
    (void)snprintf(
        claims, sizeof claims,
        "{\"scheme\":\"example\",\"seq\":5,\"iat\":1788000000,\"next_update\":1788000001,"
        "\"expires\":1788000002,\"root\":1,\"min_app\":0,\"db\":{\"bytes\":%zu,\"sha256\":\"%s\"}}",
        bytes.len, digits);
    expect_of_manifest(test, claims, MANIFEST_TYP, test->release, ERR_PACK_HASH);
    file_release(&bytes);
}

static void a_cut_or_longer_database_is_refused(void **out) {
    struct testpack *test = *out;
    struct pack *pack = NULL;
    testpack_sign(test, "lists.db", "a.tpk");
    struct room bytes = testpack_read(test, "a.tpk");
    testpack_put(test, "b.tpk", span_slice(room_span(&bytes), 0, bytes.len - 1));
    assert_err(testpack_open(test, "b.tpk", PACK_OPEN_USE, &pack), ERR_PACK_SIZE);
    testpack_put(test, "b.tpk", span_slice(room_span(&bytes), 0, bytes.len - 4096));
    assert_err(testpack_open(test, "b.tpk", PACK_OPEN_USE, &pack), ERR_PACK_SIZE);
    file_release(&bytes);
}

static void a_file_that_is_no_pack_is_refused(void **out) {
    struct testpack *test = *out;
    static const char *const texts[] = {
        "", "\n", "a\n", "a\nb\n", "a\nb\nSQLite format 2\n", "SQLite format 3", "a\n\nSQLite format 3"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct pack *pack = NULL;
        testpack_put(test, "b.tpk", span_of_text(texts[i]));
        assert_err(testpack_open(test, "b.tpk", PACK_OPEN_USE, &pack), ERR_PACK_SHAPE);
    }
}

static void lines_have_their_limits(void **out) {
    (void)out;
    size_t size = CONTAINER_HEAD_BYTES + 64;
    uint8_t *head = malloc(size);
    struct container parts = {0};
    for (size_t extra = 0; extra < 2; extra++) {
        for (size_t which = 0; which < 2; which++) {
            size_t first = which == 0 ? LIMIT_MANIFEST_BYTES + extra : 10;
            size_t second = which == 0 ? 10 : LIMIT_ROOT_CHAIN_BYTES + extra;
            memset(head, 'a', size);
            head[first] = '\n';
            head[first + 1 + second] = '\n';
            memcpy(head + first + second + 2, "SQLite format 3", 16);
            assert_err(container_split(span_of_bytes(head, first + second + 2 + 16), &parts),
                       extra == 0 ? ERR_OK : ERR_PACK_SHAPE);
        }
    }
    memset(head, 'a', 20);
    head[10] = '\n';
    head[15] = '\n';
    memcpy(head + 16, "SQLite format 3", 16);
    assert_ok(container_split(span_of_bytes(head, 32), &parts));
    static const uint8_t odd[] = {'\t', '\r', 0, 0x7F, 0x80, 0xFF};
    for (size_t i = 0; i < sizeof odd; i++) {
        head[3] = odd[i];
        assert_err(container_split(span_of_bytes(head, 32), &parts), ERR_PACK_SHAPE);
    }
    free(head);
}

static void a_folder_or_a_pipe_is_no_pack(void **out) {
    struct testpack *test = *out;
    struct pack *pack = NULL;
    int folder = open(test->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    assert_err(pack_open_file(folder, &test->rules, PACK_OPEN_USE, &pack), ERR_PACK_READ);
    close(folder);
}

int main(void) {
#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)
    static const struct CMUnitTest tests[] = {
        CASE(a_good_pack_opens_with_each_algorithm),
        CASE(another_scheme_is_refused),
        CASE(another_root_version_is_refused),
        CASE(the_audience_must_be_this_kiosks),
        CASE(a_newer_program_may_be_asked_for),
        CASE(six_months_are_the_longest),
        CASE(the_future_of_a_finite_clock_is_refused),
        CASE(an_expired_pack_opens_and_is_not_admitted),
        CASE(dates_must_follow_each_other),
        CASE(numbers_begin_at_one),
        CASE(malformed_claims_are_refused),
        CASE(another_typ_is_refused),
        CASE(a_key_that_the_root_does_not_name_is_refused),
        CASE(another_chain_of_roots_is_refused),
        CASE(an_rsa_signature_is_not_judged),
        CASE(any_changed_character_of_the_manifest_is_refused),
        CASE(any_changed_byte_of_the_database_is_refused),
        CASE(the_whole_hash_is_compared),
        CASE(a_cut_or_longer_database_is_refused),
        CASE(a_file_that_is_no_pack_is_refused),
        CASE(lines_have_their_limits),
        CASE(a_folder_or_a_pipe_is_no_pack),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
