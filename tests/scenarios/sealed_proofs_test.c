/* SPDX-License-Identifier: Apache-2.0 */
/* Several proofs, other people's proofs, and parts of a credential, under the whole verifier. */
#include "tests/lib/check.h"
#include "tests/lib/world_fixture.h"
#include "tests/lib/judge_one.h"
#include "tests/lib/sealed.h"
#include "tests/lib/sealed_presented.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/lib/forge.h"

#define EDDSA (&sealed_ways[SEALED_EDDSA_RDFC])
#define ES256 (&sealed_ways[SEALED_P256_RDFC])
#define SD    (&sealed_ways[SEALED_SD])

static json_t *badge(void) {
    json_t *document = json_loads(sealed_badge, 0, NULL);
    assert_non_null(document);
    return document;
}

/* Add a proof: by this way, but with another key, method and options where they are given. */
struct addition {
    const struct sealed_way *way;
    const struct signer *signer;
    const char *method, *purpose, *more;
};

static void add(json_t *document, const struct addition *a) {
    struct shelf_view view;
    struct context_library library;
    struct integrity_sign order = sealed_order(&world, a->way, &view, &library);
    order.signer = a->signer != NULL ? a->signer : order.signer;
    order.method = a->method != NULL ? a->method : order.method;
    order.purpose = a->purpose;
    order.more = a->more;
    integrity_sign(document, &order);
}

/* did:key:K#K; the text is the caller's. */
static const char *method_of(const char *did, char out[600]) {
    snprintf(out, 600, "%s#%s", did, did + strlen("did:key:"));
    return out;
}

/* Judge it as it is, and release it. */
static void expect(json_t *document, enum verdict_reason reason, enum err cause) {
    struct verdict verdict = {0};
    char *text = json_dumps(document, JSON_COMPACT);
    world_verify(&world, span_of_text(text), &verdict);
    if (verdict.reason != reason || verdict.cause != cause) {
        fail_msg("%s by %s: %s", verdict_reason_code(verdict.reason), err_name(verdict.cause), text);
    }
    free(text);
    json_decref(document);
}

static json_t *signed_by(const struct addition *first, const struct addition *second) {
    json_t *document = badge();
    add(document, first);
    if (second != NULL) {
        add(document, second);
    }
    return document;
}

/* The value of one of a document's proofs is another one's. */
static void spoil(json_t *document, size_t at, size_t from) {
    json_t *proofs = json_object_get(document, "proof");
    json_object_set(json_array_get(proofs, at), "proofValue",
                    json_object_get(json_array_get(proofs, from), "proofValue"));
}

static void a_second_proof_of_a_stranger_adds_nothing(void **state) {
    (void)state;
    char method[600];
    struct addition own = {.way = EDDSA};
    struct addition stranger = {
        .way = EDDSA, .signer = world.keys[WORLD_STRANGER], .method = method_of(world.did_stranger, method)};
    expect(signed_by(&own, &stranger), REASON_OK, ERR_OK);
    expect(signed_by(&stranger, &own), REASON_OK, ERR_OK);
    expect(signed_by(&stranger, NULL), REASON_KEY_NOT_CACHED, ERR_OK);
    expect(signed_by(&stranger, &stranger), REASON_KEY_NOT_CACHED, ERR_OK);
}

static void each_proof_that_can_be_checked_must_be_right(void **state) {
    (void)state;
    char method[600];
    struct addition own = {.way = EDDSA};
    struct addition stranger = {
        .way = EDDSA, .signer = world.keys[WORLD_STRANGER], .method = method_of(world.did_stranger, method)};
    json_t *document = signed_by(&own, &stranger);
    spoil(document, 1, 0);
    expect(document, REASON_ALTERED, ERR_SIGNATURE_WRONG);
    document = signed_by(&stranger, &own);
    spoil(document, 0, 1);
    expect(document, REASON_ALTERED, ERR_SIGNATURE_WRONG);
    struct addition other = {.way = EDDSA, .signer = world.keys[WORLD_STRANGER]};
    expect(signed_by(&own, &other), REASON_ALTERED, ERR_SIGNATURE_WRONG);
    struct addition curve = {.way = ES256};
    expect(signed_by(&own, &curve), REASON_OK, ERR_OK);
    document = signed_by(&own, &curve);
    json_object_set_new(json_array_get(json_object_get(document, "proof"), 1), "proofValue",
                        json_string("z"));
    expect(document, REASON_MALFORMED, ERR_SIGNATURE_SHAPE);
}

