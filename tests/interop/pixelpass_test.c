/* SPDX-License-Identifier: Apache-2.0 */
/* PixelPass: what its own tests expect (shared/interop/pixelpass-inji). */
#include "tests/lib/check.h"

#include <stdio.h>

#include "codec/base45.h"
#include "payload/compressed.h"
#include "payload/document.h"
#include "tests/lib/interop.h"

static _Alignas(16) uint8_t memory[1 << 20];

/* JSON comes back from a CBOR map, other text from compression as it was. */
static bool decoded(struct span text, const char *expected) {
    struct arena arena = arena_over(memory, sizeof memory);
    struct payload payload = {0};
    json_t *got = NULL;
    json_t *want = json_loads(expected, 0, NULL);
    struct span plain = {0};
    if (want == NULL) {
        return compressed_recognised(text) && compressed_open(text, &arena, &plain) == ERR_OK &&
               span_equal_text(plain, expected) &&
               payload_recognise(text, &arena, &payload) == ERR_PAYLOAD_UNKNOWN;
    }
    bool right = payload_recognise(text, &arena, &payload) == ERR_OK && payload.kind == PAYLOAD_CBOR &&
                 payload.compressed && payload_document(&payload, NULL, &arena, &got) == ERR_OK &&
                 json_equal(got, want);
    json_decref(got);
    json_decref(want);
    return right;
}

static bool refused(struct span text, const char *error) {
    uint8_t bytes[64];
    struct room room = room_over(bytes, sizeof bytes);
    bool length = strcmp(error, "base45 length") == 0;
    return base45_decode(text, &room) == (length ? ERR_BASE45_LENGTH : ERR_BASE45_CHARACTER);
}

static void reads_what_pixelpass_writes(void **state) {
    struct interop interop = {0};
    (void)state;
    interop_open(&interop, "pixelpass-inji", "pixelpass-inji");
    json_t *tests = interop_json("pixelpass-inji/pixelpass-unit-vectors.json");
    for (size_t i = 0; i < json_array_size(tests); i++) {
        const json_t *test = json_array_get(tests, i);
        const char *encoded = json_string_value(json_object_get(test, "encoded"));
        const char *expected = json_string_value(json_object_get(test, "decoded"));
        const char *error = json_string_value(json_object_get(test, "error"));
        bool right = expected != NULL ? decoded(span_of_text(encoded), expected)
                                      : refused(span_of_text(encoded), error);
        interop_case(&interop, encoded, right, expected == NULL ? error : expected);
    }
    json_decref(tests);
    interop_close(&interop);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_pixelpass_writes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
