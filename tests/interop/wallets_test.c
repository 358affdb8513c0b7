/* SPDX-License-Identifier: Apache-2.0 */
/* What wallets and specifications published, under the whole verifier: their issuers are put on a list, the clock is set
 * into their time, the contexts are those that ship. */
#include "tests/lib/check.h"
#include "tests/lib/interop.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/datetime.h"
#include "base/limits.h"
#include "codec/jsontext.h"
#include "credential/member.h"
#include "crypto/did.h"
#include "crypto/multikey.h"
#include "payload/document.h"
#include "payload/payload.h"
#include "tests/lib/world.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define EDDSA        "w3c-di-eddsa/TestVectors/"
#define ECDSA        "w3c-di-ecdsa/TestVectors/"
#define JFF          "ob3-jff-plugfest/"
#define SPEC         "ob3-spec/extracted/"
#define VPQR         "vpqr/"

/* A file, and what it is worth in its time by a listed issuer. Some examples name one did:key as their issuer and are
 * signed by another; of age tokens anybody could be the holder; a barcode's proof is of a suite that is not judged. */
static const struct expected {
    const char *path;
    enum verdict_reason reason;
    enum err cause;
} all[] = {
    {EDDSA "eddsa-jcs-2022/signedJCS.json", REASON_OK, ERR_OK},
    {EDDSA "eddsa-rdfc-2022/signedDataInt.json", REASON_OK, ERR_OK},
    {EDDSA "eddsa-rdfc-2022/employ/signedDataInt.json", REASON_MALFORMED, ERR_PROOF_CONTROLLER},
    {EDDSA "Ed25519Signature2020/signedEdSig.json", REASON_OK, ERR_OK},
    {EDDSA "proof-set-chain/signedProofSet1.json", REASON_OK, ERR_OK},
    {EDDSA "proof-set-chain/signedProofSet2.json", REASON_OK, ERR_OK},
    {EDDSA "proof-set-chain/signedProofChain1.json", REASON_OK, ERR_OK},
    {EDDSA "proof-set-chain/signedProofChain2.json", REASON_OK, ERR_OK},
    {EDDSA "proof-set-chain/proofChainTempDoc1.json", REASON_OK, ERR_OK},
    {ECDSA "ecdsa-jcs-2019-p256/signedJCSECDSAP256.json", REASON_OK, ERR_OK},
    {ECDSA "ecdsa-jcs-2019-p384/signedJCSECDSAP384.json", REASON_OK, ERR_OK},
    {ECDSA "ecdsa-rdfc-2019-p256/signedECDSAP256.json", REASON_OK, ERR_OK},
    {ECDSA "ecdsa-rdfc-2019-p256/employ/signedECDSAP256.json", REASON_MALFORMED, ERR_PROOF_CONTROLLER},
    {ECDSA "ecdsa-rdfc-2019-p384/signedECDSAP384.json", REASON_OK, ERR_OK},
    {ECDSA "ecdsa-rdfc-2019-p384/employ/signedECDSAP384.json", REASON_MALFORMED, ERR_PROOF_CONTROLLER},
    {ECDSA "ecdsa-sd-2023/employ/derivedRevealDocument.json", REASON_MALFORMED, ERR_PROOF_CONTROLLER},
    {ECDSA "ecdsa-sd-2023/prc/derivedRevealDocument.json", REASON_MALFORMED, ERR_PROOF_CONTROLLER},
    {SPEC "obv3p0/06-Signed-credential.json", REASON_OK, ERR_OK},
    {SPEC "clrv2p0/08-Signed-credential.json", REASON_OK, ERR_OK},
    {JFF "plugfest-1-2022/plugfest-1-ex-1.json", REASON_OK, ERR_OK},
    {JFF "plugfest-1-2022/plugfest-1-ex-2.json", REASON_OK, ERR_OK},
    {JFF "plugfest-2-2022/signed_badge_example-p2.json", REASON_OK, ERR_OK},
    {JFF "plugfest-3-2023/signed_badge_example-p3.json", REASON_OK, ERR_OK},
    {VPQR "bedrock-mock/vcbCredential.txt", REASON_UNSUPPORTED, ERR_PROOF_SUITE},
    {VPQR "bedrock-mock/vcbPresentation.txt", REASON_HOLDER_UNNAMED, ERR_OK},
    {VPQR "dcc-docs-issue_credential/1.txt", REASON_OK, ERR_OK},
    {VPQR "dcc-docs-issue_credential/2.txt", REASON_OK, ERR_OK},
    {VPQR "digitalbazaar-vpqr/exampleCborld1QrCodeDataR.txt", REASON_HOLDER_UNNAMED, ERR_OK},
    {VPQR "digitalbazaar-vpqr/exampleQrCodeDataB.txt", REASON_HOLDER_UNNAMED, ERR_OK},
    {VPQR "digitalbazaar-vpqr/exampleQrCodeDataR.txt", REASON_HOLDER_UNNAMED, ERR_OK},
    {VPQR "digitalcredentials-vpqr/exampleQrCodeData.txt", REASON_HOLDER_UNNAMED, ERR_OK},
    {VPQR "learncard/1.txt", REASON_OK, ERR_OK},
    {VPQR "truage/qrCodeExample.txt", REASON_HOLDER_UNNAMED, ERR_OK},
    {VPQR "web5-swift/valid.txt", REASON_HOLDER_UNNAMED, ERR_OK},
};

/* One of them, read as far as its issuer. */
struct reading {
    struct span bytes;
    json_t *document, *credential; /* the credential is borrowed from the document */
    struct span issuer, method;
    struct crypto_key key;
    enum crypto_alg alg;
    bool listed;
};

static struct world world;

