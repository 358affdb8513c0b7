/* SPDX-License-Identifier: Apache-2.0 */
/* Directories and registries that are unsigned, or signed as a whole: VCI, Digital Credentials Consortium. */
#include "tests/lib/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "codec/jsontext.h"
#include "credctl/build/issuer_file.h"
#include "tests/lib/importing.h"

#define DID_KEY                 "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
#define REGISTRY(ENTRIES)       "{\"meta\":{\"updated\":\"2026-08-01T00:00:00Z\"},\"registry\":{" ENTRIES "}}"
#define SNAPSHOT(TIME, ISSUERS) "{\"time\":\"" TIME "\",\"issuerInfo\":[" ISSUERS "]}"
#define CARD_ISSUER(ISS, KEYS, MORE)                                                                         \
    "{\"issuer\":{\"iss\":\"" ISS "\",\"name\":\"A\"},\"keys\":[" KEYS "]" MORE "}"

/* A list of one file, and what it comes to. */
struct list_case {
    const char *text;
    enum err err;
};

static void judge(const struct import_format *format, const struct list_case *cases, size_t count) {
    for (size_t i = 0; i < count; i++) {
        struct importing importing;
        importing_open(&importing);
        importing_text(&importing, cases[i].text);
        enum err err = importing_run(&importing, format);
        if (err != cases[i].err) {
            fail_msg("%s gives %s, not %s", cases[i].text, err_name(err), err_name(cases[i].err));
        }
        importing_close(&importing);
    }
}
#define JUDGE(FORMAT, CASES) judge(FORMAT, CASES, sizeof(CASES) / sizeof *(CASES))

static void a_registry_gives_names_and_the_keys_that_dids_are(void **state) {
    (void)state;
    struct importing importing;
    importing_open(&importing);
    importing_text(&importing, REGISTRY("\"" DID_KEY "\":{\"name\":\"Key\"},\"did:web:a.example\":{\"name\":"
                                        "\"Web\",\"location\":\"Tartu\",\"url\":\"https://a.example\"}"));
    assert_ok(importing_run(&importing, &import_dcc));
    const json_t *first = importing_issuer(&importing, 0), *second = importing_issuer(&importing, 1);
    assert_span_text(issuer_file_first(first), DID_KEY);
    assert_int_equal(issuer_file_keys(first), 1);
    assert_int_equal(issuer_file_keys(second), 0);
    assert_span_text(jsontext_span(json_object_get(json_object_get(second, "names"), "en")), "Web");
    assert_true(json_is_true(json_object_get(first, "unsigned")));
    assert_int_equal(importing.keyless, 1);
    assert_false(importing.source.is_signed);
    assert_int_equal(importing.source.issued_s, 1785542400);
    importing_close(&importing);
}

static void a_did_document_beside_a_registry_brings_the_keys_of_its_did_and_no_other(void **state) {
    (void)state;
    struct importing importing;
    struct signer *signer = importing_signer(CRYPTO_ES256);
    char *own = importing_document(signer, "did:web:a.example"),
         *stray = importing_document(signer, "did:web:b.example");
    importing_open(&importing);
    importing_text(&importing, REGISTRY("\"did:web:a.example\":{\"name\":\"Web\"}"));
    importing_text(&importing, own);
    assert_ok(importing_run(&importing, &import_dcc));
    assert_int_equal(issuer_file_keys(importing_issuer(&importing, 0)), 1);
    importing_text(&importing, stray);
    assert_err(importing_run(&importing, &import_dcc), ERR_IMPORT_STRAY);
    importing_again(&importing);
    importing_text(&importing, REGISTRY("\"did:web:a.example\":{\"name\":\"Web\"}"));
    importing_text(&importing, "{\"id\":\"did:web:a.example\"}");
    assert_err(importing_run(&importing, &import_dcc), ERR_IMPORT_SHAPE);
    importing_close(&importing);
    signer_close(signer);
    free(own);
    free(stray);
}

