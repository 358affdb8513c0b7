/* SPDX-License-Identifier: Apache-2.0 */
/* Every published document with a Data Integrity proof, its issuer listed with its keys: no change of it is VALID. */
#include "tests/lib/check.h"
#include "tests/lib/forge.h"
#include "tests/lib/interop.h"
#include "tests/lib/judge_one.h"
#include "tests/lib/sealed_property.h"
#include "tests/lib/testpack.h"

#include <stdio.h>
#include <stdlib.h>

#include "codec/base32.h"
#include "codec/base45.h"
#include "crypto/did.h"
#include "crypto/multikey.h"
#include "linked/shelf.h"
#include "payload/document.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define MEMORY       (16u << 20)
#define EDDSA        "w3c-di-eddsa/TestVectors/"
#define ECDSA        "w3c-di-ecdsa/TestVectors/"
#define JFF          "ob3-jff-plugfest/plugfest-"

/* A file, and why it is refused as it is; ERR_OK: it is genuine. */
static const struct {
    const char *path;
    enum err refused;
} vectors[] = {
    {EDDSA "Ed25519Signature2020/signedEdSig.json", ERR_OK},
    {EDDSA "eddsa-rdfc-2022/signedDataInt.json", ERR_OK},
    {EDDSA "eddsa-rdfc-2022/employ/signedDataInt.json", ERR_PROOF_CONTROLLER},
    {EDDSA "eddsa-jcs-2022/signedJCS.json", ERR_OK},
    {EDDSA "proof-set-chain/signedProofSet1.json", ERR_OK},
    {EDDSA "proof-set-chain/signedProofSet2.json", ERR_OK},
    {EDDSA "proof-set-chain/signedProofChain1.json", ERR_OK},
    {EDDSA "proof-set-chain/signedProofChain2.json", ERR_OK},
    {EDDSA "proof-set-chain/proofChainTempDoc1.json", ERR_OK},
    {EDDSA "proof-set-chain/proofChainTempDoc2.json", ERR_PROOF_CHAIN},
    {ECDSA "ecdsa-rdfc-2019-p256/signedECDSAP256.json", ERR_OK},
    {ECDSA "ecdsa-rdfc-2019-p256/employ/signedECDSAP256.json", ERR_PROOF_CONTROLLER},
    {ECDSA "ecdsa-rdfc-2019-p384/signedECDSAP384.json", ERR_OK},
    {ECDSA "ecdsa-rdfc-2019-p384/employ/signedECDSAP384.json", ERR_PROOF_CONTROLLER},
    {ECDSA "ecdsa-jcs-2019-p256/signedJCSECDSAP256.json", ERR_OK},
    {ECDSA "ecdsa-jcs-2019-p384/signedJCSECDSAP384.json", ERR_OK},
    {ECDSA "ecdsa-sd-2023/employ/derivedRevealDocument.json", ERR_PROOF_CONTROLLER},
    {ECDSA "ecdsa-sd-2023/prc/derivedRevealDocument.json", ERR_PROOF_CONTROLLER},
    {"ob3-spec/extracted/obv3p0/06-Signed-credential.json", ERR_OK},
    {"ob3-spec/extracted/clrv2p0/08-Signed-credential.json", ERR_OK},
    {JFF "1-2022/plugfest-1-ex-1.json", ERR_OK},
    {JFF "1-2022/plugfest-1-ex-2.json", ERR_OK},
    {JFF "2-2022/signed_badge_example-p2.json", ERR_OK},
    {JFF "3-2023/signed_badge_example-p3.json", ERR_OK},
    {"vpqr/digitalbazaar-vpqr/exampleVp.json", ERR_OK},
};

/* Codes of wallets, and why one is refused. */
static const struct {
    const char *path;
    enum err refused;
} codes[] = {
    {"vpqr/digitalbazaar-vpqr/exampleQrCodeDataB.txt", ERR_OK},
    {"vpqr/digitalbazaar-vpqr/exampleQrCodeDataR.txt", ERR_OK},
    {"vpqr/digitalbazaar-vpqr/exampleCborld1QrCodeDataR.txt", ERR_OK},
    {"vpqr/digitalcredentials-vpqr/exampleQrCodeData.txt", ERR_OK},
    {"vpqr/bedrock-mock/vcbPresentation.txt", ERR_OK},
    {"vpqr/truage/qrCodeExample.txt", ERR_OK},
    {"vpqr/web5-swift/valid.txt", ERR_OK},
    {"vpqr/learncard/1.txt", ERR_OK},
    {"vpqr/dcc-docs-issue_credential/1.txt", ERR_OK},
    {"vpqr/dcc-docs-issue_credential/2.txt", ERR_OK},
};

