/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/integrity_case.h"

#include "tests/lib/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "credctl/sign/public_form.h"

#define MEMORY (2u << 20)

#define SEC "https://w3id.org/security#"
#define XSD "http://www.w3.org/2001/XMLSchema#"

/* A member whose values are addresses. */
#define LINK(name, address) "\"" name "\":{\"@id\":\"" address "\",\"@type\":\"@id\"},"

/* What stands inside a proof, whatever its suite. */
#define PROOF_TERMS                                                                                          \
    "\"@protected\":true,\"id\":\"@id\",\"type\":\"@type\",\"challenge\":\"" SEC                             \
    "challenge\",\"domain\":\"" SEC "domain\",\"nonce\":\"" SEC                                              \
    "nonce\",\"created\":{\"@id\":\"http://purl.org/dc/terms/created\",\"@type\":\"" XSD                     \
    "dateTime\"},\"expires\":{\"@id\":\"" SEC "expiration\",\"@type\":\"" XSD "dateTime\"},"                 \
    "\"proofPurpose\":{\"@id\":\"" SEC                                                                       \
    "proofPurpose\",\"@type\":\"@vocab\",\"@context\":{\"@protected\":true,"                                 \
    "\"assertionMethod\":\"" SEC "assertionMethod\",\"authentication\":\"" SEC                               \
    "authenticationMethod\"}}," LINK("verificationMethod", SEC "verificationMethod")                         \
        LINK("previousProof", SEC "previousProof") "\"proofValue\":{\"@id\":\"" SEC                          \
                                                   "proofValue\",\"@type\":\"" SEC                           \
                                                   "multibase\"},\"jws\":\"" SEC "jws\""

/* A type of proof and the terms inside. */
#define PROOF_TYPE(name, more) "\"" name "\":{\"@id\":\"" SEC name "\",\"@context\":{" PROOF_TERMS more "}}"

static const char vocabulary[] =
    "{\"@protected\":true,\"id\":\"@id\",\"type\":\"@type\",\"name\":\"urn:v:name\",\"tag\":\"urn:v:tag\","
    "\"VerifiableCredential\":{\"@id\":\"https://www.w3.org/2018/credentials#VerifiableCredential\","
    "\"@context\":{\"@protected\":true,\"id\":\"@id\",\"type\":\"@type\"," LINK("issuer", "https://"
                                                                                          "www.w3.org/2018/"
                                                                                          "credentials#"
                                                                                          "issuer")
        LINK(
            "credentialSubject",
            "https://www.w3.org/2018/credentials#credentialSubject") "\"validFrom\":{\"@id\":\"https://"
                                                                     "www.w3.org/2018/"
                                                                     "credentials#validFrom\",\"@type\":"
                                                                     "\"" XSD "dateTime\"},"
                                                                     "\"proof\":{\"@id\":\"" SEC
                                                                     "proof\",\"@type\":\"@id\",\"@"
                                                                     "container\":\"@graph\"}}},"
                                                                     "\"VerifiablePresentation\":{\"@id\":"
                                                                     "\"https://www.w3.org/2018/"
                                                                     "credentials#VerifiablePresentation\","
                                                                     "\"@context\":{\"@protected\":true,"
                                                                     "\"id\":\"@id\",\"type\":\"@"
                                                                     "type\"," LINK(
                                                                         "holder",
                                                                         "https://www.w3.org/2018/"
                                                                         "credentials#holder") "\"verifiableC"
                                                                                               "redential\":{"
                                                                                               "\"@id\":"
                                                                                               "\"https://"
                                                                                               "www.w3.org/"
                                                                                               "2018/"
                                                                                               "credentials#"
                                                                                               "verifiableCre"
                                                                                               "dential\",\"@"
                                                                                               "type\":"
                                                                                               "\"@id\",\"@"
                                                                                               "container\":"
                                                                                               "\"@graph\"},"
                                                                                               "\"proof\":{"
                                                                                               "\"@id\":"
                                                                                               "\"" SEC
                                                                                               "proof\",\"@"
                                                                                               "type\":\"@"
                                                                                               "id\",\"@"
                                                                                               "container\":"
                                                                                               "\"@graph\"}}}"
                                                                                               "," PROOF_TYPE(
                                                                                                   "DataInteg"
                                                                                                   "rityProo"
                                                                                                   "f",
                                                                                                   ",\"crypto"
                                                                                                   "suite\":{"
                                                                                                   "\"@id\":"
                                                                                                   "\"" SEC
                                                                                                   "cryptosui"
                                                                                                   "te\",\"@"
                                                                                                   "type\":"
                                                                                                   "\"" SEC
                                                                                                   "cryptosui"
                                                                                                   "teString"
                                                                                                   "\"}") "," PROOF_TYPE("Ed25519Signature2020",
                                                                                                                         "") "," PROOF_TYPE("Ed25519Signature2018",
                                                                                                                                            "") "}";

