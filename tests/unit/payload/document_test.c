/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include "payload/document.h"

static enum err document(enum payload_kind kind, const char *envelope, json_t **out) {
    static _Alignas(16) uint8_t memory[65536];
    struct arena arena = arena_over(memory, sizeof memory);
    struct payload payload = {.kind = kind, .envelope = span_of_text(envelope)};
    struct context_library none = {0};
    return payload_document(&payload, &none, &arena, out);
}

static void reads_json_text(void **state) {
    (void)state;
    json_t *got = NULL;
    assert_ok(document(PAYLOAD_JSON, "{\"type\":[\"VerifiableCredential\"]}", &got));
    assert_string_equal(json_string_value(json_array_get(json_object_get(got, "type"), 0)),
                        "VerifiableCredential");
    json_decref(got);
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
        cmocka_unit_test(refuses_what_is_no_document),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