/* What the vectors are judged by. */
struct grounds {
    struct interop interop;
    struct testpack test;
    struct pack *pack;
    struct shelf shelf;
    struct arena kept, scan;
};

/* The credential of a file: itself, or what the presentation holds. The caller's reference. */
static json_t *credential_of(const char *path) {
    json_t *whole = interop_json(path);
    json_t *inside = json_object_get(whole, "verifiableCredential");
    if (inside == NULL) {
        return whole;
    }
    json_incref(inside);
    json_decref(whole);
    return inside;
}

/* What a code holds, by all published contexts; NULL where it cannot be read. The caller's reference. */
static json_t *credential_in(struct grounds *g, struct span code) {
    struct shelf_view view = {.shelf = &g->shelf};
    struct context_library library = shelf_view_library(&view);
    struct payload payload = {0};
    json_t *whole = NULL, *inside = NULL;
    if (payload_recognise(code, &g->scan, &payload) == ERR_OK &&
        payload_document(&payload, &library, &g->scan, &whole) == ERR_OK) {
        inside = json_object_get(whole, "verifiableCredential");
        inside = json_incref(json_is_array(inside) ? json_array_get(inside, 0) : inside);
        json_decref(whole);
    }
    arena_wipe(&g->scan);
    return inside;
}

static const char *issuer_of(const json_t *credential) {
    const json_t *issuer = json_object_get(credential, "issuer");
    const char *id = json_string_value(json_is_object(issuer) ? json_object_get(issuer, "id") : issuer);
    assert_non_null(id);
    return id;
}

/* The key that a verificationMethod carries in itself. */
static void list_key(struct lists *lists, int64_t row, const json_t *proof) {
    const char *method = json_string_value(json_object_get(proof, "verificationMethod"));
    struct span name = span_of_text(method), fragment = did_fragment(name);
    struct lists_key listed = {.kid = name};
    assert_ok(multikey_read(fragment.len > 0 ? fragment : span_slice(name, 8, name.len), &listed.key));
    listed.alg = listed.key.kind == CRYPTO_KEY_ED25519 ? CRYPTO_EDDSA
                 : listed.key.kind == CRYPTO_KEY_P256  ? CRYPTO_ES256
                                                       : CRYPTO_ES384;
    enum err err = lists_add_key(lists, row, &listed);
    assert_true(err == ERR_OK || err == ERR_LISTS_TWICE);
}

/* The issuers seen so far; a row each. */
struct seen {
    const char *names[COUNT(vectors) + COUNT(codes)];
    int64_t rows[COUNT(vectors) + COUNT(codes)];
    size_t count;
};

static int64_t row_of(struct lists *lists, struct seen *seen, const char *issuer) {
    for (size_t i = 0; i < seen->count; i++) {
        if (strcmp(seen->names[i], issuer) == 0) {
            return seen->rows[i];
        }
    }
    struct lists_issuer by_hand = {.source = span_of_text("by hand")};
    int64_t row = 0;
    assert_ok(lists_add_issuer(lists, &by_hand, &row));
    assert_ok(lists_add_identifier(lists, row, span_of_text(issuer)));
    assert_ok(lists_add_name(lists, row, span_of_text("en"), span_of_text(issuer)));
    seen->names[seen->count] = issuer;
    seen->rows[seen->count++] = row;
    return row;
}

static void list_signers(struct lists *lists, struct seen *seen, const json_t *credential) {
    const json_t *proof = json_object_get(credential, "proof");
    int64_t row = row_of(lists, seen, issuer_of(credential));
    for (size_t n = 0; n < (json_is_array(proof) ? json_array_size(proof) : 1); n++) {
        list_key(lists, row, json_is_array(proof) ? json_array_get(proof, n) : proof);
    }
}

