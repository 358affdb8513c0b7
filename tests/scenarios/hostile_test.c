/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/judge_one.h"
#include "tests/lib/check.h"
#include "tests/lib/world_fixture.h"

#include <sodium.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "tests/lib/forge.h"
#include "tests/lib/scenario.h"
#include "verdict/shown.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define ISSUED_BY(did)                                                                                       \
    {"\"id\":\"https://issuer.example\"", "\"id\":\"" did "\""}, {                                           \
        "\"iss\":\"https://issuer.example\"", "\"iss\":\"" did "\""                                          \
    }

static const struct scenario hostile[] = {
#include "tests/scenarios/hostile.def"
};

static void names_every_trick(void **state) {
    (void)state;
    struct scenario_met met = {0};
    scenario_run(&world, hostile, COUNT(hostile), &met);
}

/* Judge claims under a right signature. */
static void judge_claims(const char *claims, struct verdict *out) {
    char header[400];
    struct room token = forge_room(strlen(claims) * 2 + 4096);
    world_header(&world, WORLD_ES256, false, header);
    forge_token(span_of_text(header), span_of_text(claims), world.keys[WORLD_ES256], &token);
    world_verify(&world, room_span(&token), out);
    forge_release(&token);
}

static void judge_badge_of(const char *holder, struct verdict *out) {
    char *claims = forge_replaced(world_badge, "Ada Lovelace", holder);
    judge_claims(claims, out);
    free(claims);
}

/* `count` times `piece`, between `before` and `after`; release by free. */
static char *repeated(const char *before, const char *piece, size_t count, const char *after) {
    size_t size = strlen(before) + strlen(piece) * count + strlen(after) + 1;
    char *out = calloc(1, size);
    assert_non_null(out);
    struct room room = room_over(out, size);
    assert_ok(room_put_text(&room, before));
    for (size_t i = 0; i < count; i++) {
        assert_ok(room_put_text(&room, piece));
    }
    assert_ok(room_put_text(&room, after));
    return out;
}

static void expect(const struct verdict *verdict, enum verdict_reason reason, enum err cause) {
    if (verdict->reason != reason || verdict->cause != cause) {
        fail_msg("%s by %s", verdict_reason_code(verdict->reason), err_name(verdict->cause));
    }
}

static void refuses_json_nested_ten_thousand_deep(void **state) {
    (void)state;
    struct verdict verdict = {0};
    char *claims = repeated("{\"vc\":", "[", 10000, "");
    judge_claims(claims, &verdict);
    expect(&verdict, REASON_MALFORMED, ERR_JSON_DEPTH);
    world_verify(&world, span_of_text(claims), &verdict);
    expect(&verdict, REASON_NOT_A_CREDENTIAL, ERR_JSON_DEPTH);
    free(claims);
    claims = repeated("{\"vc\":[", "{},", 30000, "{}]}");
    judge_claims(claims, &verdict);
    expect(&verdict, REASON_MALFORMED, ERR_JSON_TOO_MANY);
    free(claims);
}

static void refuses_strings_of_a_megabyte(void **state) {
    (void)state;
    struct verdict verdict = {0};
    char *name = repeated("", "A", 1024 * 1024, "");
    judge_badge_of(name, &verdict);
    expect(&verdict, REASON_UNSUPPORTED, ERR_PAYLOAD_TOO_LARGE);
    free(name);
}

static void cuts_a_name_of_5000_letters(void **state) {
    (void)state;
    struct verdict verdict = {0};
    char *name = repeated("", "A", 5000, "");
    judge_badge_of(name, &verdict);
    expect(&verdict, REASON_OK, ERR_OK);
    assert_int_equal(verdict.credential.holder.len, LIMIT_SHOWN_BYTES);
    free(name);
}

static void draws_no_character_that_turns_or_hides_text(void **state) {
    (void)state;
    static const char *const names[] = {
        "\\u202eecalevoL adA\\u202c",
        "\\u2066Ada\\u2069",
        "\\u200fAda\\u200e\\u061c",
        "A\\u0007\\u001bd\\u009ba",
        "Ada\\u200b\\u200d\\ufeff",
        "\\ue000\\udbff\\udffd",
        "\\uffff\\ufdd0",
        "\\u3164\\uffa0\\u115f",               /* Hangul fillers */
        "A\\ufff9d\\ufffaa\\ufffb",            /* interlinear annotation */
        "Ada\\udb40\\udc41\\udb40\\udc7f",     /* tags */
        "\\u2800\\u180e\\u034f\\u00ad\\u17b4", /* what draws nothing */
    };
    for (size_t i = 0; i < COUNT(names); i++) {
        struct verdict verdict = {0};
        judge_badge_of(names[i], &verdict);
        expect(&verdict, REASON_OK, ERR_OK);
        struct span shown = span_of_bytes(verdict.credential.holder.bytes, verdict.credential.holder.len);
        bool boxed = false;
        for (size_t at = 0; at < shown.len;) {
            uint32_t code = utf8_next(shown, &at);
            boxed = boxed || code == SHOWN_BOX;
            assert_int_equal(shown_character(code), code);
        }
        assert_true(boxed);
    }
}

