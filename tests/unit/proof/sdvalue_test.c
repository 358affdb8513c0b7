/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdlib.h>

#include "base/limits.h"
#include "codec/base64url.h"
#include "codec/cbor.h"
#include "proof/sdvalue.h"

#define MEMORY       (1u << 20)
#define COUNT(array) (sizeof(array) / sizeof *(array))

/* How a value differs from a good one of two labels and two indexes; all zero is that. */
struct recipe {
    const char *header, *codec; /* three bytes, and the key's first two; NULL: the right ones */
    uint64_t parts;             /* of the outer array; this and the lengths: 0 is the right one */
    size_t base_bytes, key_bytes, signature_bytes, label_bytes;
    uint32_t signatures;
    uint64_t keys[2], marks[2], index[2]; /* added to 0 and 1: keys of the labels, what fills them, indexes */
    bool empty, text_signature, text_base, negative_key, negative_index, trailing;
};

static struct room memory(struct arena *arena, size_t cap) {
    struct room room = {0};
    assert_ok(arena_room(arena, cap, &room));
    return room;
}

static void put_filled(struct room *out, enum cbor_kind kind, size_t len, uint64_t mark) {
    uint8_t bytes[128];
    memset(bytes, (int)mark & 0x7F, sizeof bytes);
    assert_ok(cbor_put_string(out, kind, span_of_bytes(bytes, len)));
}

static void put_key(const struct recipe *r, struct room *out) {
    uint8_t bytes[128] = {0};
    memcpy(bytes, r->codec != NULL ? r->codec : "\x80\x24", 2);
    assert_ok(cbor_put_string(out, CBOR_BYTES, span_of_bytes(bytes, r->key_bytes > 0 ? r->key_bytes : 35)));
}

static void put_signatures(const struct recipe *r, struct room *out) {
    enum cbor_kind kind = r->text_signature ? CBOR_TEXT : CBOR_BYTES;
    uint32_t count = r->empty ? 0 : r->signatures > 0 ? r->signatures : 2;
    assert_ok(cbor_put(out, CBOR_ARRAY, count));
    for (uint32_t i = 0; i < count; i++) {
        put_filled(out, kind, r->signature_bytes > 0 ? r->signature_bytes : 64, i);
    }
}

static void put_labels(const struct recipe *r, struct room *out) {
    uint32_t count = r->empty ? 0 : 2;
    assert_ok(cbor_put(out, CBOR_MAP, count));
    for (uint32_t i = 0; i < count; i++) {
        assert_ok(cbor_put(out, r->negative_key ? CBOR_NEGATIVE : CBOR_UNSIGNED, i + r->keys[i]));
        put_filled(out, CBOR_BYTES, r->label_bytes > 0 ? r->label_bytes : 32, 40 + i + r->marks[i]);
    }
}

static void put_indexes(const struct recipe *r, struct room *out) {
    uint32_t count = r->empty ? 0 : 2;
    assert_ok(cbor_put(out, CBOR_ARRAY, count));
    for (uint32_t i = 0; i < count; i++) {
        assert_ok(cbor_put(out, r->negative_index ? CBOR_NEGATIVE : CBOR_UNSIGNED, i + r->index[i]));
    }
}

static void put_parts(const struct recipe *r, struct room *out) {
    uint64_t parts = r->parts > 0 ? r->parts : 5;
    assert_ok(cbor_put(out, CBOR_ARRAY, parts));
    put_filled(out, r->text_base ? CBOR_TEXT : CBOR_BYTES, r->base_bytes > 0 ? r->base_bytes : 64, 1);
    put_key(r, out);
    put_signatures(r, out);
    put_labels(r, out);
    if (parts > 4) {
        put_indexes(r, out);
    }
    for (uint64_t i = 5; i < parts; i++) {
        assert_ok(cbor_put(out, CBOR_NULL, 0));
    }
}

