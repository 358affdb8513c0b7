/* SPDX-License-Identifier: Apache-2.0 */
/* What freshness tokens change for a credential: the age of the lists, and what was revoked since they were made. */
#include "tests/lib/check.h"

#include <stdlib.h>

#include "crypto/jwk.h"
#include "tests/lib/forge.h"
#include "tests/lib/world_fixture.h"

#define DAY_S TESTPACK_DAY_S
/* When the tokens of these tests were made. */
#define TOKEN_S (WORLD_NOW_S - 3600)

static struct fresh fresh;
static struct verdict verdict;

static int set_up(void **state) {
    (void)state;
    fresh = (struct fresh){.tokens = 1, .iat_s = TOKEN_S, .next_update_s = WORLD_NOW_S + DAY_S};
    world.fresh = &fresh;
    world.now = interval_at(WORLD_NOW_S);
    return 0;
}

static void revoke_hash(enum fresh_kind kind, const uint8_t sha256[CRYPTO_SHA256_BYTES]) {
    struct fresh_revocation *revoked = &fresh.revoked[fresh.count++];
    *revoked = (struct fresh_revocation){.kind = kind, .as_of_s = TOKEN_S};
    memcpy(revoked->sha256, sha256, sizeof revoked->sha256);
}

static void revoke_issuer(const char *identifier) {
    uint8_t sha256[CRYPTO_SHA256_BYTES];
    assert_ok(crypto_sha256(span_of_text(identifier), sha256));
    revoke_hash(FRESH_ISSUER, sha256);
}

static void revoke_key(enum world_key key) {
    uint8_t sha256[CRYPTO_SHA256_BYTES];
    assert_ok(jwk_thumbprint(signer_public(world.keys[key]), sha256));
    revoke_hash(FRESH_KEY, sha256);
}

/* Judge the badge with these for those, under a key of WORLD_ISSUER. */
static void judge_changed(enum world_key key, const char *from, const char *to) {
    char header[400];
    struct room token = forge_room(8192);
    char *claims = forge_replaced(world_badge, from, to);
    world_header(&world, key, false, header);
    forge_token(span_of_text(header), span_of_text(claims), world.keys[key], &token);
    world_verify(&world, room_span(&token), &verdict);
    forge_release(&token);
    free(claims);
}

static void judge(enum world_key key) {
    judge_changed(key, "Pioneer", "Pioneer");
}

static void expect(enum verdict_reason reason, enum verdict_check_kind check, enum verdict_result result,
                   enum verdict_sentence sentence, int64_t as_of_s) {
    const struct verdict_check *line = &verdict.checks[check];
    assert_string_equal(verdict_reason_code(verdict.reason), verdict_reason_code(reason));
    assert_string_equal(verdict_sentence_text(line->sentence), verdict_sentence_text(sentence));
    assert_int_equal(line->result, result);
    assert_int_equal(line->has_as_of, as_of_s != 0);
    assert_int_equal(line->as_of_s, as_of_s);
}

static void confirmed_lists_are_fresh_as_of_the_token(void **state) {
    (void)state;
    judge(WORLD_ES256);
    expect(REASON_OK, CHECK_FRESHNESS, RESULT_PASSED, SENTENCE_FRESHNESS_CONFIRMED, TOKEN_S);
    assert_int_equal(verdict.trust.confirmed_s, TOKEN_S);
}

static void freshness_goes_on_after_the_packs_own_next_update(void **state) {
    (void)state;
    const struct pack_info *info = pack_info(world.pack);
    world.now = interval_at(info->next_update_s + DAY_S);
    fresh.next_update_s = info->next_update_s + 2 * DAY_S;
    judge(WORLD_ES256);
    expect(REASON_OK, CHECK_FRESHNESS, RESULT_PASSED, SENTENCE_FRESHNESS_CONFIRMED, TOKEN_S);
    assert_int_equal(verdict.trust.next_update_s, fresh.next_update_s);
    world.now = interval_at(fresh.next_update_s);
    judge(WORLD_ES256);
    expect(REASON_LIST_STALE, CHECK_FRESHNESS, RESULT_UNKNOWN, SENTENCE_FRESHNESS_STALE, info->iat_s);
    world.fresh = NULL;
    world.now = interval_at(info->next_update_s + DAY_S);
    judge(WORLD_ES256);
    expect(REASON_LIST_STALE, CHECK_FRESHNESS, RESULT_UNKNOWN, SENTENCE_FRESHNESS_STALE, info->iat_s);
}

