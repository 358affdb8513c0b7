/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/judge_one.h"
#include "tests/lib/check.h"
#include "tests/lib/interop.h"

#include <stdio.h>
#include <stdlib.h>

#include "codec/jsontext.h"
#include "crypto/jwk.h"
#include "tests/lib/forge.h"
#include "tests/lib/property.h"

#define FOLDER "vc-jose-cose"
#define ISSUER "https://example.issuer/vc-jose-cose"

/* The vectors' issuer with the keys of vm-*.json that this version judges, and nothing else. */
struct lists_of_theirs {
    struct testpack test;
    struct pack *pack;
    struct arena arena;
    struct interval now;
};

static void add_key(struct lists *lists, int64_t row, const char *file, enum crypto_alg alg) {
    char path[200];
    snprintf(path, sizeof path, FOLDER "/input/%s", file);
    json_t *method = interop_json(path);
    const json_t *jwk = json_object_get(method, "publicKeyJwk");
    struct lists_key key = {.alg = alg};
    assert_ok(jwk_read(jwk, &key.key));
    key.kid = jsontext_span(json_object_get(jwk, "kid"));
    assert_ok(lists_add_key(lists, row, &key));
    json_decref(method);
}

static void make_lists(struct lists_of_theirs *theirs) {
    int64_t row = 0;
    testpack_start(&theirs->test);
    struct lists *lists = testpack_lists(&theirs->test, "lists");
    struct lists_issuer issuer = {.source = span_of_text("by hand")};
    assert_ok(lists_add_issuer(lists, &issuer, &row));
    assert_ok(lists_add_identifier(lists, row, span_of_text(ISSUER)));
    assert_ok(lists_add_name(lists, row, span_of_text("en"), span_of_text("Example University")));
    add_key(lists, row, "vm-p256.json", CRYPTO_ES256);
    add_key(lists, row, "vm-p384.json", CRYPTO_ES384);
    add_key(lists, row, "vm-ed25519.json", CRYPTO_EDDSA);
    assert_ok(lists_finish(lists));
    testpack_sign(&theirs->test, "lists", "pack");
    assert_ok(testpack_open(&theirs->test, "pack", PACK_OPEN_USE, &theirs->pack));
    theirs->arena = arena_over(aligned_alloc(16, LIMIT_SCAN_ARENA_BYTES), LIMIT_SCAN_ARENA_BYTES);
    theirs->now = interval_at(WORLD_NOW_S);
}

static void drop_lists(struct lists_of_theirs *theirs) {
    pack_close(theirs->pack);
    free(theirs->arena.base);
    testpack_stop(&theirs->test);
}

static bool is(const json_t *vector, const char *member, const char *word) {
    return span_equal_text(jsontext_span(json_object_get(vector, member)), word);
}

/* Why a case is not run, or NULL. */
static const char *exclusion(const json_t *vector) {
    struct span feature = jsontext_span(json_object_get(vector, "feature"));
    if (span_equal_text(feature, "presentation_jose") && is(vector, "expected_result", "success")) {
        return "a holder is known by a key in its own name alone, and theirs is an https address";
    }
    if (span_equal_text(feature, "credential_sdjwt") || span_equal_text(feature, "presentation_sdjwt")) {
        return "SD-JWT is not read in this version";
    }
    if (span_equal_text(feature, "credential_cose") || span_equal_text(feature, "presentation_cose")) {
        return "COSE is not read in this version";
    }
    return is(vector, "key_file", "vm-p521.json") ||
                   is(vector, "input_file", "credential-jose-unknown-extensions.txt")
               ? "ES512 is not judged in this version"
               : NULL;
}

/* Success is VALID; the one with a status entry is VALID, NOTE, since its entry names no list. Failure is a refusal
 * for its own sake, not for want of a key. */
static bool as_expected(const json_t *vector, enum verdict_reason reason) {
    if (is(vector, "expected_result", "success")) {
        return reason ==
               (is(vector, "input_file", "credential-full.json") ? REASON_STATUS_UNKNOWN : REASON_OK);
    }
    return reason == REASON_UNSUPPORTED || reason == REASON_MALFORMED || reason == REASON_ALTERED;
}

/* Sign a credential of theirs with a key of theirs, as an issuer does. */
static void issue(struct lists_of_theirs *theirs, const json_t *vector, struct span credential,
                  struct room *out) {
    char path[PATH_MAX], header[300];
    struct signer *signer = NULL;
    snprintf(path, sizeof path, FOLDER "/input/%s", json_string_value(json_object_get(vector, "key_file")));
    json_t *method = interop_json(path);
    const json_t *secret = json_object_get(method, "secretKeyJwk");
    char *text = json_dumps(secret, JSON_COMPACT);
    testpack_put(&theirs->test, "issuer.jwk", span_of_text(text));
    testpack_path(&theirs->test, "issuer.jwk", path);
    assert_ok(signer_load(path, &signer));
    snprintf(header, sizeof header, "{\"alg\":\"%s\",\"typ\":\"vc+jwt\",\"cty\":\"vc\",\"kid\":\"%s\"}",
             crypto_alg_name(signer_alg(signer)), json_string_value(json_object_get(secret, "kid")));
    forge_token(span_of_text(header), credential, signer, out);
    signer_close(signer);
    free(text);
    json_decref(method);
}

static void run_case(struct interop *interop, struct lists_of_theirs *theirs, const char *name,
                     const json_t *vector) {
    static const struct policy no_rules = {0};
    char path[300];
    struct verdict verdict = {0};
    snprintf(path, sizeof path, FOLDER "/input/%s", json_string_value(json_object_get(vector, "input_file")));
    struct span input = interop_read(path);
    struct room token = forge_room(input.len * 2 + 4096);
    if (is(vector, "fn", "issue")) {
        issue(theirs, vector, input, &token);
    } else {
        assert_ok(room_put(&token, input));
    }
    struct verify_grounds grounds = {.lists = theirs->pack, .policy = &no_rules, .now = &theirs->now};
    judge_one(room_span(&token), &grounds, &theirs->arena, &verdict);
    interop_case(interop, name, as_expected(vector, verdict.reason), verdict_reason_code(verdict.reason));
    if (verdict.reason == REASON_OK) {
        while (token.len > 0 && token.ptr[token.len - 1] == '\n') {
            token.len--;
        }
        property_check(name, room_span(&token), theirs->pack, &theirs->now, &theirs->arena);
    }
    forge_release(&token);
    interop_free(input);
}

static void w3c_vc_jose_cose_test_suite(void **state) {
    (void)state;
    static const char *const groups[] = {"JOSETestMapping", "SDJWTTestMapping", "COSETestMapping"};
    struct interop interop = {0};
    struct lists_of_theirs theirs = {0};
    interop_open(&interop, "vc-jose-cose", FOLDER);
    make_lists(&theirs);
    json_t *mapping = interop_json(FOLDER "/test-mapping.json");
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        const char *name = NULL;
        json_t *vector = NULL;
        json_object_foreach(json_object_get(mapping, groups[i]), name, vector) {
            const char *reason = exclusion(vector);
            if (reason != NULL) {
                interop_exclude(&interop, name, 1, reason);
            } else {
                run_case(&interop, &theirs, name, vector);
            }
        }
    }
    json_decref(mapping);
    drop_lists(&theirs);
    interop_close(&interop);
}

int main(void) {
    static const struct CMUnitTest tests[] = {cmocka_unit_test(w3c_vc_jose_cose_test_suite)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