/* Contexts that do not ship, as a pack may bring them. */
static const struct {
    const char *address, *file;
} more[] = {
    {"https://www.w3.org/ns/credentials/examples/v2", "www.w3.org_ns_credentials_examples_v2.jsonld"},
    {"https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
     "purl.imsglobal.org_spec_clr_v2p0_context_2.0.1.json"},
    {"https://w3id.org/utopia/v2", "w3id.org_utopia_v2.jsonld"},
};

static void shelve_more(void) {
    for (size_t i = 0; i < COUNT(more); i++) {
        char path[200];
        snprintf(path, sizeof path, "jsonld-contexts/bundle/%s", more[i].file);
        struct span text = interop_read(path);
        assert_ok(shelf_add_json(&world.vocabulary.shelf, span_of_text(more[i].address), text));
        interop_free(text);
    }
}

static int set_up(void **state) {
    (void)state;
    world_start(&world, false);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    world_stop(&world);
    return 0;
}

static json_t *first_of(json_t *value) {
    return json_is_array(value) ? json_array_get(value, 0) : value;
}

/* The file as a document, and the credential in it. */
static void read_document(const char *path, struct reading *out) {
    struct shelf_view view = {.shelf = &world.vocabulary.shelf};
    struct context_library library = shelf_view_library(&view);
    struct payload payload = {0};
    out->bytes = interop_read(path);
    if (payload_recognise(out->bytes, &world.arena, &payload) == ERR_OK &&
        payload_document(&payload, &library, &world.arena, &out->document) == ERR_OK) {
        json_t *inside = json_object_get(out->document, "verifiableCredential");
        out->credential = inside == NULL ? out->document : first_of(inside);
    }
    arena_wipe(&world.arena);
}

static enum crypto_alg alg_of(const struct crypto_key *key) {
    return key->kind == CRYPTO_KEY_P256   ? CRYPTO_ES256
           : key->kind == CRYPTO_KEY_P384 ? CRYPTO_ES384
                                          : CRYPTO_EDDSA;
}

static enum err read_key(struct span method, struct crypto_key *out) {
    enum err err = did_is_self_certifying(method) ? did_own_key(method, &world.arena, out)
                                                  : multikey_read(did_fragment(method), out);
    arena_wipe(&world.arena);
    return err;
}

static void read_one(const char *path, struct reading *out) {
    read_document(path, out);
    const json_t *proof = first_of(json_object_get(out->credential, "proof"));
    out->method = jsontext_span(json_object_get(proof, "verificationMethod"));
    out->listed = out->credential != NULL && member_id(out->credential, "issuer", &out->issuer) == ERR_OK &&
                  read_key(out->method, &out->key) == ERR_OK;
    out->alg = alg_of(&out->key);
}

static void list_one(struct lists *lists, const struct reading *one) {
    struct lists_issuer issuer = {.source = span_of_text("by hand")};
    struct lists_key key = {.kid = one->method, .key = one->key, .alg = one->alg};
    int64_t row = 0;
    assert_ok(lists_add_issuer(lists, &issuer, &row));
    assert_ok(lists_add_identifier(lists, row, one->issuer));
    assert_ok(lists_add_name(lists, row, span_of_text("en"), span_of_text("Published")));
    assert_ok(lists_add_key(lists, row, &key));
}

/* A pack of this one issuer, of this time. */
static void list_issuer_of(const struct reading *one, const struct interval *now, struct pack **out) {
    struct lists *lists = testpack_lists(&world.test, "one");
    if (one->listed) {
        list_one(lists, one);
    }
    assert_ok(lists_finish(lists));
    world.test.claims.iat_s = now->lo_s;
    world.test.claims.next_update_s = now->lo_s + TESTPACK_DAY_S;
    world.test.claims.expires_s = now->lo_s + 2 * TESTPACK_DAY_S;
    world.test.rules.now = *now;
    testpack_sign(&world.test, "one", "one.pack");
    assert_ok(testpack_open(&world.test, "one.pack", PACK_OPEN_USE, out));
}

/* An hour into its time. */
static struct interval time_of(const struct reading *one) {
    static const char *const names[] = {"validFrom", "issuanceDate"};
    int64_t from_s = TESTPACK_IAT_S;
    for (size_t i = 0; i < COUNT(names); i++) {
        struct span text = jsontext_span(json_object_get(one->credential, names[i]));
        if (text.len > 0) {
            assert_ok(datetime_parse(text, &from_s));
        }
    }
    return interval_at(from_s + 3600);
}

static bool judge(const struct expected *expected, const struct reading *one, char got[200]) {
    struct verdicts verdicts = {0};
    struct interval now = time_of(one);
    struct pack *pack = NULL;
    list_issuer_of(one, &now, &pack);
    struct verify_grounds grounds = world_grounds(&world);
    grounds.lists = pack;
    grounds.now = &now;
    verify(one->bytes, &grounds, &world.arena, &verdicts);
    const struct verdict *first = &verdicts.list[0];
    snprintf(got, 200, "%s by %s", verdict_reason_code(first->reason), err_name(first->cause));
    pack_close(pack);
    return verdicts.count == 1 && first->reason == expected->reason && first->cause == expected->cause;
}

static void says_of_each_what_it_is_worth(void **state) {
    (void)state;
    struct interop interop;
    interop_open(&interop, "wallets", "vpqr");
    shelve_more();
    for (size_t i = 0; i < COUNT(all); i++) {
        struct reading one = {0};
        char got[200];
        read_one(all[i].path, &one);
        bool right = judge(&all[i], &one, got);
        interop_case(&interop, all[i].path, right, got);
        json_decref(one.document);
        interop_free(one.bytes);
    }
    interop_close(&interop);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_of_each_what_it_is_worth),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
