/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/wallet.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "codec/base32.h"
#include "codec/base45.h"
#include "codec/jsontext.h"
#include "credctl/sign/public_form.h"
#include "crypto/did.h"
#include "tests/lib/check.h"
#include "tests/lib/integrity_sign.h"
#include "tests/lib/shipped.h"

#define DOCUMENT_BYTES 32768u
#define HOLDER         "did:key:z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH"
#define STATUS_ENTRIES 131072u

static const char data_model_1[] = "https://www.w3.org/2018/credentials/v1";
static const char data_model_2[] = "https://www.w3.org/ns/credentials/v2";

void wallet_open(struct wallet *out) {
    *out = (struct wallet){0};
    assert_ok(crypto_start());
    shipped_open(&out->vocabulary);
    out->view.shelf = &out->vocabulary.shelf;
    out->library = shelf_view_library(&out->view);
    out->arena = arena_over(malloc(LIMIT_SCAN_ARENA_BYTES), LIMIT_SCAN_ARENA_BYTES);
    assert_ok(signer_make(CRYPTO_EDDSA, &out->issuer));
    struct room did = room_over((uint8_t *)out->did, sizeof out->did - 1);
    struct room method = room_over((uint8_t *)out->method, sizeof out->method - 1);
    assert_ok(public_form_did(signer_public(out->issuer), &did));
    assert_ok(public_form_kid(signer_public(out->issuer), room_span(&did), &method));
}

void wallet_close(struct wallet *wallet) {
    signer_close(wallet->issuer);
    vocabulary_close(&wallet->vocabulary);
    free(wallet->arena.base);
    *wallet = (struct wallet){0};
}

/* Append formatted text. */
__attribute__((format(printf, 2, 3))) static void say(struct room *text, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int len = vsnprintf((char *)text->ptr + text->len, text->cap - text->len, format, arguments);
    va_end(arguments);
    assert_true(len >= 0 && (size_t)len < text->cap - text->len);
    text->len += (size_t)len;
}

static void say_issuer(struct room *text, const char *did) {
    say(text,
        "\"issuer\":{\"id\":\"%s\",\"type\":[\"Profile\"],\"name\":\"Guild of Welders\","
        "\"url\":\"https://guild.example\",\"image\":{\"id\":\"https://guild.example/"
        "logo.png\",\"type\":\"Image\"}},",
        did);
}

static void say_achievement(struct room *text, unsigned skills) {
    say(text, "\"achievement\":{\"id\":\"urn:uuid:bd6d9316-f7ae-4073-a1e5-2f7f5bd22922\","
              "\"type\":[\"Achievement\"],\"achievementType\":\"Certificate\",\"name\":\"Digital welding, "
              "level 2\",\"description\":\"Welds by hand and by robot, and plans both.\","
              "\"criteria\":{\"narrative\":\"Passed the practical examination.\"},"
              "\"image\":{\"id\":\"https://guild.example/welding.png\",\"type\":\"Image\"},"
              "\"tag\":[\"metal\",\"robot\",\"safety\"],\"alignment\":[");
    for (unsigned i = 0; i < skills; i++) {
        say(text,
            "%s{\"type\":[\"Alignment\"],\"targetName\":\"Skill %u\",\"targetUrl\":\"https://skills.example/"
            "%u\",\"targetCode\":\"S%u\"}",
            i > 0 ? "," : "", i, i, i);
    }
    say(text, "]}");
}

/* The document of this text, which is released, signed. */
static json_t *signed_by(const struct wallet *wallet, enum proof_suite suite, struct room *text) {
    struct integrity_sign how = {.suite = suite,
                                 .signer = wallet->issuer,
                                 .library = &wallet->library,
                                 .method = wallet->method,
                                 .created = "2025-01-02T00:00:00Z"};
    json_t *document = NULL;
    assert_ok(jsontext_parse(room_span(text), &document));
    free(text->ptr);
    integrity_sign(document, &how);
    return document;
}

static struct room room_of(size_t cap) {
    void *memory = malloc(cap);
    assert_non_null(memory);
    return room_over(memory, cap);
}

json_t *wallet_badge_2022(struct wallet *wallet, unsigned skills) {
    struct room text = room_of(DOCUMENT_BYTES);
    say(&text,
        "{\"@context\":[\"%s\",\"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json\"],"
        "\"id\":\"urn:uuid:a63a60be-f4af-491c-87fc-2c8fd3007a58\",\"type\":[\"VerifiableCredential\","
        "\"OpenBadgeCredential\"],\"name\":\"Digital welding, level 2\",",
        data_model_2);
    say_issuer(&text, wallet->did);
    say(&text, "\"validFrom\":\"2025-01-01T00:00:00Z\",\"validUntil\":\"2028-01-01T00:00:00Z\","
               "\"credentialStatus\":{\"id\":\"" WALLET_STATUS_LIST "#" WALLET_STATUS_INDEX "\","
               "\"type\":\"BitstringStatusListEntry\",\"statusPurpose\":\"revocation\","
               "\"statusListIndex\":\"" WALLET_STATUS_INDEX "\","
               "\"statusListCredential\":\"" WALLET_STATUS_LIST "\"},"
               "\"credentialSubject\":{\"id\":\"" HOLDER "\",\"type\":[\"AchievementSubject\"],"
               "\"identifier\":[{\"type\":\"IdentityObject\",\"hashed\":false,\"identityHash\":\"Maria "
               "Example\",\"identityType\":\"name\"}],");
    say_achievement(&text, skills);
    say(&text, "}}");
    return signed_by(wallet, PROOF_EDDSA_RDFC_2022, &text);
}