static void nothing_extends_the_hard_end(void **state) {
    (void)state;
    const struct pack_info *info = pack_info(world.pack);
    fresh.next_update_s = info->expires_s + 100 * DAY_S;
    world.now = interval_at(info->expires_s);
    judge(WORLD_ES256);
    expect(REASON_LIST_EXPIRED, CHECK_FRESHNESS, RESULT_FAILED, SENTENCE_FRESHNESS_EXPIRED, info->iat_s);
    assert_int_equal(verdict.trust.next_update_s, info->expires_s);
}

/* A token can be shown again: it says that time has passed, and never that it has not. */
static void a_token_sets_no_clock(void **state) {
    (void)state;
    world.now.hi_s = INTERVAL_UNBOUNDED;
    judge(WORLD_ES256);
    assert_string_equal(verdict_reason_code(verdict.reason), "dates_unknown");
    assert_string_equal(verdict_sentence_text(verdict.checks[CHECK_FRESHNESS].sentence),
                        verdict_sentence_text(SENTENCE_FRESHNESS_CLOCK));
    assert_int_equal(verdict.now.hi_s, INTERVAL_UNBOUNDED);
}

static void a_revoked_issuers_keys_are_withdrawn(void **state) {
    (void)state;
    revoke_issuer(WORLD_ISSUER);
    static const enum world_key all[] = {WORLD_ES256, WORLD_EDDSA, WORLD_ES384};
    for (size_t i = 0; i < 3; i++) {
        judge(all[i]);
        expect(REASON_KEY_WITHDRAWN, CHECK_ISSUER, RESULT_FAILED, SENTENCE_ISSUER_REVOKED_SINCE, TOKEN_S);
        assert_false(verdict.credential.present);
    }
    judge_changed(WORLD_DID_KEY, "\"iss\":\"https://issuer.example\"",
                  "\"iss\":\"x\""); /* another issuer's */
    assert_int_not_equal(verdict.reason, REASON_KEY_WITHDRAWN);
}

static void an_issuer_is_revoked_by_any_of_its_identifiers(void **state) {
    (void)state;
    revoke_issuer("did:web:other.example");
    judge(WORLD_ES256);
    assert_int_equal(verdict.reason, REASON_OK);
    const char *const others[] = {"did:web:issuer.example", world.did_eddsa};
    for (size_t i = 0; i < 2; i++) {
        fresh.count = 0;
        revoke_issuer(others[i]);
        judge(WORLD_ES256);
        expect(REASON_KEY_WITHDRAWN, CHECK_ISSUER, RESULT_FAILED, SENTENCE_ISSUER_REVOKED_SINCE, TOKEN_S);
    }
}

static void a_revoked_key_signs_nothing_whatever_date_it_writes(void **state) {
    (void)state;
    revoke_key(WORLD_ES256);
    judge_changed(WORLD_ES256, "\"validFrom\":\"2026-01-01", "\"validFrom\":\"2026-01-01");
    expect(REASON_KEY_WITHDRAWN, CHECK_ISSUER, RESULT_FAILED, SENTENCE_ISSUER_KEY_REVOKED_SINCE, TOKEN_S);
    judge(WORLD_EDDSA); /* the same issuer's other key */
    assert_int_equal(verdict.reason, REASON_OK);
    fresh.count = 0;
    revoke_key(WORLD_ENDED); /* a key that had ended: no period is asked of a thief */
    judge(WORLD_ENDED);
    expect(REASON_KEY_WITHDRAWN, CHECK_ISSUER, RESULT_FAILED, SENTENCE_ISSUER_KEY_REVOKED_SINCE, TOKEN_S);
}

/* The hash counts for its kind alone. */
static void a_hash_of_another_kind_revokes_nothing(void **state) {
    (void)state;
    revoke_key(WORLD_ES256);
    revoke_issuer(WORLD_ISSUER);
    fresh.revoked[0].kind = FRESH_CREDENTIAL;
    fresh.revoked[1].kind = FRESH_KEY;
    judge(WORLD_ES256);
    assert_int_equal(verdict.reason, REASON_OK);
}