/* The whole text; it lives in the arena. */
static struct span value_of(const struct recipe *r, struct arena *arena) {
    struct room bytes = memory(arena, 32768), text = memory(arena, 65536);
    assert_ok(room_put(&bytes, span_of_bytes(r->header != NULL ? r->header : "\xD9\x5D\x01", 3)));
    put_parts(r, &bytes);
    if (r->trailing) {
        assert_ok(room_put_byte(&bytes, 0));
    }
    assert_ok(room_put_byte(&text, 'u'));
    assert_ok(base64url_encode(room_span(&bytes), &text));
    return room_span(&text);
}

static struct arena arena_here(void) {
    static max_align_t bytes[MEMORY / sizeof(max_align_t)];
    return arena_over(bytes, sizeof bytes);
}

static void takes_a_value_apart(void **state) {
    (void)state;
    static const struct recipe recipe = {.signatures = 3, .keys = {1, UINT64_MAX}, .index = {2, 70000}};
    struct arena arena = arena_here();
    struct sdvalue value = {0};
    assert_ok(sdvalue_read(value_of(&recipe, &arena), &arena, &value));
    assert_int_equal(value.base_signature.len, 64);
    assert_int_equal(value.base_signature.ptr[63], 1);
    assert_int_equal(value.key.len, 35);
    assert_int_equal(value.signature_count, 3);
    assert_int_equal(value.signatures[1].ptr[0], 1);
    assert_int_equal(value.label_count, 2);
    assert_int_equal(value.labels[0].ptr[31], 41);
    assert_int_equal(value.labels[1].ptr[0], 40);
    assert_int_equal(value.index_count, 2);
    assert_int_equal(value.indexes[0], 2);
    assert_int_equal(value.indexes[1], 70001);
}

static void parts_may_be_empty(void **state) {
    (void)state;
    static const struct recipe recipe = {.empty = true};
    struct arena arena = arena_here();
    struct sdvalue value = {0};
    assert_ok(sdvalue_read(value_of(&recipe, &arena), &arena, &value));
    assert_int_equal(value.signature_count + value.label_count + value.index_count, 0);
}

static const struct {
    const char *name;
    struct recipe recipe;
    enum err expected;
} hostile[] = {
    {"a base proof", {.header = "\xD9\x5D\x00"}, ERR_PROOF_BASE},
    {"a proof of another suite", {.header = "\xD9\x5D\x03"}, ERR_PROOF_VALUE},
    {"another tag", {.header = "\xD9\x5E\x01"}, ERR_PROOF_VALUE},
    {"four parts", {.parts = 4}, ERR_PROOF_VALUE},
    {"six parts", {.parts = 6}, ERR_PROOF_VALUE},
    {"a base signature of 63 bytes", {.base_bytes = 63}, ERR_PROOF_VALUE},
    {"a base signature of P-384", {.base_bytes = 96}, ERR_PROOF_VALUE},
    {"a base signature that is text", {.text_base = true}, ERR_PROOF_VALUE},
    {"a key of 34 bytes", {.key_bytes = 34}, ERR_PROOF_VALUE},
    {"an uncompressed key", {.key_bytes = 67}, ERR_PROOF_VALUE},
    {"a key of P-384", {.codec = "\x81\x24"}, ERR_PROOF_VALUE},
    {"a signature of 65 bytes", {.signature_bytes = 65}, ERR_PROOF_VALUE},
    {"a signature that is text", {.text_signature = true}, ERR_PROOF_VALUE},
    {"as many signatures as are judged", {.signatures = LIMIT_PROOF_PARTS}, ERR_OK},
    {"one more", {.signatures = LIMIT_PROOF_PARTS + 1}, ERR_PROOF_PARTS},
    {"a label of 31 bytes", {.label_bytes = 31}, ERR_PROOF_VALUE},
    {"a label map with a gap", {.keys = {0, 1}}, ERR_PROOF_LABELS},
    {"a label map that begins at one", {.keys = {1, 1}}, ERR_PROOF_LABELS},
    {"a label beyond all numbers", {.keys = {0, UINT64_MAX - 1}}, ERR_PROOF_LABELS},
    {"one label of two nodes", {.marks = {1, 0}}, ERR_PROOF_LABELS},
    {"a label map that names a node twice", {.keys = {1, 0}}, ERR_CBOR_DUPLICATE},
    {"labels below zero", {.negative_key = true}, ERR_PROOF_VALUE},
    {"indexes that descend", {.index = {1, UINT64_MAX}}, ERR_PROOF_INDEXES},
    {"an index twice", {.index = {1, 0}}, ERR_PROOF_INDEXES},
    {"an index beyond 32 bits", {.index = {0, UINT32_MAX}}, ERR_PROOF_INDEXES},
    {"indexes below zero", {.negative_index = true}, ERR_PROOF_VALUE},
    {"a byte behind it", {.trailing = true}, ERR_CBOR_TRAILING},
};

