/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"
#include "tests/lib/interop.h"

#include "codec/base45.h"

static void judge(struct interop *interop, const json_t *vector) {
    struct span text = span_of_text(json_string_value(json_object_get(vector, "base45")));
    const char *hex = json_string_value(json_object_get(vector, "raw_hex"));
    char memory[64];
    char written[64];
    struct room room = room_over(memory, sizeof memory);
    struct room back = room_over(written, sizeof written);
    enum err err = base45_decode(text, &room);
    bool passed = err == ERR_BASE45_RANGE;
    if (hex != NULL) {
        struct span bytes = interop_unhex(hex);
        passed = err == ERR_OK && span_equal(room_span(&room), bytes) &&
                 base45_encode(bytes, &back) == ERR_OK && span_equal(room_span(&back), text);
        interop_free(bytes);
    }
    interop_case(interop, (const char *)text.ptr, passed, err_name(err));
}

/* Both ways where the bytes are given; the one with an "error" is a group above FFFF. */
static void rfc_9285(void **state) {
    (void)state;
    struct interop interop = {0};
    interop_open(&interop, "base45", "base45");
    json_t *vectors = interop_json("base45/rfc9285.json");
    for (size_t i = 0; i < json_array_size(vectors); i++) {
        judge(&interop, json_array_get(vectors, i));
    }
    json_decref(vectors);
    interop_close(&interop);
}

int main(void) {
    static const struct CMUnitTest tests[] = {cmocka_unit_test(rfc_9285)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