static void name_method(const struct signer *signer, char out[INTEGRITY_CASE_METHOD_CHARS]) {
    char memory[INTEGRITY_CASE_METHOD_CHARS];
    struct room did = room_over(memory, sizeof memory);
    struct room kid = room_over(out, INTEGRITY_CASE_METHOD_CHARS - 1);
    assert_ok(public_form_did(signer_public(signer), &did));
    assert_ok(public_form_kid(signer_public(signer), room_span(&did), &kid));
    out[kid.len] = 0;
}

void integrity_case_open(struct integrity_case *c) {
    *c = (struct integrity_case){0};
    assert_ok(crypto_start());
    c->kept = arena_over(malloc(MEMORY), MEMORY);
    c->shelf.arena = &c->kept;
    c->view.shelf = &c->shelf;
    c->library = shelf_view_library(&c->view);
    integrity_vector_open(&c->v, &c->library);
    integrity_case_shelve(c, INTEGRITY_CASE_CONTEXT, vocabulary);
    for (size_t i = 0; i < INTEGRITY_CASE_KEYS; i++) {
        static const enum crypto_alg algs[] = {CRYPTO_EDDSA, CRYPTO_ES256, CRYPTO_ES384};
        assert_ok(signer_make(algs[i], &c->signers[i]));
        name_method(c->signers[i], c->methods[i]);
    }
}

void integrity_case_close(struct integrity_case *c) {
    for (size_t i = 0; i < INTEGRITY_CASE_KEYS; i++) {
        signer_close(c->signers[i]);
    }
    integrity_vector_close(&c->v);
    shelf_close(&c->shelf);
    free(c->kept.base);
    *c = (struct integrity_case){0};
}

void integrity_case_shelve(struct integrity_case *c, const char *address, const char *context) {
    char text[16384];
    snprintf(text, sizeof text, "{\"@context\": %s}", context);
    assert_ok(shelf_add_json(&c->shelf, span_of_text(address), span_of_text(text)));
}

struct integrity_sign integrity_case_how(const struct integrity_case *c, enum proof_suite suite, bool large) {
    bool ecdsa = suite == PROOF_ECDSA_JCS_2019 || suite == PROOF_ECDSA_RDFC_2019;
    enum integrity_case_key key = large   ? INTEGRITY_CASE_P384
                                  : ecdsa ? INTEGRITY_CASE_P256
                                          : INTEGRITY_CASE_ED25519;
    return (struct integrity_sign){
        .suite = suite, .signer = c->signers[key], .library = &c->library, .method = c->methods[key]};
}

json_t *integrity_case_signed(const struct integrity_case *c, enum proof_suite suite, const char *document,
                              const char *more) {
    struct integrity_sign how = integrity_case_how(c, suite, false);
    json_t *signed_one = json_loads(document, 0, NULL);
    how.more = more;
    assert_non_null(signed_one);
    integrity_sign(signed_one, &how);
    return signed_one;
}

enum err integrity_case_error(struct integrity_case *c, enum proof_suite suite, const char *members) {
    json_t *document = integrity_case_signed(c, suite, INTEGRITY_CASE_CREDENTIAL, NULL);
    json_t *proof = json_object_get(document, "proof");
    json_t *given = json_loads(members, JSON_ALLOW_NUL, NULL);
    const char *name = NULL;
    json_t *value = NULL;
    static struct integrity found;
    assert_non_null(given);
    json_object_foreach(given, name, value) {
        json_is_null(value) ? json_object_del(proof, name) : json_object_set(proof, name, value);
    }
    found.count = 7;
    enum err err = integrity_vector_read(&c->v, document, &found);
    assert_int_equal(found.count, err == ERR_OK ? 1 : 7); /* after an error it is as before */
    json_decref(given);
    json_decref(document);
    return err;
}
