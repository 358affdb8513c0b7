/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdlib.h>

#include "base/limits.h"
#include "payload/payload.h"
#include "tests/lib/forge.h"

struct memory {
    _Alignas(16) uint8_t bytes[LIMIT_SCAN_ARENA_BYTES];
};

static int set_up(void **state) {
    *state = calloc(1, sizeof(struct memory));
    return *state == NULL;
}

static int tear_down(void **state) {
    free(*state);
    return 0;
}

static enum err recognise(void **state, struct span bytes, struct payload *out) {
    struct memory *memory = *state;
    struct arena arena = arena_over(memory->bytes, sizeof memory->bytes);
    return payload_recognise(bytes, &arena, out);
}

#define HEADER "eyJhbGciOiJFUzI1NiJ9"

static void names_each_kind(void **state) {
    static const struct {
        const char *text;
        enum payload_kind kind;
        enum err error;
    } cases[] = {
        {HEADER ".e30.AAAA", PAYLOAD_JWS, ERR_OK},
        {"ewogImFsZyI6MX0.e30.AAAA", PAYLOAD_JWS, ERR_OK},
        {"  " HEADER ".e30.AAAA\r\n", PAYLOAD_JWS, ERR_OK},
        {HEADER ".e30.AAAA~", PAYLOAD_SD_JWT, ERR_FORMAT_SD_JWT},
        {HEADER ".e30.AAAA~WyJh~eyJ.e30.AA", PAYLOAD_SD_JWT, ERR_FORMAT_SD_JWT},
        {HEADER ".a.b.c.d", PAYLOAD_JWE, ERR_FORMAT_JWE},
        {"{\"type\":[\"VerifiableCredential\"]}", PAYLOAD_JSON, ERR_OK},
        {" \n{\"type\":\"VerifiablePresentation\"}\n", PAYLOAD_JSON, ERR_OK},
        {"{\"type\":\"EnvelopedVerifiableCredential\"}", PAYLOAD_JSON, ERR_OK},
        {"{\"type\":[\"EnvelopedVerifiablePresentation\"]}", PAYLOAD_JSON, ERR_OK},
        {"{\"type\":\"Assertion\"}", PAYLOAD_OPEN_BADGE_2, ERR_FORMAT_OPEN_BADGE_2},
        {"{\"payload\":\"\",\"signatures\":[]}", PAYLOAD_JADES, ERR_FORMAT_JADES},
        {"VP1-B3ECQDIA", PAYLOAD_CBOR_LD, ERR_OK},
        {"vc1-B3ECQDIA", PAYLOAD_CBOR_LD, ERR_OK},
        {"VC1-RRJRB90", PAYLOAD_CBOR_LD, ERR_OK},
        {"\xD9\x05\x01\xA1", PAYLOAD_CBOR_LD, ERR_OK},
        {"\xD9\x06\x64\xA1", PAYLOAD_CBOR_LD, ERR_OK},
        {"\xD9\xCB\x1D\x82\x01", PAYLOAD_CBOR_LD, ERR_OK},
        {"\xD2\x84\x43\xA1", PAYLOAD_COSE, ERR_FORMAT_COSE},
        {"\x84\x43\xA1\x01\x26", PAYLOAD_COSE, ERR_FORMAT_COSE},
        {"\xA1\x01\x02", PAYLOAD_CBOR, ERR_OK},
        {"HC1:NCFOXN", PAYLOAD_HEALTH, ERR_FORMAT_HEALTH},
        {"NZCP:/1/2KCEVIQEI", PAYLOAD_NZCP, ERR_FORMAT_NZCP},
        {"shc:/56762909524320603460292437404460", PAYLOAD_SHC, ERR_FORMAT_SHC},
        {"shc:/2/3/567629", PAYLOAD_SHC, ERR_FORMAT_SHC},
        {"UR:BYTES/1-9/LPADASCFADAX", PAYLOAD_MULTIPART, ERR_FORMAT_MULTIPART},
        {"https://badges.example/1", PAYLOAD_LINK, ERR_PAYLOAD_LINK},
        {"HTTPS://BADGES.EXAMPLE/1", PAYLOAD_LINK, ERR_PAYLOAD_LINK},
        {"openid-credential-offer://?credential_offer=%7B%7D", PAYLOAD_OFFER, ERR_PAYLOAD_OFFER},
        {"openid4vp://authorize?x=1", PAYLOAD_OFFER, ERR_PAYLOAD_OFFER},
        {"haip://?x=1", PAYLOAD_OFFER, ERR_PAYLOAD_OFFER},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct payload found = {0};
        enum err err = recognise(state, span_of_text(cases[i].text), &found);
        if (err != ERR_OK || found.kind != cases[i].kind || found.compressed) {
            fail_msg("\"%s\": %s, kind %d", cases[i].text, err_name(err), (int)found.kind);
        }
        assert_err(payload_kind_error(found.kind), cases[i].error);
        assert_non_null(payload_kind_code(found.kind));
    }
}