static void keeps_two_of_a_thousand_combining_marks(void **state) {
    (void)state;
    struct verdict verdict = {0};
    char *name = repeated("Z", "\\u0300", 1000, "!");
    judge_badge_of(name, &verdict);
    expect(&verdict, REASON_OK, ERR_OK);
    assert_span_text(span_of_bytes(verdict.credential.holder.bytes, verdict.credential.holder.len),
                     "Z\xCC\x80\xCC\x80!");
    free(name);
}

static void refuses_a_hundred_megabytes_out_of_a_small_code(void **state) {
    (void)state;
    struct verdict verdict = {0};
    struct room zeros = forge_room(100u * 1024 * 1024);
    struct room bomb = forge_room(1024 * 1024);
    zeros.len = zeros.cap;
    forge_compressed(room_span(&zeros), &bomb);
    world_verify(&world, room_span(&bomb), &verdict);
    expect(&verdict, REASON_UNSUPPORTED, ERR_INFLATE_TOO_LARGE);
    forge_release(&zeros);
    forge_release(&bomb);
}

/* The old trick: the issuer's public key, which all know, as the secret of an HMAC. */
static void refuses_an_hmac_under_the_public_key(void **state) {
    (void)state;
    const struct crypto_key *key = signer_public(world.keys[WORLD_ES256]);
    static const char header[] =
        "{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"https://issuer.example#es256\"}";
    uint8_t mac[crypto_auth_hmacsha256_BYTES];
    struct verdict verdict = {0};
    struct room unsigned_token = forge_room(16384);
    struct room token = forge_room(16384);
    forge_with_signature(span_of_text(header), span_of_text(world_badge), span_of_text("x"), &unsigned_token);
    struct span text = room_span(&unsigned_token);
    size_t last_dot = span_find(text, '.', span_find(text, '.', 0) + 1);
    crypto_auth_hmacsha256_state hmac;
    crypto_auth_hmacsha256_init(&hmac, key->bytes, key->len);
    crypto_auth_hmacsha256_update(&hmac, text.ptr, last_dot);
    crypto_auth_hmacsha256_final(&hmac, mac);
    forge_with_signature(span_of_text(header), span_of_text(world_badge), span_of_bytes(mac, sizeof mac),
                         &token);
    world_verify(&world, room_span(&token), &verdict);
    expect(&verdict, REASON_MALFORMED, ERR_ALG_REFUSED);
    forge_release(&token);
    forge_release(&unsigned_token);
}

/* r or s as DER has it: 02, length, a zero before a high bit. */
static void put_der_integer(struct span number, struct room *out) {
    bool high = (number.ptr[0] & 0x80u) != 0;
    assert_ok(room_put_byte(out, 0x02));
    assert_ok(room_put_byte(out, (uint8_t)(number.len + high)));
    if (high) {
        assert_ok(room_put_byte(out, 0));
    }
    assert_ok(room_put(out, number));
}

/* A right signature, written as other protocols write it. */
static void refuses_a_signature_in_der(void **state) {
    (void)state;
    char header[400];
    uint8_t raw_bytes[64], der_bytes[80];
    struct verdict verdict = {0};
    struct room raw = room_over(raw_bytes, sizeof raw_bytes), der = room_over(der_bytes, sizeof der_bytes);
    struct room input = forge_room(16384), token = forge_room(16384);
    world_header(&world, WORLD_ES256, false, header);
    forge_with_signature(span_of_text(header), span_of_text(world_badge), span_of_text(""), &input);
    assert_ok(signer_sign(world.keys[WORLD_ES256], span_slice(room_span(&input), 0, input.len - 1), &raw));
    assert_ok(room_put(&der, span_of_bytes("\x30\x00", 2)));
    put_der_integer(span_slice(room_span(&raw), 0, 32), &der);
    put_der_integer(span_slice(room_span(&raw), 32, 32), &der);
    der.ptr[1] = (uint8_t)(der.len - 2);
    forge_with_signature(span_of_text(header), span_of_text(world_badge), room_span(&raw), &token);
    world_verify(&world, room_span(&token), &verdict);
    expect(&verdict, REASON_OK, ERR_OK);
    token.len = 0;
    forge_with_signature(span_of_text(header), span_of_text(world_badge), room_span(&der), &token);
    world_verify(&world, room_span(&token), &verdict);
    expect(&verdict, REASON_MALFORMED, ERR_SIGNATURE_SHAPE);
    forge_release(&input);
    forge_release(&token);
}

