/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/lib/signed_list.h"

static void reads_lists_with_a_proof_of_each_suite(void **state) {
    struct signed_list *world = *state;
    static const struct {
        enum proof_suite suite;
        bool p256;
        const char *contexts;
    } cases[] = {
        {PROOF_EDDSA_RDFC_2022, false, "\"" SIGNED_LIST_V2 "\""},
        {PROOF_ECDSA_RDFC_2019, true, "\"" SIGNED_LIST_V2 "\""},
        {PROOF_EDDSA_JCS_2022, false, "\"" SIGNED_LIST_V2 "\""},
        {PROOF_ECDSA_JCS_2019, true, "\"" SIGNED_LIST_V2 "\""},
        {PROOF_ED25519_2020, false,
         "\"" SIGNED_LIST_V2 "\",\"https://w3id.org/security/suites/ed25519-2020/v1\""},
        {PROOF_ED25519_2018, false,
         "\"" SIGNED_LIST_V2 "\",\"https://w3id.org/security/suites/ed25519-2018/v1\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct statuslist list = {0};
        world->listed = cases[i].p256 ? world->p256 : world->ed25519;
        const char *text = signed_list_with(world, cases[i].contexts, "", "");
        assert_ok(signed_list_take(world, signed_list_make(world, text, cases[i].suite), &list));
        signed_list_assert_good(&list, "BitstringStatusList");
        assert_int_equal(list.expires_s, 0);
        statuslist_close(&list);
    }
}

static void reads_a_list_of_2021(void **state) {
    struct signed_list *world = *state;
    static const enum proof_suite suites[] = {PROOF_EDDSA_RDFC_2022, PROOF_EDDSA_JCS_2022};
    char text[4096];
    snprintf(
        text, sizeof text,
        "{\"@context\":[\"" SIGNED_LIST_V1 "\",\"https://w3id.org/vc/status-list/2021/v1\",\"" SIGNED_LIST_DI
        "\"],"
        "\"id\":\"https://a.example/1\",\"type\":[\"VerifiableCredential\",\"StatusList2021Credential\"],"
        "\"issuer\":{\"id\":\"" SIGNED_LIST_ISSUER
        "\"},\"issuanceDate\":\"2026-09-01T00:00:00Z\",\"credentialSubject\":{"
        "\"id\":\"https://a.example/1#list\",\"type\":\"StatusList2021\",\"statusPurpose\":\"revocation\","
        "\"encodedList\":\"%s\"}}",
        world->set + 1); /* without the multibase letter */
    for (size_t i = 0; i < sizeof suites / sizeof *suites; i++) {
        struct statuslist list = {0};
        assert_ok(signed_list_take(world, signed_list_make(world, text, suites[i]), &list));
        signed_list_assert_good(&list, "StatusList2021");
        statuslist_close(&list);
    }
}

/* ttl, statusSize, validUntil, and the end of the proof. */
static void the_earliest_end_counts(void **state) {
    struct signed_list *world = *state;
    static const struct {
        const char *more, *subject, *proof;
        int64_t expires_s;
    } cases[] = {
        {"", "\"ttl\":3600000,", NULL, SIGNED_LIST_FROM_S + 3600},
        {"", "\"ttl\":2592000000,", NULL, SIGNED_LIST_FROM_S + 30 * 86400},
        {"\"validUntil\":\"2026-09-01T00:30:00Z\",", "\"ttl\":3600000,", NULL, SIGNED_LIST_FROM_S + 1800},
        {"", "\"ttl\":3600000,", "{\"expires\":\"2026-09-01T00:10:00Z\"}", SIGNED_LIST_FROM_S + 600},
        {"", "", "{\"expires\":\"2026-09-01T00:10:00Z\"}", SIGNED_LIST_FROM_S + 600},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct integrity_sign how = signed_list_how(world, PROOF_EDDSA_RDFC_2022);
        struct statuslist list = {0};
        how.more = cases[i].proof;
        char *text = integrity_signed(
            signed_list_with(world, "\"" SIGNED_LIST_V2 "\"", cases[i].more, cases[i].subject), &how);
        assert_ok(signed_list_take(world, text, &list));
        assert_int_equal(list.expires_s, cases[i].expires_s);
        statuslist_close(&list);
    }
}

static void entries_of_several_bits_are_read(void **state) {
    struct signed_list *world = *state;
    const char *text = signed_list_with(world, "\"" SIGNED_LIST_V2 "\"", "", "\"statusSize\":2,");
    assert_err(signed_list_error(world, signed_list_make(world, text, PROOF_EDDSA_JCS_2022)),
               ERR_STATUS_SHORT); /* 65,536 entries */
}

/* Each text of the signed list stands for another, of the same length where it can. */
static void a_list_that_was_altered_is_refused(void **state) {
    struct signed_list *world = *state;
    static const char *const changes[][2] = {
        {"\"revocation\"", "\"suspension\""},
        {"2026-09-01T00:00:00Z\",\"cred", "2026-09-02T00:00:00Z\",\"cred"},
        {"https://a.example/1\"", "https://a.example/2\""},
        {"https://a.example/1#list", "https://a.example/2#list"},
        {"\"created\":\"2026-01-02", "\"created\":\"2026-01-03"},
    };
    static const enum proof_suite suites[] = {PROOF_EDDSA_RDFC_2022, PROOF_EDDSA_JCS_2022};
    for (size_t s = 0; s < sizeof suites / sizeof *suites; s++) {
        for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
            char *text = signed_list_make(world, signed_list_text(world), suites[s]);
            char *at = strstr(text, changes[i][0]);
            assert_non_null(at);
            memcpy(at, changes[i][1], strlen(changes[i][1]));
            assert_err(signed_list_error(world, text), ERR_STATUS_ISSUER);
        }
        char *text = signed_list_make(world, signed_list_text(world), suites[s]),
             *at = strstr(text, world->set);
        assert_non_null(at);
        assert_int_equal(strlen(world->set), strlen(world->clear));
        memcpy(at, world->clear, strlen(world->clear));
        assert_err(signed_list_error(world, text), ERR_STATUS_ISSUER);
    }
}

