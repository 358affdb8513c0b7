/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/check.h"
#include "tests/lib/integrity_case.h"

#include <stdlib.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

#define SEC "https://w3id.org/security#"
#define XSD "http://www.w3.org/2001/XMLSchema#"

static const enum proof_suite linked[] = {PROOF_EDDSA_RDFC_2022, PROOF_ECDSA_RDFC_2019, PROOF_ED25519_2020,
                                          PROOF_ED25519_2018};

/* A vocabulary of a forger's own: it gives the statements that the usual one gives, and protects nothing. */
static const char forged[] =
    "{\"id\":\"@id\",\"type\":\"@type\",\"name\":\"urn:v:name\",\"tag\":\"urn:v:tag\","
    "\"VerifiableCredential\":\"https://www.w3.org/2018/credentials#VerifiableCredential\","
    "\"issuer\":{\"@id\":\"https://www.w3.org/2018/credentials#issuer\",\"@type\":\"@id\"},"
    "\"credentialSubject\":{\"@id\":\"https://www.w3.org/2018/"
    "credentials#credentialSubject\",\"@type\":\"@id\"},"
    "\"validFrom\":{\"@id\":\"https://www.w3.org/2018/credentials#validFrom\",\"@type\":\"" XSD "dateTime\"},"
    "\"DataIntegrityProof\":\"" SEC "DataIntegrityProof\",\"Ed25519Signature2020\":\"" SEC
    "Ed25519Signature2020\",\"Ed25519Signature2018\":\"" SEC "Ed25519Signature2018\","
    "\"cryptosuite\":{\"@id\":\"" SEC "cryptosuite\",\"@type\":\"" SEC "cryptosuiteString\"},"
    "\"created\":{\"@id\":\"http://purl.org/dc/terms/created\",\"@type\":\"" XSD "dateTime\"},"
    "\"expires\":{\"@id\":\"" SEC "expiration\",\"@type\":\"" XSD "dateTime\"},"
    "\"proofPurpose\":{\"@id\":\"" SEC "proofPurpose\",\"@type\":\"@vocab\"},"
    "\"assertionMethod\":\"" SEC "assertionMethod\",\"authentication\":\"" SEC "authenticationMethod\","
    "\"previousProof\":{\"@id\":\"" SEC "previousProof\",\"@type\":\"@id\"},"
    "\"verificationMethod\":{\"@id\":\"" SEC "verificationMethod\",\"@type\":\"@id\"}}";

/* What a forger does to a signed document: put his terms into the vocabulary, and change members of the proof; null
 * takes one out. */
struct forgery {
    const char *purpose, *options; /* what was signed */
    const char *terms, *members;
    enum err err;
};

static void change(json_t *object, const char *members) {
    const char *name = NULL;
    json_t *value = NULL;
    json_t *given = json_loads(members, 0, NULL);
    assert_non_null(given);
    json_object_foreach(given, name, value) {
        json_is_null(value) ? json_object_del(object, name) : json_object_set(object, name, value);
    }
    json_decref(given);
}

static enum err error_of(struct integrity_case *c, enum proof_suite suite, const struct forgery *forgery) {
    struct integrity_sign how = integrity_case_how(c, suite, false);
    json_t *document = json_loads(INTEGRITY_CASE_CREDENTIAL, 0, NULL);
    json_t *context = json_loads(forged, 0, NULL);
    assert_non_null(context);
    how.purpose = forgery->purpose;
    how.more = forgery->options;
    integrity_sign(document, &how);
    change(context, forgery->terms);
    change(json_object_get(document, "proof"), forgery->members);
    json_object_set_new(document, "@context", context);
    enum err err = integrity_vector_check(&c->v, document);
    json_decref(document);
    return err;
}

#define EXPIRES          "{\"expires\":\"2026-06-01T00:00:00Z\"}"
#define RENAMED(address) "{\"remark\":{\"@id\":\"" address "\",\"@type\":\"" XSD "dateTime\"}}"

#define END "\"end\":{\"@id\":\"" SEC "expiration\",\"@type\":\"" XSD "dateTime\"}"

