/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"
#include "tests/lib/interop.h"
#include "tests/lib/library.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

#include "codec/base64url.h"
#include "crypto/did.h"
#include "crypto/multikey.h"
#include "crypto/point.h"
#include "linked/linked.h"
#include "proof/integrity.h"
#include "proof/sdvalue.h"

#define FOLDER "w3c-di-ecdsa/TestVectors/ecdsa-sd-2023/"
#define MEMORY (4u << 20)

/* One published walk from credential to derived proof, and the memory to go it again. */
struct walk {
    struct interop interop;
    struct library contexts;
    struct arena arena;
    const char *folder;                  /* "employ" */
    json_t *base, *derived;              /* what the issuer gave, what the holder shows */
    json_t *derived_proof;               /* taken out of it */
    struct linked_document whole, shown; /* their statements */
    struct span options;                 /* of the proof, in canonical form */
    uint8_t options_hash[CRYPTO_SHA256_BYTES];
    struct sdvalue value;
    struct proof proof;
};

static json_t *step(const struct walk *w, const char *file) {
    char path[256];
    snprintf(path, sizeof path, FOLDER "%s/%s", w->folder, file);
    return interop_json(path);
}

static struct span text_of(const json_t *object, const char *member) {
    const json_t *value = json_object_get(object, member);
    assert_true(json_is_string(value));
    return span_of_bytes(json_string_value(value), json_string_length(value));
}

static bool same_text(const json_t *expected, struct span got) {
    return json_is_string(expected) &&
           span_equal(span_of_bytes(json_string_value(expected), json_string_length(expected)), got);
}

static bool same_hex(const json_t *expected, struct span got) {
    struct span bytes = interop_unhex(json_string_value(expected));
    bool same = span_equal(bytes, got);
    interop_free(bytes);
    return same;
}

static void count(struct walk *w, const char *name, bool passed, const char *got) {
    char whole[128];
    snprintf(whole, sizeof whole, "%s/%s", w->folder, name);
    interop_case(&w->interop, whole, passed, got);
}

/* The document without its proof, which the caller then owns. */
static json_t *take_proof(json_t *document) {
    json_t *proof = json_incref(json_object_get(document, "proof"));
    assert_int_equal(json_object_del(document, "proof"), 0);
    return proof;
}

static void compare_json(struct walk *w, const char *file, const json_t *got) {
    json_t *expected = step(w, file);
    count(w, file, json_equal(expected, got), "another document");
    json_decref(expected);
}

/* The hash of the proof's options, under the contexts of the document. */
static void hash_options(struct walk *w) {
    struct linked_document options = {0};
    json_t *copy = json_copy(w->derived_proof);
    json_object_del(copy, "proofValue");
    json_object_set(copy, "@context", json_object_get(w->derived, "@context"));
    assert_ok(linked_canonize(copy, &w->contexts.library, RDFC_SHA256, &w->arena, &options));
    w->options = options.form.text;
    compare_json(w, "addProofConfig.json", copy);
    assert_ok(crypto_sha256(w->options, w->options_hash));
    json_decref(copy);
}

static void compare_options(struct walk *w) {
    char path[256];
    snprintf(path, sizeof path, FOLDER "%s/addProofConfigCanon.txt", w->folder);
    struct span expected = interop_read(path);
    count(w, "addProofConfigCanon.txt", span_equal(expected, w->options), "other options");
    json_t *hashes = step(w, "addHashData.json");
    count(w, "addHashData.json",
          same_hex(json_object_get(hashes, "proofHash"), span_of_bytes(w->options_hash, 32)), "another hash");
    json_decref(hashes);
    interop_free(expected);
}

static void compare_lines(struct walk *w, const char *file, const struct rdfc_form *form) {
    json_t *expected = step(w, file);
    bool same = form->line_count == json_array_size(expected);
    for (uint32_t i = 0; same && i < form->line_count; i++) {
        same = same_text(json_array_get(expected, i), form->lines[i]);
    }
    count(w, file, same, "other statements");
    json_decref(expected);
}