static void cuts_white_space_off_a_token(void **state) {
    struct payload found = {0};
    assert_ok(recognise(state, span_of_text("\t \r\n" HEADER ".e30.AAAA \n"), &found));
    assert_span_text(found.envelope, HEADER ".e30.AAAA");
}

static void calls_anything_else_unknown(void **state) {
    static const char *const cases[] = {
        "",
        " ",
        "\n",
        "hello",
        "BEGIN:VCARD",
        "eyJ",
        HEADER,
        HEADER ".e30",
        HEADER ".a.b.c",
        "{}",
        "[]",
        "{\"type\":\"Person\"}",
        "ftp://x.example",
        "NCF CONFERENCE 2026",
        "NCF",
        "NC",
        "NCFOXN%TS3DH3ZSUZK+.V0ETD%65NL",
        "\xF0\x9F\x98\x80",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct payload found = {.kind = PAYLOAD_KINDS};
        enum err err = recognise(state, span_of_text(cases[i]), &found);
        if (err != ERR_PAYLOAD_UNKNOWN || found.kind != PAYLOAD_KINDS) {
            fail_msg("\"%s\": %s", cases[i], err_name(err));
        }
    }
    assert_err(payload_kind_error(PAYLOAD_NONE), ERR_PAYLOAD_UNKNOWN);
    assert_err(payload_kind_error((enum payload_kind)99), ERR_PAYLOAD_UNKNOWN);
    assert_null(payload_kind_code((enum payload_kind)99));
}

static void names_what_is_wrong_with_json(void **state) {
    struct payload found = {0};
    struct room deep = forge_room(20001);
    assert_ok(room_put_text(&deep, "{\"a\":"));
    for (size_t i = 0; i < 10000; i++) {
        assert_ok(room_put_byte(&deep, '['));
    }
    assert_err(recognise(state, room_span(&deep), &found), ERR_JSON_DEPTH);
    forge_release(&deep);
    assert_err(recognise(state, span_of_text("{\"a\":1"), &found), ERR_JSON_SYNTAX);
    assert_err(recognise(state, span_of_text("{\"a\":1,\"a\":2}"), &found), ERR_JSON_DUPLICATE);
    assert_err(recognise(state, span_of_text("{\"a\":\"\\ud800\"}"), &found), ERR_JSON_SYNTAX);
}

/* Recognise the bytes behind zlib and base45, `layers` times. */
static enum err recognise_compressed(void **state, struct span bytes, int layers, struct payload *out) {
    struct room once = forge_room(bytes.len * 2 + 2048);
    struct room twice = forge_room(bytes.len * 4 + 4096);
    forge_compressed(bytes, &once);
    if (layers == 2) {
        forge_compressed(room_span(&once), &twice);
    }
    enum err err = recognise(state, room_span(layers == 2 ? &twice : &once), out);
    forge_release(&once);
    forge_release(&twice);
    return err;
}

