/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"
#include "tests/lib/interop.h"

#include <stdio.h>
#include <stdlib.h>

#include "crypto/crypto.h"
#include "tests/lib/integrity_vector.h"
#include "tests/lib/library.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

struct suite {
    struct interop interop;
    struct library library;
    struct integrity_vector v;
};

static void open_suite(struct suite *suite, const char *name, const char *folder) {
    interop_open(&suite->interop, name, folder);
    assert_ok(crypto_start());
    library_open(&suite->library, "", "jsonld-contexts/bundle", "index.json", true);
    integrity_vector_open(&suite->v, &suite->library.library);
}

static void close_suite(struct suite *suite) {
    integrity_vector_close(&suite->v);
    library_close(&suite->library);
    interop_close(&suite->interop);
}

/* A signed document gives what is expected; where it checks, no change of it does. */
static void judge(struct suite *suite, const char *path, enum err expected) {
    json_t *document = interop_json(path);
    enum err err = integrity_vector_check(&suite->v, document);
    interop_case(&suite->interop, path, err == expected, err_name(err));
    if (err == ERR_OK) {
        integrity_vector_resist(&suite->v, path, document);
    }
    json_decref(document);
}

/* What the authors wrote down of each step to a signature, in files FOLDER/STEP + SUFFIX + ".txt". */
struct steps {
    const char *folder, *suffix, *document;
};

static struct span step_of(const struct steps *steps, const char *step) {
    char path[512];
    snprintf(path, sizeof path, "%s/%s%s.txt", steps->folder, step, steps->suffix);
    return interop_read(path);
}

static void same(struct suite *suite, const struct steps *steps, const char *step, struct span got) {
    char name[512];
    struct span expected = step_of(steps, step);
    snprintf(name, sizeof name, "%s/%s", steps->folder, step);
    interop_case(&suite->interop, name, span_equal(got, expected), "other bytes");
    interop_free(expected);
}

static void same_hex(struct suite *suite, const struct steps *steps, const char *step, struct span got) {
    char text[512];
    assert_true(got.len * 2 < sizeof text);
    for (size_t i = 0; i < got.len; i++) {
        snprintf(text + 2 * i, 3, "%02x", got.ptr[i]);
    }
    same(suite, steps, step, span_of_bytes(text, got.len * 2));
}

/* The published canonical form has the digest that was signed. */
static void same_digest(struct suite *suite, const struct steps *steps, const char *step,
                        struct span digest) {
    char name[512];
    uint8_t of_text[CRYPTO_SHA384_BYTES];
    struct span text = step_of(steps, step);
    assert_ok(digest.len == CRYPTO_SHA384_BYTES ? crypto_sha384(text, of_text)
                                                : crypto_sha256(text, of_text));
    snprintf(name, sizeof name, "%s/%s", steps->folder, step);
    interop_case(&suite->interop, name, span_equal(digest, span_of_bytes(of_text, digest.len)),
                 "another digest");
    interop_free(text);
}

static void judge_steps(struct suite *suite, const struct steps *steps) {
    static struct integrity found;
    char path[512];
    snprintf(path, sizeof path, "%s/%s", steps->folder, steps->document);
    judge(suite, path, ERR_OK);
    json_t *document = interop_json(path);
    assert_ok(integrity_vector_read(&suite->v, document, &found));
    const struct proof *proof = &found.proofs[0];
    size_t half = proof->signed_bytes.len / 2;
    struct span options = span_slice(proof->signed_bytes, 0, half);
    struct span shown = span_slice(proof->signed_bytes, half, half);
    const json_t *value = json_object_get(json_object_get(document, "proof"), "proofValue");
    same_hex(suite, steps, "combinedHash", proof->signed_bytes);
    same_hex(suite, steps, "proofHash", options);
    same_hex(suite, steps, "docHash", shown);
    same_hex(suite, steps, "sigHex", proof->signature);
    same(suite, steps, "sigBTC58", span_of_text(json_string_value(value)));
    same_digest(suite, steps, "proofCanon", options);
    same_digest(suite, steps, "canonDoc", shown);
    if (found.linked) {
        same(suite, steps, "canonDoc", found.statements.form.text);
    }
    json_decref(document);
}