static void refuses_registries_that_are_none(void **state) {
    (void)state;
    static const struct list_case cases[] = {
        {REGISTRY(""), ERR_OK},
        {"[]", ERR_IMPORT_SHAPE},
        {"{}", ERR_IMPORT_SHAPE},
        {"{\"registry\":{}}", ERR_IMPORT_SHAPE},
        {"{\"meta\":{\"updated\":7},\"registry\":{}}", ERR_IMPORT_SHAPE},
        {"{\"meta\":{\"updated\":\"2026-08-01T00:00:00\"},\"registry\":{}}", ERR_DATETIME},
        {"{\"meta\":{\"updated\":\"2026-08-01\"},\"registry\":{}}", ERR_DATETIME},
        {"{\"meta\":{\"updated\":\"2026-08-01T24:00:00Z\"},\"registry\":{}}", ERR_DATETIME},
        {"{\"meta\":{\"updated\":\"2026-08-01T00:00:00+24:00\"},\"registry\":{}}", ERR_DATETIME},
        {"{\"meta\":{\"updated\":\"2025-12-31T23:59:60Z\"},\"registry\":{}}", ERR_OK},
        {"{\"meta\":{\"updated\":\"2026-08-28T13:30:00+05:45\"},\"registry\":{}}", ERR_OK},
        {"{\"meta\":{\"updated\":\"2026-08-28T08:00:00-00:01\"},\"registry\":{}}", ERR_IMPORT_AHEAD},
        {"{\"meta\":{\"updated\":\"9999-01-01T00:00:00Z\"},\"registry\":{}}", ERR_IMPORT_AHEAD},
        {"{\"meta\":{\"updated\":\"2026-08-01T00:00:00Z\"},\"registry\":[]}", ERR_IMPORT_SHAPE},
        {REGISTRY("\"did:web:a.example\":{}"), ERR_IMPORT_NAME},
        {REGISTRY("\"did:web:a.example\":7"), ERR_IMPORT_NAME},
        {REGISTRY("\"did:web:a.example\":{\"name\":\"\"}"), ERR_IMPORT_NAME},
        {REGISTRY("\"did:web:a.example\":{\"name\":{\"en\":\"A\"}}"), ERR_IMPORT_NAME},
        {REGISTRY("\"did:web:a.example\":{\"name\":\"A\"},\"did:web:a.example\":{\"name\":\"B\"}"),
         ERR_JSON_DUPLICATE},
        {REGISTRY("\"did:web:a example\":{\"name\":\"A\"}"), ERR_IMPORT_IDENTIFIER},
        {REGISTRY("\"did:web:a.example#k\":{\"name\":\"A\"}"), ERR_IMPORT_IDENTIFIER},
        {REGISTRY("\"did:web:a\\nb\":{\"name\":\"A\"}"), ERR_IMPORT_IDENTIFIER},
        {REGISTRY("\"http://a.example\":{\"name\":\"A\"}"), ERR_IMPORT_IDENTIFIER},
        {REGISTRY("\"\":{\"name\":\"A\"}"), ERR_IMPORT_IDENTIFIER},
        {REGISTRY("\"did:key:z0\":{\"name\":\"A\"}"), ERR_BASE58_CHARACTER},
    };
    JUDGE(&import_dcc, cases);
}

/* An override of direction is kept as it was published; whoever shows it draws a box. */
static void a_name_with_odd_characters_is_kept_as_published(void **state) {
    (void)state;
    struct importing importing;
    importing_open(&importing);
    importing_text(&importing, REGISTRY("\"did:web:a.example\":{\"name\":\"A\\u202Egpj.\"}"));
    assert_ok(importing_run(&importing, &import_dcc));
    assert_span_text(
        jsontext_span(json_object_get(json_object_get(importing_issuer(&importing, 0), "names"), "en")),
        "A\xE2\x80\xAEgpj.");
    importing_close(&importing);
}

static void a_list_of_many_brackets_or_values_is_refused_in_time(void **state) {
    (void)state;
    struct importing importing;
    size_t len = 4u * 1024 * 1024;
    char *text = malloc(len);
    importing_open(&importing);
    memset(text, '[', len);
    importing_bytes(&importing, span_of_bytes(text, len));
    assert_err(importing_run(&importing, &import_dcc), ERR_JSON_DEPTH);
    importing_again(&importing);
    for (size_t i = 0; i + 3 < len; i += 3) {
        memcpy(text + i, "{},", 3);
    }
    text[0] = '[';
    importing_bytes(&importing, span_of_bytes(text, len));
    assert_err(importing_run(&importing, &import_dcc), ERR_JSON_TOO_MANY);
    importing_close(&importing);
    free(text);
}

static void a_failing_import_leaves_what_was_kept(void **state) {
    (void)state;
    struct importing importing;
    char path[PATH_MAX];
    struct room before = {0}, after = {0};
    importing_open(&importing);
    importing_text(&importing, REGISTRY("\"did:web:a.example\":{\"name\":\"A\"}"));
    assert_ok(importing_run(&importing, &import_dcc));
    assert_ok(import_file_path(importing.folder, "dcc", path));
    assert_ok(file_read(path, 65536, &before));
    importing_again(&importing);
    importing_text(&importing, REGISTRY("\"did:web:b.example\":{\"name\":\"B\"},\"did:web:c.example\":{}"));
    assert_err(importing_run(&importing, &import_dcc), ERR_IMPORT_NAME);
    assert_ok(file_read(path, 65536, &after));
    assert_true(span_equal(room_span(&before), room_span(&after)));
    file_release(&before);
    file_release(&after);
    importing_close(&importing);
}

