/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "codec/jsontext.h"
#include "credctl/build/key_file.h"

#define P256                                                                                                 \
    "\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"pAEKlvIXpkA6saLBKFKbwXVgaIrv4hzy2xfuQSwUYDo\","                \
    "\"y\":\"eY9ebKYaZhE0BnvuotzmVu_hJTMlm3edHYXrJ2zj6fQ\""

static enum err read_keys(const char *text, const char *issuer, struct key_file *file, json_t **json) {
    assert_ok(jsontext_parse(span_of_text(text), json));
    return key_file_read(*json, span_of_text(issuer), CRYPTO_RS256, file);
}

static void keys_come_from_a_jwk_a_set_and_a_did_document(void **state) {
    (void)state;
    static const struct {
        const char *text, *kid;
    } cases[] = {
        {"{" P256 ",\"kid\":\"k\"}", "k"},
        {"{" P256 "}", ""},
        {"{\"keys\":[{\"kty\":\"RSA\",\"use\":\"enc\"},{" P256 ",\"kid\":\"k\",\"alg\":\"ES256\"}]}", "k"},
        {"{\"id\":\"did:web:a.example\",\"verificationMethod\":[{\"id\":\"did:web:a.example#auth\"},"
         "{\"id\":\"did:web:a.example#1\",\"type\":\"JsonWebKey\",\"publicKeyJwk\":{" P256
         "}}],\"assertionMethod\":[\"did:web:a.example#1\"]}",
         "did:web:a.example#1"},
        {"{\"id\":\"did:web:a.example\",\"verificationMethod\":[{\"id\":\"#1\",\"type\":\"JsonWebKey\","
         "\"publicKeyJwk\":{" P256 "}}],"
         "\"assertionMethod\":[\"#1\"]}",
         "did:web:a.example#1"},
        {"{\"id\":\"did:web:a.example\",\"assertionMethod\":[{\"id\":\"did:web:a.example#in\","
         "\"type\":\"Multikey\",\"publicKeyMultibase\":"
         "\"z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK\"}]}",
         "did:web:a.example#in"},
    };
    struct key_file *file = calloc(1, sizeof *file);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        json_t *json = NULL;
        assert_ok(read_keys(cases[i].text, "did:web:a.example", file, &json));
        assert_int_equal(file->count, 1);
        assert_span_text(file->keys[0].kid, cases[i].kid);
        json_decref(json);
    }
    free(file);
}

static void what_holds_no_key_is_refused(void **state) {
    (void)state;
    static const struct {
        const char *text;
        enum err err;
    } cases[] = {
        {"{}", ERR_KEY_FILE},
        {"{\"keys\":[]}", ERR_KEY_FILE},
        {"{\"keys\":[{\"kty\":\"RSA\",\"use\":\"enc\"}]}", ERR_KEY_FILE},
        {"{" P256 ",\"d\":\"AA\"}", ERR_KEY_PRIVATE},
        {"{" P256 ",\"alg\":\"ES384\"}", ERR_KEY_MISMATCH},
        {"{\"id\":\"did:web:b.example\",\"assertionMethod\":[]}", ERR_KEY_FILE_OWNER},
        {"{\"id\":\"did:web:a.example\",\"assertionMethod\":[]}", ERR_KEY_FILE},
        {"{\"id\":\"did:web:a.example\",\"assertionMethod\":[{\"id\":\"#1\",\"controller\":\"did:web:b."
         "example\","
         "\"type\":\"JsonWebKey\",\"publicKeyJwk\":{" P256 "}}]}",
         ERR_KEY_FILE_OWNER},
        {"{\"id\":\"did:web:a.example\",\"assertionMethod\":[{\"id\":\"#1\",\"controller\":7,"
         "\"type\":\"JsonWebKey\",\"publicKeyJwk\":{" P256 "}}]}",
         ERR_KEY_FILE_OWNER},
        {"{\"id\":\"did:web:a.example\",\"assertionMethod\":[{\"id\":\"did:web:b.example#1\","
         "\"type\":\"JsonWebKey\",\"publicKeyJwk\":{" P256 "}}]}",
         ERR_KEY_FILE_OWNER},
        {"{\"id\":\"did:web:a.example\",\"assertionMethod\":[{\"id\":\"did:web:a.example.evil#1\","
         "\"type\":\"JsonWebKey\",\"publicKeyJwk\":"
         "{" P256 "}}]}",
         ERR_KEY_FILE_OWNER},
        {"{\"keys\":[{" P256 "},{" P256 ",\"d\":\"AA\"}]}", ERR_KEY_PRIVATE},
        {"{\"keys\":[{" P256 ",\"kid\":7}]}", ERR_KEY_FILE},
        {"{\"id\":\"did:web:a.example\",\"assertionMethod\":[\"#x\"]}", ERR_KEY_FILE},
        {"{\"id\":\"did:web:a.example\",\"assertionMethod\":[{\"id\":\"#x\"}]}", ERR_KEY_FILE},
        {"{\"id\":\"did:web:a.example\",\"verificationMethod\":[{\"id\":\"#1\",\"type\":\"JsonWebKey\","
         "\"publicKeyJwk\":{" P256 "}}],"
         "\"authentication\":[\"#1\"]}",
         ERR_KEY_FILE},
    };
    struct key_file *file = calloc(1, sizeof *file);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        json_t *json = NULL;
        assert_err(read_keys(cases[i].text, "did:web:a.example", file, &json), cases[i].err);
        assert_int_equal(file->count, 0);
        json_decref(json);
    }
    free(file);
}