/* What the issuer signed: labels by HMAC, its statements in the order that these give. */
static void compare_whole(struct walk *w) {
    static const uint8_t key[] = {0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xAA,
                                  0xBB, 0xCC, 0xDD, 0xEE, 0xFF, 0x00, 0x11, 0x22, 0x33, 0x44, 0x55,
                                  0x66, 0x77, 0x88, 0x99, 0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF};
    struct span names[16];
    struct rdfc_form form = {0};
    assert_in_range(w->whole.set.blank_count, 1, 16);
    for (uint32_t b = 0; b < w->whole.set.blank_count; b++) {
        uint8_t label[crypto_auth_hmacsha256_BYTES];
        char canonical[16];
        struct room name = {0};
        snprintf(canonical, sizeof canonical, "c14n%u", w->whole.form.labels[b]);
        crypto_auth_hmacsha256(label, (const uint8_t *)canonical, strlen(canonical), key);
        assert_ok(arena_room(&w->arena, 64, &name));
        assert_ok(room_put_text(&name, "_:u"));
        assert_ok(base64url_encode(span_of_bytes(label, sizeof label), &name));
        names[b] = room_span(&name);
    }
    assert_ok(rdfc_rename(&w->whole.set, names, &w->arena, &form));
    compare_lines(w, "addBaseDocHMACCanon.json", &form);
    compare_lines(w, "addBaseDocCanon.json", &w->whole.form);
}

static bool same_signatures(const struct walk *w, const json_t *expected) {
    bool same = json_array_size(expected) == w->value.signature_count;
    for (uint32_t i = 0; same && i < w->value.signature_count; i++) {
        same = same_hex(json_array_get(expected, i), w->value.signatures[i]);
    }
    return same;
}

/* ["c14nN", "u..."] is the label of that number. */
static bool same_label(const json_t *pair, uint32_t number, struct span label) {
    char canonical[16], bytes[64];
    struct room text = room_over(bytes, sizeof bytes);
    snprintf(canonical, sizeof canonical, "c14n%u", number);
    assert_ok(room_put_byte(&text, 'u'));
    assert_ok(base64url_encode(label, &text));
    return same_text(json_array_get(pair, 0), span_of_text(canonical)) &&
           same_text(json_array_get(pair, 1), room_span(&text));
}

static bool same_labels(const struct walk *w, const json_t *expected) {
    bool same = json_array_size(expected) == w->value.label_count;
    for (uint32_t i = 0; same && i < w->value.label_count; i++) {
        same = same_label(json_array_get(expected, i), i, w->value.labels[i]);
    }
    return same;
}

static bool same_indexes(const struct walk *w, const json_t *expected) {
    bool same = json_array_size(expected) == w->value.index_count;
    for (uint32_t i = 0; same && i < w->value.index_count; i++) {
        same = json_integer_value(json_array_get(expected, i)) == w->value.indexes[i];
    }
    return same;
}

static bool same_key(const struct walk *w, const json_t *expected) {
    struct crypto_key key = {0};
    char bytes[128];
    struct room text = room_over(bytes, sizeof bytes);
    return point_decompress(CRYPTO_KEY_P256, span_slice(w->value.key, 2, w->value.key.len), &key) == ERR_OK &&
           multikey_write(&key, &text) == ERR_OK && same_text(expected, room_span(&text));
}

static void compare_value(struct walk *w) {
    json_t *expected = step(w, "verifyDerivedProofValue.json");
    bool same = same_hex(json_object_get(expected, "baseSignature"), w->value.base_signature) &&
                same_key(w, json_object_get(expected, "publicKey")) &&
                same_signatures(w, json_object_get(expected, "signatures")) &&
                same_labels(w, json_object_get(expected, "labelMap")) &&
                same_indexes(w, json_object_get(expected, "mandatoryIndexes"));
    count(w, "verifyDerivedProofValue.json", same, "other parts");
    json_decref(expected);
}

/* All statements in order: those that are not mandatory stand in the parts. */
static void compare_statements(struct walk *w) {
    json_t *expected = step(w, "verifyNQuads.json");
    uint32_t next = 0, part = 0;
    bool same = json_array_size(expected) == w->value.index_count + w->proof.parts.count;
    for (uint32_t i = 0; same && i < json_array_size(expected); i++) {
        bool mandatory = next < w->value.index_count && w->value.indexes[next] == i;
        next += mandatory;
        same = mandatory || same_text(json_array_get(expected, i), w->proof.parts.list[part].signed_bytes);
        part += !mandatory;
    }
    count(w, "verifyNQuads.json", same, "other statements");
    json_decref(expected);
}