/* What is signed, and shown under terms and members that are to say something else. */
static const struct forgery forgeries[] = {
    {NULL, NULL, "{}", "{}", ERR_OK},
    {NULL, EXPIRES, "{}", "{}", ERR_OK},
    /* signed for authentication, shown as an assertion */
    {"authentication", NULL, "{}", "{}", ERR_PROOF_PURPOSE},
    {"authentication", NULL, "{\"assertionMethod\":\"" SEC "authenticationMethod\"}",
     "{\"proofPurpose\":\"assertionMethod\"}", ERR_PROOF_CONTEXT},
    /* the signed end hidden under another name */
    {NULL, EXPIRES, RENAMED(SEC "expiration"), "{\"expires\":null,\"remark\":\"2026-06-01T00:00:00Z\"}",
     ERR_PROOF_CONTEXT},
    {NULL, EXPIRES, RENAMED(SEC "expiration"),
     "{\"expires\":\"2026-06-01T00:00:00Z\",\"remark\":\"2026-07-01T00:00:00Z\"}", ERR_PROOF_CONTEXT},
    {NULL, EXPIRES,
     "{\"created\":{\"@id\":\"" SEC "expiration\",\"@type\":\"" XSD "dateTime\"},\"expires\":{\"@id\":"
     "\"http://purl.org/dc/terms/created\",\"@type\":\"" XSD "dateTime\"}}",
     "{\"created\":\"2026-06-01T00:00:00Z\",\"expires\":\"2026-01-02T00:00:00Z\"}", ERR_PROOF_SHAPE},
    /* another date beside the signed one, where it says nothing, or nothing of the kind */
    {NULL, EXPIRES,
     "{\"remark\":{\"@id\":\"" SEC "expiration\",\"@type\":\"" XSD "dateTime\"},\"expires\":null}",
     "{\"expires\":\"2099-06-01T00:00:00Z\",\"remark\":\"2026-06-01T00:00:00Z\"}", ERR_SAFE_TERM},
    {NULL, EXPIRES,
     "{\"remark\":{\"@id\":\"" SEC "expiration\",\"@type\":\"" XSD "dateTime\"},\"expires\":\"urn:v:e\"}",
     "{\"expires\":\"2099-06-01T00:00:00Z\",\"remark\":\"2026-06-01T00:00:00Z\"}", ERR_PROOF_CONTEXT},
    {NULL, NULL, RENAMED("http://purl.org/dc/terms/created"), "{\"remark\":\"2020-06-01T00:00:00Z\"}",
     ERR_PROOF_CONTEXT},
    /* an end that was never signed, and one in another unit of meaning */
    {NULL, NULL, "{\"expires\":\"urn:v:e\"}", "{\"expires\":\"2099-06-01T00:00:00Z\"}", ERR_PROOF_CONTEXT},
    {NULL, NULL, "{\"expires\":\"@language\"}", "{\"expires\":\"2099-06-01T00:00:00Z\"}", ERR_SAFE_DROPPED},
    {NULL, NULL, "{\"expires\":\"@index\"}", "{\"expires\":\"2099-06-01T00:00:00Z\"}", ERR_SAFE_DROPPED},
    /* the end of something else than the proof, or said elsewhere */
    {NULL, EXPIRES, "{\"expires\":\"urn:v:e\",\"remark\":{\"@id\":\"urn:v:r\",\"@type\":\"@id\"}," END "}",
     "{\"remark\":{\"end\":\"2026-06-01T00:00:00Z\"}}", ERR_PROOF_CONTEXT},
    {NULL, "{\"id\":\"urn:p:1\",\"expires\":\"2026-06-01T00:00:00Z\"}",
     "{\"expires\":\"urn:v:e\",\"remark\":{\"@id\":\"urn:v:r\",\"@container\":\"@graph\"}," END "}",
     "{\"remark\":{\"id\":\"urn:p:1\",\"end\":\"2026-06-01T00:00:00Z\"}}", ERR_PROOF_CONTEXT},
    /* two methods, one of them shown */
    {NULL, NULL, "{\"remark\":{\"@id\":\"" SEC "verificationMethod\",\"@type\":\"@id\"}}",
     "{\"remark\":\"did:example:other#1\"}", ERR_PROOF_CONTEXT},
    {NULL, NULL, "{\"verificationMethod\":\"" SEC "verificationMethod\"}", "{}", ERR_PROOF_CONTEXT},
    {NULL, NULL, "{\"did\":\"urn:other:\"}", "{}", ERR_PROOF_CONTEXT},
    /* a type, a name or a chain that was not signed, or signed and not shown */
    {NULL, NULL,
     "{\"Remark\":\"" SEC "DataIntegrityProof\",\"DataIntegrityProof\":\"urn:v:P\","
     "\"Ed25519Signature2020\":\"urn:v:P\",\"Ed25519Signature2018\":\"urn:v:P\"}",
     "{}", ERR_PROOF_CONTEXT},
    {NULL, NULL, "{\"named\":\"@id\"}", "{\"named\":\"urn:p:1\"}", ERR_PROOF_CONTEXT},
    {NULL, NULL, "{\"kind\":\"@type\"}", "{\"kind\":\"urn:v:P\"}", ERR_PROOF_CONTEXT},
    {NULL, NULL, "{\"remark\":{\"@id\":\"" SEC "previousProof\",\"@type\":\"@id\"}}",
     "{\"remark\":\"urn:p:1\"}", ERR_PROOF_CONTEXT},
    {NULL, NULL, "{\"remark\":{\"@id\":\"" SEC "proofPurpose\",\"@type\":\"@vocab\"}}",
     "{\"remark\":\"authentication\"}", ERR_PROOF_CONTEXT},
};

static void a_vocabulary_cannot_give_members_another_meaning(void **state) {
    (void)state;
    struct integrity_case c;
    integrity_case_open(&c);
    for (size_t i = 0; i < COUNT(forgeries); i++) {
        for (size_t k = 0; k < COUNT(linked); k++) {
            enum err err = error_of(&c, linked[k], &forgeries[i]);
            if (err != forgeries[i].err) {
                fail_msg("%s, forgery %zu gives %s", proof_suite_code(linked[k]), i, err_name(err));
            }
        }
    }
    integrity_case_close(&c);
}

