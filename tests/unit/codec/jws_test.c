/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include "base/limits.h"
#include "codec/base64url.h"
#include "codec/jws.h"

#include <stdio.h>

static uint8_t memory[4096];

/* A compact JWS of this header, with payload "{}" and signature "s". */
static const char *with_header(const char *header) {
    static char text[2048];
    struct room room = room_over(text, sizeof text - 1);
    assert_ok(base64url_encode(span_of_text(header), &room));
    assert_ok(room_put_text(&room, ".e30.cw"));
    text[room.len] = 0;
    return text;
}

static enum err split_err(const char *text) {
    struct arena arena = arena_over(memory, sizeof memory);
    struct jws jws = {0};
    enum err err = jws_split(span_of_text(text), &arena, &jws);
    assert_true((err == ERR_OK) == (jws.header != NULL));
    jws_close(&jws);
    return err;
}

static void takes_a_signature_apart(void **state) {
    (void)state;
    const char *text =
        with_header("{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"https://a.example#1\",\"x\":1}");
    struct arena arena = arena_over(memory, sizeof memory);
    struct jws jws = {0};
    assert_ok(jws_split(span_of_text(text), &arena, &jws));
    assert_span_text(jws.alg, "ES256");
    assert_span_text(jws.typ, "JWT");
    assert_span_text(jws.kid, "https://a.example#1");
    assert_span_text(jws.payload, "{}");
    assert_span_text(jws.signature, "s");
    assert_ptr_equal(jws.signing_input.ptr, text);
    assert_int_equal(jws.signing_input.len, strlen(text) - strlen(".cw"));
    jws_close(&jws);
    assert_null(jws.header);
    jws_close(&jws);
}

static void gives_empty_spans_for_absent_members(void **state) {
    (void)state;
    struct arena arena = arena_over(memory, sizeof memory);
    struct jws jws = {0};
    assert_ok(jws_split(span_of_text("eyJhbGciOiJFUzI1NiJ9..cw"), &arena, &jws));
    assert_int_equal(jws.typ.len + jws.kid.len + jws.payload.len, 0);
    jws_close(&jws);
}

static void refuses_other_shapes(void **state) {
    (void)state;
    static const char *const cases[] = {
        "",
        ".",
        "..",
        "...",
        "a",
        "a.b",
        "eyJhbGciOiJFUzI1NiJ9.e30",
        "eyJhbGciOiJFUzI1NiJ9.e30.",
        ".e30.cw",
        "eyJhbGciOiJFUzI1NiJ9.e30.cw.",
        "eyJhbGciOiJFUzI1NiJ9.e30.cw.cw",
        ".eyJhbGciOiJFUzI1NiJ9.e30.cw",
        "eyJhbGciOiJFUzI1NiJ9.e30.cw.cw.cw",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_err(split_err(cases[i]), ERR_JWS_SHAPE);
    }
}

static void refuses_parts_that_are_no_base64url(void **state) {
    (void)state;
    static const char *const cases[] = {
        "eyJhbGciOiJFUzI1NiJ9.e30.cw==", "eyJhbGciOiJFUzI1NiJ9.e30.cw\n", " eyJhbGciOiJFUzI1NiJ9.e30.cw",
        "eyJhbGciOiJFUzI1NiJ9.e3 0.cw",  "eyJhbGciOiJFUzI1NiJ9.e30.cx",   "eyJhbGciOiJFUzI1NiJ9.e30=.cw",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_err(split_err(cases[i]), ERR_BASE64URL);
    }
}

static void refuses_headers_it_cannot_judge(void **state) {
    (void)state;
    static const struct {
        const char *header;
        enum err err;
    } cases[] = {
        {"not json", ERR_JSON_SYNTAX},
        {"{\"alg\":\"ES256\",\"alg\":\"none\"}", ERR_JSON_DUPLICATE},
        {"[]", ERR_JWS_HEADER},
        {"{}", ERR_JWS_HEADER},
        {"{\"alg\":1}", ERR_JWS_HEADER},
        {"{\"alg\":null}", ERR_JWS_HEADER},
        {"{\"ALG\":\"ES256\"}", ERR_JWS_HEADER},
        {"{\"alg\":\"ES256\",\"typ\":1}", ERR_JWS_HEADER},
        {"{\"alg\":\"ES256\",\"kid\":{}}", ERR_JWS_HEADER},
        {"{\"alg\":\"ES256\",\"crit\":[]}", ERR_JWS_CRIT},
        {"{\"alg\":\"ES256\",\"crit\":null}", ERR_JWS_CRIT},
        {"{\"alg\":\"ES256\",\"crit\":[\"exp\"],\"exp\":1}", ERR_JWS_CRIT},
        {"{\"alg\":\"ES256\",\"crit\":[\"b64\"],\"b64\":false}", ERR_JWS_CRIT},
        {"{\"alg\":\"ES256\",\"b64\":false}", ERR_JWS_B64},
        {"{\"alg\":\"ES256\",\"b64\":true}", ERR_JWS_B64},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_err(split_err(with_header(cases[i].header)), cases[i].err);
    }
}

static void refuses_deep_headers(void **state) {
    (void)state;
    char header[256] = "{\"alg\":\"ES256\",\"x\":";
    memset(header + strlen(header), '[', LIMIT_JSON_DEPTH);
    assert_err(split_err(with_header(header)), ERR_JSON_DEPTH);
}

static void says_when_the_arena_is_full(void **state) {
    (void)state;
    struct arena arena = arena_over(memory, 16);
    struct jws jws = {0};
    assert_err(jws_split(span_of_text("eyJhbGciOiJFUzI1NiJ9.e30.cw"), &arena, &jws), ERR_NO_ROOM);
    assert_null(jws.header);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_a_signature_apart),
        cmocka_unit_test(gives_empty_spans_for_absent_members),
        cmocka_unit_test(refuses_other_shapes),
        cmocka_unit_test(refuses_parts_that_are_no_base64url),
        cmocka_unit_test(refuses_headers_it_cannot_judge),
        cmocka_unit_test(refuses_deep_headers),
        cmocka_unit_test(says_when_the_arena_is_full),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