static void the_best_of_the_issuers_keys_is_relied_on(void **state) {
    (void)state;
    struct addition withdrawn = {
        .way = ES256, .signer = world.keys[WORLD_WITHDRAWN], .method = WORLD_ISSUER "#withdrawn"};
    struct addition status = {
        .way = ES256, .signer = world.keys[WORLD_STATUS], .method = WORLD_ISSUER "#status"};
    struct addition own = {.way = EDDSA};
    expect(signed_by(&withdrawn, NULL), REASON_KEY_WITHDRAWN, ERR_OK);
    expect(signed_by(&status, NULL), REASON_OUT_OF_SCOPE, ERR_OK);
    expect(signed_by(&withdrawn, &own), REASON_OK, ERR_OK);
    expect(signed_by(&own, &status), REASON_OK, ERR_OK);
    expect(signed_by(&status, &withdrawn), REASON_KEY_WITHDRAWN, ERR_OK);
}

/* A credential whose issuer is a key itself. */
static json_t *issued_by(const char *did) {
    char *text = forge_replaced(sealed_badge, WORLD_ISSUER "\",\"type\"", "DID\",\"type\"");
    char *whole = forge_replaced(text, "DID", did);
    json_t *document = json_loads(whole, 0, NULL);
    json_object_del(document, "credentialStatus"); /* a list of somebody else's */
    free(text);
    free(whole);
    return document;
}

static void the_method_must_be_the_issuers(void **state) {
    (void)state;
    char own[600], other[600];
    struct addition right = {
        .way = EDDSA, .signer = world.keys[WORLD_DID_KEY], .method = method_of(world.did_key, own)};
    struct addition stranger = {
        .way = EDDSA, .signer = world.keys[WORLD_STRANGER], .method = method_of(world.did_stranger, other)};
    struct addition lying = {.way = EDDSA, .signer = world.keys[WORLD_STRANGER], .method = own};
    json_t *document = issued_by(world.did_key);
    add(document, &right);
    expect(document, REASON_OK, ERR_OK);
    document = issued_by(world.did_key);
    add(document, &stranger);
    expect(document, REASON_MALFORMED, ERR_PROOF_CONTROLLER);
    document = issued_by(world.did_key);
    add(document, &lying);
    expect(document, REASON_ALTERED, ERR_SIGNATURE_WRONG);
    document = issued_by(world.did_stranger);
    add(document, &stranger);
    expect(document, REASON_UNKNOWN_ISSUER, ERR_OK);
    document = issued_by(world.did_stranger);
    add(document, &right);
    expect(document, REASON_MALFORMED, ERR_PROOF_CONTROLLER);
    expect(signed_by(&right, NULL), REASON_KEY_NOT_CACHED, ERR_OK);
}

static void a_proof_says_what_it_is_for_and_until_when(void **state) {
    (void)state;
    for (size_t i = 0; i < SEALED_WAYS; i++) {
        const struct sealed_way *way = &sealed_ways[i];
        struct addition ended = {.way = way, .more = "{\"expires\":\"2026-02-01T00:00:00Z\"}"};
        struct addition later = {.way = way, .more = "{\"expires\":\"2026-12-01T00:00:00Z\"}"};
        struct addition purpose = {.way = way, .purpose = "authentication"};
        const struct {
            const struct addition *how;
            enum verdict_reason reason;
            enum err cause;
        } cases[] = {{&ended, REASON_EXPIRED, ERR_OK},
                     {&later, REASON_OK, ERR_OK},
                     {&purpose, REASON_MALFORMED, ERR_PROOF_PURPOSE}};
        for (size_t n = 0; n < sizeof cases / sizeof *cases; n++) {
            json_t *document = json_loads(sealed_text(way), 0, NULL);
            add(document, cases[n].how);
            expect(document, cases[n].reason, cases[n].cause);
        }
    }
}

static void a_chain_needs_each_of_its_links(void **state) {
    (void)state;
    struct addition first = {.way = EDDSA, .more = "{\"id\":\"urn:uuid:proof-1\"}"};
    struct addition second = {.way = ES256, .more = "{\"previousProof\":\"urn:uuid:proof-1\"}"};
    expect(signed_by(&first, &second), REASON_OK, ERR_OK);
    json_t *document = signed_by(&first, &second);
    json_array_remove(json_object_get(document, "proof"), 0);
    expect(document, REASON_MALFORMED, ERR_PROOF_CHAIN);
    document = signed_by(&first, &second);
    json_object_set_new(json_array_get(json_object_get(document, "proof"), 0), "created",
                        json_string("2026-01-03T00:00:00Z"));
    expect(document, REASON_ALTERED, ERR_SIGNATURE_WRONG);
}