static void a_vocabulary_cannot_name_another_suite(void **state) {
    (void)state;
    static const struct forgery hidden = {NULL, NULL,
                                          "{\"remark\":{\"@id\":\"" SEC "cryptosuite\",\"@type\":\"" SEC
                                          "cryptosuiteString\"},"
                                          "\"cryptosuite\":\"urn:v:c\"}",
                                          "{\"remark\":\"ecdsa-rdfc-2019\"}", ERR_PROOF_CONTEXT};
    static const struct forgery added = {NULL, NULL, "{}", "{\"cryptosuite\":\"ecdsa-rdfc-2019\"}",
                                         ERR_PROOF_SUITE};
    static const struct forgery renamed = {
        NULL, NULL, "{\"remark\":{\"@id\":\"" SEC "cryptosuite\",\"@type\":\"" SEC "cryptosuiteString\"}}",
        "{\"remark\":\"eddsa-rdfc-2022\"}", ERR_PROOF_CONTEXT};
    struct integrity_case c;
    integrity_case_open(&c);
    assert_err(error_of(&c, PROOF_EDDSA_RDFC_2022, &hidden), hidden.err);
    assert_err(error_of(&c, PROOF_ED25519_2020, &added), added.err);
    assert_err(error_of(&c, PROOF_ED25519_2020, &renamed), renamed.err);
    integrity_case_close(&c);
}

/* A chain that is shown and not said, by a vocabulary that has another word for it. */
static void a_vocabulary_cannot_make_a_chain(void **state) {
    (void)state;
    struct integrity_case c;
    integrity_case_open(&c);
    json_t *document =
        integrity_case_signed(&c, PROOF_EDDSA_JCS_2022, INTEGRITY_CASE_CREDENTIAL, "{\"id\":\"urn:p:1\"}");
    json_t *context = json_loads(forged, 0, NULL);
    struct integrity_sign how = integrity_case_how(&c, PROOF_EDDSA_RDFC_2022, false);
    json_object_set_new(context, "proof", json_pack("{s:s,s:s}", "@id", SEC "proof", "@container", "@graph"));
    json_object_set_new(context, "proofValue", json_string(SEC "proofValue"));
    json_object_set(document, "@context", context);
    how.more = "{\"previousProof\":\"urn:p:1\"}";
    integrity_sign(document, &how);
    json_t *first = json_array_get(json_object_get(document, "proof"), 0);
    json_object_del(first, "@context");
    assert_err(integrity_vector_check(&c.v, document),
               ERR_SIGNATURE_WRONG); /* the first, under another context */
    json_object_set_new(context, "previousProof", json_string("urn:v:p"));
    assert_err(integrity_vector_check(&c.v, document), ERR_PROOF_CONTEXT);
    json_decref(context);
    json_decref(document);
    integrity_case_close(&c);
}

/* Members that no vocabulary defines would be unsigned: where statements are signed they are refused. */
static void refuses_members_that_are_not_signed(void **state) {
    (void)state;
    static const char *const members[] = {"{\"remark\":\"x\"}",
                                          "{\"proof\":{\"type\":\"DataIntegrityProof\"}}",
                                          "{\"name\":null,\"@language\":\"en\"}", "{\"@direction\":\"ltr\"}"};
    struct integrity_case c;
    integrity_case_open(&c);
    for (size_t i = 0; i < COUNT(members); i++) {
        for (size_t k = 0; k < COUNT(linked); k++) {
            enum err err = integrity_case_error(&c, linked[k], members[i]);
            if (err == ERR_OK) {
                fail_msg("%s takes %s", proof_suite_code(linked[k]), members[i]);
            }
        }
    }
    integrity_case_close(&c);
}

/* A proof elsewhere than at the top is a member like any other. */
static void a_proof_inside_the_subject_is_none(void **state) {
    (void)state;
    static struct integrity found;
    struct integrity_case c;
    integrity_case_open(&c);
    json_t *document = integrity_case_signed(&c, PROOF_EDDSA_RDFC_2022, INTEGRITY_CASE_CREDENTIAL, NULL);
    json_t *proof = json_incref(json_object_get(document, "proof"));
    json_object_set(json_object_get(document, "credentialSubject"), "proof", proof);
    assert_err(integrity_vector_read(&c.v, document, &found), ERR_SAFE_TERM);
    json_object_del(document, "proof");
    assert_err(integrity_vector_read(&c.v, document, &found), ERR_PROOF_NONE);
    json_decref(proof);
    json_decref(document);
    integrity_case_close(&c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_vocabulary_cannot_give_members_another_meaning),
        cmocka_unit_test(a_vocabulary_cannot_name_another_suite),
        cmocka_unit_test(a_vocabulary_cannot_make_a_chain),
        cmocka_unit_test(refuses_members_that_are_not_signed),
        cmocka_unit_test(a_proof_inside_the_subject_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
