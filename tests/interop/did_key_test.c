/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"
#include "tests/lib/interop.h"

#include "codec/base58.h"
#include "crypto/did.h"
#include "crypto/jwk.h"
#include "crypto/multikey.h"

/* The key that the DID document gives for its first verification method: as a JWK, or as base58. */
static enum err key_of_document(const json_t *method, enum crypto_key_kind kind, struct crypto_key *out) {
    const json_t *jwk = json_object_get(method, "publicKeyJwk");
    const char *base58 = json_string_value(json_object_get(method, "publicKeyBase58"));
    if (jwk != NULL || base58 == NULL) {
        return jwk_read(jwk, out);
    }
    uint8_t bytes[64] = {0xED, 0x01};
    struct room room = room_over(bytes, sizeof bytes);
    static const uint8_t codecs[2][2] = {{0xED, 0x01}, {0x80, 0x24}};
    char text[100];
    struct room multibase = room_over(text, sizeof text);
    TRY(room_put(&room, span_of_bytes(codecs[kind == CRYPTO_KEY_P256], 2)));
    TRY(base58_decode(span_of_text(base58), &room));
    TRY(room_put_text(&multibase, "z"));
    TRY(base58_encode(room_span(&room), &multibase));
    return multikey_read(room_span(&multibase), out);
}

static bool same_key(const char *did, const json_t *method) {
    static uint8_t memory[64];
    struct arena arena = arena_over(memory, sizeof memory);
    struct crypto_key own = {0};
    struct crypto_key documented = {0};
    char text[100];
    struct room room = room_over(text, sizeof text);
    return did_own_key(span_of_text(did), &arena, &own) == ERR_OK &&
           key_of_document(method, own.kind, &documented) == ERR_OK && crypto_key_equal(&own, &documented) &&
           multikey_write(&own, &room) == ERR_OK &&
           span_equal_text(room_span(&room), did + strlen("did:key:"));
}

/* Kinds of key by the first characters of their multikey; a kind that is not listed fails. */
static const struct {
    const char *prefix;
    enum err err;
} kinds[] = {
    {"did:key:z6Mk", ERR_OK},              /* Ed25519 */
    {"did:key:zDn", ERR_OK},               /* P-256 */
    {"did:key:z82L", ERR_OK},              /* P-384 */
    {"did:key:z2J9", ERR_KEY_UNSUPPORTED}, /* P-521 */
    {"did:key:zQ3s", ERR_KEY_UNSUPPORTED}, /* secp256k1 */
    {"did:key:z6LS", ERR_KEY_UNSUPPORTED}, /* X25519 */
    {"did:key:z4MX", ERR_KEY_UNSUPPORTED}, /* RSA of 2,048 bits */
    {"did:key:zgg", ERR_KEY_UNSUPPORTED},  /* RSA of 4,096 bits */
    {"did:key:z5Tc", ERR_KEY_UNSUPPORTED}, /* BLS 12-381 G1 and G2 */
    {"did:key:zUC7", ERR_KEY_UNSUPPORTED}, /* BLS 12-381 G2 */
};

static void judge(struct interop *interop, const char *did, const json_t *vector) {
    static uint8_t memory[64];
    struct arena arena = arena_over(memory, sizeof memory);
    struct crypto_key key = {0};
    enum err err = did_own_key(span_of_text(did), &arena, &key);
    bool passed = false;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strncmp(did, kinds[i].prefix, strlen(kinds[i].prefix)) == 0) {
            const json_t *methods =
                json_object_get(json_object_get(vector, "didDocument"), "verificationMethod");
            passed = err == kinds[i].err && (err != ERR_OK || same_key(did, json_array_get(methods, 0)));
        }
    }
    interop_case(interop, did, passed, err_name(err));
}

static void did_key(void **state) {
    (void)state;
    static const char *const files[] = {"ed25519-x25519", "nist-curves", "rsa",
                                        "secp256k1",      "x25519",      "bls12381"};
    struct interop interop = {0};
    interop_open(&interop, "did-key", "did-key");
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char path[100];
        struct room room = room_over(path, sizeof path - 1);
        assert_ok(room_put_text(&room, "did-key/test-vectors/"));
        assert_ok(room_put_text(&room, files[i]));
        assert_ok(room_put_text(&room, ".json"));
        path[room.len] = 0;
        json_t *vectors = interop_json(path);
        /* x25519.json wraps its documents once more */
        json_t *wrapped = json_object_get(vectors, "didDocument");
        const char *did = NULL;
        json_t *vector = NULL;
        json_object_foreach(wrapped == NULL ? vectors : wrapped, did, vector) {
            judge(&interop, did, vector);
        }
        json_decref(vectors);
    }
    interop_close(&interop);
}

int main(void) {
    static const struct CMUnitTest tests[] = {cmocka_unit_test(did_key)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