/* n - s for the order n of P-256: the other s that makes a right signature. */
static void negate_s(uint8_t s[32]) {
    static const uint8_t n[32] = {0xFF, 0xFF, 0xFF, 0xFF, 0x00, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xFF,
                                  0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xBC, 0xE6, 0xFA, 0xAD, 0xA7, 0x17,
                                  0x9E, 0x84, 0xF3, 0xB9, 0xCA, 0xC2, 0xFC, 0x63, 0x25, 0x51};
    int borrow = 0;
    for (int i = 31; i >= 0; i--) {
        int digit = n[i] - s[i] - borrow;
        borrow = digit < 0;
        s[i] = (uint8_t)(digit & 0xFF);
    }
}

/* One badge written in four ways; a second badge has another tag. */
static void knows_a_badge_again_however_its_code_is_written(void **state) {
    (void)state;
    char header[400];
    uint8_t raw_bytes[64];
    struct verdict verdicts[5] = {0};
    struct room raw = room_over(raw_bytes, sizeof raw_bytes);
    struct room input = forge_room(16384), token = forge_room(16384), packed = forge_room(16384);
    struct room other = forge_room(16384);
    world_header(&world, WORLD_ES256, false, header);
    forge_with_signature(span_of_text(header), span_of_text(world_badge), span_of_text(""), &input);
    assert_ok(signer_sign(world.keys[WORLD_ES256], span_slice(room_span(&input), 0, input.len - 1), &raw));
    forge_with_signature(span_of_text(header), span_of_text(world_badge), room_span(&raw), &token);
    world_verify(&world, room_span(&token), &verdicts[0]);
    forge_compressed(room_span(&token), &packed);
    world_verify(&world, room_span(&packed), &verdicts[1]);
    assert_ok(room_put_text(&token, " \n"));
    world_verify(&world, room_span(&token), &verdicts[2]);
    negate_s(raw_bytes + 32);
    forge_with_signature(span_of_text(header), span_of_text(world_badge), room_span(&raw), &other);
    world_verify(&world, room_span(&other), &verdicts[3]);
    char *claims = forge_replaced(world_badge, "\"id\":\"urn:uuid:ada-1\"", "\"id\":\"urn:uuid:ada-9\"");
    char *second = forge_replaced(claims, "\"jti\":\"urn:uuid:ada-1\"", "\"jti\":\"urn:uuid:ada-9\"");
    judge_claims(second, &verdicts[4]);
    for (size_t i = 0; i < COUNT(verdicts); i++) {
        expect(&verdicts[i], REASON_OK, ERR_OK);
        int different = memcmp(verdicts[i].credential.tag, verdicts[0].credential.tag, VERDICT_TAG_BYTES);
        assert_int_equal(different != 0, i == 4);
    }
    free(claims);
    free(second);
    forge_release(&input);
    forge_release(&token);
    forge_release(&packed);
    forge_release(&other);
}

static void says_so_when_its_memory_is_too_small(void **state) {
    (void)state;
    struct verify_grounds grounds = world_grounds(&world);
    char header[400];
    struct room token = forge_room(16384);
    world_header(&world, WORLD_ES256, false, header);
    forge_token(span_of_text(header), span_of_text(world_badge), world.keys[WORLD_ES256], &token);
    size_t needed = LIMIT_SCAN_ARENA_BYTES;
    for (size_t size = 0; size < 8192; size += 64) {
        struct arena small = arena_over(world.arena.base, size);
        struct verdict verdict = {0};
        judge_one(room_span(&token), &grounds, &small, &verdict);
        if (verdict.reason == REASON_OK) {
            needed = size;
            break;
        }
        expect(&verdict, REASON_UNSUPPORTED, ERR_NO_ROOM);
    }
    assert_true(needed > 0 && needed < 8192);
    forge_release(&token);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_every_trick),
        cmocka_unit_test(refuses_json_nested_ten_thousand_deep),
        cmocka_unit_test(refuses_strings_of_a_megabyte),
        cmocka_unit_test(cuts_a_name_of_5000_letters),
        cmocka_unit_test(draws_no_character_that_turns_or_hides_text),
        cmocka_unit_test(keeps_two_of_a_thousand_combining_marks),
        cmocka_unit_test(refuses_a_hundred_megabytes_out_of_a_small_code),
        cmocka_unit_test(refuses_an_hmac_under_the_public_key),
        cmocka_unit_test(refuses_a_signature_in_der),
        cmocka_unit_test(knows_a_badge_again_however_its_code_is_written),
        cmocka_unit_test(says_so_when_its_memory_is_too_small),
    };
    return cmocka_run_group_tests(tests, world_set_up, world_tear_down);
}