static char *snapshot_of(const char *key, const char *more) {
    char *text = malloc(8192);
    snprintf(text, 8192,
             SNAPSHOT("2026-08-01T00:00:00Z", CARD_ISSUER("https://a.example/issuer", "%s", "%s")), key,
             more);
    return text;
}

static void keys_of_the_vci_directory_sign_health_cards_alone(void **state) {
    (void)state;
    struct importing importing;
    struct signer *signer = importing_signer(CRYPTO_ES256);
    char *key = importing_jwk(signer, "k1"), *text = snapshot_of(key, "");
    importing_open(&importing);
    importing_text(&importing, text);
    importing_option(&importing, "type", "OpenBadgeCredential");
    assert_ok(importing_run(&importing, &import_vci));
    const json_t *listed = json_array_get(json_object_get(importing_issuer(&importing, 0), "keys"), 0);
    const json_t *types = json_object_get(listed, "types");
    assert_int_equal(json_array_size(types), 1);
    assert_span_text(jsontext_span(json_array_get(types, 0)), "https://smarthealth.cards#health-card");
    assert_span_text(jsontext_span(json_object_get(listed, "kid")), "k1");
    importing_close(&importing);
    signer_close(signer);
    free(text);
    free(key);
}

static void a_wrong_key_of_one_issuer_is_passed_over(void **state) {
    (void)state;
    static const char *const wrong[] = {
        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"alg\":\"ES256\",\"x\":\"AA\",\"y\":\"AA\"}",
        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"alg\":\"ES256\",\"x\":\"AA\",\"y\":\"AA\",\"d\":\"AA\"}",
        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}",
        "{\"kty\":\"RSA\",\"alg\":\"RS256\",\"n\":\"AA\",\"e\":\"AQAB\"}",
        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"alg\":\"ES256\",\"use\":\"enc\",\"x\":\"AA\",\"y\":\"AA\"}",
        "{}",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct importing importing;
        char *text = snapshot_of(wrong[i], "");
        importing_open(&importing);
        importing_text(&importing, text);
        assert_ok(importing_run(&importing, &import_vci));
        assert_int_equal(importing.passed_over, 1);
        assert_int_equal(issuer_file_keys(importing_issuer(&importing, 0)), 0);
        importing_close(&importing);
        free(text);
    }
}

static void revocations_stay_with_their_issuer(void **state) {
    (void)state;
    struct importing importing;
    char *text =
        snapshot_of("", ",\"crls\":[{\"kid\":\"k1\",\"method\":\"rid\",\"ctr\":7,\"rids\":[\"YheGzx4ezAE."
                        "1643950799\",\"8dPgHYssT9m5BvaXlTm2Ig\"]},{\"kid\":\"k2\",\"method\":\"rid\","
                        "\"ctr\":\"1\",\"rids\":[]}]");
    importing_open(&importing);
    importing_text(&importing, text);
    assert_ok(importing_run(&importing, &import_vci));
    const json_t *kept = json_object_get(importing_issuer(&importing, 0), "revocations");
    assert_int_equal(json_array_size(kept), 2);
    assert_int_equal(json_array_size(json_object_get(json_array_get(kept, 0), "rids")), 2);
    assert_int_equal(importing.revocations, 2);
    importing_close(&importing);
    free(text);
}

static void refuses_revocations_that_are_none(void **state) {
    (void)state;
    static const char *const wrong[] = {
        "{}",
        "[7]",
        "[{\"method\":\"rid\",\"ctr\":7,\"rids\":[]}]",
        "[{\"kid\":\"k\",\"method\":\"bits\",\"ctr\":7,\"rids\":[]}]",
        "[{\"kid\":\"k\",\"method\":\"rid\",\"ctr\":-1,\"rids\":[]}]",
        "[{\"kid\":\"k\",\"method\":\"rid\",\"ctr\":1.5,\"rids\":[]}]",
        "[{\"kid\":\"k\",\"method\":\"rid\",\"ctr\":\"x\",\"rids\":[]}]",
        "[{\"kid\":\"k\",\"method\":\"rid\",\"ctr\":7,\"rids\":{}}]",
        "[{\"kid\":\"k\",\"method\":\"rid\",\"ctr\":7,\"rids\":[\"\"]}]",
        "[{\"kid\":\"k\",\"method\":\"rid\",\"ctr\":7,\"rids\":[\"a b\"]}]",
        "[{\"kid\":\"k\",\"method\":\"rid\",\"ctr\":7,\"rids\":[\"a.\"]}]",
        "[{\"kid\":\"k\",\"method\":\"rid\",\"ctr\":7,\"rids\":[\"a.1x\"]}]",
        "[{\"kid\":\"k\",\"method\":\"rid\",\"ctr\":7,\"rids\":[\"aaaaaaaaaaaaaaaaaaaaaaaaa\"]}]",
        "[{\"kid\":\"k\",\"method\":\"rid\",\"ctr\":7,\"rids\":[7]}]",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct importing importing;
        char more[512];
        snprintf(more, sizeof more, ",\"crls\":%s", wrong[i]);
        char *text = snapshot_of("", more);
        importing_open(&importing);
        importing_text(&importing, text);
        assert_err(importing_run(&importing, &import_vci), ERR_IMPORT_REVOCATIONS);
        importing_close(&importing);
        free(text);
    }
}