static void a_revoked_credential_is_revoked_before_it_is_expired(void **state) {
    (void)state;
    judge(WORLD_ES256);
    assert_int_equal(verdict.reason, REASON_OK);
    revoke_hash(FRESH_CREDENTIAL, verdict.credential.tag);
    judge(WORLD_ES256);
    expect(REASON_REVOKED, CHECK_STATUS, RESULT_FAILED, SENTENCE_STATUS_REVOKED_SINCE, TOKEN_S);
    judge(WORLD_EDDSA); /* the same credential, issued anew under another key */
    expect(REASON_REVOKED, CHECK_STATUS, RESULT_FAILED, SENTENCE_STATUS_REVOKED_SINCE, TOKEN_S);
    world.now = interval_at(1798761600 + DAY_S);
    judge(WORLD_ES256);
    expect(REASON_REVOKED, CHECK_STATUS, RESULT_FAILED, SENTENCE_STATUS_REVOKED_SINCE, TOKEN_S);
    world.now = interval_at(WORLD_NOW_S);
    judge_changed(WORLD_ES256, "\"id\":\"urn:uuid:ada-1\",\"type\"", "\"id\":\"urn:uuid:ada-9\",\"type\"");
    assert_int_not_equal(verdict.reason, REASON_REVOKED);
}

/* Of several that are shown together, the one is revoked and the other is not. */
static void one_of_several_is_revoked(void **state) {
    (void)state;
    char header[400];
    struct verdicts verdicts;
    struct room first = forge_room(8192), second = forge_room(8192), both = forge_room(30000);
    char *other = forge_replaced(world_badge, "\"id\":\"urn:uuid:ada-1\",\"type\"",
                                 "\"id\":\"urn:uuid:bob-1\",\"type\"");
    char *claims = forge_replaced(other, "\"jti\":\"urn:uuid:ada-1\"", "\"jti\":\"urn:uuid:bob-1\"");
    world_header(&world, WORLD_ES256, false, header);
    forge_token(span_of_text(header), span_of_text(world_badge), world.keys[WORLD_ES256], &first);
    forge_token(span_of_text(header), span_of_text(claims), world.keys[WORLD_ES256], &second);
    assert_ok(room_put_text(&both, "{\"@context\":[\"https://www.w3.org/ns/credentials/v2\"],\"type\":["
                                   "\"VerifiablePresentation\"],\"verifiableCredential\":["));
    const struct room *tokens[] = {&first, &second};
    for (size_t i = 0; i < 2; i++) {
        assert_ok(room_put_text(&both, i == 0 ? "" : ","));
        assert_ok(room_put_text(&both, "{\"@context\":\"https://www.w3.org/ns/credentials/v2\",\"type\":"
                                       "\"EnvelopedVerifiableCredential\",\"id\":\"data:application/jwt,"));
        assert_ok(room_put(&both, room_span(tokens[i])));
        assert_ok(room_put_text(&both, "\"}"));
    }
    assert_ok(room_put_text(&both, "]}"));
    world_verify_all(&world, room_span(&both), &verdicts);
    assert_int_equal(verdicts.count, 2);
    assert_string_equal(verdict_reason_code(verdicts.list[0].reason), "ok");
    assert_string_equal(verdict_reason_code(verdicts.list[1].reason), "ok");
    revoke_hash(FRESH_CREDENTIAL, verdicts.list[1].credential.tag);
    world_verify_all(&world, room_span(&both), &verdicts);
    assert_string_equal(verdict_reason_code(verdicts.list[0].reason), "ok");
    assert_string_equal(verdict_reason_code(verdicts.list[1].reason), "revoked");
    free(other);
    free(claims);
    forge_release(&first);
    forge_release(&second);
    forge_release(&both);
}

