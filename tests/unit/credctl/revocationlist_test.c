/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "credctl/build/revocationlist.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define ISSUER       "https://a.example/i"

static bool no_key(void *ctx, size_t index, struct span *kid, enum crypto_alg *alg, struct crypto_key *key) {
    (void)ctx, (void)index, (void)kid, (void)alg, (void)key;
    return false;
}

static enum err read_text(const char *text, bool accept, struct statuslist *out) {
    struct statuslist_keys keys = {NULL, no_key};
    struct statuslist_source source = {.text = span_of_text(text),
                                       .issuer = span_of_text(ISSUER),
                                       .keys = &keys,
                                       .accept_unsigned = accept,
                                       .fetched_s = 1788000000};
    return statuslist_read(&source, out);
}

static bool holds(const struct statuslist *list, const char *id) {
    uint8_t hash[CRYPTO_SHA256_BYTES];
    bool found = false;
    assert_ok(crypto_sha256(span_of_text(id), hash));
    for (size_t at = 0; at < list->hashes.len; at += sizeof hash) {
        found = found || memcmp(list->hashes.ptr + at, hash, sizeof hash) == 0;
    }
    return found;
}

/* Ascending, none twice: so they are listed. */
static void assert_ordered(const struct statuslist *list) {
    assert_int_equal(list->hashes.len, list->entries * CRYPTO_SHA256_BYTES);
    for (size_t at = CRYPTO_SHA256_BYTES; at < list->hashes.len; at += CRYPTO_SHA256_BYTES) {
        assert_true(memcmp(list->hashes.ptr + at - CRYPTO_SHA256_BYTES, list->hashes.ptr + at,
                           CRYPTO_SHA256_BYTES) < 0);
    }
}

static void reads_a_list_of_1edtech(void **state) {
    (void)state;
    struct statuslist list = {0};
    assert_ok(read_text("{\"id\":\"https://a.example/r\",\"issuer\":{\"id\":\"" ISSUER
                        "\"},\"revokedCredential\":["
                        "{\"id\":\"urn:1\"},{\"id\":\"urn:2\",\"revoked\":true,\"revocationReason\":\"x\"},"
                        "{\"id\":\"urn:3\",\"revoked\":false},{\"id\":\"urn:1\"},\"urn:4\"]}\n",
                        true, &list));
    assert_span_text(list.kind, "1EdTechRevocationList");
    assert_span_text(list.id, "https://a.example/r");
    assert_span_text(list.issuer, ISSUER);
    assert_true(list.is_unsigned && !list.only_there);
    assert_int_equal(list.purpose_count, 1);
    assert_int_equal(list.purposes[0].len, 0);
    assert_int_equal(list.as_of_s, 1788000000);
    assert_int_equal(list.expires_s, 0);
    assert_int_equal(list.entries, 3);
    assert_int_equal(list.bits, 0);
    assert_true(holds(&list, "urn:1") && holds(&list, "urn:2") && holds(&list, "urn:4"));
    assert_false(holds(&list, "urn:3"));
    assert_ordered(&list);
    statuslist_close(&list);
}

static void reads_a_list_of_open_badges_2(void **state) {
    (void)state;
    struct statuslist list = {0};
    assert_ok(read_text(
        "{\"type\":\"RevocationList\",\"id\":\"https://a.example/r\",\"revokedAssertions\":[\"urn:1\","
        "{\"id\":\"urn:2\",\"uid\":\"u2\"},{\"uid\":\"u3\",\"revocationReason\":\"x\"}]}",
        true, &list));
    assert_span_text(list.kind, "RevocationList");
    assert_int_equal(list.entries, 4);
    assert_true(holds(&list, "urn:1") && holds(&list, "urn:2") && holds(&list, "u2") && holds(&list, "u3"));
    assert_ordered(&list);
    statuslist_close(&list);
}

static void an_empty_list_revokes_nobody(void **state) {
    (void)state;
    static const char *const texts[] = {
        "{\"id\":\"a:1\",\"type\":\"RevocationList\",\"revokedAssertions\":[]}",
        "{\"id\":\"a:1\",\"type\":\"1EdTechRevocationList\"}",
        "{\"id\":\"a:1\",\"revokedCredential\":[]}",
    };
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct statuslist list = {0};
        assert_ok(read_text(texts[i], true, &list));
        assert_int_equal(list.entries, 0);
        statuslist_close(&list);
    }
}

/* A list says what it is by what it holds: 1EdTech's own schema calls its list RevocationList, too. */
static void what_it_holds_goes_before_what_it_is_called(void **state) {
    (void)state;
    struct statuslist list = {0};
    assert_ok(
        read_text("{\"type\":\"RevocationList\",\"revokedCredential\":{\"id\":\"urn:1\"}}", true, &list));
    assert_span_text(list.kind, "1EdTechRevocationList");
    assert_int_equal(list.entries, 1);
    statuslist_close(&list);
}