static void names_what_compression_holds(void **state) {
    static const struct {
        const char *bytes;
        enum payload_kind kind;
    } cases[] = {
        {HEADER ".e30.AAAA", PAYLOAD_JWS},
        {HEADER ".e30.AAAA~", PAYLOAD_SD_JWT},
        {"{\"type\":\"VerifiableCredential\"}", PAYLOAD_JSON},
        {"\xA1\x01\x02", PAYLOAD_CBOR},
        {"\xD9\x05\x01\xA1", PAYLOAD_CBOR_LD},
        {"\x78\x1E" HEADER ".e30.AAAA~", PAYLOAD_SD_JWT},
        {"\xD2\x84\x43\xA1\x01\x26", PAYLOAD_COSE},
        {"\x84\x43\xA1\x01\x26", PAYLOAD_COSE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct payload found = {0};
        assert_ok(recognise_compressed(state, span_of_text(cases[i].bytes), 1, &found));
        assert_int_equal(found.kind, cases[i].kind);
        assert_true(found.compressed);
    }
}

static void takes_the_encoding_off_cbor_ld(void **state) {
    static const char *const cases[] = {
        "VP1-B3ECQDIA", " VC1-B3ECQDIA\n", "VP1-RRJRB90", "VC1-RRJRB90\r\n", "\xD9\x05\x01\xA0",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct payload found = {0};
        assert_ok(recognise(state, span_of_text(cases[i]), &found));
        assert_span_text(found.envelope, "\xD9\x05\x01\xA0");
    }
}

static void keeps_spaces_that_belong_to_base45(void **state) {
    struct payload found = {0};
    assert_ok(recognise(state, span_of_text("VC1-R  000 "), &found));
    assert_int_equal(found.envelope.len, 3);
    assert_memory_equal(found.envelope.ptr, "\x06\x78\x00", 3);
}

static void keeps_binary_as_it_is(void **state) {
    struct payload found = {0};
    assert_ok(recognise(state,
                        span_of_bytes("\xA1\x61"
                                      "a\x0A",
                                      4),
                        &found));
    assert_int_equal(found.kind, PAYLOAD_CBOR);
    assert_int_equal(found.envelope.len, 4);
}

static void names_what_is_wrong_with_an_encoding(void **state) {
    static const struct {
        const char *text;
        enum err err;
    } cases[] = {
        {"VP1-", ERR_PAYLOAD_PREFIX},
        {"VC1-X3ECQ", ERR_PAYLOAD_PREFIX},
        {"VP1-b3ECQDIA", ERR_PAYLOAD_PREFIX},
        {"VP1-B3ecqdia", ERR_BASE32_CHARACTER},
        {"VP1-B3ECQDIA=", ERR_BASE32_CHARACTER},
        {"VP1-B3", ERR_BASE32_LENGTH},
        {"VP1-B33", ERR_BASE32_LENGTH},
        {"VC1-RA", ERR_BASE45_LENGTH},
        {"VC1-Raa", ERR_BASE45_CHARACTER},
        {"VC1-R:::", ERR_BASE45_RANGE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct payload found = {0};
        enum err err = recognise(state, span_of_text(cases[i].text), &found);
        if (err != cases[i].err || found.kind != PAYLOAD_NONE) {
            fail_msg("\"%s\": %s", cases[i].text, err_name(err));
        }
    }
}

static void takes_a_token_out_of_a_cbor_string(void **state) {
    struct payload found = {0};
    assert_ok(recognise_compressed(state, span_of_text("\x78\x1E" HEADER ".e30.AAAA~"), 1, &found));
    assert_span_text(found.envelope, HEADER ".e30.AAAA~");
    assert_err(recognise_compressed(state, span_of_text("\x78\x05hello"), 1, &found), ERR_PAYLOAD_UNKNOWN);
    assert_err(recognise_compressed(state, span_of_text("\x78\x1D" HEADER ".e30.AAAA~"), 1, &found),
               ERR_PAYLOAD_UNKNOWN);
}

static void keeps_a_token_whole_through_compression(void **state) {
    struct payload found = {0};
    assert_ok(recognise_compressed(state, span_of_text(HEADER ".e30.AAAA\n"), 1, &found));
    assert_span_text(found.envelope, HEADER ".e30.AAAA");
}

static void takes_compression_off_once(void **state) {
    struct payload found = {0};
    assert_err(recognise_compressed(state, span_of_text(HEADER ".e30.AAAA"), 2, &found), ERR_PAYLOAD_NESTED);
}

static void refuses_an_inflate_bomb(void **state) {
    struct payload found = {0};
    struct room zeros = forge_room(100u * 1024 * 1024);
    struct room bomb = forge_room(1024 * 1024);
    zeros.len = zeros.cap;
    forge_compressed(room_span(&zeros), &bomb);
    assert_true(bomb.len < LIMIT_PAYLOAD_BYTES);
    assert_err(recognise(state, room_span(&bomb), &found), ERR_INFLATE_TOO_LARGE);
    forge_release(&bomb);
    forge_release(&zeros);
}

static void refuses_what_is_larger_than_any_credential(void **state) {
    struct payload found = {0};
    struct room large = forge_room(LIMIT_PAYLOAD_BYTES + 1);
    memset(large.ptr, 'e', large.cap);
    large.len = large.cap;
    assert_err(recognise(state, room_span(&large), &found), ERR_PAYLOAD_TOO_LARGE);
    large.len = LIMIT_PAYLOAD_BYTES;
    assert_err(recognise(state, room_span(&large), &found), ERR_PAYLOAD_UNKNOWN);
    forge_release(&large);
}

static void says_when_the_arena_is_too_small(void **state) {
    (void)state;
    _Alignas(16) uint8_t bytes[64];
    struct arena arena = arena_over(bytes, sizeof bytes);
    struct payload found = {0};
    struct room packed = forge_room(4096);
    forge_compressed(span_of_text(HEADER ".e30.AAAA"), &packed);
    assert_err(payload_recognise(room_span(&packed), &arena, &found), ERR_NO_ROOM);
    forge_release(&packed);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_each_kind),
        cmocka_unit_test(cuts_white_space_off_a_token),
        cmocka_unit_test(calls_anything_else_unknown),
        cmocka_unit_test(names_what_is_wrong_with_json),
        cmocka_unit_test(names_what_compression_holds),
        cmocka_unit_test(takes_the_encoding_off_cbor_ld),
        cmocka_unit_test(keeps_spaces_that_belong_to_base45),
        cmocka_unit_test(keeps_binary_as_it_is),
        cmocka_unit_test(names_what_is_wrong_with_an_encoding),
        cmocka_unit_test(takes_a_token_out_of_a_cbor_string),
        cmocka_unit_test(keeps_a_token_whole_through_compression),
        cmocka_unit_test(takes_compression_off_once),
        cmocka_unit_test(refuses_an_inflate_bomb),
        cmocka_unit_test(refuses_what_is_larger_than_any_credential),
        cmocka_unit_test(says_when_the_arena_is_too_small),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