static void a_proof_by_others_is_refused(void **state) {
    struct signed_list *world = *state;
    struct integrity_sign stranger = signed_list_how(world, PROOF_EDDSA_RDFC_2022);
    stranger.signer = world->stranger;
    assert_err(signed_list_error(world, integrity_signed(signed_list_text(world), &stranger)),
               ERR_STATUS_ISSUER);
    struct integrity_sign foreign = signed_list_how(world, PROOF_EDDSA_RDFC_2022);
    foreign.method = "did:web:b.example#1"; /* the issuer's own key, under another's name */
    assert_err(signed_list_error(world, integrity_signed(signed_list_text(world), &foreign)),
               ERR_STATUS_ISSUER);
    foreign.method = SIGNED_LIST_ISSUER "#2"; /* a key that is not listed under that name */
    assert_err(signed_list_error(world, integrity_signed(signed_list_text(world), &foreign)),
               ERR_STATUS_ISSUER);
    world->kid = "1"; /* a fragment alone would fit it */
    foreign.method = "did:web:b.example#1";
    assert_err(signed_list_error(world, integrity_signed(signed_list_text(world), &foreign)),
               ERR_STATUS_ISSUER);
    world->kid = "did:web:b.example#1"; /* unless it is listed so */
    foreign.method = world->kid;
    struct statuslist list = {0};
    assert_ok(signed_list_take(world, integrity_signed(signed_list_text(world), &foreign), &list));
    statuslist_close(&list);
}

/* A right one beside a wrong one counts for nothing. */
static void every_proof_must_be_right(void **state) {
    struct signed_list *world = *state;
    struct integrity_sign own = signed_list_how(world, PROOF_EDDSA_RDFC_2022),
                          other = signed_list_how(world, PROOF_EDDSA_JCS_2022);
    other.signer = world->stranger;
    char *once = integrity_signed(signed_list_text(world), &own);
    assert_err(signed_list_error(world, integrity_signed(once, &other)), ERR_STATUS_ISSUER);
    other.signer = world->listed;
    struct statuslist list = {0};
    assert_ok(signed_list_take(world, integrity_signed(once, &other), &list));
    signed_list_assert_good(&list, "BitstringStatusList");
    statuslist_close(&list);
    free(once);
}

static void another_issuers_list_is_refused(void **state) {
    struct signed_list *world = *state;
    static const enum proof_suite suites[] = {PROOF_EDDSA_RDFC_2022, PROOF_EDDSA_JCS_2022};
    char text[4096];
    snprintf(text, sizeof text, "%s", signed_list_text(world));
    memcpy(strstr(text, SIGNED_LIST_ISSUER), "did:web:b.example", strlen(SIGNED_LIST_ISSUER));
    for (size_t i = 0; i < sizeof suites / sizeof *suites; i++) {
        assert_err(signed_list_error(world, signed_list_make(world, text, suites[i])), ERR_STATUS_ISSUER);
    }
}

