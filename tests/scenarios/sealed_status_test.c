/* SPDX-License-Identifier: Apache-2.0 */
/* Revoked credentials: their status entries written again so that the same was signed. */
#include "tests/lib/check.h"
#include "tests/lib/world_fixture.h"
#include "tests/lib/sealed.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/lib/forge.h"

#define EDDSA_RDFC (&sealed_ways[SEALED_EDDSA_RDFC])
#define EDDSA_JCS  (&sealed_ways[SEALED_EDDSA_JCS])

/* A badge with this entry in a list of its issuer, in which 7 is set. */
static char *badge_with_status(const char *index) {
    char member[100];
    snprintf(member, sizeof member, "\"statusListIndex\":%s,\"statusSize\":1", index);
    return forge_replaced(sealed_badge, "\"statusListIndex\":\"9\"", member);
}

static char *revoked_badge(const struct sealed_way *way) {
    char *text = badge_with_status("7");
    char *sealed = sealed_by(&world, way, text);
    free(text);
    return sealed;
}

static void expect_revoked(const char *text) {
    struct verdict verdict = {0};
    world_verify(&world, span_of_text(text), &verdict);
    if (verdict.reason != REASON_REVOKED) {
        fail_msg("%s by %s: %s", verdict_reason_code(verdict.reason), err_name(verdict.cause), text);
    }
}

static void stays_revoked(const struct sealed_way *way, const char *from, const char *to) {
    char *text = revoked_badge(way);
    char *again = forge_replaced(text, from, to);
    expect_revoked(text);
    expect_revoked(again);
    free(again);
    free(text);
}

static void a_number_in_another_form_is_the_same_number(void **state) {
    (void)state;
    static const struct sealed_way *const ways[] = {EDDSA_JCS, EDDSA_RDFC};
    static const char *const sevens[] = {"7.0", "0.7e1", "700E-2"};
    for (size_t w = 0; w < sizeof ways / sizeof *ways; w++) {
        for (size_t i = 0; i < sizeof sevens / sizeof *sevens; i++) {
            char to[64];
            snprintf(to, sizeof to, "\"statusListIndex\":%s", sevens[i]);
            stays_revoked(ways[w], "\"statusListIndex\":7", to);
        }
        stays_revoked(ways[w], "\"statusSize\":1", "\"statusSize\":1.0");
    }
}

/* Revoked by an entry that the vocabulary for everything swallows: as text it is one of a kind that is known. */
static char *revoked_by_text(void) {
    char *text = badge_with_status("\"7\"");
    char *open =
        forge_replaced(text, "context-3.0.3.json\"",
                       "context-3.0.3.json\",\"https://www.w3.org/ns/credentials/undefined-terms/v2\"");
    char *older = forge_replaced(open, "BitstringStatusListEntry", "StatusList2021Entry");
    char *sealed = sealed_by(&world, EDDSA_JCS, older);
    free(older);
    free(open);
    free(text);
    return sealed;
}

/* Its holder adds a proof of somebody else, over statements: these are not what the issuer signed. */
static void a_stranger_s_proof_over_statements_changes_nothing(void **state) {
    (void)state;
    struct shelf_view view;
    struct context_library library;
    char method[600];
    char *text = revoked_by_text();
    expect_revoked(text);
    json_t *document = json_loads(text, 0, NULL);
    struct integrity_sign order = sealed_order(&world, EDDSA_RDFC, &view, &library);
    snprintf(method, sizeof method, "%s#%s", world.did_stranger, world.did_stranger + strlen("did:key:"));
    order.signer = world.keys[WORLD_STRANGER];
    order.method = method;
    integrity_sign(document, &order);
    char *both = json_dumps(document, JSON_COMPACT);
    expect_revoked(both);
    free(both);
    json_decref(document);
    free(text);
}

/* The badge with another status, signed and judged. */
static struct verdict judge_with_status(const struct sealed_way *way, const char *status,
                                        const char *context) {
    struct verdict verdict = {0};
    char *open = forge_replaced(sealed_badge, "context-3.0.3.json\"", context);
    char *renamed = forge_replaced(open, "urn:uuid:ada-1", WORLD_REVOKED_ID);
    const char *from = strstr(renamed, "\"credentialStatus\""), *to = strstr(renamed, "\"name\":\"Badge");
    char *before = forge_replaced(renamed, from, "");
    struct room text = forge_room(8192);
    assert_ok(room_put_text(&text, before));
    assert_ok(room_put_text(&text, status));
    assert_ok(room_put_text(&text, to));
    assert_ok(room_put_byte(&text, 0));
    char *sealed = sealed_by(&world, way, (const char *)text.ptr);
    world_verify(&world, span_of_text(sealed), &verdict);
    free(sealed);
    forge_release(&text);
    free(before);
    free(renamed);
    free(open);
    return verdict;
}

/* What its issuer notes is signed in either way, and shown. */
static void the_issuer_s_note_is_shown(void **state) {
    (void)state;
    static const struct sealed_way *const ways[] = {EDDSA_JCS, EDDSA_RDFC};
    static const char status[] =
        "\"credentialStatus\":{\"type\":\"BitstringStatusListEntry\",\"statusPurpose\":\"message\","
        "\"statusSize\":2,\"statusListIndex\":\"8\",\"statusMessage\":[{\"status\":\"0x1\",\"message\":"
        "\"settled\"},{\"status\":\"0x2\",\"message\":\"under \\u202ereview\"}],"
        "\"statusListCredential\":\"https://issuer.example/status/8\"},";
    for (size_t w = 0; w < sizeof ways / sizeof *ways; w++) {
        struct verdict verdict = judge_with_status(ways[w], status, "context-3.0.3.json\"");
        const struct shown *message = &verdict.credential.status_message;
        assert_int_equal(verdict.reason, REASON_STATUS_MESSAGE);
        assert_span_text(span_of_bytes(message->bytes, message->len), "under \xE2\x96\xA1review");
    }
}

/* A list of ids is named by the entry's own id, as a statement's subject too. */
static void a_list_of_ids_revokes_in_either_way(void **state) {
    (void)state;
    static const struct sealed_way *const ways[] = {EDDSA_JCS, EDDSA_RDFC};
    static const char status[] = "\"credentialStatus\":{\"id\":\"https://issuer.example/status/11\","
                                 "\"type\":\"1EdTechRevocationList\"},";
    for (size_t w = 0; w < sizeof ways / sizeof *ways; w++) {
        struct verdict verdict = judge_with_status(
            ways[w], status,
            "context-3.0.3.json\",\"https://purl.imsglobal.org/spec/ob/v3p0/extensions.json\"");
        assert_int_equal(verdict.reason, REASON_REVOKED);
        assert_int_equal(verdict.checks[CHECK_STATUS].sentence, SENTENCE_STATUS_REVOKED_UNSIGNED);
    }
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_in_another_form_is_the_same_number),
        cmocka_unit_test(the_issuer_s_note_is_shown),
        cmocka_unit_test(a_list_of_ids_revokes_in_either_way),
        cmocka_unit_test(a_stranger_s_proof_over_statements_changes_nothing),
    };
    return cmocka_run_group_tests_name("sealed, revoked", tests, world_set_up, world_tear_down);
}