#define EDDSA "w3c-di-eddsa/TestVectors/"
static void w3c_di_eddsa(void **state) {
    (void)state;
    static const struct steps steps[] = {
        {EDDSA "eddsa-jcs-2022", "JCS", "signedJCS.json"},
        {EDDSA "eddsa-rdfc-2022", "DataInt", "signedDataInt.json"},
        {EDDSA "eddsa-rdfc-2022/employ", "DataInt", "signedDataInt.json"},
        {EDDSA "Ed25519Signature2020", "EdSig", "signedEdSig.json"},
    };
    struct suite suite = {0};
    open_suite(&suite, "w3c-di-eddsa", "w3c-di-eddsa");
    for (size_t i = 0; i < COUNT(steps); i++) {
        judge_steps(&suite, &steps[i]);
    }
    judge(&suite, EDDSA "proof-set-chain/signedProofSet1.json", ERR_OK);
    judge(&suite, EDDSA "proof-set-chain/signedProofSet2.json", ERR_OK);
    judge(&suite, EDDSA "proof-set-chain/signedProofChain1.json", ERR_OK);
    judge(&suite, EDDSA "proof-set-chain/signedProofChain2.json", ERR_OK);
    judge(&suite, EDDSA "proof-set-chain/proofChainTempDoc1.json", ERR_OK);
    judge(&suite, EDDSA "proof-set-chain/proofChainTempDoc2.json",
          ERR_PROOF_CHAIN); /* a step: cut out of its chain */
    close_suite(&suite);
}

#define ECDSA "w3c-di-ecdsa/TestVectors/"
static void w3c_di_ecdsa(void **state) {
    (void)state;
    static const struct steps steps[] = {
        {ECDSA "ecdsa-jcs-2019-p256", "JCSECDSAP256", "signedJCSECDSAP256.json"},
        {ECDSA "ecdsa-jcs-2019-p384", "JCSECDSAP384", "signedJCSECDSAP384.json"},
        {ECDSA "ecdsa-rdfc-2019-p256", "ECDSAP256", "signedECDSAP256.json"},
        {ECDSA "ecdsa-rdfc-2019-p256/employ", "ECDSAP256", "signedECDSAP256.json"},
        {ECDSA "ecdsa-rdfc-2019-p384", "ECDSAP384", "signedECDSAP384.json"},
        {ECDSA "ecdsa-rdfc-2019-p384/employ", "ECDSAP384", "signedECDSAP384.json"},
    };
    struct suite suite = {0};
    open_suite(&suite, "w3c-di-ecdsa", "w3c-di-ecdsa");
    for (size_t i = 0; i < COUNT(steps); i++) {
        judge_steps(&suite, &steps[i]);
    }
    close_suite(&suite);
}

static void ob3_spec(void **state) {
    (void)state;
    struct suite suite = {0};
    open_suite(&suite, "ob3-spec", "ob3-spec");
    judge(&suite, "ob3-spec/extracted/obv3p0/06-Signed-credential.json", ERR_OK);
    judge(&suite, "ob3-spec/extracted/clrv2p0/08-Signed-credential.json", ERR_OK);
    close_suite(&suite);
}

#define JFF "ob3-jff-plugfest/"
static void ob3_jff_plugfest(void **state) {
    (void)state;
    static const char *const unsigned_ones[] = {
        JFF "plugfest-2-2022/unsigned-badge-example-p2.json",
        JFF "plugfest-2-2022/unsigned-badge-example-p2-embedded-image.json",
        JFF "plugfest-2-2022/unsigned-badge-example-p2-issuer-logo-url.json",
        JFF "plugfest-3-2023/unsigned-badge-example-p3.json",
        JFF "plugfest-3-2023/unsigned-badge-example-p3-issuer-logo-url.json",
    };
    struct suite suite = {0};
    open_suite(&suite, "ob3-jff-plugfest", "ob3-jff-plugfest");
    judge(&suite, JFF "plugfest-1-2022/plugfest-1-ex-1.json", ERR_OK);
    judge(&suite, JFF "plugfest-1-2022/plugfest-1-ex-2.json", ERR_OK);
    judge(&suite, JFF "plugfest-2-2022/signed_badge_example-p2.json", ERR_OK);
    judge(&suite, JFF "plugfest-3-2023/signed_badge_example-p3.json", ERR_OK);
    for (size_t i = 0; i < COUNT(unsigned_ones); i++) {
        judge(&suite, unsigned_ones[i], ERR_PROOF_NONE);
    }
    close_suite(&suite);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(w3c_di_eddsa),
        cmocka_unit_test(w3c_di_ecdsa),
        cmocka_unit_test(ob3_spec),
        cmocka_unit_test(ob3_jff_plugfest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
