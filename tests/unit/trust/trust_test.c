/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include "crypto/multikey.h"
#include "tests/lib/world_fixture.h"
#include "trust/trust.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct trust find(const char *issuer, const struct proof *proof) {
    struct claimed_credential claimed = {.issuer = span_of_text(issuer)};
    struct trust out = {0};
    assert_ok(trust_find(world.pack, &claimed, proof, (struct span){0}, &world.arena, &out));
    arena_wipe(&world.arena);
    return out;
}

static void finds_a_key_by_any_of_its_names(void **state) {
    (void)state;
    static const struct {
        const char *kid;
        enum crypto_alg alg;
        enum world_key expected;
    } cases[] = {
        {"https://issuer.example#es256", CRYPTO_ES256, WORLD_ES256}, /* listed so */
        {"#es256", CRYPTO_ES256, WORLD_ES256},
        {"es256", CRYPTO_ES256, WORLD_ES256},
        {"https://issuer.example#eddsa", CRYPTO_EDDSA, WORLD_EDDSA}, /* listed as "eddsa" */
        {"#eddsa", CRYPTO_EDDSA, WORLD_EDDSA},
        {"https://issuer.example#es384", CRYPTO_ES384, WORLD_ES384}, /* listed as "#es384" */
        {"es384", CRYPTO_ES384, WORLD_ES384},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct proof proof = {.kid = span_of_text(cases[i].kid), .alg = cases[i].alg};
        struct trust found = find(WORLD_ISSUER, &proof);
        assert_int_equal(found.standing, TRUST_LISTED);
        assert_true(crypto_key_equal(&found.key.key, signer_public(world.keys[cases[i].expected])));
    }
}

static void names_the_issuer_in_the_language_asked_for(void **state) {
    (void)state;
    static const struct {
        const char *language, *name;
    } cases[] = {{"", "Example Training"},
                 {"en", "Example Training"},
                 {"ru", "Example Training (ru)"},
                 {"ar", "Example Training"}};
    struct claimed_credential claimed = {.issuer = span_of_text(WORLD_ISSUER)};
    struct proof proof = {.kid = span_of_text("#es256"), .alg = CRYPTO_ES256};
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct trust out = {0};
        assert_ok(
            trust_find(world.pack, &claimed, &proof, span_of_text(cases[i].language), &world.arena, &out));
        assert_span_text(out.issuer.name, cases[i].name);
        arena_wipe(&world.arena);
    }
}

static void finds_a_key_by_the_thumbprint_of_the_header_s(void **state) {
    (void)state;
    struct proof proof = {
        .alg = CRYPTO_EDDSA, .has_jwk = true, .jwk = *signer_public(world.keys[WORLD_EDDSA])};
    assert_int_equal(find(WORLD_ISSUER, &proof).standing, TRUST_LISTED);
    proof.jwk = *signer_public(world.keys[WORLD_STRANGER]);
    struct trust found = find(WORLD_ISSUER, &proof);
    assert_int_equal(found.standing, TRUST_UNKNOWN_KEY);
    assert_true(found.has_own_key);
}

static void finds_a_key_whose_id_is_its_thumbprint(void **state) {
    (void)state;
    char text[PACKER_KID_BYTES];
    struct room room = room_over(text, sizeof text);
    assert_ok(packer_kid(signer_public(world.keys[WORLD_ES256]), &room));
    struct proof proof = {.alg = CRYPTO_ES256, .kid = room_span(&room)};
    assert_int_equal(find(WORLD_ISSUER, &proof).standing, TRUST_LISTED);
}

/* The standing of the key whose thumbprint stands behind these characters. */
static enum trust_standing standing_behind(const char *controller) {
    char text[200];
    struct room room = room_over(text, sizeof text);
    assert_ok(room_put_text(&room, controller));
    assert_ok(packer_kid(signer_public(world.keys[WORLD_ES256]), &room));
    struct proof proof = {.alg = CRYPTO_ES256, .kid = room_span(&room)};
    return find(WORLD_ISSUER, &proof).standing;
}

static void finds_a_key_whose_fragment_is_its_thumbprint(void **state) {
    (void)state;
    assert_int_equal(standing_behind(WORLD_ISSUER "#"), TRUST_LISTED);
    assert_int_equal(standing_behind("#"), TRUST_LISTED);
    assert_int_equal(standing_behind("did:web:nobody.example#"), TRUST_UNKNOWN_KEY);
}

static void finds_a_key_in_the_fragment_of_its_id(void **state) {
    (void)state;
    char text[200] = {0};
    struct room room = room_over(text, sizeof text - 1);
    assert_ok(room_put_text(&room, WORLD_ISSUER "#"));
    assert_ok(multikey_write(signer_public(world.keys[WORLD_EDDSA]), &room));
    struct proof proof = {.alg = CRYPTO_EDDSA, .kid = room_span(&room)};
    assert_int_equal(find(WORLD_ISSUER, &proof).standing, TRUST_LISTED);
    struct trust found = find("https://nobody.example", &proof);
    assert_int_equal(found.standing, TRUST_UNKNOWN_ISSUER);
    assert_true(found.has_own_key);
}

