/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdlib.h>
#include <string.h>

#include "codec/jsontext.h"
#include "credential/presentation.h"
#include "tests/lib/forge.h"

#define OLD               "\"@context\":[\"https://www.w3.org/2018/credentials/v1\"],"
#define NEW               "\"@context\":\"https://www.w3.org/ns/credentials/v2\","
#define ONE               "{\"type\":[\"VerifiableCredential\"]}"
#define ENVELOPE(address) "{" NEW "\"id\":\"" address "\",\"type\":\"EnvelopedVerifiableCredential\"}"
#define SHOWS(context, list)                                                                                 \
    "{" context "\"id\":\"urn:uuid:9\",\"type\":\"VerifiablePresentation\",\"holder\":\"did:example:ada\","  \
    "\"verifiableCredential\":" list "}"

static json_t *parsed(const char *text) {
    json_t *document = NULL;
    assert_ok(jsontext_parse(span_of_text(text), &document));
    return document;
}

static enum err read_text(const char *text) {
    struct presentation shown = {0};
    json_t *document = parsed(text);
    enum err err = presentation_read(document, &shown);
    json_decref(document);
    assert_true(err == ERR_OK || shown.count == 0);
    return err;
}

static void tells_a_presentation_by_its_type(void **state) {
    (void)state;
    json_t *shown = parsed(SHOWS(OLD, ONE));
    json_t *several = parsed("{\"type\":[\"Other\",\"VerifiablePresentation\"]}");
    json_t *credential = parsed(ONE);
    assert_true(presentation_is(shown));
    assert_true(presentation_is(several));
    assert_false(presentation_is(credential));
    assert_false(presentation_is(NULL));
    json_decref(shown);
    json_decref(several);
    json_decref(credential);
}

static void reads_one_credential(void **state) {
    (void)state;
    struct presentation shown = {0};
    json_t *document = parsed(SHOWS(OLD, ONE));
    assert_ok(presentation_read(document, &shown));
    assert_int_equal(shown.count, 1);
    assert_ptr_equal(shown.list[0].document, json_object_get(document, "verifiableCredential"));
    assert_int_equal(shown.list[0].token.len, 0);
    assert_span_text(shown.holder, "did:example:ada");
    assert_span_text(shown.id, "urn:uuid:9");
    json_decref(document);
}

static void reads_documents_and_tokens_in_their_order(void **state) {
    (void)state;
    struct presentation shown = {0};
    json_t *document =
        parsed(SHOWS(NEW, "[" ONE ",\"eyJ.e30.AA\"," ENVELOPE("data:application/vc+jwt,eyJ.x.y") "," ENVELOPE(
                              "DATA:application/VC+SD-JWT,eyJ.x.y~z~") "]"));
    assert_ok(presentation_read(document, &shown));
    assert_int_equal(shown.count, 4);
    assert_non_null(shown.list[0].document);
    assert_null(shown.list[1].document);
    assert_span_text(shown.list[1].token, "eyJ.e30.AA");
    assert_null(shown.list[2].document);
    assert_span_text(shown.list[2].token, "eyJ.x.y");
    assert_span_text(shown.list[3].token, "eyJ.x.y~z~");
    json_decref(document);
}

static void reads_a_presentation_in_an_envelope(void **state) {
    (void)state;
    struct span token = {0};
    json_t *envelope = parsed("{" NEW "\"type\":\"EnvelopedVerifiablePresentation\",\"id\":"
                              "\"data:application/vp+jwt,eyJ.p.s\"}");
    json_t *none = parsed(SHOWS(NEW, ONE));
    assert_ok(presentation_envelope(envelope, &token));
    assert_span_text(token, "eyJ.p.s");
    assert_ok(presentation_envelope(none, &token));
    assert_int_equal(token.len, 0);
    json_decref(envelope);
    json_decref(none);
}

static void takes_a_holder_that_is_an_object(void **state) {
    (void)state;
    struct presentation shown = {0};
    char *text = forge_replaced(SHOWS(NEW, ONE), "\"did:example:ada\"", "{\"id\":\"did:example:eve\"}");
    json_t *document = parsed(text);
    assert_ok(presentation_read(document, &shown));
    assert_span_text(shown.holder, "did:example:eve");
    json_decref(document);
    free(text);
}

