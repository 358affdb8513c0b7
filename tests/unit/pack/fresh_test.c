/* SPDX-License-Identifier: Apache-2.0 */
/* Each refusal of a freshness token by its own name. */
#include "tests/lib/check.h"

#include <stdlib.h>

#include "credctl/build/freshener.h"
#include "pack/manifest.h"
#include "tests/lib/forge.h"
#include "tests/lib/testpack.h"

#define ARENA_BYTES 65536u
#define LATER_S     (TESTPACK_IAT_S + 3 * TESTPACK_DAY_S)

/* A pack in use, and a good token for it to begin with. */
struct desk {
    struct testpack test;
    struct pack *pack;
    struct fresh_revocation revoked[LIMIT_FRESH_REVOKED + 1];
    struct freshener_claims claims;
    uint8_t memory[ARENA_BYTES];
};

static int start(void **out) {
    struct desk *desk = calloc(1, sizeof *desk);
    testpack_start(&desk->test);
    testpack_default_lists(&desk->test, "lists.db");
    testpack_sign(&desk->test, "lists.db", "a.tpk");
    assert_ok(testpack_open(&desk->test, "a.tpk", PACK_OPEN_USE, &desk->pack));
    for (size_t i = 0; i <= LIMIT_FRESH_REVOKED; i++) {
        desk->revoked[i].kind = (enum fresh_kind)(FRESH_ISSUER + i % 3);
        memset(desk->revoked[i].sha256, (int)i + 1, CRYPTO_SHA256_BYTES);
    }
    desk->claims = (struct freshener_claims){.scheme = span_of_text("example"),
                                             .root_version = 1,
                                             .seq = 5,
                                             .iat_s = LATER_S,
                                             .next_update_s = LATER_S + 14 * TESTPACK_DAY_S,
                                             .revoked = desk->revoked,
                                             .count = 2};
    memcpy(desk->claims.id, pack_info(desk->pack)->id, sizeof desk->claims.id);
    *out = desk;
    return 0;
}

static int stop(void **out) {
    struct desk *desk = *out;
    pack_close(desk->pack);
    testpack_stop(&desk->test);
    free(desk);
    return 0;
}

static enum err read_text(struct desk *desk, struct span text, struct fresh_token *token) {
    struct arena arena = arena_over(desk->memory, sizeof desk->memory);
    return fresh_read(text, pack_open_root(desk->pack), pack_info(desk->pack), &arena, token);
}

/* Sign what the claims say now, and read it. */
static enum err read_claims(struct desk *desk, struct fresh_token *token) {
    uint8_t text[8192];
    struct room room = room_over(text, sizeof text);
    assert_ok(freshener_sign(&desk->claims, desk->test.release, &room));
    return read_text(desk, room_span(&room), token);
}

static void expect_of(struct desk *desk, enum err expected) {
    struct fresh_token token = {.iat_s = 77};
    assert_err(read_claims(desk, &token), expected);
    assert_int_equal(token.iat_s, expected == ERR_OK ? desk->claims.iat_s : 77);
}

/* The good claims as text, with this for that, signed by the release key. */
static void expect_of_text(struct desk *desk, const char *from, const char *to, enum err expected) {
    char hex[65] = "", claims[1024];
    uint8_t text[16384], kid_bytes[PACKER_KID_BYTES];
    struct fresh_token token = {0};
    struct room room = room_over(hex, 64), kid = room_over(kid_bytes, sizeof kid_bytes);
    assert_ok(freshener_put_hex(desk->claims.id, &room));
    snprintf(
        claims, sizeof claims,
        "{\"scheme\":\"example\",\"root\":1,\"seq\":5,\"sha256\":\"%s\",\"iat\":%lld,\"next_update\":%lld,"
        "\"revoked\":[{\"kind\":\"key\",\"sha256\":\"%s\"}]}",
        hex, LATER_S, LATER_S + 100, hex);
    char *changed = forge_replaced(claims, from, to);
    room = room_over(text, sizeof text);
    assert_ok(packer_kid(signer_public(desk->test.release), &kid));
    assert_ok(signer_jws(desk->test.release, span_of_text(FRESH_TYP), room_span(&kid), span_of_text(changed),
                         &room));
    assert_err(read_text(desk, room_span(&room), &token), expected);
    free(changed);
}

static void a_good_token_is_read(void **state) {
    struct desk *desk = *state;
    struct fresh_token token = {0};
    assert_ok(read_claims(desk, &token));
    assert_int_equal(token.iat_s, LATER_S);
    assert_int_equal(token.next_update_s, LATER_S + 14 * TESTPACK_DAY_S);
    assert_int_equal(token.count, 2);
    assert_int_equal(token.revoked[0].kind, FRESH_ISSUER);
    assert_int_equal(token.revoked[1].kind, FRESH_KEY);
    assert_int_equal(token.revoked[1].as_of_s, LATER_S);
    assert_memory_equal(token.revoked[1].sha256, desk->revoked[1].sha256, CRYPTO_SHA256_BYTES);
    expect_of_text(desk, "example", "example", ERR_OK);
}