static void trusts_issuers_that_are_their_own_key_only_where_they_are_listed(void **state) {
    (void)state;
    struct proof proof = {.alg = CRYPTO_EDDSA};
    assert_int_equal(find(world.did_key, &proof).standing, TRUST_LISTED);
    struct trust found = find(world.did_stranger, &proof);
    assert_int_equal(found.standing, TRUST_UNKNOWN_ISSUER);
    assert_true(found.has_own_key);
    assert_true(crypto_key_equal(&found.own_key, signer_public(world.keys[WORLD_STRANGER])));
    proof.alg = CRYPTO_ES256;
    assert_int_equal(find(world.did_jwk, &proof).standing, TRUST_LISTED);
    assert_int_equal(find("did:key:zBroken", &proof).standing, TRUST_UNKNOWN_ISSUER);
    assert_false(find("did:key:zBroken", &proof).has_own_key);
}

/* A did:key names its one key: other keys of its issuer sign under other names. */
static void finds_only_its_own_key_for_a_did_key(void **state) {
    (void)state;
    struct proof proof = {.alg = CRYPTO_EDDSA};
    assert_int_equal(find(world.did_eddsa, &proof).standing, TRUST_LISTED);
    proof.alg = CRYPTO_ES256;
    proof.kid = span_of_text(WORLD_ISSUER "#es256");
    struct trust found = find(world.did_eddsa, &proof);
    assert_true(crypto_key_equal(&found.key.key, signer_public(world.keys[WORLD_EDDSA])));
    proof.has_jwk = true;
    proof.jwk = *signer_public(world.keys[WORLD_ES256]);
    found = find(world.did_eddsa, &proof);
    assert_true(crypto_key_equal(&found.key.key, signer_public(world.keys[WORLD_EDDSA])));
}

/* Who claims to be a key, and signs as somebody else, is not vouched for by that key. */
static void tells_a_proof_of_somebody_else_under_a_did_key(void **state) {
    (void)state;
    char kid[520];
    struct proof proof = {.alg = CRYPTO_EDDSA};
    snprintf(kid, sizeof kid, "%s#%s", world.did_stranger, world.did_stranger + strlen("did:key:"));
    proof.kid = span_of_text(kid);
    struct trust found = find(world.did_key, &proof);
    assert_true(found.foreign);
    assert_int_equal(found.standing, TRUST_UNKNOWN_KEY);
    assert_true(crypto_key_equal(&found.own_key, signer_public(world.keys[WORLD_STRANGER])));
    snprintf(kid, sizeof kid, "%s#%s", world.did_key, world.did_key + strlen("did:key:"));
    found = find(world.did_key, &proof);
    assert_true(found.standing == TRUST_LISTED && !found.foreign);
    assert_false(find(WORLD_ISSUER, &proof).foreign);
}

static void keeps_a_key_for_its_algorithm(void **state) {
    (void)state;
    struct proof proof = {.alg = CRYPTO_EDDSA, .kid = span_of_text("#es256")};
    assert_int_equal(find(WORLD_ISSUER, &proof).standing, TRUST_LISTED); /* and cannot have signed */
}

static void knows_no_issuer_without_a_list(void **state) {
    (void)state;
    struct claimed_credential claimed = {.issuer = span_of_text(WORLD_ISSUER)};
    struct proof proof = {.alg = CRYPTO_ES256};
    struct trust out = {0};
    assert_ok(trust_find(NULL, &claimed, &proof, (struct span){0}, &world.arena, &out));
    assert_int_equal(out.standing, TRUST_NO_LIST);
    assert_false(out.has_own_key);
}

static void says_when_the_arena_is_too_small(void **state) {
    (void)state;
    struct claimed_credential claimed = {.issuer = span_of_text(WORLD_ISSUER)};
    struct proof proof = {.alg = CRYPTO_ES256, .kid = span_of_text("#es256")};
    struct arena none = {0};
    struct trust out = {0};
    assert_err(trust_find(world.pack, &claimed, &proof, (struct span){0}, &none, &out), ERR_NO_ROOM);
    assert_int_equal(out.standing, TRUST_UNASKED);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_a_key_by_any_of_its_names),
        cmocka_unit_test(names_the_issuer_in_the_language_asked_for),
        cmocka_unit_test(finds_a_key_by_the_thumbprint_of_the_header_s),
        cmocka_unit_test(finds_a_key_whose_id_is_its_thumbprint),
        cmocka_unit_test(finds_a_key_whose_fragment_is_its_thumbprint),
        cmocka_unit_test(finds_a_key_in_the_fragment_of_its_id),
        cmocka_unit_test(trusts_issuers_that_are_their_own_key_only_where_they_are_listed),
        cmocka_unit_test(finds_only_its_own_key_for_a_did_key),
        cmocka_unit_test(tells_a_proof_of_somebody_else_under_a_did_key),
        cmocka_unit_test(keeps_a_key_for_its_algorithm),
        cmocka_unit_test(knows_no_issuer_without_a_list),
        cmocka_unit_test(says_when_the_arena_is_too_small),
    };
    return cmocka_run_group_tests(tests, world_set_up, world_tear_down);
}