static void nine_proofs_are_too_many(void **state) {
    (void)state;
    struct addition own = {.way = EDDSA};
    json_t *document = badge();
    for (unsigned i = 0; i < LIMIT_PROOFS; i++) {
        add(document, &own);
    }
    expect(json_deep_copy(document), REASON_OK, ERR_OK);
    add(document, &own);
    expect(document, REASON_UNSUPPORTED, ERR_PROOF_TOO_MANY);
}

static void a_part_of_a_credential_shows_no_more_than_it_holds(void **state) {
    (void)state;
    struct verdict verdict = {0};
    json_t *whole = badge(), *part = badge();
    json_object_del(json_object_get(part, "credentialSubject"), "identifier");
    json_object_del(part, "name");
    char *text = json_dumps(sealed_presented_part(&world, whole, part), JSON_COMPACT);
    world_verify(&world, span_of_text(text), &verdict);
    assert_int_equal(verdict.reason, REASON_OK);
    assert_int_equal(verdict.credential.holder.len, 0);
    assert_span_text(span_of_bytes(verdict.credential.achievement.bytes, verdict.credential.achievement.len),
                     "Pioneer");
    /* what was left out does not come back without its signature */
    json_object_set(part, "name", json_object_get(whole, "name"));
    expect(json_incref(part), REASON_MALFORMED, ERR_PROOF_UNSIGNED);
    free(text);
    json_decref(part);
    json_decref(whole);
}

static void as_many_parts_as_are_judged_can_be_judged(void **state) {
    (void)state;
    size_t tags = LIMIT_PROOF_PARTS - SEALED_PRESENTED_OTHERS;
    expect(sealed_presented_part(&world, NULL, sealed_presented_tagged(tags)), REASON_OK, ERR_OK);
    expect(sealed_presented_part(&world, NULL, sealed_presented_tagged(tags + 1)), REASON_UNSUPPORTED,
           ERR_PROOF_PARTS);
}

/* A badge with an endorsement of itself inside (Open Badges 3.0, EndorsementSubject): the two name each other. */
static void an_endorsement_of_the_badge_inside_it_is_a_part_of_it(void **state) {
    (void)state;
    for (size_t i = 0; i < SEALED_WAYS; i++) {
        struct shelf_view view;
        struct context_library library;
        struct integrity_sign order = sealed_order(&world, &sealed_ways[i], &view, &library);
        json_t *document = json_loads(sealed_text(&sealed_ways[i]), 0, NULL);
        const char *from = sealed_ways[i].version_1 ? "issuanceDate" : "validFrom";
        json_object_set_new(document, "endorsement",
                            json_pack("[{s:s,s:[s,s],s:s,s:s,s:{s:s,s:s,s:s}}]", "id", "urn:uuid:endorsement",
                                      "type", "VerifiableCredential", "EndorsementCredential", "issuer",
                                      "https://friend.example", from, "2026-01-01T00:00:00Z",
                                      "credentialSubject", "id",
                                      json_string_value(json_object_get(document, "id")), "type",
                                      "EndorsementSubject", "endorsementComment", "A good badge"));
        integrity_sign(document, &order);
        expect(document, REASON_OK, ERR_OK);
    }
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_second_proof_of_a_stranger_adds_nothing),
        cmocka_unit_test(each_proof_that_can_be_checked_must_be_right),
        cmocka_unit_test(the_best_of_the_issuers_keys_is_relied_on),
        cmocka_unit_test(the_method_must_be_the_issuers),
        cmocka_unit_test(a_proof_says_what_it_is_for_and_until_when),
        cmocka_unit_test(a_chain_needs_each_of_its_links),
        cmocka_unit_test(nine_proofs_are_too_many),
        cmocka_unit_test(a_part_of_a_credential_shows_no_more_than_it_holds),
        cmocka_unit_test(as_many_parts_as_are_judged_can_be_judged),
        cmocka_unit_test(an_endorsement_of_the_badge_inside_it_is_a_part_of_it),
    };
    return cmocka_run_group_tests_name("sealed, proofs", tests, world_set_up, world_tear_down);
}
