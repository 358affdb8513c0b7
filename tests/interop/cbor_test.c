/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"
#include "tests/lib/interop.h"

#include <math.h>

#include "codec/cbor.h"

/* The item that begins the rest is what the vector says in JSON. */
static bool matches(struct span *rest, const json_t *expected);

static bool members_match(struct span *rest, uint64_t pairs, const json_t *expected) {
    bool same = json_is_object(expected) && json_object_size(expected) == pairs;
    for (uint64_t i = 0; same && i < pairs; i++) {
        struct cbor_item key = {0};
        same = cbor_next(rest, &key) == ERR_OK && key.kind == CBOR_TEXT &&
               matches(rest, json_object_getn(expected, (const char *)key.bytes.ptr, key.bytes.len));
    }
    return same;
}

static bool items_match(struct span *rest, uint64_t count, const json_t *expected) {
    bool same = json_is_array(expected) && json_array_size(expected) == count;
    for (uint64_t i = 0; same && i < count; i++) {
        same = matches(rest, json_array_get(expected, (size_t)i));
    }
    return same;
}

/* Tags 2 and 3: a number as bytes, the highest first (RFC 8949 section 3.4.3). */
static bool is_large_number(struct span *rest, uint64_t tag, double expected) {
    struct cbor_item item = {0};
    double value = 0;
    if ((tag != 2 && tag != 3) || cbor_next(rest, &item) != ERR_OK || item.kind != CBOR_BYTES) {
        return false;
    }
    for (size_t i = 0; i < item.bytes.len; i++) {
        value = value * 256 + item.bytes.ptr[i];
    }
    return (tag == 2 ? value : -1 - value) == expected;
}

static bool scalar_matches(const struct cbor_item *item, const json_t *expected) {
    switch (item->kind) {
    case CBOR_UNSIGNED:
        return json_is_real(expected) && json_real_value(expected) == (double)item->number;
    case CBOR_NEGATIVE:
        return json_is_real(expected) && json_real_value(expected) == -1 - (double)item->number;
    case CBOR_FLOAT:
        return json_is_real(expected) && json_real_value(expected) == item->real;
    case CBOR_TEXT:
        return json_is_string(expected) &&
               span_equal(item->bytes,
                          span_of_bytes(json_string_value(expected), json_string_length(expected)));
    case CBOR_FALSE:
        return json_is_false(expected);
    case CBOR_TRUE:
        return json_is_true(expected);
    case CBOR_NULL:
        return json_is_null(expected);
    default:
        return false;
    }
}

static bool matches(struct span *rest, const json_t *expected) {
    struct cbor_item item = {0};
    if (cbor_next(rest, &item) != ERR_OK) {
        return false;
    }
    return item.kind == CBOR_MAP     ? members_match(rest, item.number, expected)
           : item.kind == CBOR_ARRAY ? items_match(rest, item.number, expected)
           : item.kind == CBOR_TAG   ? is_large_number(rest, item.number, json_real_value(expected))
                                     : scalar_matches(&item, expected);
}

/* Write again what was read. */
static bool writes_alike(struct span bytes) {
    uint8_t memory[256];
    struct room room = room_over(memory, sizeof memory);
    enum err err = cbor_check(bytes);
    for (struct span rest = bytes; err == ERR_OK && rest.len > 0;) {
        struct cbor_item item = {0};
        err = cbor_next(&rest, &item);
        if (err == ERR_OK) {
            err = item.kind == CBOR_FLOAT ? cbor_put_float(&room, item.real)
                  : item.kind == CBOR_BYTES || item.kind == CBOR_TEXT
                      ? cbor_put_string(&room, item.kind, item.bytes)
                      : cbor_put(&room, item.kind, item.number);
        }
    }
    return err == ERR_OK && span_equal(room_span(&room), bytes);
}

/* Forms that no credential uses are refused by name: lengths unsaid beforehand (the vectors that are not to be
 * written alike, but for long floats), and simple values beside false, true and null. */
static enum err refusal_of(const json_t *vector) {
    const char *diagnostic = json_string_value(json_object_get(vector, "diagnostic"));
    const char *hex = json_string_value(json_object_get(vector, "hex"));
    bool simple = diagnostic != NULL &&
                  (strcmp(diagnostic, "undefined") == 0 || strncmp(diagnostic, "simple(", 7) == 0);
    bool alike = json_is_true(json_object_get(vector, "roundtrip"));
    return simple ? ERR_CBOR_HEAD : alike || hex[0] == 'f' ? ERR_OK : ERR_CBOR_INDEFINITE;
}

static void judge(struct interop *interop, const json_t *vector) {
    const char *hex = json_string_value(json_object_get(vector, "hex"));
    const json_t *decoded = json_object_get(vector, "decoded");
    struct span bytes = interop_unhex(hex);
    struct span rest = bytes;
    enum err expected = refusal_of(vector);
    bool passed = cbor_check(bytes) == expected;
    if (passed && expected == ERR_OK && decoded != NULL) {
        passed = matches(&rest, decoded) && rest.len == 0;
    }
    if (passed && expected == ERR_OK && json_is_true(json_object_get(vector, "roundtrip"))) {
        passed = writes_alike(bytes);
    }
    interop_case(interop, hex, passed, err_name(cbor_check(bytes)));
    interop_free(bytes);
}

/* Every example of RFC 8949 appendix A: read, compared with its JSON where it has one, written again. */
static void rfc_8949_appendix_a(void **state) {
    (void)state;
    struct interop interop = {0};
    interop_open(&interop, "cbor-test-vectors", "cbor-test-vectors");
    struct span text = interop_read("cbor-test-vectors/appendix_a.json");
    json_t *vectors = json_loadb((const char *)text.ptr, text.len, JSON_DECODE_INT_AS_REAL, NULL);
    assert_non_null(vectors);
    for (size_t i = 0; i < json_array_size(vectors); i++) {
        judge(&interop, json_array_get(vectors, i));
    }
    json_decref(vectors);
    interop_free(text);
    interop_close(&interop);
}

int main(void) {
    static const struct CMUnitTest tests[] = {cmocka_unit_test(rfc_8949_appendix_a)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