static void refuses_what_is_no_presentation_of_credentials(void **state) {
    (void)state;
    static const struct {
        const char *text;
        enum err expected;
    } cases[] = {
        {ONE, ERR_CREDENTIAL_NONE},
        {SHOWS("\"@context\":\"https://www.w3.org/ns/credentials/v9\",", ONE), ERR_CREDENTIAL_CONTEXT},
        {SHOWS("", ONE), ERR_CREDENTIAL_CONTEXT},
        {SHOWS(NEW, "[]"), ERR_PRESENTATION_EMPTY},
        {"{" NEW "\"type\":\"VerifiablePresentation\"}", ERR_PRESENTATION_EMPTY},
        {SHOWS(NEW, "[" ONE "," ONE "," ONE "," ONE "," ONE "," ONE "," ONE "," ONE "," ONE "]"),
         ERR_PRESENTATION_MANY},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_err(read_text(cases[i].text), cases[i].expected);
    }
}

static void names_what_is_no_credential_and_keeps_the_others(void **state) {
    (void)state;
    static const struct {
        const char *member;
        enum err expected;
    } cases[] = {
        {"7", ERR_PRESENTATION_MEMBER},
        {"null", ERR_PRESENTATION_MEMBER},
        {"[" ONE "]", ERR_PRESENTATION_MEMBER},
        {"{\"type\":\"Other\"}", ERR_PRESENTATION_MEMBER},
        {"\"https://issuer.example/credentials/1\"", ERR_PRESENTATION_MEMBER},
        {ENVELOPE("data:text/plain,eyJ.x.y"), ERR_PRESENTATION_MEMBER},
        {ENVELOPE("data:application/vc+jwt;base64,eyJ.x.y"), ERR_PRESENTATION_MEMBER},
        {ENVELOPE("data:application/vc+jwt,VP1-B"), ERR_PRESENTATION_MEMBER},
        {ENVELOPE("data:application/vc+jwt"), ERR_PRESENTATION_MEMBER},
        {ENVELOPE("https://issuer.example/,eyJ.x.y"), ERR_PRESENTATION_MEMBER},
        {"{\"type\":\"EnvelopedVerifiableCredential\"}", ERR_PRESENTATION_MEMBER},
        {ENVELOPE("data:application/vc+cose;base64,0oRD"), ERR_FORMAT_COSE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct presentation shown = {0};
        char *text = forge_replaced(SHOWS(NEW, "[MEMBER," ONE "]"), "MEMBER", cases[i].member);
        json_t *document = parsed(text);
        assert_ok(presentation_read(document, &shown));
        assert_int_equal(shown.count, 2);
        assert_err(shown.list[0].err, cases[i].expected);
        assert_null(shown.list[0].document);
        assert_int_equal(shown.list[0].token.len, 0);
        assert_ok(shown.list[1].err);
        assert_non_null(shown.list[1].document);
        json_decref(document);
        free(text);
    }
}

static void refuses_a_holder_or_id_of_another_shape(void **state) {
    (void)state;
    static const struct {
        const char *from, *to;
        enum err expected;
    } cases[] = {
        {"\"did:example:ada\"", "7", ERR_PRESENTATION_HOLDER},
        {"\"did:example:ada\"", "null", ERR_PRESENTATION_HOLDER},
        {"\"did:example:ada\"", "\"\"", ERR_PRESENTATION_HOLDER},
        {"\"did:example:ada\"", "{\"name\":\"Ada\"}", ERR_PRESENTATION_HOLDER},
        {"\"urn:uuid:9\"", "9", ERR_CREDENTIAL_ID},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *text = forge_replaced(SHOWS(NEW, ONE), cases[i].from, cases[i].to);
        assert_err(read_text(text), cases[i].expected);
        free(text);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_a_presentation_by_its_type),
        cmocka_unit_test(reads_one_credential),
        cmocka_unit_test(reads_documents_and_tokens_in_their_order),
        cmocka_unit_test(reads_a_presentation_in_an_envelope),
        cmocka_unit_test(takes_a_holder_that_is_an_object),
        cmocka_unit_test(refuses_what_is_no_presentation_of_credentials),
        cmocka_unit_test(names_what_is_no_credential_and_keeps_the_others),
        cmocka_unit_test(refuses_a_holder_or_id_of_another_shape),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