static void as_many_revocations_as_are_allowed_and_no_more(void **state) {
    struct desk *desk = *state;
    struct fresh_token token = {0};
    desk->claims.count = LIMIT_FRESH_REVOKED;
    assert_ok(read_claims(desk, &token));
    assert_int_equal(token.count, LIMIT_FRESH_REVOKED);
    desk->claims.count = LIMIT_FRESH_REVOKED + 1;
    expect_of(desk, ERR_FRESH_MANY);
    desk->claims.count = 0;
    expect_of(desk, ERR_OK);
}

static void a_token_of_another_scheme_is_refused(void **state) {
    struct desk *desk = *state;
    desk->claims.scheme = span_of_text("another");
    expect_of(desk, ERR_FRESH_SCHEME);
}

static void a_token_of_another_root_is_refused(void **state) {
    struct desk *desk = *state;
    desk->claims.root_version = 2;
    expect_of(desk, ERR_FRESH_ROOT);
}

static void a_token_for_another_number_is_refused_by_its_direction(void **state) {
    struct desk *desk = *state;
    desk->claims.seq = 4;
    expect_of(desk, ERR_FRESH_OLDER);
    desk->claims.seq = 6;
    expect_of(desk, ERR_FRESH_NEWER);
}

static void a_token_for_other_bytes_is_refused(void **state) {
    struct desk *desk = *state;
    desk->claims.id[31] ^= 1;
    expect_of(desk, ERR_FRESH_OTHER);
}

static void a_token_dated_before_its_pack_is_refused(void **state) {
    struct desk *desk = *state;
    desk->claims.iat_s = TESTPACK_IAT_S;
    expect_of(desk, ERR_OK);
    desk->claims.iat_s = TESTPACK_IAT_S - 1;
    expect_of(desk, ERR_FRESH_SHAPE);
}

static void a_next_update_past_the_end_of_the_pack_is_cut_down(void **state) {
    struct desk *desk = *state;
    struct fresh_token token = {0};
    int64_t end_s = pack_info(desk->pack)->expires_s;
    desk->claims.next_update_s = end_s + 1;
    assert_ok(read_claims(desk, &token));
    assert_int_equal(token.next_update_s, end_s);
    desk->claims.next_update_s = end_s - 1;
    assert_ok(read_claims(desk, &token));
    assert_int_equal(token.next_update_s, end_s - 1);
}

static void other_signers_are_refused(void **state) {
    struct desk *desk = *state;
    struct fresh_token token = {0};
    struct signer *release = desk->test.release, *stranger = NULL;
    uint8_t text[8192];
    assert_ok(signer_make(CRYPTO_ES256, &stranger));
    desk->test.release = stranger;
    expect_of(desk, ERR_FRESH_SIGNER);
    desk->test.release = desk->test.root; /* a root key signs roots alone */
    expect_of(desk, ERR_FRESH_SIGNER);
    desk->test.release = release;
    struct room room = room_over(text, sizeof text);
    assert_ok(freshener_sign(&desk->claims, release, &room));
    text[room.len - 10] = text[room.len - 10] == 'A' ? 'B' : 'A';
    assert_err(read_text(desk, room_span(&room), &token), ERR_FRESH_SIGNATURE);
    signer_close(stranger);
}

static void another_typ_is_refused(void **state) {
    struct desk *desk = *state;
    struct fresh_token token = {0};
    uint8_t text[8192];
    struct room room = room_over(text, sizeof text);
    json_t *claims = json_pack("{s:s}", "scheme", "example");
    assert_ok(packer_sign_claims(claims, MANIFEST_TYP, desk->test.release, &room));
    assert_err(read_text(desk, room_span(&room), &token), ERR_FRESH_TYP);
    json_decref(claims);
}