json_t *wallet_badge_2020(struct wallet *wallet, unsigned skills) {
    struct room text = room_of(DOCUMENT_BYTES);
    say(&text,
        "{\"@context\":[\"%s\",\"https://purl.imsglobal.org/spec/ob/v3p0/context.json\","
        "\"https://w3id.org/security/suites/ed25519-2020/v1\"],"
        "\"id\":\"urn:uuid:a63a60be-f4af-491c-87fc-2c8fd3007a59\",\"type\":[\"VerifiableCredential\","
        "\"OpenBadgeCredential\"],\"name\":\"Digital welding, level 2\",",
        data_model_1);
    say_issuer(&text, wallet->did);
    say(&text, "\"issuanceDate\":\"2025-01-01T00:00:00Z\",\"expirationDate\":\"2028-01-01T00:00:00Z\","
               "\"credentialSubject\":{\"id\":\"" HOLDER "\",\"type\":[\"AchievementSubject\"],"
               "\"identifier\":[{\"type\":\"IdentityObject\",\"hashed\":false,\"identityHash\":\"Maria "
               "Example\",\"identityType\":\"name\"}],");
    say_achievement(&text, skills);
    say(&text, "}}");
    return signed_by(wallet, PROOF_ED25519_2020, &text);
}

json_t *wallet_present(json_t *credentials) {
    json_t *first = json_array_get(json_object_get(json_array_get(credentials, 0), "@context"), 0);
    if (json_array_size(credentials) == 1) {
        json_t *one = json_incref(json_array_get(credentials, 0));
        json_decref(credentials);
        credentials = one;
    }
    return json_pack("{s:[O], s:s, s:o}", "@context", first, "type", "VerifiablePresentation",
                     "verifiableCredential", credentials);
}

void wallet_text(struct wallet *wallet, const json_t *document, enum cborld_header header, const char *prefix,
                 struct room *out) {
    struct room bytes = room_of(LIMIT_PAYLOAD_BYTES);
    struct cborld_form form = {header, 1};
    assert_ok(cborld_encode(document, form, NULL, &wallet->library, &wallet->arena, &bytes));
    arena_wipe(&wallet->arena);
    assert_ok(room_put(out, span_of_text(prefix)));
    assert_ok(prefix[strlen(prefix) - 1] == 'B' ? base32_encode(room_span(&bytes), out)
                                                : base45_encode(room_span(&bytes), out));
    free(bytes.ptr);
}

/* List an issuer that is its own key. */
static void list_issuer(struct lists *lists, const char *did) {
    uint8_t memory[8192] __attribute__((aligned(16)));
    struct arena arena = arena_over(memory, sizeof memory);
    struct lists_issuer issuer = {.source = span_of_text("by hand")};
    struct lists_key key = {.alg = CRYPTO_EDDSA};
    uint8_t name[256];
    struct room method = room_over(name, sizeof name);
    int64_t row = 0;
    assert_ok(did_own_key(span_of_text(did), &arena, &key.key));
    assert_ok(public_form_kid(&key.key, span_of_text(did), &method));
    key.kid = room_span(&method);
    assert_ok(lists_add_issuer(lists, &issuer, &row));
    assert_ok(lists_add_identifier(lists, row, span_of_text(did)));
    assert_ok(lists_add_name(lists, row, span_of_text("en"), span_of_text("Guild of Welders")));
    assert_ok(lists_add_key(lists, row, &key));
}

static void list_status(struct lists *lists, const char *issuer) {
    static const uint8_t none[STATUS_ENTRIES / 8];
    struct lists_status status = {.address = span_of_text(WALLET_STATUS_LIST),
                                  .purpose = span_of_text("revocation"),
                                  .kind = span_of_text("BitstringStatusList"),
                                  .issuer = span_of_text(issuer),
                                  .entries = STATUS_ENTRIES,
                                  .bits = 1,
                                  .as_of_s = WALLET_FROM_S,
                                  .bitmap = span_of_bytes(none, sizeof none)};
    assert_ok(lists_add_status(lists, &status));
}

void wallet_pack(const struct wallet *wallet, struct testpack *test, const char *const *others,
                 struct pack **out) {
    test->claims.iat_s = WALLET_FROM_S;
    test->claims.next_update_s = WALLET_FROM_S + 28 * TESTPACK_DAY_S;
    test->claims.expires_s = WALLET_FROM_S + 60 * TESTPACK_DAY_S;
    test->rules.now = interval_at(WALLET_NOW_S);
    struct lists *lists = testpack_lists(test, "wallet.db");
    list_issuer(lists, wallet->did);
    for (size_t i = 0; others != NULL && others[i] != NULL; i++) {
        list_issuer(lists, others[i]);
    }
    list_status(lists, wallet->did);
    assert_ok(lists_finish(lists));
    testpack_sign(test, "wallet.db", "wallet.tpk");
    assert_ok(testpack_open(test, "wallet.tpk", PACK_OPEN_USE, out));
}