static void names_what_is_wrong(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(hostile); i++) {
        struct arena arena = arena_here();
        struct sdvalue value = {0};
        enum err err = sdvalue_read(value_of(&hostile[i].recipe, &arena), &arena, &value);
        if (err != hostile[i].expected) {
            fail_msg("%s: %s", hostile[i].name, err_name(err));
        }
    }
}

/* Texts that hold no value of this kind at all. */
static void names_what_is_no_value(void **state) {
    (void)state;
    static const struct {
        const char *text;
        enum err expected;
    } cases[] = {
        {"", ERR_PROOF_VALUE},
        {"u", ERR_PROOF_VALUE},
        {"z2V0B", ERR_PROOF_VALUE},     /* base58 */
        {"u2V0", ERR_PROOF_VALUE},      /* D9 5D */
        {"u2V0B", ERR_CBOR_CUT},        /* D9 5D 01 */
        {"u2V0BhQ==", ERR_PROOF_VALUE}, /* padding */
        {"u2V0B hQ", ERR_PROOF_VALUE},
        {"u2V0BhQ", ERR_CBOR_CUT},
        {"u2V0Bn_8", ERR_CBOR_INDEFINITE},       /* an array of unsaid length */
        {"u2V0BX1hA_w", ERR_CBOR_INDEFINITE},    /* a byte string in chunks */
        {"u2V0BmAUAAAAAAA", ERR_CBOR_LONG_FORM}, /* 98 05: five, not in its shortest form */
        {"u2V0BwgAA", ERR_CBOR_TRAILING},        /* a tag where the array belongs */
        {"u2V0BhQAAAAAA", ERR_PROOF_VALUE},      /* five numbers */
        {"u2V0BhcL2wPb29vY", ERR_PROOF_VALUE},   /* tags and simple values inside */
        {"u2V0BoA", ERR_PROOF_VALUE},            /* a map */
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct arena arena = arena_here();
        struct sdvalue value = {0};
        enum err err = sdvalue_read(span_of_text(cases[i].text), &arena, &value);
        if (err != cases[i].expected) {
            fail_msg("%s: %s", cases[i].text, err_name(err));
        }
    }
}

static void a_small_arena_is_no_room(void **state) {
    (void)state;
    struct arena arena = arena_here();
    const struct recipe usual = {0};
    struct sdvalue value = {0};
    struct span text = value_of(&usual, &arena);
    struct arena rest = arena;
    assert_ok(sdvalue_read(text, &rest, &value));
    size_t needed = rest.used - arena.used;
    for (size_t size = 0; size < needed; size += 8) {
        struct arena small = arena_over(arena.base + arena.used, size);
        struct sdvalue untouched = {0};
        assert_err(sdvalue_read(text, &small, &untouched), ERR_NO_ROOM);
        assert_null(untouched.signatures);
    }
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_a_value_apart),      cmocka_unit_test(parts_may_be_empty),
        cmocka_unit_test(names_what_is_wrong),      cmocka_unit_test(names_what_is_no_value),
        cmocka_unit_test(a_small_arena_is_no_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
