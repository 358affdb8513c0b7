/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/lib/forge.h"
#include "tests/lib/signed_list.h"

#define CRED   "https://www.w3.org/2018/credentials#"
#define STATUS "https://www.w3.org/ns/credentials/status#"

/* A list in a vocabulary of its own, in which encodedList is none. */
static const char own_words[] =
    "{\"@context\":[\"" SIGNED_LIST_DI "\",{\"VerifiableCredential\":\"" CRED
    "VerifiableCredential\",\"List\":\"" STATUS
    "BitstringStatusListCredential\",\"BitstringStatusListCredential\":\"https://a.example/"
    "bait\",\"Bits\":\"" STATUS "BitstringStatusList\",\"issuer\":{\"@id\":\"" CRED
    "issuer\",\"@type\":\"@id\"},\"validFrom\":\"" CRED "validFrom\",\"credentialSubject\":\"" CRED
    "credentialSubject\",\"statusPurpose\":\"" STATUS
    "statusPurpose\",\"encodedList\":\"https://a.example/bait\",\"real\":\"" STATUS "encodedList\"}],"
    "\"id\":\"https://a.example/"
    "1\",\"type\":[\"VerifiableCredential\",\"List\"],\"issuer\":\"" SIGNED_LIST_ISSUER
    "\",\"validFrom\":\"2026-09-01T00:00:00Z\",\"credentialSubject\":{\"type\":\"Bits\","
    "\"statusPurpose\":\"revocation\",\"encodedList\":\"%s\",\"real\":\"%s\"}}";

/* Names mean what the signed context makes of them: a member called encodedList may be no list. */
static void only_what_signed_statements_say_is_read(void **state) {
    struct signed_list *world = *state;
    struct statuslist list = {0};
    char text[4096];
    snprintf(text, sizeof text, own_words, world->clear, world->set);
    assert_ok(signed_list_take(world, signed_list_make(world, text, PROOF_EDDSA_RDFC_2022), &list));
    signed_list_assert_good(&list, "BitstringStatusList");
    statuslist_close(&list);
    static const char *const baits[][2] = {
        {"\"List\"],\"issuer\"", "\"BitstringStatusListCredential\"],\"issuer\""},
        {"\"type\":[\"VerifiableCredential\",", "\"type\":[\"https://a.example/bait\","},
        {"\"type\":\"Bits\"", "\"type\":\"https://a.example/bait\""},
        {"\"credentialSubject\":{\"type\"", "\"credentialSubject\":[{\"type\":\"Bits\"}],\"real\":{\"type\""},
        {"\"real\":\"u", "\"https://a.example/bait\":\"u"},
    };
    for (size_t i = 0; i < sizeof baits / sizeof *baits; i++) {
        char *bait = forge_replaced(text, baits[i][0], baits[i][1]);
        assert_err(signed_list_error(world, signed_list_make(world, bait, PROOF_EDDSA_RDFC_2022)),
                   ERR_STATUS_SHAPE);
        free(bait);
    }
}

/* Which of them would an entry mean? */
static void two_lists_in_one_document_are_refused(void **state) {
    struct signed_list *world = *state;
    char text[4096], both[8192];
    struct statuslist list = {0};
    snprintf(text, sizeof text, own_words, world->clear, world->set);
    const char *node = strstr(text, "\"id\":\"https://a.example/1\"");
    char *other = forge_replaced(node, "https://a.example/1", "https://a.example/2");
    snprintf(both, sizeof both, "%.*s\"@graph\":[{%s]}", (int)(node - text), text, node);
    assert_ok(signed_list_take(world, signed_list_make(world, both, PROOF_EDDSA_RDFC_2022), &list));
    statuslist_close(&list);
    snprintf(both, sizeof both, "%.*s\"@graph\":[{%s,{%s]}", (int)(node - text), text, other, node);
    assert_err(signed_list_error(world, signed_list_make(world, both, PROOF_EDDSA_RDFC_2022)),
               ERR_STATUS_SHAPE);
    free(other);
}

static void a_list_that_says_a_fact_twice_is_refused(void **state) {
    struct signed_list *world = *state;
    static const char *const twice[][2] = {
        {"\"issuer\":\"" SIGNED_LIST_ISSUER "\",",
         "\"issuer\":[\"" SIGNED_LIST_ISSUER "\",\"did:web:b.example\"],"},
        {"\"encodedList\":", "\"ttl\":[1000,2000],\"encodedList\":"},
        {"\"encodedList\":", "\"ttl\":\"soon\",\"encodedList\":"},
        {"\"encodedList\":", "\"ttl\":-5,\"encodedList\":"},
        {"\"encodedList\":", "\"ttl\":1.5,\"encodedList\":"},
        {"\"validFrom\":\"2026-09-01T00:00:00Z\",", ""},
    };
    for (size_t i = 0; i < sizeof twice / sizeof *twice; i++) {
        char *text = forge_replaced(signed_list_text(world), twice[i][0], twice[i][1]);
        assert_err(signed_list_error(world, signed_list_make(world, text, PROOF_EDDSA_RDFC_2022)),
                   ERR_STATUS_SHAPE);
        free(text);
    }
}

static bool has_purpose(const struct statuslist *list, const char *purpose) {
    bool found = false;
    for (size_t i = 0; i < list->purpose_count; i++) {
        found = found || span_equal_text(list->purposes[i], purpose);
    }
    return found;
}

/* One list may serve several purposes (Bitstring Status List 1.0 section 2.2), in whatever order they are signed. */
static void every_purpose_of_a_list_is_read(void **state) {
    struct signed_list *world = *state;
    struct statuslist list = {0};
    char *text = forge_replaced(signed_list_text(world), "\"revocation\"",
                                "[\"suspension\",\"revocation\",\"refresh\"]");
    assert_ok(signed_list_take(world, signed_list_make(world, text, PROOF_EDDSA_RDFC_2022), &list));
    assert_int_equal(list.purpose_count, 3);
    assert_true(has_purpose(&list, "revocation") && has_purpose(&list, "suspension") &&
                has_purpose(&list, "refresh"));
    statuslist_close(&list);
    free(text);
}

static void a_list_with_no_purpose_or_more_than_may_be_is_refused(void **state) {
    struct signed_list *world = *state;
    static const char *const purposes[] = {"[]", "[\"1\",\"2\",\"3\",\"4\",\"5\"]", "[\"revocation\",\"\"]"};
    for (size_t i = 0; i < sizeof purposes / sizeof *purposes; i++) {
        char *text = forge_replaced(signed_list_text(world), "\"revocation\"", purposes[i]);
        assert_err(signed_list_error(world, signed_list_make(world, text, PROOF_EDDSA_RDFC_2022)),
                   ERR_STATUS_SHAPE);
        free(text);
    }
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, signed_list_start, signed_list_stop)

int main(void) {
    static const struct CMUnitTest tests[] = {
        IN_WORLD(only_what_signed_statements_say_is_read),
        IN_WORLD(two_lists_in_one_document_are_refused),
        IN_WORLD(a_list_that_says_a_fact_twice_is_refused),
        IN_WORLD(every_purpose_of_a_list_is_read),
        IN_WORLD(a_list_with_no_purpose_or_more_than_may_be_is_refused),
    };
    return crypto_start() == ERR_OK ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