#define DID       "did:web:a.example"
#define ED_MULTI  "z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
#define ED_BASE58 "48GdbJyVULjHDaBNS6ct9oAGtckZUS5v8asrPzvZ7R1w"
/* A document with one embedded method. */
#define HOLDS(rest) "{\"id\":\"" DID "\",\"assertionMethod\":[{\"id\":\"#1\"," rest "}]}"

static void a_method_has_its_key_where_its_type_says(void **state) {
    (void)state;
    static const struct {
        const char *text;
        enum err err;
        enum crypto_alg alg;
    } cases[] = {
        {HOLDS("\"type\":\"Multikey\",\"publicKeyMultibase\":\"" ED_MULTI "\""), ERR_OK, CRYPTO_EDDSA},
        {HOLDS("\"type\":\"JsonWebKey\",\"publicKeyJwk\":{" P256 "}"), ERR_OK, CRYPTO_ES256},
        {HOLDS("\"type\":\"JsonWebKey2020\",\"publicKeyJwk\":{" P256 "}"), ERR_OK, CRYPTO_ES256},
        {HOLDS("\"type\":\"Ed25519VerificationKey2018\",\"publicKeyBase58\":\"" ED_BASE58 "\""), ERR_OK,
         CRYPTO_EDDSA},
        {HOLDS("\"type\":\"Ed25519VerificationKey2020\",\"publicKeyMultibase\":\"" ED_MULTI "\""), ERR_OK,
         CRYPTO_EDDSA},
        {HOLDS("\"type\":\"Ed25519VerificationKey2020\",\"publicKeyMultibase\":"
               "\"zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169\""),
         ERR_KEY_MISMATCH, CRYPTO_ALG_NONE},
        {HOLDS("\"type\":\"Ed25519VerificationKey2018\",\"publicKeyBase58\":\"3mJr7\""), ERR_KEY_SHAPE,
         CRYPTO_ALG_NONE},
        {HOLDS("\"type\":\"Ed25519VerificationKey2018\",\"publicKeyBase58\":\"0\""), ERR_BASE58_CHARACTER,
         CRYPTO_ALG_NONE},
        {HOLDS("\"type\":\"Ed25519VerificationKey2018\",\"publicKeyMultibase\":\"" ED_MULTI "\""),
         ERR_KEY_FILE, CRYPTO_ALG_NONE},
        {HOLDS("\"type\":\"Multikey\",\"publicKeyJwk\":{" P256 "}"), ERR_KEY_FILE, CRYPTO_ALG_NONE},
        {HOLDS("\"type\":\"Multikey\",\"publicKeyMultibase\":\"" ED_MULTI "\",\"publicKeyJwk\":{" P256 "}"),
         ERR_KEY_FILE, CRYPTO_ALG_NONE},
        {HOLDS("\"type\":\"Multikey\",\"publicKeyMultibase\":\"" ED_MULTI "\",\"secretKeyMultibase\":\"z1\""),
         ERR_KEY_FILE, CRYPTO_ALG_NONE},
        {HOLDS("\"publicKeyMultibase\":\"" ED_MULTI "\""), ERR_KEY_FILE, CRYPTO_ALG_NONE},
        {HOLDS("\"type\":7,\"publicKeyMultibase\":\"" ED_MULTI "\""), ERR_KEY_FILE, CRYPTO_ALG_NONE},
        {HOLDS("\"type\":\"EcdsaSecp256k1VerificationKey2019\",\"publicKeyHex\":\"02\""), ERR_KEY_UNSUPPORTED,
         CRYPTO_ALG_NONE},
    };
    struct key_file *file = calloc(1, sizeof *file);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        json_t *json = NULL;
        assert_err(read_keys(cases[i].text, DID, file, &json), cases[i].err);
        assert_int_equal(file->count, cases[i].err == ERR_OK);
        if (cases[i].err == ERR_OK) {
            assert_span_text(file->keys[0].kid, DID "#1");
            assert_int_equal(file->keys[0].alg, cases[i].alg);
        }
        json_decref(json);
    }
    free(file);
}

/* The same key, whichever way it is written. */
static void a_key_of_2018_is_the_key_of_2020(void **state) {
    (void)state;
    struct key_file *old = calloc(1, sizeof *old), *young = calloc(1, sizeof *young);
    json_t *one = NULL, *other = NULL;
    assert_ok(
        read_keys(HOLDS("\"type\":\"Ed25519VerificationKey2018\",\"publicKeyBase58\":\"" ED_BASE58 "\""), DID,
                  old, &one));
    assert_ok(read_keys(HOLDS("\"type\":\"Multikey\",\"publicKeyMultibase\":\"" ED_MULTI "\""), DID, young,
                        &other));
    assert_true(crypto_key_equal(&old->keys[0].key, &young->keys[0].key));
    json_decref(one);
    json_decref(other);
    free(old);
    free(young);
}