static void refuses_directories_that_are_none(void **state) {
    (void)state;
    static const struct list_case cases[] = {
        {SNAPSHOT("2026-08-01T00:00:00Z", ""), ERR_OK},
        {"{\"participating_issuers\":[]}", ERR_OK},
        {"{}", ERR_IMPORT_SHAPE},
        {"{\"participating_issuers\":{}}", ERR_IMPORT_SHAPE},
        {"{\"issuerInfo\":[]}", ERR_IMPORT_SHAPE},
        {"{\"time\":\"2026-08-01T00:00:00Z\",\"issuerInfo\":{}}", ERR_IMPORT_SHAPE},
        {SNAPSHOT("2026-08-01T00:00:00", ""), ERR_DATETIME},
        {SNAPSHOT("2027-08-01T00:00:00Z", ""), ERR_IMPORT_AHEAD},
        {SNAPSHOT("2026-08-01T00:00:00Z", "7"), ERR_IMPORT_IDENTIFIER},
        {SNAPSHOT("2026-08-01T00:00:00Z", CARD_ISSUER("https://a.example", "7", "")), ERR_IMPORT_SHAPE},
        {SNAPSHOT("2026-08-01T00:00:00Z", "{\"issuer\":{\"iss\":\"https://a.example\",\"name\":\"A\"}}"),
         ERR_IMPORT_SHAPE},
        {SNAPSHOT("2026-08-01T00:00:00Z",
                  CARD_ISSUER("https://a.example", "", "") "," CARD_ISSUER("https://a.example", "", "")),
         ERR_IMPORT_TWICE},
        {SNAPSHOT("2026-08-01T00:00:00Z", CARD_ISSUER("https://a.example/ ", "", "")), ERR_IMPORT_IDENTIFIER},
        {"{\"participating_issuers\":[{\"iss\":\"https://a.example\"}]}", ERR_IMPORT_NAME},
    };
    JUDGE(&import_vci, cases);
}

static void a_pin_without_a_signature_is_refused(void **state) {
    (void)state;
    struct importing importing;
    importing_open(&importing);
    importing_text(&importing, SNAPSHOT("2026-08-01T00:00:00Z", ""));
    importing_option_bytes(&importing, "pin", span_of_text("x"));
    assert_err(importing_run(&importing, &import_vci), ERR_IMPORT_PIN);
    importing_option_bytes(&importing, "signature", span_of_text("x"));
    assert_err(importing_run(&importing, &import_vci), ERR_CERTIFICATE_NONE);
    importing_option_bytes(&importing, "signature", span_of_text("x"));
    assert_err(importing_run(&importing, &import_vci), ERR_IMPORT_PIN);
    importing_close(&importing);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_registry_gives_names_and_the_keys_that_dids_are),
        cmocka_unit_test(a_did_document_beside_a_registry_brings_the_keys_of_its_did_and_no_other),
        cmocka_unit_test(refuses_registries_that_are_none),
        cmocka_unit_test(a_name_with_odd_characters_is_kept_as_published),
        cmocka_unit_test(a_list_of_many_brackets_or_values_is_refused_in_time),
        cmocka_unit_test(a_failing_import_leaves_what_was_kept),
        cmocka_unit_test(keys_of_the_vci_directory_sign_health_cards_alone),
        cmocka_unit_test(a_wrong_key_of_one_issuer_is_passed_over),
        cmocka_unit_test(revocations_stay_with_their_issuer),
        cmocka_unit_test(refuses_revocations_that_are_none),
        cmocka_unit_test(refuses_directories_that_are_none),
        cmocka_unit_test(a_pin_without_a_signature_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
