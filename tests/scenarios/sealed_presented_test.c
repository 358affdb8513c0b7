/* SPDX-License-Identifier: Apache-2.0 */
/* Presentations of sealed credentials under the whole verifier: who signed them, and what they may cost. */
#include "tests/lib/check.h"
#include "tests/lib/world_fixture.h"
#include "tests/lib/sealed.h"
#include "tests/lib/sealed_presented.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/lib/forge.h"

#define EDDSA (&sealed_ways[SEALED_EDDSA_RDFC])
#define SD    (&sealed_ways[SEALED_SD])

static void judge_document(const json_t *document, struct verdicts *out) {
    char *text = json_dumps(document, JSON_COMPACT);
    world_verify_all(&world, span_of_text(text), out);
    free(text);
}

/* A badge of the holder whose key is WORLD_DID_JWK, signed; nothing in it but graphs is nameless. */
static json_t *badge_of_holder(const char *id) {
    struct shelf_view view;
    struct context_library library;
    struct integrity_sign order = sealed_order(&world, EDDSA, &view, &library);
    char *named = forge_replaced(sealed_badge, "did:example:ada", world.did_jwk);
    char *text = forge_replaced(named, "urn:uuid:ada-1", id);
    json_t *document = json_loads(text, 0, NULL);
    json_t *subject = json_object_get(document, "credentialSubject");
    json_object_del(subject, "identifier");
    json_object_set_new(json_object_get(json_object_get(subject, "achievement"), "criteria"), "id",
                        json_string("urn:uuid:criteria"));
    order.more = "{\"id\":\"urn:uuid:proof\"}";
    integrity_sign(document, &order);
    free(named);
    free(text);
    return document;
}

static json_t *presentation_of(json_t *credential) {
    return json_pack("{s:[s,s],s:s,s:[s],s:s,s:[o]}", "@context", "https://www.w3.org/ns/credentials/v2",
                     "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json", "id", "urn:uuid:shown",
                     "type", "VerifiablePresentation", "holder", world.did_jwk, "verifiableCredential",
                     credential);
}

/* The holder's proof may be one of parts as well: each of them must be right. */
static void a_presentation_signed_in_parts_needs_each_of_them(void **state) {
    (void)state;
    static const char *const mandatory[] = {"#holder> ", NULL};
    struct shelf_view view;
    struct context_library library;
    struct verdicts verdicts = {0};
    char method[600];
    struct integrity_sign order = sealed_order(&world, SD, &view, &library);
    snprintf(method, sizeof method, "%s#0", world.did_jwk);
    order.mandatory = mandatory;
    order.method = method;
    order.purpose = "authentication";
    order.signer = world.keys[WORLD_DID_JWK];
    json_t *presentation = presentation_of(badge_of_holder("urn:uuid:ada-1"));
    integrity_sign(presentation, &order);
    judge_document(presentation, &verdicts);
    assert_int_equal(verdicts.count, 1);
    assert_int_equal(verdicts.list[0].reason, REASON_OK);
    assert_int_equal(verdicts.list[0].checks[CHECK_HOLDER].result, RESULT_PASSED);
    /* Other credentials; in half of them the nameless graphs keep their labels, and the base signature is right. */
    for (unsigned n = 2; n < 10; n++) {
        char id[32];
        snprintf(id, sizeof id, "urn:uuid:ada-%u", n);
        json_object_set_new(presentation, "verifiableCredential", json_pack("[o]", badge_of_holder(id)));
        judge_document(presentation, &verdicts);
        assert_int_equal(verdicts.list[0].reason, REASON_ALTERED);
        assert_int_equal(verdicts.list[0].cause, ERR_SIGNATURE_WRONG);
    }
    json_decref(presentation);
}

/* What credentials, proofs, parts and versions of contexts cost together is bounded, whatever each may. */
static void insist_on_an_end(void *ctx, const struct sealed_presented *presented) {
    struct verdicts verdicts = {0};
    (void)ctx;
    world_verify_all(&world, presented->payload, &verdicts);
    assert_int_equal(verdicts.count, LIMIT_PRESENTED);
    const struct verdict *last = &verdicts.list[LIMIT_PRESENTED - 1];
    if (last->reason != REASON_UNSUPPORTED || last->cause != presented->last) {
        fail_msg("%s: %s by %s", presented->name, verdict_reason_code(last->reason), err_name(last->cause));
    }
}

static void a_scan_ends_however_much_is_presented(void **state) {
    (void)state;
    sealed_presented_each(&world, insist_on_an_end, NULL);
}

/* The first of eight is judged as if it were alone. */
static void what_was_judged_before_the_end_stays_judged(void **state) {
    (void)state;
    struct verdicts verdicts = {0};
    json_t *part = sealed_presented_tagged(LIMIT_PROOF_PARTS - SEALED_PRESENTED_OTHERS);
    json_t *presentation = sealed_presented_by_nobody(sealed_presented_part(&world, NULL, part), 2);
    judge_document(presentation, &verdicts);
    assert_int_equal(verdicts.count, 2);
    assert_int_equal(verdicts.list[0].reason, REASON_OK);
    assert_int_equal(verdicts.list[1].cause, ERR_BUDGET);
    json_decref(presentation);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_presentation_signed_in_parts_needs_each_of_them),
        cmocka_unit_test(a_scan_ends_however_much_is_presented),
        cmocka_unit_test(what_was_judged_before_the_end_stays_judged),
    };
    return cmocka_run_group_tests_name("sealed, presented", tests, world_set_up, world_tear_down);
}
