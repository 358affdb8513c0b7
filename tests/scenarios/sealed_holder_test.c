/* SPDX-License-Identifier: Apache-2.0 */
/* Signed presentations that somebody changes or takes over: never "signed by its holder" for what the holder did not
 * sign. */
#include "tests/lib/check.h"
#include "tests/lib/sealed.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/lib/forge.h"

#define EDDSA_RDFC (&sealed_ways[0])
#define EDDSA_JCS  (&sealed_ways[5])

static struct world world;
static char holder_method[600];

static int set_up(void **state) {
    (void)state;
    world_start(&world, false);
    snprintf(holder_method, sizeof holder_method, "%s#%s", world.did_stranger,
             world.did_stranger + strlen("did:key:"));
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    world_stop(&world);
    return 0;
}

/* A badge for this person, signed by its issuer. */
static json_t *badge_of(const char *did, const char *id, const struct sealed_way *way) {
    char *named = forge_replaced(sealed_badge, "did:example:ada", did);
    char *text = forge_replaced(named, "urn:uuid:ada-1", id);
    char *sealed = sealed_by(&world, way, text);
    json_t *document = json_loads(sealed, 0, NULL);
    free(sealed);
    free(text);
    free(named);
    return document;
}

/* A presentation of the holder's own badge, signed by them for this purpose; WORLD_STRANGER is the holder. */
static json_t *presentation(const struct sealed_way *way, const char *purpose, const char *more) {
    struct shelf_view view;
    struct context_library library;
    struct integrity_sign order = sealed_order(&world, way, &view, &library);
    json_t *document =
        json_pack("{s:[s,s],s:s,s:s,s:s,s:[o]}", "@context", "https://www.w3.org/ns/credentials/v2",
                  "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json", "id", "urn:uuid:shown",
                  "type", "VerifiablePresentation", "holder", world.did_stranger, "verifiableCredential",
                  badge_of(world.did_stranger, "urn:uuid:ada-1", way));
    order.method = holder_method;
    order.purpose = purpose;
    order.more = more;
    order.signer = world.keys[WORLD_STRANGER];
    integrity_sign(document, &order);
    return document;
}

static void judge_by(const json_t *document, struct interval now, struct verdicts *out) {
    static const struct policy no_rules = {0};
    struct verify_grounds grounds = {
        .lists = world.pack, .shelf = &world.vocabulary.shelf, .policy = &no_rules, .now = &now};
    char *text = json_dumps(document, JSON_COMPACT);
    verify(span_of_text(text), &grounds, &world.arena, out);
    free(text);
}

static void judge(const json_t *document, struct verdicts *out) {
    judge_by(document, interval_at(WORLD_NOW_S), out);
}

/* What an attacker makes of it, and what the kiosk says of each credential then. */
struct attack {
    const char *name;
    void (*change)(json_t *document, const struct sealed_way *way);
    enum verdict_reason reason;
    enum verdict_sentence holder;
};

static json_t *list_of(json_t *document) {
    return json_object_get(document, "verifiableCredential");
}

static void nothing(json_t *document, const struct sealed_way *way) {
    (void)document;
    (void)way;
}

static void add_their_other(json_t *document, const struct sealed_way *way) {
    json_array_append_new(list_of(document), badge_of(world.did_stranger, "urn:uuid:ada-2", way));
}

static void add_the_same_again(json_t *document, const struct sealed_way *way) {
    (void)way;
    json_array_append(list_of(document), json_array_get(list_of(document), 0));
}

static void add_to_the_graph(json_t *document, const struct sealed_way *way) {
    json_t *other = badge_of(world.did_stranger, "urn:uuid:ada-2", way);
    json_array_append_new(list_of(document), json_pack("[o]", other));
}

static void exchange(json_t *document, const struct sealed_way *way) {
    json_array_set_new(list_of(document), 0, badge_of(world.did_stranger, "urn:uuid:ada-2", way));
}

static void exchange_by_somebody_elses(json_t *document, const struct sealed_way *way) {
    json_array_set_new(list_of(document), 0, badge_of("did:example:eve", "urn:uuid:ada-2", way));
}

static void exchange_by_an_envelope(json_t *document, const struct sealed_way *way) {
    char header[400];
    struct room token = forge_room(8192);
    (void)way;
    char *claims = forge_replaced(world_badge, "did:example:ada", world.did_stranger);
    char *both = forge_replaced(claims, "\"sub\":\"did:example:ada\"", "\"sub\":\"HOLDER\"");
    char *whole = forge_replaced(both, "HOLDER", world.did_stranger);
    world_header(&world, WORLD_EDDSA, false, header);
    forge_token(span_of_text(header), span_of_text(whole), world.keys[WORLD_EDDSA], &token);
    json_array_set_new(list_of(document), 0,
                       json_pack("{s:s,s:o,s:s}", "@context", "https://www.w3.org/ns/credentials/v2", "id",
                                 json_sprintf("data:application/jwt,%.*s", (int)token.len, (char *)token.ptr),
                                 "type", "EnvelopedVerifiableCredential"));
    forge_release(&token);
    free(whole);
    free(both);
    free(claims);
}

static void take_the_proof_away(json_t *document, const struct sealed_way *way) {
    (void)way;
    json_object_del(document, "proof");
}

static void name_another_holder(json_t *document, const struct sealed_way *way) {
    (void)way;
    json_object_set_new(document, "holder", json_string("did:example:eve"));
}

static void make_it_younger(json_t *document, const struct sealed_way *way) {
    json_t *proof = json_object_get(document, "proof");
    (void)way;
    proof = json_is_array(proof) ? json_array_get(proof, 0) : proof;
    json_object_set_new(proof, "created", json_string("2026-08-30T00:00:00Z"));
}

