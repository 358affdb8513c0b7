/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "credctl/build/bitstring.h"
#include "credctl/build/status_file.h"
#include "credctl/sign/signer.h"

static struct signer *issuer_key, *other_key;

static int start(void **state) {
    (void)state;
    assert_ok(crypto_start());
    assert_ok(signer_make(CRYPTO_ES256, &issuer_key));
    assert_ok(signer_make(CRYPTO_ES256, &other_key));
    return 0;
}

static int stop(void **state) {
    (void)state;
    signer_close(issuer_key);
    signer_close(other_key);
    return 0;
}

/* The one key of the issuer, named "did:web:a.example#1". */
static bool next_key(void *ctx, size_t index, struct span *kid, enum crypto_alg *alg,
                     struct crypto_key *key) {
    (void)ctx;
    *kid = span_of_text("did:web:a.example#1");
    *alg = signer_alg(issuer_key);
    *key = *signer_public(issuer_key);
    return index == 0;
}

/* An encodedList of `bytes` bytes in which bit 0 and the last are set. */
static void encode(size_t bytes, char out[4096]) {
    uint8_t *bitmap = calloc(1, bytes);
    struct room room = room_over(out, 4095);
    bitmap[0] = 0x80;
    bitmap[bytes - 1] |= 1;
    assert_ok(bitstring_encode(span_of_bytes(bitmap, bytes), &room));
    out[room.len] = '\0';
    free(bitmap);
}

static enum err read_signed(const char *claims, const struct signer *signer, const char *kid,
                            const char *from, struct statuslist *out) {
    static uint8_t text[16384];
    struct room room = room_over(text, sizeof text);
    struct statuslist_keys keys = {NULL, next_key};
    assert_ok(signer_jws(signer, span_of_text("vc+jwt"), span_of_text(kid), span_of_text(claims), &room));
    return statuslist_read(
        &(struct statuslist_source){
            .text = room_span(&room), .issuer = span_of_text(from), .keys = &keys, .shelf = NULL},
        out);
}

static enum err read_claims(const char *claims, struct statuslist *out) {
    return read_signed(claims, issuer_key, "did:web:a.example#1", "did:web:a.example", out);
}

/* A credential with these further members of itself and of its subject. */
static const char *credential(size_t bytes, const char *more, const char *subject) {
    static char claims[8192];
    char list[4096];
    encode(bytes, list);
    snprintf(claims, sizeof claims,
             "{\"type\":[\"VerifiableCredential\",\"BitstringStatusListCredential\"],\"id\":\"https://"
             "a.example/1\","
             "\"issuer\":\"did:web:a.example\",%s\"credentialSubject\":{\"type\":\"BitstringStatusList\","
             "\"statusPurpose\":\"revocation\",%s\"encodedList\":\"%s\"}}",
             more, subject, list);
    return claims;
}

#define FROM   "\"validFrom\":\"2026-09-01T00:00:00Z\","
#define FROM_S 1788220800

static void reads_a_signed_list(void **state) {
    (void)state;
    struct statuslist list = {0};
    assert_ok(read_claims(credential(16384, FROM "\"validUntil\":\"2026-10-01T00:00:00Z\",", ""), &list));
    assert_span_text(list.id, "https://a.example/1");
    assert_span_text(list.purposes[0], "revocation");
    assert_int_equal(list.entries, 131072);
    assert_int_equal(list.bits, 0);
    assert_int_equal(list.as_of_s, FROM_S);
    assert_int_equal(list.expires_s, FROM_S + 30 * 86400);
    assert_int_equal(list.bitmap.ptr[0], 0x80);
    assert_int_equal(list.bitmap.ptr[16383], 1);
    statuslist_close(&list);
}

/* The older kind has the bare base64url, and no letter in front of it. */
static void reads_a_list_of_2021(void **state) {
    (void)state;
    struct statuslist list = {0};
    char text[8192], encoded[4096];
    encode(16384, encoded);
    snprintf(text, sizeof text,
             "{\"type\":[\"VerifiableCredential\",\"StatusList2021Credential\"],\"issuer\":\"did:web:a."
             "example\"," FROM
             "\"credentialSubject\":{\"type\":\"StatusList2021\",\"statusPurpose\":\"revocation\","
             "\"encodedList\":\"%s\"}}",
             encoded + 1);
    assert_ok(read_claims(text, &list));
    assert_span_text(list.kind, "StatusList2021");
    assert_int_equal(list.entries, 131072);
    assert_int_equal(list.bitmap.ptr[0], 0x80);
    statuslist_close(&list);
    memcpy(strstr(text, "StatusList2021\",\"statusP"), "StatusList2031", 14);
    assert_err(read_claims(text, &list), ERR_STATUS_SHAPE);
}