static void refuses_what_says_nothing_of_a_credential(void **state) {
    (void)state;
    static const struct {
        const char *text;
        bool accept;
        enum err err;
    } cases[] = {
        {"{\"revokedCredential\":[]}", false, ERR_STATUS_UNSIGNED},
        {"{\"revokedAssertions\":[]}", false, ERR_STATUS_UNSIGNED},
        {"{\"issuer\":\"https://b.example\",\"revokedCredential\":[]}", true, ERR_STATUS_ISSUER},
        {"{\"issuer\":{},\"revokedCredential\":[]}", true, ERR_STATUS_ISSUER},
        {"{\"issuer\":7,\"revokedCredential\":[]}", true, ERR_STATUS_ISSUER},
        {"{\"revokedCredential\":[],\"revokedAssertions\":[]}", true, ERR_STATUS_SHAPE},
        {"{\"id\":7,\"revokedCredential\":[]}", true, ERR_STATUS_SHAPE},
        {"{\"revokedCredential\":[{}]}", true, ERR_STATUS_SHAPE},
        {"{\"revokedCredential\":[{\"id\":7}]}", true, ERR_STATUS_SHAPE},
        {"{\"revokedCredential\":[{\"id\":\"\"}]}", true, ERR_STATUS_SHAPE},
        {"{\"revokedCredential\":[{\"uid\":\"u\"}]}", true, ERR_STATUS_SHAPE},
        {"{\"revokedCredential\":[{\"id\":\"urn:1\",\"revoked\":\"false\"}]}", true, ERR_STATUS_SHAPE},
        {"{\"revokedCredential\":[null]}", true, ERR_STATUS_SHAPE},
        {"{\"revokedCredential\":[[]]}", true, ERR_STATUS_SHAPE},
        {"{\"revokedCredential\":7}", true, ERR_STATUS_SHAPE},
        {"{\"revokedAssertions\":[\"\"]}", true, ERR_STATUS_SHAPE},
        {"{\"type\":\"SomethingElse\"}", true, ERR_PROOF_NONE},
        {"{\"revokedCredential\":[}", true, ERR_JSON_SYNTAX},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct statuslist list = {0};
        enum err got = read_text(cases[i].text, cases[i].accept, &list);
        if (got != cases[i].err) {
            fail_msg("%s: %s", cases[i].text, err_name(got));
        }
        assert_null(list.claims);
    }
}

/* To accept the unsigned takes no signature for right that is wrong, and no list without one that should have it. */
static void accepting_the_unsigned_weakens_no_other_kind(void **state) {
    (void)state;
    struct statuslist list = {0};
    assert_err(
        read_text("{\"type\":[\"VerifiableCredential\",\"BitstringStatusListCredential\"]}", true, &list),
        ERR_PROOF_NONE);
    assert_err(read_text("eyJhbGciOiJFUzI1NiIsInR5cCI6InN0YXR1c2xpc3Qrand0In0.e30.AAAA", true, &list),
               ERR_STATUS_ISSUER);
}

/* More than a credential could hold: a hundred thousand revoked ones. */
static void reads_a_long_list(void **state) {
    (void)state;
    size_t count = 100000, size = count * 24 + 64;
    char *text = malloc(size);
    struct room room = room_over(text, size - 1);
    struct statuslist list = {0};
    assert_ok(room_put_text(&room, "{\"revokedCredential\":["));
    for (size_t i = 0; i < count; i++) {
        char entry[32];
        snprintf(entry, sizeof entry, "%s{\"id\":\"urn:%zu\"}", i == 0 ? "" : ",", i);
        assert_ok(room_put_text(&room, entry));
    }
    assert_ok(room_put_text(&room, "]}"));
    text[room.len] = 0;
    assert_ok(read_text(text, true, &list));
    assert_int_equal(list.entries, count);
    assert_ordered(&list);
    statuslist_close(&list);
    free(text);
}

static int start(void **state) {
    (void)state;
    assert_ok(crypto_start());
    return 0;
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_a_list_of_1edtech),
        cmocka_unit_test(reads_a_list_of_open_badges_2),
        cmocka_unit_test(an_empty_list_revokes_nobody),
        cmocka_unit_test(what_it_holds_goes_before_what_it_is_called),
        cmocka_unit_test(refuses_what_says_nothing_of_a_credential),
        cmocka_unit_test(accepting_the_unsigned_weakens_no_other_kind),
        cmocka_unit_test(reads_a_long_list),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
