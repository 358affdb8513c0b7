/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/integrity_vector.h"

#include "tests/lib/check.h"

#include <stdlib.h>

#include "base/limits.h"
#include "codec/base58.h"
#include "codec/base64url.h"
#include "crypto/did.h"
#include "crypto/multikey.h"

void integrity_vector_open(struct integrity_vector *v, const struct context_library *library) {
    *v = (struct integrity_vector){.library = library};
    v->arena = arena_over(malloc(LIMIT_SCAN_ARENA_BYTES), LIMIT_SCAN_ARENA_BYTES);
}

void integrity_vector_close(struct integrity_vector *v) {
    free(v->arena.base);
    *v = (struct integrity_vector){0};
}

enum err integrity_vector_read(struct integrity_vector *v, const json_t *document, struct integrity *out) {
    v->arena.used = 0;
    return integrity_read(document, v->purpose, v->library, &v->arena, out);
}

static enum err key_of(struct integrity_vector *v, struct span method, struct crypto_key *out) {
    return did_is_self_certifying(method) ? did_own_key(method, &v->arena, out)
                                          : multikey_read(did_fragment(method), out);
}

static enum err check_parts(const struct proof_parts *parts) {
    for (uint32_t i = 0; i < parts->count; i++) {
        TRY(crypto_verify(CRYPTO_ES256, &parts->key, parts->list[i].signed_bytes, parts->list[i].signature));
    }
    return ERR_OK;
}

enum err integrity_vector_check(struct integrity_vector *v, const json_t *document) {
    static struct integrity found;
    TRY(integrity_vector_read(v, document, &found));
    for (uint32_t i = 0; i < found.count; i++) {
        const struct proof *proof = &found.proofs[i];
        struct crypto_key key = {0};
        TRY(key_of(v, proof->kid, &key));
        TRY(crypto_verify(proof->alg, &key, proof->signed_bytes, proof->signature));
        TRY(check_parts(&proof->parts));
    }
    return found.count > 0 ? ERR_OK : ERR_PROOF_NONE;
}

/* The signed statements in canonical form, a copy; empty where none are signed. */
static struct span statements_of(struct integrity_vector *v, const json_t *document) {
    static struct integrity found;
    assert_ok(integrity_vector_read(v, document, &found));
    struct span text = found.linked ? found.statements.form.text : (struct span){0};
    uint8_t *copy = malloc(text.len + 1);
    memcpy(copy, text.len > 0 ? text.ptr : (const uint8_t *)"", text.len);
    return span_of_bytes(copy, text.len);
}

static bool says_the_same(struct integrity_vector *v, const json_t *document) {
    struct span now = statements_of(v, document);
    bool same = now.len > 0 && span_equal(now, v->statements);
    free((void *)(uintptr_t)now.ptr);
    return same;
}

static void refused(struct integrity_vector *v, const char *name, const json_t *document, const char *what,
                    const char *where) {
    if (integrity_vector_check(v, document) == ERR_OK) {
        fail_msg("%s still checks: %s %s", name, what, where);
    }
}

/* A signature's text, decoded to bytes and back: base58 behind z, or the last part of a JWS. */
static size_t decode_value(const char *text, struct room *out) {
    const char *dot = strrchr(text, '.');
    size_t head = dot == NULL ? 1 : (size_t)(dot + 1 - text);
    struct span rest = span_of_text(text + head);
    assert_ok(dot == NULL ? base58_decode(rest, out) : base64url_decode(rest, out));
    return head;
}

static json_t *encode_value(const char *text, size_t head, struct span bytes) {
    char memory[2048];
    struct room out = room_over(memory, sizeof memory);
    assert_ok(room_put(&out, span_of_bytes(text, head)));
    assert_ok(head == 1 ? base58_encode(bytes, &out) : base64url_encode(bytes, &out));
    return json_stringn(memory, out.len);
}

/* A bit of each byte; with FULL=1 in the environment every bit. */
static void flip_signature(struct integrity_vector *v, const char *name, const json_t *document,
                           json_t *proof) {
    const char *member = json_object_get(proof, "jws") == NULL ? "proofValue" : "jws";
    json_t *value = json_incref(json_object_get(proof, member));
    const char *text = json_string_value(value);
    uint8_t bytes[1024];
    struct room room = room_over(bytes, sizeof bytes);
    size_t head = decode_value(text, &room);
    bool every = getenv("FULL") != NULL;
    for (size_t i = 0; i < (every ? room.len * 8 : room.len); i++) {
        size_t bit = every ? i : i * 8 + i % 8;
        bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
        json_object_set_new(proof, member, encode_value(text, head, room_span(&room)));
        refused(v, name, document, "a bit flipped in", member);
        bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    json_object_set_new(proof, member, value);
}

/* Another last character; an empty text gets one. */
static json_t *changed(const json_t *text) {
    size_t len = json_string_length(text);
    char *copy = malloc(len + 2);
    memcpy(copy, json_string_value(text), len + 1);
    size_t at = len == 0 ? 0 : len - 1;
    copy[at] = copy[at] == '1' ? '2' : '1';
    json_t *other = json_stringn(copy, len == 0 ? 1 : len);
    free(copy);
    return other;
}

static void change_all(struct integrity_vector *v, const char *name, const json_t *document, json_t *value);

static void change_members(struct integrity_vector *v, const char *name, const json_t *document,
                           json_t *object) {
    const char *member = NULL;
    json_t *value = NULL;
    json_t *names = json_array();
    json_object_foreach(object, member, value) {
        json_array_append_new(names, json_string(member));
    }
    for (size_t i = 0; i < json_array_size(names); i++) {
        member = json_string_value(json_array_get(names, i));
        value = json_incref(json_object_get(object, member));
        json_object_del(object, member);
        if (integrity_vector_check(v, document) == ERR_OK && !says_the_same(v, document)) {
            fail_msg("%s still checks without %s", name, member);
        }
        if (json_is_string(value)) {
            json_object_set_new(object, member, changed(value));
            refused(v, name, document, "changed", member);
        }
        json_object_set_new(object, member, value);
        change_all(v, name, document, value);
    }
    json_decref(names);
}

static void change_items(struct integrity_vector *v, const char *name, const json_t *document,
                         json_t *array) {
    for (size_t i = 0; i < json_array_size(array); i++) {
        json_t *item = json_incref(json_array_get(array, i));
        if (json_is_string(item)) {
            json_array_set_new(array, i, changed(item));
            refused(v, name, document, "changed", json_string_value(item));
        }
        json_array_set_new(array, i, item);
        change_all(v, name, document, item);
    }
}

static void change_all(struct integrity_vector *v, const char *name, const json_t *document, json_t *value) {
    if (json_is_object(value)) {
        change_members(v, name, document, value);
    } else if (json_is_array(value)) {
        change_items(v, name, document, value);
    }
}

void integrity_vector_resist(struct integrity_vector *v, const char *name, json_t *document) {
    json_t *proofs = json_object_get(document, "proof");
    assert_ok(integrity_vector_check(v, document));
    v->statements = statements_of(v, document);
    for (size_t i = 0; i < json_array_size(proofs); i++) {
        flip_signature(v, name, document, json_array_get(proofs, i));
    }
    if (json_is_object(proofs)) {
        flip_signature(v, name, document, proofs);
    }
    change_all(v, name, document, document);
    free((void *)(uintptr_t)v->statements.ptr);
    v->statements = (struct span){0};
    assert_ok(integrity_vector_check(v, document));
}
