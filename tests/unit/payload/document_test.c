/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include "payload/document.h"

static enum err document_of(enum payload_kind kind, struct span envelope, json_t **out) {
    static _Alignas(16) uint8_t memory[1 << 18];
    struct arena arena = arena_over(memory, sizeof memory);
    struct payload payload = {.kind = kind, .envelope = envelope};
    struct context_library none = {0};
    return payload_document(&payload, &none, &arena, out);
}

static enum err document(enum payload_kind kind, const char *envelope, json_t **out) {
    return document_of(kind, span_of_text(envelope), out);
}

static void reads_json_text(void **state) {
    (void)state;
    json_t *got = NULL;
    assert_ok(document(PAYLOAD_JSON, "{\"type\":[\"VerifiableCredential\"]}", &got));
    assert_string_equal(json_string_value(json_array_get(json_object_get(got, "type"), 0)),
                        "VerifiableCredential");
    json_decref(got);
}

static void reads_a_cbor_map(void **state) {
    (void)state;
    json_t *got = NULL;
    json_t *want = json_pack("{s:[s],s:i,s:n}", "type", "A", "n", 7, "x");
    assert_ok(document(PAYLOAD_CBOR, "\xA3\x64type\x81\x61\x41\x61n\x07\x61x\xF6", &got));
    assert_true(json_equal(got, want));
    json_decref(got);
    json_decref(want);
}

static void refuses_a_cbor_map_that_is_not_whole(void **state) {
    (void)state;
    json_t *got = NULL;
    assert_err(document(PAYLOAD_CBOR, "\xA1\x61x\x01\x01", &got), ERR_CBOR_TRAILING);
    assert_err(document(PAYLOAD_CBOR, "\xA2\x61x\x01\x61x\x02", &got), ERR_CBOR_DUPLICATE);
    assert_err(document(PAYLOAD_CBOR, "\xA1\x01\x02", &got), ERR_CBOR_KEY);
    assert_err(document(PAYLOAD_CBOR, "\xA1\x61x\xC1\x01", &got), ERR_CBOR_TAG);
    assert_err(document_of(PAYLOAD_CBOR, (struct span){0}, &got), ERR_CBOR_CUT);
    assert_null(got);
}

static void reads_cbor_ld(void **state) {
    (void)state;
    json_t *got = NULL;
    assert_ok(document(PAYLOAD_CBOR_LD, "\xD9\xCB\x1D\x82\x01\xA1\x04\x82\x02\x61z", &got));
    assert_string_equal(json_string_value(json_object_get(got, "@id")), "https://z");
    json_decref(got);
    assert_err(document(PAYLOAD_CBOR_LD, "\xA1\x61x\x01", &got), ERR_CBORLD_HEADER);
}

static void refuses_what_is_no_document(void **state) {
    (void)state;
    json_t *got = NULL;
    assert_err(document(PAYLOAD_JSON, "{\"type\":", &got), ERR_JSON_SYNTAX);
    assert_err(document(PAYLOAD_JWS, "{}", &got), ERR_PAYLOAD_UNKNOWN);
    assert_err(document(PAYLOAD_NONE, "{}", &got), ERR_PAYLOAD_UNKNOWN);
    assert_null(got);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_json_text),
        cmocka_unit_test(reads_a_cbor_map),
        cmocka_unit_test(refuses_a_cbor_map_that_is_not_whole),
        cmocka_unit_test(reads_cbor_ld),
        cmocka_unit_test(refuses_what_is_no_document),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