static void other_relationships_and_other_documents_bring_no_key(void **state) {
    (void)state;
#define METHODS                                                                                              \
    "{\"id\":\"" DID "\",\"verificationMethod\":[{\"id\":\"#1\",\"type\":\"Multikey\",\"controller\":\"" DID \
    "\",\"publicKeyMultibase\":\"" ED_MULTI "\"}],"
    static const struct {
        const char *text;
        enum err err;
    } cases[] = {
        {METHODS "\"assertionMethod\":[\"#1\"]}", ERR_OK},
        {METHODS "\"assertionMethod\":[\"" DID "#1\"]}", ERR_OK},
        {METHODS "\"authentication\":[\"#1\"],\"keyAgreement\":[\"#1\"],\"capabilityInvocation\":[\"#1\"],"
                 "\"capabilityDelegation\":[\"#1\"]}",
         ERR_KEY_FILE},
        {METHODS "\"assertionMethod\":\"#1\"}", ERR_KEY_FILE},
        {METHODS "\"assertionMethod\":[\"#2\"]}", ERR_KEY_FILE},
        {METHODS "\"assertionMethod\":[\"\"]}", ERR_KEY_FILE},
        {METHODS "\"assertionMethod\":[7]}", ERR_KEY_FILE},
        {METHODS "\"assertionMethod\":[\"did:web:b.example#1\"]}", ERR_KEY_FILE_OWNER},
        {METHODS "\"assertionMethod\":[\"#1\",\"did:web:b.example#1\"]}", ERR_KEY_FILE_OWNER},
    };
    struct key_file *file = calloc(1, sizeof *file);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        json_t *json = NULL;
        assert_err(read_keys(cases[i].text, DID, file, &json), cases[i].err);
        assert_int_equal(file->count, cases[i].err == ERR_OK);
        json_decref(json);
    }
    free(file);
}

static void keys_that_nobody_judges_are_passed_over_beside_others(void **state) {
    (void)state;
    static const char *const cases[] = {
        "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"secp256k1\",\"x\":\"AA\",\"y\":\"AA\"},{" P256 "}]}",
        "{\"id\":\"" DID
        "\",\"assertionMethod\":[{\"id\":\"#k\",\"type\":\"EcdsaSecp256k1VerificationKey2019\","
        "\"publicKeyHex\":\"02\"},{\"id\":\"#1\",\"type\":\"JsonWebKey\",\"publicKeyJwk\":{" P256 "}}]}",
    };
    struct key_file *file = calloc(1, sizeof *file);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        json_t *json = NULL;
        assert_ok(read_keys(cases[i], DID, file, &json));
        assert_int_equal(file->count, 1);
        assert_int_equal(file->passed_over, 1);
        assert_int_equal(file->keys[0].alg, CRYPTO_ES256);
        json_decref(json);
    }
    free(file);
}

static void a_method_says_when_it_ends(void **state) {
    (void)state;
    static const struct {
        const char *date;
        enum err err;
        int64_t expires_s, revoked_s;
    } cases[] = {
        {"\"expires\":\"2027-01-01T00:00:00Z\"", ERR_OK, 1798761600, 0},
        {"\"revoked\":\"2026-01-01T00:00:00Z\"", ERR_OK, 0, 1767225600},
        {"\"revoked\":\"soon\"", ERR_KEY_FILE, 0, 0},
        {"\"revoked\":true", ERR_KEY_FILE, 0, 0},
        {"\"expires\":null", ERR_KEY_FILE, 0, 0},
    };
    struct key_file *file = calloc(1, sizeof *file);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[1024];
        json_t *json = NULL;
        snprintf(text, sizeof text, HOLDS("%s,\"type\":\"Multikey\",\"publicKeyMultibase\":\"" ED_MULTI "\""),
                 cases[i].date);
        assert_err(read_keys(text, DID, file, &json), cases[i].err);
        if (cases[i].err == ERR_OK) {
            assert_int_equal(file->keys[0].method.expires_s, cases[i].expires_s);
            assert_int_equal(file->keys[0].method.revoked_s, cases[i].revoked_s);
        }
        json_decref(json);
    }
    free(file);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_come_from_a_jwk_a_set_and_a_did_document),
        cmocka_unit_test(what_holds_no_key_is_refused),
        cmocka_unit_test(a_method_has_its_key_where_its_type_says),
        cmocka_unit_test(a_key_of_2018_is_the_key_of_2020),
        cmocka_unit_test(other_relationships_and_other_documents_bring_no_key),
        cmocka_unit_test(keys_that_nobody_judges_are_passed_over_beside_others),
        cmocka_unit_test(a_method_says_when_it_ends),
    };
    return crypto_start() == ERR_OK ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