static void malformed_claims_are_refused(void **state) {
    struct desk *desk = *state;
    static const struct {
        const char *from, *to;
    } cases[] = {
        {"\"scheme\":\"example\",", ""},
        {"\"example\"", "7"},
        {"\"root\":1", "\"root\":0"},
        {"\"root\":1", "\"root\":\"1\""},
        {"\"root\":1,", ""},
        {"\"seq\":5", "\"seq\":0"},
        {"\"seq\":5", "\"seq\":-5"},
        {"\"seq\":5", "\"seq\":5.5"},
        {"\"seq\":5", "\"seq\":9007199254740993"},
        {"\"sha256\":\"", "\"sha256\":\"0"},
        {"\"sha256\":\"", "\"sha\":\""},
        {"\"iat\":", "\"iat\":-"},
        {"\"iat\":", "\"iat\":9"},
        {"\"iat\":", "\"at\":"},
        {"\"next_update\":", "\"next_update\":-"},
        {"\"next_update\":17", "\"next_update\":16"},
        {"\"next_update\":", "\"next_updates\":"},
        {"\"revoked\":[{", "\"revoke\":[{"},
        {"\"revoked\":[", "\"revoked\":[7,"},
        {"\"kind\":\"key\"", "\"kind\":\"list\""},
        {"\"kind\":\"key\"", "\"kind\":\"\""},
        {"\"kind\":\"key\"", "\"kind\":3"},
        {"{\"kind\":\"key\"", "{\"kind\":\"key\",\"more\":1"},
        {"\"kind\":\"key\",", ""},
        {"\"kind\":\"key\",\"sha256\":\"", "\"kind\":\"key\",\"sha256\":\"G"},
        {"\"kind\":\"key\",\"sha256\"", "\"kind\":\"key\",\"sha\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        expect_of_text(desk, cases[i].from, cases[i].to, ERR_FRESH_SHAPE);
    }
    expect_of_text(desk, "\"revoked\":[{", "\"revoked\":{\"a\":[{", ERR_JSON_SYNTAX);
    expect_of_text(desk, "\"seq\":5", "\"seq\":5,\"seq\":5", ERR_JSON_DUPLICATE);
}

static void a_token_that_is_too_long_is_refused(void **state) {
    struct desk *desk = *state;
    struct fresh_token token = {0};
    uint8_t text[LIMIT_FRESH_BYTES + 1];
    memset(text, 'e', sizeof text);
    assert_err(read_text(desk, span_of_bytes(text, sizeof text), &token), ERR_FRESH_SHAPE);
    assert_err(read_text(desk, span_of_bytes(text, sizeof text - 1), &token), ERR_JWS_SHAPE);
}

/* A token with everything it may hold fits into what one may be long, also where the list has a long name. */
static void the_longest_token_fits(void **state) {
    struct desk *desk = *state;
    uint8_t text[LIMIT_FRESH_BYTES];
    char name[257];
    memset(name, 'n', sizeof name);
    name[sizeof name - 1] = 0;
    struct room room = room_over(text, sizeof text);
    desk->claims.scheme = span_of_text(name);
    desk->claims.seq = LIMIT_JSON_INTEGER;
    desk->claims.count = LIMIT_FRESH_REVOKED;
    assert_ok(freshener_sign(&desk->claims, desk->test.root, &room)); /* ES384: the longest signature */
}

/* No bit of it can be changed. */
static void every_bit_of_a_token_is_signed(void **state) {
    struct desk *desk = *state;
    uint8_t text[8192];
    struct fresh_token token = {0};
    struct room room = room_over(text, sizeof text);
    assert_ok(freshener_sign(&desk->claims, desk->test.release, &room));
    size_t last_dot = room.len - 87;
    assert_int_equal(text[last_dot], '.');
    for (size_t at = 0; at < room.len; at += at < last_dot ? 3 : 1) {
        text[at] ^= 1;
        /* of the signature's last character only four bits count, and base64url_decode refuses the others */
        assert_int_not_equal(read_text(desk, room_span(&room), &token), ERR_OK);
        text[at] ^= 1;
        assert_int_not_equal(read_text(desk, span_slice(room_span(&room), 0, at), &token), ERR_OK);
    }
    assert_ok(read_text(desk, room_span(&room), &token));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_good_token_is_read, start, stop),
        cmocka_unit_test_setup_teardown(as_many_revocations_as_are_allowed_and_no_more, start, stop),
        cmocka_unit_test_setup_teardown(a_token_of_another_scheme_is_refused, start, stop),
        cmocka_unit_test_setup_teardown(a_token_of_another_root_is_refused, start, stop),
        cmocka_unit_test_setup_teardown(a_token_for_another_number_is_refused_by_its_direction, start, stop),
        cmocka_unit_test_setup_teardown(a_token_for_other_bytes_is_refused, start, stop),
        cmocka_unit_test_setup_teardown(a_token_dated_before_its_pack_is_refused, start, stop),
        cmocka_unit_test_setup_teardown(a_next_update_past_the_end_of_the_pack_is_cut_down, start, stop),
        cmocka_unit_test_setup_teardown(other_signers_are_refused, start, stop),
        cmocka_unit_test_setup_teardown(another_typ_is_refused, start, stop),
        cmocka_unit_test_setup_teardown(malformed_claims_are_refused, start, stop),
        cmocka_unit_test_setup_teardown(a_token_that_is_too_long_is_refused, start, stop),
        cmocka_unit_test_setup_teardown(the_longest_token_fits, start, stop),
        cmocka_unit_test_setup_teardown(every_bit_of_a_token_is_signed, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