/* ttl is in milliseconds; the earliest end counts. */
static void the_earliest_end_counts(void **state) {
    (void)state;
    static const struct {
        const char *more, *subject;
        int64_t expires_s;
    } cases[] = {
        {FROM, "", 0},
        {FROM, "\"ttl\":3600000,", FROM_S + 3600},
        {FROM "\"validUntil\":\"2026-09-01T00:30:00Z\",", "\"ttl\":3600000,", FROM_S + 1800},
        {FROM "\"exp\":1788220900,", "", 1788220900},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct statuslist list = {0};
        assert_ok(read_claims(credential(16384, cases[i].more, cases[i].subject), &list));
        assert_int_equal(list.expires_s, cases[i].expires_s);
        statuslist_close(&list);
    }
}

static void a_short_list_is_refused(void **state) {
    (void)state;
    struct statuslist list = {0};
    assert_err(read_claims(credential(16383, FROM, ""), &list), ERR_STATUS_SHORT);
    assert_err(read_claims(credential(16384, FROM, "\"statusSize\":2,"), &list), ERR_STATUS_SHORT);
    assert_ok(read_claims(credential(32768, FROM, "\"statusSize\":2,"), &list));
    assert_int_equal(list.entries, 131072);
    assert_int_equal(list.bits, 2);
    statuslist_close(&list);
}

/* Entries of three bits straddle bytes: what is left over at the end is no entry. */
static void a_size_that_straddles_bytes_is_kept(void **state) {
    (void)state;
    struct statuslist list = {0};
    assert_ok(read_claims(credential(49153, FROM, "\"statusSize\":3,"), &list));
    assert_int_equal(list.bits, 3);
    assert_int_equal(list.entries, 131074);
    assert_int_equal(list.bitmap.len, 49153);
    statuslist_close(&list);
}

/* A list of several purposes; the second text takes the place of the first in what `credential` writes. */
static enum err read_purposes(const char *purposes, struct statuslist *list) {
    char text[8192];
    const char *claims = credential(16384, FROM, ""), *old = "\"revocation\"";
    const char *at = strstr(claims, old);
    assert_non_null(at);
    snprintf(text, sizeof text, "%.*s%s%s", (int)(at - claims), claims, purposes, at + strlen(old));
    return read_claims(text, list);
}

static void a_list_may_serve_several_purposes(void **state) {
    (void)state;
    struct statuslist list = {0};
    assert_ok(read_purposes("[\"revocation\",\"suspension\"]", &list));
    assert_int_equal(list.purpose_count, 2);
    assert_span_text(list.purposes[0], "revocation");
    assert_span_text(list.purposes[1], "suspension");
    statuslist_close(&list);
    static const char *const wrong[] = {
        "[]", "[\"a\",\"a\"]", "[\"a\",7]", "\"\"", "7", "null", "[\"a\",\"b\",\"c\",\"d\",\"e\"]"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_err(read_purposes(wrong[i], &list), ERR_STATUS_SHAPE);
    }
}

static void another_signer_or_issuer_is_refused(void **state) {
    (void)state;
    struct statuslist list = {0};
    const char *claims = credential(16384, FROM, "");
    assert_err(read_signed(claims, other_key, "did:web:a.example#1", "did:web:a.example", &list),
               ERR_STATUS_ISSUER);
    assert_err(read_signed(claims, issuer_key, "did:web:a.example#2", "did:web:a.example", &list),
               ERR_STATUS_ISSUER);
    assert_err(read_signed(claims, issuer_key, "did:web:a.example#1", "did:web:b.example", &list),
               ERR_STATUS_ISSUER);
    assert_err(read_claims(credential(16384, FROM "\"iss\":\"did:web:b.example\",", ""), &list),
               ERR_STATUS_ISSUER);
    claims = credential(16384, FROM, "");
    assert_ok(read_signed(claims, issuer_key, "#1", "did:web:a.example", &list));
    statuslist_close(&list);
    assert_ok(read_signed(claims, issuer_key, "", "did:web:a.example", &list));
    statuslist_close(&list);
}