static void compare_signed(struct walk *w) {
    json_t *expected = step(w, "verifyCreateVerifyData.json");
    const json_t *others = json_object_get(expected, "nonMandatory");
    struct span bytes = w->proof.signed_bytes;
    bool same = same_hex(json_object_get(expected, "proofHash"), span_slice(bytes, 0, 32)) &&
                span_equal(span_slice(bytes, 32, 35), w->value.key) &&
                same_hex(json_object_get(expected, "mandatoryHash"), span_slice(bytes, 67, bytes.len)) &&
                same_hex(json_object_get(expected, "baseSignature"), w->proof.signature) &&
                json_array_size(others) == w->proof.parts.count;
    for (uint32_t i = 0; same && i < w->proof.parts.count; i++) {
        same = same_text(json_array_get(others, i), w->proof.parts.list[i].signed_bytes);
    }
    count(w, "verifyCreateVerifyData.json", same, "other bytes");
    json_decref(expected);
}

static enum err check_signatures(const struct walk *w) {
    struct crypto_key key = {0};
    TRY(multikey_read(did_fragment(text_of(w->derived_proof, "verificationMethod")), &key));
    TRY(crypto_verify(w->proof.alg, &key, w->proof.signed_bytes, w->proof.signature));
    for (uint32_t i = 0; i < w->proof.parts.count; i++) {
        TRY(crypto_verify(CRYPTO_ES256, &w->proof.parts.key, w->proof.parts.list[i].signed_bytes,
                          w->proof.parts.list[i].signature));
    }
    return w->proof.parts.count > 0 ? ERR_OK : ERR_PROOF_UNSIGNED;
}

/* A document with its proof inside, as it comes to the kiosk. */
static enum err read_proof(struct walk *w, const char *file, struct proof *out) {
    struct integrity *found = calloc(1, sizeof *found);
    json_t *document = step(w, file);
    enum err err = integrity_read(document, INTEGRITY_ASSERTION, &w->contexts.library, &w->arena, found);
    if (err == ERR_OK) {
        assert_int_equal(found->count, 1);
        assert_int_equal(found->proofs[0].suite, PROOF_ECDSA_SD_2023);
        *out = found->proofs[0];
    }
    json_decref(document);
    free(found);
    return err;
}

static void judge(struct walk *w) {
    struct proof none = {0};
    enum err err = read_proof(w, "derivedRevealDocument.json", &w->proof);
    assert_ok(sdvalue_read(text_of(w->derived_proof, "proofValue"), &w->arena, &w->value));
    err = err == ERR_OK ? check_signatures(w) : err;
    count(w, "derivedRevealDocument.json", err == ERR_OK, err_name(err));
    err = read_proof(w, "addSignedSDBase.json", &none);
    count(w, "addSignedSDBase.json", err == ERR_PROOF_BASE, err_name(err));
}

static void go(struct walk *w, const char *folder) {
    w->folder = folder;
    w->base = step(w, "addSignedSDBase.json");
    w->derived = step(w, "derivedRevealDocument.json");
    json_decref(take_proof(w->base));
    w->derived_proof = take_proof(w->derived);
    assert_ok(linked_canonize(w->base, &w->contexts.library, RDFC_SHA256, &w->arena, &w->whole));
    assert_ok(linked_canonize(w->derived, &w->contexts.library, RDFC_SHA256, &w->arena, &w->shown));
    compare_json(w, "derivedUnsignedReveal.json", w->derived);
    hash_options(w);
    compare_options(w);
    compare_whole(w);
    judge(w);
    compare_value(w);
    compare_statements(w);
    compare_signed(w);
    interop_exclude(
        &w->interop, folder, 9,
        "steps by which issuers sign and holders derive (add*, derived*), which a verifier never goes");
    json_decref(w->base);
    json_decref(w->derived);
    json_decref(w->derived_proof);
    arena_wipe(&w->arena);
}

static void ecdsa_sd_2023(void **state) {
    (void)state;
    struct walk walk = {0};
    interop_open(&walk.interop, "w3c-di-ecdsa-sd", "w3c-di-ecdsa");
    assert_ok(crypto_start());
    walk.arena = arena_over(malloc(MEMORY), MEMORY);
    library_open(&walk.contexts, "", "jsonld-contexts/bundle", "index.json", true);
    go(&walk, "employ");
    go(&walk, "prc");
    library_close(&walk.contexts);
    free(walk.arena.base);
    interop_close(&walk.interop);
}

int main(void) {
    static const struct CMUnitTest tests[] = {cmocka_unit_test(ecdsa_sd_2023)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