static void a_holder_with_a_revoked_key_proves_nothing(void **state) {
    (void)state;
    char header[700], claims[12000];
    struct room badge = forge_room(8192), shown = forge_room(20000);
    world_header(&world, WORLD_ES256, false, header);
    forge_token(span_of_text(header), span_of_text(world_badge), world.keys[WORLD_ES256], &badge);
    snprintf(header, sizeof header, "{\"alg\":\"EdDSA\",\"typ\":\"JWT\",\"kid\":\"%s\"}", world.did_key);
    snprintf(claims, sizeof claims,
             "{\"vp\":{\"@context\":[\"https://www.w3.org/2018/credentials/v1\"],\"type\":["
             "\"VerifiablePresentation\"],\"verifiableCredential\":[\"%.*s\"]},\"iss\":\"%s\"}",
             (int)badge.len, (const char *)badge.ptr, world.did_key);
    forge_token(span_of_text(header), span_of_text(claims), world.keys[WORLD_DID_KEY], &shown);
    world_verify(&world, room_span(&shown), &verdict);
    assert_int_equal(verdict.checks[CHECK_HOLDER].sentence, SENTENCE_HOLDER_OTHER);
    revoke_key(WORLD_DID_KEY);
    world_verify(&world, room_span(&shown), &verdict);
    expect(REASON_OK, CHECK_HOLDER, RESULT_FAILED, SENTENCE_HOLDER_REVOKED, 0);
    forge_release(&badge);
    forge_release(&shown);
}

/* Where a token is lost, nobody knows what it revoked: nothing is green, and what is known stays known. */
static void a_lost_token_is_never_a_good_status(void **state) {
    (void)state;
    fresh = (struct fresh){.incomplete = true};
    judge(WORLD_ES256);
    expect(REASON_STATUS_UNKNOWN, CHECK_STATUS, RESULT_UNKNOWN, SENTENCE_STATUS_LOST, 0);
    assert_true(verdict.trust.revocations_lost);
    assert_int_equal(verdict_class_of(verdict.reason), VERDICT_VALID_NOTE);
    revoke_hash(FRESH_CREDENTIAL, verdict.credential.tag);
    judge(WORLD_ES256);
    expect(REASON_REVOKED, CHECK_STATUS, RESULT_FAILED, SENTENCE_STATUS_REVOKED_SINCE, TOKEN_S);
}

static void a_token_is_no_credential(void **state) {
    (void)state;
    static const char header[] = "{\"alg\":\"ES256\",\"kid\":\"x\",\"typ\":\"" FRESH_TYP "\"}";
    struct room token = forge_room(8192), code = forge_room(8192);
    forge_token(span_of_text(header), span_of_text(world_badge), world.keys[WORLD_ES256], &token);
    forge_compressed(room_span(&token), &code);
    const struct room *forms[] = {&token, &code};
    for (size_t i = 0; i < 2; i++) {
        world_verify(&world, room_span(forms[i]), &verdict);
        assert_string_equal(verdict_reason_code(verdict.reason), "not_a_credential");
        assert_int_equal(verdict.cause, ERR_FORMAT_FRESH);
        assert_true(span_equal(verify_fresh(room_span(forms[i]), &world.arena), room_span(&token)));
        arena_wipe(&world.arena);
    }
    token.len = 0;
    forge_token(span_of_text("{\"alg\":\"ES256\",\"typ\":\"JWT\"}"), span_of_text(world_badge),
                world.keys[WORLD_ES256], &token);
    assert_int_equal(verify_fresh(room_span(&token), &world.arena).len, 0);
    assert_int_equal(verify_fresh(span_of_text("hello"), &world.arena).len, 0);
    arena_wipe(&world.arena);
    forge_release(&token);
    forge_release(&code);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(confirmed_lists_are_fresh_as_of_the_token, set_up),
        cmocka_unit_test_setup(freshness_goes_on_after_the_packs_own_next_update, set_up),
        cmocka_unit_test_setup(nothing_extends_the_hard_end, set_up),
        cmocka_unit_test_setup(a_token_sets_no_clock, set_up),
        cmocka_unit_test_setup(a_revoked_issuers_keys_are_withdrawn, set_up),
        cmocka_unit_test_setup(an_issuer_is_revoked_by_any_of_its_identifiers, set_up),
        cmocka_unit_test_setup(a_revoked_key_signs_nothing_whatever_date_it_writes, set_up),
        cmocka_unit_test_setup(a_hash_of_another_kind_revokes_nothing, set_up),
        cmocka_unit_test_setup(a_revoked_credential_is_revoked_before_it_is_expired, set_up),
        cmocka_unit_test_setup(one_of_several_is_revoked, set_up),
        cmocka_unit_test_setup(a_holder_with_a_revoked_key_proves_nothing, set_up),
        cmocka_unit_test_setup(a_lost_token_is_never_a_good_status, set_up),
        cmocka_unit_test_setup(a_token_is_no_credential, set_up),
    };
    return cmocka_run_group_tests(tests, world_set_up, world_tear_down);
}