static void make_it_a_credential_too(json_t *document, const struct sealed_way *way) {
    (void)way;
    json_object_set_new(document, "type",
                        json_pack("[s,s]", "VerifiablePresentation", "VerifiableCredential"));
}

static const struct attack attacks[] = {
    {"nothing", nothing, REASON_OK, SENTENCE_HOLDER_SIGNED},
    {"their other badge beside it", add_their_other, REASON_ALTERED, SENTENCE_NOT_CHECKED},
    {"the same badge again", add_the_same_again, REASON_ALTERED, SENTENCE_NOT_CHECKED},
    {"another badge in its place", exchange, REASON_ALTERED, SENTENCE_NOT_CHECKED},
    {"somebody else's in its place", exchange_by_somebody_elses, REASON_ALTERED, SENTENCE_NOT_CHECKED},
    {"a token in its place", exchange_by_an_envelope, REASON_ALTERED, SENTENCE_NOT_CHECKED},
    {"no signature", take_the_proof_away, REASON_OK, SENTENCE_HOLDER_NONE},
    {"another holder", name_another_holder, REASON_MALFORMED, SENTENCE_NOT_CHECKED},
    {"another time of signing", make_it_younger, REASON_ALTERED, SENTENCE_NOT_CHECKED},
    {"a credential too", make_it_a_credential_too, REASON_ALTERED, SENTENCE_NOT_CHECKED},
};

static void expect(const struct attack *attack, const struct sealed_way *way, const char *purpose) {
    struct verdicts verdicts = {0};
    json_t *document = presentation(way, purpose, NULL);
    attack->change(document, way);
    judge(document, &verdicts);
    for (uint32_t i = 0; i < verdicts.count; i++) {
        const struct verdict *verdict = &verdicts.list[i];
        if (verdict->reason != attack->reason || verdict->checks[CHECK_HOLDER].sentence != attack->holder) {
            fail_msg("%s, %s: %s by %s, %s", way->name, attack->name, verdict_reason_code(verdict->reason),
                     err_name(verdict->cause), verdict_sentence_text(verdict->checks[CHECK_HOLDER].sentence));
        }
    }
    json_decref(document);
}

static void only_what_the_holder_signed_is_signed_by_its_holder(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof attacks / sizeof *attacks; i++) {
        expect(&attacks[i], EDDSA_RDFC, "authentication");
        expect(&attacks[i], EDDSA_JCS, "authentication");
    }
}

/* A proof that was made for another purpose says nothing about who presents. */
static void a_proof_for_another_purpose_adds_nothing(void **state) {
    static const struct attack none = {"another purpose", nothing, REASON_OK, SENTENCE_HOLDER_UNCHECKED};
    (void)state;
    expect(&none, EDDSA_RDFC, "assertionMethod");
    expect(&none, EDDSA_JCS, "assertionMethod");
}

/* A signature for a time that has ended is none. */
static void a_signature_that_has_ended_adds_nothing(void **state) {
    (void)state;
    static const struct clock_reading no_clock = {0};
    static const struct sealed_way *const ways[] = {EDDSA_RDFC, EDDSA_JCS};
    for (size_t i = 0; i < 2; i++) {
        struct verdicts verdicts = {0};
        json_t *ended = presentation(ways[i], "authentication", "{\"expires\":\"2026-02-01T00:00:00Z\"}");
        json_t *later = presentation(ways[i], "authentication", "{\"expires\":\"2026-12-01T00:00:00Z\"}");
        judge(ended, &verdicts);
        assert_int_equal(verdicts.list[0].reason, REASON_OK);
        assert_int_equal(verdicts.list[0].checks[CHECK_HOLDER].sentence, SENTENCE_HOLDER_NONE);
        judge(later, &verdicts);
        assert_int_equal(verdicts.list[0].reason, REASON_OK);
        assert_int_equal(verdicts.list[0].checks[CHECK_HOLDER].sentence, SENTENCE_HOLDER_SIGNED);
        judge_by(later, interval_from_clock(WORLD_NOW_S, &no_clock),
                 &verdicts); /* nobody knows whether it has */
        assert_int_equal(verdicts.list[0].checks[CHECK_HOLDER].sentence, SENTENCE_HOLDER_NONE);
        json_decref(later);
        json_decref(ended);
    }
}

/* An array inside the array is no credential, and shows none. */
static void a_list_inside_the_list_is_no_credential(void **state) {
    static const struct attack nested = {"a list in the list", add_to_the_graph, REASON_MALFORMED,
                                         SENTENCE_NOT_CHECKED};
    struct verdicts verdicts = {0};
    (void)state;
    json_t *document = presentation(EDDSA_RDFC, "authentication", NULL);
    nested.change(document, EDDSA_RDFC);
    judge(document, &verdicts);
    assert_int_equal(verdicts.count, 2);
    assert_int_not_equal(verdicts.list[0].checks[CHECK_HOLDER].sentence, SENTENCE_HOLDER_SIGNED);
    assert_int_equal(verdict_class_of(verdicts.list[1].reason), VERDICT_NOT_VALID);
    json_decref(document);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_what_the_holder_signed_is_signed_by_its_holder),
        cmocka_unit_test(a_proof_for_another_purpose_adds_nothing),
        cmocka_unit_test(a_signature_that_has_ended_adds_nothing),
        cmocka_unit_test(a_list_inside_the_list_is_no_credential),
    };
    return cmocka_run_group_tests_name("sealed, by the holder", tests, set_up, tear_down);
}