static void a_proof_for_something_else_is_refused_by_name(void **state) {
    struct signed_list *world = *state;
    struct integrity_sign how = signed_list_how(world, PROOF_EDDSA_RDFC_2022);
    assert_err(signed_list_error(world, strdup(signed_list_text(world))), ERR_PROOF_NONE);
    how.purpose = "authentication";
    assert_err(signed_list_error(world, integrity_signed(signed_list_text(world), &how)), ERR_PROOF_PURPOSE);
    char *text = signed_list_make(world, signed_list_text(world), PROOF_EDDSA_RDFC_2022);
    memcpy(strstr(text, "eddsa-rdfc-2022"), "eddsa-rdfc-2032", 15);
    assert_err(signed_list_error(world, text), ERR_PROOF_SUITE);
    assert_err(signed_list_error(world, strdup("{\"@context\":[]")), ERR_JSON_SYNTAX);
}

/* A derived proof shows a part of what was signed; of a list nobody may show a part. */
static void a_derived_proof_is_refused(void **state) {
    struct signed_list *world = *state;
    world->listed = world->p256;
    char *text = signed_list_make(world, signed_list_text(world), PROOF_ECDSA_SD_2023);
    assert_err(signed_list_error(world, text), ERR_PROOF_SUITE);
}

static void without_its_contexts_a_list_is_refused_by_name(void **state) {
    struct signed_list *world = *state;
    struct statuslist_keys keys = {world, signed_list_next_key};
    struct statuslist list = {0};
    char *text = signed_list_make(world, signed_list_text(world), PROOF_EDDSA_RDFC_2022);
    assert_err(statuslist_read(&(struct statuslist_source){.text = span_of_text(text),
                                                           .issuer = span_of_text(SIGNED_LIST_ISSUER),
                                                           .keys = &keys,
                                                           .shelf = NULL},
                               &list),
               ERR_CONTEXT_UNKNOWN);
    free(text);
    text = signed_list_make(world, signed_list_text(world), PROOF_EDDSA_JCS_2022); /* names no statement */
    assert_ok(statuslist_read(&(struct statuslist_source){.text = span_of_text(text),
                                                          .issuer = span_of_text(SIGNED_LIST_ISSUER),
                                                          .keys = &keys,
                                                          .shelf = NULL},
                              &list));
    statuslist_close(&list);
    free(text);
}

/* Its issuer signed under another version of a context than the one that is tried first. */
static void every_version_of_a_context_is_tried(void **state) {
    struct signed_list *world = *state;
    static const char address[] = "https://a.example/c",
                      good[] = "{\"@context\":{\"note\":\"https://a.example/note\"}}",
                      other[] = "{\"@context\":{\"note\":\"https://a.example/other\"}}";
    assert_ok(shelf_add_json(&world->vocabulary.shelf, span_of_text(address), span_of_text(good)));
    char *text = signed_list_make(
        world,
        signed_list_with(world, "\"" SIGNED_LIST_V2 "\",\"https://a.example/c\"", "\"note\":\"n\",", ""),
        PROOF_EDDSA_RDFC_2022);
    assert_ok(shelf_add_json(&world->vocabulary.shelf, span_of_text(address), span_of_text(other)));
    struct shelf *shelf = &world->vocabulary.shelf; /* the other version comes to stand first */
    struct shelf_entry moved = shelf->entries[shelf->count - 2];
    shelf->entries[shelf->count - 2] = shelf->entries[shelf->count - 1];
    shelf->entries[shelf->count - 1] = moved;
    struct statuslist list = {0};
    assert_ok(signed_list_take(world, text, &list));
    signed_list_assert_good(&list, "BitstringStatusList");
    statuslist_close(&list);
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, signed_list_start, signed_list_stop)

int main(void) {
    static const struct CMUnitTest tests[] = {
        IN_WORLD(reads_lists_with_a_proof_of_each_suite),
        IN_WORLD(reads_a_list_of_2021),
        IN_WORLD(the_earliest_end_counts),
        IN_WORLD(entries_of_several_bits_are_read),
        IN_WORLD(a_list_that_was_altered_is_refused),
        IN_WORLD(a_proof_by_others_is_refused),
        IN_WORLD(every_proof_must_be_right),
        IN_WORLD(another_issuers_list_is_refused),
        IN_WORLD(a_proof_for_something_else_is_refused_by_name),
        IN_WORLD(a_derived_proof_is_refused),
        IN_WORLD(without_its_contexts_a_list_is_refused_by_name),
        IN_WORLD(every_version_of_a_context_is_tried),
    };
    return crypto_start() == ERR_OK ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