static void malformed_lists_are_refused(void **state) {
    (void)state;
    struct statuslist list = {0};
    assert_err(read_claims(credential(16384, "", ""), &list), ERR_STATUS_SHAPE);
    static const char *const sizes[] = {"0", "9", "-1", "1.5", "\"1\"", "null", "4294967297"};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        char size[64];
        snprintf(size, sizeof size, "\"statusSize\":%s,", sizes[i]);
        assert_err(read_claims(credential(32768, FROM, size), &list), ERR_STATUS_SHAPE);
    }
    assert_err(read_claims(credential(16384, FROM, "\"ttl\":-1,"), &list), ERR_STATUS_SHAPE);
    assert_err(read_claims(credential(16384, "\"validFrom\":\"soon\",", ""), &list), ERR_DATETIME);
    assert_err(read_claims("{\"issuer\":\"did:web:a.example\"}", &list), ERR_STATUS_SHAPE);
    /* Each of the types must stand: another credential of the issuer's is no status list. */
    static const char *const types[] = {"\"VerifiableCredential\"", "\"BitstringStatusListCredential\"",
                                        "\"BitstringStatusList\""};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        char claims[8192];
        snprintf(claims, sizeof claims, "%s", credential(16384, FROM, ""));
        char *type = strstr(claims, types[i]);
        assert_non_null(type);
        type[1] = 'X';
        assert_err(read_claims(claims, &list), ERR_STATUS_SHAPE);
    }
    assert_err(read_claims("{}", &list), ERR_STATUS_ISSUER);
    assert_null(list.claims);
}

static void an_encoded_list_is_gzip_behind_a_u(void **state) {
    (void)state;
    static uint8_t memory[1024];
    struct room room = room_over(memory, sizeof memory);
    assert_err(bitstring_decode(span_of_text("H4sIAAAAAAAA"), &room), ERR_STATUS_SHAPE);
    assert_err(bitstring_decode(span_of_text(""), &room), ERR_STATUS_SHAPE);
    assert_err(bitstring_decode(span_of_text("u!!!!"), &room), ERR_BASE64URL);
    assert_err(bitstring_decode(span_of_text("uAAAA"), &room), ERR_INFLATE_DATA);
    char bomb[4096];
    encode(1u << 20, bomb);
    assert_err(bitstring_decode(span_of_text(bomb), &room), ERR_INFLATE_TOO_LARGE);
}

static void a_working_list_sets_and_clears_entries(void **state) {
    (void)state;
    struct status_file file = {0};
    bool changed = false;
    static uint8_t memory[16384];
    struct room bitmap = room_over(memory, sizeof memory);
    assert_ok(status_file_make("did:web:a.example", "https://a.example/1", "suspension", 131072, 1, &file));
    static const int64_t indices[] = {131071, 0, 9, 7, 9};
    for (size_t i = 0; i < 5; i++) {
        assert_ok(status_file_set(&file, indices[i], true, &changed));
        assert_int_equal(changed, i < 4);
    }
    assert_ok(status_file_set(&file, 7, false, &changed));
    assert_true(changed);
    assert_ok(status_file_set(&file, 7, false, &changed));
    assert_false(changed);
    assert_err(status_file_set(&file, 131072, true, &changed), ERR_STATUS_INDEX);
    assert_err(status_file_set(&file, -1, true, &changed), ERR_STATUS_INDEX);
    assert_ok(status_file_bitmap(&file, &bitmap));
    assert_int_equal(memory[0], 0x80);
    assert_int_equal(memory[1], 0x40);
    assert_int_equal(memory[16383], 0x01);
    status_file_close(&file);
    assert_err(status_file_make("x", "y", "revocation", 131071, 1, &file), ERR_STATUS_SHORT);
    assert_err(status_file_make("", "y", "revocation", 131072, 1, &file), ERR_STATUS_SHAPE);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_a_signed_list),
        cmocka_unit_test(reads_a_list_of_2021),
        cmocka_unit_test(the_earliest_end_counts),
        cmocka_unit_test(a_short_list_is_refused),
        cmocka_unit_test(a_size_that_straddles_bytes_is_kept),
        cmocka_unit_test(a_list_may_serve_several_purposes),
        cmocka_unit_test(another_signer_or_issuer_is_refused),
        cmocka_unit_test(malformed_lists_are_refused),
        cmocka_unit_test(an_encoded_list_is_gzip_behind_a_u),
        cmocka_unit_test(a_working_list_sets_and_clears_entries),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