static void make_pack(struct grounds *g) {
    struct seen seen = {.count = 0};
    json_t *credentials[COUNT(vectors) + COUNT(codes)];
    struct lists *lists = testpack_lists(&g->test, "lists");
    for (size_t i = 0; i < COUNT(vectors); i++) {
        credentials[i] = credential_of(vectors[i].path);
        list_signers(lists, &seen, credentials[i]);
    }
    for (size_t i = 0; i < COUNT(codes); i++) {
        struct span code = interop_read(codes[i].path);
        json_t *inside = credential_in(g, code);
        credentials[COUNT(vectors) + i] = inside;
        if (inside != NULL) {
            list_signers(lists, &seen, inside);
        }
        interop_free(code);
    }
    assert_ok(lists_finish(lists));
    for (size_t i = 0; i < COUNT(credentials); i++) {
        json_decref(credentials[i]);
    }
    testpack_sign(&g->test, "lists", "pack");
    assert_ok(testpack_open(&g->test, "pack", PACK_OPEN_USE, &g->pack));
}

/* All published contexts. */
static void fill_shelf(struct grounds *g) {
    json_t *index = interop_json("jsonld-contexts/bundle/index.json");
    const char *address = NULL;
    json_t *entry = NULL;
    g->shelf.arena = &g->kept;
    json_object_foreach(index, address, entry) {
        char path[512];
        snprintf(path, sizeof path, "jsonld-contexts/bundle/%s",
                 json_string_value(json_object_get(entry, "file")));
        struct span text = interop_read(path);
        assert_ok(shelf_add_json(&g->shelf, span_of_text(address), text));
        interop_free(text);
    }
    json_decref(index);
}

/* Judge what is genuine as it stands; true where it is VALID, with or without a note. */
static bool judge(struct grounds *g, const char *path, struct span payload, enum err refused,
                  const struct verify_grounds *grounds) {
    struct verdict verdict = {0};
    judge_one(payload, grounds, &g->scan, &verdict);
    enum verdict_class class = verdict_class_of(verdict.reason);
    bool positive = class == VERDICT_VALID || class == VERDICT_VALID_NOTE;
    interop_case(&g->interop, path, verdict.cause == refused && positive == (refused == ERR_OK),
                 err_name(verdict.cause));
    return positive;
}

static void check_document(struct grounds *g, const char *path, enum err refused,
                           const struct verify_grounds *grounds) {
    json_t *credential = credential_of(path);
    char *text = json_dumps(credential, JSON_COMPACT);
    if (judge(g, path, span_of_text(text), refused, grounds)) {
        sealed_property_check(path, credential, grounds, &g->scan);
    }
    json_decref(credential);
    free(text);
}

/* "VP1-B" or "VP1-R", then base32 or base45. */
static void check_code(struct grounds *g, const char *path, enum err refused,
                       const struct verify_grounds *grounds) {
    struct span code = interop_read(path);
    struct room bytes = forge_room(code.len);
    if (judge(g, path, code, refused, grounds)) {
        struct span line = span_slice(code, 0, span_find(code, '\n', 0));
        struct span rest = span_slice(line, 5, line.len);
        assert_ok(code.ptr[4] == 'B' ? base32_decode(rest, &bytes) : base45_decode(rest, &bytes));
        sealed_property_check_code(path, "VP1-R", room_span(&bytes), grounds, &g->scan);
    }
    forge_release(&bytes);
    interop_free(code);
}

static void no_change_of_a_vector_is_valid(void **state) {
    (void)state;
    struct policy lenient = {.expired_is_note = true};
    struct interval now = interval_at(TESTPACK_IAT_S + TESTPACK_DAY_S);
    struct grounds g = {0};
    interop_open(&g.interop, "integrity-properties", "w3c-di-eddsa");
    testpack_start(&g.test);
    g.kept = arena_over(malloc(MEMORY), MEMORY);
    g.scan = arena_over(malloc(LIMIT_SCAN_ARENA_BYTES), LIMIT_SCAN_ARENA_BYTES);
    fill_shelf(&g);
    make_pack(&g);
    struct verify_grounds grounds = {.lists = g.pack, .shelf = &g.shelf, .policy = &lenient, .now = &now};
    for (size_t i = 0; i < COUNT(vectors); i++) {
        check_document(&g, vectors[i].path, vectors[i].refused, &grounds);
    }
    for (size_t i = 0; i < COUNT(codes); i++) {
        check_code(&g, codes[i].path, codes[i].refused, &grounds);
    }
    shelf_close(&g.shelf);
    pack_close(g.pack);
    testpack_stop(&g.test);
    free(g.kept.base);
    free(g.scan.base);
    interop_close(&g.interop);
}

int main(void) {
    static const struct CMUnitTest tests[] = {cmocka_unit_test(no_change_of_a_vector_is_valid)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
